//! 单位: the register of units with their names, and the collectives that stand for several.
//!
//! A plan names units in many ways (区财政局, 区财政; 各街道乡镇, 各街道办事处和乡镇政府). [`Register::find`] is the one
//! place where a name becomes a unit.

mod acts;
mod api;
mod model;
mod pages;
mod store;

pub use acts::{find, load, recognise, register};
pub use model::{Listed, Register, Unit, fold, read_csv};
pub use store::revision;

use crate::shell::{Feature, Link, Permission, Route};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "units",
    routes,
    navigation: &[Link {
        path: "/units",
        label: "单位",
    }],
    statements: store::STATEMENTS,
};

fn routes() -> Vec<Route> {
    vec![
        Route::get("/units", Permission::ReadUnits, pages::list),
        Route::get("/api/v1/units", Permission::ReadUnits, api::list),
    ]
}
