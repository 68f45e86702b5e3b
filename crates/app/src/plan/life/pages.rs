//! Pages of a plan's life.

use askama::Template;
use axum::extract::State;

use super::acts::closing_of;
use super::closing::{self, Closing, State as Outcome};
use super::store::{self, Answer};
use crate::plan::document::{Edition, Item, Notice, Shown};
use crate::shell::{App, Page, Result};

#[derive(Template)]
#[template(path = "plan/life/links.html")]
struct Links<'a> {
    notice: Notice,
    base: String,
    linked: usize,
    rows: Vec<LinkRow<'a>>,
}

struct LinkRow<'a> {
    item: &'a Item,
    answers: Vec<Answer>,
}

/// What each measure answers to.
pub async fn links(State(app): State<App>, shown: Shown) -> Result<Page> {
    let edition = &*shown.edition;
    let plan = edition.head.plan.clone();
    let links = app.read(move |read| store::list_links(read, &plan)).await?;
    let rows: Vec<LinkRow<'_>> = edition
        .items
        .iter()
        .map(|item| LinkRow {
            item,
            answers: of(&links, item),
        })
        .collect();
    let page = Links {
        notice: Notice::of(edition, &app),
        base: edition.base(),
        linked: rows.iter().filter(|row| !row.answers.is_empty()).count(),
        rows,
    };
    Ok(Page::new("与上级方案的对应", &page)?.with_data(format!("/api/v1{}/links", edition.base())))
}

#[derive(Template)]
#[template(path = "plan/life/closing.html")]
struct ClosingPage<'a> {
    notice: Notice,
    base: String,
    edition: &'a Edition,
    over: bool,
    counts: Vec<(&'static str, usize)>,
    evaluated: usize,
    mapped: usize,
    targets: Vec<TargetRow>,
    rows: Vec<MeasureRow<'a>>,
}

struct TargetRow {
    text: String,
    value: String,
    verdict: &'static str,
    wrong: bool,
    source: String,
    note: String,
}

struct MeasureRow<'a> {
    item: &'a Item,
    state: Option<Outcome>,
    done: String,
    source: String,
    successors: Vec<Answer>,
}

/// The closing evaluation and where each measure lives on.
pub async fn closing(State(app): State<App>, shown: Shown) -> Result<Page> {
    let edition = &*shown.edition;
    let plan = edition.head.plan.clone();
    let (Closing { measures, targets }, successors) = app
        .read(move |read| Ok((closing_of(read, &plan)?, store::list_successors(read, &plan)?)))
        .await?;
    let rows: Vec<MeasureRow<'_>> = edition
        .items
        .iter()
        .map(|item| {
            let found = measures.iter().find(|one| one.measure == item.id);
            MeasureRow {
                item,
                state: found.map(|one| one.state),
                done: found.map(|one| one.done.clone()).unwrap_or_default(),
                source: found.map(|one| one.source.clone()).unwrap_or_default(),
                successors: of(&successors, item),
            }
        })
        .collect();
    let page = ClosingPage {
        notice: Notice::of(edition, &app),
        base: edition.base(),
        over: edition.is_over(app.this_year()),
        counts: Outcome::ALL
            .into_iter()
            .map(|state| {
                (
                    state.label(),
                    rows.iter().filter(|row| row.state == Some(state)).count(),
                )
            })
            .collect(),
        evaluated: rows.iter().filter(|row| row.state.is_some()).count(),
        mapped: rows.iter().filter(|row| !row.successors.is_empty()).count(),
        targets: edition
            .plan
            .targets
            .iter()
            .filter(|one| one.kind == kepu_plan::model::TargetKind::Target)
            .map(|one| target(one, &targets))
            .collect(),
        rows,
        edition,
    };
    Ok(Page::new("结题评估和衔接", &page)?.with_data(format!("/api/v1{}/closing", edition.base())))
}

fn target(target: &kepu_plan::model::Target, closings: &[closing::TargetClosing]) -> TargetRow {
    let key = closing::target_key(target);
    let found = closings.iter().find(|one| one.target == key);
    let value = found.and_then(|one| one.value);
    let reached = closing::is_reached(target, value);
    TargetRow {
        text: target.text.clone(),
        value: value.map_or_else(String::new, |value| {
            format!("{value}{}", target.unit.as_deref().unwrap_or_default())
        }),
        verdict: match (reached, value) {
            (Some(true), _) => "达到",
            (Some(false), _) => "没有达到",
            (None, Some(_)) => "由评估组判断",
            (None, None) => "还没有结果",
        },
        wrong: reached == Some(false),
        source: found.map(|one| one.source.clone()).unwrap_or_default(),
        note: found.map(|one| one.note.clone()).unwrap_or_default(),
    }
}

fn of(answers: &[Answer], item: &Item) -> Vec<Answer> {
    answers
        .iter()
        .filter(|answer| answer.measure == item.id)
        .cloned()
        .collect()
}
