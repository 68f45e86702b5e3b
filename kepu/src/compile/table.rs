//! The plan as a table for a terminal.

use std::fmt::Write as _;

use kepu_plan::codes;
use kepu_plan::model::{Duty, Plan, Section, SectionKind, TargetKind};

/// Renders the plan.
pub fn render(plan: &Plan) -> String {
    let mut out = String::new();
    let mut fact = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}  {value}");
        }
    };
    fact("标　　题", plan.title.as_deref());
    fact("发文机关", plan.issuer.as_deref());
    fact("发文字号", plan.doc_no.as_deref());
    fact("成文日期", plan.date.as_deref());
    let period = plan.period.map(|[from, to]| format!("{from}-{to} 年"));
    fact("期　　限", period.as_deref());
    fact("牵头规则", plan.lead_rule.as_deref());
    for target in &plan.targets {
        let name = if target.kind == TargetKind::Target {
            "目　　标"
        } else {
            "起　　点"
        };
        let _ = writeln!(out, "{name}  {}（第 {} 行）", target.text, target.line);
    }
    out.push('\n');
    for (section, code) in plan.sections.iter().zip(codes::of_sections(plan)) {
        self::section(&mut out, section, &code);
    }
    units(&mut out, plan);
    let measures: usize = plan.sections.iter().map(|section| section.measures.len()).sum();
    let running: usize = plan.sections.iter().map(|section| section.inline_duties.len()).sum();
    let _ = writeln!(
        out,
        "共 {} 条举措、{} 条分工、{running} 条正文职责、{} 个责任方、{} 个目标、{} 个时限",
        measures,
        plan.all_duties().count(),
        plan.units.len(),
        plan.targets
            .iter()
            .filter(|target| target.kind == TargetKind::Target)
            .count(),
        plan.deadlines.len(),
    );
    out
}

fn section(out: &mut String, section: &Section, code: &str) {
    if section.path.is_empty() && section.measures.is_empty() {
        return;
    }
    let indent = "  ".repeat(section.path.len().saturating_sub(1));
    let number = section.number.as_deref().unwrap_or("");
    let title = section.title.as_deref().unwrap_or("");
    if !section.path.is_empty() {
        let kind = match section.kind {
            SectionKind::Action => "［行动］",
            SectionKind::Project => "［工程］",
            _ => "",
        };
        let _ = writeln!(out, "{indent}{number}{title}{kind}");
    }
    for duty in &section.duties {
        self::duty(out, &indent, duty);
    }
    for (at, measure) in section.measures.iter().enumerate() {
        let code = codes::measure_code(code, at);
        let number = measure.number.as_deref().unwrap_or("——");
        let words = || format!("{}…", measure.first_words);
        let name = measure.title.clone().unwrap_or_else(words);
        let _ = writeln!(out, "{indent}  {code}  {number}{name}（第 {} 行）", measure.line);
        for duty in &measure.duties {
            self::duty(out, &format!("{indent}  "), duty);
        }
    }
    for (at, duty) in section.inline_duties.iter().enumerate() {
        let code = codes::inline_code(code, at);
        let _ = writeln!(
            out,
            "{indent}  {code}  {}：{}（第 {} 行）",
            duty.unit, duty.text, duty.line
        );
    }
}

fn duty(out: &mut String, indent: &str, duty: &Duty) {
    let lists = [
        ("牵头", &duty.lead),
        ("指导", &duty.guides),
        ("负责", &duty.responsible),
        ("参与", &duty.participants),
    ];
    let named: Vec<_> = lists.iter().filter(|(_, units)| !units.is_empty()).collect();
    for (index, (name, units)) in named.iter().enumerate() {
        // 等单位 stands at the end of the clause and opens its last list.
        let open = if duty.open_ended && index + 1 == named.len() {
            "等"
        } else {
            ""
        };
        let _ = writeln!(out, "{indent}    {name}：{}{open}", units.join("、"));
    }
}

fn units(out: &mut String, plan: &Plan) {
    if plan.units.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n牵头  参与  负责  指导  责任方");
    for party in &plan.units {
        let cell = |count: usize| if count == 0 { "·".to_owned() } else { count.to_string() };
        let others = match &party.written[..] {
            [_, others @ ..] if !others.is_empty() => format!("（又写作{}）", others.join("、")),
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "{:>4}  {:>4}  {:>4}  {:>4}  {}{others}",
            cell(party.lead),
            cell(party.participant),
            cell(party.responsible),
            cell(party.guide),
            party.name
        );
    }
    out.push('\n');
}
