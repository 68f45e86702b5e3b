//! The plan as JSON. These types are the promise to programs; they are built from the domain's values.

use axum::Json;
use axum::extract::{Query as Address, State};
use axum::response::{IntoResponse, Response};
use kepu_plan::model::{Deadline, Diagnostic, KeyGroup, Role, SectionKind, Target};
use serde::Serialize;

use super::edition::{Assigned, Edition, Head, Item};
use super::matrix;
use super::pages::{self, MatrixQuery, SearchQuery};
use super::search;
use super::shown::Shown;
use super::store::{self, PlanRow};
use crate::shell::{App, Result};

/// An edition of a plan.
#[derive(Serialize)]
pub struct EditionOut {
    id: String,
    number: i64,
    level: &'static str,
    in_force: bool,
    restated: bool,
    note: String,
}

impl From<&Head> for EditionOut {
    fn from(head: &Head) -> Self {
        Self {
            id: head.id.clone(),
            number: head.number,
            level: head.level.as_str(),
            in_force: head.in_force,
            restated: head.restated,
            note: head.note.clone(),
        }
    }
}

/// A plan with its editions.
#[derive(Serialize)]
pub struct PlanOut {
    id: String,
    level: &'static str,
    title: String,
    doc_no: Option<String>,
    issuer: Option<String>,
    period: Option<[i64; 2]>,
    editions: Vec<EditionOut>,
}

/// All plans.
pub async fn plans(State(app): State<App>) -> Result<Json<Vec<PlanOut>>> {
    let (plans, editions) = app
        .read(|read| Ok((store::list_plans(read)?, store::list_editions(read)?)))
        .await?;
    let out = |plan: PlanRow| PlanOut {
        editions: editions
            .iter()
            .filter(|head| head.plan == plan.id)
            .map(EditionOut::from)
            .collect(),
        id: plan.id,
        level: plan.level.as_str(),
        title: plan.title,
        doc_no: plan.doc_no,
        issuer: plan.issuer,
        period: plan.years,
    };
    Ok(Json(plans.into_iter().map(out).collect()))
}

/// A plan's text as data.
#[derive(Serialize)]
pub struct TextOut<'a> {
    edition: EditionOut,
    title: &'a str,
    issuer: Option<&'a str>,
    doc_no: Option<&'a str>,
    date: Option<&'a str>,
    period: Option<[i32; 2]>,
    sections: Vec<SectionOut<'a>>,
    targets: &'a [Target],
    deadlines: &'a [Deadline],
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct SectionOut<'a> {
    code: &'a str,
    path: &'a [String],
    title: Option<&'a str>,
    kind: SectionKind,
    key_group: Option<KeyGroup>,
    line: usize,
    duties: Vec<DutyOut<'a>>,
    measures: Vec<MeasureOut<'a>>,
}

/// A measure.
#[derive(Serialize)]
pub struct MeasureOut<'a> {
    id: &'a str,
    code: &'a str,
    title: &'a str,
    text: &'a str,
    line: usize,
    running_text: bool,
    duties: Vec<DutyOut<'a>>,
}

/// A unit's part.
#[derive(Serialize)]
pub struct DutyOut<'a> {
    role: Role,
    unit: &'a str,
    name: &'a str,
    written: &'a str,
    line: usize,
}

fn duty<'a>(edition: &'a Edition, assigned: &'a Assigned) -> Option<DutyOut<'a>> {
    let unit = edition.unit(assigned)?;
    Some(DutyOut {
        role: assigned.role,
        unit: &unit.code,
        name: &unit.name,
        written: &assigned.written,
        line: assigned.line,
    })
}

fn measure_out<'a>(edition: &'a Edition, item: &'a Item) -> MeasureOut<'a> {
    MeasureOut {
        id: &item.id,
        code: &item.code,
        title: &item.title,
        text: edition.text(item),
        line: item.line,
        running_text: Edition::is_inline(item),
        duties: edition
            .duties_of(item)
            .into_iter()
            .filter_map(|one| duty(edition, one))
            .collect(),
    }
}

/// The whole plan.
pub async fn plan(shown: Shown) -> Response {
    let edition = &*shown.edition;
    let sections = edition
        .plan
        .sections
        .iter()
        .enumerate()
        .map(|(at, section)| SectionOut {
            code: &edition.codes[at],
            path: &section.path,
            title: section.title.as_deref(),
            kind: section.kind,
            key_group: section.key_group,
            line: section.line,
            duties: edition
                .duties_of_section(at)
                .into_iter()
                .filter_map(|one| duty(edition, one))
                .collect(),
            measures: edition.items_of(at).map(|item| measure_out(edition, item)).collect(),
        });
    let out = TextOut {
        edition: EditionOut::from(&edition.head),
        title: edition.title(),
        issuer: edition.plan.issuer.as_deref(),
        doc_no: edition.plan.doc_no.as_deref(),
        date: edition.plan.date.as_deref(),
        period: edition.plan.period,
        sections: sections.collect(),
        targets: &edition.plan.targets,
        deadlines: &edition.plan.deadlines,
        diagnostics: &edition.plan.diagnostics,
    };
    Json(out).into_response()
}

/// One measure.
pub async fn measure(shown: Shown) -> Result<Response> {
    Ok(Json(measure_out(&shown.edition, shown.item()?)).into_response())
}

/// The matrix.
#[derive(Serialize)]
pub struct MatrixOut {
    columns: Vec<ColumnOut>,
    rows: Vec<RowOut>,
}

#[derive(Serialize)]
struct ColumnOut {
    code: String,
    title: String,
    lead: usize,
    participant: usize,
    responsible: usize,
    guide: usize,
}

#[derive(Serialize)]
struct RowOut {
    unit: String,
    name: String,
    kind: String,
    collective: bool,
    lead: usize,
    participant: usize,
    responsible: usize,
    guide: usize,
    cells: Vec<CellOut>,
}

#[derive(Serialize)]
struct CellOut {
    column: String,
    roles: Vec<Role>,
    through_collective: bool,
}

/// The matrix, with the same filters as the page.
pub async fn matrix(shown: Shown, Address(query): Address<MatrixQuery>) -> Result<Json<MatrixOut>> {
    let edition = &*shown.edition;
    let matrix = matrix::matrix(edition, &query.filter(edition)?);
    let columns = matrix
        .columns
        .iter()
        .zip(&matrix.totals)
        .map(|(&at, totals)| ColumnOut {
            code: edition.codes[at].clone(),
            title: edition.plan.sections[at].title.clone().unwrap_or_default(),
            lead: totals[0],
            participant: totals[1],
            responsible: totals[2],
            guide: totals[3],
        });
    let rows = matrix.rows.iter().map(|row| RowOut {
        unit: row.unit.code.clone(),
        name: row.unit.name.clone(),
        kind: row.unit.kind.clone(),
        collective: row.unit.collective,
        lead: row.totals[0],
        participant: row.totals[1],
        responsible: row.totals[2],
        guide: row.totals[3],
        cells: matrix
            .columns
            .iter()
            .zip(&row.cells)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(&at, cell)| CellOut {
                column: edition.codes[at].clone(),
                roles: cell.roles().collect(),
                through_collective: cell.is_shared(),
            })
            .collect(),
    });
    Ok(Json(MatrixOut {
        columns: columns.collect(),
        rows: rows.collect(),
    }))
}

/// The targets.
pub async fn targets(shown: Shown) -> Json<Vec<Target>> {
    Json(shown.edition.plan.targets.clone())
}

/// A place that search found.
#[derive(Serialize)]
pub struct HitOut {
    code: String,
    measure: bool,
    title: String,
    section: String,
    line: usize,
    excerpt: String,
}

/// Search in the plan.
pub async fn search(shown: Shown, Address(query): Address<SearchQuery>) -> Json<Vec<HitOut>> {
    let hits = search::search(&shown.edition, query.q.trim());
    let out = hits.into_iter().map(|hit| HitOut {
        code: hit.code,
        measure: hit.is_item,
        title: hit.title,
        section: hit.section,
        line: hit.line,
        excerpt: hit.pieces.into_iter().map(|piece| piece.text).collect(),
    });
    Json(out.collect())
}

/// What a unit owes.
#[derive(Serialize)]
pub struct OwedOut {
    code: String,
    name: String,
    kind: String,
    collective: bool,
    checked: bool,
    owes: Vec<PartOut>,
    members: Vec<String>,
}

#[derive(Serialize)]
struct PartOut {
    role: Role,
    section: String,
    title: String,
    through: Option<String>,
    line: usize,
    measures: Vec<String>,
}

/// A unit and what it owes.
pub async fn unit(shown: Shown) -> Result<Json<OwedOut>> {
    let edition = &*shown.edition;
    let unit = shown.unit()?;
    let owes = pages::owed(edition, unit).into_iter().flat_map(|group| {
        let role = group.role;
        group.entries.into_iter().map(move |entry| PartOut {
            role,
            section: entry.code.to_owned(),
            title: entry.title.clone(),
            through: entry.via.map(|unit| unit.name.clone()),
            line: entry.duty.line,
            measures: entry.items.iter().map(|item| item.code.clone()).collect(),
        })
    });
    Ok(Json(OwedOut {
        owes: owes.collect(),
        members: edition.members(unit).iter().map(|member| member.code.clone()).collect(),
        code: unit.code.clone(),
        name: unit.name.clone(),
        kind: unit.kind.clone(),
        collective: unit.collective,
        checked: unit.checked,
    }))
}
