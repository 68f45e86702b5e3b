//! The first page: what this is, the plan that holds, and where to go.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use kepu_plan::model::{KeyGroup, Role, SectionKind};

use super::super::edition::Edition;
use super::super::{acts, targets};
use super::{Notice, chips};
use crate::shell::{App, Page, Result, View};

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

/// The first page of the elder view: what the plan does for old people, then the rest of it.
#[derive(Template)]
#[template(path = "plan/document/home_elder.html")]
struct ElderHome<'a> {
    edition: &'a Edition,
    notice: Notice,
    goal: Option<Goal>,
    own: Vec<ForElders<'a>>,
    groups: Vec<Group<'a>>,
}

/// A programme for old people.
struct ForElders<'a> {
    code: &'a str,
    title: &'a str,
    items: Vec<(&'a str, &'a str)>,
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
pub async fn home(State(app): State<App>, headers: HeaderMap) -> Result<Page> {
    let Some(edition) = acts::in_force(&app).await? else {
        return Page::new(
            "首页",
            &Start {
                place: &app.config.place,
            },
        );
    };
    let edition: &Arc<Edition> = &edition;
    if View::of(&headers) == View::Elder {
        let page = ElderHome {
            edition,
            notice: Notice::of(edition, &app),
            goal: goal(edition),
            own: for_elders(edition),
            groups: groups(edition),
        };
        return Page::new("首页", &page);
    }
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

fn for_elders(edition: &Edition) -> Vec<ForElders<'_>> {
    edition
        .programmes()
        .filter(|(_, section)| section.key_group == Some(KeyGroup::Elders))
        .map(|(at, section)| ForElders {
            code: &edition.codes[at],
            title: section.title.as_deref().unwrap_or("没有标题"),
            items: edition
                .items_of(at)
                .map(|item| (item.code.as_str(), item.title.as_str()))
                .collect(),
        })
        .collect()
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
