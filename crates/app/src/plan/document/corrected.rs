//! The plan that corrections make of a plan. All of them or none: problems name sheet and row. Pure.

use std::collections::{HashMap, HashSet};

use kepu_plan::model::{Duty, Party, Plan, Role, Target, TargetKind};

use super::correction::{Corrections, MEASURES, MeasureRow, Problem, TARGETS, TargetRow, UNITS, UnitRow};
use super::edition::{Place, outline};
use super::wording::{ROLES, role_label};

/// The plan with the rows in place of what it said. Every problem is named; with one, nothing is changed.
pub fn apply(plan: &Plan, rows: &Corrections) -> Result<Plan, Vec<Problem>> {
    let mut plan = plan.clone();
    let mut problems = Vec::new();
    set_measures(&mut plan, &rows.measures, &mut problems);
    set_units(&mut plan, &rows.units, &mut problems);
    set_targets(&mut plan, &rows.targets, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    plan.units = parties(&plan);
    Ok(plan)
}

fn set_measures(plan: &mut Plan, rows: &[MeasureRow], problems: &mut Vec<Problem>) {
    let (_, items) = outline(plan);
    let mut problem = |row, column, message: String| {
        problems.push(Problem {
            sheet: MEASURES,
            row,
            column,
            message,
        });
    };
    let mut seen = HashSet::new();
    for (at, row) in (1..).zip(rows) {
        let item = items.iter().find(|item| item.code == row.code);
        let Some(Place::Measure(n)) = item.map(|item| item.place) else {
            problem(
                at,
                "编号",
                format!("没有编号是“{}”的举措；不能在表里增加举措", row.code),
            );
            continue;
        };
        if !seen.insert(row.code.clone()) {
            problem(at, "编号", format!("编号“{}”出现了两次", row.code));
        }
        if row.title.is_empty() && row.text.is_empty() {
            problem(at, "正文", "标题和正文不能都空着".to_owned());
        }
        let section = item.map_or(0, |item| item.section);
        let measure = &mut plan.sections[section].measures[n];
        if row.title.is_empty() && measure.title.is_some() {
            problem(at, "标题", "标题被清空了；要改就写上新的标题".to_owned());
        }
        measure.title = Some(row.title.clone()).filter(|title| !title.is_empty());
        measure.first_words = row.text.chars().take(20).collect();
        measure.text.clone_from(&row.text);
    }
    let missing = items
        .iter()
        .filter(|item| matches!(item.place, Place::Measure(_)) && !seen.contains(&item.code));
    for item in missing {
        problem(
            rows.len() + 1,
            "编号",
            format!("少了举措“{}”；不能在表里删去举措", item.code),
        );
    }
}

fn set_units(plan: &mut Plan, rows: &[UnitRow], problems: &mut Vec<Problem>) {
    let (codes, items) = outline(plan);
    let mut places: HashMap<String, (usize, Option<usize>)> = codes
        .iter()
        .enumerate()
        .map(|(at, code)| (code.clone(), (at, None)))
        .collect();
    for item in &items {
        if let Place::Measure(n) = item.place {
            places.insert(item.code.clone(), (item.section, Some(n)));
        }
    }
    for &(section, measure) in places.values() {
        for duty in duties(plan, section, measure) {
            for list in [
                &mut duty.lead,
                &mut duty.participants,
                &mut duty.responsible,
                &mut duty.guides,
            ] {
                list.clear();
            }
        }
    }
    let mut seen = HashSet::new();
    for (at, row) in (1..).zip(rows) {
        let again = !seen.insert((&row.code, row.clause, &row.role, kepu_plan::units::key(&row.unit)));
        let mut problem = |column, message| {
            problems.push(Problem {
                sheet: UNITS,
                row: at,
                column,
                message,
            });
        };
        if again {
            problem("单位", format!("“{}”在同一条分工、同一角色里写了两次", row.unit));
            continue;
        }
        let Some(&(section, measure)) = places.get(&row.code) else {
            problem("编号", format!("没有编号是“{}”的章节或举措", row.code));
            continue;
        };
        let Some(role) = ROLES.into_iter().find(|role| role_label(*role) == row.role) else {
            problem("角色", format!("“{}”不是角色，请写牵头、参与、负责或指导", row.role));
            continue;
        };
        if row.unit.trim().is_empty() {
            problem("单位", "单位空着；要删去，请删掉整行".to_owned());
            continue;
        }
        let duties = duties(plan, section, measure);
        if row.clause == 0 || row.clause > duties.len() + 1 {
            problem(
                "分句",
                format!("这里有{}条分工，分句要写1到{}", duties.len(), duties.len() + 1),
            );
            continue;
        }
        if row.clause > duties.len() {
            duties.push(Duty::default());
        }
        let duty = &mut duties[row.clause - 1];
        let list = match role {
            Role::Lead => &mut duty.lead,
            Role::Participant => &mut duty.participants,
            Role::Responsible => &mut duty.responsible,
            Role::Guide => &mut duty.guides,
        };
        list.push(row.unit.trim().to_owned());
    }
    for &(section, measure) in places.values() {
        let line = match measure {
            Some(n) => plan.sections[section].measures[n].line,
            None => plan.sections[section].line,
        };
        let duties = duties(plan, section, measure);
        duties.retain(|duty| duty.roles().next().is_some());
        for duty in duties.iter_mut().filter(|duty| duty.line == 0) {
            duty.line = line;
        }
    }
}

fn duties(plan: &mut Plan, section: usize, measure: Option<usize>) -> &mut Vec<Duty> {
    let section = &mut plan.sections[section];
    match measure {
        Some(n) => &mut section.measures[n].duties,
        None => &mut section.duties,
    }
}

fn set_targets(plan: &mut Plan, rows: &[TargetRow], problems: &mut Vec<Problem>) {
    let mut targets = Vec::new();
    for (at, row) in (1..).zip(rows) {
        let mut problem = |column, message| {
            problems.push(Problem {
                sheet: TARGETS,
                row: at,
                column,
                message,
            });
        };
        let kind = match row.kind.as_str() {
            "目标" => TargetKind::Target,
            "起点" => TargetKind::Baseline,
            other => {
                problem("类型", format!("“{other}”不是类型，请写目标或起点"));
                continue;
            }
        };
        let base = match row.number {
            None => Target {
                text: row.metric.clone(),
                line: 1,
                ..Target::default()
            },
            Some(number) => match number.checked_sub(1).and_then(|at| plan.targets.get(at)) {
                Some(target) => target.clone(),
                None => {
                    problem("序号", format!("没有第{number}个目标；新增的请把序号空着"));
                    continue;
                }
            },
        };
        // A slip of the finger here would draw a chart of a thousand years.
        let changed = row.year != base.year || row.value != base.value;
        if changed && row.year.is_some_and(|year| !(1990..=2100).contains(&year)) {
            problem("年份", "年份要在1990到2100之间".to_owned());
        }
        if row
            .value
            .filter(|_| changed)
            .is_some_and(|value| !value.is_finite() || row.unit.trim() == "%" && !(0.0..=100.0).contains(&value))
        {
            problem("数值", "百分比要在0到100之间".to_owned());
        }
        let text = |value: &String| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        targets.push(Target {
            kind,
            metric: text(&row.metric),
            scope: text(&row.scope),
            value: row.value,
            unit: text(&row.unit),
            year: row.year,
            comparator: text(&row.comparator),
            hedge: text(&row.hedge),
            ..base
        });
    }
    plan.targets = targets;
}

/// The parties of a corrected plan: the known ones counted anew, and those that the correction brought in.
fn parties(plan: &Plan) -> Vec<Party> {
    let key = kepu_plan::units::key;
    let mut parties: Vec<Party> = plan
        .units
        .iter()
        .map(|party| Party {
            lead: 0,
            participant: 0,
            responsible: 0,
            guide: 0,
            ..party.clone()
        })
        .collect();
    let mut at_key: HashMap<String, usize> = HashMap::new();
    for (at, party) in parties.iter().enumerate() {
        for name in party.written.iter().chain([&party.name]) {
            at_key.entry(key(name)).or_insert(at);
        }
    }
    let sections = plan.sections.iter();
    let duties = sections.flat_map(|section| {
        section
            .duties
            .iter()
            .chain(section.measures.iter().flat_map(|one| &one.duties))
    });
    let clauses = duties.flat_map(|duty| duty.roles().map(|(role, unit)| (role, unit, duty.line)));
    let running = plan.sections.iter().flat_map(|section| &section.inline_duties);
    let running = running.flat_map(|duty| {
        duty.units
            .iter()
            .map(|unit| (Role::Responsible, unit.as_str(), duty.line))
    });
    for (role, unit, line) in clauses.chain(running) {
        let at = *at_key.entry(key(unit)).or_insert_with(|| {
            parties.push(Party {
                name: unit.to_owned(),
                written: vec![unit.to_owned()],
                line,
                ..Party::default()
            });
            parties.len() - 1
        });
        let party = &mut parties[at];
        match role {
            Role::Lead => party.lead += 1,
            Role::Participant => party.participant += 1,
            Role::Responsible => party.responsible += 1,
            Role::Guide => party.guide += 1,
        }
    }
    parties.retain(|party| party.lead + party.participant + party.responsible + party.guide > 0);
    parties
}

#[cfg(test)]
mod tests {
    use super::super::correction::listing;
    use super::*;

    const TEXT: &str = "某区示范方案（2021-2025年）\n一、重点任务\n（一）青少年科学素质行动\n\
                        ——办好科技节。每年举办一次。\n（分工：由区教委牵头，区科协等单位共同参与。）\n\
                        二、目标\n到2025年，公民具备科学素质的比例达到20%。\n";

    fn plan() -> Plan {
        kepu_plan::compile_text(TEXT).unwrap().plan
    }

    #[test]
    fn an_untouched_listing_changes_nothing_that_people_see() {
        let plan = plan();
        let same = apply(&plan, &listing(&plan)).unwrap();
        assert_eq!(same.sections, plan.sections);
        assert_eq!(same.targets, plan.targets);
    }

    #[test]
    fn units_are_added_and_removed_by_rows() {
        let plan = plan();
        let mut rows = listing(&plan);
        rows.units.retain(|row| row.unit != "区科协");
        rows.units.push(UnitRow {
            unit: "区妇联".to_owned(),
            ..rows.units[0].clone()
        });
        let corrected = apply(&plan, &rows).unwrap();
        let duty = corrected
            .sections
            .iter()
            .flat_map(|section| &section.duties)
            .next()
            .unwrap();
        assert_eq!(duty.lead, ["区教委", "区妇联"]);
        assert!(duty.participants.is_empty());
        assert!(
            corrected
                .units
                .iter()
                .any(|party| party.name == "区妇联" && party.lead == 1)
        );
        assert!(!corrected.units.iter().any(|party| party.name == "区科协"));
    }

    #[test]
    fn every_problem_is_named_with_its_place() {
        let plan = plan();
        let mut rows = listing(&plan);
        rows.units[0].role = "领导".to_owned();
        rows.measures.clear();
        let problems = apply(&plan, &rows).unwrap_err();
        let places: Vec<_> = problems
            .iter()
            .map(|problem| (problem.sheet, problem.row, problem.column))
            .collect();
        assert_eq!(places, [(MEASURES, 1, "编号"), (UNITS, 1, "角色")]);
    }

    #[test]
    fn slips_of_the_finger_are_named_all_at_once() {
        let plan = plan();
        let mut rows = listing(&plan);
        let twice = rows.units[0].clone();
        rows.units.push(twice);
        rows.measures[0].title = String::new();
        rows.targets[0].year = Some(3025);
        rows.targets[0].unit = "%".to_owned();
        rows.targets[0].value = Some(2800.0);
        let problems = apply(&plan, &rows).unwrap_err();
        let columns: Vec<&str> = problems.iter().map(|problem| problem.column).collect();
        assert_eq!(columns, ["标题", "单位", "年份", "数值"]);
    }
}
