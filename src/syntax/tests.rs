//! Tests of the parser: the examples of the language guide and the traps of the grammar.

use super::ast::*;
use super::*;
use crate::source::{SourceId, Sources};

fn condition(text: &str) -> Condition {
    parse_condition(SourceId(0), text).unwrap_or_else(|found| panic!("{text}: {found:?}"))
}

fn sentence(text: &str) -> Sentence {
    parse_sentence(SourceId(0), text).unwrap_or_else(|found| panic!("{text}: {found:?}"))
}

/// The tree of a file without mistakes.
fn file(text: &str) -> File {
    let mut sources = Sources::default();
    let source = sources.add("test.treaty", text);
    let (file, found) = parse_file(source, text);
    assert!(found.is_empty(), "{text}: {found:#?}");
    file
}

fn codes(text: &str) -> Vec<&'static str> {
    let (_, found) = parse_file(SourceId(0), text);
    found.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn or_joins_nouns_only_where_no_sentence_begins() {
    let Condition::Any(both) = condition("P has requested assistance or P is neutral") else {
        panic!("two sentences");
    };
    assert_eq!(both.len(), 2);
    let Condition::Any(both) = condition("A attacks P or Q attacks R") else {
        panic!("two sentences");
    };
    assert_eq!(both.len(), 2);
    let Condition::Sentence(one) = condition("russia or france attacks P or Q in europe or asia")
    else {
        panic!("one sentence");
    };
    assert!(matches!(one.subject, Noun::List { and: false, .. }));
    let Predicate::Verb { phrase, .. } = one.predicate else {
        panic!("a verb")
    };
    assert!(
        matches!(phrase.object, Some(Noun::List { and: false, ref nouns }) if nouns.len() == 2)
    );
    assert_eq!(phrase.place.map(|place| place.spots.len()), Some(2));
}

#[test]
fn and_binds_more_closely_than_or() {
    let Condition::Any(parts) = condition("A attacks P and B attacks P or C attacks P") else {
        panic!("or is outermost");
    };
    assert!(matches!(
        parts.as_slice(),
        [Condition::All(_), Condition::Sentence(_)]
    ));
    let grouped = condition("A attacks P and (B attacks P or C attacks P)");
    assert!(matches!(grouped, Condition::All(_)));
}

#[test]
fn exceptions_take_lists_before_the_verb() {
    let one =
        sentence("a state A other than russia or france attacks a party P of triple-alliance");
    let Noun::Class(class) = one.subject else {
        panic!("a class")
    };
    assert_eq!(class.other_than.len(), 2);
    let Predicate::Verb { phrase, .. } = one.predicate else {
        panic!("a verb")
    };
    let Some(Noun::Class(object)) = phrase.object else {
        panic!("a class")
    };
    assert_eq!(
        object.of.map(|name| name.text).as_deref(),
        Some("triple-alliance")
    );
}

#[test]
fn possessions_and_roles_share_of() {
    let one = sentence("A attacks forces of a party P");
    let Predicate::Verb { phrase, .. } = one.predicate else {
        panic!("a verb")
    };
    assert!(matches!(phrase.object, Some(Noun::Possession { .. })));
    let one = sentence("russia exchanges-instruments of russia-dprk-2024");
    let Predicate::Verb { phrase, .. } = one.predicate else {
        panic!("a verb")
    };
    assert!(phrase.object.is_none());
    assert_eq!(phrase.roles.len(), 1);
}

#[test]
fn every_literal_has_its_form() {
    use Condition as C;
    assert!(matches!(
        condition("R considers that A threatens P"),
        C::Considers { .. }
    ));
    assert!(matches!(
        condition("A breaches article 1 against P"),
        C::Breach { perfect: false, .. }
    ));
    assert!(matches!(
        condition("A has breached article 1"),
        C::Breach { perfect: true, .. }
    ));
    assert!(matches!(
        condition("P owes a duty under t article 3 towards X"),
        C::Owes { .. }
    ));
    assert!(matches!(
        condition("P shall assist X against A under t article 3"),
        C::Position(_)
    ));
    assert!(matches!(
        condition("at least 2/3 of the parties Q approve M"),
        C::Count {
            threshold: Threshold::Fraction(2, 3),
            ..
        }
    ));
    assert!(matches!(
        condition("at least 2 great-power A attack P"),
        C::Count {
            threshold: Threshold::Number(2),
            ..
        }
    ));
    assert!(matches!(
        condition("all parties ratify this treaty"),
        C::Count {
            comparison: Comparison::All,
            ..
        }
    ));
    for text in [
        "A attacks P with at least 100000 men",
        "A has attacked P within 90 days",
        "A is not a party of t and A is not P and t is in-force for P",
        "either A attacks P in territory administered by japan or Q refuses to assist P",
        "no party has power to assist P",
        "any one of the parties may assist P",
        "fewer than 3 parties Q have ratified this treaty",
        "all members Q other than A have approved M",
        "at least 2/3 of the parties Q other than A or P approve M",
    ] {
        condition(text);
    }
}

#[test]
fn positions_and_references_are_read_whole() {
    let text = "dprk shall assist russia against ukraine under russia-dprk-2024 article 4";
    let modal = parse_position(SourceId(0), text).expect("a position");
    assert!(modal.phrase.under.is_some());
    for text in [
        "article 4",
        "article 4 (1)",
        "(1)",
        "un-charter article 51",
        "article 8(b)",
        "every treaty",
        "this treaty",
        "article 2.1 (a)",
    ] {
        assert!(parse_reference(SourceId(0), text).is_ok(), "{text}");
    }
    assert!(parse_reference(SourceId(0), "article 4 and").is_err());
}

#[test]
fn a_condition_in_the_head_ends_where_the_next_line_begins() {
    let tree = file(
        "treaty t\n  enters into force when russia mobilises\n  in force from 1914\n  for 5 years\n  \
         enters into force when all parties ratify this treaty\n  a party leaves on withdrawal\n  \
         enters into force when a mobilises or b mobilises\n  replaces u",
    );
    let [Item::Treaty(treaty)] = tree.items.as_slice() else {
        panic!("one treaty")
    };
    assert_eq!(treaty.attributes.len(), 7);
}

#[test]
fn one_run_reports_all_mistakes() {
    let text = "state ruritania\n  cowe 3\n  code RU\n\ntreaty t\n  singed 1914-01-01\n  signed 1914-02-30\n\
                article 1\n  when a state A attacks a party P.\n  each party Q shal assist P.\n\
                article 2 each party Q shall assist P\narticle 3 creates no position.\nplcae x\nplace y";
    assert_eq!(
        codes(text),
        ["S002", "S002", "S003", "S013", "S002", "S005", "S002"]
    );
}

#[test]
fn nesting_has_an_end() {
    let deep = format!("{}A attacks P{}", "(".repeat(100_000), ")".repeat(100_000));
    let found = parse_condition(SourceId(0), &deep).expect_err("too deep");
    assert_eq!(found[0].code, "S017");
    let fine = format!("{}A attacks P{}", "(".repeat(50), ")".repeat(50));
    assert!(parse_condition(SourceId(0), &fine).is_ok());
}

#[test]
fn spans_cover_what_was_read() {
    let text = "  P # of Paris\n attacks  russia . ";
    let one = parse_sentence(SourceId(0), text.trim_end_matches([' ', '.'])).expect("a sentence");
    let span = one.span.start as usize..one.span.end as usize;
    assert_eq!(&text[span], "P # of Paris\n attacks  russia");
}
