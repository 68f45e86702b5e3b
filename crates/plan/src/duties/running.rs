//! Duties in running text: 区政府负责领导…, 区科协牵头…, 各部门将…纳入…. Part five of a plan mostly says who does what
//! this way; each becomes an accountable item of its own.

use std::ops::Range;

use super::{list, units};
use crate::model::InlineDuty;
use crate::source::Source;
use crate::text::{Para, beginning, ending, is_stop};

/// Words that show that the unit before them is told to do something.
const PREDICATES: [&str; 40] = [
    "负责",
    "牵头",
    "要",
    "应当",
    "应",
    "须",
    "需",
    "将",
    "按规定",
    "按照",
    "按",
    "根据",
    "发挥",
    "承担",
    "组织",
    "会同",
    "定期",
    "加强",
    "做好",
    "统筹",
    "指导",
    "协调",
    "履行",
    "制定",
    "建立",
    "明确",
    "把",
    "切实",
    "结合",
    "配合",
    "落实",
    "具体",
    "每年",
    "适时",
    "共同",
    "严格",
    "积极",
    "可",
    "推动",
    "安排",
];

/// The shortest duty that says something; shorter clauses take the next one with them.
const SHORTEST: usize = 13;

/// Duties in the part of a paragraph from `from` on. `known` are names of units that the plan's clauses give.
pub(crate) fn find_all(source: &Source, para: &Para, from: usize, known: &[Vec<char>]) -> Vec<InlineDuty> {
    let chars = &para.folded;
    let mut found = Vec::new();
    let mut sentence = from;
    while sentence < chars.len() {
        let end = (sentence..chars.len())
            .find(|at| is_stop(chars[*at]))
            .unwrap_or(chars.len());
        in_sentence(source, para, sentence..end, known, &mut found);
        sentence = end + 1;
    }
    found
}

fn in_sentence(source: &Source, para: &Para, sentence: Range<usize>, known: &[Vec<char>], found: &mut Vec<InlineDuty>) {
    let chars = &para.folded;
    let mut duties: Vec<(Range<usize>, usize)> = Vec::new();
    let mut clause = sentence.start;
    while clause < sentence.end {
        let subject = subject(chars, clause..sentence.end, known);
        let next = |from: usize| {
            let mut depth = 0_usize;
            (from..sentence.end)
                .find(|at| {
                    match chars[*at] {
                        '（' | '《' | '“' => depth += 1,
                        '）' | '》' | '”' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    depth == 0 && matches!(chars[*at], '，' | ',' | '：')
                })
                .map_or(sentence.end, |at| at + 1)
        };
        match subject {
            Some(end) => {
                duties.push((clause..end, end));
                clause = next(end);
            }
            None => clause = next(clause),
        }
    }
    for (index, (subject, start)) in duties.iter().enumerate() {
        let limit = duties.get(index + 1).map_or(sentence.end, |next| next.0.start);
        let mut end = *start;
        for at in *start..=limit {
            if at == limit || matches!(chars[at], '，' | ',') {
                end = at;
                if end - start >= SHORTEST {
                    break;
                }
            }
        }
        while end > *start && matches!(chars[end - 1], '，' | ',') {
            end -= 1;
        }
        if end - start < 4 {
            continue;
        }
        let list = list::split(&chars[subject.clone()]);
        let span = para.span(subject.start..end);
        found.push(InlineDuty {
            unit: para.text(subject.clone()),
            units: list
                .names
                .iter()
                .map(|name| {
                    let name = subject.start + name.start..subject.start + name.end;
                    para.text(name.start..name.start + without_bracket(&chars[name]).len())
                })
                .collect(),
            text: para.text(*start..end),
            sentence: para.text(sentence.clone()),
            line: source.line(span.start),
            span,
        });
    }
}

/// The end of a subject that starts a clause and is followed by a predicate.
fn subject(chars: &[char], range: Range<usize>, known: &[Vec<char>]) -> Option<usize> {
    let mut depth = 0_usize;
    for at in range.start..range.end.min(range.start + 60) {
        match chars[at] {
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            '，' | ',' | '：' | '《' | '“' if depth == 0 => return None,
            _ => {}
        }
        let end = at + 1;
        if depth > 0 || end - range.start < 2 {
            continue;
        }
        if end < range.end
            && beginning(&chars[end..range.end], &PREDICATES).is_some()
            && is_subject(&chars[range.start..end], known)
        {
            return Some(end);
        }
    }
    None
}

fn is_subject(chars: &[char], known: &[Vec<char>]) -> bool {
    // 会同有关部门, 指导各委办局: an object, not a subject.
    if beginning(
        chars,
        &[
            "会同", "指导", "联合", "组织", "协调", "督促", "报送", "由", "对", "向", "与", "为", "在", "经",
        ],
    )
    .is_some()
    {
        return false;
    }
    let list = list::split(chars);
    !list.names.is_empty()
        && list.leads.is_empty()
        && list.names.iter().all(|name| {
            let name = &chars[name.clone()];
            let bare = without_bracket(name);
            !name.contains(&'的')
                && (is_known(bare, known) || is_named_office(bare) || units::is_collective(bare) && bare.len() <= 14)
        })
}

/// A name without the remark behind it: 纲要办（设在区科协）. A bracket inside, 各省（区、市）人民政府, is part of the name.
fn without_bracket(name: &[char]) -> &[char] {
    match name.iter().position(|c| *c == '（') {
        Some(open) if open >= 2 && name.last() == Some(&'）') => &name[..open],
        _ => name,
    }
}

/// A name that a clause uses, or a shorter form of one: 区财政 of 区财政局.
fn is_known(name: &[char], known: &[Vec<char>]) -> bool {
    known
        .iter()
        .any(|unit| unit[..] == *name || name.len() >= 3 && unit.len() == name.len() + 1 && unit.starts_with(name))
}

/// An office with its place: 区政府, 区委考评办, 市场监管总局, 国家发展改革委.
fn is_named_office(name: &[char]) -> bool {
    let placed = beginning(
        name,
        &[
            "区",
            "市",
            "县",
            "省",
            "国家",
            "国务院",
            "中央",
            "团",
            "各",
            "全国",
            "海关总署",
        ],
    )
    .is_some();
    let endings = [
        "政府",
        "办公室",
        "办公厅",
        "总局",
        "总署",
        "局",
        "委",
        "厅",
        "署",
        "办",
        "协会",
        "科协",
        "领导小组",
        "财政",
        "联合会",
        "总工会",
        "妇联",
        "人民政府",
    ];
    let strong = [
        "总局",
        "总署",
        "委员会",
        "办公厅",
        "财政部",
        "保障部",
        "教育部",
        "科技部",
    ];
    name.len() >= 3
        && name.len() <= 32
        && (placed && ending(name, &endings).is_some() || ending(name, &strong).is_some())
}
