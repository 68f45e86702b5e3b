//! What a number counts and where: the words between the year and the comparator, and lists of things that share one
//! sentence (分别, 均).

use std::ops::Range;

use super::targets::{Reader, Reading};
use super::words::{AFTER, HEDGES};
use super::{quantity::Quantity, year_at, year_before};
use crate::model::{SectionKind, Target, TargetKind};
use crate::text::{beginning, ending, find, starts_with};

impl Reader<'_> {
    pub(super) fn target(&self, reading: &Reading, kind: TargetKind, year: Option<i32>, hedge: Option<&str>) -> Target {
        let chars = &self.para.folded;
        let (subject, end) = if let Some(things) = &reading.things {
            (things.clone(), reading.after)
        } else if reading.making {
            let things = reading.quantity.range.end..reading.clause.end;
            let of = chars[things.clone()]
                .iter()
                .rposition(|c| *c == '的')
                .map_or(things.start, |at| things.start + at + 1);
            (of..things.end, reading.clause.end)
        } else {
            (self.subject(reading), reading.after)
        };
        let (scope, metric) = scope(chars, subject);
        let start = self.text_start(reading.clause.start);
        let span = self.para.span(start..end);
        Target {
            kind,
            text: self.para.text(start..end),
            metric: (!metric.is_empty()).then(|| self.para.text(metric)),
            scope: scope.map(|range| self.para.text(range)),
            value: Some(reading.quantity.value),
            unit: (!reading.quantity.unit.is_empty()).then(|| self.para.text(reading.quantity.unit.clone())),
            year,
            comparator: reading.comparator.clone(),
            hedge: hedge.map(str::to_owned),
            binding: None,
            path: self.frame.path.clone(),
            line: self.source.line(span.start),
            span,
        }
    }

    /// The words that name what is counted, between the year and the comparator.
    pub(super) fn subject(&self, reading: &Reading) -> Range<usize> {
        let chars = &self.para.folded;
        let mut range = reading.clause.start..reading.predicate;
        // 从…提高到…: the subject stands before 从.
        if let Some(from) = ["从20", "由20", "从现", "由现"]
            .iter()
            .filter_map(|word| find(&chars[range.clone()], word))
            .min()
            && from > 1
        {
            range.end = range.start + from;
        }
        // …较“十三五”期末翻一番: what it is compared with is not what is counted.
        if let Some(compared) = ["较“", "比“", "较20", "比20", "较上", "比上", "较前", "较基期"]
            .iter()
            .filter_map(|word| find(&chars[range.clone()], word))
            .min()
            .filter(|at| *at > 1)
        {
            range.end = range.start + compared;
        }
        if let Some(colon) = chars[range.clone()].iter().rposition(|c| *c == '：') {
            range.start += colon + 1;
        }
        let mut at = range.start;
        while at < range.end {
            match year_at(chars, at) {
                Some((_, end)) => {
                    range.start = end.min(range.end);
                    at = range.start;
                }
                None => at += 1,
            }
        }
        for word in ["底前", "底", "末", "前", "，", "的"] {
            if starts_with(&chars[range.clone()], word) {
                range.start += word.chars().count();
            }
        }
        for word in HEDGES
            .iter()
            .chain(&["将", "把", "使", "实现", "到", "我们要", "要", "确保"])
        {
            if starts_with(&chars[range.clone()], word) {
                range.start += word.chars().count();
            }
        }
        while let Some(word) = ending(
            &chars[range.clone()],
            &[
                "力争", "争取", "努力", "预期", "均", "分别", "要", "应", "将", "较", "已", "也", "比重", "年均",
            ],
        )
        .filter(|word| *word != "比重" && *word != "年均")
        {
            range.end -= word.chars().count();
        }
        range
    }

    /// The clause start, with 到2025年， before it.
    pub(super) fn text_start(&self, clause: usize) -> usize {
        let chars = &self.para.folded;
        if clause <= self.sentence.start + 1 {
            return clause;
        }
        let before = self.clause(clause.saturating_sub(2));
        let stretch = &chars[before.clone()];
        let year = (0..stretch.len()).any(|at| year_at(stretch, at).is_some());
        if year && stretch.len() <= 14 {
            before.start
        } else {
            clause
        }
    }

    /// A、B分别达到10%和20%, A、B均达到90%: several targets of one sentence. Answers how many numbers it took.
    pub(super) fn several(&self, numbers: &[Quantity], carried: Option<i32>, targets: &mut Vec<Target>) -> usize {
        let chars = &self.para.folded;
        let first = &numbers[0];
        let reading = self.around(first);
        // The list of subjects may hold commas, so it begins with the sentence or after the year.
        let before = &chars[self.sentence.start..reading.predicate];
        let Some(word) = ending(before, &["分别力争", "分别", "均力争", "均", "都"]) else {
            return 0;
        };
        let each = word.starts_with("分别");
        let mut run = vec![first];
        if each {
            for number in &numbers[1..] {
                let last = run[run.len() - 1].range.end;
                let between = &chars[last..number.range.start];
                let joined = between.len() <= 6
                    && between
                        .iter()
                        .all(|c| matches!(c, '、' | '，' | '和' | '以' | '上' | '及' | '左' | '右' | '达' | '到'));
                if !joined {
                    break;
                }
                run.push(number);
            }
        }
        let list = self.sentence.start..reading.predicate - word.chars().count();
        let subjects = self.subjects(list);
        if subjects.len() < 2 || each && run.len() != subjects.len() {
            return 0;
        }
        for (index, subject) in subjects.iter().enumerate() {
            let number = if each { run[index] } else { first };
            let mut one = self.around(number);
            one.comparator = one.comparator.or_else(|| reading.comparator.clone());
            let own = year_before(chars, self.reach(first.range.start), first.range.start);
            let year = own.or(if self.frame.kind == SectionKind::Goal {
                carried
            } else {
                None
            });
            let past = year.is_some_and(|year| self.frame.first_year.is_some_and(|from| year < from));
            let kind = if past { TargetKind::Baseline } else { TargetKind::Target };
            let hedge = HEDGES
                .iter()
                .find(|hedge| find(&chars[self.sentence.start..first.range.start], hedge).is_some());
            let mut target = self.target(&one, kind, year, hedge.copied());
            let (scope, metric) = scope(chars, subject.clone());
            target.metric = Some(self.para.text(metric));
            target.scope = scope.map(|range| self.para.text(range));
            let last = run[run.len() - 1];
            let end =
                last.range.end + beginning(&chars[last.range.end..], &AFTER).map_or(0, |word| word.chars().count());
            target.text = self.para.text(self.sentence.start..end);
            target.span = self.para.span(self.sentence.start..end);
            target.line = self.source.line(target.span.start);
            targets.push(target);
        }
        run.len()
    }

    /// The things that 分别 and 均 speak of.
    pub(super) fn subjects(&self, list: Range<usize>) -> Vec<Range<usize>> {
        let chars = &self.para.folded;
        let mut from = list.start;
        // Behind the year and a colon the list begins.
        for at in list.clone() {
            if let Some((_, end)) = year_at(chars, at) {
                from = end;
            } else if chars[at] == '：' {
                from = at + 1;
            }
        }
        while from < list.end && matches!(chars[from], '，' | '底' | '末' | '前') {
            from += 1;
        }
        let mut parts = Vec::new();
        let mut start = from;
        for at in from..=list.end {
            if at == list.end || matches!(chars[at], '、' | '，' | '和' | '及') {
                if at > start + 1 {
                    parts.push(start..at);
                }
                start = at + 1;
            }
        }
        parts
    }
}

pub(super) fn find_last(chars: &[char], word: &str) -> Option<usize> {
    (0..chars.len()).rev().find(|at| starts_with(&chars[*at..], word))
}

/// A place at the start of what is counted: 通州区公民具备科学素质的比例.
fn scope(chars: &[char], subject: Range<usize>) -> (Option<Range<usize>>, Range<usize>) {
    let words = &chars[subject.clone()];
    for word in [
        "我国", "全国", "本区", "全区", "我区", "本市", "全市", "我市", "本省", "全省", "我省", "全县", "本县", "我县",
    ] {
        if starts_with(words, word) && words.len() > 4 {
            return (
                Some(subject.start..subject.start + 2),
                skip_of(chars, subject.start + 2..subject.end),
            );
        }
    }
    let end = words
        .iter()
        .take(7)
        .position(|c| matches!(c, '区' | '市' | '省' | '县'))
        .filter(|at| {
            *at >= 1 && words.len() > at + 4 && !matches!(words[at + 1], '域' | '级' | '场' | '民' | '位' | '块' | '间')
        });
    match end {
        Some(at) => (
            Some(subject.start..subject.start + at + 1),
            skip_of(chars, subject.start + at + 1..subject.end),
        ),
        None => (None, subject),
    }
}

fn skip_of(chars: &[char], range: Range<usize>) -> Range<usize> {
    if chars.get(range.start) == Some(&'的') {
        range.start + 1..range.end
    } else {
        range
    }
}
