//! Scenario files: places, and one fixture for each mistake.

use casus::diagnostic::Diagnostic;
use casus::scenario::read;
use casus::source::Sources;
use std::fmt::Write as _;

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
        let name = path.file_stem().unwrap().to_str().unwrap();
        let shown = format!(
            "{text}\n{}\n{}",
            "-".repeat(60),
            listed(&sources, &diagnostics)
        );
        insta::with_settings!({ snapshot_path => "../diagnostics/scenario/form", prepend_module_to_snapshot => false, snapshot_suffix => "", omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    });
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
fn the_seed_scenarios_are_read() {
    insta::glob!("../../scenarios", "**/*.yaml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let mut sources = Sources::default();
        let source = sources.add(path.display().to_string(), text.clone());
        let (_, diagnostics) = read(source, &text);
        assert_eq!(listed(&sources, &diagnostics), "", "{}", path.display());
    });
}
