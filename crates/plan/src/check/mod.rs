//! What a person should look at: slips in the document and doubts in the reading.
//!
//! Codes are stable; `docs/plan-diagnostics.md` lists them. K0xx is about the file, K1xx about the plan.

mod document;
mod duties;
mod wording;

use crate::duties::clause::Clause;
use crate::header::Header;
use crate::model::{Diagnostic, Plan, Severity, Span};
use crate::outline::Node;
use crate::source::Source;
use crate::text::paragraphs::Layout;

/// Everything that the checks look at.
pub(crate) struct Context<'a> {
    pub source: &'a Source,
    pub layout: &'a Layout,
    pub header: &'a Header,
    pub nodes: &'a [Node],
    pub clauses: &'a [Vec<Clause>],
    pub plan: &'a Plan,
}

/// All diagnostics in the order of the text.
pub(crate) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Found {
        source: context.source,
        list: Vec::new(),
    };
    document::check(context, &mut found);
    duties::check(context, &mut found);
    wording::check(context, &mut found);
    found
        .list
        .sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.code.clone()));
    found.list
}

/// Collects diagnostics.
struct Found<'a> {
    source: &'a Source,
    list: Vec<Diagnostic>,
}

impl Found<'_> {
    fn add(&mut self, code: &str, severity: Severity, span: Span, message: String, help: &str) {
        let (line, column) = self.source.position(span.start);
        self.list.push(Diagnostic {
            code: code.to_owned(),
            severity,
            message,
            line,
            column,
            help: help.to_owned(),
            span,
        });
    }

    fn note(&mut self, code: &str, span: Span, message: String, help: &str) {
        self.add(code, Severity::Note, span, message, help);
    }

    fn warn(&mut self, code: &str, span: Span, message: String, help: &str) {
        self.add(code, Severity::Warning, span, message, help);
    }

    /// The place of some words inside a span; the whole span when they stand there in another form.
    fn inside(&self, span: Span, words: &str) -> Span {
        match self.source.slice(span).find(words) {
            Some(at) => Span {
                start: span.start + at,
                end: span.start + at + words.len(),
            },
            None => span,
        }
    }

    /// As [`Found::inside`], the last place.
    fn last_inside(&self, span: Span, words: &str) -> Span {
        match self.source.slice(span).rfind(words) {
            Some(at) => Span {
                start: span.start + at,
                end: span.start + at + words.len(),
            },
            None => span,
        }
    }
}
