//! Pages of the regions.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};

use super::model::{Level, Region};
use super::store;
use crate::shell::{App, Error, Page, Result};

#[derive(Template)]
#[template(path = "people/regions/list.html")]
struct List {
    home: Option<Region>,
    townships: Vec<Row>,
    communities: i64,
    with_population: usize,
}

struct Row {
    region: Region,
    children: i64,
}

/// The district and its townships.
pub async fn list(State(app): State<App>) -> Result<Page> {
    let (home, below, children) = app
        .read(|read| {
            let home = store::find_home(read)?;
            let below = match &home {
                Some(home) => store::list_below(read, &home.code)?,
                None => Vec::new(),
            };
            Ok((home, below, store::count_children(read)?))
        })
        .await?;
    let children: HashMap<String, i64> = children.into_iter().collect();
    let townships: Vec<Row> = below
        .into_iter()
        .map(|region| Row {
            children: children.get(&region.code).copied().unwrap_or(0),
            region,
        })
        .collect();
    let page = List {
        communities: townships.iter().map(|row| row.children).sum(),
        with_population: townships.iter().filter(|row| row.region.pop_2020.is_some()).count(),
        home,
        townships,
    };
    Ok(Page::new("区划", &page)?.with_data("/api/v1/regions"))
}

#[derive(Template)]
#[template(path = "people/regions/show.html")]
struct Show {
    region: Region,
    parent: Option<Region>,
    below: Vec<Region>,
}

/// One region and what lies directly below it.
pub async fn show(State(app): State<App>, Path(code): Path<String>) -> Result<Page> {
    let found = app
        .read(move |read| {
            let Some(region) = store::find(read, &code)? else {
                return Ok(None);
            };
            let parent = match &region.parent {
                Some(parent) => store::find(read, parent)?,
                None => None,
            };
            let below = store::list_below(read, &region.code)?;
            Ok(Some(Show { region, parent, below }))
        })
        .await?;
    let page = found.ok_or(Error::NotFound("这个区划代码"))?;
    Page::new(page.region.name.clone(), &page)
}

impl Show {
    fn is_doubtful(&self) -> bool {
        self.region.pop_2020_confidence.as_deref() != Some("high")
    }

    fn below_label(&self) -> &'static str {
        match self.region.level {
            Level::Township => "社区和村",
            _ => "下级区划",
        }
    }
}
