//! Times by which something is due: 2025年底前, 2019年6月底前, 上半年, 印发之日起30日内, 持续推进.

use std::ops::Range;

use crate::model::{Deadline, DeadlineKind};
use crate::source::Source;
use crate::text::{Para, beginning, find, is_stop, starts_with};

/// Deadlines of the part of a paragraph from `from` on, leaving `skip` (duty clauses) out.
pub(crate) fn find_all(
    source: &Source,
    para: &Para,
    from: usize,
    skip: &[Range<usize>],
    path: &[String],
    found: &mut Vec<Deadline>,
) {
    let chars = &para.folded;
    let mut at = from;
    while at < chars.len() {
        if let Some(skipped) = super::holding(skip, at) {
            at = skipped.end;
            continue;
        }
        match read(chars, at) {
            Some(reading) if !reading.range.is_empty() => {
                let span = para.span(reading.range.clone());
                found.push(Deadline {
                    text: para.text(reading.range.clone()),
                    kind: reading.kind,
                    from: reading.from,
                    until: reading.until,
                    days: reading.days,
                    path: path.to_vec(),
                    line: source.line(span.start),
                    span,
                });
                at = reading.range.end;
            }
            _ => at += 1,
        }
    }
}

struct Reading {
    range: Range<usize>,
    kind: DeadlineKind,
    from: Option<String>,
    until: Option<String>,
    days: Option<u32>,
}

impl Reading {
    fn new(range: Range<usize>, kind: DeadlineKind) -> Self {
        Self {
            range,
            kind,
            from: None,
            until: None,
            days: None,
        }
    }
}

/// A day or a stretch written at some place.
#[derive(Clone, Copy, Debug)]
struct Point {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    /// 底, 末.
    end_of: bool,
    /// One past the last character.
    end: usize,
}

impl Point {
    /// The last day that the words can mean.
    fn last(self) -> Option<String> {
        let year = self.year?;
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_in(year, month));
        Some(format!("{year:04}-{month:02}-{day:02}"))
    }

    /// The first day that the words can mean.
    fn first(self) -> Option<String> {
        Some(format!(
            "{:04}-{:02}-{:02}",
            self.year?,
            self.month.unwrap_or(1),
            self.day.unwrap_or(1)
        ))
    }
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn number(chars: &[char], at: usize, longest: usize) -> Option<(u32, usize)> {
    let length = chars
        .get(at..)?
        .iter()
        .take(longest + 1)
        .take_while(|c| c.is_ascii_digit())
        .count();
    if length == 0 || length > longest || at.checked_sub(1).is_some_and(|before| chars[before].is_ascii_digit()) {
        return None;
    }
    let value = chars[at..at + length].iter().collect::<String>().parse().ok()?;
    Some((value, at + length))
}

/// A date, a month or a year at `at`.
fn point(chars: &[char], at: usize) -> Option<Point> {
    let mut point = Point {
        year: None,
        month: None,
        day: None,
        end_of: false,
        end: at,
    };
    if let Some((year, end)) = number(chars, at, 4)
        && chars.get(end) == Some(&'年')
        && (1990..2100).contains(&year)
    {
        point.year = Some(year as i32);
        point.end = end + 1;
    }
    if let Some((month, end)) = number(chars, point.end, 2)
        && chars.get(end) == Some(&'月')
        && (1..=12).contains(&month)
    {
        point.month = Some(month);
        point.end = end + 1;
        if let Some((day, end)) = number(chars, point.end, 2)
            && matches!(chars.get(end), Some('日' | '号'))
            && (1..=31).contains(&day)
        {
            point.day = Some(day);
            point.end = end + 1;
        }
    }
    if point.year.is_none() && point.month.is_none() {
        return None;
    }
    if matches!(chars.get(point.end), Some('底' | '末')) {
        point.end_of = true;
        point.end += 1;
    } else if starts_with(&chars[point.end..], "年底") || starts_with(&chars[point.end..], "月底") {
        point.end_of = true;
        point.end += 2;
    }
    Some(point)
}

fn read(chars: &[char], at: usize) -> Option<Reading> {
    match chars[at] {
        c if c.is_ascii_digit() => dated(chars, at),
        '自' | '从' => from_issue(chars, at),
        '在' if find(&chars[at..chars.len().min(at + 24)], "之日起").is_some() => from_issue(chars, at),
        '印' | '发' | '本' => from_issue(chars, at),
        '每' => yearly(chars, at),
        '上' | '下' | '年' | '第' | '一' | '二' | '三' | '四' | '当' => relative(chars, at),
        '持' | '长' | '常' => ongoing(chars, at),
        _ => None,
    }
}

fn dated(chars: &[char], at: usize) -> Option<Reading> {
    let start = point(chars, at)?;
    // A range: 2019年1月1日至12月31日.
    if matches!(chars.get(start.end), Some('至' | '到' | '—' | '-')) && start.month.is_some() {
        let mut next = start.end + 1;
        while matches!(chars.get(next), Some('—' | '-')) {
            next += 1;
        }
        if let Some(mut end) = point(chars, next) {
            end.year = end.year.or(start.year);
            let mut reading = Reading::new(at..end.end, DeadlineKind::Range);
            reading.from = start.first();
            reading.until = end.last();
            return Some(reading);
        }
    }
    let rest = &chars[start.end..];
    if let Some(word) = beginning(rest, &["之前", "以前", "前"]) {
        let mut reading = Reading::new(at..start.end + word.chars().count(), DeadlineKind::By);
        reading.until = start.last();
        return Some(reading);
    }
    if let Some(word) = beginning(rest, &["上半年", "下半年"])
        && start.month.is_none()
    {
        let mut reading = Reading::new(at..start.end + 3, DeadlineKind::By);
        let (first, last) = if word == "上半年" {
            ("01-01", "06-30")
        } else {
            ("07-01", "12-31")
        };
        reading.from = start.year.map(|year| format!("{year:04}-{first}"));
        reading.until = start.year.map(|year| format!("{year:04}-{last}"));
        return Some(reading);
    }
    if beginning(rest, &["起"]).is_some() && at > 0 && matches!(chars[at - 1], '从' | '自') {
        let mut reading = Reading::new(at - 1..start.end + 1, DeadlineKind::From);
        reading.from = start.first();
        return Some(reading);
    }
    // 到2025年，: the goal's year.
    if at > 0 && chars[at - 1] == '到' && start.month.is_none() {
        let mut reading = Reading::new(at - 1..start.end, DeadlineKind::By);
        reading.until = start.last();
        return Some(reading);
    }
    if start.end_of {
        let mut reading = Reading::new(at..start.end, DeadlineKind::By);
        reading.until = start.last();
        return Some(reading);
    }
    None
}

/// 自本意见印发之日起30日内.
fn from_issue(chars: &[char], at: usize) -> Option<Reading> {
    let reach = &chars[at..chars.len().min(at + 40)];
    let since = find(&reach[..reach.len().min(20)], "之日起")
        .filter(|since| !reach[..*since].iter().any(|c| is_stop(*c) || matches!(c, '，' | '、')))?;
    let issued = ["印发", "发布", "公布", "施行", "下发", "发文"]
        .iter()
        .any(|word| find(&reach[..since], word).is_some());
    if !issued {
        return None;
    }
    let end = at + since + 3;
    let (days, after) = number(chars, end, 3)?;
    let rest = &chars[after..];
    let (word, factor) = [
        ("个工作日内", 1),
        ("个工作日", 1),
        ("日内", 1),
        ("天内", 1),
        ("个月内", 30),
        ("年内", 365),
    ]
    .into_iter()
    .find(|(word, _)| starts_with(rest, word))?;
    let mut reading = Reading::new(at..after + word.chars().count(), DeadlineKind::AfterIssue);
    reading.days = Some(days * factor);
    Some(reading)
}

fn yearly(chars: &[char], at: usize) -> Option<Reading> {
    let rest = &chars[at..];
    if !starts_with(rest, "每年") && !starts_with(rest, "每季度") && !starts_with(rest, "每半年") {
        return None;
    }
    if let Some(point) = point(chars, at + 2) {
        let before = beginning(&chars[point.end..], &["之前", "以前", "前"]).map_or(0, |word| word.chars().count());
        return Some(Reading::new(at..point.end + before, DeadlineKind::Yearly));
    }
    let end = find(&rest[..rest.len().min(10)], "前").map(|place| at + place + 1)?;
    Some(Reading::new(at..end, DeadlineKind::Yearly))
}

fn relative(chars: &[char], at: usize) -> Option<Reading> {
    let words = [
        "上半年",
        "下半年",
        "年底前",
        "年底之前",
        "年内",
        "第一季度",
        "第二季度",
        "第三季度",
        "第四季度",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "当年底前",
    ];
    let word = beginning(&chars[at..], &words)?;
    let digit_before = at
        .checked_sub(1)
        .is_some_and(|before| chars[before].is_ascii_digit() || chars[before] == '年');
    (!digit_before).then(|| Reading::new(at..at + word.chars().count(), DeadlineKind::Relative))
}

fn ongoing(chars: &[char], at: usize) -> Option<Reading> {
    let word = beginning(
        &chars[at..],
        &["持续推进", "长期坚持", "持续实施", "长期推进", "常态化推进", "持续开展"],
    )?;
    let end = at + word.chars().count();
    // Only as a time limit of its own (完成时限：持续推进), not as a verb with an object.
    let closed = chars
        .get(end)
        .is_none_or(|c| is_stop(*c) || matches!(c, '）' | '，' | '、'));
    let open = at
        .checked_sub(1)
        .is_none_or(|before| is_stop(chars[before]) || matches!(chars[before], '（' | '，' | '、' | '：'));
    (open && closed).then(|| Reading::new(at..end, DeadlineKind::Ongoing))
}
