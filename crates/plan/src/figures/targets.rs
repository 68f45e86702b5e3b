//! Targets and baselines: what is to be counted, how much of it, by when, and how firmly.

use std::ops::Range;

use super::quantity::{self, Quantity};
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

/// Words before the number, longer ones first where one ends in the other.
const BEFORE: [&str; 42] = [
    "提高到",
    "提升到",
    "提高至",
    "提升至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "扩大到",
    "扩大至",
    "上升到",
    "上升至",
    "降低到",
    "降低至",
    "下降到",
    "降至",
    "降到",
    "压缩至",
    "压缩到",
    "压减至",
    "控制在",
    "保持在",
    "稳定在",
    "不低于",
    "不少于",
    "不高于",
    "不超过",
    "年均增长",
    "达到",
    "突破",
    "超过",
    "高于",
    "低于",
    "至少",
    "增至",
    "增长",
    "提高",
    "下降",
    "达",
    "为",
    "增加",
    "约",
];

/// Words that only say that a value is reached; a word behind the number says more.
const NEUTRAL: [&str; 12] = [
    "达到",
    "达",
    "为",
    "提高到",
    "提升到",
    "提高至",
    "提升至",
    "增加到",
    "增长到",
    "约",
    "增至",
    "扩大到",
];

/// Words behind the number.
const AFTER: [&str; 6] = ["以上", "左右", "以内", "以下", "以内", "上下"];

const HEDGES: [&str; 6] = ["力争", "争取", "努力", "预期", "有望", "预计"];

/// Verbs that make a count of things a goal: 推出100项赛事.
const MAKING: [&str; 27] = [
    "建设", "建成", "打造", "推出", "培育", "培养", "创建", "新增", "开展", "举办", "完成", "选树", "建立", "发展",
    "扶持", "命名", "认定", "组建", "设立", "改造", "培训", "新建", "评选", "覆盖", "创作", "组织", "形成",
];

/// Words of a rule that pays or limits, not of a goal.
const RULING: [&str; 16] = [
    "返还",
    "补贴",
    "补助",
    "贷款",
    "申请",
    "奖励",
    "罚款",
    "缴纳",
    "不裁员",
    "参保",
    "最高",
    "费率",
    "职工人数",
    "利率",
    "列支",
    "符合",
];

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

struct Reader<'a> {
    source: &'a Source,
    para: &'a Para,
    frame: &'a Frame,
    sentence: Range<usize>,
}

/// A number with the words around it.
struct Reading {
    quantity: Quantity,
    /// The clause that holds it.
    clause: Range<usize>,
    /// Where the comparator or the verb starts.
    predicate: usize,
    comparator: Option<String>,
    after: usize,
    making: bool,
    /// The things stand between the verb and the number: 新建科普基地12个.
    things: Option<Range<usize>>,
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
    fn around(&self, number: &Quantity) -> Reading {
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
    fn reach(&self, at: usize) -> usize {
        self.sentence.start.max(at.saturating_sub(REACH))
    }

    fn clause(&self, at: usize) -> Range<usize> {
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

    fn target(&self, reading: &Reading, kind: TargetKind, year: Option<i32>, hedge: Option<&str>) -> Target {
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
    fn subject(&self, reading: &Reading) -> Range<usize> {
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
    fn text_start(&self, clause: usize) -> usize {
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
    fn several(&self, numbers: &[Quantity], carried: Option<i32>, targets: &mut Vec<Target>) -> usize {
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
    fn subjects(&self, list: Range<usize>) -> Vec<Range<usize>> {
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

fn find_last(chars: &[char], word: &str) -> Option<usize> {
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
