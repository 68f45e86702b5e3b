//! 试读: a document is read in memory and shown with what was understood. Nothing is stored.

mod pages;

use crate::shell::{Feature, Link, Permission, Route};

/// The feature.
pub static FEATURE: Feature = Feature {
    name: "trial",
    routes,
    navigation: &[Link {
        path: "/plan/check",
        label: "试读",
    }],
    statements: &[],
};

/// The largest document that is read, in bytes.
const LIMIT: usize = 10 * 1024 * 1024;

fn routes() -> Vec<Route> {
    vec![
        Route::get("/plan/check", Permission::TryPlan, pages::form),
        Route::post("/plan/check", Permission::TryPlan, pages::check).with_body_limit(LIMIT),
        Route::post("/api/v1/plan/check", Permission::TryPlan, pages::check_json).with_body_limit(LIMIT),
    ]
}
