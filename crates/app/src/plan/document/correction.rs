//! Corrections of what the compiler understood: units, measures and targets as rows, and the plan made of them. Pure.
//!
//! The rows are a full listing: a unit's row that is taken out takes the unit out, a row that is added adds one.
//! Measures can be reworded but neither added nor removed; for that, the document itself has to be loaded again.

use kepu_plan::model::{Duty, Plan, Target, TargetKind};
use serde::{Deserialize, Serialize};

use super::edition::{Place, outline};
use super::wording::role_label;

/// Everything of a plan that can be corrected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Corrections {
    /// One row for each unit of each clause.
    pub units: Vec<UnitRow>,
    /// One row for each measure.
    pub measures: Vec<MeasureRow>,
    /// One row for each target or baseline.
    pub targets: Vec<TargetRow>,
}

/// A unit in a duty clause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// Code of the section or of the measure.
    pub code: String,
    /// Which clause of it, from 1.
    pub clause: usize,
    /// 牵头, 参与, 负责, 指导.
    pub role: String,
    /// The unit's name.
    pub unit: String,
}

/// A measure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureRow {
    /// Its code.
    pub code: String,
    /// Its title; empty where it has none.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// A target or a baseline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TargetRow {
    /// Its number in the list, from 1; absent for a new one.
    pub number: Option<usize>,
    /// 目标 or 起点.
    pub kind: String,
    /// What is counted.
    pub metric: String,
    /// Where.
    pub scope: String,
    /// The number.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// The year.
    pub year: Option<i32>,
    /// 达到, 超过 …
    pub comparator: String,
    /// 力争 …
    pub hedge: String,
}

/// Something wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the sheet.
    pub sheet: &'static str,
    /// Row from 1, the head not counted.
    pub row: usize,
    /// Name of the column.
    pub column: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Sheet of the units.
pub const UNITS: &str = "单位";
/// Sheet of the measures.
pub const MEASURES: &str = "举措";
/// Sheet of the targets.
pub const TARGETS: &str = "目标";

/// The full listing of a plan.
pub fn listing(plan: &Plan) -> Corrections {
    let (codes, items) = outline(plan);
    let mut all = Corrections::default();
    let mut add = |code: &str, duties: &[Duty]| {
        for (clause, duty) in (1..).zip(duties) {
            all.units.extend(duty.roles().map(|(role, unit)| UnitRow {
                code: code.to_owned(),
                clause,
                role: role_label(role).to_owned(),
                unit: unit.to_owned(),
            }));
        }
    };
    for (at, section) in plan.sections.iter().enumerate() {
        add(&codes[at], &section.duties);
        for item in items.iter().filter(|item| item.section == at) {
            if let Place::Measure(n) = item.place {
                add(&item.code, &section.measures[n].duties);
            }
        }
    }
    for item in &items {
        if let Place::Measure(n) = item.place {
            let measure = &plan.sections[item.section].measures[n];
            all.measures.push(MeasureRow {
                code: item.code.clone(),
                title: measure.title.clone().unwrap_or_default(),
                text: measure.text.clone(),
            });
        }
    }
    all.targets = (1..)
        .zip(&plan.targets)
        .map(|(number, target)| target_row(number, target))
        .collect();
    all
}

fn target_row(number: usize, target: &Target) -> TargetRow {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    TargetRow {
        number: Some(number),
        kind: kind_label(target.kind).to_owned(),
        metric: text(&target.metric),
        scope: text(&target.scope),
        value: target.value,
        unit: text(&target.unit),
        year: target.year,
        comparator: text(&target.comparator),
        hedge: text(&target.hedge),
    }
}

pub(super) fn kind_label(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Target => "目标",
        TargetKind::Baseline => "起点",
    }
}
