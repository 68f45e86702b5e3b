//! Targets and baselines: what is to be counted, how much of it, by when, and how firmly.

use std::ops::Range;

use super::naming::find_last;
use super::quantity::{self, Quantity};
use super::words::{AFTER, BEFORE, HEDGES, MAKING, NEUTRAL, RULING};
use super::{year_at, year_before};
use crate::model::{Amount, SectionKind, Target, TargetKind};
use crate::source::Source;
use crate::text::{Para, beginning, ending, find, has_any, is_stop, starts_with};

/// What a reader of numbers knows about the document.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// First year of the plan, or the year of issue.
    pub first_year: Option<i32>,
    pub kind: SectionKind,
    pub path: Vec<String>,
}

/// Numbers of the part of a paragraph from `from` on, leaving `skip` (duty clauses) out.
pub(crate) fn find_all(
    source: &Source,
    para: &Para,
    from: usize,
    skip: &[Range<usize>],
    frame: &Frame,
    targets: &mut Vec<Target>,
    amounts: &mut Vec<Amount>,
) {
    let chars = &para.folded;
    if !chars.iter().any(|c| c.is_ascii_digit() || *c == '番') {
        return;
    }
    let mut sentence = from;
    let mut carried = None;
    while sentence < chars.len() {
        let end = (sentence..chars.len())
            .find(|at| is_stop(chars[*at]))
            .unwrap_or(chars.len());
        let reader = Reader {
            source,
            para,
            frame,
            sentence: sentence..end,
        };
        let year = reader.read(skip, carried, targets, amounts);
        carried = year.or(carried);
        sentence = end + 1;
    }
}

/// How far from a number its words are looked for. Sentences of plans are shorter; texts that are no sentences may
/// be as long as the document.
const REACH: usize = 300;

pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) para: &'a Para,
    pub(super) frame: &'a Frame,
    pub(super) sentence: Range<usize>,
}

/// A number with the words around it.
pub(super) struct Reading {
    pub(super) quantity: Quantity,
    /// The clause that holds it.
    pub(super) clause: Range<usize>,
    /// Where the comparator or the verb starts.
    pub(super) predicate: usize,
    pub(super) comparator: Option<String>,
    pub(super) after: usize,
    pub(super) making: bool,
    /// The things stand between the verb and the number: 新建科普基地12个.
    pub(super) things: Option<Range<usize>>,
}

impl Reader<'_> {
    /// Reads a sentence; answers the last year that it names, for the sentences after it.
    fn read(
        &self,
        skip: &[Range<usize>],
        carried: Option<i32>,
        targets: &mut Vec<Target>,
        amounts: &mut Vec<Amount>,
    ) -> Option<i32> {
        let chars = &self.para.folded;
        let numbers: Vec<Quantity> = quantity::find_all(&chars[self.sentence.clone()])
            .into_iter()
            .map(|found| Quantity {
                range: found.range.start + self.sentence.start..found.range.end + self.sentence.start,
                unit: found.unit.start + self.sentence.start..found.unit.end + self.sentence.start,
                value: found.value,
            })
            .filter(|found| super::holding(skip, found.range.start).is_none())
            .collect();
        let mut index = 0;
        while index < numbers.len() {
            let taken = self.several(&numbers[index..], carried, targets);
            if taken > 0 {
                index += taken;
                continue;
            }
            let reading = self.around(&numbers[index]);
            self.judge(&reading, carried, targets, amounts);
            index += 1;
        }
        year_before(chars, self.sentence.start, self.sentence.end)
    }

    /// The clause of a number and the words that govern it.
    pub(super) fn around(&self, number: &Quantity) -> Reading {
        let chars = &self.para.folded;
        let clause = self.clause(number.range.start);
        let before = &chars[clause.start..number.range.start];
        let mut predicate = number.range.start;
        let mut comparator = None;
        if let Some(word) = ending(before, &BEFORE) {
            predicate -= word.chars().count();
            comparator = Some(word.to_owned());
        } else if chars[number.range.start] == '翻' {
            comparator = Some("翻".to_owned());
        }
        let after = beginning(&chars[number.range.end..], &AFTER);
        if let Some(word) = after
            && comparator.as_deref().is_none_or(|said| NEUTRAL.contains(&said))
        {
            comparator = Some(word.to_owned());
        }
        let making = predicate == number.range.start && ending(before, &MAKING).is_some();
        if making {
            predicate -= ending(before, &MAKING).map_or(0, |word| word.chars().count());
        }
        let things = (comparator.is_none() && !making)
            .then(|| self.made_before(clause.start..number.range.start))
            .flatten();
        if let Some(things) = &things {
            predicate = things.start;
        }
        Reading {
            things,
            after: number.range.end + after.map_or(0, |word| word.chars().count()),
            quantity: number.clone(),
            clause,
            predicate,
            comparator,
            making,
        }
    }

    /// What is made, where the verb stands first and the number last: 新建科普基地12个.
    fn made_before(&self, before: Range<usize>) -> Option<Range<usize>> {
        let chars = &self.para.folded;
        let mut from = before.start;
        for at in before.clone() {
            if let Some((_, end)) = year_at(chars, at) {
                from = end.min(before.end);
            }
        }
        for word in ["底前", "底", "末", "前"].iter().chain(&HEDGES) {
            if starts_with(&chars[from..before.end], word) {
                from += word.chars().count();
            }
        }
        let verb = beginning(&chars[from..before.end], &MAKING)?;
        let things = from + verb.chars().count()..before.end;
        (things.len() >= 2).then_some(things)
    }

    /// Where looking back from a place ends.
    pub(super) fn reach(&self, at: usize) -> usize {
        self.sentence.start.max(at.saturating_sub(REACH))
    }

    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        let chars = &self.para.folded;
        let cut = |c: char| matches!(c, '，' | ',' | '；');
        let (first, last) = (self.reach(at), self.sentence.end.min(at + REACH));
        let start = (first..at).rev().find(|i| cut(chars[*i])).map_or(first, |i| i + 1);
        let end = (at..last).find(|i| cut(chars[*i])).unwrap_or(last);
        start..end
    }

    fn judge(&self, reading: &Reading, carried: Option<i32>, targets: &mut Vec<Target>, amounts: &mut Vec<Amount>) {
        let chars = &self.para.folded;
        let own = year_before(
            chars,
            self.reach(reading.quantity.range.start),
            reading.quantity.range.start,
        );
        let clause = &chars[reading.clause.clone()];
        let hedge = HEDGES.iter().find(|word| {
            let stretch = &chars[reading.clause.start..reading.quantity.range.start];
            find(stretch, word).is_some()
        });
        let unit = &chars[reading.quantity.unit.clone()];
        let is_share = crate::text::ends_with(unit, "%") || crate::text::ends_with(unit, "点");
        // 调整为30项 says what a thing is, not how far it is to go.
        let weak = reading.comparator.as_deref() == Some("为") && !is_share && self.frame.kind != SectionKind::Goal;
        let governed = reading.comparator.is_some() && !weak;
        let ruling = has_any(clause, &RULING)
            || has_any(
                &chars[self.reach(reading.quantity.range.start)..reading.clause.end],
                &["可申请", "可返还", "补贴标准"],
            );
        let year = own.or(if self.frame.kind == SectionKind::Goal {
            carried
        } else {
            None
        });
        let past = year.is_some_and(|year| self.frame.first_year.is_some_and(|first| year < first))
            || (year.is_none() && self.frame.kind == SectionKind::Preface);
        let yearly = has_any(clause, &["年均", "每年"]);
        let from_start = self.is_from(reading);
        let goal = self.frame.kind == SectionKind::Goal;
        let kind = if ruling && !goal {
            None
        } else if from_start || past && governed {
            Some(TargetKind::Baseline)
        } else if (governed || reading.making || reading.things.is_some())
            && (goal || hedge.is_some() || year.is_some() || yearly)
            && !past
        {
            Some(TargetKind::Target)
        } else {
            None
        };
        match kind {
            Some(kind) => {
                let year = if from_start { self.year_of_start(reading) } else { year };
                targets.push(self.target(reading, kind, year, hedge.copied()));
            }
            None => self.amount(reading, amounts),
        }
    }

    /// 从2015年的6.20%…: the number that a change starts from.
    fn is_from(&self, reading: &Reading) -> bool {
        let before = &self.para.folded[reading.clause.start..reading.quantity.range.start];
        let opens = ["从", "由"].iter().filter_map(|word| find_last(before, word)).max();
        let Some(open) = opens else { return false };
        let rest = &self.para.folded[reading.after..reading.clause.end];
        let changes = [
            "提高到",
            "提升到",
            "提高至",
            "提升至",
            "增加到",
            "增长到",
            "上升到",
            "下降到",
            "降至",
            "扩大到",
            "增至",
        ];
        before.len() - open <= 12 && has_any(rest, &changes)
    }

    fn year_of_start(&self, reading: &Reading) -> Option<i32> {
        year_before(&self.para.folded, reading.clause.start, reading.quantity.range.start)
    }

    fn amount(&self, reading: &Reading, amounts: &mut Vec<Amount>) {
        let unit = &self.para.folded[reading.quantity.unit.clone()];
        let ruled = ["%", "元", "岁", "个月", "倍", "个百分点", "工作日"]
            .iter()
            .any(|word| crate::text::ends_with(unit, word));
        if ruled {
            let start = reading.predicate.min(reading.quantity.range.start);
            let span = self.para.span(start..reading.after);
            amounts.push(Amount {
                text: self.para.text(start..reading.after),
                line: self.source.line(span.start),
                span,
            });
        }
    }
}
