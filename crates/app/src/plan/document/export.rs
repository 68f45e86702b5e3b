//! The matrix as files: Excel and CSV.

use axum::extract::Query as Address;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::edition::Edition;
use super::matrix::{self, Cell, Matrix};
use super::pages::MatrixQuery;
use super::shown::Shown;
use super::wording::{role_label, role_mark};
use crate::shell::{Download, Error, Result};

/// The matrix as an Excel sheet, set for A4 landscape.
pub async fn xlsx(shown: Shown, Address(query): Address<MatrixQuery>) -> Result<Download> {
    let edition = &*shown.edition;
    let matrix = matrix::matrix(edition, &query.filter(edition)?);
    Ok(Download {
        name: "分工表.xlsx".to_owned(),
        kind: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes: workbook(edition, &matrix).map_err(Error::fault)?,
    })
}

/// The matrix as CSV in words, with the mark that lets Excel read it as UTF-8.
pub async fn csv(shown: Shown, Address(query): Address<MatrixQuery>) -> Result<Download> {
    let edition = &*shown.edition;
    let matrix = matrix::matrix(edition, &query.filter(edition)?);
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    for record in table(edition, &matrix, words) {
        writer
            .write_record(record.iter().map(|cell| harmless(cell)))
            .map_err(Error::fault)?;
    }
    Ok(Download {
        name: "分工表.csv".to_owned(),
        kind: "text/csv; charset=utf-8",
        bytes: writer.into_inner().map_err(Error::fault)?,
    })
}

/// A cell that a spreadsheet takes as text, not as a formula (OWASP, CSV injection).
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn words(cell: Cell) -> String {
    cell.roles().map(role_label).collect::<Vec<_>>().join("、")
}

fn marks(cell: Cell) -> String {
    cell.roles().map(role_mark).collect()
}

/// Head, rows and totals as text.
fn table(edition: &Edition, matrix: &Matrix<'_>, say: fn(Cell) -> String) -> Vec<Vec<String>> {
    let titles = matrix
        .columns
        .iter()
        .map(|&at| edition.plan.sections[at].title.clone().unwrap_or_default());
    let mut head = vec!["单位".to_owned(), "类别".to_owned()];
    head.extend(titles);
    head.extend(["牵头", "参与", "负责", "指导"].map(str::to_owned));
    let mut table = vec![head];
    for row in &matrix.rows {
        let mut record = vec![row.unit.name.clone(), row.unit.kind.clone()];
        record.extend(row.cells.iter().map(|cell| say(*cell)));
        record.extend(row.totals.map(|total| total.to_string()));
        table.push(record);
    }
    for (at, label) in ["牵头的单位", "参与的单位", "负责的单位", "指导的单位"]
        .into_iter()
        .enumerate()
    {
        let mut record = vec![label.to_owned(), String::new()];
        record.extend(matrix.totals.iter().map(|totals| totals[at].to_string()));
        record.resize(table[0].len(), String::new());
        table.push(record);
    }
    table
}

fn workbook(edition: &Edition, matrix: &Matrix<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet
        .set_name("分工表")?
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    let title = Format::new().set_bold().set_font_size(14);
    let plain = Format::new().set_border(FormatBorder::Thin);
    let centre = plain.clone().set_align(FormatAlign::Center);
    let head = centre
        .clone()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    sheet.write_with_format(0, 0, edition.title(), &title)?;
    sheet.write(1, 0, "● 牵头　○ 参与　◆ 负责　△ 指导")?;
    for (line, record) in (3u32..).zip(table(edition, matrix, marks)) {
        for (column, text) in (0u16..).zip(&record) {
            let format = match (line, column) {
                (3, _) => &head,
                (_, 0 | 1) => &plain,
                _ => &centre,
            };
            // Numbers stand in the columns of totals and nowhere else: a unit's name stays a name.
            match text.parse::<u32>().ok().filter(|_| column > 1) {
                Some(number) => sheet.write_with_format(line, column, number, format)?,
                None => sheet.write_with_format(line, column, text, format)?,
            };
        }
    }
    sheet.set_column_width(0, 20)?.set_column_width(1, 12)?;
    sheet.set_freeze_panes(4, 1)?.set_repeat_rows(3, 3)?;
    workbook.save_to_buffer()
}
