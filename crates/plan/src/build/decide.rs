//! Which numbered parts are measures, which are principles and goals, and which are sections.

use super::Document;
use crate::model::SectionKind;
use crate::outline::Node;
use crate::outline::marker::MarkKind;

impl Document<'_> {
    pub(super) fn has_clause(&self, index: usize) -> bool {
        let node = &self.nodes[index];
        node.head.is_some_and(|head| !self.clauses_of(head).is_empty())
            || node.entries.iter().any(|entry| !self.clauses_of(entry.para).is_empty())
    }

    /// Paragraphs without a mark that carry a clause of their own beside other text.
    pub(super) fn clause_paragraphs(&self, node: &Node) -> usize {
        node.entries
            .iter()
            .filter(|entry| entry.dash.is_none() && self.clauses_of(entry.para).iter().any(|clause| !clause.alone))
            .count()
    }

    pub(super) fn has_rows(&self, node: &Node) -> bool {
        self.tables
            .iter()
            .filter(|table| !table.indicators)
            .any(|table| table.rows.iter().any(|row| node.paras.contains(&row.paras.start)))
    }

    /// Whether a numbered part is itself a measure of the part above it.
    pub(super) fn is_measure(&self, index: usize) -> bool {
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

    pub(super) fn depth(&self, index: usize) -> usize {
        let mut depth = 0;
        let mut at = Some(index);
        while let Some(node) = at {
            depth += 1;
            at = self.nodes[node].parent.filter(|parent| *parent > 0);
        }
        depth
    }

    /// Whether a numbered part is one of the principles or goals of the part above it.
    pub(super) fn is_item(&self, index: usize) -> bool {
        let node = &self.nodes[index];
        let Some(parent) = node.parent.filter(|parent| *parent > 0) else {
            return false;
        };
        let kind = self.nodes[parent].kind;
        matches!(kind, SectionKind::Principle | SectionKind::Goal) && node.kind == kind && node.children.is_empty()
    }
}
