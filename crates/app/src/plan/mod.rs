//! The plan: the document in force, its life, and trial readings. Years and tasks join it later.

pub mod document;
pub mod life;
pub mod trial;
