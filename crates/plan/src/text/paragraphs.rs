//! Physical lines to logical paragraphs: hard wraps undone, page numbers taken out, lost line ends put back.

use super::{Para, canon, collapsed, is_han, is_stop};
use crate::outline::marker::{MarkKind, Marker, marker};
use crate::source::Source;

/// The paragraphs of a document and what was done to get them.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Paragraphs in order, none empty.
    pub paras: Vec<Para>,
    /// Lines were wrapped at about this many characters.
    pub wrapped: Option<usize>,
    /// Page numbers that were taken out.
    pub page_numbers: usize,
    /// The line ends of the document were lost and guessed back.
    pub collapsed: bool,
    /// The document is in traditional characters.
    pub traditional: bool,
}

/// Cuts a source into paragraphs. Linear in its length.
pub(crate) fn paragraphs(source: &Source) -> Layout {
    let han = source.text.chars().filter(|c| is_han(*c)).count();
    let traditional_chars = source.text.chars().filter(|c| canon::is_traditional(*c)).count();
    let mut layout = Layout {
        traditional: traditional_chars * 20 > han,
        ..Layout::default()
    };
    let mut lines = physical(source, layout.traditional);
    layout.page_numbers += drop_page_lines(&mut lines);
    let wrap = Wrap::detect(&lines);
    layout.wrapped = wrap.as_ref().map(|wrap| wrap.full);
    if wrap.is_some() {
        layout.page_numbers += strip_fused_page_numbers(&mut lines);
    }
    layout.paras = joined(lines, wrap.as_ref());
    for para in &mut layout.paras {
        layout.page_numbers += strip_inner_page_numbers(para);
        canon::finish(para);
    }
    layout.collapsed = collapsed::restore(&mut layout.paras);
    layout.paras.retain(|para| para.len() > 0);
    layout
}

/// A physical line with what joining needs to know about it.
struct Line {
    para: Para,
    /// Columns of white space before the text; an ideographic space is two.
    indent: usize,
    /// Columns of the whole line.
    columns: usize,
    /// Characters of the whole line.
    length: usize,
    blank_before: bool,
    mark: Option<Marker>,
}

fn physical(source: &Source, folding: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::with_capacity(source.lines());
    let mut offset = 0;
    let mut blank = false;
    for text in source.text.split_inclusive(['\n', '\u{0C}', '\u{2028}']) {
        let start = offset;
        offset += text.len();
        let body = text.trim_end();
        let indent = columns(&body[..body.len() - body.trim_start().len()]);
        let para = canon::line(start, body, folding);
        if para.len() == 0 {
            blank = true;
            continue;
        }
        lines.push(Line {
            indent,
            columns: columns(body),
            length: para.len(),
            blank_before: std::mem::take(&mut blank),
            mark: marker(&para.folded),
            para,
        });
    }
    lines
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum()
}

/// Removes lines that hold nothing but a page number.
fn drop_page_lines(lines: &mut Vec<Line>) -> usize {
    let before = lines.len();
    let is_page = |chars: &[char]| {
        let dress = |c: &&char| matches!(c, '—' | '-' | '–' | '·' | '第' | '页' | '共' | '/' | ' ');
        let (before, after) = (
            chars.iter().take_while(dress).count(),
            chars.iter().rev().take_while(dress).count(),
        );
        let core: Vec<&char> = chars.iter().filter(|c| !dress(c)).collect();
        before > 0 && after > 0 && !core.is_empty() && core.len() <= 6 && core.iter().all(|c| c.is_ascii_digit())
    };
    lines.retain(|line| !is_page(&line.para.chars));
    // A bare number is a page number when the line before it was cut in the middle of a sentence; in a table it
    // is a row's number.
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines.drain(..) {
        let bare = line.para.len() <= 3 && line.para.chars.iter().all(char::is_ascii_digit);
        let cut = kept.last().is_some_and(|before: &Line| {
            before.para.len() > 15 && before.mark.is_none() && before.para.chars.last().is_some_and(|c| !ends(*c))
        });
        if !(bare && cut) {
            kept.push(line);
        }
    }
    *lines = kept;
    before - lines.len()
}

/// Whether a character can end a paragraph.
fn ends(c: char) -> bool {
    is_stop(c) || matches!(c, '：' | '）' | '”' | '》' | '.' | ';' | ':' | ')')
}

/// How the lines of a document were wrapped.
struct Wrap {
    /// Characters or columns of a full line.
    full: usize,
    by_columns: bool,
    /// Indents tell where paragraphs start.
    indents: bool,
}

impl Wrap {
    /// Most lines end in the middle of a sentence at about the same width.
    fn detect(lines: &[Line]) -> Option<Self> {
        let lines: Vec<&Line> = lines.iter().filter(|line| line.para.cells.is_empty()).collect();
        if lines.len() < 12 {
            return None;
        }
        let indented = lines.iter().filter(|line| line.indent >= 2).count();
        let indents = indented * 20 > lines.len() && indented * 5 < lines.len() * 3;
        let best = [false, true]
            .into_iter()
            .filter_map(|by_columns| {
                let width = |line: &&Line| if by_columns { line.columns } else { line.length };
                let longest = lines.iter().map(width).max().unwrap_or(0);
                let mut cut = vec![0_usize; longest + 1];
                for pair in lines.windows(2) {
                    let is_cut = pair[0].para.chars.last().is_some_and(|c| !ends(*c)) && pair[1].mark.is_none();
                    if is_cut && pair[0].para.cells.is_empty() {
                        cut[width(&pair[0])] += 1;
                    }
                }
                let slack = if by_columns { 4 } else { 3 };
                let window = |full: usize| cut[full.saturating_sub(slack)..=full].iter().sum::<usize>();
                let full = (16..=longest.min(240)).max_by_key(|full| window(*full))?;
                Some((window(full), full, by_columns))
            })
            .max_by_key(|(count, _, by_columns)| (*count, !*by_columns))?;
        let (count, full, by_columns) = best;
        (count * 4 >= lines.len()).then_some(Self {
            full,
            by_columns,
            indents,
        })
    }

    fn width(&self, line: &Line) -> usize {
        if self.by_columns { line.columns } else { line.length }
    }

    fn is_full(&self, line: &Line) -> bool {
        self.width(line) + if self.by_columns { 6 } else { 3 } > self.full
    }
}

/// Page numbers run into the first line of a page: 28油墩港, 29结算. Only a rising run of them is believed.
fn strip_fused_page_numbers(lines: &mut [Line]) -> usize {
    let mut runs: Vec<Vec<(usize, usize, usize)>> = Vec::new();
    for index in 1..lines.len() {
        let chars = &lines[index].para.chars;
        let length = chars.iter().take(4).take_while(|c| c.is_ascii_digit()).count();
        let cut = lines[index - 1].para.chars.last().is_some_and(|c| !is_stop(*c));
        let follows = chars.get(length).is_some_and(|c| {
            (is_han(*c) || matches!(c, '“' | '《' | '（')) && !"年月日个项次万亿人元家名岁种类级".contains(*c)
        });
        if !(1..=3).contains(&length) || !cut || !follows || !lines[index].para.cells.is_empty() {
            continue;
        }
        let number: usize = chars[..length].iter().collect::<String>().parse().unwrap_or(0);
        match runs
            .iter_mut()
            .find(|run| run.last().is_some_and(|last| last.2 + 1 == number))
        {
            Some(run) => run.push((index, length, number)),
            None => runs.push(vec![(index, length, number)]),
        }
    }
    let Some(run) = runs.into_iter().max_by_key(Vec::len).filter(|run| run.len() >= 2) else {
        return 0;
    };
    for (index, length, _) in &run {
        let line = &mut lines[*index];
        let whole = line.para.len();
        line.para = line.para.part(*length..whole);
        line.mark = marker(&line.para.folded);
    }
    run.len()
}

/// Page numbers dressed in dashes inside a sentence: 全面—3—建设.
fn strip_inner_page_numbers(para: &mut Para) -> usize {
    let mut cuts = Vec::new();
    let mut at = 1;
    // A dash beside a number in a table is a cell's own.
    while at + 2 < para.len() && para.cells.is_empty() {
        let is_dash = |c: char| matches!(c, '—' | '-' | '–');
        if !is_dash(para.chars[at]) {
            at += 1;
            continue;
        }
        let dashes = para.chars[at..].iter().take_while(|c| is_dash(**c)).count();
        let digits = para.chars[at + dashes..]
            .iter()
            .take(4)
            .take_while(|c| c.is_ascii_digit())
            .count();
        let close = at + dashes + digits;
        let closing = para.chars[close.min(para.len())..]
            .iter()
            .take(4)
            .take_while(|c| is_dash(**c))
            .count();
        let end = close + closing;
        let between = !para.chars[at - 1].is_ascii_digit() && para.chars.get(end).is_some_and(|c| !c.is_ascii_digit());
        if dashes <= 2 && (1..=3).contains(&digits) && closing > 0 && between {
            cuts.push(at..end);
        }
        at = end.max(at + dashes);
    }
    for cut in cuts.iter().rev() {
        para.chars.drain(cut.clone());
        para.folded.drain(cut.clone());
        para.at.drain(cut.clone());
        para.gap.drain(cut.clone());
    }
    cuts.len()
}

fn joined(lines: Vec<Line>, wrap: Option<&Wrap>) -> Vec<Para> {
    let mut paras: Vec<Para> = Vec::with_capacity(lines.len());
    let mut last: Option<Line> = None;
    let mut expected = 1;
    for mut line in lines {
        let continues = match (&last, paras.last()) {
            (Some(last), Some(para)) => match wrap {
                Some(wrap) => continues_wrapped(wrap, para, last, &line, expected),
                None => continues_plain(para, last, &line),
            },
            _ => false,
        };
        if let Some(mark) = line.mark.filter(|_| !continues) {
            expected = mark.value + 1;
        }
        let chars = std::mem::take(&mut line.para);
        let shape = Para {
            chars: chars.chars.last().copied().into_iter().collect(),
            cells: chars.cells.clone(),
            ..Para::default()
        };
        match paras.last_mut().filter(|_| continues) {
            Some(para) => canon::join(para, &chars),
            None => {
                paras.push(chars);
                if let Some(para) = paras.last_mut() {
                    para.after_blank = line.blank_before;
                }
            }
        }
        line.para = shape;
        last = Some(line);
    }
    paras
}

/// Whether a line goes on where the paragraph before it was cut, in a document that is hard-wrapped.
fn continues_wrapped(wrap: &Wrap, para: &Para, last: &Line, line: &Line, expected: usize) -> bool {
    if !para.cells.is_empty() || !line.para.cells.is_empty() {
        return false;
    }
    let terminated = last.para.chars.last().is_some_and(|c| is_stop(*c) || matches!(c, '：'));
    let full = wrap.is_full(last);
    if let Some(mark) = line.mark {
        // A number that falls on a line's start by accident is out of order.
        let accident = !matches!(mark.kind, MarkKind::Dash | MarkKind::Annex | MarkKind::Part(_))
            && mark.value != 1
            && mark.value != expected
            && full
            && !terminated
            && last.para.chars.last().is_some_and(|c| !ends(*c));
        return accident;
    }
    if wrap.indents && line.indent >= 2 && line.indent > last.indent {
        return full && !terminated && open_bracket(para);
    }
    if open_bracket(para) {
        return true;
    }
    if is_labelled_clause(line) && (terminated || !full) {
        return false;
    }
    if terminated && super::beginning(&line.para.folded, &["抄送", "主送", "（此件", "（联系"]).is_some() {
        return false;
    }
    if full {
        return !(terminated && line.blank_before);
    }
    if terminated || line.blank_before {
        return false;
    }
    // A line that a wrapper broke early, at a space or a hyphen.
    let heading = para.lines == 1 && (marker(&para.folded).is_some() || para.len() < 30);
    !heading && wrap.width(last) * 10 >= wrap.full * 6
}

/// Whether a line goes on where the paragraph before it was cut, in a document with a line a paragraph.
fn continues_plain(para: &Para, last: &Line, line: &Line) -> bool {
    if line.mark.is_some() || line.blank_before || !para.cells.is_empty() || !line.para.cells.is_empty() {
        return false;
    }
    let Some(end) = last.para.chars.last() else {
        return false;
    };
    if matches!(end, '、' | '，') || (open_bracket(para) && para.lines < 4) {
        return true;
    }
    // A paragraph that a page break cut in two.
    para.len() >= 60 && !ends(*end) && !is_labelled_clause(line) && marker(&para.folded).is_none()
}

/// A bracket or title mark that is still open at the end.
fn open_bracket(para: &Para) -> bool {
    let tail = &para.chars[para.len().saturating_sub(400)..];
    for (open, close) in [('（', '）'), ('《', '》')] {
        let opened = tail.iter().rposition(|c| *c == open);
        let closed = tail.iter().rposition(|c| *c == close);
        if opened.is_some_and(|at| closed.is_none_or(|end| end < at)) {
            return true;
        }
    }
    false
}

/// A line that starts with a labelled duty clause, which mostly has a line to itself.
fn is_labelled_clause(line: &Line) -> bool {
    let chars = &line.para.folded;
    let body = if matches!(chars.first(), Some('（' | '【' | '〔' | '[')) {
        &chars[1..]
    } else {
        chars
    };
    [
        "分工",
        "任务分工",
        "责任单位",
        "责任部门",
        "牵头单位",
        "牵头部门",
        "负责单位",
        "主责单位",
    ]
    .iter()
    .any(|label| super::starts_with(body, label))
}
