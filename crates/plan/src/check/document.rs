//! Checks of the document as a whole: encoding, layout, head, outline numbers, list breaks.

use std::collections::HashMap;

use super::{Context, Found};
use crate::model::{Severity, Span};
use crate::outline::marker::MarkKind;

pub(super) fn check(context: &Context<'_>, found: &mut Found<'_>) {
    file(context, found);
    head(context, found);
    numbers(context, found);
    broken_lists(context, found);
    targets(context, found);
}

fn file(context: &Context<'_>, found: &mut Found<'_>) {
    let (source, layout) = (context.source, context.layout);
    let start = Span::default();
    if source.undecodable > 0 {
        // In a web page the character may have stood in what is not shown.
        let place = source
            .text
            .find('\u{FFFD}')
            .map_or(start, |at| Span { start: at, end: at + 3 });
        found.add(
            "K001",
            Severity::Error,
            place,
            format!(
                "有 {} 个字符无法解码（按 {} 读取）",
                source.undecodable, source.encoding
            ),
            "请用 Word、WPS 或记事本打开原文件，另存为 UTF-8 文本或 .docx 后重新读取",
        );
    }
    if layout.collapsed {
        found.note(
            "K002",
            start,
            "原文换行全部丢失，段落是按编号推断的".to_owned(),
            "请核对章节和举措是否完整；有带换行的原文时请改用原文",
        );
    }
    if let Some(width) = layout.wrapped {
        found.note(
            "K003",
            start,
            format!("原文在每行约 {width} 字处硬换行，已按句接回"),
            "如有被误接的段落，请用未换行的原文",
        );
    }
    if layout.page_numbers > 0 {
        found.note(
            "K004",
            start,
            format!("去掉了混在正文里的 {} 处页码", layout.page_numbers),
            "请核对页码附近的数字",
        );
    }
    if layout.traditional {
        found.note(
            "K006",
            start,
            "原文是繁体字；识别时按简体比对，显示仍用原字".to_owned(),
            "单位名称会与名册中的简体名称对应",
        );
    }
}

fn head(context: &Context<'_>, found: &mut Found<'_>) {
    let (plan, header) = (context.plan, context.header);
    let missing = [
        ("标题", plan.title.is_none()),
        ("发文机关", plan.issuer.is_none()),
        ("发文字号", plan.doc_no.is_none()),
        ("成文日期", plan.date.is_none()),
    ];
    for (name, _) in missing.iter().filter(|(_, missing)| *missing) {
        found.warn(
            "K115",
            Span::default(),
            format!("没有找到{name}"),
            "如果原文有，请检查它是否被删去或写成了图片；没有则可在载入后补录",
        );
    }
    if let (Some(own), Some(notice)) = (header.period, header.period_in_notice)
        && own != notice
    {
        found.warn(
            "K109",
            header.title_span,
            format!(
                "标题的期限是 {}-{} 年，印发通知里写的是 {}-{} 年",
                own[0], own[1], notice[0], notice[1]
            ),
            "请以正式文本为准改正其中一处",
        );
    }
    if let (Some(own), Some(notice)) = (&plan.title, &plan.title_in_notice)
        && !notice.contains(own.as_str())
        && header.period == header.period_in_notice
    {
        found.note(
            "K109",
            header.title_span,
            "正文标题与印发通知里的标题写法不完全一致".to_owned(),
            "常见于连接号（-、—）或“实施”二字不同；引用时请用正文标题",
        );
    }
    if let Some(period) = plan.period {
        for target in plan
            .targets
            .iter()
            .filter(|target| target.kind == crate::model::TargetKind::Target)
        {
            if target.year.is_some_and(|year| year < period[0]) {
                found.warn(
                    "K109",
                    target.span,
                    format!("目标年份 {} 早于方案起始年 {}", target.year.unwrap_or(0), period[0]),
                    "请核对年份；如果是基数，请在载入后改为基数",
                );
            }
        }
    }
}

/// Numbers that are repeated or skipped. They may run on across chapters.
fn numbers(context: &Context<'_>, found: &mut Found<'_>) {
    let mut last_of: HashMap<MarkKind, usize> = HashMap::new();
    for node in context.nodes {
        let mut previous: Option<usize> = None;
        for child in &node.children {
            let child = &context.nodes[*child];
            let (Some(mark), Some(head)) = (child.mark, child.head) else {
                continue;
            };
            if matches!(mark.kind, MarkKind::Annex | MarkKind::Decimal(_)) {
                continue;
            }
            let expected = previous.map_or(1, |value| value + 1);
            let runs_on = previous.is_none() && last_of.get(&mark.kind).is_some_and(|last| mark.value == last + 1);
            if mark.value != expected && !runs_on {
                let para = &context.layout.paras[head];
                let number = para.text(0..mark.length);
                let message = match previous {
                    Some(value) if mark.value == value => format!("编号“{number}”与前一个重复"),
                    Some(value) if mark.value < value => format!("编号“{number}”往回跳，前一个是第 {value} 个"),
                    _ => format!("编号“{number}”跳号，按顺序应是第 {expected} 个"),
                };
                found.warn(
                    "K110",
                    para.span(0..mark.length),
                    message,
                    "请核对是否漏了一项，或改正编号",
                );
            }
            previous = Some(mark.value);
            last_of.insert(mark.kind, mark.value);
        }
    }
}

/// An empty line in the middle of a list of items.
fn broken_lists(context: &Context<'_>, found: &mut Found<'_>) {
    let paras = &context.layout.paras;
    let spaced = paras.iter().filter(|para| para.after_blank).count();
    if spaced * 5 > paras.len() {
        return;
    }
    for node in context.nodes {
        for pair in node.entries.windows(2) {
            let after = &paras[pair[1].para];
            if pair[0].dash.is_some() && pair[1].dash.is_some() && after.after_blank {
                let above = paras[pair[0].para].whole().end;
                // The empty line itself begins behind the line end of the item above.
                let start = context.source.text[above..]
                    .find('\n')
                    .map_or(above, |at| above + at + 1);
                found.warn(
                    "K107",
                    Span { start, end: start },
                    "列表被空行断开".to_owned(),
                    "删去空行；两边的条目按同一列表处理",
                );
            }
        }
    }
}

fn targets(context: &Context<'_>, found: &mut Found<'_>) {
    for target in &context.plan.targets {
        if target.year.is_none() {
            found.warn(
                "K108",
                target.span,
                format!("“{}”没有写明年份", target.text),
                "请补上“到某年”；不补则按方案最后一年考核",
            );
        }
    }
}
