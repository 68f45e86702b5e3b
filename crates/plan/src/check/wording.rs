//! Checks of the wording: full stops, half-width marks, items that look as if something is missing.

use super::{Context, Found};
use crate::model::Span;
use crate::outline::Node;
use crate::text::{Para, beginning, ending, is_han};

pub(super) fn check(context: &Context<'_>, found: &mut Found<'_>) {
    full_stops(context, found);
    half_width(context, found);
    for node in context.nodes.iter().filter(|node| node.kind.holds_measures()) {
        for index in own(node) {
            missing_words(&context.layout.paras[index], found);
        }
    }
}

fn own(node: &Node) -> impl Iterator<Item = usize> {
    node.head.into_iter().chain(node.entries.iter().map(|entry| entry.para))
}

fn full_stops(context: &Context<'_>, found: &mut Found<'_>) {
    for node in context.nodes {
        for entry in node.entries.iter().filter(|entry| entry.dash.is_some()) {
            let para = &context.layout.paras[entry.para];
            if para
                .chars
                .last()
                .is_some_and(|c| is_han(*c) || c.is_ascii_alphanumeric())
                && para.len() > 20
            {
                let span = para.span(para.len() - 1..para.len());
                found.warn("K105", span, "这一条末尾缺句号".to_owned(), "在末尾补“。”");
            }
        }
    }
}

/// Half-width marks in Chinese text: each one, or one note when the whole document is typed so.
fn half_width(context: &Context<'_>, found: &mut Found<'_>) {
    let source = &context.source.text;
    let mut places: Vec<Span> = Vec::new();
    let mut wide = 0;
    for para in &context.layout.paras {
        for (index, c) in para.chars.iter().enumerate() {
            if !matches!(c, '，' | '。' | '；' | '：' | '（' | '）' | '？' | '！') {
                continue;
            }
            let span = para.span(index..index + 1);
            if source.as_bytes().get(span.start).is_some_and(u8::is_ascii) {
                places.push(span);
            } else {
                wide += 1;
            }
        }
    }
    if places.len() > 20 && places.len() * 3 > wide {
        found.note(
            "K005",
            places[0],
            format!("全文使用半角标点（{} 处），已按全角理解", places.len()),
            "公文应使用全角标点（GB/T 15834）",
        );
        return;
    }
    for span in places {
        let mark = source[span.start..span.end].to_owned();
        found.warn("K106", span, format!("中文里夹了半角标点“{mark}”"), "改为全角标点");
    }
}

/// Verbs that want an object right behind them.
const VERBS: [&str; 17] = [
    "开展", "推进", "加强", "促进", "推动", "实施", "建立", "组织", "举办", "落实", "完善", "提升", "提高", "打造",
    "构建", "深化", "强化",
];

/// Verbs that may follow in a row of verbs: 开展、组织…
const MORE_VERBS: [&str; 30] = [
    "支持", "鼓励", "引导", "培育", "培养", "发展", "建设", "探索", "加快", "优化", "健全", "拓展", "丰富", "统筹",
    "协调", "指导", "监督", "评估", "检查", "考核", "宣传", "普及", "推广", "参与", "策划", "运用", "管理", "服务",
    "维护", "创新",
];

/// Endings of places; two of them in a row without a separator are two places.
const PLACES: [&str; 7] = ["基地", "场馆", "展厅", "体验厅", "活动室", "工作室", "示范区"];
const PLACE_ENDS: [&str; 12] = [
    "馆",
    "基地",
    "中心",
    "园",
    "厅",
    "站",
    "室",
    "学校",
    "院",
    "场所",
    "广场",
    "实验室",
];

fn missing_words(para: &Para, found: &mut Found<'_>) {
    let chars = &para.folded;
    let separator = |c: char| {
        matches!(
            c,
            '、' | '，' | '。' | '；' | '：' | '（' | '）' | '“' | '”' | '《' | '》' | ','
        )
    };
    let mut start = 0;
    for at in 0..=chars.len() {
        if at < chars.len() && !separator(chars[at]) {
            continue;
        }
        let token = &chars[start..at];
        let listed_before = start > 0 && chars[start - 1] == '、';
        let listed_after = chars.get(at) == Some(&'、');
        if listed_before || listed_after {
            run_together(para, start, token, found);
        }
        if listed_after && !listed_before {
            verb_without_object(para, start, at, found);
        }
        start = at + 1;
    }
}

/// 科普基地科技博物馆: two places with nothing between them.
fn run_together(para: &Para, start: usize, token: &[char], found: &mut Found<'_>) {
    if token.len() < 7 || token.len() > 24 {
        return;
    }
    for cut in 3..token.len() - 2 {
        let (left, right) = (&token[..cut], &token[cut..]);
        let joins = matches!(
            right[0],
            '和' | '与' | '及' | '的' | '或' | '等' | '内' | '中' | '建' | '为'
        );
        if !joins && right.len() >= 4 && ending(left, &PLACES).is_some() && ending(right, &PLACE_ENDS).is_some() {
            found.warn(
                "K111",
                para.span(start..start + token.len()),
                format!("“{}”像是漏了顿号或词语", para.text(start..start + token.len())),
                "请核对原件；可能是两项之间漏了“、”，或漏了“和”“等”",
            );
            return;
        }
    }
}

/// 积极开展、科技评价: a verb whose object is missing.
fn verb_without_object(para: &Para, start: usize, at: usize, found: &mut Found<'_>) {
    let token = &para.folded[start..at];
    let Some(verb) = ending(token, &VERBS).filter(|_| token.len() <= 4) else {
        return;
    };
    let adverb = &token[..token.len() - verb.chars().count()];
    let adverbs = [
        "积极", "大力", "广泛", "深入", "持续", "扎实", "协助", "组织", "鼓励", "支持", "联合", "主动", "定期",
    ];
    let plain = adverb.is_empty() || beginning(adverb, &adverbs).is_some();
    let next = &para.folded[at + 1..];
    let in_row = beginning(next, &VERBS).is_some() || beginning(next, &MORE_VERBS).is_some();
    if plain && !in_row {
        let end = (at + 1..para.len())
            .find(|end| matches!(para.folded[*end], '、' | '，' | '。' | '；'))
            .unwrap_or(para.len());
        found.warn(
            "K111",
            para.span(start..end),
            format!("“{}”后面像是漏了词语", para.text(start..at + 1)),
            "请核对原件，补上缺的那一项",
        );
    }
}
