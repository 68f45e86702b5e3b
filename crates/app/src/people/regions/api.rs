//! Regions as JSON.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::model::Region;
use super::store;
use crate::shell::{App, Result};

/// A region on the wire.
#[derive(Serialize)]
pub struct RegionOut {
    code: String,
    name: String,
    kind: String,
    level: &'static str,
    parent: Option<String>,
    point: Option<[f64; 2]>,
    population_2010: Option<i64>,
    population_2020: Option<i64>,
    population_2020_confidence: Option<String>,
    source: String,
}

impl From<Region> for RegionOut {
    fn from(region: Region) -> Self {
        Self {
            level: region.level.as_str(),
            point: region.lon.zip(region.lat).map(|(lon, lat)| [lon, lat]),
            code: region.code,
            name: region.name,
            kind: region.kind,
            parent: region.parent,
            population_2010: region.pop_2010,
            population_2020: region.pop_2020,
            population_2020_confidence: region.pop_2020_confidence,
            source: region.source,
        }
    }
}

/// All regions by code.
pub async fn list(State(app): State<App>) -> Result<Json<Vec<RegionOut>>> {
    let regions = app.read(store::list).await?;
    Ok(Json(regions.into_iter().map(RegionOut::from).collect()))
}
