//! One measure.

use askama::Template;
use axum::extract::State;

use super::super::edition::{Edition, Item};
use super::super::search::heading;
use super::super::shown::Shown;
use super::super::store;
use super::super::wording::key_group_label;
use super::text::data_of;
use super::{DutyRow, Notice, duty_rows};
use crate::plan::life::{self, Answer};
use crate::shell::{App, Page, Result};

#[derive(Template)]
#[template(path = "plan/document/measure.html")]
struct Measure<'a> {
    notice: Notice,
    base: String,
    steps: Vec<(String, String)>,
    item: &'a Item,
    text: &'a str,
    rows: Vec<DutyRow<'a>>,
    inherited: Option<(String, usize)>,
    group: Option<&'static str>,
    answers: Vec<Answer>,
    successors: Vec<Answer>,
    history: Vec<Step>,
    before: Option<&'a Item>,
    after: Option<&'a Item>,
}

struct Step {
    href: String,
    number: i64,
    code: String,
    title: String,
    current: bool,
}

/// One measure with everything that is known of it.
pub async fn measure(State(app): State<App>, shown: Shown) -> Result<Page> {
    let edition = &*shown.edition;
    let item = shown.item()?;
    let id = item.id.clone();
    let (history, answers, successors) = app
        .read(move |read| {
            let history = store::list_history(read, &id)?;
            Ok((history, life::answers_to(read, &id)?, life::successors(read, &id)?))
        })
        .await?;
    let at = edition.items.iter().position(|one| one.code == item.code).unwrap_or(0);
    let duties = edition.duties_of(item);
    let base = edition.base();
    let page = Measure {
        notice: Notice::of(edition, &app),
        steps: steps(edition, item.section),
        text: edition.text(item),
        inherited: duties
            .first()
            .filter(|duty| duty.item.is_none())
            .map(|duty| (heading(&edition.plan.sections[duty.section]), duty.line)),
        rows: duty_rows(edition, &duties),
        group: key_group(edition, item.section),
        answers,
        successors,
        history: history
            .into_iter()
            .map(|row| Step {
                current: row.edition == edition.head.id,
                href: format!("/editions/{}/measures/{}", row.edition, row.code),
                number: row.number,
                code: row.code,
                title: row.title,
            })
            .collect(),
        before: at.checked_sub(1).and_then(|at| edition.items.get(at)),
        after: edition.items.get(at + 1),
        item,
        base,
    };
    let data = format!("{}/measures/{}", data_of(edition), item.code);
    Ok(Page::new(format!("{} {}", item.code, item.title), &page)?.with_data(data))
}

/// The headings from the outermost to the section.
fn steps(edition: &Edition, section: usize) -> Vec<(String, String)> {
    let mut steps = Vec::new();
    let mut at = Some(section);
    while let Some(index) = at {
        steps.push((edition.codes[index].clone(), heading(&edition.plan.sections[index])));
        at = edition.parent(index);
    }
    steps.reverse();
    steps
}

/// The key group of the programme that a section lies in.
fn key_group(edition: &Edition, section: usize) -> Option<&'static str> {
    let mut at = Some(section);
    while let Some(index) = at {
        if let Some(group) = edition.plan.sections[index].key_group {
            return Some(key_group_label(group));
        }
        at = edition.parent(index);
    }
    None
}
