//! The responsibility matrix as a page.

use askama::Template;
use axum::extract::{Query as Address, State};
use kepu_plan::model::Role;
use serde::Deserialize;

use super::super::edition::Edition;
use super::super::matrix::{self, Cell, Filter, Matrix, MatrixRow};
use super::super::search::heading;
use super::super::shown::Shown;
use super::super::wording::{ROLES, role_label, role_mark, role_name, role_named};
use super::Notice;
use super::text::data_of;
use crate::shell::{App, Error, Page, Result};

/// The filter as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    role: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    programme: String,
    #[serde(default)]
    members: String,
}

impl Query {
    /// The filter that is meant.
    pub fn filter(&self, edition: &Edition) -> Result<Filter> {
        let role = match self.role.as_str() {
            "" => None,
            name => Some(role_named(name).ok_or_else(|| Error::Invalid(format!("没有“{name}”这种角色。")))?),
        };
        let known = |code: &String| edition.columns.iter().any(|&at| edition.codes[at] == *code);
        let programme = Some(self.programme.clone()).filter(|code| !code.is_empty());
        if let Some(code) = programme.as_ref().filter(|code| !known(code)) {
            return Err(Error::Invalid(format!("分工表里没有编号是“{code}”的任务。")));
        }
        Ok(Filter {
            role,
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            programme,
            members: self.members == "yes",
        })
    }

    /// The filter as the end of an address.
    fn address(&self) -> String {
        let pairs = [
            ("role", &self.role),
            ("kind", &self.kind),
            ("programme", &self.programme),
            ("members", &self.members),
        ];
        let set: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if set.is_empty() {
            String::new()
        } else {
            format!("?{}", set.join("&"))
        }
    }
}

fn encode(value: &str) -> String {
    value
        .bytes()
        .map(|byte| {
            let plain = byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
            if plain {
                (byte as char).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "plan/document/matrix.html")]
struct MatrixPage<'a> {
    edition: &'a Edition,
    notice: Notice,
    base: String,
    sentence: String,
    query: String,
    filtered: bool,
    members: bool,
    roles: Vec<(&'static str, &'static str, bool)>,
    kinds: Vec<(&'a str, bool)>,
    programmes: Vec<(&'a str, String, bool)>,
    columns: Vec<Column<'a>>,
    totals: Vec<(&'static str, Vec<usize>)>,
    rows: Vec<Row<'a>>,
    has_other: bool,
    tail: usize,
}

struct Column<'a> {
    code: &'a str,
    title: &'a str,
}

struct Row<'a> {
    name: &'a str,
    code: &'a str,
    cells: Vec<Shape>,
    lead: usize,
    participant: usize,
    other: usize,
    summary: Vec<(&'static str, String)>,
}

struct Shape {
    marks: String,
    words: String,
    lead: bool,
    double: bool,
}

/// The matrix.
pub async fn matrix(State(app): State<App>, shown: Shown, Address(query): Address<Query>) -> Result<Page> {
    let edition = &*shown.edition;
    let filter = query.filter(edition)?;
    let matrix = matrix::matrix(edition, &filter);
    let mut kinds: Vec<&str> = Vec::new();
    for unit in edition
        .register
        .units()
        .iter()
        .filter(|unit| edition.names(unit) || filter.members)
    {
        if !kinds.contains(&unit.kind.as_str()) {
            kinds.push(&unit.kind);
        }
    }
    let has_other = matrix.rows.iter().any(|row| row.totals[2] + row.totals[3] > 0);
    let address = query.address();
    let page = MatrixPage {
        edition,
        notice: Notice::of(edition, &app),
        base: edition.base(),
        sentence: sentence(&matrix),
        filtered: !address.is_empty(),
        members: filter.members,
        roles: ROLES
            .into_iter()
            .map(|role| (role_name(role), role_label(role), filter.role == Some(role)))
            .collect(),
        kinds: kinds
            .into_iter()
            .map(|kind| (kind, filter.kind.as_deref() == Some(kind)))
            .collect(),
        programmes: edition
            .columns
            .iter()
            .map(|&at| {
                let code = edition.codes[at].as_str();
                (code, title(edition, at), filter.programme.as_deref() == Some(code))
            })
            .collect(),
        columns: columns(edition, &matrix),
        totals: totals(&matrix),
        rows: matrix.rows.iter().map(|row| shape(edition, &matrix, row)).collect(),
        has_other,
        tail: if has_other { 3 } else { 2 },
        query: address,
    };
    let data = format!("{}/matrix", data_of(edition));
    Ok(Page::new("分工表", &page)?.wide().with_data(data))
}

fn title(edition: &Edition, section: usize) -> String {
    let section = &edition.plan.sections[section];
    section.title.clone().unwrap_or_else(|| heading(section))
}

fn sentence(matrix: &Matrix<'_>) -> String {
    let leads = matrix.rows.iter().filter(|row| row.totals[0] > 0).count();
    format!(
        "{}个单位，{}列任务。其中{}个单位至少牵头一列。",
        matrix.rows.len(),
        matrix.columns.len(),
        leads
    )
}

/// How many units have each role in each column. Leading and taking part always stand; the others where they occur.
fn totals(matrix: &Matrix<'_>) -> Vec<(&'static str, Vec<usize>)> {
    ROLES
        .into_iter()
        .enumerate()
        .map(|(at, role)| {
            let counts: Vec<usize> = matrix.totals.iter().map(|totals| totals[at]).collect();
            (role, counts)
        })
        .filter(|(role, counts)| matches!(role, Role::Lead | Role::Participant) || counts.iter().any(|&n| n > 0))
        .map(|(role, counts)| (role_label(role), counts))
        .collect()
}

fn columns<'a>(edition: &'a Edition, matrix: &Matrix<'_>) -> Vec<Column<'a>> {
    matrix
        .columns
        .iter()
        .map(|&at| Column {
            code: &edition.codes[at],
            title: edition.plan.sections[at].title.as_deref().unwrap_or("正文"),
        })
        .collect()
}

fn shape<'a>(edition: &Edition, matrix: &Matrix<'_>, row: &MatrixRow<'a>) -> Row<'a> {
    let with_role = |role: Role| -> Vec<String> {
        matrix
            .columns
            .iter()
            .zip(&row.cells)
            .filter(|(_, cell)| cell.roles().any(|one| one == role))
            .map(|(&at, _)| title(edition, at))
            .collect()
    };
    Row {
        name: &row.unit.name,
        code: &row.unit.code,
        cells: row.cells.iter().map(|cell| cell_shape(*cell)).collect(),
        lead: row.totals[0],
        participant: row.totals[1],
        other: row.totals[2] + row.totals[3],
        summary: ROLES
            .into_iter()
            .map(|role| (role_label(role), with_role(role).join("、")))
            .filter(|(_, list)| !list.is_empty())
            .collect(),
    }
}

fn cell_shape(cell: Cell) -> Shape {
    let marks: String = cell.roles().map(role_mark).collect();
    let words: Vec<&str> = cell.roles().map(role_label).collect();
    let words = words.join("并");
    Shape {
        lead: cell.roles().next() == Some(Role::Lead),
        double: cell.is_double(),
        marks: if cell.is_shared() { format!("({marks})") } else { marks },
        words: if cell.is_shared() {
            format!("随集体{words}")
        } else {
            words
        },
    }
}
