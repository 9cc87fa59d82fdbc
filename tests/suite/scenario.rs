//! Scenario files: places, and one fixture for each mistake.

use casus::case::Case;
use casus::diagnostic::Diagnostic;
use casus::diagnostic::codes::{scenario, yaml};
use casus::project::Project;
use casus::scenario::read;
use casus::source::Sources;
use std::fmt::Write as _;
use std::path::Path;

/// Diagnostics as `line:column code message`, with the text pointed at and the help.
fn listed(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = diagnostic
            .span()
            .map(|span| (sources.position(span), sources.text(span)));
        let (position, text) = place.unwrap();
        let (line, column) = (position.line, position.column);
        let _ = writeln!(
            out,
            "{line}:{column} {} {}",
            diagnostic.code, diagnostic.message
        );
        let _ = writeln!(out, "    at {text:?}");
        for label in &diagnostic.labels[1..] {
            let at = sources.position(label.span);
            let _ = writeln!(out, "    {}:{} {}", at.line, at.column, label.text);
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

#[test]
fn mistakes_of_form_are_reported_with_place_and_help() {
    insta::glob!("../diagnostics/scenario", "form/*.yaml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut sources = Sources::default();
        let source = sources.add("scenario.yaml", text.clone());
        let (document, diagnostics) = read(source, &text);
        assert!(document.is_none(), "{} is sound", path.display());
        snapshot(path, &text, &listed(&sources, &diagnostics));
    });
}

#[test]
fn mistakes_of_meaning_are_reported_with_place_and_help() {
    let rulebook = include_str!("../diagnostics/scenario/rulebook.treaty");
    insta::glob!("../diagnostics/scenario", "meaning/*.yaml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut project = Project::of_texts([("rulebook.treaty", rulebook)]);
        assert_eq!(listed(&project.sources, &project.diagnostics), "");
        let case = Case::of_text("scenario.yaml", text.clone(), &mut project);
        snapshot(path, &text, &listed(&project.sources, &case.diagnostics));
    });
}

/// One snapshot beside the fixture, which it repeats, so that it can be judged alone.
fn snapshot(path: &Path, text: &str, found: &str) {
    let name = path.file_stem().unwrap().to_str().unwrap();
    let shown = format!("{text}\n{}\n{found}", "-".repeat(60));
    insta::with_settings!({ snapshot_path => path.parent().unwrap(), prepend_module_to_snapshot => false, snapshot_suffix => "", omit_expression => true }, {
        insta::assert_snapshot!(name, shown);
    });
}

#[test]
fn every_code_has_a_fixture() {
    let mut shown = String::new();
    for folder in ["form", "meaning"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/diagnostics/scenario")
            .join(folder);
        for file in std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if file
                .extension()
                .is_some_and(|extension| extension == "snap")
            {
                shown += &std::fs::read_to_string(file).unwrap();
            }
        }
    }
    for (code, about) in yaml::CATALOGUE.iter().chain(scenario::CATALOGUE) {
        assert!(
            shown.contains(&format!(" {code} ")),
            "no fixture for {code}: {about}"
        );
    }
}

#[test]
fn every_text_has_its_bytes() {
    let text = "scenario: \"Größe: '№ 1'\"\r\nevents:\r\n  - what: a attacks b\r\n    on: 1914 # année\r\n    source: 'it''s' \r\n  - what: >\n      a attacks\n      b\n    on: 0930-01-01\n";
    let mut sources = Sources::default();
    let source = sources.add("scenario.yaml", text);
    let (document, diagnostics) = read(source, text);
    assert_eq!(listed(&sources, &diagnostics), "");
    let document = document.unwrap();
    let first = &document.events[0];
    assert_eq!(sources.text(document.title.span), "Größe: '№ 1'");
    assert_eq!(sources.text(first.what.span), "a attacks b");
    let on = first.on.as_ref().unwrap();
    assert_eq!((on.text.as_str(), sources.text(on.span)), ("1914", "1914"));
    assert!(!first.source.as_ref().unwrap().verbatim);
}

#[test]
fn blocks_have_the_bytes_of_their_bodies() {
    for header in ["|", ">", "|-", ">+", "| # a remark"] {
        for end in ["\n", "\r\n"] {
            let lines = [
                "scenario: x",
                "events:",
                &format!("  - what: {header}"),
                "      a attacks",
                "",
                "      b",
                "    on: 1914",
                "",
            ];
            let text = lines.join(end);
            let mut sources = Sources::default();
            let source = sources.add("scenario.yaml", text.clone());
            let (document, diagnostics) = read(source, &text);
            assert_eq!(listed(&sources, &diagnostics), "", "{text}");
            let what = &document.unwrap().events[0].what;
            let words: Vec<&str> = sources.text(what.span).split_whitespace().collect();
            assert_eq!(words, ["a", "attacks", "b"], "{text}");
        }
    }
}

#[test]
fn clauses_of_a_scenario_have_their_places_in_the_file() {
    let text = "scenario: Own clauses\nnote: déjà vu\ntreaties: |\n  treaty pact\n    parties russia, dprk\n    in force from 2020-01-01\n    article 1\n      when a state A attacks a party P, each other party Q shal assist P.\nevents:\n  - what: ukraine attacks russia\n    from: 2024-08-06\n";
    let sound = text.replace("shal ", "shall ");
    let rulebook = include_str!("../diagnostics/scenario/rulebook.treaty");
    let mut project = Project::of_texts([("rulebook.treaty", rulebook)]);
    let wrong = Case::of_text("wrong.yaml", text.to_owned(), &mut project);
    let places: Vec<_> = wrong
        .diagnostics
        .iter()
        .filter_map(Diagnostic::span)
        .map(|span| project.sources.position(span).line)
        .collect();
    assert_eq!(
        places,
        [8],
        "{}",
        listed(&project.sources, &wrong.diagnostics)
    );
    let case = Case::of_text("sound.yaml", sound, &mut project);
    assert_eq!(listed(&project.sources, &case.diagnostics), "");
    assert!(case.rulebook(&project).entity("pact").is_some());
    assert!(project.rulebook.entity("pact").is_none());
    assert!(case.scenario.is_some());
}

#[test]
fn the_seed_scenarios_are_read() {
    insta::glob!("../../scenarios", "**/*.yaml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut sources = Sources::default();
        let source = sources.add(path.display().to_string(), text.clone());
        let (_, diagnostics) = read(source, &text);
        assert_eq!(listed(&sources, &diagnostics), "", "{}", path.display());
    });
}

proptest::proptest! {
    /// Whatever the text, reading ends without a panic, and every place lies in the text on whole characters.
    #[test]
    fn any_text_is_read_or_refused(cut in 0usize..400, junk in "[a-z:\\-\\[\\]{}&*!|>%@`'\"#?,é№\u{0}\u{feff} \n\r\t]{0,40}") {
        let sound = "scenario: \"Größe\"\nas-of: 2024-12-10\nevents:\n  - what: |\n      ukraine attacks russia\n    from: 2024-08-06\n    asserted-by: [russia, dprk]\nexpect:\n  - owed: dprk shall assist russia\n    on-account-of: {dprk: owed}\n";
        let at = (0..=cut.min(sound.len())).rev().find(|at| sound.is_char_boundary(*at)).unwrap();
        let text = format!("{}{junk}{}", &sound[..at], &sound[at..]);
        let mut project = Project::of_texts([("rulebook.treaty", include_str!("../diagnostics/scenario/rulebook.treaty"))]);
        let case = Case::of_text("scenario.yaml", text.clone(), &mut project);
        for label in case.diagnostics.iter().flat_map(|found| &found.labels) {
            let span = label.span;
            let whole = &project.sources.get(span.source).text;
            assert!(whole.get(span.start as usize..span.end as usize).is_some(), "{text:?} {span:?}");
        }
        for found in &case.diagnostics {
            let _ = casus::diagnostic::render::plain(found, &project.sources);
        }
    }
}
