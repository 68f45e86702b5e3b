//! Everyone whom a plan gives something to do: written forms brought together under one party.

use std::collections::HashMap;

use super::units;
use crate::model::{Party, Plan, Role};
use crate::text::canon::fold;

/// The parties of a plan in the order of first mention.
pub(crate) fn gather(plan: &Plan) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut prefix = String::new();
    for section in &plan.sections {
        let clauses = section
            .duties
            .iter()
            .chain(section.measures.iter().flat_map(|measure| &measure.duties));
        for duty in clauses {
            for (role, unit) in duty.roles() {
                let name = carried(&mut prefix, unit);
                let party = entry(&mut parties, &mut by_key, unit, &name, duty.line);
                match role {
                    Role::Lead => party.lead += 1,
                    Role::Participant => party.participant += 1,
                    Role::Responsible => party.responsible += 1,
                    Role::Guide => party.guide += 1,
                }
            }
            prefix.clear();
        }
        for duty in &section.inline_duties {
            let seat = seat(&duty.unit);
            for unit in &duty.units {
                let name = duty
                    .short_name()
                    .filter(|_| duty.units.len() == 1)
                    .unwrap_or_else(|| unit.clone());
                let party = entry(&mut parties, &mut by_key, unit, &name, duty.line);
                if seat.is_some() {
                    party.seat.clone_from(&seat);
                }
                party.responsible += 1;
            }
        }
    }
    parties.sort_by_key(|party| party.line);
    parties
}

impl crate::model::InlineDuty {
    /// The short name that the subject gives itself (…以下简称区纲要办).
    fn short_name(&self) -> Option<String> {
        let (_, rest) = self.unit.split_once("以下简称")?;
        let name = rest.trim_matches(['“', '”', '）', '（', '《', '》']);
        (!name.is_empty()).then(|| name.split(['，', '）']).next().unwrap_or(name).to_owned())
    }
}

/// The unit that houses an office (设在区科协).
fn seat(subject: &str) -> Option<String> {
    let (_, rest) = subject.split_once("设在")?;
    let end = rest.find(['，', '）', '、']).unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_owned())
}

/// 省科技厅、工业和信息化厅: the place is said once and meant for the rest of the list.
fn carried(prefix: &mut String, unit: &str) -> String {
    let first = unit.chars().next().unwrap_or(' ');
    if matches!(first, '省' | '市' | '区' | '县' | '州') {
        *prefix = first.to_string();
        return unit.to_owned();
    }
    let departmental = ["厅", "局", "委"].iter().any(|suffix| unit.ends_with(suffix));
    let own_place = ["国家", "中央", "国务院", "中国", "各", "团", "海关"]
        .iter()
        .any(|place| unit.starts_with(place));
    let placed = unit.chars().take(5).any(|c| matches!(c, '省' | '市' | '区' | '县'));
    if prefix == "省" && departmental && !own_place && !placed {
        return format!("{prefix}{unit}");
    }
    unit.to_owned()
}

fn entry<'p>(
    parties: &'p mut Vec<Party>,
    by_key: &mut HashMap<String, usize>,
    written: &str,
    name: &str,
    line: usize,
) -> &'p mut Party {
    let key = units::key(name);
    let index = *by_key.entry(key).or_insert_with(|| {
        let folded: Vec<char> = name.chars().map(fold).collect();
        parties.push(Party {
            name: name.to_owned(),
            collective: units::is_collective(&folded),
            line,
            ..Party::default()
        });
        parties.len() - 1
    });
    let party = &mut parties[index];
    if !party.written.iter().any(|form| form == written) {
        party.written.push(written.to_owned());
    }
    party.line = party.line.min(line);
    party
}
