//! The application as a whole: the router called in memory, acts on a filled database.

mod acts;
mod api;
mod harness;
mod identity;
mod life;
mod pages;
mod routes;
mod statements;
mod tidy;
