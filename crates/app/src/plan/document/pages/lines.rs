//! The source text by lines, with what the compiler noticed beside each.

use askama::Template;
use axum::extract::State;
use kepu_plan::model::{Diagnostic, Severity};

use super::super::search::Piece;
use super::super::shown::Shown;
use super::Notice;
use crate::shell::{App, Page, Result};

/// A line of a source text.
pub struct Line {
    /// From 1.
    pub number: usize,
    /// Its text; places that a diagnostic points at are marked.
    pub pieces: Vec<Piece>,
    /// What was noticed in it.
    pub notes: Vec<Note>,
}

/// A diagnostic beside a line.
pub struct Note {
    /// Class of its style.
    pub class: &'static str,
    /// How bad it is, in words.
    pub label: &'static str,
    /// Its code.
    pub code: String,
    /// What was seen.
    pub message: String,
    /// What to do.
    pub help: String,
}

#[derive(Template)]
#[template(path = "plan/document/source.html")]
struct Source {
    notice: Notice,
    base: String,
    total: usize,
    lines: Vec<Line>,
}

/// The source text of an edition.
pub async fn source(State(app): State<App>, shown: Shown) -> Result<Page> {
    let edition = &*shown.edition;
    let page = Source {
        notice: Notice::of(edition, &app),
        base: edition.base(),
        total: edition.plan.diagnostics.len(),
        lines: lines(edition.lines.iter().map(String::as_str), &edition.plan.diagnostics),
    };
    Page::new("原文和疑问", &page)
}

/// Numbers the lines of a text and puts each diagnostic beside its line.
pub fn lines<'a>(text: impl Iterator<Item = &'a str>, diagnostics: &[Diagnostic]) -> Vec<Line> {
    text.enumerate()
        .map(|(at, text)| {
            let number = at + 1;
            let here: Vec<&Diagnostic> = diagnostics.iter().filter(|one| one.line == number).collect();
            Line {
                number,
                pieces: pieces(text, &here),
                notes: here.into_iter().map(note).collect(),
            }
        })
        .collect()
}

fn note(diagnostic: &Diagnostic) -> Note {
    let (class, label) = match diagnostic.severity {
        Severity::Error => ("error", "没读懂"),
        Severity::Warning => ("warning", "疑问"),
        Severity::Note => ("note", "说明"),
    };
    Note {
        class,
        label,
        code: diagnostic.code.clone(),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
    }
}

/// The line in pieces, marked where a diagnostic's place lies wholly inside the line.
fn pieces(text: &str, diagnostics: &[&Diagnostic]) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().collect();
    let mut marks: Vec<(usize, usize)> = diagnostics
        .iter()
        .filter_map(|one| {
            let start = one.column.checked_sub(1)?;
            let from = text.char_indices().nth(start)?.0;
            let covered = text.get(from..from + one.span.end.checked_sub(one.span.start)?)?;
            let end = start + covered.chars().count();
            (end > start).then_some((start, end))
        })
        .collect();
    marks.sort_unstable();
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, marked| {
        if from < to {
            let text = characters[from..to].iter().collect();
            pieces.push(Piece { text, marked });
        }
    };
    let mut at = 0;
    for (start, end) in marks {
        let start = start.max(at);
        push(at, start, false);
        push(start, end.max(start), true);
        at = at.max(end);
    }
    push(at, characters.len(), false);
    pieces
}
