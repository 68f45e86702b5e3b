//! The page that reads a document, and the same for programs.

use std::sync::LazyLock;

use askama::Template;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Multipart, State};
use kepu_plan::model::{Plan, Role, Severity, TargetKind};
use tokio::sync::Semaphore;

use super::super::document::{Line, lines, role_label};
use crate::shell::{App, Error, Page, Result, day};

/// Reading is work for the processor: two at a time, so that pages are still served.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Documents longer than this are read whole but shown up to here.
const SHOWN: usize = 3000;

#[derive(Default, Template)]
#[template(path = "plan/trial/check.html")]
struct Check {
    problem: Option<String>,
    reading: Option<Reading>,
    pasted: String,
}

struct Reading {
    title: String,
    facts: Vec<(&'static str, String)>,
    counts: Vec<(&'static str, usize)>,
    targets: Vec<String>,
    sections: Vec<SectionShape>,
    units: Vec<String>,
    errors: usize,
    warnings: usize,
    notes: usize,
    lines: Vec<Line>,
    total_lines: usize,
}

struct SectionShape {
    heading: String,
    measures: usize,
    duties: Vec<(&'static str, String)>,
}

/// The empty form.
pub async fn form() -> Result<Page> {
    Page::new("试读文件", &Check::default())
}

/// Reads the document of the form and shows it with what was understood.
pub async fn check(State(app): State<App>, mut form: Multipart) -> Result<Page> {
    let mut file = Bytes::new();
    let mut pasted = String::new();
    while let Some(field) = form.next_field().await.map_err(|error| refused(&error))? {
        match field.name().unwrap_or_default().to_owned().as_str() {
            "file" => file = field.bytes().await.map_err(|error| refused(&error))?,
            "text" => pasted = field.text().await.map_err(|error| refused(&error))?,
            _ => {}
        }
    }
    let bytes = if file.is_empty() {
        Bytes::from(pasted.clone())
    } else {
        file
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return problem("请选一个文件，或者把正文粘贴到框里。", pasted);
    }
    let page = match read(bytes).await? {
        Ok((source, plan)) => Check {
            reading: Some(reading(&source, &plan, app.this_year())),
            ..Check::default()
        },
        Err(reason) => return problem(&reason, pasted),
    };
    Page::new("试读结果", &page)
}

/// The same for programs: the document as the body, the compiled plan as the answer.
pub async fn check_json(body: Bytes) -> Result<Json<Plan>> {
    match read(body).await? {
        Ok((_, plan)) => Ok(Json(plan)),
        Err(reason) => Err(Error::Invalid(reason)),
    }
}

fn problem(reason: &str, pasted: String) -> Result<Page> {
    let page = Check {
        problem: Some(reason.to_owned()),
        pasted,
        ..Check::default()
    };
    Page::new("有问题：试读文件", &page)
}

fn refused(error: &axum::extract::multipart::MultipartError) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Error::TooLarge
    } else {
        Error::Invalid("上传没有完成，请重新选一次文件。".to_owned())
    }
}

/// Compiles a document on a thread of its own.
async fn read(bytes: Bytes) -> Result<Result<(String, Plan), String>> {
    let _turn = TURNS.acquire().await.map_err(Error::fault)?;
    tokio::task::spawn_blocking(move || {
        kepu_plan::compile(&bytes)
            .map(|compiled| (compiled.source.text, compiled.plan))
            .map_err(|reason| reason.to_string())
    })
    .await
    .map_err(Error::fault)
}

fn reading(source: &str, plan: &Plan, this_year: i16) -> Reading {
    let severe = |severity| plan.diagnostics.iter().filter(|one| one.severity == severity).count();
    let facts = [
        ("印发", plan.issuer.clone()),
        ("文号", plan.doc_no.clone()),
        ("日期", plan.date.as_deref().map(|date| day(date, this_year))),
        ("期限", plan.period.map(|[from, to]| format!("{from}—{to}年"))),
    ];
    let measures = plan.sections.iter().map(|section| section.measures.len()).sum();
    let clauses = plan
        .sections
        .iter()
        .map(|section| {
            section.duties.len()
                + section
                    .measures
                    .iter()
                    .map(|measure| measure.duties.len())
                    .sum::<usize>()
        })
        .sum();
    Reading {
        title: plan.title.clone().unwrap_or_else(|| "没有读到标题".to_owned()),
        facts: facts
            .into_iter()
            .map(|(label, value)| (label, value.unwrap_or_else(|| "没有读到".to_owned())))
            .collect(),
        counts: vec![
            ("举措", measures),
            ("分工", clauses),
            (
                "正文里的职责",
                plan.sections.iter().map(|section| section.inline_duties.len()).sum(),
            ),
            ("单位", plan.units.len()),
            ("目标和起点", plan.targets.len()),
            ("时间要求", plan.deadlines.len()),
        ],
        targets: plan
            .targets
            .iter()
            .map(|target| match target.kind {
                TargetKind::Target => format!("目标：{}", target.text),
                TargetKind::Baseline => format!("起点：{}", target.text),
            })
            .collect(),
        sections: sections(plan),
        units: plan.units.iter().map(|party| party.name.clone()).collect(),
        errors: severe(Severity::Error),
        warnings: severe(Severity::Warning),
        notes: severe(Severity::Note),
        lines: lines(source.lines().take(SHOWN), &plan.diagnostics),
        total_lines: source.lines().count(),
    }
}

fn sections(plan: &Plan) -> Vec<SectionShape> {
    let shown = plan
        .sections
        .iter()
        .filter(|section| !section.measures.is_empty() || !section.duties.is_empty());
    shown
        .map(|section| {
            let measure_duties = section.measures.iter().flat_map(|measure| &measure.duties);
            let all: Vec<(Role, &str)> = section
                .duties
                .iter()
                .chain(measure_duties)
                .flat_map(|duty| duty.roles())
                .collect();
            let names = |role: Role| {
                let mut names: Vec<&str> = Vec::new();
                for (_, name) in all.iter().filter(|(one, _)| *one == role) {
                    if !names.contains(name) {
                        names.push(name);
                    }
                }
                names.join("、")
            };
            SectionShape {
                heading: format!(
                    "{}{}",
                    section.number.as_deref().unwrap_or_default(),
                    section.title.as_deref().unwrap_or("没有标题")
                ),
                measures: section.measures.len(),
                duties: [Role::Lead, Role::Participant, Role::Responsible, Role::Guide]
                    .into_iter()
                    .map(|role| (role_label(role), names(role)))
                    .filter(|(_, names)| !names.is_empty())
                    .collect(),
            }
        })
        .collect()
}
