//! From outline, clauses and tables to the sections and measures of the plan.

mod decide;
mod figures;
mod measures;

use std::ops::Range;

use crate::duties::clause::Clause;
use crate::duties::{clause, running};
use crate::header::Header;
use crate::model::{InlineDuty, Mark, Plan, Section, SectionKind, Span};
use crate::outline::marker::MarkKind;
use crate::outline::{Entry, Node, path, title};
use crate::source::Source;
use crate::tables::Table;
use crate::text::Para;

/// Everything that is known about a document before its sections are built.
pub(crate) struct Document<'a> {
    pub source: &'a Source,
    pub paras: &'a [Para],
    pub header: &'a Header,
    pub nodes: &'a [Node],
    pub clauses: &'a [Vec<Clause>],
    pub tables: &'a [Table],
    /// Line ends were guessed, so a clause may have lost the line that it stood on.
    pub guessed_lines: bool,
}

/// Number of characters of `first_words` of a measure.
const FIRST_WORDS: usize = 20;

impl Document<'_> {
    /// Fills a plan's sections, targets, amounts and deadlines.
    pub(crate) fn build(&self, plan: &mut Plan) {
        let known = self.known_units();
        for index in 0..self.nodes.len() {
            if index > 0 && (self.is_measure(index) || self.is_item(index)) {
                continue;
            }
            let section = self.section(index, &known);
            let nothing = section.measures.is_empty()
                && section.duties.is_empty()
                && section.intro.is_none()
                && section.inline_duties.is_empty();
            if index > 0 || !nothing {
                plan.sections.push(section);
            }
        }
        self.figures(plan);
    }

    /// Names of units in clauses, folded, for recognising them in running text.
    fn known_units(&self) -> Vec<Vec<char>> {
        let mut known: Vec<Vec<char>> = self
            .clauses
            .iter()
            .flatten()
            .flat_map(|clause| {
                clause
                    .duty
                    .roles()
                    .map(|(_, unit)| unit.chars().map(crate::text::canon::fold).collect())
            })
            .collect();
        known.sort_unstable();
        known.dedup();
        known
    }

    /// Clauses of a paragraph that stand outside the heading's number and title.
    fn clauses_of(&self, para: usize) -> &[Clause] {
        self.clauses.get(para).map_or(&[], Vec::as_slice)
    }

    fn section(&self, index: usize, known: &[Vec<char>]) -> Section {
        let node = &self.nodes[index];
        let number = node
            .head
            .zip(node.mark)
            .map(|(head, mark)| self.paras[head].text(0..mark.length));
        let span = self.node_span(node);
        let mut section = Section {
            path: path(self.paras, self.nodes, index),
            number: number.filter(|number| !number.is_empty()),
            title: node
                .head
                .zip(node.heading.title.clone())
                .map(|(head, title)| self.paras[head].text(title)),
            kind: node.kind,
            key_group: node.key_group,
            line: self.source.line(span.start),
            span,
            ..Section::default()
        };
        let mut intro: Vec<String> = Vec::new();
        if let Some(head) = node.head {
            let para = &self.paras[head];
            section
                .duties
                .extend(self.clauses_of(head).iter().map(|clause| clause.duty.clone()));
            let text = self.text_without_clauses(head, node.heading.body..para.len());
            if !text.is_empty() {
                intro.push(text);
            }
        }
        self.entries(node, &mut section, &mut intro);
        for child in &node.children {
            if self.is_measure(*child) {
                section.measures.push(self.numbered(*child));
            } else if self.is_item(*child) {
                section.items.push(self.numbered_item(*child, node.kind));
            }
        }
        self.rows(index, &mut section);
        section.measures.sort_by_key(|measure| measure.span.start);
        self.hoist(&mut section);
        for measure in &mut section.measures {
            measure.inherits_duties = measure.duties.is_empty() && !section.duties.is_empty();
        }
        if node.kind.holds_measures() || index == 0 && !self.has_any_outline() {
            section.inline_duties = self.inline(index, &section, known);
        }
        section.intro = (!intro.is_empty()).then(|| intro.join("\n"));
        section
    }

    fn has_any_outline(&self) -> bool {
        self.nodes.len() > 1
    }

    fn node_span(&self, node: &Node) -> Span {
        let first = self.paras.get(node.paras.start).map_or(0, |para| para.whole().start);
        let last = node
            .paras
            .end
            .checked_sub(1)
            .and_then(|last| self.paras.get(last))
            .map_or(first, |para| para.whole().end);
        Span {
            start: first,
            end: last.max(first),
        }
    }

    /// Items, unmarked paragraphs and clauses directly under a heading.
    fn entries(&self, node: &Node, section: &mut Section, intro: &mut Vec<String>) {
        let alone = |entry: &Entry| self.clauses_of(entry.para).iter().any(|clause| clause.alone);
        // Clauses on lines of their own; 牵头单位：… and 配合单位：… on two lines are one.
        let lonely = (0..node.entries.len())
            .filter(|at| node.entries[*at].dash.is_none() && alone(&node.entries[*at]))
            .filter(|at| *at == 0 || !alone(&node.entries[at - 1]) || node.entries[at - 1].dash.is_some())
            .count();
        let mut merged: Option<Clause> = None;
        let mut open: Option<Range<usize>> = None;
        let flush = |open: &mut Option<Range<usize>>, section: &mut Section| {
            if let Some(paras) = open.take() {
                self.add_item(node, paras, section);
            }
        };
        let settle = |merged: &mut Option<Clause>, section: &mut Section| {
            if let Some(clause) = merged.take() {
                let dashes = section.measures.iter().all(|measure| measure.mark == Mark::Dash);
                match section.measures.last_mut() {
                    Some(measure) if lonely >= 2 && measure.duties.is_empty() && dashes => {
                        measure.duties.push(clause.duty);
                    }
                    _ => section.duties.push(clause.duty),
                }
            }
        };
        for entry in &node.entries {
            if entry.dash.is_some() {
                flush(&mut open, section);
                settle(&mut merged, section);
                open = Some(entry.para..entry.para + 1);
                continue;
            }
            if alone(entry) {
                flush(&mut open, section);
                for clause in self.clauses_of(entry.para) {
                    let joined = merged.as_mut().is_some_and(|above| clause::merge(above, clause));
                    if !joined {
                        settle(&mut merged, section);
                        merged = Some(clause.clone());
                    }
                }
                continue;
            }
            settle(&mut merged, section);
            let own_clause = !self.clauses_of(entry.para).is_empty();
            if node.kind.holds_measures() && own_clause {
                flush(&mut open, section);
                let heading = title::split(&self.paras[entry.para], 0, MarkKind::Dash);
                section
                    .measures
                    .push(self.measure(entry.para..entry.para + 1, 0, &heading, Mark::Paragraph, None));
            } else if node.kind == SectionKind::Principle
                && open.is_none()
                && !node.entries.iter().any(|entry| entry.dash.is_some())
            {
                self.add_item_at(node, entry.para..entry.para + 1, 0, section);
            } else if let Some(paras) = open
                .as_mut()
                .filter(|paras| paras.end == entry.para && !self.ends_whole(paras))
            {
                paras.end = entry.para + 1;
            } else {
                flush(&mut open, section);
                if section.measures.is_empty() && section.items.is_empty() {
                    intro.push(self.paras[entry.para].text(0..self.paras[entry.para].len()));
                }
            }
        }
        flush(&mut open, section);
        settle(&mut merged, section);
    }

    /// Duties in running text directly under a heading.
    fn inline(&self, index: usize, section: &Section, known: &[Vec<char>]) -> Vec<InlineDuty> {
        if !section.duties.is_empty() {
            return Vec::new();
        }
        let node = &self.nodes[index];
        let mut found = Vec::new();
        let mut paras: Vec<(usize, usize)> = node.head.map(|head| (head, node.heading.body)).into_iter().collect();
        paras.extend(node.entries.iter().map(|entry| (entry.para, entry.dash.unwrap_or(0))));
        for child in node.children.iter().filter(|child| self.is_measure(**child)) {
            let child = &self.nodes[*child];
            if !self.has_clause_node(child) {
                paras.extend(child.head.map(|head| (head, child.heading.body)));
            }
            // What stands behind a measure's clause belongs to nobody's measure.
            paras.extend(child.entries.iter().map(|entry| (entry.para, 0)));
        }
        for (para, from) in paras {
            if self.clauses_of(para).is_empty() && !self.header.aside.contains(&para) {
                found.extend(running::find_all(self.source, &self.paras[para], from, known));
            }
        }
        found
    }

    fn has_clause_node(&self, node: &Node) -> bool {
        node.head.is_some_and(|head| !self.clauses_of(head).is_empty())
            || node.entries.iter().any(|entry| !self.clauses_of(entry.para).is_empty())
    }
}
