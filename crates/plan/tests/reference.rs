//! Real plans and what a careful reader found in them, also after the damage that documents suffer on their way.
//!
//! The documents lie outside the repository (`../shared/plans`); without them these tests say that they skip.

mod damage;

use std::collections::BTreeSet;
use std::path::PathBuf;

use kepu_plan::model::{Plan, Role, TargetKind};
use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/plans");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: ../shared/plans is not there");
    None
}

/// The document without the line that names where it was found.
fn document(path: &std::path::Path) -> String {
    let text = std::fs::read_to_string(path).expect("a readable document");
    match text.strip_prefix("# source:") {
        Some(rest) => rest.split_once('\n').map_or(String::new(), |(_, body)| body.to_owned()),
        None => text,
    }
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().map_or(Vec::new(), |list| {
        list.iter()
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    })
}

/// Everything of the Tongzhou plan that the expected file names. `exact_lines`: the lines are those of the original.
fn assert_tongzhou(plan: &Plan, expected: &Value, exact_lines: bool, what: &str) {
    let text = |name: &str| expected[name].as_str().map(str::to_owned);
    assert_eq!(plan.title, text("title"), "{what}: title");
    assert_eq!(
        plan.title_in_notice,
        text("title_in_notice"),
        "{what}: title of the notice"
    );
    assert_eq!(plan.issuer, text("issuer"), "{what}: issuer");
    assert_eq!(plan.doc_no, text("doc_no"), "{what}: number");
    assert_eq!(plan.date, text("date"), "{what}: date");
    assert_eq!(plan.period, Some([2021, 2025]), "{what}: period");
    assert_eq!(plan.addressees, text("addressees_raw"), "{what}: addressees");
    let copies = text("copy_to_raw").map(|copies| copies.replace('\n', ""));
    assert_eq!(plan.copies, copies, "{what}: copies");

    let top: Vec<String> = plan
        .sections
        .iter()
        .filter(|section| section.path.len() == 1)
        .map(|section| {
            format!(
                "{}{}",
                section.number.as_deref().unwrap_or(""),
                section.title.as_deref().unwrap_or("")
            )
        })
        .collect();
    assert_eq!(top, strings(&expected["top_sections"]), "{what}: top sections");

    let targets = expected["targets"].as_array().expect("targets");
    assert_eq!(plan.targets.len(), targets.len(), "{what}: targets {:?}", plan.targets);
    for target in targets {
        let wanted = target["text"].as_str();
        let found = plan.targets.iter().find(|found| Some(found.text.as_str()) == wanted);
        let found = found.unwrap_or_else(|| panic!("{what}: no target {wanted:?} in {:?}", plan.targets));
        assert_eq!(found.metric.as_deref(), target["metric"].as_str(), "{what}");
        assert_eq!(found.scope.as_deref(), target["scope"].as_str(), "{what}");
        assert_eq!(found.value, target["value"].as_f64(), "{what}");
        assert_eq!(found.unit.as_deref(), target["unit"].as_str(), "{what}");
        assert_eq!(found.year.map(i64::from), target["year"].as_i64(), "{what}");
        assert_eq!(found.comparator.as_deref(), target["comparator"].as_str(), "{what}");
        assert_eq!(found.hedge.as_deref(), target["hedge"].as_str(), "{what}");
        let kind = if target["kind"] == "target" {
            TargetKind::Target
        } else {
            TargetKind::Baseline
        };
        assert_eq!(found.kind, kind, "{what}");
        if exact_lines {
            assert_eq!(Some(found.line as u64), target["line"].as_u64(), "{what}");
        }
    }

    let items: Vec<(String, String)> = plan
        .sections
        .iter()
        .flat_map(|section| {
            section
                .items
                .iter()
                .map(|item| (section.path.join(""), item.title.clone().unwrap_or_default()))
        })
        .collect();
    let not_measures: Vec<(String, String)> = expected["dash_bullets_that_are_not_measures"]
        .as_array()
        .expect("bullets")
        .iter()
        .map(|item| {
            (
                strings(&item["path"]).join(""),
                item["title"].as_str().unwrap_or("").to_owned(),
            )
        })
        .collect();
    assert_eq!(items, not_measures, "{what}: items that are not measures");

    let sections = expected["sections"].as_array().expect("sections");
    let mut clauses = 0;
    let mut measures = 0;
    for section in sections {
        let path = strings(&section["path"]);
        let here = format!("{what}: {}", path.join(""));
        let found = plan
            .sections
            .iter()
            .find(|found| found.path == path)
            .unwrap_or_else(|| panic!("{here}: no section"));
        assert_eq!(found.title.as_deref(), section["title"].as_str(), "{here}: title");
        assert_eq!(found.number.as_deref(), section["number"].as_str(), "{here}: number");
        assert_eq!(
            serde_json::to_value(found.kind).expect("a kind"),
            section["kind"],
            "{here}: kind"
        );
        if let Some(words) = section["intro_first_words"].as_str() {
            let intro = found.intro.as_deref().unwrap_or("");
            assert!(intro.starts_with(words), "{here}: intro {intro}");
        }
        let wanted = section["measures"].as_array().expect("measures");
        assert_eq!(found.measures.len(), wanted.len(), "{here}: number of measures");
        for (measure, wanted) in found.measures.iter().zip(wanted) {
            assert_eq!(measure.title.as_deref(), wanted["title"].as_str(), "{here}");
            assert_eq!(
                Some(measure.first_words.as_str()),
                wanted["first_words"].as_str(),
                "{here}"
            );
            let last = wanted["last_words"].as_str().expect("last words");
            assert!(
                measure.text.ends_with(last),
                "{here}: {} does not end with {last}",
                measure.text
            );
            if exact_lines {
                assert_eq!(Some(measure.line as u64), wanted["line"].as_u64(), "{here}");
            }
            measures += 1;
        }
        match section["responsibility"].as_object() {
            Some(clause) => {
                let duty = &found.duties[0];
                assert_eq!(found.duties.len(), 1, "{here}");
                assert_eq!(duty.lead, strings(&clause["lead"]), "{here}: lead");
                assert_eq!(
                    duty.participants,
                    strings(&clause["participants"]),
                    "{here}: participants"
                );
                assert_eq!(
                    Some(duty.open_ended),
                    clause["open_ended"].as_bool(),
                    "{here}: open ended"
                );
                assert_eq!(Some(duty.raw.as_str()), clause["raw"].as_str(), "{here}: raw");
                if exact_lines {
                    assert_eq!(Some(duty.line as u64), clause["line"].as_u64(), "{here}");
                }
                clauses += 1;
            }
            None => assert!(found.duties.is_empty(), "{here}: {:?}", found.duties),
        }
        let duties: Vec<(String, String)> = found
            .inline_duties
            .iter()
            .map(|duty| (duty.unit.clone(), duty.text.clone()))
            .collect();
        let wanted: Vec<(String, String)> = section["inline_duties"].as_array().map_or(Vec::new(), |list| {
            list.iter()
                .map(|duty| {
                    (
                        duty["unit"].as_str().unwrap_or("").to_owned(),
                        duty["text"].as_str().unwrap_or("").to_owned(),
                    )
                })
                .collect()
        });
        assert_eq!(duties, wanted, "{here}: duties in running text");
    }
    assert_eq!((clauses, measures), (11, 38), "{what}");
    let all: usize = plan.sections.iter().map(|section| section.measures.len()).sum();
    assert_eq!(all, 38, "{what}: measures elsewhere");

    for (unit, counts) in expected["unit_totals_in_clauses"].as_object().expect("totals") {
        let count = |role: Role| {
            plan.sections
                .iter()
                .flat_map(|section| &section.duties)
                .flat_map(|duty| duty.roles())
                .filter(|(of, name)| *of == role && name == unit)
                .count() as u64
        };
        assert_eq!(Some(count(Role::Lead)), counts["lead"].as_u64(), "{what}: {unit}");
        assert_eq!(
            Some(count(Role::Participant)),
            counts["participant"].as_u64(),
            "{what}: {unit}"
        );
    }
}

#[test]
fn the_tongzhou_plan_is_read_completely() {
    let Some(shared) = shared() else { return };
    let text = document(&shared.join("tongzhou-2021-2025.txt"));
    let expected: Value =
        serde_json::from_str(&document(&shared.join("tongzhou.expected.json"))).expect("expected results");
    let compiled = kepu_plan::compile(text.as_bytes()).expect("a plan");
    assert_tongzhou(&compiled.plan, &expected, true, "as published");

    // Each oddity that the reader noted and that a compiler can see has its diagnostic on its line.
    let seen: BTreeSet<(usize, &str)> = compiled
        .plan
        .diagnostics
        .iter()
        .map(|d| (d.line, d.code.as_str()))
        .collect();
    for (line, code) in [
        (60, "K101"),
        (66, "K101"),
        (71, "K104"),
        (64, "K105"),
        (69, "K105"),
        (51, "K106"),
        (113, "K106"),
        (57, "K107"),
        (89, "K111"),
        (107, "K111"),
    ] {
        assert!(seen.contains(&(line, code)), "{code} on line {line}: {seen:?}");
    }
}

#[test]
fn damage_does_not_change_what_the_tongzhou_plan_says() {
    let Some(shared) = shared() else { return };
    let text = document(&shared.join("tongzhou-2021-2025.txt"));
    let expected: Value =
        serde_json::from_str(&document(&shared.join("tongzhou.expected.json"))).expect("expected results");
    for (what, bytes) in damage::all(&text) {
        let compiled = kepu_plan::compile(&bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_tongzhou(&compiled.plan, &expected, false, &what);
    }
}

/// (measure, role, unit) of an expected file.
fn expected_triples(expected: &Value) -> BTreeSet<(String, String, String)> {
    let mut triples = BTreeSet::new();
    for section in expected["sections"].as_array().expect("sections") {
        for measure in section["measures"].as_array().expect("measures") {
            let name = measure["title"]
                .as_str()
                .or(measure["first_words"].as_str())
                .unwrap_or("")
                .to_owned();
            let several = measure["responsibilities"].as_array().cloned().unwrap_or_default();
            for (index, clause) in several.iter().chain([&measure["responsibility"]]).enumerate() {
                for (role, field) in [
                    ("lead", "lead"),
                    ("participant", "participants"),
                    ("responsible", "responsible"),
                    ("guide", "guides"),
                ] {
                    for unit in strings(&clause[field]) {
                        triples.insert((format!("{name} {index}"), role.to_owned(), unit));
                    }
                }
            }
        }
    }
    triples
}

fn found_triples(plan: &Plan) -> BTreeSet<(String, String, String)> {
    let mut triples = BTreeSet::new();
    for measure in plan.sections.iter().flat_map(|section| &section.measures) {
        let name = measure.title.clone().unwrap_or_else(|| measure.first_words.clone());
        for (index, duty) in measure.duties.iter().enumerate() {
            for (role, unit) in duty.roles() {
                let role = match role {
                    Role::Lead => "lead",
                    Role::Participant => "participant",
                    Role::Responsible => "responsible",
                    Role::Guide => "guide",
                };
                triples.insert((format!("{name} {index}"), role.to_owned(), unit.to_owned()));
            }
        }
    }
    triples
}

#[test]
fn other_plans_reach_an_f1_of_0_98() {
    let Some(shared) = shared() else { return };
    let mut read = 0;
    for entry in std::fs::read_dir(shared.join("open")).expect("the folder of open plans") {
        let path = entry.expect("an entry").path();
        let Some(name) = path
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_suffix(".expected.json"))
        else {
            continue;
        };
        let expected: Value = serde_json::from_str(&document(&path)).expect("expected results");
        let text = document(&path.with_file_name(format!("{name}.txt")));
        let wanted = expected_triples(&expected);
        let mut copies = vec![("as found".to_owned(), text.clone().into_bytes())];
        copies.extend(damage::all(&text));
        for (what, bytes) in copies {
            let plan = kepu_plan::compile(&bytes)
                .unwrap_or_else(|error| panic!("{name}, {what}: {error}"))
                .plan;
            let found = found_triples(&plan);
            let hits = wanted.intersection(&found).count() as f64;
            let f1 = 2.0 * hits / (wanted.len() + found.len()) as f64;
            let missed: Vec<_> = wanted.difference(&found).take(5).collect();
            let extra: Vec<_> = found.difference(&wanted).take(5).collect();
            assert!(
                f1 >= 0.98,
                "{name}, {what}: F1 {f1:.3}; missed {missed:?}; extra {extra:?}"
            );
            assert_eq!(plan.title.as_deref(), expected["title"].as_str(), "{name}, {what}");
            assert_eq!(plan.doc_no.as_deref(), expected["doc_no"].as_str(), "{name}, {what}");
            assert_eq!(plan.date.as_deref(), expected["date"].as_str(), "{name}, {what}");
            assert_eq!(plan.issuer.as_deref(), expected["issuer"].as_str(), "{name}, {what}");
        }
        read += 1;
    }
    assert!(read >= 3, "only {read} plans had expected results");
}

#[test]
fn documents_without_expected_results_keep_their_number_of_clauses() {
    let Some(shared) = shared() else { return };
    // Counted by eye: clauses in the text, units in all of them.
    for (name, measures, clauses) in [
        ("guobanfa2018-117-jili", 30, 30),
        ("guobanfa2018-126-chuangxin-jucuo-table", 22, 17),
        ("guobanfa2020-24-yingshang-one-line", 20, 20),
        ("guobanhan2018-71-wangzhan-jiyuehua", 11, 0),
        ("guofa2019-05-shuangsuiji", 7, 0),
    ] {
        let text = document(&shared.join(format!("open/{name}.txt")));
        let plan = kepu_plan::compile(text.as_bytes()).expect("a plan").plan;
        let found: Vec<_> = plan.sections.iter().flat_map(|section| &section.measures).collect();
        assert_eq!(found.len(), measures, "{name}");
        assert_eq!(
            found.iter().map(|measure| measure.duties.len()).sum::<usize>(),
            clauses,
            "{name}"
        );
    }
}
