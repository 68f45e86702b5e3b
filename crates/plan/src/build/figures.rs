//! Targets, amounts and deadlines of the whole document, those of its tables included.

use std::ops::Range;

use super::Document;
use crate::figures::targets::Frame;
use crate::figures::{deadlines, targets};
use crate::model::{Deadline, Plan, Span, Target};
use crate::outline::path;
use crate::tables::Column;

impl Document<'_> {
    /// Targets, amounts and deadlines of the whole body.
    pub(super) fn figures(&self, plan: &mut Plan) {
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

    pub(super) fn row_deadlines(&self, found: &mut Vec<Deadline>) {
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
    pub(super) fn indicators(&self, plan: &mut Plan) {
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
