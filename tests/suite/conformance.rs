//! The conformance cases: puzzles of the literature and verdicts of other engines, each a tiny rulebook with its scenario.

use crate::scenarios::{below, gives_the_same_answer, read_all, turn_out_as_expected};
use casus::engine::Engine;
use casus::project::Project;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../../docs/conformance.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Their folder, which holds a small rulebook of words that all of them share.
pub(crate) fn folder() -> PathBuf {
    let folder = root().join("scenarios/conformance");
    folder.canonicalize().unwrap()
}

fn files() -> Vec<PathBuf> {
    below("scenarios/conformance", "yaml")
}

pub(crate) fn words() -> Project {
    let project = Project::load(&[folder().join("rules")]).unwrap();
    assert_eq!(project.diagnostics, []);
    project
}

#[test]
fn all_turn_out_as_the_literature_says() {
    turn_out_as_expected(files(), &mut words());
}

/// A row of the page: the labels of the cases, and the files that hold them.
fn rows() -> Vec<(Vec<String>, Vec<PathBuf>)> {
    let cells = |line: &str| {
        let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        (cells.len() == 6).then_some(cells)
    };
    let rows = PAGE.lines().filter_map(cells);
    let rows = rows.filter(|cells| cells[1].starts_with(|c| ('A'..='H').contains(&c)));
    rows.map(|cells| {
        let labels = cells[1].split(", ").map(str::to_owned).collect();
        let files = cells[3].split('`').skip(1).step_by(2);
        (labels, files.map(|file| root().join(file)).collect())
    })
    .collect()
}

/// `a10-a11-cottage.yaml` says by its name that it holds A10 and A11.
fn labels_of(file: &Path) -> Vec<String> {
    let name = file.file_stem().unwrap().to_str().unwrap();
    let labels = name.split('-').take_while(|part| {
        let digits = &part[1..];
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
    });
    labels
        .map(|part| {
            let number: u32 = part[1..].parse().unwrap();
            format!("{}{number}", part[..1].to_uppercase())
        })
        .collect()
}

#[test]
fn the_page_tells_of_every_case_and_its_file() {
    let rows = rows();
    assert!(rows.len() > 80, "{} rows are read", rows.len());
    let mut wrong = Vec::new();
    for file in rows.iter().flat_map(|(_, files)| files) {
        if !file.exists() {
            wrong.push(format!("{} does not exist", file.display()));
        }
    }
    for file in files() {
        let labels = labels_of(&file);
        let told: Vec<&String> = rows
            .iter()
            .filter(|(_, files)| files.contains(&file))
            .flat_map(|(labels, _)| labels)
            .collect();
        let missing = labels.iter().any(|label| !told.contains(&label));
        if labels.is_empty() || missing {
            wrong.push(format!(
                "{} holds {labels:?} but the page says {told:?}",
                file.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_case_is_told_of_twice() {
    let mut labels: Vec<String> = rows().into_iter().flat_map(|(labels, _)| labels).collect();
    let all = labels.len();
    labels.sort();
    labels.dedup();
    assert_eq!(labels.len(), all);
}

#[test]
fn all_give_the_same_answer_as_yesterday() {
    let mut project = words();
    let (cases, _) = read_all(files(), &mut project);
    let shared = Engine::new(&project.rulebook);
    insta::glob!("../../scenarios/conformance", "*/*.yaml", |path| {
        gives_the_same_answer(path, &cases, &shared);
    });
}
