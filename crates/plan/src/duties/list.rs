//! Lists of units taken apart: separators, conjunctions between whole names, 等单位.

use std::ops::Range;

use super::units::{SUFFIXES, is_collective, is_place, looks_like};
use crate::text::{beginning, ending, ends_with, find, starts_with};

/// Units of a list, as ranges of the slice, and whether it ends openly (等单位).
pub(crate) struct List {
    pub names: Vec<Range<usize>>,
    pub open_ended: bool,
    /// A role written in brackets behind a name: 区教委（牵头）.
    pub leads: Vec<Range<usize>>,
}

/// Takes a list of units apart: separators, conjunctions between whole names, 等单位.
pub(crate) fn split(chars: &[char]) -> List {
    let mut list = List {
        names: Vec::new(),
        open_ended: false,
        leads: Vec::new(),
    };
    let mut depth = 0_usize;
    let mut from = 0;
    for at in 0..=chars.len() {
        let c = chars.get(at).copied().unwrap_or('、');
        match c {
            '（' | '(' | '【' => depth += 1,
            '）' | ')' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if (depth == 0 || at == chars.len()) && matches!(c, '、' | '，' | '；' | '。' | ',' | '/' | ' ' | '：' | ';')
        {
            add(chars, from..at, &mut list);
            from = at + 1;
        }
    }
    list
}

fn add(chars: &[char], mut range: Range<usize>, list: &mut List) {
    while range.start < range.end
        && beginning(
            &chars[range.clone()],
            &["由", "和", "及", "与", "并", "以及", "会同", "联合"],
        )
        .is_some()
    {
        let word = beginning(
            &chars[range.clone()],
            &["以及", "会同", "联合", "由", "和", "及", "与", "并"],
        )
        .unwrap_or("由");
        range.start += word.chars().count();
    }
    // 等单位, 等有关部门和单位, 等: others may be asked.
    if let Some(at) = (range.start..range.end).rev().find(|at| chars[*at] == '等') {
        let tail = &chars[at + 1..range.end];
        // 住房城乡建设部等国务院相关部门及各地区: what follows the vague part may still be a name.
        let joined = ["及各", "以及各", "和各"].iter().find_map(|word| {
            let place = find(tail, word)?;
            Some(at + 1 + place + word.chars().count() - 1)
        });
        let vague = tail.is_empty()
            || ending(tail, &["单位", "部门", "地区", "方面", "组织", "机构", "企业", "政府"]).is_some()
            || joined.is_some();
        if vague && at > range.start {
            list.open_ended = true;
            add(chars, range.start..at, list);
            if let Some(next) = joined {
                add(chars, next..range.end, list);
            }
            return;
        }
    }
    if let Some((left, right)) = conjunction(&chars[range.clone()]) {
        add(chars, range.start..range.start + left, list);
        add(chars, range.start + right..range.end, list);
        return;
    }
    if let Some((left, right)) = together(&chars[range.clone()]) {
        add(chars, range.start..range.start + left, list);
        add(chars, range.start + right..range.end, list);
        return;
    }
    if range.is_empty() {
        return;
    }
    let name = &chars[range.clone()];
    if beginning(name, &["有关部门", "相关部门", "有关单位", "相关单位", "有关方面"]).is_some()
        && name.len() <= 6
        && !list.names.is_empty()
    {
        list.open_ended = true;
        return;
    }
    for role in ["（牵头）", "（牵头单位）", "（牵头部门）", "（牵头负责）", "（主责）"] {
        if ends_with(name, role) {
            let name = range.start..range.end - role.chars().count();
            list.leads.push(name);
            return;
        }
    }
    list.names.push(range);
}

/// 各部门及各地区, 区委考评办和区政府办: two names; 文化和旅游部, 各有关部门和单位: one.
fn conjunction(chars: &[char]) -> Option<(usize, usize)> {
    for (word, strict) in [("以及", false), ("及", false), ("和", true), ("与", true)] {
        let length = word.chars().count();
        for at in 2..chars.len().saturating_sub(length + 1) {
            if !starts_with(&chars[at..], word) || inside_bracket(chars, at) {
                continue;
            }
            let (left, right) = (&chars[..at], &chars[at + length..]);
            let whole = |name: &[char]| ending(name, &SUFFIXES).is_some() || is_collective(name);
            let fresh = beginning(right, &["各", "区", "市", "省", "县", "国家", "中央", "国务院", "团"]).is_some();
            let concrete = ["局", "委", "厅", "署", "办", "部"];
            let both = ending(left, &concrete).is_some() && ending(right, &concrete).is_some() && left.len() >= 3;
            let place = is_place(left) && fresh && !strict;
            // 党委和政府 is one body.
            let one = ends_with(left, "党委");
            if !one && (looks_like(right) || is_place(right)) && (whole(left) && (fresh || both) || place) {
                return Some((at, at + length));
            }
        }
    }
    None
}

/// 教育部会同有关部门: the second part helps the first.
fn together(chars: &[char]) -> Option<(usize, usize)> {
    ["会同", "联合", "商"].iter().find_map(|word| {
        let at = find(chars, word)?;
        let next = at + word.chars().count();
        (at >= 2 && next < chars.len() && looks_like(&chars[..at]) && looks_like(&chars[next..])).then_some((at, next))
    })
}

fn inside_bracket(chars: &[char], at: usize) -> bool {
    chars[..at].iter().filter(|c| **c == '（').count() > chars[..at].iter().filter(|c| **c == '）').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> (Vec<String>, bool) {
        let chars: Vec<char> = text.chars().collect();
        let list = split(&chars);
        let names = list
            .names
            .iter()
            .map(|range| chars[range.clone()].iter().collect())
            .collect();
        (names, list.open_ended)
    }

    #[test]
    fn lists_are_taken_apart_at_whole_names() {
        let cases: [(&str, &[&str], bool); 9] = [
            ("由区教委、团区委、区科协", &["区教委", "团区委", "区科协"], false),
            (
                "海关总署、文化和旅游部、文物局",
                &["海关总署", "文化和旅游部", "文物局"],
                false,
            ),
            ("区委考评办和区政府办", &["区委考评办", "区政府办"], false),
            ("各街道办事处和乡镇政府", &["各街道办事处和乡镇政府"], false),
            (
                "各有关部门和单位，各省级人民政府",
                &["各有关部门和单位", "各省级人民政府"],
                false,
            ),
            ("国务院相关部门及各地区", &["国务院相关部门", "各地区"], false),
            (
                "住房城乡建设部等国务院相关部门及各地区",
                &["住房城乡建设部", "各地区"],
                true,
            ),
            (
                "市交通委（市道运局）、市公安局",
                &["市交通委（市道运局）", "市公安局"],
                false,
            ),
            ("国家发展改革委会同有关部门", &["国家发展改革委"], true),
        ];
        for (text, expected, open) in cases {
            let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
            assert_eq!(names(text), (expected, open), "{text}");
        }
    }
}
