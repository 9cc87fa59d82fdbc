//! The check: one fixture for each mistake, and what clauses are lowered to.

use casus::check::core_text;
use casus::diagnostic::Diagnostic;
use casus::diagnostic::codes;
use casus::project::Project;
use casus::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const WORDS: &str = include_str!("../diagnostics/check/common/words.treaty");

/// Diagnostics as `file:line:column code message`, with the text pointed at and the help.
fn listed(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(out, "{} {}", diagnostic.code, diagnostic.message);
        for label in &diagnostic.labels {
            let at = sources.position(label.span);
            let name = &sources.get(label.span.source).name;
            let text = sources.text(label.span);
            let text = text.lines().next().unwrap_or("");
            let _ = writeln!(
                out,
                "    {name}:{}:{} {text:?} {}",
                at.line, at.column, label.text
            );
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "    help: {help}");
        }
        if let Some(instead) = &diagnostic.suggestion {
            let _ = writeln!(out, "    instead: {instead}");
        }
    }
    out
}

fn catalogue() -> impl Iterator<Item = &'static str> {
    let all = codes::check::CATALOGUE.iter().chain(codes::lint::CATALOGUE);
    all.map(|(code, _)| *code)
}

/// The codes that a text provokes, and the text with its diagnostics.
fn provoke(text: &str) -> (BTreeSet<&'static str>, String) {
    let project = Project::of_texts([("words.treaty", WORDS), ("fixture.treaty", text)]);
    let codes = project.diagnostics.iter().map(|d| d.code).collect();
    let shown = listed(&project.sources, &project.diagnostics);
    (codes, format!("{text}\n{}\n{shown}", "-".repeat(60)))
}

#[test]
fn each_fixture_provokes_its_mistake_only() {
    insta::glob!("../diagnostics/check", "*.treaty", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let (codes, shown) = provoke(&text);
        let expected = BTreeSet::from([&name[..4]]);
        assert_eq!(codes, expected, "{}\n{shown}", path.display());
        insta::with_settings!({ snapshot_path => "../diagnostics/check", prepend_module_to_snapshot => false, snapshot_suffix => "", omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    });
}

#[test]
fn each_code_has_a_fixture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/check");
    let fixtures: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| name.ends_with(".treaty"))
        .map(|name| name[..4].to_owned())
        .collect();
    // Provoked by its own test: a file of 256 words would say nothing to a reader.
    let without = ["N043"];
    let codes = catalogue().filter(|code| !without.contains(code));
    assert_eq!(fixtures, codes.map(str::to_owned).collect());
}

#[test]
fn too_many_declarations_are_refused() {
    let words: String = (0..300)
        .map(|at| format!("possession word-{at}\n"))
        .collect();
    let (codes, _) = provoke(&words);
    assert_eq!(codes, BTreeSet::from(["N043"]));
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_in_order() {
    let text = "treaty pact\n  parties arcada, borlnd\n  in force from 1950-01-01\narticle 1\n  when a stat A atacks P, each party shall asist P.\n";
    let project = Project::of_texts([("words.treaty", WORDS), ("fixture.treaty", text)]);
    let codes: Vec<&str> = project.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["N001", "N001", "N004", "N002", "N002"]);
}

#[test]
fn clauses_become_norms() {
    insta::glob!("../lowering", "*.treaty", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let project = Project::of_texts([("words.treaty", WORDS), ("lowered.treaty", &text)]);
        assert_eq!(listed(&project.sources, &project.diagnostics), "");
        let mut shown = String::new();
        let mut last = None;
        for norm in &project.rulebook.norms {
            if last != Some(norm.span) {
                let _ = writeln!(shown, "\n{}", project.sources.text(norm.span));
                last = Some(norm.span);
            }
            let _ = writeln!(shown, "    {}", core_text(norm, &project.rulebook));
        }
        insta::with_settings!({ snapshot_path => "../lowering", prepend_module_to_snapshot => false, snapshot_suffix => "", omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    });
}
