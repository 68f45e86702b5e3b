//! A plan's life as JSON.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::acts::closing_of;
use super::closing::{self, Closing};
use super::store;
use crate::plan::document::Shown;
use crate::shell::{App, Result};

/// What a measure answers to, or where it lives on.
#[derive(Serialize)]
pub struct LinkOut {
    measure: String,
    to: String,
    path: String,
    plan: String,
    note: String,
}

fn out(answers: Vec<store::Answer>, shown: &Shown) -> Vec<LinkOut> {
    let code = |id: &str| {
        shown
            .edition
            .items
            .iter()
            .find(|item| item.id == id)
            .map(|item| item.code.clone())
    };
    answers
        .into_iter()
        .filter_map(|answer| {
            Some(LinkOut {
                measure: code(&answer.measure)?,
                to: answer.title,
                path: answer.href,
                plan: answer.plan,
                note: answer.note,
            })
        })
        .collect()
}

/// What each measure answers to.
pub async fn links(State(app): State<App>, shown: Shown) -> Result<Json<Vec<LinkOut>>> {
    let plan = shown.edition.head.plan.clone();
    let links = app.read(move |read| store::list_links(read, &plan)).await?;
    Ok(Json(out(links, &shown)))
}

/// A closing evaluation.
#[derive(Serialize)]
pub struct ClosingOut {
    measures: Vec<MeasureOut>,
    targets: Vec<TargetOut>,
    successors: Vec<LinkOut>,
}

#[derive(Serialize)]
struct MeasureOut {
    measure: String,
    state: &'static str,
    done: String,
    source: String,
}

#[derive(Serialize)]
struct TargetOut {
    text: String,
    goal: Option<f64>,
    value: Option<f64>,
    year: Option<i64>,
    reached: Option<bool>,
    source: String,
}

/// The closing evaluation and where each measure lives on.
pub async fn closing(State(app): State<App>, shown: Shown) -> Result<Json<ClosingOut>> {
    let plan = shown.edition.head.plan.clone();
    let (Closing { measures, targets }, successors) = app
        .read(move |read| Ok((closing_of(read, &plan)?, store::list_successors(read, &plan)?)))
        .await?;
    let edition = &*shown.edition;
    let measures = measures.into_iter().filter_map(|one| {
        let item = edition.items.iter().find(|item| item.id == one.measure)?;
        Some(MeasureOut {
            measure: item.code.clone(),
            state: one.state.as_str(),
            done: one.done,
            source: one.source,
        })
    });
    let targets = edition.plan.targets.iter().filter_map(|target| {
        let found = targets.iter().find(|one| one.target == closing::target_key(target))?;
        Some(TargetOut {
            text: target.text.clone(),
            goal: target.value,
            value: found.value,
            year: found.year,
            reached: closing::is_reached(target, found.value),
            source: found.source.clone(),
        })
    });
    Ok(Json(ClosingOut {
        measures: measures.collect(),
        targets: targets.collect(),
        successors: out(successors, &shown),
    }))
}
