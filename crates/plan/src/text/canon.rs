//! One physical line, or several joined, as canonical characters.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Para, is_han};

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let chars: Vec<char> = super::traditional::PAIRS.chars().collect();
    chars.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
});

/// Simplified form for matching; the character itself when it has none.
pub(crate) fn fold(c: char) -> char {
    match c {
        // Both stand in GB 2312, so the table leaves them out, but a traditional text means the simple one.
        '於' => '于',
        '著' => '着',
        c if is_han(c) => SIMPLIFIED.get(&c).copied().unwrap_or(c),
        c => c,
    }
}

/// Whether a character is written in its traditional form.
pub(crate) fn is_traditional(c: char) -> bool {
    is_han(c) && SIMPLIFIED.contains_key(&c)
}

/// A character that leaves no trace on the page.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
        || (c.is_control() && !c.is_whitespace())
}

/// The character that was meant: full-width digits and letters as ASCII, presentation forms as themselves.
fn plain(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '／' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        '«' | '≪' | '﹤' | '⟪' => '《',
        '»' | '≫' | '﹥' | '⟫' => '》',
        '﹙' => '（',
        '﹚' => '）',
        '﹐' => '，',
        '﹑' | '､' => '、',
        '｡' | '﹒' => '。',
        '﹔' => '；',
        '﹕' | '︰' | '∶' => '：',
        '﹪' => '%',
        '［' => '[',
        '］' => ']',
        '─' | '━' | '―' | '﹘' | 'ー' | '⸺' => '—',
        '－' | '‐' | '‑' | '﹣' | '−' => '-',
        '．' => '.',
        // Kangxi radicals, which PDF extraction puts in place of common characters.
        '⼀' => '一',
        '⼆' => '二',
        '⼈' => '人',
        '⼊' => '入',
        '⼋' => '八',
        '⼒' => '力',
        '⼗' => '十',
        '⼟' => '土',
        '⼤' => '大',
        '⼥' => '女',
        '⼦' => '子',
        '⼩' => '小',
        '⼯' => '工',
        '⼼' => '心',
        '⽂' => '文',
        '⽅' => '方',
        '⽇' => '日',
        '⽉' => '月',
        '⽔' => '水',
        '⽣' => '生',
        '⽤' => '用',
        '⽬' => '目',
        '⽼' => '老',
        '⾏' => '行',
        '⻓' => '长',
        '⾯' => '面',
        '⻘' => '青',
        '⾼' => '高',
        other => other,
    }
}

/// Makes canonical characters of one physical line that starts at a byte offset of the source.
///
/// `folding` says whether the document is in traditional characters.
pub(crate) fn line(offset: usize, text: &str, folding: bool) -> Para {
    let mut para = Para {
        lines: 1,
        start: offset,
        ..Para::default()
    };
    let is_row = text.contains('\t');
    let mut cell_start = 0;
    let mut gap = false;
    let mut space = (0, 0);
    for (at, c) in text.char_indices() {
        let place = ((offset + at) as u32, (offset + at + c.len_utf8()) as u32);
        if c == '\t' && is_row {
            para.cells.push(cell_start..para.len());
            cell_start = para.len();
            gap = false;
        } else if c.is_whitespace() {
            (gap, space) = (true, place);
        } else if !is_invisible(c) {
            let c = plain(c);
            if gap && keeps_space(para.chars.last().copied(), c) {
                para.push(' ', space, false);
            }
            para.push(c, place, gap);
            gap = false;
        }
    }
    if is_row {
        para.cells.push(cell_start..para.len());
    }
    widen(&mut para.chars, false);
    para.folded = if folding {
        para.chars.iter().map(|c| fold(*c)).collect()
    } else {
        para.chars.clone()
    };
    para
}

/// Appends the next physical line of the same paragraph.
pub(crate) fn join(para: &mut Para, next: &Para) {
    if keeps_space(para.chars.last().copied(), next.chars.first().copied().unwrap_or('。')) {
        let place = (next.start as u32, next.start as u32);
        para.push(' ', place, false);
        para.folded.push(' ');
    }
    para.chars.extend(&next.chars);
    para.folded.extend(&next.folded);
    para.at.extend(&next.at);
    para.gap.extend(&next.gap);
    para.lines += next.lines;
}

/// What can only be settled when a paragraph is whole.
pub(crate) fn finish(para: &mut Para) {
    widen(&mut para.chars, true);
    if para.chars.contains(&'"') {
        pair_quotes(&mut para.chars);
    }
    for (folded, c) in para.folded.iter_mut().zip(&para.chars) {
        if !is_han(*c) {
            *folded = *c;
        }
    }
}

impl Para {
    fn push(&mut self, c: char, at: (u32, u32), gap: bool) {
        self.chars.push(c);
        self.at.push(at);
        self.gap.push(gap);
    }
}

/// White space survives only between Latin words.
fn keeps_space(before: Option<char>, after: char) -> bool {
    before.is_some_and(|c| c.is_ascii_alphabetic()) && after.is_ascii_alphabetic()
}

/// Half-width punctuation between Chinese characters as it is printed: full-width. What depends on the end of the
/// paragraph waits until it is `whole`: 16. at a line's end may go on with 3%.
fn widen(chars: &mut [char], whole: bool) {
    for index in 0..chars.len() {
        let c = chars[index];
        if !matches!(c, ',' | ':' | ';' | '?' | '!' | '(' | ')' | '.') {
            continue;
        }
        let before = index.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(index + 1).copied();
        let chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_wide_mark(c));
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let near = chinese(before) || chinese(after);
        chars[index] = match c {
            ',' if near && !(digit(before) && digit(after)) => '，',
            ':' if near && !(digit(before) && digit(after)) => '：',
            ';' if near => '；',
            '?' if near => '？',
            '!' if near => '！',
            '(' if near || opens_chinese(&chars[index..]) => '（',
            ')' if near || closes_chinese(&chars[..index]) => '）',
            '.' if (chinese(before) || before == Some('%')) && !is_numeral_dot(&chars[..index]) => '。',
            '.' if whole && digit(before) && after.is_none_or(|c| c == '”' || c == '）') && index > 3 => '。',
            other => other,
        };
    }
}

/// Straight quotes as pairs of curled ones, over a whole paragraph.
fn pair_quotes(chars: &mut [char]) {
    let mut open = false;
    for c in chars {
        match c {
            '“' => open = true,
            '”' => open = false,
            '"' => {
                open = !open;
                *c = if open { '“' } else { '”' };
            }
            _ => {}
        }
    }
}

/// A dot after an outline numeral (一.) is a separator, not a full stop.
fn is_numeral_dot(before: &[char]) -> bool {
    !before.is_empty() && before.len() <= 3 && before.iter().all(|c| super::numerals::is_numeral(*c))
}

fn is_wide_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '（'
            | '）'
            | '《'
            | '》'
            | '“'
            | '”'
            | '〔'
            | '〕'
            | '—'
            | '【'
            | '】'
    )
}

/// A bracket whose other end, a few characters on, stands in Chinese text: (2021-2025年).
fn opens_chinese(chars: &[char]) -> bool {
    chars
        .iter()
        .take(16)
        .take_while(|c| !matches!(c, ')' | '）'))
        .any(|c| is_han(*c))
}

fn closes_chinese(chars: &[char]) -> bool {
    chars
        .iter()
        .rev()
        .take(16)
        .take_while(|c| !matches!(c, '('))
        .any(|c| *c == '（' || is_han(*c))
}
