//! Acts of a plan's life.

use kepu_db::{Read, Result, Tx};

use super::closing::Closing;
use super::store::{self, Answer};
use super::worksheet::Filled;
use crate::plan::document::{Edition, Level};

/// Why an act was not done, in words that the person can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

/// Says that a measure of a district plan answers to a measure of a higher plan.
pub fn link(
    tx: &mut Tx,
    now: i64,
    (lower, code): (&Edition, &str),
    (higher, higher_code): (&Edition, &str),
    note: &str,
) -> Result<Result<(), Refused>> {
    if higher.head.level >= lower.head.level {
        let text = format!(
            "{}方案的举措不能对应{}方案，只能对应更高一级的。",
            level(lower),
            level(higher)
        );
        return Ok(Err(Refused(text)));
    }
    let (measure, answers_to) = match (id(lower, code), id(higher, higher_code)) {
        (Ok(measure), Ok(answers_to)) => (measure, answers_to),
        (Err(refused), _) | (_, Err(refused)) => return Ok(Err(refused)),
    };
    store::add_link(tx, measure, answers_to, note, now)?;
    Ok(Ok(()))
}

/// Says where an old measure lives on: in measures of the plan that follows, or nowhere, with the reason.
pub fn succeed(
    tx: &mut Tx,
    now: i64,
    (old, code): (&Edition, &str),
    new: Option<(&Edition, &[String])>,
    reason: &str,
) -> Result<Result<(), Refused>> {
    let measure = match id(old, code) {
        Ok(measure) => measure,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut successors = Vec::new();
    if let Some((new, codes)) = new {
        if let Err(refused) = follows(old, new) {
            return Ok(Err(refused));
        }
        for code in codes {
            match id(new, code) {
                Ok(id) => successors.push(id),
                Err(refused) => return Ok(Err(refused)),
            }
        }
    }
    if successors.is_empty() && reason.trim().is_empty() {
        return Ok(Err(Refused("没有后续举措的，要写明不再继续的原因。".to_owned())));
    }
    store::remove_successors(tx, measure)?;
    if successors.is_empty() {
        store::add_successor(tx, measure, 0, None, reason, now)?;
    }
    for (place, successor) in (0..).zip(successors) {
        store::add_successor(tx, measure, place, Some(successor), reason, now)?;
    }
    Ok(Ok(()))
}

/// Stores a filled worksheet: what was done of each measure, where each target stands, where each measure lives on; and
/// takes back what it leaves empty. Answers how much it took back.
///
/// A refusal is found before anything is written, so that it leaves nothing behind.
pub fn import(
    tx: &mut Tx,
    now: i64,
    old: &Edition,
    next: Option<&Edition>,
    filled: &Filled,
) -> Result<Result<u64, Refused>> {
    if let Err(refused) = check(old, next, filled) {
        return Ok(Err(refused));
    }
    for mapping in &filled.mappings {
        let new = next
            .map(|next| (next, mapping.successors.as_slice()))
            .filter(|new| !new.1.is_empty());
        if let Err(refused) = succeed(tx, now, (old, &mapping.code), new, &mapping.reason)? {
            return Ok(Err(refused));
        }
    }
    for one in &filled.closing.measures {
        store::set_measure(tx, one, now)?;
    }
    for one in &filled.closing.targets {
        store::set_target(tx, &old.head.plan, one, now)?;
    }
    Ok(Ok(store::clear(tx, &old.head.plan, &filled.cleared)?))
}

/// Whether a plan can be the one that follows another: of the same level, another plan, and later.
fn follows(old: &Edition, new: &Edition) -> Result<(), Refused> {
    if new.head.plan == old.head.plan {
        return Err(Refused("衔接要指向另一份方案，不是同一份方案的另一版。".to_owned()));
    }
    if new.head.level != old.head.level {
        let text = format!(
            "{}方案的举措只能由下一份{}方案接着做；《{}》是{}方案。",
            level(old),
            level(old),
            new.title(),
            level(new)
        );
        return Err(Refused(text));
    }
    let earlier = matches!((old.plan.period, new.plan.period), (Some(old), Some(new)) if new[0] <= old[0]);
    if earlier {
        return Err(Refused(format!("《{}》的期限不晚于原方案，不能接着做。", new.title())));
    }
    Ok(())
}

fn check(old: &Edition, next: Option<&Edition>, filled: &Filled) -> Result<(), Refused> {
    for mapping in &filled.mappings {
        id(old, &mapping.code)?;
        if mapping.successors.is_empty() && mapping.reason.trim().is_empty() {
            return Err(Refused(format!(
                "{}：没有后续举措的，要写明不再继续的原因。",
                mapping.code
            )));
        }
        match next {
            None if mapping.successors.is_empty() => {}
            None => {
                return Err(Refused(
                    "表里写了后续编号，请用 --next 指明下一份方案的版次。".to_owned(),
                ));
            }
            Some(next) => {
                follows(old, next)?;
                for code in &mapping.successors {
                    id(next, code)?;
                }
            }
        }
    }
    Ok(())
}

/// The closing evaluation of a plan as it stands.
pub fn closing_of(read: &Read, plan: &str) -> Result<Closing> {
    Ok(Closing {
        measures: store::list_measures(read, plan)?,
        targets: store::list_targets(read, plan)?,
    })
}

/// What a measure answers to.
pub fn answers_to(read: &Read, measure: &str) -> Result<Vec<Answer>> {
    of_measure(read, measure, store::list_links)
}

/// Where a measure lives on.
pub fn successors(read: &Read, measure: &str) -> Result<Vec<Answer>> {
    of_measure(read, measure, store::list_successors)
}

fn of_measure(read: &Read, measure: &str, list: fn(&Read, &str) -> Result<Vec<Answer>>) -> Result<Vec<Answer>> {
    let Some(plan) = store::find_plan_of(read, measure)? else {
        return Ok(Vec::new());
    };
    let mut answers = list(read, &plan)?;
    answers.retain(|answer| answer.measure == measure);
    Ok(answers)
}

fn id<'a>(edition: &'a Edition, code: &str) -> Result<&'a str, Refused> {
    match edition.item(code) {
        Some(item) => Ok(&item.id),
        None => Err(Refused(format!("《{}》里没有编号是 {code} 的举措。", edition.title()))),
    }
}

fn level(edition: &Edition) -> &'static str {
    Level::label(edition.head.level)
}
