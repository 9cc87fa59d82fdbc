//! `casus coverage`: counts known by hand, holes filled by the scenarios proposed for them, and the shipped rulebook.

use super::change_review::Place;
use casus::change::corpus::Source;
use casus::change::coverage::{Coverage, Kind, coverage};
use casus::project::Project;

/// Two clauses: one with a place and an exception, one with a condition and a deadline.
pub(crate) const PACT: &str = "\
state arcadia
state borland
state cedria
place islets  sovereign cedria
status wary
verb attack, attacks, attacked  lasts
verb threaten, threatens, threatened  lasts
verb provoke, provokes, provoked
verb consult, consults, consulted  takes object, about
verb assist, assists, assisted  takes object, against  lasts

treaty pact
  parties arcadia, borland
  in force from 1950-01-01

area lakes
  territory of a party

article 1
  when a state A attacks a party P in lakes, unless P has provoked A,
  each other party Q shall assist P against A.

article 2
  when a state A threatens a party P, if A is wary, each other party Q shall consult P about A, within 15 days.
";

fn scenario(name: &str, day: &str, events: &[(&str, &str)]) -> Source {
    let mut text = format!("scenario: {name}\nas-of: {day}\nevents:\n");
    for (what, on) in events {
        text.push_str(&format!("  - what: {what}\n    from: {on}\n"));
    }
    Source {
        name: format!("{name}.yaml"),
        text,
    }
}

fn measured(rules: &str, scenarios: &[Source]) -> Coverage {
    let project = Project::of_texts([("pact.treaty", rules)]);
    assert!(!project.has_errors(), "{:?}", project.diagnostics);
    let found = coverage(&project, &scenarios.iter().collect::<Vec<_>>());
    assert_eq!(found.broken, Vec::<String>::new());
    found
}

/// Clauses, exceptions, conditions, dates, deadlines: tested and all.
fn counts(found: &Coverage) -> [(usize, usize); 5] {
    Kind::ALL.map(|kind| {
        let tally = found.tally(Some(kind));
        (tally.covered, tally.all)
    })
}

#[test]
fn counts_are_those_known_by_hand() {
    let attack = ("cedria attacks arcadia in arcadia", "1960-06-01");
    let mut scenarios = vec![scenario("attack", "1960-06-10", &[attack])];
    let count = |scenarios: &[Source]| counts(&measured(PACT, scenarios));
    assert_eq!(count(&scenarios), [(1, 2), (0, 1), (0, 2), (1, 2), (0, 2)]);
    // Only the place is missing.
    let islets = ("cedria attacks arcadia in islets", "1960-06-01");
    scenarios.push(scenario("islets", "1960-06-10", &[islets]));
    assert_eq!(count(&scenarios), [(1, 2), (0, 1), (1, 2), (1, 2), (0, 2)]);
    // Two things are missing, so neither decides.
    let provoked = ("arcadia provokes cedria", "1960-05-31");
    scenarios.push(scenario("both", "1960-06-10", &[islets, provoked]));
    assert_eq!(count(&scenarios), [(1, 2), (0, 1), (1, 2), (1, 2), (0, 2)]);
    scenarios.push(scenario("provoked", "1960-06-10", &[attack, provoked]));
    assert_eq!(count(&scenarios), [(1, 2), (1, 1), (1, 2), (1, 2), (0, 2)]);
    // A condition that is missing shows nothing before its clause applies somewhere.
    let threat = ("cedria threatens borland", "1960-06-01");
    scenarios.push(scenario("threat", "1960-06-10", &[threat]));
    assert_eq!(count(&scenarios), [(1, 2), (1, 1), (1, 2), (1, 2), (0, 2)]);
    let wary = ("cedria is wary", "1960-01-01");
    scenarios.push(scenario("wary", "1960-06-10", &[threat, wary]));
    assert_eq!(count(&scenarios), [(2, 2), (1, 1), (2, 2), (1, 2), (0, 2)]);
    scenarios.push(scenario("late", "1960-07-10", &[threat, wary]));
    assert_eq!(count(&scenarios), [(2, 2), (1, 1), (2, 2), (1, 2), (1, 2)]);
    let done = ("arcadia consults borland about cedria", "1960-06-05");
    scenarios.push(scenario("done", "1960-06-10", &[threat, wary, done]));
    assert_eq!(count(&scenarios), [(2, 2), (1, 1), (2, 2), (1, 2), (2, 2)]);
    // Before the treaty nobody is a party, so nothing lies in the territory of one: article 2 names no place.
    let early = ("cedria attacks arcadia in arcadia", "1949-06-01");
    scenarios.push(scenario("attack-early", "1949-06-10", &[early]));
    assert_eq!(count(&scenarios), [(2, 2), (1, 1), (2, 2), (1, 2), (2, 2)]);
    let early = ["cedria threatens borland", "cedria is wary"].map(|what| (what, "1949-06-01"));
    scenarios.push(scenario("early", "1949-06-10", &early));
    assert_eq!(count(&scenarios), [(2, 2), (1, 1), (2, 2), (2, 2), (2, 2)]);
}

#[test]
fn a_position_before_the_treaty_or_of_somebody_else_is_no_near_miss() {
    let early = ("cedria attacks arcadia in islets", "1949-06-01");
    let other = ("arcadia attacks cedria in islets", "1960-06-01");
    let found = measured(
        PACT,
        &[
            scenario("early", "1949-06-10", &[early]),
            scenario("other", "1960-06-10", &[other]),
        ],
    );
    assert_eq!(counts(&found), [(0, 2), (0, 1), (0, 2), (0, 2), (0, 2)]);
    let holes: usize = found.treaties.iter().map(|one| one.holes().count()).sum();
    assert_eq!(holes, 9);
}

#[test]
fn the_scenarios_proposed_fill_the_holes() {
    let place = Place::bare("coverage-filled");
    place.write("rules/pact.treaty", PACT);
    let first = place.casus(&[
        "coverage",
        "--holes",
        "--write-proposed",
        "scenarios/proposed",
    ]);
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    assert!(
        first
            .out
            .contains("no scenario turns on the exception: P has provoked A"),
        "{}",
        first.out
    );
    assert!(!first.out.contains("not decided"), "{}", first.out);
    assert!(!first.out.contains("100.0 %"), "{}", first.out);
    let second = place.casus(&["coverage", "--min", "100"]);
    assert_eq!(second.code, 0, "{}{}", second.out, second.err);
    assert!(
        second.out.contains(
            "clauses 2 of 2   exceptions 1 of 1   conditions 2 of 2   dates 2 of 2   deadlines 2 of 2   100.0 %"
        ),
        "{}",
        second.out
    );
}

/// What no search of a small world shows: an exception to a standing prohibition, and a definition.
#[test]
fn standing_clauses_and_definitions_have_their_scenarios() {
    let place = Place::bare("coverage-standing");
    let more = "\narticle 3\n  no party P shall attack another party R, unless R has provoked P.\n\narticle 4\n  when a state A provokes a party P, if A has threatened P, deem A is wary.\n";
    place.write("rules/pact.treaty", &format!("{PACT}{more}"));
    let said = place.casus(&["coverage", "--holes"]);
    for hole in [
        "turns on the exception: R has provoked P",
        "lacks only this: A has threatened P",
    ] {
        assert!(said.out.contains(hole), "{hole}\n{}", said.out);
    }
    assert!(!said.out.contains("not decided"), "{}", said.out);
    let words = [
        "coverage",
        "--holes",
        "--write-proposed",
        "scenarios/proposed",
    ];
    assert_eq!(place.casus(&words).code, 0);
    assert_eq!(place.casus(&["coverage", "--min", "100"]).code, 0);
}

#[test]
fn what_no_scenario_can_do_is_proved_and_left_out() {
    let place = Place::bare("coverage-unreachable");
    let twice = "if A is wary, unless A is not wary, unless P";
    let idle = PACT.replace("unless P", twice).replace(" in lakes", "");
    place.write("rules/pact.treaty", &idle);
    let said = place.casus(&["coverage", "--holes"]);
    assert!(
        said.out.contains("unreachable: none can (checked)"),
        "{}",
        said.out
    );
    assert!(said.out.contains("unreachable left out"), "{}", said.out);
}

#[test]
fn gates_are_not_vacuous() {
    let place = Place::bare("coverage-gates");
    let code = |words: &[&str]| place.casus(words).code;
    assert_eq!(code(&["coverage"]), 0);
    assert_eq!(code(&["coverage", "--min", "99"]), 1);
    assert_eq!(code(&["coverage", "--treaty", "atlantis"]), 2);
    assert_eq!(code(&["coverage", "--min", "many"]), 2);
    place.write("scenarios/attack.yaml", "scenario: 3\nevents: 3\n");
    assert_eq!(code(&["coverage"]), 2);
    std::fs::remove_dir_all(place.folder.join("scenarios")).unwrap();
    assert_eq!(code(&["coverage"]), 2);
}

#[test]
fn each_form_tells_the_same() {
    let place = Place::bare("coverage-forms");
    let said = place.casus(&[
        "coverage",
        "--json",
        "--html",
        "page.html",
        "--junit",
        "cases.xml",
        "--github",
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("\"format\": \"casus-coverage/1\""));
    assert!(said.out.contains("\"hole\": \"not-asked\""), "{}", said.out);
    let hole = "tests the time before 1950-01-01, when the treaty entered into force";
    for text in [
        &said.out,
        &place.read("page.html"),
        &place.read("cases.xml"),
    ] {
        assert!(text.contains(hole), "{text}");
    }
}

/// On the rulebook that is shipped: what a scenario of the war tests of the Pyongyang Treaty.
#[test]
fn a_real_scenario_tests_the_articles_it_is_about() {
    let place = Place::bare("coverage-real");
    let root = env!("CARGO_MANIFEST_DIR");
    let scenario = format!("{root}/scenarios/modern/kursk-donetsk.yaml");
    let said = place.casus(&[
        "coverage",
        &scenario,
        "--treaty",
        "russia-dprk-2024",
        "--budget",
        "0",
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    let told: Vec<&str> = said.out.lines().collect();
    let article = |label: &str| {
        let head = format!("  russia-dprk-2024 article {label}  ");
        told.iter().any(|line| line.starts_with(&head))
    };
    assert!(article("5 (1)") && article("16"), "{}", said.out);
    assert!(
        !said
            .out
            .contains("no scenario lacks only this: P is at-war")
    );
    assert!(
        said.out.contains("not asked whether one could"),
        "{}",
        said.out
    );
}
