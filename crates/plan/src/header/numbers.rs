//! Numbers of documents, dates and periods.

use crate::text::{is_han, numerals, starts_with};

/// 发文字号 in a slice of folded characters, as a range: 通政办发〔2022〕14号.
pub(crate) fn doc_no(chars: &[char]) -> Option<(usize, usize)> {
    let opens = |c: char| matches!(c, '〔' | '[' | '（' | '(' | '【' | '〈' | '﹝' | '「');
    let closes = |c: char| matches!(c, '〕' | ']' | '）' | ')' | '】' | '〉' | '﹞' | '」');
    (2..chars.len().saturating_sub(7)).find_map(|at| {
        let year = &chars[at + 1..at + 5];
        if !opens(chars[at]) || !year.iter().all(char::is_ascii_digit) || !closes(chars[at + 5]) {
            return None;
        }
        let rest = &chars[at + 6..];
        let digits = rest.iter().take(5).take_while(|c| c.is_ascii_digit()).count();
        if digits == 0 || rest.get(digits) != Some(&'号') {
            return None;
        }
        let run = chars[..at].iter().rev().take_while(|c| is_han(**c)).count();
        let mut start = at - run;
        for word in [
            "文件", "意见", "通知", "方案", "决定", "办法", "规定", "纲要", "字号", "文号",
        ] {
            if let Some(cut) = (start..at).rev().find(|cut| starts_with(&chars[*cut..at], word)) {
                start = start.max(cut + 2);
            }
        }
        let cited = start
            .checked_sub(1)
            .is_some_and(|before| matches!(chars[before], '（' | '》' | '('));
        (at - start >= 2 && at - start <= 10 && !cited).then_some((start, at + 6 + digits + 1))
    })
}

/// The first date in a slice of folded characters, as a range: 2022年5月31日 or 二〇二二年五月三十一日.
pub(crate) fn date(chars: &[char]) -> Option<(usize, usize)> {
    (0..chars.len()).find_map(|at| parse_date(&chars[at..]).map(|(_, length)| (at, at + length)))
}

/// The date that a slice starts with, as `YYYY-MM-DD`, and its length.
pub(super) fn parse_date(chars: &[char]) -> Option<(String, usize)> {
    let is_digit =
        |c: &char| c.is_ascii_digit() || matches!(c, '〇' | '零' | '○' | 'O' | 'o') || numerals::is_numeral(*c);
    let number = |from: usize, mark: char| -> Option<(usize, usize)> {
        let length = chars.get(from..)?.iter().take(5).take_while(|c| is_digit(c)).count();
        let digits = &chars[from..from + length];
        if length == 0 || chars.get(from + length) != Some(&mark) {
            return None;
        }
        let value = if digits.iter().all(char::is_ascii_digit) {
            digits.iter().collect::<String>().parse().ok()?
        } else if length == 4 && mark == '年' {
            digits.iter().try_fold(0, |value, c| {
                let digit = "〇一二三四五六七八九".chars().position(|d| d == *c);
                Some(value * 10 + digit.unwrap_or(0))
            })?
        } else {
            numerals::value(digits)?
        };
        Some((value, from + length + 1))
    };
    let (year, at) = number(0, '年')?;
    let (month, at) = number(at, '月')?;
    let (day, at) = number(at, '日')?;
    ((1949..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| (format!("{year:04}-{month:02}-{day:02}"), at))
}

/// Years that a title says it covers.
pub(crate) fn period(title: &str) -> Option<[i32; 2]> {
    let chars: Vec<char> = title.chars().collect();
    let year_at = |at: usize| -> Option<i32> {
        let digits = chars.get(at..at + 4)?;
        let before = at.checked_sub(1).map(|i| chars[i]);
        if !digits.iter().all(char::is_ascii_digit) || before.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let year = digits.iter().collect::<String>().parse().ok()?;
        (1990..2100).contains(&year).then_some(year)
    };
    let years: Vec<(usize, i32)> = (0..chars.len()).filter_map(|at| Some((at, year_at(at)?))).collect();
    for pair in years.windows(2) {
        let between: String = chars[pair[0].0 + 4..pair[1].0].iter().collect();
        let joined = between
            .chars()
            .all(|c| matches!(c, '年' | '-' | '—' | '–' | '~' | '～' | '至' | '到' | ' '));
        if joined && pair[0].1 <= pair[1].1 {
            // 2006—2010—2020年: the whole stretch.
            return Some([pair[0].1, years.last().map_or(pair[1].1, |last| last.1)]);
        }
    }
    for (name, years) in [
        ("十二五", [2011, 2015]),
        ("十三五", [2016, 2020]),
        ("十四五", [2021, 2025]),
        ("十五五", [2026, 2030]),
    ] {
        if title.contains(name) {
            return Some(years);
        }
    }
    match years[..] {
        [(at, year)] if chars.get(at + 4) == Some(&'年') => Some([year, year]),
        _ => None,
    }
}

pub(super) fn iso_date(chars: &[char]) -> Option<String> {
    let text: String = chars.iter().take(10).collect();
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    match parts[..] {
        [year, month, day] if year.len() == 4 => Some(format!(
            "{:04}-{:02}-{:02}",
            year.parse::<u32>().ok()?,
            month.parse::<u32>().ok()?,
            day.chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
                .parse::<u32>()
                .ok()?
        )),
        _ => None,
    }
}

/// A document number as GB/T 9704 prints it: hexagonal brackets, no leading words.
pub(super) fn canonical_doc_no(chars: &[char]) -> String {
    chars
        .iter()
        .map(|c| match c {
            '[' | '（' | '(' | '【' | '〈' | '﹝' | '「' => '〔',
            ']' | '）' | ')' | '】' | '〉' | '﹞' | '」' => '〕',
            other => *other,
        })
        .collect()
}
