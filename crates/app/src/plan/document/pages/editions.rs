//! Plans of all levels and their editions.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::super::edition::{Assigned, Edition, Head};
use super::super::shown::Shown;
use super::super::wording::role_label;
use super::super::{acts, store};
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
    let heads: Vec<Head> = app
        .read(store::list_editions)
        .await?
        .into_iter()
        .filter(|head| head.plan == plan)
        .collect();
    let mut all: Vec<Arc<Edition>> = Vec::new();
    for head in &heads {
        all.extend(acts::edition(&app, head.id.clone()).await?);
    }
    let mut entries: Vec<Entry> = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        let mut entry = entry(&app, head);
        // A correction is compared with what it corrects, another reading with the one before it.
        let before = match &head.basis {
            Some(basis) => all.iter().find(|one| one.head.id == *basis),
            None => at.checked_sub(1).and_then(|at| all.get(at)),
        };
        if let (Some(before), Some(after)) = (before, all.get(at)) {
            entry.changes = changes(before, after);
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

/// What an edition changed, in words: measures, who has a part in them, targets.
fn changes(before: &Edition, after: &Edition) -> Vec<String> {
    let mut changes = Vec::new();
    for item in &after.items {
        match before.items.iter().find(|one| one.id == item.id) {
            None => changes.push(format!("新增 {} {}", item.code, item.title)),
            Some(was) if was.title != item.title => {
                changes.push(format!("{} “{}”改为“{}”", item.code, was.title, item.title));
            }
            Some(was) if was.code != item.code => changes.push(format!("{} 改编号为 {}", was.code, item.code)),
            Some(was) if before.text(was) != after.text(item) => changes.push(format!("{} 正文有改动", item.code)),
            Some(_) => {}
        }
    }
    let gone = before
        .items
        .iter()
        .filter(|item| !after.items.iter().any(|one| one.id == item.id));
    changes.extend(gone.map(|item| format!("删去 {} {}", item.code, item.title)));
    let (old, new) = (parts(before), parts(after));
    changes.extend(
        new.difference(&old)
            .map(|(code, role, unit)| format!("{code} 增加{role}：{unit}")),
    );
    changes.extend(
        old.difference(&new)
            .map(|(code, role, unit)| format!("{code} 去掉{role}：{unit}")),
    );
    let (old, new) = (targets(before), targets(after));
    changes.extend(new.difference(&old).map(|target| format!("目标：{target}")));
    changes.extend(old.difference(&new).map(|target| format!("不再有目标：{target}")));
    changes
}

/// Who has which part where.
fn parts(edition: &Edition) -> BTreeSet<(&str, &str, &str)> {
    let code = |part: &Assigned| match part.item {
        Some(item) => edition.items[item].code.as_str(),
        None => edition.codes[part.section].as_str(),
    };
    edition
        .duties
        .iter()
        .map(|part| (code(part), role_label(part.role), part.written.as_str()))
        .collect()
}

/// The targets in one line each.
fn targets(edition: &Edition) -> BTreeSet<String> {
    edition
        .plan
        .targets
        .iter()
        .map(|target| {
            let year = target.year.map(|year| format!("{year}年")).unwrap_or_default();
            let value = target.value.map(|value| value.to_string()).unwrap_or_default();
            let (metric, unit) = (
                target.metric.as_deref().unwrap_or(&target.text),
                target.unit.as_deref().unwrap_or(""),
            );
            format!("{year}{metric} {value}{unit}")
        })
        .collect()
}
