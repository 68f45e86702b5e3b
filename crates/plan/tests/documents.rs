//! The documents of the repository that speak of the compiler say what it does.

use std::collections::BTreeSet;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_json_schema_is_that_of_the_types() {
    let path = "docs/plan.schema.json";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join(path), kepu_plan::schema()).expect("a written schema");
    }
    assert!(
        read(path) == kepu_plan::schema(),
        "{path} is out of date: UPDATE=1 cargo test -p kepu-plan --test documents"
    );
}

#[test]
fn every_diagnostic_is_documented_and_no_other() {
    let codes = |text: &str, open: &str| -> BTreeSet<String> {
        text.match_indices(open)
            .filter_map(|(at, _)| text.get(at + open.len()..at + open.len() + 4))
            .filter(|code| code.starts_with('K') && code[1..].bytes().all(|byte| byte.is_ascii_digit()))
            .map(str::to_owned)
            .collect()
    };
    let mut used = BTreeSet::new();
    for file in ["document.rs", "duties.rs", "wording.rs"] {
        used.extend(codes(&read(&format!("crates/plan/src/check/{file}")), "\""));
    }
    assert_eq!(used, codes(&read("docs/plan-diagnostics.md"), "| "));
}

#[test]
fn the_restated_plan_has_the_shape_of_the_official_one() {
    let plan = kepu_plan::compile_text(&read("plans/tongzhou-restated.txt"))
        .expect("a plan")
        .plan;
    let measures: Vec<usize> = plan
        .sections
        .iter()
        .map(|s| s.measures.len())
        .filter(|count| *count > 0)
        .collect();
    assert_eq!(measures, [6, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 3]);
    assert_eq!(plan.all_duties().count(), 11);
    assert_eq!(plan.sections.iter().map(|s| s.items.len()).sum::<usize>(), 7);
    assert_eq!(plan.period, Some([2021, 2025]));
    let values: Vec<_> = plan.targets.iter().map(|t| (t.value, t.year)).collect();
    assert_eq!(values, [(Some(16.3), Some(2020)), (Some(28.0), Some(2025))]);
    let inline: usize = plan.sections.iter().map(|s| s.inline_duties.len()).sum();
    assert_eq!(
        inline,
        9,
        "{:?}",
        plan.sections
            .iter()
            .flat_map(|s| &s.inline_duties)
            .map(|d| &d.unit)
            .collect::<Vec<_>>()
    );
}
