//! Tables: duty lists with columns for who leads and who takes part, and tables of indicators.
//!
//! A table arrives as rows with tabs between the cells (from `.docx` and HTML) or, when somebody pasted it, as one
//! cell a line; both become the same rows.

use std::ops::Range;

use crate::outline::marker::{MarkKind, marker};
use crate::text::{Para, ends_with, has_any};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Number,
    Title,
    Text,
    Lead,
    Participant,
    Responsible,
    Guide,
    Deadline,
    Metric,
    Measure,
    Value(i32),
    Binding,
    Other,
}

/// A cell: a paragraph and a range of its characters.
pub(crate) type Cell = (usize, Range<usize>);

/// A row with its cells by column; empty cells are left out.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub cells: Vec<(Column, Cell)>,
    /// First and one past the last paragraph.
    pub paras: Range<usize>,
}

impl Row {
    /// The first cell of a column.
    pub(crate) fn cell(&self, column: Column) -> Option<&Cell> {
        self.cells.iter().find(|(of, _)| *of == column).map(|(_, cell)| cell)
    }
}

/// A table of duties or of indicators.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub rows: Vec<Row>,
    pub indicators: bool,
}

/// Finds the tables of a document and marks their paragraphs in `claimed`.
pub(crate) fn find_all(paras: &[Para], claimed: &mut [bool]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < paras.len() {
        let found = if paras[at].cells.len() > 1 {
            tabbed(paras, at)
        } else {
            stacked(paras, at)
        };
        match found {
            Some((table, end, header)) => {
                for index in header {
                    claimed[index] = true;
                }
                for row in &table.rows {
                    for index in row.paras.clone() {
                        claimed[index] = true;
                    }
                }
                tables.push(table);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    tables
}

/// What a header cell says its column holds.
fn column(header: &[char]) -> Column {
    let has = |words: &[&str]| has_any(header, words);
    if header.is_empty() || header.len() > 14 || header.iter().any(|c| matches!(c, '。' | '，' | '；')) {
        return Column::Other;
    }
    if let Some((year, _)) = (0..header.len()).find_map(|at| crate::figures::year_at(header, at)) {
        return Column::Value(year);
    }
    if has(&["序号", "编号"]) {
        Column::Number
    } else if has(&["牵头", "主责", "主办"]) {
        Column::Lead
    } else if has(&["配合", "参与", "协办", "协同", "参加单位"]) {
        Column::Participant
    } else if has(&["指导部门", "指导单位"]) {
        Column::Guide
    } else if has(&[
        "责任单位",
        "责任部门",
        "负责单位",
        "责任分工",
        "实施单位",
        "落实单位",
        "承办单位",
        "责任主体",
    ]) {
        Column::Responsible
    } else if has(&["时限", "完成时间", "期限", "进度", "时间节点"]) {
        Column::Deadline
    } else if has(&["属性", "性质", "约束性"]) {
        Column::Binding
    } else if matches!(header, ['单', '位'] | ['计', '量', '单', '位']) {
        Column::Measure
    } else if has(&["指标"]) {
        Column::Metric
    } else if ends_with(header, "内容") || has(&["具体措施", "工作要求", "主要措施"]) {
        Column::Text
    } else if has(&["任务", "举措", "事项", "项目", "措施", "工程", "名称"]) {
        Column::Title
    } else {
        Column::Other
    }
}

/// Whether a header makes sense as the head of a table that somebody works from.
fn accepted(columns: &[Column]) -> Option<bool> {
    let has = |wanted: fn(&Column) -> bool| columns.iter().any(wanted);
    let indicators = has(|column| matches!(column, Column::Metric)) && has(|column| matches!(column, Column::Value(_)));
    let roles = has(|column| {
        matches!(
            column,
            Column::Lead | Column::Participant | Column::Responsible | Column::Guide
        )
    });
    let subject = has(|column| matches!(column, Column::Title | Column::Text | Column::Metric));
    (indicators || roles && subject).then_some(indicators && !roles)
}

/// Names of columns: the first of several titles is the title, the next is text.
fn columns(headers: &[&[char]]) -> Vec<Column> {
    let mut columns: Vec<Column> = headers.iter().map(|header| column(header)).collect();
    let mut titled = false;
    for column in &mut columns {
        if *column == Column::Title {
            if titled {
                *column = Column::Text;
            }
            titled = true;
        }
    }
    if !titled && let Some(text) = columns.iter_mut().find(|column| **column == Column::Text) {
        *text = Column::Title;
    }
    columns
}

fn tabbed(paras: &[Para], at: usize) -> Option<(Table, usize, Range<usize>)> {
    let headers: Vec<&[char]> = paras[at]
        .cells
        .iter()
        .map(|cell| &paras[at].folded[cell.clone()])
        .collect();
    let columns = columns(&headers);
    let indicators = accepted(&columns)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut end = at + 1;
    while end < paras.len() && paras[end].cells.len() > 1 {
        let cells = &paras[end].cells;
        // A cell that spans rows is missing from the later ones: they line up on the right.
        let shift = columns.len().saturating_sub(cells.len());
        let mut row = Row {
            cells: Vec::new(),
            paras: end..end + 1,
        };
        if let Some(above) = rows.last().filter(|_| shift > 0) {
            let kept = &columns[..shift];
            row.cells
                .extend(above.cells.iter().filter(|(column, _)| kept.contains(column)).cloned());
        }
        for (column, cell) in columns[shift..].iter().zip(cells) {
            if !cell.is_empty() {
                row.cells.push((*column, (end, cell.clone())));
            }
        }
        rows.push(row);
        end += 1;
    }
    Some((Table { rows, indicators }, end, at..at + 1))
}

/// The longest header that is read one cell a line.
const WIDEST: usize = 10;

fn stacked(paras: &[Para], at: usize) -> Option<(Table, usize, Range<usize>)> {
    let short = |para: &Para| para.len() <= 12 && !para.folded.iter().any(|c| matches!(c, '。' | '，' | '：' | '；'));
    if column(&paras[at].folded) == Column::Other || !short(&paras[at]) {
        return None;
    }
    let numbered = column(&paras[at].folded) == Column::Number;
    // The table's title may sound like a column; the head begins with 序号 where there is one.
    let later = paras[at + 1..]
        .iter()
        .take(3)
        .any(|para| column(&para.folded) == Column::Number);
    if !numbered && later {
        return None;
    }
    let is_number = |para: &Para| para.len() <= 3 && para.chars.iter().all(char::is_ascii_digit);
    let mut end = at;
    while end < paras.len() && end - at < WIDEST && short(&paras[end]) && !is_number(&paras[end]) {
        let heading = marker(&paras[end].folded).is_some_and(|mark| mark.kind == MarkKind::Numeral);
        if heading || !numbered && column(&paras[end].folded) == Column::Other {
            break;
        }
        end += 1;
    }
    let headers: Vec<&[char]> = paras[at..end].iter().map(|para| &para.folded[..]).collect();
    if headers.len() < 3 {
        return None;
    }
    let columns = columns(&headers);
    let indicators = accepted(&columns)?;
    let (rows, stop) = if numbered {
        numbered_rows(paras, end, &columns, is_number)
    } else {
        plain_rows(paras, end, &columns)
    };
    (!rows.is_empty()).then_some((Table { rows, indicators }, stop, at..end))
}

/// Rows that start with their number, among them headings that stay headings.
fn numbered_rows(
    paras: &[Para],
    from: usize,
    columns: &[Column],
    is_number: impl Fn(&Para) -> bool,
) -> (Vec<Row>, usize) {
    let mut rows = Vec::new();
    let mut at = from;
    let mut last = 0;
    while at < paras.len() {
        if marker(&paras[at].folded).is_some_and(|mark| mark.kind == MarkKind::Numeral) && paras[at].len() < 40 {
            at += 1;
            continue;
        }
        if !is_number(&paras[at]) {
            break;
        }
        let number: usize = paras[at].text(0..paras[at].len()).parse().unwrap_or(0);
        if number <= last {
            break;
        }
        last = number;
        let mut end = at + 1;
        while end < paras.len() && !is_number(&paras[end]) {
            let heading =
                marker(&paras[end].folded).is_some_and(|mark| mark.kind == MarkKind::Numeral) && paras[end].len() < 40;
            if heading || end - at > columns.len() + 12 {
                break;
            }
            end += 1;
        }
        // The last row has no number after it to end it.
        if !paras.get(end).is_some_and(&is_number) && paras.get(end).is_none_or(|para| marker(&para.folded).is_none()) {
            end = end.min(at + columns.len());
        }
        rows.push(spread(paras, at..end, columns));
        at = end;
    }
    (rows, at)
}

/// Gives the lines of a row to its columns; what is too much belongs to the text.
fn spread(paras: &[Para], lines: Range<usize>, columns: &[Column]) -> Row {
    let whole = |index: usize| (index, 0..paras[index].len());
    let text = columns.iter().position(|column| *column == Column::Text).unwrap_or(1);
    let extra = lines.len().saturating_sub(columns.len());
    let mut cells = Vec::new();
    for (offset, index) in lines.clone().enumerate() {
        let column = if offset <= text {
            offset
        } else {
            (offset - extra.min(offset - text)).max(text)
        };
        if let Some(column) = columns.get(column) {
            cells.push((*column, whole(index)));
        }
    }
    Row { cells, paras: lines }
}

fn plain_rows(paras: &[Para], from: usize, columns: &[Column]) -> (Vec<Row>, usize) {
    let mut rows = Vec::new();
    let mut at = from;
    while at + columns.len() <= paras.len() {
        let lines = at..at + columns.len();
        let heading = lines.clone().any(|index| {
            marker(&paras[index].folded).is_some_and(|mark| mark.kind == MarkKind::Numeral) || paras[index].len() > 400
        });
        if heading {
            break;
        }
        rows.push(Row {
            cells: columns
                .iter()
                .zip(lines.clone())
                .map(|(column, index)| (*column, (index, 0..paras[index].len())))
                .collect(),
            paras: lines,
        });
        at += columns.len();
    }
    (rows, at)
}
