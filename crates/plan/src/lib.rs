//! The plan compiler: an official plan's text to data, with source spans and diagnostics.

pub mod model;
