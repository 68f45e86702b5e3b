//! Corrections as an Excel worksheet.

use rust_xlsxwriter::XlsxError;

use super::correction::{Corrections, MEASURES, MeasureRow, Problem, TARGETS, TargetRow, UNITS, UnitRow};
use crate::shell::sheet::{Sheet, is_from, origin, read_workbook, write_workbook};

/// The empty sheets.
fn sheets() -> [Sheet; 3] {
    [
        Sheet {
            numbers: &["分句"],
            ..Sheet::new(UNITS, &["编号", "分句", "角色", "单位"])
        },
        Sheet::new(MEASURES, &["编号", "标题", "正文"]),
        Sheet {
            numbers: &["序号", "数值", "年份"],
            ..Sheet::new(
                TARGETS,
                &[
                    "序号",
                    "类型",
                    "指标",
                    "范围",
                    "数值",
                    "计量单位",
                    "年份",
                    "程度词",
                    "语气",
                ],
            )
        },
    ]
}

/// The worksheet of an edition's listing.
pub fn write_corrections(edition: &str, rows: &Corrections) -> Result<Vec<u8>, XlsxError> {
    let [mut units, mut measures, mut targets] = sheets();
    let units_of = |row: &UnitRow| {
        vec![
            row.code.clone(),
            row.clause.to_string(),
            row.role.clone(),
            row.unit.clone(),
        ]
    };
    units.rows = rows.units.iter().map(units_of).collect();
    measures.rows = rows
        .measures
        .iter()
        .map(|row| vec![row.code.clone(), row.title.clone(), row.text.clone()])
        .collect();
    let number = |value: Option<String>| value.unwrap_or_default();
    targets.rows = rows
        .targets
        .iter()
        .map(|row| {
            vec![
                number(row.number.map(|one| one.to_string())),
                row.kind.clone(),
                row.metric.clone(),
                row.scope.clone(),
                number(row.value.map(|one| one.to_string())),
                row.unit.clone(),
                number(row.year.map(|one| one.to_string())),
                row.comparator.clone(),
                row.hedge.clone(),
            ]
        })
        .collect();
    write_workbook(&[units, measures, targets, origin(edition)])
}

/// Reads the worksheet of an edition back. Every cell that cannot be read is named.
pub fn read_corrections(edition: &str, bytes: &[u8]) -> Result<Corrections, Vec<String>> {
    let [a, b, c] = sheets();
    let read = read_workbook(bytes, &[a, b, c, origin(edition)]).map_err(|error| vec![error])?;
    let [units, measures, targets, from] = read.as_slice() else {
        return Err(Vec::new());
    };
    if !is_from(from, edition) {
        let text = "这张订正表是从另一版导出的。请用 kepu plan worksheet 重新导出这一版的表，再改。";
        return Err(vec![text.to_owned()]);
    }
    let mut problems = Vec::new();
    let mut rows = Corrections::default();
    for (at, row) in (1..).zip(&units.rows) {
        let clause = units.text(row, "分句");
        rows.units.push(UnitRow {
            code: units.text(row, "编号"),
            clause: clause.parse().unwrap_or_else(|_| {
                problems.push(format!("{}：“{clause}”不是整数", units.cell(at, "分句")));
                0
            }),
            role: units.text(row, "角色"),
            unit: units.text(row, "单位"),
        });
    }
    for row in &measures.rows {
        rows.measures.push(MeasureRow {
            code: measures.text(row, "编号"),
            title: measures.text(row, "标题"),
            text: measures.text(row, "正文"),
        });
    }
    for (at, row) in (1..).zip(&targets.rows) {
        rows.targets.push(TargetRow {
            number: parse(targets, row, at, "序号", &mut problems),
            kind: targets.text(row, "类型"),
            metric: targets.text(row, "指标"),
            scope: targets.text(row, "范围"),
            value: parse(targets, row, at, "数值", &mut problems),
            unit: targets.text(row, "计量单位"),
            year: parse(targets, row, at, "年份", &mut problems),
            comparator: targets.text(row, "程度词"),
            hedge: targets.text(row, "语气"),
        });
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

fn parse<T: std::str::FromStr>(
    sheet: &Sheet,
    row: &[String],
    at: usize,
    column: &str,
    problems: &mut Vec<String>,
) -> Option<T> {
    let text = sheet.text(row, column);
    if text.is_empty() {
        return None;
    }
    let value = text.parse().ok();
    if value.is_none() {
        problems.push(format!("{}：“{text}”不是数", sheet.cell(at, column)));
    }
    value
}

/// A problem with the cell that it is in.
impl Problem {
    /// As a line for people.
    pub fn line(&self) -> String {
        let sheet = sheets()
            .into_iter()
            .find(|sheet| sheet.name == self.sheet)
            .unwrap_or_default();
        format!("{}：{}", sheet.cell(self.row, self.column), self.message)
    }
}
