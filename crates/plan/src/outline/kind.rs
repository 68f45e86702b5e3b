//! What each part of a plan is for, and for whom.

use super::Node;
use super::marker::MarkKind;
use crate::model::{KeyGroup, SectionKind};
use crate::text::{Para, find, has_any};

/// Sets the kind and the key group of every node. Parents stand before their children.
pub(crate) fn classify(paras: &[Para], nodes: &mut [Node]) {
    for index in 1..nodes.len() {
        let parent = nodes[index].parent.unwrap_or(0);
        let above = (parent > 0).then(|| nodes[parent].kind);
        let node = &nodes[index];
        let Some(head) = node.head else { continue };
        let para = &paras[head];
        let annex = node.mark.is_some_and(|mark| mark.kind == MarkKind::Annex);
        let kind = match node.heading.title.clone() {
            _ if annex => SectionKind::Annex,
            Some(title) => kind(&para.folded[title], above),
            None => above.unwrap_or(SectionKind::Task),
        };
        let group = node
            .heading
            .title
            .clone()
            .and_then(|title| key_group(&para.folded[title]))
            .or(if kind.is_programme() {
                nodes[parent].key_group
            } else {
                None
            });
        nodes[index].kind = kind;
        nodes[index].key_group = group;
    }
}

fn kind(title: &[char], above: Option<SectionKind>) -> SectionKind {
    use SectionKind::{Action, Annex, Goal, Guidance, Preface, Principle, Project, Safeguard, Task};
    let has = |words: &[&str]| has_any(title, words);
    let ends = |words: &[&str]| words.iter().any(|word| crate::text::ends_with(title, word));
    // What stands inside a measure's chapter is named by what it does, not by words that chapters use.
    let settled = matches!(above, Some(Action | Project));
    if has(&["指导思想", "总体要求", "总体思路", "基本思路"]) {
        Guidance
    } else if ends(&["原则"]) || has(&["基本原则", "工作原则"]) {
        Principle
    } else if (ends(&["目标"]) || has(&["主要目标", "工作目标", "总体目标", "发展目标"])) && !has(&["责任", "考核"])
    {
        Goal
    } else if !settled
        && (has(&["前言", "引言", "序言", "背景", "形势", "重要意义", "现状", "充分认识"]) || title == ['基', '础'])
    {
        Preface
    } else if !settled
        && (has(&[
            "组织实施",
            "组织领导",
            "组织保障",
            "保障措施",
            "保障机制",
            "机制保障",
            "条件保障",
            "有关要求",
            "工作要求",
            "实施保障",
        ]) || title.len() <= 6 && has(&["保障", "要求"]))
    {
        Safeguard
    } else if ends(&["工程", "项目"]) {
        Project
    } else if ends(&["行动"]) {
        Action
    } else {
        match above {
            Some(kind @ (Preface | Guidance | Principle | Goal | Action | Project | Safeguard | Annex | Task)) => kind,
            None => Task,
        }
    }
}

/// The key group that a heading names (全民科学素质行动规划纲要, part three).
pub(crate) fn key_group(title: &[char]) -> Option<KeyGroup> {
    let groups: [(KeyGroup, &[&str]); 5] = [
        (KeyGroup::Youth, &["青少年", "未成年人", "中小学生"]),
        (KeyGroup::Officials, &["领导干部", "公务员"]),
        (KeyGroup::Elders, &["老年人", "老龄"]),
        (KeyGroup::Workers, &["产业工人", "城镇劳动者", "职工"]),
        (KeyGroup::Farmers, &["农民", "农村居民"]),
    ];
    groups
        .iter()
        .filter_map(|(group, words)| {
            let at = words.iter().filter_map(|word| find(title, word)).min()?;
            Some((at, *group))
        })
        .min_by_key(|(at, _)| *at)
        .map(|(_, group)| group)
}
