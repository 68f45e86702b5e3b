//! Duty clauses: （分工：由A、B牵头，C、D等单位共同参与。） and the many other ways to say it.
//!
//! A clause is found by its form (brackets, a label, a sentence that is nothing but units and a verb) and read by
//! its verbs: each verb gives its role to the list of units before it.

use std::ops::Range;

use super::rules::Rules;
use super::words::{ADVERBS, LABELS, VERBS, Verb};
use super::{list, units};
use crate::model::{Duty, DutyKind, Role};
use crate::source::Source;
use crate::text::{Para, ending, find, has_any, is_stop, starts_with};

/// A clause in a paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub duty: Duty,
    /// The clause in the paragraph, brackets included.
    pub range: Range<usize>,
    /// Nothing else stands in the paragraph.
    pub alone: bool,
    /// It has labels (牵头单位：) rather than verbs.
    pub labelled: bool,
}

/// The clauses of a paragraph, in order.
pub(crate) fn find_all(source: &Source, para: &Para, index: usize, rules: &Rules) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut at = 0;
    let chars = &para.folded;
    // Most paragraphs have none of the words; looking for them is cheaper than looking for forms.
    if !has_any(
        chars,
        &[
            "负责",
            "牵头",
            "分工",
            "责任",
            "单位：",
            "部门：",
            "参与",
            "配合",
            "指导",
            "落实",
            "参加",
        ],
    ) {
        return clauses;
    }
    while at < chars.len() {
        let found = match chars[at] {
            '（' | '【' | '〔' | '[' => bracketed(para, at),
            _ if at == 0 || boundary(chars[at - 1]) => labelled(para, at).or_else(|| sentence(para, at)),
            _ => None,
        };
        match found {
            Some((range, reading)) => {
                at = range.end;
                clauses.push(finish(source, para, index, range, &reading, rules));
            }
            None => at += 1,
        }
    }
    if let [only] = &mut clauses[..] {
        let left = &chars[..only.range.start];
        let right = &chars[only.range.end..];
        only.alone = left.is_empty() && right.iter().all(|c| matches!(c, '。' | '；'));
    }
    clauses
}

fn boundary(c: char) -> bool {
    is_stop(c) || matches!(c, '）' | '】' | '”')
}

/// What the verbs and labels of a clause say, as ranges of the paragraph.
#[derive(Debug, Default)]
struct Reading {
    lead: Vec<Range<usize>>,
    participants: Vec<Range<usize>>,
    responsible: Vec<Range<usize>>,
    guides: Vec<Range<usize>>,
    open_ended: bool,
    by_duty: bool,
    labelled: bool,
    /// Items that do not look like units.
    odd: usize,
}

impl Reading {
    fn units(&self) -> usize {
        self.lead.len() + self.participants.len() + self.responsible.len() + self.guides.len()
    }

    fn add(&mut self, para: &Para, range: Range<usize>, role: Role) {
        let list = list::split(&para.folded[range.clone()]);
        let shift = |name: &Range<usize>| name.start + range.start..name.end + range.start;
        self.open_ended |= list.open_ended;
        self.lead.extend(list.leads.iter().map(shift));
        for name in list.names.iter().map(shift) {
            if !units::looks_like(&para.folded[name.clone()]) {
                self.odd += 1;
            }
            match role {
                Role::Lead => self.lead.push(name),
                Role::Participant => self.participants.push(name),
                Role::Responsible => self.responsible.push(name),
                Role::Guide => self.guides.push(name),
            }
        }
    }
}

/// A clause in brackets that opens at `at`.
fn bracketed(para: &Para, at: usize) -> Option<(Range<usize>, Reading)> {
    let close = closing(&para.folded, at)?;
    let inner = at + 1..close;
    if inner.len() < 4 || inner.len() > 1500 {
        return None;
    }
    let reading = read(para, inner)?;
    let plausible = reading.units() > 0 && reading.odd * 3 <= reading.units();
    plausible.then_some((at..close + 1, reading))
}

fn closing(chars: &[char], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in chars.iter().enumerate().skip(open).take(1600) {
        match c {
            '（' | '【' | '〔' | '[' => depth += 1,
            '）' | '】' | '〕' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// 责任单位：A、B。 without brackets.
fn labelled(para: &Para, at: usize) -> Option<(Range<usize>, Reading)> {
    let chars = &para.folded;
    label(&chars[at..]).filter(|(_, role)| role.is_some())?;
    let mut end = at;
    let mut depth = 0_usize;
    while end < chars.len() {
        match chars[end] {
            '（' | '【' => depth += 1,
            '）' | '】' if depth == 0 => break,
            '）' | '】' => depth -= 1,
            // One more label after a full stop goes on with the same clause.
            '。' if depth == 0 && label(&chars[end + 1..]).is_none() => break,
            _ => {}
        }
        end += 1;
    }
    let reading = read(para, at..end)?;
    let plausible = reading.units() > 0 && reading.odd * 3 <= reading.units();
    let stop = end + usize::from(chars.get(end) == Some(&'。'));
    plausible.then_some((at..stop, reading))
}

/// 省科技厅、工业和信息化厅按职责分工负责。 — a sentence that is nothing but units and a verb.
fn sentence(para: &Para, at: usize) -> Option<(Range<usize>, Reading)> {
    let chars = &para.folded;
    let length = chars[at..]
        .iter()
        .take(400)
        .position(|c| is_stop(*c) || matches!(c, '《' | '“'));
    let end = at + length.unwrap_or((chars.len() - at).min(400));
    let body = &chars[at..end];
    if body.len() < 4
        || (end < chars.len() && !is_stop(chars[end]))
        || (end == chars.len() && at == 0 && body.len() < 8)
    {
        return None;
    }
    VERBS.iter().find(|(verb, _)| crate::text::ends_with(body, verb))?;
    let reading = read(para, at..end)?;
    let sure = reading.units() > 0 && reading.odd == 0;
    sure.then_some((at..(end + 1).min(chars.len()), reading))
}

/// A label that a slice starts with: its length with the colon, and its role.
fn label(chars: &[char]) -> Option<(usize, Option<Role>)> {
    LABELS.iter().find_map(|(word, role)| {
        let length = word.chars().count();
        (starts_with(chars, word) && matches!(chars.get(length), Some('：' | ':'))).then_some((length + 1, *role))
    })
}

/// Reads the inside of a clause.
fn read(para: &Para, range: Range<usize>) -> Option<Reading> {
    let chars = &para.folded;
    let mut reading = Reading::default();
    let mut marks: Vec<(Range<usize>, Option<Role>)> = Vec::new();
    let mut at = range.start;
    let mut depth = 0_usize;
    while at < range.end {
        match chars[at] {
            '（' | '【' => depth += 1,
            '）' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match label(&chars[at..range.end]).filter(|_| depth == 0) {
            Some((length, role)) => {
                marks.push((at..at + length, role));
                at += length;
            }
            None => at += 1,
        }
    }
    let first = marks.first().map_or(range.end, |mark| mark.0.start);
    let mut said = free(para, range.start..first, None, &mut reading);
    for (index, (mark, role)) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(range.end, |next| next.0.start);
        if let Some(role) = role {
            said |= free(para, mark.end..end, Some(*role), &mut reading);
            reading.labelled = true;
        }
    }
    said.then_some(reading)
}

/// Reads a stretch without labels. `role` is what its label gives to units that no verb claims. Answers whether the
/// stretch says anything about duties.
fn free(para: &Para, range: Range<usize>, role: Option<Role>, reading: &mut Reading) -> bool {
    let chars = &para.folded;
    let mut from = range.start;
    let mut said = false;
    let mut led = false;
    let mut at = range.start;
    let mut depth = 0_usize;
    while at < range.end {
        match chars[at] {
            '（' | '【' => depth += 1,
            '）' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let found = (depth == 0).then(|| verb(chars, at, range.end)).flatten();
        let Some((verb, end)) = found.filter(|_| at > from) else {
            at += 1;
            continue;
        };
        let mut list = from..at;
        while let Some(adverb) = ending(&chars[list.clone()], &ADVERBS) {
            reading.by_duty |= adverb.contains("职责") || adverb.contains("分工");
            list.end -= adverb.chars().count();
        }
        let role = match verb {
            Verb::Lead => Role::Lead,
            Verb::Participate => Role::Participant,
            Verb::Guide => Role::Guide,
            Verb::Answer if led => Role::Participant,
            Verb::Answer => Role::Responsible,
        };
        led |= verb == Verb::Lead;
        said = true;
        reading.add(para, list, role);
        from = end;
        at = end;
        // What follows a rule is about the document, not about this measure.
        let rest = &chars[from..range.end];
        if has_any(rest, &["第一位", "首位", "列第一", "排第一", "以下均", "下同"]) && verb_count(rest) <= 1
        {
            break;
        }
    }
    let rest = from..range.end;
    let rule = has_any(
        &chars[rest.clone()],
        &["第一位", "首位", "列第一", "排第一", "以下均", "下同", "不再列出"],
    );
    let anything = chars[rest.clone()].iter().any(|c| crate::text::is_han(*c));
    if anything && !rule {
        match role {
            Some(role) => {
                reading.add(para, rest, role);
                said = true;
            }
            // A牵头，会同B、C: the verb of the rest is understood.
            None if said => reading.add(para, rest, Role::Participant),
            None => {}
        }
    }
    said
}

fn verb_count(chars: &[char]) -> usize {
    (0..chars.len())
        .filter(|at| verb(chars, *at, chars.len()).is_some())
        .count()
}

/// A verb that ends a list at `at`: it and where it ends. It must be followed by a separator or the end.
fn verb(chars: &[char], at: usize, limit: usize) -> Option<(Verb, usize)> {
    let (word, verb) = VERBS.iter().find(|(word, _)| starts_with(&chars[at..limit], word))?;
    let end = at + word.chars().count();
    let closed = end == limit || matches!(chars[end], '，' | '；' | '。' | '、' | ',' | ' ' | '：');
    closed.then_some((*verb, end))
}

fn finish(source: &Source, para: &Para, index: usize, range: Range<usize>, reading: &Reading, rules: &Rules) -> Clause {
    let names = |list: &[Range<usize>]| list.iter().map(|range| para.text(range.clone())).collect::<Vec<_>>();
    let span = para.span(range.clone());
    let mut duty = Duty {
        lead: names(&reading.lead),
        participants: names(&reading.participants),
        responsible: names(&reading.responsible),
        guides: names(&reading.guides),
        open_ended: reading.open_ended,
        raw: para.text(range.clone()),
        line: source.line(span.start),
        span,
        ..Duty::default()
    };
    let first_leads = rules.first_leads_from.is_some_and(|from| index >= from);
    let named_first = reading
        .responsible
        .first()
        .is_some_and(|first| !units::is_collective(&para.folded[first.clone()]));
    duty.kind = if duty.lead.is_empty() && duty.guides.is_empty() && first_leads && named_first {
        let mut all = std::mem::take(&mut duty.responsible);
        let rest = all.split_off(1);
        duty.lead = all;
        duty.participants.splice(0..0, rest);
        DutyKind::FirstIsLead
    } else {
        kind(&mut duty, reading.by_duty)
    };
    if let Some((from, units)) = &rules.standing
        && index > *from
    {
        duty.standing = vec![units.clone()];
    }
    Clause {
        duty,
        range,
        alone: false,
        labelled: reading.labelled,
    }
}

fn kind(duty: &mut Duty, by_duty: bool) -> DutyKind {
    if !duty.lead.is_empty() {
        // A leads, B and C answer: they take part.
        let rest = std::mem::take(&mut duty.responsible);
        duty.participants.splice(0..0, rest);
        return match (duty.participants.is_empty(), duty.lead.len()) {
            (false, _) if by_duty => DutyKind::LeadByDuty,
            (false, _) => DutyKind::LeadNamed,
            (true, 1) => DutyKind::LeadOnly,
            (true, _) => DutyKind::AllLead,
        };
    }
    match (
        duty.guides.is_empty(),
        duty.responsible.is_empty(),
        duty.participants.is_empty(),
    ) {
        (false, false, _) => DutyKind::GuideImplement,
        (false, true, false) => DutyKind::GuideParticipate,
        (false, true, true) => DutyKind::Guide,
        _ if by_duty => DutyKind::ByDuty,
        _ => DutyKind::ResponsibleList,
    }
}

/// Two labelled lines, 牵头单位：… and 配合单位：…, are one clause.
pub(crate) fn merge(above: &mut Clause, below: &Clause) -> bool {
    let (a, b) = (&above.duty, &below.duty);
    let follows = above.alone && below.alone && above.labelled && below.labelled;
    let new = b.lead.is_empty()
        && (a.participants.is_empty() || b.participants.is_empty())
        && (a.responsible.is_empty() || b.responsible.is_empty())
        && (a.guides.is_empty() || b.guides.is_empty())
        && (!a.lead.is_empty() || !a.guides.is_empty() || !b.participants.is_empty() && a.participants.is_empty());
    if !follows || !new {
        return false;
    }
    let duty = &mut above.duty;
    duty.participants.extend(b.participants.iter().cloned());
    duty.responsible.extend(b.responsible.iter().cloned());
    duty.guides.extend(b.guides.iter().cloned());
    duty.open_ended |= b.open_ended;
    duty.raw.push_str(&b.raw);
    duty.span.end = b.span.end;
    duty.kind = kind(duty, matches!(b.kind, DutyKind::ByDuty));
    true
}

/// Whether a bracket in a heading or title is a clause; used to cut it off.
pub(crate) fn in_heading(para: &Para, range: Range<usize>) -> Option<usize> {
    let open = find(&para.folded[range.clone()], "（")? + range.start;
    bracketed(para, open).map(|_| open)
}
