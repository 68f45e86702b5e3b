//! Targets with their baselines, drawn.

use askama::Template;
use axum::extract::State;
use kepu_plan::model::{Target, TargetKind};

use super::super::shown::Shown;
use super::super::targets::{self, Chart, Frame, Series};
use super::Notice;
use super::text::data_of;
use crate::shell::{App, Page, Result, day};

#[derive(Template)]
#[template(path = "plan/document/targets.html")]
struct Targets {
    notice: Notice,
    base: String,
    series: Vec<Shape>,
    deadlines: Vec<Deadline>,
}

struct Shape {
    metric: String,
    sentence: String,
    charts: Vec<(&'static str, Chart)>,
    has_binding: bool,
    rows: Vec<Row>,
}

struct Row {
    kind: &'static str,
    year: String,
    value: String,
    degree: String,
    binding: String,
    scope: String,
    line: usize,
}

struct Deadline {
    text: String,
    day: Option<String>,
    line: usize,
}

/// The targets of the plan.
pub async fn targets(State(app): State<App>, shown: Shown) -> Result<Page> {
    let edition = &*shown.edition;
    let this_year = app.this_year();
    let page = Targets {
        notice: Notice::of(edition, &app),
        base: edition.base(),
        series: targets::series(edition).iter().map(shape).collect(),
        deadlines: edition
            .plan
            .deadlines
            .iter()
            .map(|one| Deadline {
                text: one.text.clone(),
                day: one.until.as_deref().map(|until| day(until, this_year)),
                line: one.line,
            })
            .collect(),
    };
    Ok(Page::new("目标", &page)?.with_data(format!("{}/targets", data_of(edition))))
}

fn shape(series: &Series<'_>) -> Shape {
    Shape {
        metric: series.metric.clone(),
        sentence: series.sentence(),
        charts: [("wide", Frame::WIDE), ("narrow", Frame::NARROW)]
            .into_iter()
            .filter_map(|(class, frame)| Some((class, targets::chart(series, frame)?)))
            .collect(),
        has_binding: series
            .baselines
            .iter()
            .chain(&series.goals)
            .any(|one| one.binding.is_some()),
        rows: series
            .baselines
            .iter()
            .chain(&series.goals)
            .map(|target| row(target))
            .collect(),
    }
}

fn row(target: &Target) -> Row {
    let degree = [target.hedge.as_deref(), target.comparator.as_deref()];
    Row {
        kind: match target.kind {
            TargetKind::Baseline => "起点",
            TargetKind::Target => "目标",
        },
        year: target.year.map_or_else(|| "没有写".to_owned(), |year| year.to_string()),
        value: targets::value(target),
        degree: degree.into_iter().flatten().collect(),
        binding: target.binding.clone().unwrap_or_default(),
        scope: target.scope.clone().unwrap_or_default(),
        line: target.line,
    }
}
