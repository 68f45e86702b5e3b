//! The application keeps its own rules.

use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.sort();
    found
}

const FEATURES: [&str; 5] = [
    "people/regions",
    "people/units",
    "plan/document",
    "plan/life",
    "plan/trial",
];

fn feature_of(path: &str) -> Option<&'static str> {
    FEATURES.into_iter().find(|feature| path.starts_with(feature))
}

#[test]
fn features_meet_only_through_what_they_publish() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources() {
        let path = file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let own = feature_of(&path);
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let Some(import) = line.trim().strip_prefix("use crate::") else {
                continue;
            };
            let import = import.replace("::", "/");
            assert!(
                !path.starts_with("shell/") || import.starts_with("shell"),
                "the shell knows no feature: {path}:{}",
                number + 1
            );
            let Some(other) = feature_of(&import).filter(|other| Some(*other) != own) else {
                continue;
            };
            let rest = import[other.len()..].trim_start_matches('/');
            let inner = ["store/", "acts/", "pages/", "api/", "model/", "edition/"];
            assert!(
                !inner.iter().any(|part| rest.starts_with(part)),
                "{path}:{} reaches into {other}",
                number + 1
            );
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//!"), "{} has no module comment", file.display());
        assert!(text.lines().count() <= 400, "{} is too long", file.display());
        assert!(
            !text.lines().any(|line| line.ends_with(' ')),
            "{} has trailing blanks",
            file.display()
        );
    }
}
