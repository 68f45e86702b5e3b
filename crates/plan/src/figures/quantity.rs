//! A number with its unit: 28%, 2万亿元, 1.3亿人次, 100项, 翻一番.

use std::ops::Range;

use crate::text::starts_with;

/// A number in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// Number and unit.
    pub range: Range<usize>,
    pub value: f64,
    /// Where the unit is written; empty where there is none.
    pub unit: Range<usize>,
}

/// Units of count and measure, longer ones first where one starts with the other.
const UNITS: [&str; 64] = [
    "个百分点",
    "平方公里",
    "平方米",
    "立方米",
    "个工作日",
    "工作日",
    "标准箱",
    "千瓦时",
    "小时",
    "分钟",
    "公里",
    "公顷",
    "千瓦",
    "人次",
    "户次",
    "场次",
    "个月",
    "人",
    "元",
    "吨",
    "项",
    "个",
    "家",
    "所",
    "处",
    "名",
    "户",
    "套",
    "件",
    "册",
    "场",
    "次",
    "倍",
    "亩",
    "支",
    "座",
    "门",
    "台",
    "辆",
    "班",
    "期",
    "篇",
    "部",
    "种",
    "类",
    "条",
    "岁",
    "天",
    "分",
    "位",
    "间",
    "批",
    "米",
    "本",
    "份",
    "只",
    "对",
    "张",
    "节",
    "点",
    "番",
    "成",
    "%",
    "‰",
];

/// All numbers of a slice of folded characters, in order. Years, dates, ordinals and document numbers are none.
pub(crate) fn find_all(chars: &[char]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if starts_with(&chars[at..], "翻一番")
            || starts_with(&chars[at..], "翻两番")
            || starts_with(&chars[at..], "翻番")
        {
            let length = if chars[at + 1] == '番' { 2 } else { 3 };
            found.push(Quantity {
                range: at..at + length,
                value: if chars[at + 1] == '两' { 2.0 } else { 1.0 },
                unit: at + length - 1..at + length,
            });
            at += length;
        } else if chars[at].is_ascii_digit() {
            let end = number_end(chars, at);
            found.extend(quantity(chars, at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn number_end(chars: &[char], from: usize) -> usize {
    let mut end = from;
    while end < chars.len() {
        let digit = chars[end].is_ascii_digit();
        let inner = matches!(chars[end], '.' | ',') && chars.get(end + 1).is_some_and(char::is_ascii_digit);
        if !digit && !inner {
            break;
        }
        end += 1;
    }
    end
}

fn quantity(chars: &[char], from: usize, end: usize) -> Option<Quantity> {
    let before = from.checked_sub(1).map(|at| chars[at]);
    let after = chars.get(end).copied();
    if matches!(
        after,
        Some('年' | '月' | '日' | '号' | '版' | '届' | '世' | '〕' | '条' | '）')
    ) && after != Some('条')
    {
        return None;
    }
    if matches!(before, Some('第' | '〔' | '“' | '-' | '—' | '/')) || before.is_some_and(|c| c.is_ascii_alphabetic())
    {
        return None;
    }
    if after.is_some_and(|c| matches!(c, '-' | '—' | '/' | ':') || c.is_ascii_alphabetic()) {
        return None;
    }
    let digits: String = chars[from..end].iter().filter(|c| **c != ',').collect();
    let value = digits.parse().ok()?;
    let mut unit = end;
    while matches!(chars.get(unit), Some('百' | '千' | '万' | '亿' | '多' | '余')) {
        unit += 1;
    }
    let name = UNITS.iter().find(|name| starts_with(&chars[unit..], name))?;
    let last = unit + name.chars().count();
    Some(Quantity {
        range: from..last,
        value,
        unit: end..last,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_units() {
        let cases: [(&str, &[(f64, &str)]); 7] = [
            ("力争达到28%", &[(28.0, "%")]),
            ("总规模达到2万亿元", &[(2.0, "万亿元")]),
            ("旅客达到1.3亿人次以上", &[(1.3, "亿人次")]),
            ("2025年推出100项赛事", &[(100.0, "项")]),
            ("吞吐量达到4700万标准箱", &[(4700.0, "万标准箱")]),
            ("国发〔2018〕39号第3条5月", &[]),
            ("数量翻一番", &[(1.0, "番")]),
        ];
        for (text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            let found: Vec<(f64, String)> = find_all(&chars)
                .into_iter()
                .map(|quantity| (quantity.value, chars[quantity.unit].iter().collect()))
                .collect();
            let expected: Vec<(f64, String)> = expected
                .iter()
                .map(|(value, unit)| (*value, (*unit).to_owned()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
