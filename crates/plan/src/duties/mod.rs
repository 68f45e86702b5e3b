//! Who answers for what: duty clauses, duties in running text, and the units that both name.

pub(crate) mod clause;
pub(crate) mod list;
pub(crate) mod parties;
pub(crate) mod rules;
pub(crate) mod running;
pub mod units;
mod words;
