//! Two versions of a rulebook: edits are found, named, told apart from mere rewording, and applied one by one.

use casus::change::{Change, Comparison, beside, canonical};
use casus::model::rulebook::Rulebook;
use casus::project::{Project, texts};
use casus::syntax::ast;
use std::path::PathBuf;

const PACT: &str = r#"
state arcadia
state borland
state cedria
place islets  sovereign arcadia
verb attack, attacks, attacked  lasts
verb provoke, provokes, provoked  open
verb consult, consults, consulted
verb assist, assists, assisted  takes object, against  lasts
status at-war  takes with  symmetric
treaty pact "Pact of the Lakes"
  note "as printed"
  parties arcadia, borland
  in force from 1950-01-01
  ends 1 year after denunciation
area lakes
  territory of a party
  islets
article 1 "Help"
  (1) when a state A attacks a party P in lakes, if P is at-war with A, unless P has provoked A,
      each other party Q shall assist P against A.
  (2) when a state A attacks a party P, each other party Q shall consult P, within 15 days.
"#;

fn project(text: &str) -> Project {
    let project = Project::of_texts([("pact.treaty", text)]);
    assert!(!project.has_errors(), "{:?}", project.diagnostics);
    project
}

/// Each edit, and what only reads otherwise.
fn compared(from: &str, to: &str) -> (Vec<String>, Vec<String>) {
    let old = project(PACT);
    assert!(PACT.contains(from), "{from}");
    let new = beside(
        &old,
        vec![("pact.treaty".to_owned(), PACT.replace(from, to))],
    );
    assert!(!new.has_errors(), "{:?}", new.diagnostics);
    let comparison = Comparison::new(&old, &new);
    let all: Vec<usize> = (0..comparison.edits.len()).collect();
    assert_eq!(
        meaning(&comparison.with(&all).unwrap().rulebook),
        meaning(&new.rulebook)
    );
    assert_eq!(
        meaning(&comparison.with(&[]).unwrap().rulebook),
        meaning(&old.rulebook)
    );
    let told = |edits: &[casus::change::Edit]| edits.iter().map(ToString::to_string).collect();
    (told(&comparison.edits), told(&comparison.untouched))
}

/// What a rulebook says, in no order.
fn meaning(book: &Rulebook) -> Vec<String> {
    let mut found: Vec<String> = book
        .norms
        .iter()
        .map(|norm| canonical::norm(book, norm))
        .collect();
    found.sort();
    found
}

#[track_caller]
fn edited(from: &str, to: &str, expected: &str) {
    assert_eq!(compared(from, to), (vec![expected.to_owned()], vec![]));
}

#[track_caller]
fn untouched(from: &str, to: &str) {
    let (edits, reworded) = compared(from, to);
    assert_eq!(edits, Vec::<String>::new());
    assert_eq!(reworded.len(), 1, "{reworded:?}");
}

#[test]
fn an_edit_is_named_by_its_place_and_its_phrases() {
    edited(
        ", unless P has provoked A",
        "",
        "pact article 1 (1): − unless P has provoked A",
    );
    edited(
        "within 15 days",
        "within 10 days",
        "pact article 1 (2): − within 15 days + within 10 days",
    );
    edited(
        "  islets\n",
        "  islets until 1960-01-01\n",
        "pact area lakes: − islets + islets until 1960-01-01",
    );
    edited("  islets\n", "", "pact area lakes: − islets");
    edited(
        "  islets\n",
        "  islets\n  territory of cedria\n",
        "pact area lakes: + territory of cedria",
    );
    edited(
        "ends 1 year",
        "ends 2 years",
        "pact denunciation: − ends 1 year after denunciation + ends 2 years after denunciation",
    );
    edited(
        "parties arcadia, borland",
        "parties arcadia, borland, cedria",
        "pact parties: + cedria",
    );
    edited(
        "symmetric",
        "",
        "status at-war: − status at-war takes with symmetric + status at-war takes with",
    );
    edited(
        "sovereign arcadia",
        "sovereign borland",
        "place islets: − place islets sovereign arcadia + place islets sovereign borland",
    );
    edited(
        "each other party Q shall assist P against A",
        "P shall assist a party Q against A",
        "pact article 1 (1): − each other party Q shall assist P against A + P shall assist a party Q against A",
    );
}

#[test]
fn a_whole_treaty_or_clause_is_one_edit() {
    edited(
        "(2) when a state A attacks a party P, each other party Q shall consult P, within 15 days.",
        "",
        "pact article 1 (2): − when a state A attacks a party P, each other party Q shall consult P, within 15 days",
    );
    let old = project(PACT);
    let more = format!(
        "{PACT}\ntreaty second\n  parties arcadia, cedria\n  in force from 1960-01-01\narticle 1\n  each party Q shall consult arcadia.\n"
    );
    let new = beside(&old, vec![("pact.treaty".to_owned(), more)]);
    let comparison = Comparison::new(&old, &new);
    assert_eq!(comparison.edits.len(), 1);
    assert_eq!(comparison.edits[0].to_string(), "treaty second: added");
    assert_eq!(comparison.edits[0].change, Change::Added);
    assert_eq!(comparison.edits[0].treaty.as_deref(), Some("second"));
}

#[test]
fn what_only_reads_otherwise_is_told_apart() {
    untouched(
        "if P is at-war with A, unless P has provoked A",
        "unless P has provoked A, if P is at-war with A",
    );
    untouched("if P is at-war with A", "if A is at-war with P");
    untouched(
        "when a state A attacks a party P, each other party Q shall consult P",
        "when a state X attacks a party Y, each other party Z shall consult Y",
    );
    untouched(
        "when a state A attacks a party P, each",
        "when a state A attacks a party P and a state A attacks a party P, each",
    );
    untouched("unless P has provoked A", "if P has not provoked A");
    untouched("parties arcadia, borland", "parties borland, arcadia");
    untouched("\"Pact of the Lakes\"", "\"Lakes Pact\"");
    untouched("article 1 \"Help\"", "article 1");
    untouched("as printed", "as reprinted");
    assert_eq!(
        compared(
            "  territory of a party\n  islets\n",
            "  islets\n  territory of a party\n"
        ),
        (vec![], vec![])
    );
    assert_eq!(
        compared("  (2) when", "  # a comment\n  (2)  when"),
        (vec![], vec![])
    );
}

/// What looks like a rewording and is none.
#[test]
fn near_twins_are_edits() {
    for (from, to) in [
        ("if P is at-war with A", "if P is at-war with P"),
        ("unless P has provoked A", "unless A has provoked P"),
        ("shall assist P against A", "shall assist P"),
        ("shall consult P", "shall consult A"),
        (
            "when a state A attacks a party P, each other",
            "when a party P attacks a state A, each other",
        ),
        (
            "when a state A attacks a party P, each other",
            "if a state A attacks a party P, each other",
        ),
        (
            "each other party Q shall consult",
            "each other party Q may consult",
        ),
    ] {
        let (edits, _) = compared(from, to);
        assert_eq!(edits.len(), 1, "{from} / {to}: {edits:?}");
    }
}

fn real() -> Project {
    let rules = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"));
    Project::of_texts(texts(&[rules]).unwrap())
}

/// Every clause of the rulebook rewritten: conditions the other way round, and other names for the variables.
#[test]
fn the_whole_rulebook_rewritten_means_the_same() {
    let old = real();
    let renamed = old
        .files
        .iter()
        .enumerate()
        .map(|(at, _)| old.sources.get(casus::source::SourceId(at as u32)))
        .map(|source| (source.name.clone(), rewrite::renamed(&source.text)));
    let renamed = Project::of_texts(renamed);
    assert!(!renamed.has_errors(), "{:?}", renamed.diagnostics);
    let files: Vec<ast::File> = renamed.files.iter().cloned().map(rewrite::file).collect();
    let (rulebook, found) = casus::check::rulebook(&files);
    assert!(!casus::diagnostic::any_error(&found), "{found:?}");
    let new = Project {
        files,
        rulebook,
        ..renamed.clone()
    };
    let comparison = Comparison::new(&old, &new);
    let told: Vec<String> = comparison.edits.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(
        comparison.untouched.len() > 200,
        "{}",
        comparison.untouched.len()
    );
}

/// Rewrites that mean the same.
mod rewrite {
    use casus::syntax::ast::*;

    /// Other names for all variables: capitals outside quotation marks, comments and codes.
    pub(super) fn renamed(text: &str) -> String {
        let line = |line: &str| {
            if line.trim_start().starts_with("code ") {
                return line.to_owned();
            }
            let (code, comment) = line.split_at(line.find('#').unwrap_or(line.len()));
            let parts = code.split('"').enumerate();
            let parts = parts.map(|(at, part)| match at % 2 {
                0 => part
                    .split_inclusive(|c: char| !c.is_alphanumeric() && c != '-')
                    .map(word)
                    .collect(),
                _ => part.to_owned(),
            });
            parts.collect::<Vec<_>>().join("\"") + comment
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
    }

    fn word(word: &str) -> String {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        // Labels of articles look like `IV`.
        let label = bare.contains('-') || bare.chars().all(|c| "IVXL".contains(c));
        if label || !bare.starts_with(|c: char| c.is_ascii_uppercase()) {
            return word.to_owned();
        }
        format!("X{bare}y{}", &word[bare.len()..])
    }

    pub(super) fn file(mut file: File) -> File {
        for item in &mut file.items {
            if let Item::Treaty(treaty) = item {
                parts(&mut treaty.parts);
            }
        }
        file
    }

    fn parts(all: &mut [Part]) {
        for part in all {
            match part {
                Part::Article(Article {
                    content: Content::Clauses(clauses),
                    ..
                }) => {
                    clauses.iter_mut().for_each(clause);
                }
                Part::Protocol(protocol) => parts(&mut protocol.parts),
                _ => {}
            }
        }
    }

    /// The order of conditions: those that name nobody new may go anywhere, and the parser has settled all names by then.
    fn clause(clause: &mut Clause) {
        if let ClauseBody::Norms { prefaces, norms } = &mut clause.body {
            for preface in prefaces.iter_mut() {
                if let Preface::Condition(Connective::If | Connective::While, it) = preface {
                    turned(it);
                }
            }
            // What introduces people stays in front; the rest turns round.
            let fixed = prefaces
                .iter()
                .rposition(|preface| {
                    matches!(
                        preface,
                        Preface::Condition(Connective::When, _) | Preface::Reading(_)
                    )
                })
                .map_or(0, |at| at + 1);
            if prefaces[fixed..]
                .iter()
                .all(|preface| matches!(preface, Preface::Condition(Connective::Unless, _)))
            {
                prefaces[fixed..].reverse();
            }
            for norm in norms {
                norm.qualifiers.reverse();
            }
        }
    }

    fn turned(condition: &mut Condition) {
        // Where somebody is met first, the class goes with the word; what comes later would lose it.
        let text = casus::syntax::format::condition(condition);
        let introduces = |word: &str| ["a", "an", "any", "another"].contains(&word);
        if let Condition::Any(parts) = condition
            && !text.split(' ').any(introduces)
        {
            parts.reverse();
        }
    }
}

/// Edits applied alone: each gives its own effect and nothing of the others.
#[test]
fn edits_can_be_applied_one_by_one() {
    let old = project(PACT);
    let text = PACT
        .replace("within 15 days", "within 10 days")
        .replace(", unless P has provoked A", "")
        .replace("  islets\n", "");
    let new = beside(&old, vec![("pact.treaty".to_owned(), text)]);
    let comparison = Comparison::new(&old, &new);
    assert_eq!(comparison.edits.len(), 3);
    let places: Vec<&str> = comparison
        .edits
        .iter()
        .map(|edit| edit.place.as_str())
        .collect();
    let at = |place: &str| places.iter().position(|own| *own == place).unwrap();
    let one = meaning(
        &comparison
            .with(&[at("pact article 1 (2)")])
            .unwrap()
            .rulebook,
    );
    let (before, after) = (meaning(&old.rulebook), meaning(&new.rulebook));
    assert!(
        one.iter()
            .any(|norm| !before.contains(norm) && after.contains(norm))
    );
    assert!(
        one.iter()
            .any(|norm| before.contains(norm) && !after.contains(norm))
    );
    let area = comparison.with(&[at("pact area lakes")]).unwrap().rulebook;
    assert_eq!(area.areas[0].lines.len(), 1);
    assert_eq!(meaning(&area), before);
}

/// An edit that needs another (a clause with a word that the other declares) cannot stand alone, and that is said.
#[test]
fn an_edit_that_needs_another_cannot_stand_alone() {
    let old = project(PACT);
    let text = PACT
        .replace("status at-war", "verb warn, warns, warned\nstatus at-war")
        .replace("shall consult P", "shall warn P");
    let new = beside(&old, vec![("pact.treaty".to_owned(), text)]);
    let comparison = Comparison::new(&old, &new);
    assert_eq!(comparison.edits.len(), 2);
    let possible: Vec<bool> = (0..2).map(|at| comparison.with(&[at]).is_some()).collect();
    assert_eq!(possible.iter().filter(|ok| **ok).count(), 1);
}
