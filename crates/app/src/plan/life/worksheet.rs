//! The closing evaluation as an Excel worksheet: exported, filled in by the office, imported whole or not at all.

use std::str::FromStr;

use rust_xlsxwriter::XlsxError;

use super::closing::{Closing, MeasureClosing, State, TargetClosing, target_key};
use super::store::Answer;
use crate::plan::document::Edition;
use crate::shell::sheet::{Sheet, is_from, origin, read_workbook, write_workbook};

/// Where an old measure lives on, as the sheet says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Code of the old measure.
    pub code: String,
    /// Codes in the plan that follows.
    pub successors: Vec<String>,
    /// Why it ended, or what to know of the passage.
    pub reason: String,
}

/// A worksheet that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// The evaluation.
    pub closing: Closing,
    /// Where measures live on.
    pub mappings: Vec<Mapping>,
    /// What the sheet leaves empty.
    pub cleared: Cleared,
}

/// Rows that are left empty: what was stored of them is taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Ids of measures without a conclusion.
    pub measures: Vec<String>,
    /// Keys of targets without a result.
    pub targets: Vec<String>,
    /// Ids of measures without a word on where they live on.
    pub mappings: Vec<String>,
}

fn sheets() -> [Sheet; 2] {
    [
        Sheet::new(
            "举措评估",
            &[
                "编号",
                "举措",
                "结论",
                "做了什么",
                "依据",
                "下一份方案的编号",
                "不再继续的原因",
            ],
        ),
        Sheet {
            numbers: &["结果", "结果年份"],
            ..Sheet::new("目标评估", &["目标", "指标", "结果", "结果年份", "依据", "说明"])
        },
    ]
}

/// The worksheet of an edition, with what is there already filled in.
pub fn write_closing(edition: &Edition, closing: &Closing, successors: &[Answer]) -> Result<Vec<u8>, XlsxError> {
    let [mut measures, mut targets] = sheets();
    for item in &edition.items {
        let found = closing.measures.iter().find(|one| one.measure == item.id);
        measures.rows.push(vec![
            item.code.clone(),
            item.title.clone(),
            found.map(|one| one.state.label().to_owned()).unwrap_or_default(),
            found.map(|one| one.done.clone()).unwrap_or_default(),
            found.map(|one| one.source.clone()).unwrap_or_default(),
            codes_of(&item.id, successors),
            reason_of(&item.id, successors),
        ]);
    }
    for target in edition
        .plan
        .targets
        .iter()
        .filter(|one| one.kind == kepu_plan::model::TargetKind::Target)
    {
        let key = target_key(target);
        let found = closing.targets.iter().find(|one| one.target == key);
        targets.rows.push(vec![
            target.text.clone(),
            key.clone(),
            found
                .and_then(|one| one.value)
                .map(|value| value.to_string())
                .unwrap_or_default(),
            found
                .and_then(|one| one.year)
                .map(|year| year.to_string())
                .unwrap_or_default(),
            found.map(|one| one.source.clone()).unwrap_or_default(),
            found.map(|one| one.note.clone()).unwrap_or_default(),
        ]);
    }
    write_workbook(&[measures, targets, origin(&edition.head.plan)])
}

/// Codes of the measures that follow, as the sheet has them.
fn codes_of(measure: &str, successors: &[Answer]) -> String {
    let codes: Vec<&str> = successors
        .iter()
        .filter(|one| one.measure == measure)
        .filter_map(|one| one.code.as_deref())
        .collect();
    codes.join("、")
}

fn reason_of(measure: &str, successors: &[Answer]) -> String {
    let found = successors.iter().find(|one| one.measure == measure);
    found.map(|one| one.note.clone()).unwrap_or_default()
}

/// Reads a filled worksheet. A row without a conclusion takes back one that was given before; every cell that cannot be read is named.
pub fn read_closing(edition: &Edition, bytes: &[u8]) -> Result<Filled, Vec<String>> {
    let [a, b] = sheets();
    let read = read_workbook(bytes, &[a, b, origin(&edition.head.plan)]).map_err(|error| vec![error])?;
    let [measures, targets, from] = read.as_slice() else {
        return Err(Vec::new());
    };
    if !is_from(from, &edition.head.plan) {
        let text = "这张评估表是为另一份方案导出的。请用 kepu plan closing export 重新导出。";
        return Err(vec![text.to_owned()]);
    }
    let mut problems = Vec::new();
    let mut filled = Filled::default();
    for (at, row) in (1..).zip(&measures.rows) {
        let text = |column: &str| measures.text(row, column);
        let code = text("编号");
        let Some(item) = edition.item(&code) else {
            problems.push(format!("{}：方案里没有编号是“{code}”的举措", measures.cell(at, "编号")));
            continue;
        };
        let successors: Vec<String> = text("下一份方案的编号")
            .split(['、', '，', ',', ' '])
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect();
        let reason = text("不再继续的原因");
        if !successors.is_empty() || !reason.is_empty() {
            filled.mappings.push(Mapping {
                code,
                successors,
                reason,
            });
        } else {
            filled.cleared.mappings.push(item.id.clone());
        }
        let (state, done, source) = (text("结论"), text("做了什么"), text("依据"));
        if state.is_empty() {
            if !done.is_empty() || !source.is_empty() {
                problems.push(format!(
                    "{}：填了内容，还要写结论：完成、部分完成或没有完成",
                    measures.cell(at, "结论")
                ));
            }
            filled.cleared.measures.push(item.id.clone());
            continue;
        }
        match State::parse(&state) {
            None => problems.push(format!(
                "{}：“{state}”不是结论，请写完成、部分完成或没有完成",
                measures.cell(at, "结论")
            )),
            Some(_) if done.is_empty() => problems.push(format!("{}：请写做了什么", measures.cell(at, "做了什么"))),
            Some(state) => filled.closing.measures.push(MeasureClosing {
                measure: item.id.clone(),
                state,
                done,
                source,
            }),
        }
    }
    let known: Vec<String> = edition.plan.targets.iter().map(target_key).collect();
    for (at, row) in (1..).zip(&targets.rows) {
        let text = |column: &str| targets.text(row, column);
        let mut number = |column: &str| {
            let value = text(column);
            let good = match column {
                "结果年份" => i64::from_str(&value).is_ok_and(|year| (1990..=2100).contains(&year)),
                _ => f64::from_str(&value).is_ok_and(f64::is_finite),
            };
            if !value.is_empty() && !good {
                problems.push(format!("{}：“{value}”不是数", targets.cell(at, column)));
            }
            value
        };
        let (value, year) = (number("结果"), number("结果年份"));
        let target = text("指标");
        if !known.contains(&target) {
            problems.push(format!(
                "{}：方案里没有这个目标，请不要改这一列",
                targets.cell(at, "指标")
            ));
        }
        let source = text("依据");
        if value.is_empty() && source.is_empty() && text("说明").is_empty() {
            filled.cleared.targets.push(target);
            continue;
        }
        if !value.is_empty() && source.is_empty() {
            problems.push(format!("{}：有结果，还要写依据", targets.cell(at, "依据")));
        }
        filled.closing.targets.push(TargetClosing {
            target,
            value: value.parse().ok(),
            year: year.parse().ok(),
            source,
            note: text("说明"),
        });
    }
    if problems.is_empty() { Ok(filled) } else { Err(problems) }
}
