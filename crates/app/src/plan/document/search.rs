//! Search in the plan: every word as a part of the folded text, so that 健康 is found. Pure.

use kepu_plan::model::Section;

use super::edition::{Edition, Place};

/// A place in the plan where all words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The code of the item, or of the section.
    pub code: String,
    /// Whether the code is that of an item.
    pub is_item: bool,
    /// What the place is called.
    pub title: String,
    /// The section it stands in.
    pub section: String,
    /// The text around the words, in pieces.
    pub pieces: Vec<Piece>,
    /// 1-based line in the source text.
    pub line: usize,
}

/// A piece of text, marked where it is a word that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they were looked for.
    pub marked: bool,
}

/// A character as it is compared: half-width, lower case.
fn fold(c: char) -> char {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    half.to_lowercase().next().unwrap_or(half)
}

/// The words of a query, folded.
pub fn words(query: &str) -> Vec<Vec<char>> {
    query
        .split_whitespace()
        .map(|word| word.chars().map(fold).collect())
        .collect()
}

/// Everything in the plan that holds all words of the query, in the order of the text.
pub fn search(edition: &Edition, query: &str) -> Vec<Hit> {
    let words = words(query);
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (index, section) in edition.plan.sections.iter().enumerate() {
        let code = &edition.codes[index];
        let heading = heading(section);
        let mut add = |code: &str, is_item: bool, title: &str, text: &str, line: usize| {
            // A code, 3.1-2, is looked for as people see it: before the title.
            if let Some(pieces) = excerpt(&format!("{code} {title}"), text, &words) {
                hits.push(Hit {
                    code: code.to_owned(),
                    is_item,
                    title: title.to_owned(),
                    section: heading.clone(),
                    pieces,
                    line,
                });
            }
        };
        add(
            code,
            false,
            &heading,
            section.intro.as_deref().unwrap_or_default(),
            section.line,
        );
        for item in &section.items {
            let title = item.title.as_deref().unwrap_or_default();
            add(code, false, title, &item.text, item.line);
        }
        for item in edition.items_of(index) {
            let title = match item.place {
                Place::Measure(_) => item.title.as_str(),
                Place::Inline(at) => section.inline_duties[at].unit.as_str(),
            };
            add(&item.code, true, title, edition.text(item), item.line);
        }
    }
    hits
}

/// A section's number and title.
pub fn heading(section: &Section) -> String {
    format!(
        "{}{}",
        section.number.as_deref().unwrap_or_default(),
        section.title.as_deref().unwrap_or("正文")
    )
}

/// Where the words stand in a text: (start, end) in characters, in order, without overlaps.
fn places(text: &[char], words: &[Vec<char>]) -> Vec<(usize, usize)> {
    let folded: Vec<char> = text.iter().copied().map(fold).collect();
    let mut found: Vec<(usize, usize)> = words
        .iter()
        .flat_map(|word| {
            folded
                .windows(word.len())
                .enumerate()
                .filter(move |(_, window)| window == word)
                .map(move |(at, _)| (at, at + word.len()))
        })
        .collect();
    found.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (start, end) in found {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

/// The text in pieces with the words marked, shortened around them; nothing when a word is missing.
fn excerpt(title: &str, text: &str, words: &[Vec<char>]) -> Option<Vec<Piece>> {
    const AROUND: usize = 36;
    let whole: Vec<char> = title.chars().chain(['\n']).chain(text.chars()).collect();
    let folded: Vec<char> = whole.iter().copied().map(fold).collect();
    let all = words
        .iter()
        .all(|word| folded.windows(word.len()).any(|window| window == word));
    if !all {
        return None;
    }
    let text: Vec<char> = text.chars().collect();
    let marks = places(&text, words);
    let mut pieces = Vec::new();
    let piece = |text: &[char], marked| Piece {
        text: text.iter().collect(),
        marked,
    };
    let mut at = 0;
    for (n, &(start, end)) in marks.iter().take(4).enumerate() {
        let from = start.saturating_sub(AROUND).max(at);
        if from > at || (n == 0 && from > 0) {
            pieces.push(piece(&['…'], false));
        }
        pieces.push(piece(&text[from..start], false));
        pieces.push(piece(&text[start..end], true));
        let next = marks.get(n + 1).map_or(text.len(), |next| next.0);
        at = (end + AROUND).min(next);
        pieces.push(piece(&text[end..at], false));
    }
    if marks.is_empty() {
        at = text.len().min(2 * AROUND);
        pieces.push(piece(&text[..at], false));
    }
    if at < text.len() {
        pieces.push(piece(&['…'], false));
    }
    pieces.retain(|piece| !piece.text.is_empty());
    Some(pieces)
}

/// A short text with the words marked, whole.
pub fn marked(text: &str, query: &str) -> Vec<Piece> {
    let text: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end) in places(&text, &words(query)) {
        for (from, to, marked) in [(at, start, false), (start, end, true)] {
            if from < to {
                pieces.push(Piece {
                    text: text[from..to].iter().collect(),
                    marked,
                });
            }
        }
        at = end;
    }
    if at < text.len() {
        pieces.push(Piece {
            text: text[at..].iter().collect(),
            marked: false,
        });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| {
                if piece.marked {
                    format!("[{}]", piece.text)
                } else {
                    piece.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn two_characters_are_enough() {
        assert_eq!(
            line(&marked("老年人健康科普，健康素养", "健康")),
            "老年人[健康]科普，[健康]素养"
        );
    }

    #[test]
    fn width_and_case_do_not_matter() {
        assert_eq!(line(&marked("Ａ类 28%", "a类 ２８％")), "[Ａ类] [28%]");
    }

    #[test]
    fn every_word_must_stand_somewhere() {
        let both = words("健康 社区");
        assert!(excerpt("进社区", "健康讲堂", &both).is_some());
        assert!(excerpt("进乡村", "健康讲堂", &both).is_none());
    }

    #[test]
    fn overlapping_words_are_marked_once() {
        assert_eq!(line(&marked("科学素质", "科学素 学素质")), "[科学素质]");
    }
}
