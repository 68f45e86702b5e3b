//! Numbers and times in the text: targets, baselines, amounts, deadlines.

pub(crate) mod deadlines;
mod naming;
pub(crate) mod quantity;
pub(crate) mod targets;
mod words;

use std::ops::Range;

use crate::text::find;

/// The range that holds a place, among ranges in order that do not overlap.
pub(crate) fn holding(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).filter(|range| range.start <= at)
}

/// A year written in folded characters at `at`: four digits and 年, or a five-year plan in quotation marks.
pub(crate) fn year_at(chars: &[char], at: usize) -> Option<(i32, usize)> {
    if let Some(digits) = chars.get(at..at + 4)
        && digits.iter().all(char::is_ascii_digit)
        && chars.get(at + 4) == Some(&'年')
        && at.checked_sub(1).is_none_or(|before| !chars[before].is_ascii_digit())
    {
        let year = digits.iter().collect::<String>().parse().ok()?;
        return (1949..2100).contains(&year).then_some((year, at + 5));
    }
    for (name, year) in [("十二五", 2015), ("十三五", 2020), ("十四五", 2025), ("十五五", 2030)] {
        if crate::text::starts_with(&chars[at..], name) {
            let end = at + 3;
            let tail = &chars[end..chars.len().min(end + 6)];
            // Only its end is a point in time.
            return find(tail, "末").map(|place| (year, end + place + 1));
        }
    }
    None
}

/// The last year before `end`, at or after `from`.
pub(crate) fn year_before(chars: &[char], from: usize, end: usize) -> Option<i32> {
    (from..end)
        .rev()
        .find_map(|at| {
            // 较“十三五”期末: what it is compared with, not when it is due.
            let compared = at.checked_sub(1).is_some_and(|before| {
                let mark = if matches!(chars[before], '“' | '"') {
                    before.checked_sub(1)
                } else {
                    Some(before)
                };
                mark.is_some_and(|mark| matches!(chars[mark], '较' | '比'))
            });
            year_at(chars, at).filter(|_| !compared)
        })
        .map(|(year, _)| year)
}
