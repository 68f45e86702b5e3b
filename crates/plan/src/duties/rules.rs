//! Rules that a document states once and that hold for its other clauses.

use std::ops::Range;

use crate::text::{Para, find, has_any};

/// What the document says about all its clauses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    /// 列第一位者为牵头单位，下同: from this paragraph on the first unit leads.
    pub first_leads_from: Option<usize>,
    /// The words of that rule.
    pub text: Option<String>,
    /// 以下均需B落实，不再列出: units that take part in every clause after this paragraph, with their roles unsaid.
    pub standing: Option<(usize, String)>,
}

impl Rules {
    /// Looks for the rules of a document.
    pub(crate) fn read(paras: &[Para]) -> Self {
        let mut rules = Self::default();
        for (index, para) in paras.iter().enumerate() {
            if rules.first_leads_from.is_none()
                && let Some(range) = first_leads(para)
            {
                // In a note it holds for the whole document, in a clause from there on.
                let note = has_any(&para.folded[..para.len().min(4)], &["注：", "备注", "说明"])
                    || !in_bracket(para, range.start);
                rules.first_leads_from = Some(if note { 0 } else { index });
                rules.text = Some(para.text(range));
            }
            if rules.standing.is_none()
                && let Some(range) = standing(para)
            {
                rules.standing = Some((index, para.text(range)));
            }
        }
        rules
    }
}

fn in_bracket(para: &Para, at: usize) -> bool {
    let open = para.folded[..at].iter().rposition(|c| matches!(c, '（' | '【' | '['));
    let close = para.folded[..at].iter().rposition(|c| matches!(c, '）' | '】' | ']'));
    match (open, close) {
        (Some(open), Some(close)) => open > close,
        (Some(_), None) => true,
        _ => false,
    }
}

/// 排在第一位的部门为牵头部门，下同.
fn first_leads(para: &Para) -> Option<Range<usize>> {
    let chars = &para.folded;
    let at = [
        "第一位",
        "首位",
        "排第一",
        "第一个",
        "列第一",
        "排首",
        "排名第一",
        "位列第一",
        "排序第一",
    ]
    .iter()
    .filter_map(|word| find(chars, word))
    .min()?;
    let start = (0..at)
        .rev()
        .find(|start| matches!(chars[*start], '，' | '。' | '；' | '（' | '：'))
        .map_or(0, |start| start + 1);
    let end = (at..chars.len())
        .find(|end| matches!(chars[*end], '）' | '。' | '；'))
        .unwrap_or(chars.len());
    let said = &chars[start..end];
    (end - start <= 40 && has_any(said, &["牵头", "主责", "主办"]) && has_any(said, &["单位", "部门", "者", "的"]))
        .then_some(start..end)
}

/// 以下均需各区政府落实，不再列出: the subject of the rule.
fn standing(para: &Para) -> Option<Range<usize>> {
    let chars = &para.folded;
    let below = find(chars, "以下")?;
    let end = ["不再列出", "不再一一列出", "不再重复", "不再逐一列出"]
        .iter()
        .filter_map(|word| find(&chars[below..], word))
        .min()?
        + below;
    let from = ["均需由", "均需", "均由", "都需", "均须", "均应由"]
        .iter()
        .find_map(|word| find(&chars[below..end], word).map(|at| below + at + word.chars().count()))?;
    let to = ["落实", "参与", "配合", "负责", "实施"]
        .iter()
        .filter_map(|word| find(&chars[from..end], word))
        .min()
        .map_or(end, |at| from + at);
    (to > from && to - from <= 20).then_some(from..to)
}
