//! The scenarios that are shipped: sound, turning out as expected, and with the same answer as yesterday.

use crate::conformance;
use casus::builtin::RULEBOOK;
use casus::case::Case;
use casus::change::page;
use casus::change::told::Told;
use casus::engine::{Engine, Options};
use casus::expect::verify;
use casus::model::fact::Scenario;
use casus::project::Project;
use casus::report::json;
use casus::report::text::Asked;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Every file below a folder of this repository that ends so, in order.
pub(crate) fn below(folder: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, into);
            } else if path.extension().is_some_and(|found| found == ending) {
                into.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
        ending,
        &mut found,
    );
    found.sort();
    found
}

/// The scenarios that are read against the rulebook.
pub(crate) fn files() -> Vec<PathBuf> {
    let mut files = below("scenarios", "yaml");
    files.retain(|path| !path.starts_with(conformance::folder()));
    files
}

pub(crate) fn rulebook() -> Project {
    Project::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")]).unwrap()
}

/// `scenarios/seed/kursk-2024-12-10.yaml`
pub(crate) fn short(path: &Path) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    path.strip_prefix(root)
        .unwrap()
        .to_str()
        .unwrap()
        .replace('\\', "/")
}

/// Scenarios with what was read in each.
type Cases = Vec<(PathBuf, Case)>;

/// Reads scenarios and tells what is wrong with them.
pub(crate) fn read_all(files: Vec<PathBuf>, project: &mut Project) -> (Cases, String) {
    let mut wrong = String::new();
    let mut cases = Vec::new();
    for path in files {
        let case = Case::load(&path, project).unwrap();
        for found in &case.diagnostics {
            let line = found
                .span()
                .map_or(0, |span| project.sources.position(span).line);
            let _ = writeln!(
                wrong,
                "{}:{line}: {} {}",
                short(&path),
                found.code,
                found.message
            );
        }
        cases.push((path, case));
    }
    (cases, wrong)
}

#[test]
fn all_turn_out_as_expected() {
    turn_out_as_expected(files(), &mut rulebook());
}

#[track_caller]
pub(crate) fn turn_out_as_expected(files: Vec<PathBuf>, project: &mut Project) {
    let (cases, mut wrong) = read_all(files, project);
    let shared = Engine::new(&project.rulebook);
    for (path, case) in &cases {
        let Some(scenario) = &case.scenario else {
            continue;
        };
        if scenario.expectations.is_empty() {
            let _ = writeln!(wrong, "{}: nothing is expected", short(path));
        }
        let own = case.own_rulebook.as_ref().map(Engine::new);
        wrong += &not_met(own.as_ref().unwrap_or(&shared), scenario, path, project);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The expectations that are not met, with what was found instead.
fn not_met(engine: &Engine<'_>, scenario: &Scenario, path: &Path, project: &Project) -> String {
    let mut wrong = String::new();
    for unmet in verify(engine, scenario, &Options::default()) {
        let line = project.sources.position(unmet.span).line;
        let _ = writeln!(wrong, "{}:{line}: {}", short(path), unmet.expected);
        for found in unmet.found {
            let _ = writeln!(wrong, "    but {found}");
        }
    }
    wrong
}

#[test]
fn all_give_the_same_answer_as_yesterday() {
    let mut project = rulebook();
    let (cases, _) = read_all(files(), &mut project);
    let shared = Engine::new(&project.rulebook);
    insta::glob!("../../scenarios", "**/*.yaml", |path| {
        if !path
            .canonicalize()
            .unwrap()
            .starts_with(conformance::folder())
        {
            gives_the_same_answer(path, &cases, &shared);
        }
    });
}

/// Compares an answer with the snapshot beside its scenario.
#[track_caller]
pub(crate) fn gives_the_same_answer(path: &Path, cases: &Cases, shared: &Engine<'_>) {
    let path = path.canonicalize().unwrap();
    let case = cases
        .iter()
        .find(|(known, _)| known.canonicalize().unwrap() == path);
    let Some((
        _,
        Case {
            scenario: Some(scenario),
            own_rulebook,
            ..
        },
    )) = case
    else {
        panic!("{} has mistakes", path.display());
    };
    let own = own_rulebook.as_ref().map(Engine::new);
    let mut outcome = own
        .as_ref()
        .unwrap_or(shared)
        .evaluate(scenario, &Options::default());
    let told = page::text(&Told::of(&mut outcome));
    let name = path.file_stem().unwrap().to_str().unwrap();
    insta::with_settings!({ snapshot_path => path.parent().unwrap(), prepend_module_to_snapshot => false, snapshot_suffix => "", omit_expression => true }, {
        insta::assert_snapshot!(name, told);
    });
}

#[test]
fn what_a_scenario_does_not_ask_for_can_stay_unread() {
    let texts: Vec<(String, String)> = RULEBOOK
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let mut whole = Project::of_texts(texts.clone());
    let (cases, _) = read_all(files(), &mut whole);
    let shared = Engine::new(&whole.rulebook);
    let mut differing = String::new();
    for (path, case) in &cases {
        let Some(scenario) = &case.scenario else {
            continue;
        };
        if scenario.treaties.is_none() || case.own_rulebook.is_some() {
            continue;
        }
        let mut part = Project::for_one(texts.clone(), &std::fs::read_to_string(path).unwrap());
        let read = Case::load(path, &mut part).unwrap();
        for found in part.diagnostics.iter().chain(&read.diagnostics) {
            let _ = writeln!(
                differing,
                "{}: {} {}",
                short(path),
                found.code,
                found.message
            );
        }
        let alone = Engine::new(&part.rulebook);
        let answer = |engine: &Engine<'_>, scenario: &Scenario, project: &Project| {
            let mut outcome = engine.evaluate(scenario, &Options::default());
            json::print(
                vec![json::outcome(
                    &mut outcome,
                    &Asked::default(),
                    &project.sources,
                    &[],
                )],
                false,
            )
        };
        let Some(scenario_alone) = &read.scenario else {
            continue;
        };
        if answer(&alone, scenario_alone, &part) != answer(&shared, scenario, &whole) {
            let _ = writeln!(differing, "{}: another answer", short(path));
        }
        differing += &not_met(&alone, scenario_alone, path, &part);
    }
    assert!(differing.is_empty(), "\n{differing}");
}

#[test]
fn every_snapshot_has_its_scenario() {
    for snapshot in below("scenarios", "snap") {
        let scenario = snapshot.with_extension("yaml");
        assert!(scenario.exists(), "{} is left over", short(&snapshot));
    }
}
