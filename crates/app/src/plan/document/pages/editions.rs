//! Plans of all levels and their editions.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;

use super::super::edition::{Edition, Head};
use super::super::shown::Shown;
use super::super::store::{self, MeasureRow};
use super::Notice;
use crate::shell::{App, Page, Result, day_of_micros};

#[derive(Template)]
#[template(path = "plan/document/plans.html")]
struct Plans {
    plans: Vec<PlanEntry>,
}

struct PlanEntry {
    title: String,
    level: &'static str,
    doc_no: Option<String>,
    years: String,
    editions: Vec<Entry>,
}

struct Entry {
    href: String,
    number: i64,
    in_force: bool,
    restated: bool,
    day: String,
    note: String,
    changes: Vec<String>,
}

fn entry(app: &App, head: &Head) -> Entry {
    Entry {
        href: format!("/editions/{}", head.id),
        number: head.number,
        in_force: head.in_force,
        restated: head.restated,
        day: day_of_micros(head.added_at, &app.config.zone, app.this_year()),
        note: head.note.clone(),
        changes: Vec::new(),
    }
}

/// All plans with their editions.
pub async fn plans(State(app): State<App>) -> Result<Page> {
    let (plans, editions) = app
        .read(|read| Ok((store::list_plans(read)?, store::list_editions(read)?)))
        .await?;
    let plans = plans
        .into_iter()
        .map(|plan| PlanEntry {
            editions: editions
                .iter()
                .rev()
                .filter(|head| head.plan == plan.id)
                .map(|head| entry(&app, head))
                .collect(),
            level: plan.level.label(),
            years: plan
                .years
                .map_or_else(String::new, |[from, to]| format!("{from}—{to}年")),
            title: plan.title,
            doc_no: plan.doc_no,
        })
        .collect();
    Ok(Page::new("方案和各版", &Plans { plans })?.with_data("/api/v1/plans"))
}

#[derive(Template)]
#[template(path = "plan/document/editions.html")]
struct Editions<'a> {
    notice: Notice,
    edition: &'a Edition,
    entries: Vec<Entry>,
}

/// The editions of one plan, each with what it changed.
pub async fn editions(State(app): State<App>, shown: Shown) -> Result<Page> {
    let edition = &*shown.edition;
    let plan = edition.head.plan.clone();
    let heads = app
        .read(move |read| {
            let mut heads = Vec::new();
            for head in store::list_editions(read)?.into_iter().filter(|head| head.plan == plan) {
                let measures = store::list_measures(read, &head.id)?;
                heads.push((head, measures));
            }
            Ok(heads)
        })
        .await?;
    let mut entries: Vec<Entry> = Vec::new();
    for (at, (head, measures)) in heads.iter().enumerate() {
        let mut entry = entry(&app, head);
        if let Some((_, before)) = at.checked_sub(1).map(|at| &heads[at]) {
            entry.changes = changes(before, measures);
        }
        entries.push(entry);
    }
    entries.reverse();
    let page = Editions {
        notice: Notice::of(edition, &app),
        edition,
        entries,
    };
    Ok(Page::new("各版", &page)?.with_data("/api/v1/plans"))
}

/// What an edition changed in the measures, in words.
fn changes(before: &[MeasureRow], after: &[MeasureRow]) -> Vec<String> {
    let old: HashMap<&str, &MeasureRow> = before.iter().map(|row| (row.measure.as_str(), row)).collect();
    let new: HashMap<&str, &MeasureRow> = after.iter().map(|row| (row.measure.as_str(), row)).collect();
    let mut changes = Vec::new();
    for row in after {
        match old.get(row.measure.as_str()) {
            None => changes.push(format!("新增 {} {}", row.code, row.title)),
            Some(was) if was.title != row.title => {
                changes.push(format!("{} “{}”改为“{}”", row.code, was.title, row.title));
            }
            Some(was) if was.code != row.code => changes.push(format!("{} 改编号为 {}", was.code, row.code)),
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|row| !new.contains_key(row.measure.as_str()));
    changes.extend(gone.map(|row| format!("删去 {} {}", row.code, row.title)));
    changes
}
