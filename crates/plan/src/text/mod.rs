//! Canonical text with a way back: characters as an editor would have typed them, each with its place in the
//! source. Everything behind this module reads canonical characters and answers with source spans.

pub(crate) mod canon;
pub(crate) mod collapsed;
pub(crate) mod numerals;
pub(crate) mod paragraphs;
mod traditional;

use crate::model::Span;

/// A logical paragraph: canonical characters and where each came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Para {
    /// As shown: layout removed, punctuation full-width between Chinese characters, letters as written.
    pub chars: Vec<char>,
    /// The same, simplified, for matching against our words. Same length as `chars`.
    pub folded: Vec<char>,
    /// First byte in the source of each character, and one past its last.
    pub at: Vec<(u32, u32)>,
    /// Whether white space was dropped before the character. Same length as `chars`.
    pub gap: Vec<bool>,
    /// Where an empty paragraph would stand.
    pub start: usize,
    /// A row of a table: the cells as ranges of characters.
    pub cells: Vec<std::ops::Range<usize>>,
    /// An empty line stood before it.
    pub after_blank: bool,
    /// How many physical lines it was joined from.
    pub lines: usize,
}

impl Para {
    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// Source span of a range of characters. An empty range is an empty span at its place.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        let (from, to) = (range.start, range.end.min(self.len()));
        if from >= to {
            let start = match self.at.get(from) {
                Some(at) => at.0 as usize,
                None => self.at.last().map_or(self.start, |at| at.1 as usize),
            };
            return Span { start, end: start };
        }
        Span {
            start: self.at[from].0 as usize,
            end: self.at[to - 1].1 as usize,
        }
    }

    /// Source span of the whole paragraph.
    pub(crate) fn whole(&self) -> Span {
        self.span(0..self.len())
    }

    /// Canonical text of a range.
    pub(crate) fn text(&self, range: std::ops::Range<usize>) -> String {
        let end = range.end.min(self.len());
        self.chars[range.start.min(end)..end].iter().collect()
    }

    /// The paragraph without its characters outside `range`; spans stay true.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Self {
        let start = self.span(range.clone()).start;
        Self {
            chars: self.chars[range.clone()].to_vec(),
            folded: self.folded[range.clone()].to_vec(),
            at: self.at[range.clone()].to_vec(),
            gap: self.gap[range.clone()].to_vec(),
            start,
            cells: Vec::new(),
            after_blank: range.start == 0 && self.after_blank,
            lines: 1,
        }
    }
}

/// Whether a slice of characters starts with a word.
pub(crate) fn starts_with(chars: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(at, c)| chars.get(at) == Some(&c))
}

/// Whether a slice of characters ends with a word.
pub(crate) fn ends_with(chars: &[char], word: &str) -> bool {
    let length = word.chars().count();
    chars.len() >= length && starts_with(&chars[chars.len() - length..], word)
}

/// First place of a word in a slice of characters.
pub(crate) fn find(chars: &[char], word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    (0..chars.len()).find(|at| chars[*at] == first && starts_with(&chars[*at..], word))
}

/// Whether one of the words stands anywhere.
pub(crate) fn has_any(chars: &[char], words: &[&str]) -> bool {
    words.iter().any(|word| find(chars, word).is_some())
}

/// The first of the words (in the order given) that the slice ends with.
pub(crate) fn ending<'w>(chars: &[char], words: &[&'w str]) -> Option<&'w str> {
    words.iter().find(|word| ends_with(chars, word)).copied()
}

/// The first of the words (in the order given) that the slice starts with.
pub(crate) fn beginning<'w>(chars: &[char], words: &[&'w str]) -> Option<&'w str> {
    words.iter().find(|word| starts_with(chars, word)).copied()
}

/// A Chinese ideograph.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '〇' | '々')
}

/// Marks that end a sentence.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；')
}
