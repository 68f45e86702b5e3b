//! The list of units.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::acts;
use super::model::{Register, Unit};
use crate::shell::{App, Page, Result};

/// What is looked for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "people/units/list.html")]
struct List<'a> {
    query: &'a str,
    groups: Vec<Group<'a>>,
    units: usize,
    unchecked: usize,
}

struct Group<'a> {
    label: &'a str,
    units: Vec<&'a Unit>,
}

/// All units by kind, or those whose name holds the words. An exact name leads straight to the unit.
pub async fn list(State(app): State<App>, Query(search): Query<Search>) -> Result<Response> {
    let (_, register) = app.read(acts::register).await?;
    let query = search.q.trim();
    if let Some(unit) = register.find(query) {
        return Ok(Redirect::to(&format!("/units/{}", unit.code)).into_response());
    }
    let shown: Vec<&Unit> = if query.is_empty() {
        register.units().iter().collect()
    } else {
        register.search(query)
    };
    let page = List {
        query,
        groups: by_kind(&shown),
        units: register.units().iter().filter(|unit| !unit.collective).count(),
        unchecked: unchecked(&register),
    };
    Ok(Page::new("单位", &page)?.with_data("/api/v1/units").into_response())
}

fn unchecked(register: &Register) -> usize {
    register.units().iter().filter(|unit| !unit.checked).count()
}

/// Units by kind; the collectives last.
fn by_kind<'a>(units: &[&'a Unit]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for &unit in units {
        let label = if unit.collective { "集体" } else { unit.kind.as_str() };
        match groups.iter_mut().find(|group| group.label == label) {
            Some(group) => group.units.push(unit),
            None => groups.push(Group {
                label,
                units: vec![unit],
            }),
        }
    }
    groups.sort_by_key(|group| {
        const ORDER: [&str; 8] = ["党委部门", "政府部门", "事业单位", "群团", "街道", "镇", "乡", "其他"];
        match group.label {
            "集体" => (2, 0),
            label => ORDER.iter().position(|one| *one == label).map_or((1, 0), |at| (0, at)),
        }
    });
    groups
}
