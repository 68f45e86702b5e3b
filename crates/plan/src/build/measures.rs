//! Measures and items: from dashes, numbers, unmarked paragraphs and rows of tables.

use std::ops::Range;

use super::{Document, FIRST_WORDS};
use crate::duties::clause::Clause;
use crate::duties::{clause, list};
use crate::model::{Duty, DutyKind, Item, Mark, Measure, Section, SectionKind, Span};
use crate::outline::marker::MarkKind;
use crate::outline::title::Heading;
use crate::outline::{Node, title};
use crate::tables::{Column, Row};

impl Document<'_> {
    /// Whether an item already ends with its own clause, so that what follows is no part of it.
    pub(super) fn ends_whole(&self, paras: &Range<usize>) -> bool {
        !self.clauses_of(paras.end - 1).is_empty()
    }

    pub(super) fn add_item(&self, node: &Node, paras: Range<usize>, section: &mut Section) {
        let length = node
            .entries
            .iter()
            .find(|entry| entry.para == paras.start)
            .and_then(|entry| entry.dash)
            .unwrap_or(0);
        if node.kind.holds_measures() {
            let heading = title::split(&self.paras[paras.start], length, MarkKind::Dash);
            section
                .measures
                .push(self.measure(paras, length, &heading, Mark::Dash, None));
        } else {
            self.add_item_at(node, paras, length, section);
        }
    }

    pub(super) fn add_item_at(&self, node: &Node, paras: Range<usize>, from: usize, section: &mut Section) {
        let first = &self.paras[paras.start];
        let heading = title::split(first, from, MarkKind::Dash);
        section.items.push(self.item(paras, &heading, node.kind, None));
    }

    pub(super) fn item(
        &self,
        paras: Range<usize>,
        heading: &Heading,
        kind: SectionKind,
        number: Option<String>,
    ) -> Item {
        let first = &self.paras[paras.start];
        let span = Span {
            start: first.whole().start,
            end: self.paras[paras.end - 1].whole().end,
        };
        let mut text = first.text(heading.body..first.len());
        for para in &self.paras[paras.start + 1..paras.end] {
            text.push('\n');
            text.push_str(&para.text(0..para.len()));
        }
        Item {
            kind,
            number,
            title: heading.title.clone().map(|title| first.text(title)),
            text,
            line: self.source.line(span.start),
            span,
        }
    }

    pub(super) fn numbered_item(&self, index: usize, kind: SectionKind) -> Item {
        let node = &self.nodes[index];
        let head = node.head.unwrap_or(0);
        let number = node.mark.map(|mark| self.paras[head].text(0..mark.length));
        self.item(head..self.last_own(node) + 1, &node.heading, kind, number)
    }

    pub(super) fn last_own(&self, node: &Node) -> usize {
        node.entries.last().map_or(node.head.unwrap_or(0), |entry| entry.para)
    }

    /// A numbered measure: its heading and the paragraphs under it, up to the one that ends with its clause.
    pub(super) fn numbered(&self, index: usize) -> Measure {
        let node = &self.nodes[index];
        let head = node.head.unwrap_or(0);
        let mut own = std::iter::once(head).chain(node.entries.iter().map(|entry| entry.para));
        let last = own.rfind(|para| !self.clauses_of(*para).is_empty());
        let end = last.unwrap_or_else(|| self.last_own(node)) + 1;
        let number = node.mark.map(|mark| self.paras[head].text(0..mark.length));
        let from = node.mark.map_or(0, |mark| mark.length);
        self.measure(head..end, from, &node.heading, Mark::Number, number)
    }

    pub(super) fn measure(
        &self,
        paras: Range<usize>,
        from: usize,
        heading: &Heading,
        mark: Mark,
        number: Option<String>,
    ) -> Measure {
        let first = &self.paras[paras.start];
        let mut text = self.text_without_clauses(paras.start, heading.body.max(from)..first.len());
        let mut duties: Vec<Clause> = Vec::new();
        for index in paras.clone() {
            for clause in self.clauses_of(index) {
                let joined = duties.last_mut().is_some_and(|above| clause::merge(above, clause));
                if !joined {
                    duties.push(clause.clone());
                }
            }
            if index > paras.start {
                let more = self.text_without_clauses(index, 0..self.paras[index].len());
                if !more.is_empty() {
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(&more);
                }
            }
        }
        let span = Span {
            start: first.whole().start,
            end: self.paras[paras.end - 1].whole().end,
        };
        let mut covered = span.start;
        let duties = duties
            .into_iter()
            .map(|clause| {
                let mut duty = clause.duty;
                duty.covers = Span {
                    start: covered,
                    end: duty.span.start.max(covered),
                };
                covered = duty.span.end;
                duty
            })
            .collect();
        Measure {
            number,
            title: heading.title.clone().map(|title| first.text(title)),
            first_words: text.chars().take(FIRST_WORDS).collect(),
            text,
            mark,
            duties,
            inherits_duties: false,
            line: self.source.line(span.start),
            span,
        }
    }

    pub(super) fn text_without_clauses(&self, index: usize, range: Range<usize>) -> String {
        let para = &self.paras[index];
        let mut text = String::new();
        let mut from = range.start;
        for clause in self.clauses_of(index) {
            if clause.range.start >= from && clause.range.start < range.end {
                text.push_str(&para.text(from..clause.range.start));
                from = clause.range.end;
            }
        }
        text.push_str(&para.text(from..range.end));
        text
    }

    /// Rows of duty tables that stand directly in this section.
    pub(super) fn rows(&self, index: usize, section: &mut Section) {
        let rows = self
            .tables
            .iter()
            .filter(|table| !table.indicators)
            .flat_map(|table| &table.rows);
        for row in rows {
            // The innermost heading before the row.
            let owner = (0..self.nodes.len())
                .rfind(|node| self.nodes[*node].paras.contains(&row.paras.start) || *node == 0)
                .unwrap_or(0);
            if owner == index {
                section.measures.push(self.row(row));
            }
        }
    }

    pub(super) fn row(&self, row: &Row) -> Measure {
        let text_of = |column: Column| {
            let cells = row.cells.iter().filter(|(of, _)| *of == column);
            let parts: Vec<String> = cells
                .map(|(_, (para, range))| self.paras[*para].text(range.clone()))
                .collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        };
        let names = |column: Column| -> (Vec<String>, bool) {
            let mut names = Vec::new();
            let mut open = false;
            for (of, (para, range)) in &row.cells {
                if *of == column {
                    let para = &self.paras[*para];
                    let list = list::split(&para.folded[range.clone()]);
                    open |= list.open_ended;
                    names.extend(
                        list.names
                            .iter()
                            .map(|name| para.text(range.start + name.start..range.start + name.end)),
                    );
                }
            }
            (names, open)
        };
        let first = &self.paras[row.paras.start];
        let span = Span {
            start: first.whole().start,
            end: self.paras[row.paras.end - 1].whole().end,
        };
        let (lead, a) = names(Column::Lead);
        let (participants, b) = names(Column::Participant);
        let (responsible, c) = names(Column::Responsible);
        let (guides, d) = names(Column::Guide);
        let raw: Vec<String> = [Column::Lead, Column::Participant, Column::Responsible, Column::Guide]
            .into_iter()
            .filter_map(text_of)
            .collect();
        let duty = Duty {
            kind: DutyKind::Table,
            lead,
            participants,
            responsible,
            guides,
            open_ended: a || b || c || d,
            raw: raw.join("；"),
            line: self.source.line(span.start),
            span,
            covers: span,
            ..Duty::default()
        };
        let text = text_of(Column::Text).unwrap_or_default();
        let empty = duty.roles().next().is_none();
        Measure {
            number: text_of(Column::Number),
            title: text_of(Column::Title),
            first_words: text.chars().take(FIRST_WORDS).collect(),
            text,
            mark: Mark::Row,
            duties: if empty { Vec::new() } else { vec![duty] },
            inherits_duties: false,
            line: self.source.line(span.start),
            span,
        }
    }

    /// A clause that ends a list of measures covers the list, not its last measure.
    pub(super) fn hoist(&self, section: &mut Section) {
        let Some((last, others)) = section.measures.split_last_mut() else {
            return;
        };
        let only_last = !others.is_empty() && others.iter().all(|measure| measure.duties.is_empty());
        if !only_last || last.duties.len() != 1 || !section.duties.is_empty() {
            return;
        }
        let duty = &last.duties[0];
        let alone = self
            .clauses
            .iter()
            .flatten()
            .any(|clause| clause.alone && clause.duty.span == duty.span);
        let labelled = crate::text::find(&duty.raw.chars().take(8).collect::<Vec<_>>(), "分工").is_some();
        let list = last.mark == Mark::Dash && self.guessed_lines;
        if alone || labelled || list {
            section.duties = std::mem::take(&mut last.duties);
            last.span.end = section.duties[0].span.start.max(last.span.start);
            let trimmed = self.source.slice(last.span).trim_end().len();
            last.span.end = last.span.start + trimmed;
        }
    }
}
