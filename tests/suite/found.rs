//! What long runs of the random cases found, each told as a small scenario: the engine and the naive evaluator agree on it, and
//! both say what the manual says.

use crate::conformance::words;
use crate::reference::{Case, Compared, compare};
use crate::scenarios::{below, read_all, short, turn_out_as_expected};
use casus::calendar::Day;
use casus::model::fact::Assume;
use std::path::PathBuf;

/// All of them take place after this day.
fn before() -> Day {
    Day::new(2030, 1, 1).unwrap()
}

fn found() -> Vec<PathBuf> {
    below("tests/found", "yaml")
}

#[test]
fn what_was_found_turns_out_as_the_manual_says() {
    turn_out_as_expected(found(), &mut words());
}

#[test]
fn engine_agrees_on_what_was_found() {
    let mut project = words();
    let (cases, wrong) = read_all(found(), &mut project);
    assert_eq!(wrong, "");
    for (path, read) in cases {
        let (Some(scenario), Some(rulebook)) = (read.scenario, read.own_rulebook) else {
            panic!("{} has no treaties", short(&path));
        };
        let end = scenario.as_of.unwrap();
        for assume in [Assume::None, Assume::All] {
            let case = Case {
                rulebook: rulebook.clone(),
                scenario: scenario.clone(),
                assume,
                days: (before(), end),
            };
            match compare(&case) {
                Compared::Alike | Compared::AlikeInPart => {}
                Compared::Different(difference) => panic!("{}: {difference}", short(&path)),
            }
        }
    }
}
