//! The plan as a living document.

use askama::Template;
use axum::extract::State;
use kepu_plan::model::{Role, Section};

use super::super::edition::{Edition, Item};
use super::super::search::heading;
use super::super::shown::Shown;
use super::super::wording::{key_group_label, kind_label};
use super::{Chip, DutyRow, Notice, chips, duty_rows};
use crate::shell::{App, Page, Result, day};

#[derive(Template)]
#[template(path = "plan/document/text.html")]
struct Text<'a> {
    edition: &'a Edition,
    notice: Notice,
    base: String,
    date: Option<String>,
    outline: Vec<Part>,
    sections: Vec<Shape<'a>>,
}

struct Part {
    code: String,
    heading: String,
    below: Vec<(String, String)>,
}

struct Shape<'a> {
    code: &'a str,
    heading: String,
    depth: usize,
    group: Option<&'static str>,
    intro: Vec<&'a str>,
    rows: Vec<DutyRow<'a>>,
    duty_line: Option<usize>,
    notes: Vec<Note<'a>>,
    items: Vec<Entry<'a>>,
}

struct Note<'a> {
    title: &'a str,
    text: &'a str,
    kind: &'static str,
    line: usize,
}

struct Entry<'a> {
    code: &'a str,
    title: &'a str,
    text: &'a str,
    line: usize,
    lead_label: &'static str,
    leads: Vec<Chip<'a>>,
    others: usize,
}

/// The whole plan with each measure's duties beside it.
pub async fn text(State(app): State<App>, shown: Shown) -> Result<Page> {
    let edition = &*shown.edition;
    let base = edition.base();
    let page = Text {
        notice: Notice::of(edition, &app),
        date: edition.plan.date.as_deref().map(|date| day(date, app.this_year())),
        outline: outline(edition),
        sections: edition
            .plan
            .sections
            .iter()
            .enumerate()
            .map(|(at, section)| shape(edition, at, section))
            .collect(),
        edition,
        base,
    };
    let data = data_of(edition);
    Ok(Page::new(edition.title(), &page)?.with_data(data))
}

/// Where the data of an edition lives.
pub(super) fn data_of(edition: &Edition) -> String {
    format!("/api/v1{}", edition.base())
}

fn outline(edition: &Edition) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, section) in edition.plan.sections.iter().enumerate() {
        let code = edition.codes[at].clone();
        match parts.last_mut() {
            Some(part) if section.path.len() == 2 => part.below.push((code, heading(section))),
            _ if section.path.len() <= 1 => parts.push(Part {
                code,
                heading: heading(section),
                below: Vec::new(),
            }),
            _ => {}
        }
    }
    parts
}

fn shape<'a>(edition: &'a Edition, at: usize, section: &'a Section) -> Shape<'a> {
    let rows = duty_rows(edition, &edition.duties_of_section(at));
    let notes = section.items.iter().map(|item| Note {
        title: item.title.as_deref().unwrap_or_default(),
        text: &item.text,
        kind: kind_label(item.kind),
        line: item.line,
    });
    Shape {
        code: &edition.codes[at],
        heading: heading(section),
        depth: section.path.len(),
        group: section.key_group.map(key_group_label),
        intro: section
            .intro
            .as_deref()
            .map(|intro| intro.lines().collect())
            .unwrap_or_default(),
        duty_line: section
            .duties
            .first()
            .map(|duty| duty.line)
            .filter(|_| !rows.is_empty()),
        rows,
        notes: notes.collect(),
        items: edition.items_of(at).map(|item| entry(edition, item)).collect(),
    }
}

fn entry<'a>(edition: &'a Edition, item: &'a Item) -> Entry<'a> {
    let duties = edition.duties_of(item);
    let leads = chips(edition, &duties, Role::Lead);
    let (lead_label, leads) = if leads.is_empty() {
        ("负责", chips(edition, &duties, Role::Responsible))
    } else {
        ("牵头", leads)
    };
    Entry {
        code: &item.code,
        title: &item.title,
        text: edition.text(item),
        line: item.line,
        lead_label,
        others: duties.len() - leads.len(),
        leads,
    }
}
