//! The manual of the language: every form that it shows is one that the parser reads, and its grammar is closed.

use crate::scenarios::rulebook;
use casus::case::Case;
use casus::diagnostic::Diagnostic;
use casus::source::{SourceId, Sources};
use casus::syntax::{parse_condition, parse_file, parse_reference};
use std::collections::BTreeSet;

const MANUAL: &str = include_str!("../../docs/language.md");

/// What the manual writes for anything of its kind.
const STAND_INS: [(&str, &str); 6] = [
    ("CONDITION", "a state A attacks P"),
    ("SENTENCE", "a state A attacks P"),
    ("REF", "article 4"),
    ("ROLE", "guarantor"),
    ("T", "triple-alliance"),
    ("D", "1914-08-04"),
];

fn source() -> SourceId {
    Sources::default().add("manual", "")
}

/// The text behind a line that begins so, up to the next heading.
fn behind(start: &str) -> &'static str {
    let at = MANUAL.find(&format!("\n{start}"));
    let rest = &MANUAL[at.unwrap_or_else(|| panic!("no line begins with {start}")) + 1..];
    rest.split("\n## ").next().unwrap()
}

/// What stands between single backquotes.
fn code(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The forms in the first column of the first table behind a line.
fn forms(start: &str) -> Vec<String> {
    let rows = behind(start)
        .lines()
        .skip_while(|line| !line.starts_with("| ---"))
        .skip(1)
        .take_while(|line| line.starts_with('|'));
    rows.flat_map(|row| code(row.split(" | ").next().unwrap()))
        .flat_map(|form| variants(&form))
        .collect()
}

/// A form with stand-ins, without and with what it shows in square brackets.
fn variants(form: &str) -> Vec<String> {
    let without: String = form
        .split('[')
        .map(|part| part.split_once(']').map_or(part, |(_, rest)| rest))
        .collect();
    let with = form.replace(['[', ']'], "");
    let mut all = vec![filled(&without), filled(&with)];
    all.dedup();
    all
}

fn filled(form: &str) -> String {
    let word = |word: &str| {
        let stand_in = STAND_INS.iter().find(|(from, _)| *from == word);
        stand_in.map_or(word, |(_, to)| to).to_owned()
    };
    let words: Vec<String> = form.split_whitespace().map(word).collect();
    words.join(" ")
}

#[track_caller]
fn read(form: &str, diagnostics: &[Diagnostic]) {
    let messages: Vec<&str> = diagnostics
        .iter()
        .map(|found| found.message.as_str())
        .collect();
    assert!(messages.is_empty(), "`{form}` is not read: {messages:?}");
}

#[track_caller]
fn read_in_treaty(form: &str, treaty: &str) {
    read(form, &parse_file(source(), treaty).1);
}

#[test]
fn every_line_of_a_head_is_read() {
    let forms = forms("| in the head of a treaty");
    assert!(forms.len() > 30, "{}", forms.len());
    for form in forms {
        read_in_treaty(&form, &format!("treaty t\n{form}\n"));
    }
}

#[test]
fn every_qualifier_is_read() {
    let forms = forms("**Qualifiers,**");
    assert!(forms.len() > 15, "{}", forms.len());
    for form in forms {
        let clause =
            format!("when a state A attacks a party P, each other party Q shall assist P, {form}.");
        read_in_treaty(&form, &format!("treaty t article 1 {clause}"));
    }
}

#[test]
fn every_condition_is_read() {
    let forms = forms("## 5. Conditions");
    assert!(forms.len() > 20, "{}", forms.len());
    for form in forms {
        read(
            &form,
            &parse_condition(source(), &form).err().unwrap_or_default(),
        );
    }
}

#[test]
fn every_subject_noun_place_and_reference_is_read() {
    let paragraph = |start| code(behind(start).split("\n\n").next().unwrap());
    for subject in paragraph("**Subjects.**")
        .into_iter()
        .filter(|form| form.contains("part") && form.contains(' '))
    {
        read_in_treaty(
            &subject,
            &format!("treaty t article 1 {subject} shall mobilise."),
        );
    }
    for noun in paragraph("**Noun phrases.**")
        .into_iter()
        .filter(|form| form.contains(' '))
    {
        let condition = format!("{noun} attacks germany");
        read(
            &noun,
            &parse_condition(source(), &condition)
                .err()
                .unwrap_or_default(),
        );
    }
    for place in paragraph("**Places.**") {
        let condition = format!("A attacks P {place}");
        read(
            &place,
            &parse_condition(source(), &condition)
                .err()
                .unwrap_or_default(),
        );
    }
    for reference in paragraph("A **reference**") {
        read(
            &reference,
            &parse_reference(source(), &reference)
                .err()
                .unwrap_or_default(),
        );
    }
}

/// The scenario of section 6, whole.
#[test]
fn the_scenario_of_the_manual_is_sound() {
    let lines = behind("## 6. Scenarios").lines().skip(1);
    let lines = lines.skip_while(|line| line.is_empty());
    let lines = lines.take_while(|line| line.starts_with("    "));
    let text: String = lines.map(|line| format!("{}\n", &line[4..])).collect();
    assert!(text.contains("expect:"), "{text}");
    let case = Case::of_text("manual.yaml", text, &mut rulebook());
    read("the scenario of section 6", &case.diagnostics);
}

/// Every name that the grammar uses is defined in it, and every one that it defines is used.
#[test]
fn the_grammar_is_closed() {
    let grammar = behind("## 8. Grammar").split("```").nth(1).unwrap();
    let rules = grammar.trim_start_matches("ebnf").split(" ;\n");
    let (mut defined, mut used) = (BTreeSet::new(), BTreeSet::new());
    for rule in rules.filter_map(|rule| rule.split_once('=')) {
        defined.insert(rule.0.trim().to_owned());
        let outside_quotes = rule.1.split('"').step_by(2);
        let words = outside_quotes.flat_map(|part| part.split(|c: char| !c.is_ascii_lowercase()));
        // These two are told in words.
        let told = ["label", "plural"].contains(&rule.0.trim());
        used.extend(
            words
                .filter(|word| !told && !word.is_empty())
                .map(str::to_owned),
        );
    }
    let tokens = ["name", "text", "number", "fraction", "date"];
    let undefined: Vec<&String> = used
        .difference(&defined)
        .filter(|name| !tokens.contains(&name.as_str()))
        .collect();
    assert_eq!(undefined, Vec::<&String>::new(), "used and not defined");
    let unused: Vec<&String> = defined
        .difference(&used)
        .filter(|name| *name != "file")
        .collect();
    assert_eq!(unused, Vec::<&String>::new(), "defined and not used");
}
