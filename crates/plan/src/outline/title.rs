//! Where a heading ends and its text begins.

use std::ops::Range;

use super::marker::MarkKind;
use crate::duties::clause;
use crate::text::{Para, has_any, starts_with};

/// A heading inside its paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heading {
    /// The short title, without the number and the mark after it.
    pub title: Option<Range<usize>>,
    /// Where the text begins; the length of the paragraph when there is none.
    pub body: usize,
}

/// The longest short title. Titles of 27 characters occur, whole sentences start at about 35.
const LONGEST: usize = 32;

/// Splits a paragraph behind its mark.
pub(crate) fn split(para: &Para, from: usize, kind: MarkKind) -> Heading {
    let chars = &para.folded;
    let end = chars.len();
    let title = |title: Range<usize>, body: usize| Heading {
        title: (!title.is_empty()).then_some(title),
        body,
    };
    if from >= end {
        return title(from..from, end);
    }
    let stop = (from..end)
        .find(|at| matches!(chars[*at], '。' | '！' | '？'))
        .unwrap_or(end);
    let item = kind == MarkKind::Dash;
    // A clause inside the heading line: 一、青少年行动（由A牵头，B参加）
    let line_end = clause::in_heading(para, from..stop)
        .filter(|at| at - from <= LONGEST + 8)
        .unwrap_or(stop);
    if line_end < stop && !chars[from..line_end].contains(&'，') {
        return title(from..line_end, line_end);
    }
    if stop == end && end - from <= 48 && !chars[from..end].contains(&'；') {
        let last = if matches!(chars[end - 1], '：') { end - 1 } else { end };
        let short = !item || end - from <= LONGEST;
        if short && gap(para, from, end).is_none() && colon(para, from, end).is_none() {
            return title(from..last, end);
        }
    }
    if let Some(at) = colon(para, from, stop) {
        return title(from..at, at + 1);
    }
    let numbered = matches!(
        kind,
        MarkKind::Numeral | MarkKind::NumeralInBrackets | MarkKind::Part(_)
    );
    // Standard headings are known by their words; others need a sentence that is too long for a title.
    if numbered
        && let Some(at) = by_words(&chars[from..end])
        && (stop + 1 >= end || at <= 4 && stop - from > at + 1 || stop - from > 24 && chars[from..stop].contains(&'，'))
    {
        return title(from..from + at, from + at);
    }
    if stop < end && stop - from <= LONGEST && commas(&chars[from..stop]) <= 2 {
        let alone = stop + 1 == end;
        if !alone || !item && commas(&chars[from..stop]) <= 1 || commas(&chars[from..stop]) == 0 && stop - from <= 25 {
            return title(from..stop, stop + 1);
        }
    }
    if let Some(at) = gap(para, from, stop) {
        return title(from..at, at);
    }
    if numbered && let Some(at) = by_words(&chars[from..end]) {
        return title(from..from + at, from + at);
    }
    title(from..from, from)
}

fn commas(chars: &[char]) -> usize {
    chars.iter().filter(|c| matches!(c, '，' | '；')).count()
}

/// A title that ends in a colon: 突出科学精神引领：积极践行…
fn colon(para: &Para, from: usize, stop: usize) -> Option<usize> {
    let chars = &para.folded[from..stop];
    let at = chars.iter().take(26).position(|c| *c == '：')?;
    let before = &chars[..at];
    let plain = !before.contains(&'，') && !has_any(before, &["如下", "以下", "包括", "下列", "“"]);
    (at >= 4 && plain && at + 1 < chars.len()).then_some(from + at)
}

/// A title that is set off from its text by white space only.
fn gap(para: &Para, from: usize, stop: usize) -> Option<usize> {
    // Where a space stands between all characters a space says nothing.
    let spaced = para.gap.iter().filter(|gap| **gap).count();
    if spaced * 4 > para.len() {
        return None;
    }
    let at = (from + 2..stop.min(from + LONGEST)).find(|at| para.gap[*at])?;
    let before = &para.folded[from..at];
    let near_digit = para.chars[at].is_ascii_digit() || para.chars[at - 1].is_ascii_digit();
    (!near_digit && stop - at >= 8 && !before.iter().any(|c| matches!(c, '，' | '：' | '；' | '、' | '“')))
        .then_some(at)
}

/// A title that runs into its text: 指导思想以…, 青少年科学素质提升行动激发…
fn by_words(chars: &[char]) -> Option<usize> {
    const ENDINGS: [&str; 25] = [
        "指导思想",
        "基本原则",
        "工作原则",
        "总体要求",
        "总体目标",
        "工作目标",
        "主要目标",
        "发展目标",
        "重点任务",
        "主要任务",
        "工作任务",
        "重点工程",
        "组织实施",
        "组织保障",
        "机制保障",
        "条件保障",
        "保障措施",
        "组织领导",
        "经费保障",
        "前言",
        "工作要求",
        "实施步骤",
        "工程",
        "行动",
        "任务分工",
    ];
    let limit = chars.len().min(LONGEST);
    (2..limit).find(|at| {
        let before = &chars[..*at];
        let word = ENDINGS.iter().find(|word| crate::text::ends_with(before, word));
        let next = chars.get(*at).copied().unwrap_or('。');
        let goes_on = matches!(
            next,
            '和' | '与'
                | '、'
                | '，'
                | '。'
                | '的'
                | '等'
                | '及'
                | '中'
                | '计'
                | '（'
                | '”'
                | '》'
                | '：'
                | '规'
                | '项'
        );
        let bare = before
            .iter()
            .any(|c| matches!(c, '，' | '。' | '“' | '《' | '：' | '、'))
            || matches!(before[0], '对' | '将' | '以');
        word.is_some_and(|word| before.len() >= 4 || word.chars().count() == before.len())
            && !goes_on
            && !bare
            && !starts_with(&chars[*at..], "方案")
            && chars.len() - at >= 6
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::canon;

    fn titled(text: &str, from: usize, kind: MarkKind) -> Option<String> {
        let para = canon::line(0, text, false);
        split(&para, from, kind).title.map(|range| para.text(range))
    }

    #[test]
    fn headings_end_where_a_reader_ends_them() {
        use MarkKind::{Dash, Digit, Numeral, NumeralInBrackets};
        let cases = [
            (
                "（一）青少年科学素质提升行动",
                3,
                NumeralInBrackets,
                Some("青少年科学素质提升行动"),
            ),
            (
                "（一）加大稳岗支持力度。对不裁员的企业，可返还。",
                3,
                NumeralInBrackets,
                Some("加大稳岗支持力度"),
            ),
            ("（二）基本原则。", 3, NumeralInBrackets, Some("基本原则")),
            (
                "（一）指导思想以新时代思想为指导，深入贯彻各项精神。",
                3,
                NumeralInBrackets,
                Some("指导思想"),
            ),
            (
                "（一）青少年科学素质提升行动激发青少年好奇心和想象力。",
                3,
                NumeralInBrackets,
                Some("青少年科学素质提升行动"),
            ),
            (
                "（一）青少年行动 激发青少年好奇心和想象力。",
                3,
                NumeralInBrackets,
                Some("青少年行动"),
            ),
            ("一、青少年行动（由教委牵头，科协参加）", 2, Numeral, Some("青少年行动")),
            (
                "——丰富合作内容，推动文化互鉴和价值认同。积极开展合作。",
                2,
                Dash,
                Some("丰富合作内容，推动文化互鉴和价值认同"),
            ),
            (
                "——不断强化公务员和领导干部科学素质培训，有效落实有关要求，提升领导干部科学执政水平。",
                2,
                Dash,
                None,
            ),
            (
                "——突出科学精神引领：积极践行核心价值观，弘扬精神。",
                2,
                Dash,
                Some("突出科学精神引领"),
            ),
            ("1.拓展两个市场。积极稳妥地推广试点。", 2, Digit, Some("拓展两个市场")),
            (
                "一、对深化商事制度改革成效显著、落实事中事后监管等相关政策措施社会反映好的市，优先纳入试点。",
                2,
                Numeral,
                None,
            ),
        ];
        for (text, from, kind, expected) in cases {
            assert_eq!(titled(text, from, kind).as_deref(), expected, "{text}");
        }
    }
}
