//! x
use crate::duties::clause::Clause; use crate::header::Header; use crate::model::*; use crate::outline::Node; use crate::source::Source; use crate::text::paragraphs::Layout;
pub(crate) struct Context<'a> { pub source:&'a Source, pub layout:&'a Layout, pub header:&'a Header, pub nodes:&'a [Node], pub clauses:&'a [Vec<Clause>], pub plan:&'a Plan }
pub(crate) fn check(_c:&Context<'_>)->Vec<Diagnostic>{vec![]}
