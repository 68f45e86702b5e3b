//! 区划: the tree of regions, from the district's data file.

mod acts;
mod api;
mod model;
mod pages;
mod store;

pub use acts::{home, load};
pub use model::{Level, Region, read_csv};

use crate::shell::{Feature, Link, Permission, Route};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "regions",
    routes,
    navigation: &[Link {
        path: "/regions",
        label: "区划",
    }],
    statements: store::STATEMENTS,
};

fn routes() -> Vec<Route> {
    vec![
        Route::get("/regions", Permission::ReadRegions, pages::list),
        Route::get("/regions/{code}", Permission::ReadRegions, pages::show),
        Route::get("/api/v1/regions", Permission::ReadRegions, api::list),
    ]
}
