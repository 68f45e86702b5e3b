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

impl List {
    fn number(&self, n: &i64) -> String {
        grouped(*n)
    }
}

impl Show {
    fn number(&self, n: &i64) -> String {
        grouped(*n)
    }

    fn sources(&self) -> String {
        sources(&self.region.source)
    }

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

/// A number with its thousands apart: 1,840,295.
fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The sources of a row in words. What has no word here stands as the file has it.
fn sources(stored: &str) -> String {
    let words: Vec<String> = stored
        .split_whitespace()
        .map(|one| match one.split_once(':').unwrap_or((one, "")) {
            ("nbs2023", _) => "国家统计局2023年统计用区划代码".to_owned(),
            ("geonames", id) => format!("位置：GeoNames {id}"),
            ("census2010", _) => "2010年人口普查全区总数".to_owned(),
            ("census2020", _) => "2020年人口普查全区总数".to_owned(),
            ("pop2010", _) => "2010年人口：公布的分乡镇街道表".to_owned(),
            ("pop2020", "wikipedia-copy") => "2020年人口：维基百科条目的转载".to_owned(),
            ("pop2020", "unconfirmed") => "2020年人口：没有核实".to_owned(),
            _ => one.to_owned(),
        })
        .collect();
    words.join("；")
}

#[cfg(test)]
mod tests {
    use super::{grouped, sources};

    #[test]
    fn numbers_and_sources_are_put_for_people() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(57_550), "57,550");
        assert_eq!(grouped(1_840_295), "1,840,295");
        assert_eq!(
            sources("nbs2023 geonames:1 other"),
            "国家统计局2023年统计用区划代码；位置：GeoNames 1；other"
        );
    }
}
