//! SQL of a plan's life.

use kepu_db::{Read, Result, Row, Tx, params, statements};

use super::closing::{MeasureClosing, State, TargetClosing};
use super::worksheet::Cleared;

statements! {
    pub ADD_LINK = "INSERT INTO measure_link (measure, answers_to, note, added_at) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (measure, answers_to) DO UPDATE SET note = EXCLUDED.note";
    pub LIST_LINKS = "SELECT l.measure, l.answers_to AS other, l.note AS note, m.code, m.title, e.id AS edition, p.level, \
                      p.title AS plan FROM measure_link l JOIN measure o ON o.id = l.answers_to \
                      JOIN plan p ON p.id = o.plan JOIN measure s ON s.id = l.measure \
                      JOIN plan_edition e ON e.plan = p.id AND e.number = (SELECT MAX(x.number) FROM plan_edition x \
                      JOIN edition_measure y ON y.edition = x.id WHERE x.plan = p.id AND y.measure = l.answers_to) \
                      JOIN edition_measure m ON m.edition = e.id AND m.measure = l.answers_to \
                      WHERE s.plan = $1 ORDER BY p.level, m.place";
    pub LIST_SUCCESSORS = "SELECT s.measure, s.successor AS other, s.reason AS note, m.code, m.title, e.id AS edition, \
                           p.level, p.title AS plan FROM measure_successor s JOIN measure o ON o.id = s.measure \
                           LEFT JOIN measure n ON n.id = s.successor LEFT JOIN plan p ON p.id = n.plan \
                           LEFT JOIN plan_edition e ON e.plan = p.id AND e.number = (SELECT MAX(x.number) \
                           FROM plan_edition x JOIN edition_measure y ON y.edition = x.id \
                           WHERE x.plan = p.id AND y.measure = s.successor) \
                           LEFT JOIN edition_measure m ON m.edition = e.id AND m.measure = s.successor \
                           WHERE o.plan = $1 ORDER BY s.measure, s.place";
    pub FIND_PLAN_OF = "SELECT plan FROM measure WHERE id = $1";
    pub ADD_SUCCESSOR = "INSERT INTO measure_successor (measure, place, successor, reason, added_at) \
                         VALUES ($1, $2, $3, $4, $5)";
    pub REMOVE_SUCCESSORS = "DELETE FROM measure_successor WHERE measure = $1";
    pub SET_MEASURE = "INSERT INTO measure_closing (measure, state, done, source, changed_at) \
                       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (measure) DO UPDATE SET state = EXCLUDED.state, \
                       done = EXCLUDED.done, source = EXCLUDED.source, changed_at = EXCLUDED.changed_at";
    pub REMOVE_MEASURE = "DELETE FROM measure_closing WHERE measure = $1";
    pub REMOVE_TARGET = "DELETE FROM target_closing WHERE plan = $1 AND target = $2";
    pub SET_TARGET = "INSERT INTO target_closing (plan, target, value, year, source, note, changed_at) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (plan, target) DO UPDATE SET \
                      value = EXCLUDED.value, year = EXCLUDED.year, source = EXCLUDED.source, note = EXCLUDED.note, \
                      changed_at = EXCLUDED.changed_at";
    pub LIST_MEASURES = "SELECT c.measure, c.state, c.done, c.source FROM measure_closing c \
                         JOIN measure m ON m.id = c.measure WHERE m.plan = $1 ORDER BY c.measure";
    pub LIST_TARGETS = "SELECT target, value, year, source, note FROM target_closing WHERE plan = $1 ORDER BY target";
}

/// A measure that a measure is tied to: what it answers to, or where it lives on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Id of the measure that is tied.
    pub measure: String,
    /// Where the other one can be read; empty where there is none.
    pub href: String,
    /// Its code and title, or why there is none.
    pub title: String,
    /// The plan of the other one.
    pub plan: String,
    /// What was said of the tie.
    pub note: String,
    /// The code of the other one.
    pub code: Option<String>,
}

fn answer(row: &Row<'_>) -> Result<Answer> {
    let other: Option<String> = row.get("other")?;
    let note: String = row.get("note")?;
    let code: Option<String> = row.get("code")?;
    let title: Option<String> = row.get("title")?;
    let edition: Option<String> = row.get("edition")?;
    let plan: Option<String> = row.get("plan")?;
    let (href, title) = match (other, code.clone(), title, edition) {
        (Some(_), Some(code), Some(title), Some(edition)) => (
            format!("/editions/{edition}/measures/{code}"),
            format!("{code} {title}"),
        ),
        _ => (String::new(), format!("不再继续：{note}")),
    };
    Ok(Answer {
        measure: row.get("measure")?,
        href,
        title,
        plan: plan.unwrap_or_default(),
        note,
        code,
    })
}

/// What the measures of a plan answer to.
pub fn list_links(read: &Read, plan: &str) -> Result<Vec<Answer>> {
    read.list(&LIST_LINKS, params![plan], answer)
}

/// Where the measures of a plan live on.
pub fn list_successors(read: &Read, plan: &str) -> Result<Vec<Answer>> {
    read.list(&LIST_SUCCESSORS, params![plan], answer)
}

/// The plan of a measure.
pub fn find_plan_of(read: &Read, measure: &str) -> Result<Option<String>> {
    read.find(&FIND_PLAN_OF, params![measure], |row| row.get("plan"))
}

/// Ties a measure to one of a higher plan.
pub fn add_link(tx: &mut Tx, measure: &str, answers_to: &str, note: &str, now: i64) -> Result<()> {
    tx.execute_one(&ADD_LINK, params![measure, answers_to, note, now])
}

/// Forgets where a measure lives on.
pub fn remove_successors(tx: &mut Tx, measure: &str) -> Result<()> {
    tx.execute(&REMOVE_SUCCESSORS, params![measure]).map(|_| ())
}

/// Takes back what a filled sheet leaves empty. Answers how many things there were.
pub fn clear(tx: &mut Tx, plan: &str, cleared: &Cleared) -> Result<u64> {
    let mut gone = 0;
    for measure in &cleared.measures {
        gone += tx.execute(&REMOVE_MEASURE, params![measure])?;
    }
    for target in &cleared.targets {
        gone += tx.execute(&REMOVE_TARGET, params![plan, target])?;
    }
    for measure in &cleared.mappings {
        gone += tx.execute(&REMOVE_SUCCESSORS, params![measure])?;
    }
    Ok(gone)
}

/// Says where a measure lives on, or why it ended.
pub fn add_successor(
    tx: &mut Tx,
    measure: &str,
    place: i64,
    successor: Option<&str>,
    reason: &str,
    now: i64,
) -> Result<()> {
    tx.execute_one(&ADD_SUCCESSOR, params![measure, place, successor, reason, now])
}

/// Sets what was done of a measure.
pub fn set_measure(tx: &mut Tx, one: &MeasureClosing, now: i64) -> Result<()> {
    tx.execute_one(
        &SET_MEASURE,
        params![one.measure, one.state.as_str(), one.done, one.source, now],
    )
}

/// Sets where a target stands.
pub fn set_target(tx: &mut Tx, plan: &str, one: &TargetClosing, now: i64) -> Result<()> {
    tx.execute_one(
        &SET_TARGET,
        params![plan, one.target, one.value, one.year, one.source, one.note, now],
    )
}

/// What was done of the measures of a plan.
pub fn list_measures(read: &Read, plan: &str) -> Result<Vec<MeasureClosing>> {
    read.list(&LIST_MEASURES, params![plan], |row| {
        Ok(MeasureClosing {
            measure: row.get("measure")?,
            state: State::parse(&row.get::<String>("state")?).unwrap_or(State::NotDone),
            done: row.get("done")?,
            source: row.get("source")?,
        })
    })
}

/// Where the targets of a plan stand.
pub fn list_targets(read: &Read, plan: &str) -> Result<Vec<TargetClosing>> {
    read.list(&LIST_TARGETS, params![plan], |row| {
        Ok(TargetClosing {
            target: row.get("target")?,
            value: row.get("value")?,
            year: row.get("year")?,
            source: row.get("source")?,
            note: row.get("note")?,
        })
    })
}
