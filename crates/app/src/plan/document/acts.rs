//! What is done with plans: an edition is stored, put in force, shown. Editions never change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kepu_db::{Read, Result, Tx};
use kepu_kit::Ids;
use kepu_plan::model::Plan;
use sha2::{Digest, Sha256};

use super::edition::{Assigned, Edition, Head, Item, Level, outline};
use super::store::{self, DutyRow, MeasureRow, NewEdition, PlanRow};
use super::wording::{role_name, role_named};
use crate::people::units;
use crate::shell::App;

/// An edition to be stored: a compiled plan with the text that it was compiled from.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// Whose plan it is.
    pub level: Level,
    /// The source text.
    pub source: String,
    /// The compiled plan.
    pub plan: Plan,
    /// Why there is this edition.
    pub note: String,
    /// Whether it is to hold from now on.
    pub in_force: bool,
    /// The edition that it corrects, for corrections.
    pub basis: Option<Head>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// Stored as a new edition.
    New(Head),
    /// The same text is there already as this edition.
    Same(Head),
}

/// Stores a compiled plan: as a further edition when the plan is known, else as the first edition of a new plan.
pub fn load_edition(tx: &mut Tx, ids: &Ids, now: i64, new: &NewPlan) -> Result<Loaded> {
    let compiled = serde_json::to_string(&new.plan).expect("a plan is plain data");
    let digest = digest(&new.source, &compiled);
    let plan = match known_plan(tx, new)? {
        Some(plan) => plan,
        None => {
            let row = plan_row(ids.next(), new);
            store::add_plan(tx, &row, now)?;
            row
        }
    };
    if let Some(same) = store::find_digest(tx, &plan.id, &digest)? {
        if new.in_force && !same.holds {
            put_in_force(tx, &same, now)?;
        }
        return Ok(Loaded::Same(same));
    }
    let head = Head {
        id: ids.next(),
        plan: plan.id.clone(),
        level: new.level,
        number: store::get_last_number(tx, &plan.id)? + 1,
        basis: new.basis.as_ref().map(|basis| basis.id.clone()),
        in_force: new.in_force,
        holds: new.in_force,
        restated: is_restated(&new.source),
        note: new.note.clone(),
        added_at: now,
    };
    store::add_edition(
        tx,
        &NewEdition {
            head: &head,
            source: &new.source,
            compiled: &compiled,
            digest: &digest,
        },
    )?;
    let measures = store_measures(tx, ids, now, &head, &new.plan)?;
    store_duties(tx, ids, now, &head, &new.plan, &measures)?;
    if new.in_force {
        put_in_force(tx, &head, now)?;
    }
    store::raise_revision(tx)?;
    Ok(Loaded::New(head))
}

/// Makes an edition the one that holds. The edition that held before stays readable.
pub fn put_in_force(tx: &mut Tx, head: &Head, now: i64) -> Result<()> {
    let (_, plan) = store::get_texts(tx, &head.id)?;
    store::set_plan_facts(tx, &facts_of(head.plan.clone(), head.level, &plan))?;
    store::set_in_force(tx, &head.plan, &head.id, now)?;
    store::raise_revision(tx)
}

/// Whether a text says of itself, in its first lines, that it is a restatement and not the official document.
pub fn is_restated(source: &str) -> bool {
    source
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(5)
        .any(|line| line.contains("示范文本") || (line.contains("改写") && line.contains("不是正式")))
}

/// The edition that holds, from memory when it is there.
pub async fn in_force(app: &App) -> crate::shell::Result<Option<Arc<Edition>>> {
    let Some(id) = app.read(store::find_in_force).await? else {
        return Ok(None);
    };
    edition(app, id).await
}

/// An edition, from memory when it is there as it stands now.
pub async fn edition(app: &App, id: String) -> crate::shell::Result<Option<Arc<Edition>>> {
    let wanted = id.clone();
    let (head, revision) = app
        .read(move |read| Ok((store::find_edition(read, &wanted)?, units::revision(read)?)))
        .await?;
    let Some(head) = head else { return Ok(None) };
    let key = format!("{id} {revision} {} {}", head.in_force, head.holds);
    if let Some(kept) = app.memo.find::<Edition>(&key) {
        return Ok(Some(kept));
    }
    let edition = app.read(move |read| read_edition(read, head)).await?;
    Ok(Some(app.memo.keep(&key, edition)))
}

/// Reads an edition with all that belongs to it.
pub fn read_edition(read: &Read, head: Head) -> Result<Edition> {
    let (source, plan) = store::get_texts(read, &head.id)?;
    let (_, register) = units::register(read)?;
    let ids: HashMap<String, String> = store::list_measures(read, &head.id)?
        .into_iter()
        .map(|row| (row.code, row.measure))
        .collect();
    let (codes, items) = outline(&plan);
    let section_at: HashMap<&str, usize> = codes.iter().enumerate().map(|(at, code)| (code.as_str(), at)).collect();
    let item_at: HashMap<&str, usize> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((ids.get(&item.code)?.as_str(), at)))
        .collect();
    let duties = store::list_duties(read, &head.id)?
        .into_iter()
        .filter_map(|row| {
            Some(Assigned {
                section: *section_at.get(row.section.as_str())?,
                item: row.measure.as_deref().and_then(|measure| item_at.get(measure).copied()),
                role: role_named(&row.role)?,
                unit: row.unit,
                written: row.written,
                line: usize::try_from(row.line).unwrap_or(1),
            })
        })
        .collect();
    Ok(Edition::new(head, plan, &source, &ids, duties, register))
}

/// The plan that a new text belongs to: the corrected one, or one of the same level with its number or its title.
fn known_plan(tx: &mut Tx, new: &NewPlan) -> Result<Option<PlanRow>> {
    if let Some(basis) = &new.basis {
        return store::find_plan(tx, &basis.plan);
    }
    let fresh = plan_row(String::new(), new);
    let same = |plan: &PlanRow| {
        let same_number = plan.doc_no.is_some() && plan.doc_no == fresh.doc_no;
        plan.level == fresh.level && plan.years == fresh.years && (same_number || plan.title == fresh.title)
    };
    Ok(store::list_plans(tx)?.into_iter().find(same))
}

fn plan_row(id: String, new: &NewPlan) -> PlanRow {
    facts_of(id, new.level, &new.plan)
}

/// What the list of plans says of a plan.
fn facts_of(id: String, level: Level, plan: &Plan) -> PlanRow {
    let title = plan.title.as_ref().or(plan.title_in_notice.as_ref());
    PlanRow {
        id,
        level,
        title: title.cloned().unwrap_or_else(|| "没有标题的方案".to_owned()),
        doc_no: plan.doc_no.clone(),
        issuer: plan.issuer.clone(),
        years: plan.period.map(|years| years.map(i64::from)),
        in_force: None,
    }
}

/// Stores the measures of an edition and returns the id of each code.
fn store_measures(tx: &mut Tx, ids: &Ids, now: i64, head: &Head, plan: &Plan) -> Result<HashMap<String, String>> {
    let (codes, items) = outline(plan);
    let earlier = store::list_latest_measures(tx, &head.plan)?;
    let latest = match store::find_number(tx, &head.plan, head.number - 1)? {
        Some(edition) => store::list_measures(tx, &edition)?,
        None => Vec::new(),
    };
    let mut found = same_measures(&codes, &items, &earlier, &latest);
    for (place, item) in (0..).zip(&items) {
        let measure = match found.get(&item.code) {
            Some(measure) => measure.clone(),
            None => {
                let id = ids.next();
                store::add_measure(tx, &id, &head.plan, now)?;
                found.insert(item.code.clone(), id.clone());
                id
            }
        };
        let row = MeasureRow {
            measure,
            code: item.code.clone(),
            section: codes[item.section].clone(),
            title: item.title.clone(),
        };
        store::add_edition_measure(tx, &head.id, &row, to_i64(item.line), place)?;
    }
    Ok(found)
}

/// Which measures of an edition are those of earlier ones, by code. In this order: the same title in the same section;
/// a title that stands once in the plan, wherever it went; in the latest edition the same code, if its section is the
/// same (another of its measures was found there) and nobody else claims it: a reworded title. Never by code alone: a
/// section put in front moves all codes behind it.
fn same_measures(
    codes: &[String],
    items: &[Item],
    earlier: &[MeasureRow],
    latest: &[MeasureRow],
) -> HashMap<String, String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut found: HashMap<String, String> = HashMap::new();
    let once = |title: &str| {
        let here = items.iter().filter(|item| item.title == title).count();
        let there = latest.iter().filter(|row| row.title == title).count();
        here == 1 && there <= 1
    };
    for step in 0..3 {
        for item in items {
            if found.contains_key(&item.code) {
                continue;
            }
            let section = &codes[item.section];
            let rows = if step == 2 { latest } else { earlier };
            let row = rows
                .iter()
                .filter(|row| !taken.contains(&row.measure))
                .find(|row| match step {
                    0 => row.title == item.title && row.section == *section,
                    1 => row.title == item.title && once(&item.title),
                    _ => {
                        row.code == item.code
                            && items.iter().filter(|other| other.section == item.section).any(|other| {
                                let known = found.get(&other.code);
                                latest
                                    .iter()
                                    .any(|one| Some(&one.measure) == known && one.section == row.section)
                            })
                    }
                });
            if let Some(row) = row {
                taken.insert(row.measure.clone());
                found.insert(item.code.clone(), row.measure.clone());
            }
        }
    }
    found
}

fn store_duties(
    tx: &mut Tx,
    ids: &Ids,
    now: i64,
    head: &Head,
    plan: &Plan,
    measures: &HashMap<String, String>,
) -> Result<()> {
    let collective: HashMap<&str, bool> = plan
        .units
        .iter()
        .flat_map(|party| party.written.iter().map(|written| (written.as_str(), party.collective)))
        .collect();
    for (place, part) in (0..).zip(parts(plan)) {
        let is_collective = collective.get(part.written.as_str()).copied().unwrap_or(false);
        // Whom a higher plan names is no unit of the district: known ones are tied, others stay words.
        let unit = if head.level == Level::District {
            units::recognise(tx, ids, now, &part.written, is_collective)?
        } else {
            match units::find(tx, &part.written)? {
                Some(unit) => unit,
                None => continue,
            }
        };
        let row = DutyRow {
            measure: part.item.and_then(|code| measures.get(&code).cloned()),
            section: part.section,
            unit,
            role: part.role.to_owned(),
            written: part.written,
            line: to_i64(part.line),
        };
        store::add_duty(tx, &head.id, place, &row)?;
    }
    Ok(())
}

/// A unit's part as the plan words it.
struct Part {
    section: String,
    item: Option<String>,
    role: &'static str,
    written: String,
    line: usize,
}

/// Every part that a plan assigns, in the order of the text.
fn parts(plan: &Plan) -> Vec<Part> {
    let (codes, items) = outline(plan);
    let mut parts = Vec::new();
    for (at, section) in plan.sections.iter().enumerate() {
        for duty in &section.duties {
            parts.extend(duty.roles().map(|(role, unit)| Part {
                section: codes[at].clone(),
                item: None,
                role: role_name(role),
                written: unit.to_owned(),
                line: duty.line,
            }));
        }
        for item in items.iter().filter(|item| item.section == at) {
            match item.place {
                super::edition::Place::Measure(n) => {
                    for duty in &section.measures[n].duties {
                        parts.extend(duty.roles().map(|(role, unit)| Part {
                            section: codes[at].clone(),
                            item: Some(item.code.clone()),
                            role: role_name(role),
                            written: unit.to_owned(),
                            line: duty.line,
                        }));
                    }
                }
                super::edition::Place::Inline(n) => {
                    let inline = &section.inline_duties[n];
                    parts.extend(inline.units.iter().map(|unit| Part {
                        section: codes[at].clone(),
                        item: Some(item.code.clone()),
                        role: "responsible",
                        written: unit.clone(),
                        line: inline.line,
                    }));
                }
            }
        }
    }
    parts
}

fn digest(source: &str, compiled: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(source.len().to_be_bytes());
    hasher.update(source);
    hasher.update(compiled);
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
