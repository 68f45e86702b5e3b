//! The first page: what this is, the plan that holds, and where to go.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use kepu_plan::model::{Role, SectionKind};

use super::super::edition::Edition;
use super::super::{acts, targets};
use super::{Notice, chips};
use crate::shell::{App, Page, Result};

#[derive(Template)]
#[template(path = "plan/document/start.html")]
struct Start<'a> {
    place: &'a str,
}

#[derive(Template)]
#[template(path = "plan/document/home.html")]
struct Home<'a> {
    edition: &'a Edition,
    notice: Notice,
    place: &'a str,
    goal: Option<Goal>,
    groups: Vec<Group<'a>>,
    named: usize,
}

struct Goal {
    from: Option<String>,
    to: String,
    sentence: String,
}

struct Group<'a> {
    label: &'static str,
    programmes: Vec<Programme<'a>>,
}

struct Programme<'a> {
    code: &'a str,
    title: &'a str,
    measures: usize,
    leads: String,
}

/// The first page.
pub async fn home(State(app): State<App>) -> Result<Page> {
    let Some(edition) = acts::in_force(&app).await? else {
        return Page::new(
            "首页",
            &Start {
                place: &app.config.place,
            },
        );
    };
    let edition: &Arc<Edition> = &edition;
    let page = Home {
        notice: Notice::of(edition, &app),
        place: &app.config.place,
        goal: goal(edition),
        groups: groups(edition),
        named: edition
            .register
            .units()
            .iter()
            .filter(|unit| edition.names(unit))
            .count(),
        edition,
    };
    Ok(Page::new("首页", &page)?.with_data("/api/v1/plan"))
}

/// The first target of the plan as one figure.
fn goal(edition: &Edition) -> Option<Goal> {
    let series = targets::series(edition);
    let first = series.iter().find(|one| !one.goals.is_empty())?;
    Some(Goal {
        from: first.baselines.last().map(|target| targets::value(target)),
        to: targets::value(first.goals.last()?),
        sentence: first.sentence(),
    })
}

fn groups(edition: &Edition) -> Vec<Group<'_>> {
    [
        (SectionKind::Action, "重点人群行动"),
        (SectionKind::Project, "重点工程"),
    ]
    .into_iter()
    .map(|(kind, label)| Group {
        label,
        programmes: edition
            .programmes()
            .filter(|(_, section)| section.kind == kind)
            .map(|(at, section)| Programme {
                code: &edition.codes[at],
                title: section.title.as_deref().unwrap_or("没有标题"),
                measures: section.measures.len(),
                leads: chips(edition, &edition.duties_of_section(at), Role::Lead)
                    .iter()
                    .map(|chip| chip.name)
                    .collect::<Vec<_>>()
                    .join("、"),
            })
            .collect(),
    })
    .filter(|group: &Group<'_>| !group.programmes.is_empty())
    .collect()
}
