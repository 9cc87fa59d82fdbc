//! The JSON outcome is what `docs/outcome-json.md` says: its keys, their order, nothing more and nothing less.

use crate::scenarios::{files, rulebook};
use casus::case::Case;
use casus::engine::{Engine, Options};
use casus::model::fact::Assume;
use casus::report::json;
use casus::report::text::Asked;
use serde_json::Value;
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../docs/outcome-json.md");

/// The keys of a table, in its order.
fn documented(heading: &str) -> Vec<&'static str> {
    let section = PAGE
        .split("\n## ")
        .find(|section| section.starts_with(heading));
    let section = section.unwrap_or_else(|| panic!("no section `{heading}`"));
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().unwrap()).collect()
}

#[track_caller]
fn keys_are(value: &Value, heading: &str, seen: &mut BTreeSet<String>) {
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys, documented(heading), "{heading}");
    seen.insert(heading.to_owned());
}

fn rows<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().unwrap().iter()
}

/// A word that stands in the row of a key.
#[track_caller]
fn is_documented_word(heading: &str, key: &str, word: &Value) {
    let section = PAGE
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .unwrap();
    let row = section
        .lines()
        .find(|line| line.starts_with(&format!("| `{key}`")))
        .unwrap();
    let word = word.as_str().unwrap();
    assert!(
        row.contains(&format!("`{word}`")),
        "`{key}` may be `{word}`, and the page does not say so"
    );
}

fn check(value: &Value, seen: &mut BTreeSet<String>) {
    keys_are(value, "The outcome", seen);
    is_documented_word("The outcome", "format", &value["format"]);
    for position in rows(value, "positions") {
        keys_are(position, "A position", seen);
        keys_are(&position["source"], "A source", seen);
        for key in ["modality", "verdict", "status"] {
            is_documented_word("A position", key, &position[key]);
        }
    }
    for (list, heading, sides) in [
        ("conflicts", "A conflict", ["one", "other"]),
        ("limits", "A limit", ["position", "limited_by"]),
    ] {
        for pair in rows(value, list) {
            keys_are(pair, heading, seen);
            for side in sides {
                keys_are(&pair[side], "A side", seen);
            }
        }
    }
    for treaty in rows(value, "not_in_force") {
        keys_are(treaty, "A treaty that is not in force", seen);
    }
}

#[test]
fn every_key_is_documented_in_its_order() {
    let mut project = rulebook();
    let mut seen = BTreeSet::new();
    let cases: Vec<Case> = files()
        .iter()
        .map(|file| Case::load(file, &mut project).unwrap())
        .collect();
    for case in &cases {
        let Some(scenario) = &case.scenario else {
            continue;
        };
        let engine = Engine::new(case.rulebook(&project));
        // Cascades are long; the one that is meant to be one will do.
        let cascade = scenario.title.contains("Korea").then_some(Assume::All);
        for assume in [Assume::None].into_iter().chain(cascade) {
            let options = Options {
                assume: assume.clone(),
                ..Options::default()
            };
            let asked = Asked {
                assume,
                ..Asked::default()
            };
            let value = json::outcome(
                &mut engine.evaluate(scenario, &options),
                &asked,
                &project.sources,
                &case.diagnostics,
            );
            check(&value, &mut seen);
        }
    }
    let headings = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(str::to_owned);
    assert_eq!(
        seen,
        headings.collect(),
        "tables that no scenario puts to use"
    );
}
