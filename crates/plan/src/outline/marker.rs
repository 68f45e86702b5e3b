//! What may stand before a heading or an item: 一、 （一） 1. （1） ① 3.4.1 第一条 —— and their damaged forms.

use crate::text::{is_han, numerals, starts_with};

/// The kinds of mark, each its own level of an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MarkKind {
    /// 第一编 0, 第一部分 1, 第一章 2, 第一节 3, 第一条 4.
    Part(u8),
    /// 一、
    Numeral,
    /// （一）
    NumeralInBrackets,
    /// 3.4 and 3.4.1, with the number of components.
    Decimal(u8),
    /// 1.
    Digit,
    /// （1） or 1）
    DigitInBrackets,
    /// ①
    Circled,
    /// —— and bullets.
    Dash,
    /// 附件, 附件1
    Annex,
}

/// A mark at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    pub kind: MarkKind,
    /// Its number; 0 where there is none.
    pub value: usize,
    /// How many characters it takes.
    pub length: usize,
}

/// Characters that make "3.5" a quantity and no heading.
const QUANTITIES: &str = "万亿%‰倍个项年月日米公亩人家吨元度级件次名千百平立升岁小分";

/// The mark that a slice of folded characters starts with.
pub(crate) fn marker(chars: &[char]) -> Option<Marker> {
    let first = *chars.first()?;
    let found = |kind, value, length| {
        // A mark with nothing behind it marks nothing, but a heading's text may follow on the next line.
        Some(Marker { kind, value, length })
    };
    match first {
        '第' => part(chars),
        '（' | '(' | '〔' | '[' | '【' => {
            let close = chars
                .iter()
                .take(6)
                .position(|c| matches!(c, '）' | ')' | '〕' | ']' | '】'))?;
            let inner = &chars[1..close];
            if let Some(value) = numeral(inner) {
                return found(MarkKind::NumeralInBrackets, value, close + 1);
            }
            digits(inner)
                .filter(|(_, length)| *length == inner.len() && *length <= 2)
                .and_then(|(value, _)| found(MarkKind::DigitInBrackets, value, close + 1))
        }
        '㈠'..='㈩' => found(MarkKind::NumeralInBrackets, first as usize - '㈠' as usize + 1, 1),
        '⑴'..='⒇' => found(MarkKind::DigitInBrackets, first as usize - '⑴' as usize + 1, 1),
        '①'..='⑳' => found(MarkKind::Circled, first as usize - '①' as usize + 1, 1),
        '⒈'..='⒛' => found(MarkKind::Digit, first as usize - '⒈' as usize + 1, 1),
        '附' if starts_with(chars, "附件") => annex(chars),
        _ if numerals::is_numeral(first) => {
            let length = chars.iter().take(5).take_while(|c| numerals::is_numeral(**c)).count();
            let value = numeral(&chars[..length])?;
            match chars.get(length)? {
                '、' | '.' => found(MarkKind::Numeral, value, length + 1),
                '）' | ')' if length <= 3 => found(MarkKind::NumeralInBrackets, value, length + 1),
                // OCR reads the separator as a comma; only a short heading may follow then.
                '，' if chars.len() < 20 && !chars[length + 1..].contains(&'，') => {
                    found(MarkKind::Numeral, value, length + 1)
                }
                _ => None,
            }
        }
        _ if first.is_ascii_digit() => arabic(chars),
        _ => dash(chars).map(|length| Marker {
            kind: MarkKind::Dash,
            value: 0,
            length,
        }),
    }
}

fn numeral(chars: &[char]) -> Option<usize> {
    if chars.is_empty() || !chars.iter().all(|c| numerals::is_numeral(*c)) {
        return None;
    }
    numerals::value(chars).filter(|value| (1..200).contains(value))
}

fn digits(chars: &[char]) -> Option<(usize, usize)> {
    let length = chars.iter().take(4).take_while(|c| c.is_ascii_digit()).count();
    let text: String = chars[..length].iter().collect();
    Some((text.parse().ok()?, length))
}

fn part(chars: &[char]) -> Option<Marker> {
    let number = chars[1..]
        .iter()
        .take(5)
        .take_while(|c| numerals::is_numeral(**c) || c.is_ascii_digit())
        .count();
    let inner = chars.get(1..=number)?;
    let value = numeral(inner).or_else(|| digits(inner).map(|(value, _)| value))?;
    let (level, word) = match chars.get(number + 1)? {
        '编' => (0, 1),
        '部' if chars.get(number + 2) == Some(&'分') => (1, 2),
        '章' => (2, 1),
        '节' => (3, 1),
        '条' => (4, 1),
        _ => return None,
    };
    let mut length = number + 1 + word;
    if matches!(chars.get(length), Some('、' | '：')) {
        length += 1;
    }
    Some(Marker {
        kind: MarkKind::Part(level),
        value,
        length,
    })
}

fn arabic(chars: &[char]) -> Option<Marker> {
    let (value, mut at) = digits(chars)?;
    if at > 3 {
        return None;
    }
    match chars.get(at) {
        Some('）' | ')') if at <= 2 => {
            return Some(Marker {
                kind: MarkKind::DigitInBrackets,
                value,
                length: at + 1,
            });
        }
        Some('、') if chars.get(at + 1).is_some_and(|c| is_han(*c)) => {
            return Some(Marker {
                kind: MarkKind::Digit,
                value,
                length: at + 1,
            });
        }
        Some('.') => {}
        _ => return None,
    }
    let (mut components, mut last) = (1, value);
    while chars.get(at) == Some(&'.') {
        match digits(&chars[at + 1..]) {
            Some((component, length)) if length > 0 && length <= 2 => {
                components += 1;
                last = component;
                at += 1 + length;
            }
            _ => break,
        }
    }
    let trailing_dot = chars.get(at) == Some(&'.');
    let next = chars.get(at + usize::from(trailing_dot));
    if components == 1 {
        // 1. and its text; a quantity never has the dot last.
        return trailing_dot.then_some(Marker {
            kind: MarkKind::Digit,
            value,
            length: at + 1,
        });
    }
    let heading = next.is_some_and(|c| (is_han(*c) || matches!(c, '“' | '《')) && !QUANTITIES.contains(*c));
    heading.then_some(Marker {
        kind: MarkKind::Decimal(components),
        value: last,
        length: at + usize::from(trailing_dot),
    })
}

fn annex(chars: &[char]) -> Option<Marker> {
    let mut at = 2;
    while chars
        .get(at)
        .is_some_and(|c| c.is_ascii_digit() || numerals::is_numeral(*c))
    {
        at += 1;
    }
    let value = numeral(&chars[2..at]).or_else(|| digits(&chars[2..at]).map(|(value, _)| value));
    let rest = chars.len() - at - usize::from(matches!(chars.get(at), Some('：')));
    // 附件：清单 in the body names an annex; only the word by itself begins one.
    (rest == 0).then_some(Marker {
        kind: MarkKind::Annex,
        value: value.unwrap_or(1),
        length: chars.len(),
    })
}

/// Length of a dash or bullet that marks an item.
fn dash(chars: &[char]) -> Option<usize> {
    let is_dash = |c: &char| matches!(c, '—' | '-' | '–' | '_');
    let is_bullet = |c: &char| {
        matches!(
            c,
            '•' | '●' | '■' | '◆' | '▪' | '·' | '○' | '□' | '★' | '➢' | '\u{F06C}'
        )
    };
    let length = if is_dash(&chars[0]) {
        chars.iter().take(6).take_while(|c| is_dash(c)).count()
    } else if is_bullet(&chars[0]) {
        1
    } else {
        return None;
    };
    let next = chars.get(length)?;
    (chars.len() > length + 3 && (is_han(*next) || matches!(next, '“' | '《' | '"'))).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_all_their_forms() {
        let cases = [
            ("一、前言", Some((MarkKind::Numeral, 1, 2))),
            ("十一、对推进", Some((MarkKind::Numeral, 11, 3))),
            ("（三）工作目标", Some((MarkKind::NumeralInBrackets, 3, 3))),
            ("(十二)落实", Some((MarkKind::NumeralInBrackets, 12, 4))),
            ("㈡基本原则", Some((MarkKind::NumeralInBrackets, 2, 1))),
            ("1.拓展两个市场", Some((MarkKind::Digit, 1, 2))),
            ("12、试行", Some((MarkKind::Digit, 12, 3))),
            ("（1）试行", Some((MarkKind::DigitInBrackets, 1, 3))),
            ("①试行", Some((MarkKind::Circled, 1, 1))),
            ("3.4.1增强海港", Some((MarkKind::Decimal(3), 1, 5))),
            ("3.4深入建设", Some((MarkKind::Decimal(2), 4, 3))),
            ("第十二条各级", Some((MarkKind::Part(4), 12, 4))),
            ("第一章总则", Some((MarkKind::Part(2), 1, 3))),
            ("——推动乡村人才振兴。", Some((MarkKind::Dash, 0, 2))),
            ("--推动乡村人才振兴。", Some((MarkKind::Dash, 0, 2))),
            ("附件", Some((MarkKind::Annex, 1, 2))),
            ("附件：推广清单", None),
            ("3.5万人次", None),
            ("2025年发展目标", None),
            ("—2010—2020年", None),
            ("十四五时期", None),
            ("第三方评估", None),
            ("（所、站）、党群", None),
        ];
        for (text, expected) in cases {
            let chars: Vec<char> = text.chars().collect();
            let found = marker(&chars).map(|m| (m.kind, m.value, m.length));
            assert_eq!(found, expected, "{text}");
        }
    }
}
