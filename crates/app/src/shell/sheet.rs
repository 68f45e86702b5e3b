//! Excel workbooks in and out: named columns, and errors that name sheet and cell.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A sheet of text: its name, its head and its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The names of its columns.
    pub head: Vec<String>,
    /// The columns that are written as numbers. Codes such as `3.10` must stay text.
    pub numbers: &'static [&'static str],
    /// Its rows, each with as many cells as the head.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: &str, head: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            head: head.iter().map(|one| (*one).to_owned()).collect(),
            numbers: &[],
            rows: Vec::new(),
        }
    }

    /// The cell of a row (from 1, the head not counted) in a column, as Excel names it.
    pub fn cell(&self, row: usize, column: &str) -> String {
        let at = self.head.iter().position(|one| one == column).unwrap_or(0);
        format!("“{}”表 {}{}", self.name, letters(at), row + 1)
    }

    /// The text of a row in a column; empty where there is none.
    pub fn text(&self, row: &[String], column: &str) -> String {
        let at = self.head.iter().position(|one| one == column);
        at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
    }
}

fn letters(at: usize) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 {
        last.to_string()
    } else {
        format!("{}{last}", letters(at / 26 - 1))
    }
}

/// The last sheet of a worksheet says what it was made from, so that it is not taken for another one's.
pub fn origin(id: &str) -> Sheet {
    Sheet {
        rows: vec![vec![id.to_owned()]],
        ..Sheet::new("出处", &["由哪一版导出（请勿改动）"])
    }
}

/// Whether a worksheet was made from `id`.
pub fn is_from(sheet: &Sheet, id: &str) -> bool {
    sheet
        .rows
        .first()
        .and_then(|row| row.first())
        .is_some_and(|found| found == id)
}

/// A workbook of the sheets, with sticky heads and wrapped text.
pub fn write_workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let head = Format::new().set_bold();
    // Text stays text: Excel would make 3.1 of a code 3.10.
    let wrapped = Format::new().set_text_wrap().set_num_format("@");
    let number_format = Format::new().set_text_wrap();
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(&sheet.name)?.set_freeze_panes(1, 0)?;
        for (column, name) in (0u16..).zip(&sheet.head) {
            page.write_with_format(0, column, name, &head)?;
            let longest = sheet
                .rows
                .iter()
                .filter_map(|row| row.get(usize::from(column)))
                .map(|text| text.chars().count());
            let width = u16::try_from(longest.max().unwrap_or(0).clamp(5, 32)).unwrap_or(32);
            page.set_column_width(column, f64::from(width) * 2.0)?;
        }
        for (line, row) in (1u32..).zip(&sheet.rows) {
            for (column, text) in (0u16..).zip(row) {
                let is_number = sheet
                    .head
                    .get(usize::from(column))
                    .is_some_and(|name| sheet.numbers.contains(&name.as_str()));
                match text.parse::<f64>() {
                    Ok(number) if is_number => page.write_with_format(line, column, number, &number_format)?,
                    _ => page.write_with_format(line, column, text, &wrapped)?,
                };
            }
        }
    }
    workbook.save_to_buffer()
}

/// Reads the named sheets of a workbook. Every sheet and every column of `wanted` must be there.
pub fn read_workbook(bytes: &[u8], wanted: &[Sheet]) -> Result<Vec<Sheet>, String> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|_| "这不是 .xlsx 文件。请在 Excel 里另存为 .xlsx。".to_owned())?;
    let mut sheets = Vec::new();
    for want in wanted {
        let range = workbook
            .worksheet_range(&want.name)
            .map_err(|_| format!("没有名为“{}”的表。请用导出的工作表来改，不要改表名。", want.name))?;
        let mut rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<_>>());
        let head = rows.next().unwrap_or_default();
        if let Some(missing) = want.head.iter().find(|one| !head.contains(one)) {
            return Err(format!("“{}”表没有“{missing}”这一列。请保留第一行的列名。", want.name));
        }
        sheets.push(Sheet {
            name: want.name.clone(),
            numbers: want.numbers,
            rows: rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect(),
            head,
        });
    }
    Ok(sheets)
}

fn text(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut sheet = Sheet::new("单位", &["编号", "单位"]);
        sheet.rows = vec![
            vec!["3.1".to_owned(), "区科协".to_owned()],
            vec!["3.1-2".to_owned(), "区教委".to_owned()],
        ];
        let bytes = write_workbook(std::slice::from_ref(&sheet)).unwrap();
        assert_eq!(read_workbook(&bytes, std::slice::from_ref(&sheet)).unwrap(), [sheet]);
    }

    #[test]
    fn a_cell_is_named_as_excel_names_it() {
        let sheet = Sheet::new("单位", &["编号", "单位"]);
        assert_eq!(sheet.cell(3, "单位"), "“单位”表 B4");
        assert_eq!(letters(27), "AB");
    }

    #[test]
    fn a_missing_column_is_named() {
        let bytes = write_workbook(&[Sheet::new("单位", &["编号"])]).unwrap();
        let error = read_workbook(&bytes, &[Sheet::new("单位", &["编号", "角色"])]).unwrap_err();
        assert!(error.contains("角色"), "{error}");
    }
}
