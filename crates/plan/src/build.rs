//! From outline, clauses and tables to the sections and measures of the plan.

use std::ops::Range;

use crate::duties::clause::Clause;
use crate::duties::{clause, running, units};
use crate::figures::targets::Frame;
use crate::figures::{deadlines, targets};
use crate::header::Header;
use crate::model::{
    Deadline, Duty, DutyKind, InlineDuty, Item, Mark, Measure, Plan, Section, SectionKind, Span, Target,
};
use crate::outline::marker::MarkKind;
use crate::outline::title::Heading;
use crate::outline::{Entry, Node, path, title};
use crate::source::Source;
use crate::tables::{Column, Row, Table};
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

/// Number of characters of [`Measure::first_words`].
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

    fn has_clause(&self, index: usize) -> bool {
        let node = &self.nodes[index];
        node.head.is_some_and(|head| !self.clauses_of(head).is_empty())
            || node.entries.iter().any(|entry| !self.clauses_of(entry.para).is_empty())
    }

    /// Paragraphs without a mark that carry a clause of their own beside other text.
    fn clause_paragraphs(&self, node: &Node) -> usize {
        node.entries
            .iter()
            .filter(|entry| entry.dash.is_none() && self.clauses_of(entry.para).iter().any(|clause| !clause.alone))
            .count()
    }

    fn has_rows(&self, node: &Node) -> bool {
        self.tables
            .iter()
            .filter(|table| !table.indicators)
            .any(|table| table.rows.iter().any(|row| node.paras.contains(&row.paras.start)))
    }

    /// Whether a numbered part is itself a measure of the part above it.
    fn is_measure(&self, index: usize) -> bool {
        let node = &self.nodes[index];
        let annex = node.mark.is_some_and(|mark| mark.kind == MarkKind::Annex);
        if index == 0 || annex || !node.children.is_empty() || !node.kind.holds_measures() || self.has_rows(node) {
            return false;
        }
        if node.entries.iter().any(|entry| entry.dash.is_some()) {
            return false;
        }
        // A heading that runs into its text without a mark had a line of its own before the line ends were lost.
        let run_in = node
            .heading
            .title
            .as_ref()
            .is_some_and(|title| title.end == node.heading.body);
        let same_line = !run_in && node.heading.body < node.head.map_or(0, |head| self.paras[head].len());
        let own_title = node.kind.is_programme()
            && node.heading.title.clone().is_some_and(|title| {
                let head = node.head.unwrap_or(0);
                let title = &self.paras[head].folded[title];
                ["行动", "工程"].iter().any(|word| crate::text::ends_with(title, word))
            });
        let parent = node.parent.unwrap_or(0);
        let top = parent == 0;
        // The headings inside an annex's table are no measures.
        if node.kind == SectionKind::Annex
            && self.nodes[parent].kind == SectionKind::Annex
            && self.has_rows(&self.nodes[parent])
        {
            return false;
        }
        if self.has_clause(index) {
            if self.clause_paragraphs(node) >= 2 && !same_line {
                return false;
            }
            // A programme whose paragraphs are not marked keeps its own clause.
            let alone = node
                .entries
                .iter()
                .any(|entry| self.clauses_of(entry.para).iter().any(|clause| clause.alone));
            return !(own_title && alone && !same_line && node.entries.len() > 1);
        }
        if top {
            return false;
        }
        let siblings = &self.nodes[parent].children;
        if siblings
            .iter()
            .any(|sibling| *sibling != index && self.has_clause(*sibling))
        {
            return !own_title || same_line;
        }
        match node.kind {
            SectionKind::Safeguard => same_line,
            SectionKind::Action | SectionKind::Project => !own_title || same_line && self.depth(index) > 2,
            _ => true,
        }
    }

    fn depth(&self, index: usize) -> usize {
        let mut depth = 0;
        let mut at = Some(index);
        while let Some(node) = at {
            depth += 1;
            at = self.nodes[node].parent.filter(|parent| *parent > 0);
        }
        depth
    }

    /// Whether a numbered part is one of the principles or goals of the part above it.
    fn is_item(&self, index: usize) -> bool {
        let node = &self.nodes[index];
        let Some(parent) = node.parent.filter(|parent| *parent > 0) else {
            return false;
        };
        let kind = self.nodes[parent].kind;
        matches!(kind, SectionKind::Principle | SectionKind::Goal) && node.kind == kind && node.children.is_empty()
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

    /// Whether an item already ends with its own clause, so that what follows is no part of it.
    fn ends_whole(&self, paras: &Range<usize>) -> bool {
        !self.clauses_of(paras.end - 1).is_empty()
    }

    fn add_item(&self, node: &Node, paras: Range<usize>, section: &mut Section) {
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

    fn add_item_at(&self, node: &Node, paras: Range<usize>, from: usize, section: &mut Section) {
        let first = &self.paras[paras.start];
        let heading = title::split(first, from, MarkKind::Dash);
        section.items.push(self.item(paras, &heading, node.kind, None));
    }

    fn item(&self, paras: Range<usize>, heading: &Heading, kind: SectionKind, number: Option<String>) -> Item {
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

    fn numbered_item(&self, index: usize, kind: SectionKind) -> Item {
        let node = &self.nodes[index];
        let head = node.head.unwrap_or(0);
        let number = node.mark.map(|mark| self.paras[head].text(0..mark.length));
        self.item(head..self.last_own(node) + 1, &node.heading, kind, number)
    }

    fn last_own(&self, node: &Node) -> usize {
        node.entries.last().map_or(node.head.unwrap_or(0), |entry| entry.para)
    }

    /// A numbered measure: its heading and the paragraphs under it, up to the one that ends with its clause.
    fn numbered(&self, index: usize) -> Measure {
        let node = &self.nodes[index];
        let head = node.head.unwrap_or(0);
        let mut own = std::iter::once(head).chain(node.entries.iter().map(|entry| entry.para));
        let last = own.rfind(|para| !self.clauses_of(*para).is_empty());
        let end = last.unwrap_or_else(|| self.last_own(node)) + 1;
        let number = node.mark.map(|mark| self.paras[head].text(0..mark.length));
        let from = node.mark.map_or(0, |mark| mark.length);
        self.measure(head..end, from, &node.heading, Mark::Number, number)
    }

    fn measure(
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

    fn text_without_clauses(&self, index: usize, range: Range<usize>) -> String {
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
    fn rows(&self, index: usize, section: &mut Section) {
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

    fn row(&self, row: &Row) -> Measure {
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
                    let list = units::split(&para.folded[range.clone()]);
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
    fn hoist(&self, section: &mut Section) {
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

    /// Targets, amounts and deadlines of the whole body.
    fn figures(&self, plan: &mut Plan) {
        let issued = plan
            .date
            .as_deref()
            .and_then(|date| date.get(..4))
            .and_then(|year| year.parse().ok());
        let first_year = plan.period.map(|period| period[0]).or(issued);
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            let frame = Frame {
                first_year,
                kind: node.kind,
                path: path(self.paras, self.nodes, index),
            };
            let head = node.head.map(|head| (head, node.mark.map_or(0, |mark| mark.length)));
            let entries = node.entries.iter().map(|entry| (entry.para, entry.dash.unwrap_or(0)));
            for (para, from) in head.into_iter().chain(entries) {
                let skip: Vec<Range<usize>> = self
                    .clauses_of(para)
                    .iter()
                    .map(|clause| clause.range.clone())
                    .collect();
                let para = &self.paras[para];
                targets::find_all(
                    self.source,
                    para,
                    from,
                    &skip,
                    &frame,
                    &mut plan.targets,
                    &mut plan.amounts,
                );
                deadlines::find_all(self.source, para, from, &skip, &frame.path, &mut plan.deadlines);
            }
        }
        self.indicators(plan);
        self.row_deadlines(&mut plan.deadlines);
        plan.targets.sort_by_key(|target| target.span.start);
        plan.deadlines.sort_by_key(|deadline| deadline.span.start);
    }

    fn row_deadlines(&self, found: &mut Vec<Deadline>) {
        for (para, range) in self
            .tables
            .iter()
            .flat_map(|table| &table.rows)
            .filter_map(|row| row.cell(Column::Deadline))
        {
            let part = self.paras[*para].part(range.clone());
            deadlines::find_all(self.source, &part, 0, &[], &[], found);
        }
    }

    /// Rows of indicator tables: a baseline and a target each.
    fn indicators(&self, plan: &mut Plan) {
        let issued: Option<i32> = plan
            .date
            .as_deref()
            .and_then(|date| date.get(..4))
            .and_then(|year| year.parse().ok());
        let first_year = plan.period.map(|period| period[0]).or(issued);
        for row in self
            .tables
            .iter()
            .filter(|table| table.indicators)
            .flat_map(|table| &table.rows)
        {
            let text = |column: Column| {
                row.cell(column)
                    .map(|(para, range)| self.paras[*para].text(range.clone()))
            };
            let Some(metric) = text(Column::Metric) else { continue };
            let span = Span {
                start: self.paras[row.paras.start].whole().start,
                end: self.paras[row.paras.end - 1].whole().end,
            };
            for (column, (para, range)) in &row.cells {
                let Column::Value(year) = column else { continue };
                let cell = self.paras[*para].text(range.clone());
                let digits: String = cell
                    .chars()
                    .skip_while(|c| !c.is_ascii_digit())
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                let Ok(value) = digits.parse() else { continue };
                let past = first_year.is_some_and(|first| *year < first);
                let comparator = ["≥", "＞", ">", "≤", "以上", "左右", "以下"]
                    .iter()
                    .find(|word| cell.contains(**word));
                plan.targets.push(Target {
                    kind: if past {
                        crate::model::TargetKind::Baseline
                    } else {
                        crate::model::TargetKind::Target
                    },
                    text: cell.clone(),
                    metric: Some(metric.clone()),
                    value: Some(value),
                    unit: text(Column::Measure).or_else(|| cell.contains('%').then(|| "%".to_owned())),
                    year: Some(*year),
                    comparator: comparator.map(|word| (*word).to_owned()),
                    binding: text(Column::Binding),
                    line: self.source.line(span.start),
                    span,
                    ..Target::default()
                });
            }
        }
    }
}
