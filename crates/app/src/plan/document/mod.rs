//! The plan as a document: its editions, its text with duties beside it, the matrix, the targets, search.

mod acts;
mod api;
mod corrected;
mod correction;
mod edition;
mod export;
mod matrix;
mod pages;
mod search;
mod shown;
mod store;
mod targets;
mod wording;
mod worksheet;

pub use acts::{Loaded, NewPlan, edition, in_force, load_edition, put_in_force, read_edition};
pub use corrected::apply;
pub use correction::{Corrections, Problem, listing};
pub use edition::{Edition, Head, Item, Level, Place};
pub use pages::{Line, Notice, lines};
pub use shown::Shown;
pub use store::{PlanRow, find_edition, find_in_force, list_editions, list_plans};
pub use wording::role_label;
pub use worksheet::{read_corrections, write_corrections};

use crate::shell::{Feature, Link, Permission, Route};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "document",
    routes,
    navigation: &[
        Link {
            path: "/plan",
            label: "方案",
        },
        Link {
            path: "/plan/matrix",
            label: "分工",
        },
        Link {
            path: "/plan/targets",
            label: "目标",
        },
        Link {
            path: "/plan/search",
            label: "搜索",
        },
    ],
    statements: store::STATEMENTS,
};

fn routes() -> Vec<Route> {
    let read = Permission::ReadPlan;
    vec![
        Route::get("/", read, pages::home),
        Route::get("/plan", read, pages::text),
        Route::get("/plan/source", read, pages::source),
        Route::get("/plan/measures/{code}", read, pages::measure),
        Route::get("/plan/matrix", read, pages::matrix),
        Route::get("/plan/matrix.csv", read, export::csv),
        Route::get("/plan/matrix.xlsx", read, export::xlsx),
        Route::get("/plan/targets", read, pages::targets),
        Route::get("/plan/search", read, pages::search),
        Route::get("/plan/editions", read, pages::editions),
        Route::get("/units/{unit}", read, pages::unit),
        Route::get("/plans", read, pages::plans),
        Route::get("/editions/{edition}", read, pages::text),
        Route::get("/editions/{edition}/source", read, pages::source),
        Route::get("/editions/{edition}/measures/{code}", read, pages::measure),
        Route::get("/editions/{edition}/matrix", read, pages::matrix),
        Route::get("/editions/{edition}/matrix.csv", read, export::csv),
        Route::get("/editions/{edition}/matrix.xlsx", read, export::xlsx),
        Route::get("/editions/{edition}/targets", read, pages::targets),
        Route::get("/editions/{edition}/search", read, pages::search),
        Route::get("/editions/{edition}/editions", read, pages::editions),
        Route::get("/api/v1/plans", read, api::plans),
        Route::get("/api/v1/plan", read, api::plan),
        Route::get("/api/v1/plan/measures/{code}", read, api::measure),
        Route::get("/api/v1/plan/matrix", read, api::matrix),
        Route::get("/api/v1/plan/targets", read, api::targets),
        Route::get("/api/v1/plan/search", read, api::search),
        Route::get("/api/v1/units/{unit}", read, api::unit),
        Route::get("/api/v1/editions/{edition}", read, api::plan),
        Route::get("/api/v1/editions/{edition}/measures/{code}", read, api::measure),
        Route::get("/api/v1/editions/{edition}/matrix", read, api::matrix),
        Route::get("/api/v1/editions/{edition}/targets", read, api::targets),
        Route::get("/api/v1/editions/{edition}/search", read, api::search),
    ]
}
