//! The plan compiler: an official plan's text to data, with source spans and diagnostics.
//!
//! ```
//! let text = "通州区示范方案（2021-2025年）\n一、重点任务\n（一）青少年科学素质行动\n——办好科技节。每年举办一次。\n\
//!             （分工：由区教委牵头，区科协等单位共同参与。）\n";
//! let compiled = kepu_plan::compile(text.as_bytes())?;
//! let section = &compiled.plan.sections[1];
//! assert_eq!(section.duties[0].lead, ["区教委"]);
//! assert_eq!(section.measures[0].title.as_deref(), Some("办好科技节"));
//! # Ok::<(), kepu_plan::NoPlan>(())
//! ```
//!
//! The way through the crate: [`source`] decodes the file; `text` makes canonical paragraphs of its lines; `header`
//! reads the head of the document; `tables` and `outline` find what stands under what; `duties` read who answers for
//! it; `figures` read numbers and times; `build` puts the plan together; `check` says what looks wrong.
//! Nothing here reads a file, a clock or a random number.

mod build;
mod check;
pub mod codes;
mod duties;
mod figures;
mod header;
pub mod model;
mod outline;
pub mod report;
pub mod source;
mod tables;
mod text;

use serde::Serialize;

pub use duties::units;
use model::Plan;
pub use source::{Format, NoPlan, Source};

/// A plan and the text that its spans point into.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compiled {
    /// The decoded text.
    pub source: Source,
    /// What was understood.
    pub plan: Plan,
}

/// Compiles a file as people have it: text (UTF-8, UTF-16, GB 18030), `.docx` or saved HTML.
///
/// Cost is linear in the length of the file.
///
/// # Errors
/// [`NoPlan`] when the file is no text or nothing in it looks like a plan. Odd places are no errors; they are in
/// [`Plan::diagnostics`].
pub fn compile(bytes: &[u8]) -> Result<Compiled, NoPlan> {
    let source = Source::decode(bytes)?;
    let plan = compile_source(&source)?;
    Ok(Compiled { source, plan })
}

/// Compiles text that is at hand already.
///
/// # Errors
/// As [`compile`].
pub fn compile_text(text: &str) -> Result<Compiled, NoPlan> {
    let source = Source::from_text(text);
    let plan = compile_source(&source)?;
    Ok(Compiled { source, plan })
}

fn compile_source(source: &Source) -> Result<Plan, NoPlan> {
    let layout = text::paragraphs::paragraphs(source);
    if layout.paras.is_empty() {
        return Err(NoPlan::Empty);
    }
    let paras = &layout.paras;
    let header = header::read(paras);
    let mut claimed = vec![false; paras.len()];
    let tables = tables::find_all(paras, &mut claimed);
    let rules = duties::rules::Rules::read(paras);
    let nodes = outline::outline(paras, header.body, &header.aside, &claimed);
    let clauses: Vec<_> = paras
        .iter()
        .enumerate()
        .map(|(index, para)| {
            if index < header.body || claimed[index] || header.aside.contains(&index) {
                Vec::new()
            } else {
                duties::clause::find_all(source, para, index, &rules)
            }
        })
        .collect();
    let mut plan = Plan {
        title: header.title.clone(),
        title_in_notice: header.title_in_notice.clone(),
        issuer: header.issuer.clone(),
        doc_no: header.doc_no.clone(),
        date: header.date.clone(),
        period: header.period,
        addressees: header.addressees.clone(),
        copies: header.copies.clone(),
        lead_rule: rules.text,
        ..Plan::default()
    };
    build::Document {
        source,
        paras,
        header: &header,
        nodes: &nodes,
        clauses: &clauses,
        tables: &tables,
        guessed_lines: layout.collapsed || layout.wrapped.is_some(),
    }
    .build(&mut plan);
    let headed = plan
        .sections
        .iter()
        .any(|section| section.number.is_some() || section.title.is_some());
    let measured = plan.sections.iter().any(|section| !section.measures.is_empty());
    if !headed && !measured {
        return Err(NoPlan::NotAPlan(
            "没有找到编号的章节（一、（一）1.），也没有带分工的举措",
        ));
    }
    if !measured && plan.title.is_none() && plan.sections.len() < 3 {
        return Err(NoPlan::NotAPlan("有编号的段落，但没有标题、举措和分工，不像一份方案"));
    }
    plan.units = duties::parties::gather(&plan);
    plan.diagnostics = check::check(&check::Context {
        source,
        layout: &layout,
        header: &header,
        nodes: &nodes,
        clauses: &clauses,
        plan: &plan,
    });
    Ok(plan)
}

/// The JSON Schema (2020-12) of [`Plan`], which is what `kepu plan compile --format json` prints.
///
/// # Panics
/// Never: the schema is plain data.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Plan);
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
    text.push('\n');
    text
}
