//! Diagnostics for a terminal, in the manner of a compiler: code, message, the source line with the place marked,
//! what to do.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::Compiled;
use crate::model::{Diagnostic, Severity};

/// How many columns of a source line are shown; the lines of a plan are whole paragraphs.
const WINDOW: usize = 76;

/// Renders all diagnostics. `name` is the file's name as the person typed it; `color` says whether the output is a
/// terminal that wants it.
pub fn render(compiled: &Compiled, name: &str, color: bool) -> String {
    let mut out = String::new();
    for diagnostic in &compiled.plan.diagnostics {
        one(&mut out, compiled, diagnostic, name, color);
    }
    let count = |severity: Severity| {
        compiled
            .plan
            .diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    };
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    if errors + warnings + notes > 0 {
        let _ = writeln!(out, "共 {errors} 个错误、{warnings} 个警告、{notes} 个提示");
    }
    out
}

fn one(out: &mut String, compiled: &Compiled, diagnostic: &Diagnostic, name: &str, color: bool) {
    let (word, hue) = match diagnostic.severity {
        Severity::Error => ("错误", AnsiColor::Red),
        Severity::Warning => ("警告", AnsiColor::Yellow),
        Severity::Note => ("提示", AnsiColor::Cyan),
    };
    let (strong, frame, plain) = if color {
        (
            hue.on_default().bold(),
            AnsiColor::Blue.on_default(),
            anstyle::Reset.render().to_string(),
        )
    } else {
        (Style::new(), Style::new(), String::new())
    };
    let (
        Diagnostic {
            code,
            message,
            line,
            column,
            help,
            ..
        },
        gutter,
    ) = (diagnostic, diagnostic.line.to_string().len());
    let _ = writeln!(out, "{strong}{word}[{code}]{plain}：{message}");
    let _ = writeln!(out, "{frame}{:>gutter$}-->{plain} {name}:{line}:{column}", "");
    let text: Vec<char> = compiled.source.line_text(*line).chars().collect();
    let length = compiled
        .source
        .slice(diagnostic.span)
        .lines()
        .next()
        .map_or(0, |marked| marked.chars().count());
    let window = window(&text, column.saturating_sub(1), length);
    if !window.text.trim().is_empty() {
        let _ = writeln!(out, "{frame}{line} |{plain} {}", window.text);
        let marks = "^".repeat(window.marked.max(1));
        let _ = writeln!(
            out,
            "{frame}{:>gutter$} |{plain} {:>2$}{strong}{marks}{plain}",
            "", "", window.before
        );
    }
    let _ = writeln!(out, "{frame}{:>gutter$} ={plain} {help}\n", "");
}

struct Window {
    text: String,
    /// Columns before the marked place.
    before: usize,
    /// Columns of the marked place.
    marked: usize,
}

/// The part of a line around a marked place that fits the width.
fn window(line: &[char], at: usize, length: usize) -> Window {
    let at = at.min(line.len());
    let mut start = at;
    let mut columns = 0;
    while start > 0 && columns + width(line[start - 1]) <= WINDOW / 2 {
        start -= 1;
        columns += width(line[start]);
    }
    let mut end = at;
    let mut used = columns;
    while end < line.len() && used + width(line[end]) <= WINDOW {
        used += width(line[end]);
        end += 1;
    }
    let (head, tail) = (
        if start > 0 { "…" } else { "" },
        if end < line.len() { "…" } else { "" },
    );
    let shown: String = line[start..end]
        .iter()
        .map(|c| if c.is_control() { ' ' } else { *c })
        .collect();
    Window {
        text: format!("{head}{shown}{tail}"),
        before: columns + if start > 0 { 2 } else { 0 },
        marked: line[at..(at + length).min(end)].iter().map(|c| width(*c)).sum(),
    }
}

/// Columns of a character in a terminal with a Chinese font.
fn width(c: char) -> usize {
    if (c as u32) < 0x1100 && c != '…' && c != '—' && c != '“' && c != '”' {
        1
    } else {
        2
    }
}
