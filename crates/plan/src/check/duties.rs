//! Checks of who answers for what.

use std::collections::BTreeSet;

use super::{Context, Found};
use crate::model::{Duty, DutyKind, Mark, Span};
use crate::text::has_any;

pub(super) fn check(context: &Context<'_>, found: &mut Found<'_>) {
    let plan = context.plan;
    for duty in plan.all_duties() {
        roles(duty, found);
    }
    without_lead(context, found);
    programmes(context, found);
    names(context, found);
    unread(context, found);
}

fn roles(duty: &Duty, found: &mut Found<'_>) {
    for unit in duty.lead.iter().filter(|unit| duty.participants.contains(unit)) {
        let place = found.last_inside(duty.span, unit);
        found.warn(
            "K101",
            place,
            format!("“{unit}”在同一条分工里既牵头又参与"),
            "两处都按原文计入；请核对参与名单里是否应为另一个单位",
        );
    }
    for list in [&duty.lead, &duty.participants, &duty.responsible, &duty.guides] {
        let mut seen = BTreeSet::new();
        for unit in list.iter().filter(|unit| !seen.insert(unit.as_str())) {
            let place = found.last_inside(duty.span, unit);
            found.warn("K112", place, format!("“{unit}”在同一名单里出现两次"), "删去重复的一个");
        }
    }
}

/// Clauses that name nobody as lead: said once when there are many.
fn without_lead(context: &Context<'_>, found: &mut Found<'_>) {
    let unled: Vec<&Duty> = context
        .plan
        .all_duties()
        .filter(|duty| matches!(duty.kind, DutyKind::ResponsibleList | DutyKind::ByDuty) && duty.responsible.len() > 1)
        .collect();
    let help = "没有写谁牵头，牵头单位留空；请在载入后由纲要办指定";
    if unled.len() > 3 {
        found.note(
            "K113",
            unled[0].span,
            format!("有 {} 条分工列了几个单位而没有写明谁牵头", unled.len()),
            help,
        );
        return;
    }
    for duty in unled {
        found.note("K113", duty.span, "分工列了几个单位而没有写明谁牵头".to_owned(), help);
    }
}

fn programmes(context: &Context<'_>, found: &mut Found<'_>) {
    let plan = context.plan;
    if plan.all_duties().next().is_none() {
        return;
    }
    for section in plan.sections.iter().filter(|section| section.kind.is_programme()) {
        let has_children = plan
            .sections
            .iter()
            .any(|other| other.path.len() > section.path.len() && other.path.starts_with(&section.path));
        let covered = !section.duties.is_empty() || section.measures.iter().any(|measure| !measure.duties.is_empty());
        if !has_children && !covered {
            let span = section.heading_span(found.source);
            let title = section.title.as_deref().unwrap_or("");
            found.warn(
                "K103",
                span,
                format!("“{title}”没有写分工"),
                "请补上牵头和参与单位；不补则无人领任务",
            );
        }
    }
    let untitled: Vec<_> = plan
        .sections
        .iter()
        .flat_map(|section| &section.measures)
        .filter(|measure| measure.title.is_none() && measure.mark != Mark::Paragraph)
        .collect();
    let total: usize = plan.sections.iter().map(|section| section.measures.len()).sum();
    if untitled.len() * 2 > total {
        found.note(
            "K104",
            untitled[0].span,
            format!("{} 条举措没有短标题", untitled.len()),
            "列表里用开头几个字代替；可在载入后补一个短标题",
        );
        return;
    }
    for measure in untitled {
        let span = found.inside(measure.span, &measure.first_words);
        found.note(
            "K104",
            span,
            "这条举措没有短标题，整条是一句话".to_owned(),
            "列表里用开头几个字代替；可在载入后补一个短标题",
        );
    }
}

/// One party under several names, and collectives that need a roster.
fn names(context: &Context<'_>, found: &mut Found<'_>) {
    for party in &context.plan.units {
        if let [first, others @ ..] = &party.written[..]
            && let Some(second) = others.first()
        {
            let place = mention(context, found, second);
            let others: Vec<String> = others.iter().map(|name| format!("“{name}”")).collect();
            found.note(
                "K102",
                place,
                format!("{}与“{first}”应是同一方", others.join("、")),
                "按同一单位处理；如不是，请在名册里分开",
            );
        }
        if party.collective {
            let place = mention(context, found, &party.written[0]);
            found.note(
                "K114",
                place,
                format!("“{}”是一批单位的统称，文中没有列出成员", party.written[0]),
                "请在成员单位名册里录入成员，任务才能落到每个单位",
            );
        }
    }
}

fn mention(context: &Context<'_>, found: &Found<'_>, name: &str) -> Span {
    let clause = context
        .plan
        .all_duties()
        .find(|duty| duty.roles().any(|(_, unit)| unit == name))
        .map(|duty| duty.span);
    let running = context
        .plan
        .sections
        .iter()
        .flat_map(|section| &section.inline_duties)
        .find(|duty| duty.units.iter().any(|unit| unit == name))
        .map(|duty| duty.span);
    let span = match (clause, running) {
        (Some(clause), Some(running)) => {
            if clause.start <= running.start {
                clause
            } else {
                running
            }
        }
        (Some(span), None) | (None, Some(span)) => span,
        (None, None) => Span::default(),
    };
    found.inside(span, name)
}

/// Brackets that speak of duties and could not be read.
fn unread(context: &Context<'_>, found: &mut Found<'_>) {
    for node in context.nodes.iter().filter(|node| node.kind.holds_measures()) {
        let own = node.head.into_iter().chain(node.entries.iter().map(|entry| entry.para));
        for index in own {
            let para = &context.layout.paras[index];
            for (open, c) in para.folded.iter().enumerate() {
                if *c != '（' {
                    continue;
                }
                let Some(length) = para.folded[open..].iter().take(400).position(|c| *c == '）') else {
                    continue;
                };
                let inner = &para.folded[open + 1..open + length];
                let speaks = has_any(inner, &["牵头", "分工：", "责任单位", "配合单位"]);
                let clauses = &context.clauses[index];
                let next = clauses.partition_point(|clause| clause.range.end <= open);
                let read = clauses.get(next).is_some_and(|clause| clause.range.start <= open);
                if speaks && !read && inner.len() >= 4 {
                    found.warn(
                        "K116",
                        para.span(open..open + length + 1),
                        "这里像是分工，但没有读懂".to_owned(),
                        "请写成“（由甲、乙牵头，丙、丁参与）”的样子，或在载入后补录",
                    );
                }
            }
        }
    }
}
