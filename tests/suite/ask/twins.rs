//! Near-twins that must be told apart, with the size of the witness known; and rewrites that must not be.

use super::{answers, pact, replayed, treaty, witnesses};
use casus::change::ask::{Answer, Aspect};

const PLAIN: &str =
    "when a state A attacks a party P, each other party Q shall assist P against A.";

/// Old clauses, new clauses, parties and facts of the smallest witness.
const APART: &[(&str, &str, usize, usize)] = &[
    // An exception dropped.
    (
        "when a state A attacks a party P, unless P has provoked A, each other party Q shall assist P against A.",
        PLAIN,
        3,
        1,
    ),
    // A condition added.
    (
        PLAIN,
        "when a state A attacks a party P, if A is great-power, each other party Q shall assist P against A.",
        3,
        1,
    ),
    // A trigger changed: told by the old one alone.
    (
        PLAIN,
        "when a state A threatens a party P, each other party Q shall assist P against A.",
        3,
        1,
    ),
    // Or for and.
    (
        "when a state A attacks a party P and A threatens P, each other party Q shall assist P against A.",
        "when either a state A attacks a party P or A threatens P, each other party Q shall assist P against A.",
        3,
        1,
    ),
    // The perfect for the present: told by an attack that is over.
    (
        PLAIN,
        "when a state A has attacked a party P, each other party Q shall assist P against A.",
        3,
        1,
    ),
    // The arguments of an exception exchanged.
    (
        "when a state A attacks a party P, unless P threatens A, each other party Q shall assist P against A.",
        "when a state A attacks a party P, unless A threatens P, each other party Q shall assist P against A.",
        3,
        2,
    ),
    // Bearer and victim exchanged.
    (
        PLAIN,
        "when a state A attacks a party P, P shall assist another party Q against A.",
        2,
        1,
    ),
    // A place asked for.
    (
        "when a state A attacks a party P in upland, each other party Q shall assist P against A.",
        "when a state A attacks a party P in marches, each other party Q shall assist P against A.",
        3,
        1,
    ),
    // A modality.
    (
        "no party P shall trade with a state A.",
        "a party P may trade with a state A.",
        2,
        0,
    ),
    // A deadline.
    (
        "when a state A threatens a party P, each other party Q shall consult P about A, within 15 days.",
        "when a state A threatens a party P, each other party Q shall consult P about A, within 20 days.",
        3,
        1,
    ),
];

#[test]
fn near_twins_are_told_apart_by_the_smallest_scenario() {
    for (old, new, parties, facts) in APART {
        let (old, new) = (pact(old), pact(new));
        let found = witnesses(&old, &new);
        let smallest = found
            .iter()
            .min_by_key(|one| (one.parties, one.facts.len()));
        let smallest = smallest.unwrap_or_else(|| panic!("not told apart:\n{new}"));
        let size = (smallest.parties, smallest.facts.len());
        assert_eq!(size, (*parties, *facts), "{smallest:#?}\n{new}");
        for witness in found
            .iter()
            .filter(|one| one.aspect < Aspect::Terms && !one.facts.is_empty())
        {
            assert_ne!(
                replayed(witness, &old),
                replayed(witness, &new),
                "{witness:#?}"
            );
        }
    }
}

/// Rewrites that say the same.
const ALIKE: &[(&str, &str)] = &[
    // Other names, another order.
    (
        "when a state A attacks a party P, if A is great-power, each other party Q shall assist P against A.",
        "if X is great-power, when a state X attacks a party Y, each other party Z shall assist Y against X.",
    ),
    // De Morgan.
    (
        "when a state A attacks a party P, unless either P has provoked A or P threatens A, each other party Q shall assist P against A.",
        "when a state A attacks a party P, if P has not provoked A and P does not threaten A, each other party Q shall assist P against A.",
    ),
    // A condition that follows from the others.
    (
        PLAIN,
        "when a state A attacks a party P, if A has attacked P, each other party Q shall assist P against A.",
    ),
    // A place instead of the larger one of which it is a part, besides that one.
    (
        "when a state A attacks a party P in upland, each other party Q shall assist P against A.",
        "when a state A attacks a party P in upland or marches, each other party Q shall assist P against A.",
    ),
    // A subsumed clause added.
    (
        PLAIN,
        "when a state A attacks a party P, each other party Q shall assist P against A.\n\
         when a state A attacks a party P, if A is great-power, each other party Q shall assist P against A.",
    ),
    // A case split on an answer that is the same on every day.
    (
        "a party P may assist a state A.",
        "a party P may assist a state A, if A is great-power.\n a party P may assist a state A, unless A is great-power.",
    ),
];

#[test]
fn rewrites_that_say_the_same_agree() {
    for (old, new) in ALIKE {
        for answer in answers(&pact(old), &pact(new), 4).values() {
            assert!(
                matches!(answer, Answer::Agrees(_)),
                "{answer:#?}\n{old}\n{new}"
            );
        }
    }
}

#[test]
fn agreement_is_complete_where_nothing_lies_beyond_the_small_world() {
    let (old, new) = ALIKE[2];
    for answer in answers(&pact(old), &pact(new), 8).values() {
        let Answer::Agrees(agreement) = answer else {
            panic!("{answer:?}");
        };
        assert!(agreement.is_complete(), "{agreement:?}");
        assert!(
            agreement.checked.cases > 0 && agreement.checked.left == 0,
            "{agreement:?}"
        );
    }
}

#[test]
fn agreement_is_not_called_complete_where_something_lies_beyond() {
    let beyond = [
        // A count could be told apart by more than take part.
        (
            "when a state A attacks a party P, if at least 2 states X threaten P, each other party Q shall assist P against A.",
            "when a state A attacks a party P, if at least 2 states X threaten P and A has attacked P, each other party Q shall assist P against A.",
        ),
        // An exception with a variable of its own.
        (
            "when a state A attacks a party P, unless P threatens a state X, each other party Q shall assist P against A.",
            "when a state A attacks a party P, if A has attacked P, unless P threatens a state X, each other party Q shall assist P against A.",
        ),
        // Two clauses for one: what begins or ends between them is tried on some days only.
        ALIKE[4],
    ];
    for (old, new) in beyond {
        for answer in answers(&pact(old), &pact(new), 8).values() {
            let Answer::Agrees(agreement) = answer else {
                panic!("{answer:?}\n{new}");
            };
            assert!(!agreement.is_complete(), "{new}");
        }
    }
}

#[test]
fn a_threshold_is_found_by_itself() {
    let states: String = (1..=5).map(|at| format!("state land-{at}\n")).collect();
    let clause = |count: usize| {
        format!(
            "when a state A attacks a party P, if at least {count} states X threaten P, each other party Q shall assist P against A."
        )
    };
    let old = format!("{states}{}", pact(&clause(3)));
    let new = format!("{states}{}", pact(&clause(4)));
    let found = super::witnesses_among(&old, &new, 8);
    let threats = found[0]
        .facts
        .iter()
        .filter(|fact| fact.what.contains("threatens"));
    assert_eq!(threats.count(), 3, "{:#?}", found[0]);
}

#[test]
fn a_longer_notice_is_told_by_a_denunciation() {
    let old = treaty("  ends 1 year after denunciation", PLAIN);
    let new = treaty("  ends 2 years after denunciation", PLAIN);
    let found = witnesses(&old, &new);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].aspect, found[0].facts.len()),
        (Aspect::Gained, 2),
        "{:#?}",
        found[0]
    );
    assert!(
        found[0]
            .facts
            .iter()
            .any(|fact| fact.what.contains("denounces pact"))
    );
    assert_ne!(replayed(&found[0], &old), replayed(&found[0], &new));
}

#[test]
fn comparing_has_the_laws_of_a_comparison() {
    let texts: Vec<String> = APART
        .iter()
        .take(3)
        .flat_map(|(old, new, ..)| [pact(old), pact(new)])
        .collect();
    for text in &texts {
        assert!(
            answers(text, text, 4).is_empty(),
            "a version differs from itself"
        );
    }
    for pair in texts.windows(2) {
        let there = witnesses(&pair[0], &pair[1]);
        let back = witnesses(&pair[1], &pair[0]);
        let gained = |list: &[casus::change::ask::Witness], aspect| {
            list.iter().filter(|one| one.aspect == aspect).count()
        };
        assert_eq!(gained(&there, Aspect::Gained), gained(&back, Aspect::Lost));
        assert_eq!(gained(&there, Aspect::Lost), gained(&back, Aspect::Gained));
    }
}
