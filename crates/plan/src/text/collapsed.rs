//! Puts back the line ends of a document that has lost them all. Only believed where the numbers of an outline
//! follow each other, so an ordinary long paragraph is never cut.

use super::{Para, ending, is_han, is_stop, starts_with};
use crate::outline::marker::{MarkKind, marker};

/// Cuts collapsed paragraphs apart. Answers whether there were any.
pub(crate) fn restore(paras: &mut Vec<Para>) -> bool {
    let total: usize = paras.iter().map(Para::len).sum();
    let limit = if total < 2400 { total / 2 } else { 1200.max(total / 4) };
    if !paras.iter().any(|para| para.len() > limit && is_collapsed(para)) {
        return false;
    }
    let mut out = Vec::with_capacity(64);
    let mut front = true;
    for para in std::mem::take(paras) {
        let mut cuts = if front { front_matter(&para) } else { Vec::new() };
        let body = cuts.last().copied().unwrap_or(0);
        if para.len() > 300 {
            cuts.extend(outline(&para, body));
            front = false;
        }
        cuts.push(para.len());
        let mut from = 0;
        for cut in cuts {
            if cut > from {
                out.push(para.part(from..cut));
                from = cut;
            }
        }
    }
    *paras = out;
    true
}

/// At least three top-level numbers in order, each after the end of a sentence.
fn is_collapsed(para: &Para) -> bool {
    let mut expected = 1;
    for at in 0..para.len() {
        if let Some(mark) = marker(&para.folded[at..])
            && mark.kind == MarkKind::Numeral
            && mark.value == expected
            && (at == 0 || terminal(para.folded[at - 1]))
        {
            expected += 1;
        }
    }
    expected > 3
}

fn terminal(c: char) -> bool {
    is_stop(c) || matches!(c, '：' | '）' | '”' | '》')
}

/// Cuts before each heading and item.
fn outline(para: &Para, from: usize) -> Vec<usize> {
    let chars = &para.folded;
    let mut cuts = Vec::new();
    // The next number expected at each level, and where the last heading began.
    let (mut numeral, mut bracket, mut digit) = (1, 1, 1);
    let mut heading = from;
    let dashes = dash_items(chars, from);
    for at in from..chars.len() {
        if !matches!(chars[at], '（' | '—' | '-' | '0'..='9' | '附' | '㈠'..='㈩') && !is_han(chars[at]) {
            continue;
        }
        let Some(mark) = marker(&chars[at..chars.len().min(at + 40)]) else {
            continue;
        };
        // Inside a mark that began earlier: 一） of （一）, 一、 of 十一、.
        if at > from
            && (matches!(chars[at - 1], '（' | '(')
                || super::numerals::is_numeral(chars[at - 1]) && super::numerals::is_numeral(chars[at]))
        {
            continue;
        }
        let terminated = at == from || terminal(chars[at - 1]);
        let after_heading = at > heading && at - heading <= 40 && !chars[heading..at].iter().any(|c| is_stop(*c));
        let accepted = match mark.kind {
            MarkKind::Numeral => mark.value == numeral && (terminated || !cuts.is_empty()),
            MarkKind::NumeralInBrackets => (mark.value == bracket || mark.value == 1) && (terminated || after_heading),
            MarkKind::Digit => (mark.value == digit || mark.value == 1) && (terminated || after_heading),
            MarkKind::Dash => dashes.contains(&at),
            _ => false,
        };
        if !accepted {
            continue;
        }
        match mark.kind {
            MarkKind::Numeral => numeral += 1,
            MarkKind::NumeralInBrackets => bracket = mark.value + 1,
            MarkKind::Digit => digit = mark.value + 1,
            _ => {}
        }
        if matches!(mark.kind, MarkKind::Numeral | MarkKind::NumeralInBrackets) {
            heading = at;
        }
        cuts.push(at);
    }
    let signature = signature(chars);
    if let Some(at) = signature.filter(|at| cuts.last().is_none_or(|last| at > last)) {
        cuts.push(at);
    }
    cuts
}

/// Places of —— that begin an item: after a sentence, or, where the document has such items, before a short title.
fn dash_items(chars: &[char], from: usize) -> Vec<usize> {
    let candidates: Vec<usize> = (from.max(1)..chars.len().saturating_sub(4))
        .filter(|at| chars[*at] == '—' && chars[*at - 1] != '—')
        .filter(|at| {
            let after = chars[*at..].iter().take_while(|c| **c == '—').count();
            chars
                .get(at + after)
                .is_some_and(|c| is_han(*c) || matches!(c, '“' | '《'))
                && !chars[*at - 1].is_ascii_digit()
        })
        .collect();
    let sure = candidates.iter().filter(|at| terminal(chars[**at - 1])).count();
    candidates
        .into_iter()
        .filter(|at| {
            terminal(chars[at - 1])
                || sure >= 3
                    && chars[*at..].iter().take(34).any(|c| *c == '。')
                    && !chars[at - 1].is_ascii_punctuation()
        })
        .collect()
}

/// Cuts inside the head of the document: after the number, the title and the addressees.
fn front_matter(para: &Para) -> Vec<usize> {
    let chars = &para.folded;
    let mut cuts = Vec::new();
    let reach = chars.len().min(1200);
    if let Some((start, end)) = crate::header::doc_no(&chars[..reach.min(200)]) {
        cuts.extend([start, end]);
    }
    let from = cuts.last().copied().unwrap_or(0);
    // The notice's title ends in its kind of document.
    let notice = (from..reach.min(from + 160)).find(|at| {
        [
            "的通知",
            "的意见",
            "的实施意见",
            "的决定",
            "的批复",
            "的指导意见",
            "的若干意见",
        ]
        .iter()
        .any(|kind| super::ends_with(&chars[from..*at], kind))
            && !matches!(chars.get(*at), Some('》' | '）' | '（'))
    });
    if let Some(end) = notice {
        cuts.push(end);
    }
    let from = cuts.last().copied().unwrap_or(0);
    if let Some(colon) = (from..reach.min(from + 160)).find(|at| chars[*at] == '：') {
        let addressed = ["机构", "单位", "部门", "政府", "局", "委", "机关", "组织"];
        if ending(&chars[from..colon], &addressed).is_some() {
            cuts.push(colon + 1);
        }
    }
    // The plan itself begins after the notice's (此件公开发布).
    if let Some(at) = super::find(&chars[..reach], "（此件公开发布）") {
        let title = at + "（此件公开发布）".chars().count();
        if let Some((start, _)) = crate::header::date(&chars[..at]).filter(|(start, _)| *start > from) {
            let issuer = chars[..start]
                .iter()
                .rposition(|c| is_stop(*c))
                .map_or(start, |stop| stop + 1);
            cuts.push(issuer);
            cuts.push(at);
        }
        cuts.push(title);
        let plan = (title + 4..chars.len().min(title + 80)).find(|at| {
            ["方案", "规划", "计划", "纲要", "要点"]
                .iter()
                .any(|kind| super::ends_with(&chars[title..*at], kind))
                && !matches!(chars.get(*at), Some('》' | '（' | '实'))
                && !starts_with(&chars[*at..], "实施")
                || chars[*at - 1] == '）' && chars[*at - 2] == '年'
        });
        cuts.extend(plan);
    }
    cuts.retain(|cut| *cut > 0);
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// Where the signature begins at the very end: issuer, date, (此件公开发布).
fn signature(chars: &[char]) -> Option<usize> {
    let tail = chars.len().saturating_sub(60);
    let (start, _) = crate::header::date(&chars[tail..])?;
    let stop = chars[..tail + start].iter().rposition(|c| is_stop(*c))?;
    (tail + start - stop <= 30).then_some(stop + 1)
}
