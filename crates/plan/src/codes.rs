//! Short codes of sections and of what is accountable in them: `3.1`, `3.1-2`, `5.1-d1`.

use std::collections::HashSet;

use crate::model::Plan;
use crate::text::numerals;

/// The codes of all sections of a plan, in their order, no two the same.
pub fn of_sections(plan: &Plan) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    plan.sections
        .iter()
        .map(|section| {
            let code = distinct(section_code(&section.path), |code| taken.contains(code));
            taken.insert(code.clone());
            code
        })
        .collect()
}

/// The code of a section from its path of numbers: `["三", "（一）"]` is `3.1`. A heading without a readable number
/// keeps its words; text before any heading is `0`.
pub fn section_code(path: &[String]) -> String {
    if path.is_empty() {
        return "0".to_owned();
    }
    let parts: Vec<String> = path
        .iter()
        .map(|part| number(part).map_or_else(|| plain(part), |n| n.to_string()))
        .collect();
    parts.join(".")
}

/// The code of the measure at `position` (from 0) in a section.
pub fn measure_code(section: &str, position: usize) -> String {
    format!("{section}-{}", position + 1)
}

/// The code of the duty in running text at `position` (from 0) in a section.
pub fn inline_code(section: &str, position: usize) -> String {
    format!("{section}-d{}", position + 1)
}

/// The number that an outline mark says: 三, （十二）, 3., （3）, 第一条, 附件2.
fn number(mark: &str) -> Option<u32> {
    let inner: String = mark
        .chars()
        .filter(|c| c.is_numeric() || "〇零一二三四五六七八九十百".contains(*c))
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            other => other,
        })
        .collect();
    if inner.is_empty() {
        return None;
    }
    let numerals: Vec<char> = inner.chars().collect();
    inner
        .parse()
        .ok()
        .or_else(|| numerals::value(&numerals).and_then(|value| u32::try_from(value).ok()))
}

/// Words that may stand in an address: everything else becomes a dash.
fn plain(part: &str) -> String {
    let kept: String = part
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let trimmed = kept.trim_matches('-');
    if trimmed.is_empty() {
        "x".to_owned()
    } else {
        trimmed.to_owned()
    }
}

/// Makes `code` unlike every one in `taken`: a number repeated in the document gets a letter.
fn distinct(code: String, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&code) {
        return code;
    }
    (b'b'..=b'z')
        .map(|letter| format!("{code}{}", letter as char))
        .chain((2..).map(|n| format!("{code}-{n}x")))
        .find(|candidate| !taken(candidate))
        .unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outline_marks_become_numbers() {
        let cases = [
            ("三", 3),
            ("（一）", 1),
            ("(十二)", 12),
            ("二十", 20),
            ("3.", 3),
            ("（３）", 3),
            ("第一百零二条", 102),
        ];
        for (mark, expected) in cases {
            assert_eq!(number(mark), Some(expected), "{mark}");
        }
        assert_eq!(number("前言"), None);
    }

    #[test]
    fn codes_read_like_the_outline() {
        let path = ["三".to_owned(), "（一）".to_owned()];
        assert_eq!(section_code(&path), "3.1");
        assert_eq!(measure_code("3.1", 1), "3.1-2");
        assert_eq!(section_code(&[]), "0");
        assert_eq!(section_code(&["附 则".to_owned()]), "附-则");
    }

    #[test]
    fn a_repeated_number_gets_a_letter() {
        assert_eq!(
            distinct("3.1".to_owned(), |code| code == "3.1" || code == "3.1b"),
            "3.1c"
        );
    }
}
