//! The kepu application: a shell that serves pages, and one folder per feature.
//!
//! `shell` knows no feature; `features` is the one list of them. A feature holds its model and rules, its SQL, its
//! acts, its pages and its JSON. Features meet only through what their `mod.rs` publishes.

pub mod features;
pub mod installation;
pub mod people;
pub mod plan;
pub mod shell;
