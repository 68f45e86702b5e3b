//! The one list of features, and of migrations.

use crate::people::{regions, units};
use crate::plan::{document, life, trial};
use crate::shell::{self, App, Feature};

/// Every feature. The order is that of the navigation.
pub static FEATURES: &[&Feature] = &[
    &document::FEATURE,
    &units::FEATURE,
    &regions::FEATURE,
    &life::FEATURE,
    &trial::FEATURE,
];

/// The whole application as a service.
pub fn router(app: App) -> axum::Router {
    shell::router(app, FEATURES)
}
