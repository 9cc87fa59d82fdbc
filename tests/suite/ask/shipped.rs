//! Edits of the rulebook that is shipped: each gives the witness or the proof that a lawyer expects.

use super::played;
use casus::Project;
use casus::builtin::RULEBOOK;
use casus::change::ask::{Answer, Aspect, Beyond, Bounds, Versions, Witness};
use casus::extent::Readings;
use casus::model::fact::Claim;
use std::sync::OnceLock;

/// The rulebook as it is shipped, read once.
pub(super) fn shipped() -> &'static Project {
    static SHIPPED: OnceLock<Project> = OnceLock::new();
    SHIPPED.get_or_init(|| Project::of_texts(RULEBOOK.iter().copied()))
}

/// The rulebook with some edits: file, words, other words.
fn edited(edits: &[(&str, &str, &str)]) -> Project {
    let mut texts: Vec<(String, String)> = RULEBOOK
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    for (file, from, to) in edits {
        let (_, text) = texts
            .iter_mut()
            .find(|(name, _)| name.ends_with(file))
            .expect("a file");
        assert!(text.contains(from), "{file} does not say {from}");
        *text = text.replacen(from, to, 1);
    }
    let project = Project::of_texts(texts);
    assert!(!project.has_errors(), "{:?}", project.diagnostics);
    project
}

/// What is found about one treaty, in the smallest world.
fn look(new: &Project, treaty: &str) -> Beyond {
    let versions = Versions::new(&shipped().rulebook, &new.rulebook);
    let bounds = Bounds {
        parties: 3,
        ..Bounds::default()
    };
    let kinds = versions.kinds();
    let kinds = kinds.get(treaty).expect("the edit reaches the treaty");
    Beyond {
        answers: versions.ask(kinds, bounds).expect("no contradiction"),
        ..Beyond::default()
    }
}

fn witness<'a>(found: &'a Beyond, aspect: Aspect, act: &str) -> &'a Witness {
    let mut all = found.witnesses();
    let found = all.find(|one| one.aspect == aspect && one.obligation.kind.act == act);
    found.expect("a witness")
}

fn facts(witness: &Witness) -> Vec<&str> {
    witness
        .facts
        .iter()
        .map(|fact| fact.what.as_str())
        .collect()
}

/// What of these sentences is owed in a witness, played as a scenario file on a version.
fn is_owed(witness: &Witness, on: &Project) -> bool {
    played(witness, on, |scenario, outcome| {
        let Claim::Position(_, query) = &scenario.expectations[0].claim else {
            panic!("an expectation about a position");
        };
        let matching = outcome.matching(query);
        matching
            .iter()
            .any(|id| outcome.position(*id).holds.at(witness.day) == Readings::ALL)
    })
}

#[test]
fn article_6_of_the_north_atlantic_treaty_widened() {
    let line = "  territory of turkey from 1952-02-15\n";
    let new = edited(&[(
        "north-atlantic-treaty.treaty",
        line,
        &format!("{line}  hawaii\n"),
    )]);
    let found = look(&new, "north-atlantic-treaty");
    let gained = witness(&found, Aspect::Gained, "assist");
    assert_eq!(facts(gained).len(), 1);
    assert!(facts(gained)[0].ends_with("in hawaii"), "{gained:#?}");
    assert!(
        !is_owed(gained, shipped()) && is_owed(gained, &new),
        "{gained:#?}"
    );
}

/// The protocol on the accession of Greece and Turkey: what it adds to article 6 is gained in Turkey alone, and nothing else.
#[test]
fn article_6_before_and_after_the_protocol_of_1951() {
    let line = "  territory of turkey from 1952-02-15\n";
    let old = edited(&[("north-atlantic-treaty.treaty", line, "")]);
    let versions = Versions::new(&old.rulebook, &shipped().rulebook);
    let bounds = Bounds {
        parties: 3,
        ..Bounds::default()
    };
    let kinds = versions.kinds();
    let answers = versions.ask(&kinds["north-atlantic-treaty"], bounds);
    let found = Beyond {
        answers: answers.expect("no contradiction"),
        ..Beyond::default()
    };
    let gained = witness(&found, Aspect::Gained, "assist");
    let places = ["turkey", "akcakale", "ankara"];
    let facts = facts(gained);
    let [attack] = facts.as_slice() else {
        panic!("{gained:#?}");
    };
    assert!(
        places.iter().any(|place| attack.ends_with(place)),
        "{attack}"
    );
    assert_eq!(gained.day.to_string(), "1952-02-15");
    assert!(!is_owed(gained, &old) && is_owed(gained, shipped()));
}

#[test]
fn provocation_dropped_from_the_triple_alliance() {
    let new = edited(&[(
        "triple-alliance-1912.treaty",
        ", unless italy has provoked france,",
        ",",
    )]);
    let found = look(&new, "triple-alliance-1912");
    let gained = witness(&found, Aspect::Gained, "assist");
    assert_eq!(
        gained.verdicts,
        ["owed if italy has not provoked france", "owed"]
    );
    assert_eq!((gained.parties, gained.facts.len()), (3, 1), "{gained:#?}");
    assert!(!is_owed(gained, shipped()) && is_owed(gained, &new));
    assert_eq!(found.witnesses().count(), 1, "nothing is lost");
}

#[test]
fn bearer_and_victim_swapped_in_russia_dprk() {
    let new = edited(&[(
        "russia-dprk-2024.treaty",
        "each other party Q shall assist P against A, with all-means",
        "P shall assist another party Q against A, with all-means",
    )]);
    let found = look(&new, "russia-dprk-2024");
    let (gained, lost) = (
        witness(&found, Aspect::Gained, "assist"),
        witness(&found, Aspect::Lost, "assist"),
    );
    assert!(facts(lost).iter().any(|fact| fact.contains("attacks")));
    assert!(
        is_owed(lost, shipped()) && !is_owed(lost, &new),
        "{lost:#?}"
    );
    assert!(
        !is_owed(gained, shipped()) && is_owed(gained, &new),
        "{gained:#?}"
    );
}

#[test]
fn denunciation_lengthened() {
    let new = edited(&[(
        "russia-dprk-2024.treaty",
        "ends 1 year after",
        "ends 2 years after",
    )]);
    let found = look(&new, "russia-dprk-2024");
    let gained = witness(&found, Aspect::Gained, "assist");
    assert!(
        facts(gained)
            .iter()
            .any(|fact| fact.contains("denounces russia-dprk-2024")),
        "{gained:#?}"
    );
    assert!(
        !is_owed(gained, shipped()) && is_owed(gained, &new),
        "{gained:#?}"
    );
    assert!(
        found
            .answers
            .values()
            .all(|answer| matches!(answer, Answer::Differs(_)))
    );
}

/// A party from a day later on: found at once, on that day.
#[test]
fn a_date_that_was_moved_shows_on_the_day_itself() {
    let new = edited(&[(
        "un-charter.treaty",
        "party kenya from 1963-12-16",
        "party kenya from 1963-12-17",
    )]);
    let versions = Versions::new(&shipped().rulebook, &new.rulebook);
    let mut worlds = 0;
    let mut go_on = || {
        worlds += 1;
        worlds <= 1
    };
    let found = Beyond::look(&versions, Bounds::default(), &mut go_on).expect("no contradiction");
    let witness = found.witnesses().next();
    let witness = witness.unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!(witness.day.to_string(), "1963-12-16");
    assert!(witness.sentence.contains("kenya"), "{witness:?}");
}

/// A class widened: those outside the small world, of whom one version speaks unasked, tell nothing apart.
#[test]
fn who_was_owed_respect_before_is_owed_it_still() {
    let new = edited(&[(
        "four-power-1921.treaty",
        "each party Q shall respect another party R",
        "each party Q shall respect another state R",
    )]);
    let found = look(&new, "four-power-1921");
    let gained = witness(&found, Aspect::Gained, "respect");
    assert!(
        !is_owed(gained, shipped()) && is_owed(gained, &new),
        "{gained:#?}"
    );
    assert!(found.witnesses().all(|one| one.aspect == Aspect::Gained));
}

/// A condition added to a prohibition of which the record speaks for some: no more than it is lost.
#[test]
fn aggression_is_forbidden_after_an_attack_only() {
    let new = edited(&[(
        "definition-of-aggression-1974.treaty",
        "  no state shall aggress another state P.",
        "  if A attacks P, no state shall aggress another state P.",
    )]);
    let found = look(&new, "definition-of-aggression-1974");
    let lost = witness(&found, Aspect::Lost, "aggress");
    assert!(
        is_owed(lost, shipped()) && !is_owed(lost, &new),
        "{lost:#?}"
    );
}
