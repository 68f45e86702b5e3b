//! The register of units as JSON.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::acts;
use super::model::Unit;
use crate::shell::{App, Result};

/// A unit on the wire.
#[derive(Serialize)]
pub struct UnitOut {
    /// Short code.
    pub code: String,
    /// Usual short name.
    pub name: String,
    /// Full name, where known.
    pub full_name: Option<String>,
    /// 党委部门, 政府部门, 群团 …
    pub kind: String,
    /// 12-digit code of its region.
    pub region: Option<String>,
    /// Whether it stands for several units.
    pub collective: bool,
    /// Whether a person has checked it.
    pub checked: bool,
}

impl From<&Unit> for UnitOut {
    fn from(unit: &Unit) -> Self {
        Self {
            code: unit.code.clone(),
            name: unit.name.clone(),
            full_name: unit.full_name.clone(),
            kind: unit.kind.clone(),
            region: unit.region.clone(),
            collective: unit.collective,
            checked: unit.checked,
        }
    }
}

/// All units in the order of the roster.
pub async fn list(State(app): State<App>) -> Result<Json<Vec<UnitOut>>> {
    let (_, register) = app.read(acts::register).await?;
    Ok(Json(register.units().iter().map(UnitOut::from).collect()))
}
