//! Can two versions of a rulebook be told apart, and by which smallest scenario? On small rulebooks of which the answer is known, on
//! random mutants, and on the rulebook that is shipped.

mod laws;
mod lint;
mod literature;
mod mutants;
mod shipped;
mod speed;
mod twins;
mod written;

use casus::change::ask::{Answer, Beyond, Bounds, Kind, Versions, Witness};
use casus::engine::Outcome;
use casus::extent::Readings;
use casus::model::fact::{Claim, Scenario};
use casus::{Case, Engine, Options, Project};
use std::collections::BTreeMap;

/// Words that the small treaties use.
const WORDS: &str = "
state arcadia
state borland
state cedria
state dorland
place upland sovereign arcadia
place lowland sovereign borland
place marches in upland
verb attack, attacks, attacked  lasts
verb threaten, threatens, threatened  lasts
verb provoke, provokes, provoked  open
verb assist, assists, assisted  takes object, against  lasts
verb consult, consults, consulted  takes object, about
verb trade, trades, traded  takes with
verb denounce, denounces, denounced
verb withdraw, withdraws, withdrew  takes from
status great-power
";

/// A treaty of arcadia and borland with these clauses.
fn pact(clauses: &str) -> String {
    treaty("", clauses)
}

/// A treaty with further lines in its head.
fn treaty(head: &str, clauses: &str) -> String {
    format!(
        "{WORDS}\ntreaty pact\n  parties arcadia, borland\n  in force from 1950-01-01\n{head}\narticle 1\n{clauses}\n"
    )
}

fn project(text: &str) -> Project {
    let project = Project::of_texts([("pact.treaty", text)]);
    assert!(!project.has_errors(), "{:?}\n{text}", project.diagnostics);
    project
}

/// The answers about two versions.
fn answers(old: &str, new: &str, parties: usize) -> BTreeMap<Kind, Answer> {
    let (old, new) = (project(old), project(new));
    let bounds = Bounds {
        parties,
        ..Bounds::default()
    };
    let versions = Versions::new(&old.rulebook, &new.rulebook);
    let found = Beyond::look(&versions, bounds, &mut || true);
    found.expect("no contradiction").answers
}

/// The witnesses that two versions differ.
fn witnesses(old: &str, new: &str) -> Vec<Witness> {
    witnesses_among(old, new, 4)
}

/// Plays a witness, as the scenario file that it is, on a version, asked what it expects, and looks at what comes of it.
fn played<R>(
    witness: &Witness,
    on: &Project,
    look: impl FnOnce(&Scenario, &mut Outcome<'_>) -> R,
) -> R {
    let mut project = on.clone();
    let text = witness.scenario("A witness");
    let case = Case::of_text("witness.yaml", text.clone(), &mut project);
    let scenario = case.scenario.as_ref();
    let scenario = scenario.unwrap_or_else(|| panic!("{text}\n{:?}", case.diagnostics));
    let expected = scenario.expectations.iter();
    let asked = expected.filter_map(|one| match &one.claim {
        Claim::Position(_, query) => Some(query.clone()),
        _ => None,
    });
    let options = Options {
        asked: asked.collect(),
        ..Options::default()
    };
    let engine = Engine::new(&project.rulebook);
    look(scenario, &mut engine.evaluate(scenario, &options))
}

/// What is owed to whom on the day of a witness.
fn replayed(witness: &Witness, rules: &str) -> Vec<String> {
    played(witness, &project(rules), |_, outcome| {
        let day = witness.day;
        let owed = outcome.positions.iter();
        let owed = owed.filter(|position| position.holds.at(day) != Readings::NONE);
        let said = owed.map(|position| {
            let book = outcome.rulebook;
            let norm = book.norm(position.norm);
            let sentence =
                casus::wording::position(book, norm, &position.arguments, &position.binding);
            let certain = position.holds.at(day) == Readings::ALL;
            format!("{sentence}{}", if certain { "" } else { " if" })
        });
        let mut found: Vec<String> = said.collect();
        found.sort();
        found.dedup();
        found
    })
}

/// The same among more parties.
fn witnesses_among(old: &str, new: &str, parties: usize) -> Vec<Witness> {
    let answers = answers(old, new, parties).into_values();
    let each = answers.filter_map(|answer| match answer {
        Answer::Differs(witnesses) => Some(witnesses),
        _ => None,
    });
    each.flatten().collect()
}
