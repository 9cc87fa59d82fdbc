//! What must hold whatever the clauses: rewrites that change nothing, near-twins that do, no completeness that is not there, and the laws
//! of a comparison.

use super::{WORDS, answers, pact, project, treaty, witnesses, witnesses_among};
use casus::Project;
use casus::change::ask::{Agreement, Answer, Aspect, Bounds, Versions, Witness};

const PLAIN: &str =
    "when a state A attacks a party P, each other party Q shall assist P against A.";

/// Two articles, each with its dates and clauses.
fn articles(one: (&str, &str), other: (&str, &str)) -> String {
    let article = |number: u8, (dates, clauses): (&str, &str)| {
        format!("article {number}{dates}\n  {clauses}\n")
    };
    format!(
        "{WORDS}verb assail, assails, assailed  lasts\ndefine X assails Y when X attacks Y.\n\
         treaty pact\n  parties arcadia, borland\n  in force from 1950-01-01\n{}{}",
        article(1, one),
        article(2, other)
    )
}

const NEVER: (&str, &str) = ("", "no party shall trade with cedria.");

fn agreements(old: &str, new: &str) -> Vec<Agreement> {
    let answers = answers(old, new, 4).into_values();
    let agreed = answers.map(|answer| match answer {
        Answer::Agrees(agreement) => agreement,
        other => panic!("{other:#?}\n{old}\n{new}"),
    });
    agreed.collect()
}

#[test]
fn rewrites_of_whole_articles_agree() {
    let permission = "a party P may assist a state A, if A is great-power.";
    let double = "a party P may assist a state A, unless A is not great-power.";
    let inlined = "when either a state A assails a party P or A attacks P, each other party Q shall assist P against A.";
    let defined = "when a state A assails a party P, each other party Q shall assist P against A.";
    let alike = [
        // A range of dates split at a day inside.
        (
            articles(("", permission), NEVER),
            articles(
                (" until 1959-12-31", permission),
                (" from 1960-01-01", permission),
            )
            .replace(
                "article 2",
                "article 3\n  no party shall trade with cedria.\narticle 2",
            ),
        ),
        // Clauses in another order.
        (articles(("", PLAIN), NEVER), articles(NEVER, ("", PLAIN))),
        // Not not.
        (
            articles(("", permission), NEVER),
            articles(("", double), NEVER),
        ),
        // What a definition says, said besides.
        (
            articles(("", defined), NEVER),
            articles(("", inlined), NEVER),
        ),
    ];
    for (old, new) in &alike {
        agreements(old, new);
    }
}

#[test]
fn the_order_of_files_means_nothing() {
    let [words, pact] = [WORDS.to_owned(), pact(PLAIN).replacen(WORDS, "", 1)];
    let one = Project::of_texts([("words.treaty", &words), ("pact.treaty", &pact)]);
    let other = Project::of_texts([("pact.treaty", &pact), ("words.treaty", &words)]);
    assert!(!one.has_errors() && !other.has_errors());
    assert!(
        Versions::new(&one.rulebook, &other.rulebook)
            .kinds()
            .is_empty()
    );
}

#[test]
fn near_twins_of_whole_articles_differ() {
    let apart = [
        // The last day of an article.
        (
            articles((" until 1959-12-31", PLAIN), NEVER),
            articles((" until 1960-01-01", PLAIN), NEVER),
        ),
        // A split that leaves something out.
        (
            articles(("", PLAIN), NEVER),
            articles(
                (
                    "",
                    "when a state A attacks a party P, if A is great-power, each other party Q shall assist P against A.",
                ),
                (
                    "",
                    "when a state A attacks a party P, if A threatens P, each other party Q shall assist P against A.",
                ),
            ),
        ),
        // A variable captured by another.
        (
            articles(
                (
                    "",
                    "when a state A attacks a party P, if P threatens a state X, each other party Q shall assist P against A.",
                ),
                NEVER,
            ),
            articles(
                (
                    "",
                    "when a state A attacks a party P, if P threatens A, each other party Q shall assist P against A.",
                ),
                NEVER,
            ),
        ),
        // Some for all.
        (
            articles(
                (
                    "",
                    "when a state A attacks a party P, if at least 1 party X threatens A, each other party Q shall assist P against A.",
                ),
                NEVER,
            ),
            articles(
                (
                    "",
                    "when a state A attacks a party P, if all parties threaten A, each other party Q shall assist P against A.",
                ),
                NEVER,
            ),
        ),
    ];
    for (old, new) in &apart {
        assert!(!witnesses(old, new).is_empty(), "{new}");
    }
    let days = witnesses(&apart[0].0, &apart[0].1);
    let [gained] = days.as_slice() else {
        panic!("{days:#?}");
    };
    assert_eq!(gained.day.to_string(), "1960-01-01");
}

#[test]
fn exceptions_that_change_places_are_told_apart() {
    let ranked = |over: [&str; 2]| {
        pact(&format!(
            "(1) when a state A threatens a party P, each other party Q shall consult P about A, within 30 days.
             (2) when a state A threatens a party P, if A is great-power, each other party Q shall consult P about A, within 10 days, notwithstanding (1){}.
             (3) when a state A threatens a party P, if A attacks P, each other party Q shall consult P about A, within 2 days, notwithstanding (1){}.",
            over[0], over[1]
        ))
    };
    let (old, new) = (
        ranked(["", ", notwithstanding (2)"]),
        ranked([", notwithstanding (3)", ""]),
    );
    let found = witnesses(&old, &new);
    let terms = found.iter().find(|one| one.aspect == Aspect::Terms);
    let terms = terms.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(terms.verdicts, ["within 2 days", "within 10 days"]);
    assert_eq!(terms.facts.len(), 3, "{terms:#?}");
}

/// Edits of which something lies beyond every small world, though most of it is alike: differing, or agreed as far as was looked.
#[test]
fn nothing_is_called_complete_that_a_longer_life_could_tell_apart() {
    let head = |line: &str| treaty(&format!("  {line}"), PLAIN);
    let clause = |end: &str| {
        pact(&format!(
            "when a state A threatens a party P, each other party Q shall consult P about A{end}."
        ))
    };
    let edits = [
        (
            head("for 5 years, renewed for 5 years unless denounced 1 year before"),
            head("for 5 years, renewed for 6 years unless denounced 1 year before"),
        ),
        (
            head("for 5 years, renewed for 5 years unless denounced 1 year before"),
            head("for 5 years, renewed for 5 years unless denounced 2 years before"),
        ),
        (
            head("for 5 years, then until 1 year after denunciation"),
            head("for 5 years, then until 2 years after denunciation"),
        ),
        (clause(", before Q attacks A"), clause("")),
        (
            clause(", before Q attacks A"),
            clause(", before Q threatens A"),
        ),
        (clause(", also after this treaty has ended"), clause("")),
        (clause(", until A attacks P"), clause("")),
        (clause(", with exactly 100 men"), clause(", with 100 men")),
    ];
    for (old, new) in &edits {
        let found = answers(old, new, 4);
        assert!(!found.is_empty(), "the edit is seen: {new}");
        for (kind, answer) in found {
            let complete = matches!(&answer, Answer::Agrees(agreement) if agreement.is_complete());
            assert!(!complete, "{kind}: {answer:?}\n{old}\n{new}");
        }
    }
}

fn crowd(count: usize) -> String {
    (1..=count).map(|at| format!("state land-{at}\n")).collect()
}

#[test]
fn five_who_threaten_are_found_by_themselves() {
    let with = |clause: &str| format!("{}{}", crowd(6), pact(clause));
    let old = with("a party P may assist a state A, if at least 5 states X threaten P.");
    let never = with("a party P may trade with a state A.");
    let found = witnesses_among(&old, &never, 8);
    let lost = found.iter().find(|one| one.aspect == Aspect::Lost);
    let lost = lost.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(lost.facts.len(), 5, "{lost:#?}");
}

#[test]
fn a_pair_that_differs_first_among_many_is_not_called_equal_among_few() {
    let with = |count: usize| {
        let clause = format!(
            "when a state A attacks a party P, if at least {count} states X threaten P, each other party Q shall assist P against A."
        );
        format!("{}{}", crowd(12), pact(&clause))
    };
    let (old, new) = (project(&with(7)), project(&with(8)));
    let versions = Versions::new(&old.rulebook, &new.rulebook);
    let bounds = Bounds {
        parties: 4,
        ..Bounds::default()
    };
    for kinds in versions.kinds().values() {
        for answer in versions
            .ask(kinds, bounds)
            .expect("no contradiction")
            .into_values()
        {
            let Answer::Agrees(agreement) = answer else {
                panic!("{answer:?}");
            };
            assert!(
                !agreement.is_complete() && agreement.parties <= 4,
                "{agreement:?}"
            );
        }
    }
}

/// A threshold that nobody edited needs nobody to reach it.
#[test]
fn sixty_ratifications_cost_nothing_if_nobody_edits_them() {
    let signatories: Vec<String> = (1..=70).map(|at| format!("land-{at}")).collect();
    let with = |clause: &str| {
        format!(
            "{}{WORDS}verb ratify, ratifies, ratified  takes object\ntreaty many\n  parties {}\n  signed 1950-01-01\n  enters into force when at least 60 state S ratify this treaty\narticle 1\n  {clause}\n",
            crowd(70),
            signatories.join(", ")
        )
    };
    let rewritten = "when a state A attacks a party P, if A has attacked P, each other party Q shall assist P against A.";
    let found = answers(&with(PLAIN), &with(rewritten), 3);
    for answer in found.values() {
        assert!(!matches!(answer, Answer::Differs(_)), "{answer:?}");
    }
}

#[test]
fn equality_is_transitive_and_others_do_not_matter() {
    let one = PLAIN;
    let two = "when a state A attacks a party P, if A has attacked P, each other party Q shall assist P against A.";
    let three = "if X has attacked Y, when a state X attacks a party Y, unless X has not attacked Y, each other party Q shall assist Y against X.";
    for (old, new) in [(one, two), (two, three), (one, three)] {
        agreements(&pact(old), &pact(new));
    }
    let other = "treaty entente\n  parties borland, cedria\n  in force from 1950-01-01\narticle 1\n  when a state A threatens a party P, each other party Q shall consult P about A.\n";
    let edited = PLAIN.replace(
        "attacks a party P,",
        "attacks a party P, if A is great-power,",
    );
    let bare = witnesses(&pact(PLAIN), &pact(&edited));
    let beside = witnesses(
        &format!("{}{other}", pact(PLAIN)),
        &format!("{}{other}", pact(&edited)),
    );
    let size = |found: &[Witness]| -> Vec<(Aspect, usize, usize)> {
        found
            .iter()
            .map(|one| (one.aspect, one.parties, one.facts.len()))
            .collect()
    };
    assert_eq!(size(&bare), size(&beside));
}

#[test]
fn other_names_for_states_give_a_witness_with_other_names() {
    let edited = PLAIN.replace(
        "attacks a party P,",
        "attacks a party P, if A is great-power,",
    );
    let rename = |text: String| {
        text.replace("arcadia", "zembla")
            .replace("cedria", "yonder")
    };
    let found = witnesses(&pact(PLAIN), &pact(&edited));
    let renamed = witnesses(&rename(pact(PLAIN)), &rename(pact(&edited)));
    let size = |found: &[Witness]| -> Vec<(Aspect, usize, usize)> {
        found
            .iter()
            .map(|one| (one.aspect, one.parties, one.facts.len()))
            .collect()
    };
    assert_eq!(size(&found), size(&renamed));
    assert!(
        renamed
            .iter()
            .all(|one| !one.scenario("W").contains("arcadia"))
    );
}
