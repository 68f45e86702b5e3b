//! A plan's life: what its measures answer to above, what was done when it closes, and where each lives on.

mod acts;
mod api;
mod closing;
mod pages;
mod store;
mod worksheet;

pub use acts::{Refused, answers_to, closing_of, import, link, succeed, successors};
pub use closing::{Closing, MeasureClosing, State, TargetClosing};
pub use store::{Answer, list_successors};
pub use worksheet::{Cleared, Filled, Mapping, read_closing, write_closing};

use crate::shell::{Feature, Permission, Route};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "life",
    routes,
    navigation: &[],
    statements: store::STATEMENTS,
};

fn routes() -> Vec<Route> {
    let read = Permission::ReadPlan;
    vec![
        Route::get("/plan/links", read, pages::links),
        Route::get("/plan/closing", read, pages::closing),
        Route::get("/editions/{edition}/links", read, pages::links),
        Route::get("/editions/{edition}/closing", read, pages::closing),
        Route::get("/api/v1/plan/links", read, api::links),
        Route::get("/api/v1/plan/closing", read, api::closing),
        Route::get("/api/v1/editions/{edition}/links", read, api::links),
        Route::get("/api/v1/editions/{edition}/closing", read, api::closing),
    ]
}
