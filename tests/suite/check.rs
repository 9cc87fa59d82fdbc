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
    let words: Vec<String> = (0..300).map(|at| format!("possession word-{at}")).collect();
    let (codes, _) = provoke(&words.join("\n"));
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
fn a_mistake_of_spelling_has_no_echo() {
    let text = "state dorland \"Dorland\nverb aid, aids, aided takes objct\ntreaty pact\n  parties arcadia, dorland\n  in force from 1950-01-01\narticle 1\n  when a state A aids dorland, arcadia shal assist A.\narticle 2\n  arcadia shall assist nobody.\n";
    let (codes, shown) = provoke(text);
    let of_names: Vec<_> = codes.iter().filter(|code| !code.starts_with('S')).collect();
    assert_eq!(of_names, [&"N001"], "{shown}");
    assert!(shown.contains("nothing is called `nobody`"), "{shown}");
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

#[test]
fn sentences_without_variables() {
    let book = Project::of_texts([("words.treaty", WORDS)]).rulebook;
    let source = casus::source::SourceId(0);
    let query = |text: &str| {
        let modal = casus::syntax::parse_position(source, text).unwrap();
        casus::check::sentence::query(&modal, &book).map(|query| query.text)
    };
    let said = "arcadia shall assist borland against cedria";
    assert_eq!(query(said).unwrap(), said);
    let codes = |found: Result<String, Vec<Diagnostic>>| -> Vec<&str> {
        found.unwrap_err().iter().map(|found| found.code).collect()
    };
    assert_eq!(codes(query("arcada shall asist borland")), ["N001", "N002"]);
    let anyone = query("any state may assist cedria").unwrap();
    assert_eq!(anyone, "anyone may assist cedria");
    let atom = |text: &str| {
        let sentence = casus::syntax::parse_sentence(source, text).unwrap();
        casus::check::sentence::atom(&sentence, &book)
    };
    let stated = atom("arcadia has not attacked forces of borland in harbour").unwrap();
    assert!(stated.negated && stated.perfect && stated.atom.place.is_some());
    let object = stated.atom.arguments[1].unwrap();
    assert_eq!(book.name(object), "forces of borland");
    let refusal = atom("arcadia refuses to assist borland").unwrap();
    assert_eq!(
        book.refusal(book.predicate_names["assist"]),
        Some(refusal.atom.predicate)
    );
    assert_eq!(atom("A attacks borland").unwrap_err()[0].code, "N031");
}

/// Every warning is explained to readers, under the name that it has here.
#[test]
fn the_page_on_warnings_is_complete() {
    let page = include_str!("../../docs/warnings.md");
    let all = codes::lint::CATALOGUE.iter();
    let all = all.chain(codes::scenario::CATALOGUE);
    let mut count = 0;
    for (code, about) in all.filter(|(code, _)| code.starts_with('W')) {
        assert!(page.contains(&format!("\n| {code} | {about} | ")), "{code}");
        count += 1;
    }
    assert_eq!(page.matches("\n| W").count(), count);
}
