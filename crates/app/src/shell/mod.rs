//! The shell: router, access, layout, error pages, static files, headers. It knows no feature.
//!
//! To add a page: write a handler in the feature's `pages.rs`, declare it as a [`Route`] with its permission in the
//! feature's `mod.rs`, and put what the page says into a template of the feature's name. The shell wraps the body in
//! the layout, answers errors with a page (or with problem+json below `/api/`) and sets all headers.

mod access;
mod app;
mod assets;
mod days;
mod error;
mod feature;
mod headers;
mod health;
mod memo;
mod page;
mod router;
mod server;
pub mod sheet;
mod view;

pub use access::{Caller, Permission, may};
pub use app::{App, Config};
pub use days::{day, day_of_micros, year_of_micros};
pub use error::{Error, Problem, Result};
pub use feature::{Feature, Link, Route};
pub use memo::Memo;
pub use page::{Download, Page};
pub use router::{own_routes, router};
pub use server::serve;
pub use view::View;
