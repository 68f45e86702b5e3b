//! Search in the plan as a page.

use askama::Template;
use axum::extract::{Query as Address, State};
use serde::Deserialize;

use super::super::search::{self, Hit, Piece, marked};
use super::super::shown::Shown;
use super::Notice;
use super::text::data_of;
use crate::people::units::Unit;
use crate::shell::{App, Page, Result};

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Query {
    /// The words.
    #[serde(default)]
    pub q: String,
}

#[derive(Template)]
#[template(path = "plan/document/search.html")]
struct SearchPage<'a> {
    notice: Notice,
    base: String,
    query: &'a str,
    units: Vec<&'a Unit>,
    hits: Vec<Found>,
}

struct Found {
    code: String,
    is_item: bool,
    line: usize,
    section: String,
    name: Vec<Piece>,
    pieces: Vec<Piece>,
}

/// Everything in the plan that holds the words, and the units that bear them in their names.
pub async fn search(State(app): State<App>, shown: Shown, Address(query): Address<Query>) -> Result<Page> {
    let edition = &*shown.edition;
    let words: String = query.q.chars().take(100).collect();
    let words = words.trim();
    let found = |hit: Hit| Found {
        name: marked(&hit.title, words),
        code: hit.code,
        is_item: hit.is_item,
        line: hit.line,
        section: hit.section,
        pieces: hit.pieces,
    };
    let page = SearchPage {
        notice: Notice::of(edition, &app),
        base: edition.base(),
        units: edition
            .register
            .search(words)
            .into_iter()
            .filter(|unit| edition.names(unit))
            .take(12)
            .collect(),
        hits: search::search(edition, words).into_iter().map(found).collect(),
        query: words,
    };
    Ok(Page::new("在方案里搜索", &page)?.with_data(format!("{}/search", data_of(edition))))
}
