//! What holds for any input: no panic, no hang, spans inside the text, cost linear in the length.

use std::time::{Duration, Instant};

use kepu_plan::model::{Plan, Span};
use kepu_plan::{Source, compile, compile_text};
use proptest::prelude::*;

/// Every span of a plan.
fn spans(plan: &Plan) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for section in &plan.sections {
        spans.push(section.span);
        spans.extend(section.items.iter().map(|item| item.span));
        spans.extend(section.inline_duties.iter().map(|duty| duty.span));
        spans.extend(section.measures.iter().map(|measure| measure.span));
    }
    for duty in plan.all_duties() {
        spans.extend([duty.span, duty.covers]);
    }
    spans.extend(plan.targets.iter().map(|target| target.span));
    spans.extend(plan.amounts.iter().map(|amount| amount.span));
    spans.extend(plan.deadlines.iter().map(|deadline| deadline.span));
    spans.extend(plan.diagnostics.iter().map(|diagnostic| diagnostic.span));
    spans
}

fn assert_sound(source: &Source, plan: &Plan) {
    for span in spans(plan) {
        assert!(
            span.start <= span.end && span.end <= source.text.len(),
            "{span:?} of {}",
            source.text.len()
        );
        assert!(
            source.text.is_char_boundary(span.start) && source.text.is_char_boundary(span.end),
            "{span:?}"
        );
    }
    for diagnostic in &plan.diagnostics {
        assert!(
            diagnostic.line >= 1 && diagnostic.line <= source.lines(),
            "{diagnostic:?}"
        );
    }
    for measure in plan.sections.iter().flat_map(|section| &section.measures) {
        assert!(measure.line >= 1 && measure.line <= source.lines());
    }
}

/// Pieces that plans are made of, in any order.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("一、".to_owned()),
        Just("（二）".to_owned()),
        Just("3.".to_owned()),
        Just("——".to_owned()),
        Just("附件".to_owned()),
        Just("（分工：由区教委、区科协牵头，".to_owned()),
        Just("各街道乡镇等单位共同参与。）".to_owned()),
        Just("（区科协负责）".to_owned()),
        Just("责任单位：".to_owned()),
        Just("、".to_owned()),
        Just("，".to_owned()),
        Just("。".to_owned()),
        Just("\n".to_owned()),
        Just("\t".to_owned()),
        Just("　　".to_owned()),
        Just("到2030年，".to_owned()),
        Just("分别达到10%和".to_owned()),
        Just("均".to_owned()),
        Just("从2025年的1%提高到2%".to_owned()),
        Just("2027年底前".to_owned()),
        Just("序号\n任务\n牵头单位\n".to_owned()),
        Just("(".to_owned()),
        Just("）".to_owned()),
        Just("《".to_owned()),
        Just("“".to_owned()),
        Just("关于印发《方案》的通知".to_owned()),
        Just("〔2026〕7号".to_owned()),
        Just("2026年3月2日".to_owned()),
        Just("排在第一位的为牵头部门，下同".to_owned()),
        Just("以下均需各区政府落实，不再列出".to_owned()),
        Just("—3—".to_owned()),
        Just("抄送：".to_owned()),
        Just("\u{200B}".to_owned()),
        Just("\u{0C}".to_owned()),
        Just("\r\n".to_owned()),
        "[\\PC]{0,12}",
        "[一-龥]{1,30}",
        "[0-9.,%万亿]{1,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(compiled) = compile(&bytes) {
            assert_sound(&compiled.source, &compiled.plan);
        }
    }

    #[test]
    fn any_arrangement_of_pieces_is_survived(pieces in proptest::collection::vec(piece(), 0..120)) {
        let text = pieces.concat();
        if let Ok(compiled) = compile_text(&text) {
            assert_sound(&compiled.source, &compiled.plan);
            let report = kepu_plan::report::render(&compiled, "x", true);
            prop_assert!(report.is_empty() || report.contains("共"));
        }
    }

    #[test]
    fn damaged_archives_and_pages_are_survived(cut in 0_usize..400, flips in proptest::collection::vec((0_usize..400, any::<u8>()), 0..6)) {
        let page = "<!DOCTYPE html><html><body><table><tr><td>序号<td>任务<td>牵头单位</tr><tr><td>1<td>办节<td>区科协</table><p>一、甲<p>（一）乙。丙。（区科协负责）".repeat(2);
        let mut bytes = page.into_bytes();
        bytes.truncate(cut.max(20));
        for (at, byte) in flips {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        if let Ok(compiled) = compile(&bytes) {
            assert_sound(&compiled.source, &compiled.plan);
        }
    }
}

/// Time to compile a text, the best of three.
fn time(text: &str) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            let _ = compile_text(text);
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// Texts that tempt a careless scanner to look at everything again for each character: four times the length may
/// take at most about four times as long. The bound is loose, because machines are noisy; what it must catch is
/// sixteen times.
#[test]
fn cost_is_linear_in_the_length() {
    let shapes: [(&str, &str); 9] = [
        ("nested brackets", "（由"),
        ("closed brackets", "（由区科协负责）"),
        ("one long line", "建设科普基地、"),
        ("dashes", "——办好事情。"),
        ("numbers", "达到10%、"),
        ("lines", "（一）做事。做好。（区科协负责）\n"),
        ("short lines", "科普\n"),
        ("rows", "1\t科普\t区科协\n"),
        ("numerals", "一、"),
    ];
    for (name, unit) in shapes {
        let text = |count: usize| format!("某某区实施方案\n一、任务\n{}", unit.repeat(count));
        let count = 20_000 / unit.chars().count();
        let (small, large) = (time(&text(count)), time(&text(count * 4)));
        assert!(
            large < small * 10 + Duration::from_millis(40),
            "{name}: {small:?} for {count} pieces, {large:?} for four times as many"
        );
    }
}
