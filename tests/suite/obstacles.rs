//! What stood in the way of a lawyer who encoded treaties from the pages alone, command by command.

use crate::cli::{RULES, casus, folder};
use crate::scratch::Scratch;
use casus::cli::exit::Exit;
use std::path::Path;

const LAKES: &str = "verb dredge, dredges, dredged\ntreaty lakes-2000 \"Lakes\"\n  parties russia, ukraine\n  in force from 2000-01-01\n  article 1\n    when a party P dredges ukraine, P shall request assistance from ukraine, within 15 days.\n";

const DREDGING: &str = "scenario: Dredging\nas-of: 2010-01-20\nrules: [lakes-2000]\nevents:\n  - what: russia dredges ukraine\n    on: 2010-01-01\nexpect:\n  - owed: russia shall request assistance from ukraine\n    due: 2010-01-16\n";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A rulebook, and beside it two folders of additions, the second with another deadline.
fn lakes(name: &str) -> Scratch {
    let later = LAKES.replace("15 days", "30 days");
    folder(
        name,
        &[
            ("rules/all.treaty", RULES),
            ("old/lakes.treaty", LAKES),
            ("old/dredging.yaml", DREDGING),
            ("new/lakes.treaty", &later),
            ("scenarios/dredging.yaml", DREDGING),
        ],
    )
}

#[test]
fn one_file_named_twice_counts_once() {
    let home = lakes("named-twice");
    let (scenario, file, old) = (
        home.join("old/dredging.yaml"),
        home.join("old/lakes.treaty"),
        home.join("old"),
    );
    let run = casus([
        "run",
        text(&scenario),
        "--with",
        text(&file),
        "--with",
        text(&old),
    ]);
    assert_eq!((run.exit, run.err.as_str()), (Exit::Fine, ""));
    let folder = casus(["check", text(&old), "--with", text(&old)]);
    assert_eq!((folder.exit, folder.err.as_str()), (Exit::Fine, ""));
}

#[test]
fn a_treaty_that_is_missing_is_told_once_with_the_file_beside() {
    let home = lakes("missing-treaty");
    let scenario = home.join("old/dredging.yaml");
    let run = casus(["run", text(&scenario), "--expectations"]);
    assert_eq!((run.exit, run.out.as_str()), (Exit::CouldNotRun, ""));
    assert_eq!(run.err.matches("error[").count(), 1, "{}", run.err);
    let cure = format!("--with {}", text(&home.join("old/lakes.treaty")));
    assert!(run.err.contains(&cure), "{}", run.err);
}

#[test]
fn a_slip_in_the_name_of_a_treaty_hides_no_other_mistake() {
    let home = lakes("slip");
    let slip = DREDGING
        .replace("lakes-2000", "lakes-200")
        .replace("russia dredges", "rusia dredges");
    std::fs::write(home.join("old/dredging.yaml"), slip).unwrap();
    let run = casus(["run", text(&home.join("old"))]);
    assert!(run.err.contains("`lakes-2000`"), "{}", run.err);
    assert!(run.err.contains("`rusia`"), "{}", run.err);
}

#[test]
fn folders_of_additions_are_compared_beside_the_rulebook() {
    let home = lakes("additions");
    let (old, new, rules) = (home.join("old"), home.join("new"), home.join("rules"));
    let diff = casus([
        "diff",
        text(&old),
        text(&new),
        "--rules",
        text(&rules),
        "--scenarios",
        text(&home.join("scenarios")),
        "--corpus-only",
    ]);
    assert_eq!(diff.err, "");
    assert!(diff.out.starts_with("1 edit\n"), "{}", diff.out);
    assert!(diff.out.contains("+ within 30 days"), "{}", diff.out);
}

/// Runs the scenario with other expectations and gives what was not met.
fn unmet(name: &str, expectations: &str) -> String {
    let home = lakes(name);
    let path = home.join("old/dredging.yaml");
    let text_of = DREDGING.split("expect:").next().unwrap().to_owned() + expectations;
    std::fs::write(&path, text_of).unwrap();
    let file = home.join("old/lakes.treaty");
    casus(["run", text(&path), "--expectations", "--with", text(&file)]).err
}

#[test]
fn what_is_owed_and_not_violated_is_said_in_one_true_sentence() {
    let expected = "expect:\n  - not-owed: russia shall request assistance from ukraine\n    status: violated\n    on: 2010-01-05\n";
    let told = unmet("one-sentence", expected);
    assert!(
        told.contains("but it is owed: its status is in-force\n"),
        "{told}"
    );
    assert_eq!(told.matches("but ").count(), 1, "{told}");
}

#[test]
fn reasons_are_named_in_either_tense() {
    let expected = |reason: &str| {
        format!(
            "expect:\n  - owed: russia shall request assistance from ukraine\n    because: [{reason}]\n"
        )
    };
    for reason in ["russia dredges ukraine", "russia has dredged ukraine"] {
        assert_eq!(unmet("tense", &expected(reason)), "", "{reason}");
    }
    let told = unmet("tense", &expected("russia has not dredged ukraine"));
    assert!(told.contains("not among the reasons"), "{told}");
}

#[test]
fn a_mistake_of_spelling_hides_no_unknown_name() {
    let broken = "treaty lakes-2000 \"Lakes\"\n  parties russia, frnace as guardian\n  in force from 2000-01-01\n  article 1\n    each party shall shall attack.\n  article 2\n    each guardian P shall assist frnace.\n";
    let home = lakes("hidden");
    std::fs::write(home.join("new/lakes.treaty"), broken).unwrap();
    let check = casus(["check", text(&home.join("new"))]);
    assert_eq!(check.err.matches("`frnace`").count(), 2, "{}", check.err);
    assert_eq!(check.err.matches("error[S").count(), 1, "{}", check.err);
    assert_eq!(check.err.matches("error[").count(), 3, "{}", check.err);
}

#[test]
fn every_word_of_the_vocabulary_is_listed() {
    let words = "means all-means \"all means at hand\"\nmeans ships a kind of all-means\nmanner promptly\npossession fleet\nthing aid\ntreaty pact\n  parties russia, ukraine\n  in force from 2000-01-01\n  article 1\n    no party shall attack ukraine, with at least 30001 tons.\n";
    let home = folder(
        "all-words",
        &[("rules/all.treaty", RULES), ("rules/words.treaty", words)],
    );
    let rules = home.join("rules");
    let listed = |kind: &str| casus(["list", kind, "--rules", text(&rules)]).out;
    let (means, things) = (listed("means"), listed("things"));
    assert!(
        means.contains("all-means") && means.contains("all means at hand"),
        "{means}"
    );
    let kind_of = |line: &str| line.split_whitespace().eq(["ships", "all-means"]);
    assert!(means.lines().any(kind_of), "{means}");
    assert!(
        things.contains("assistance") && !things.contains("russia"),
        "{things}"
    );
    assert_eq!(listed("manners").trim(), "promptly");
    assert_eq!(listed("possessions").trim(), "fleet");
    assert_eq!(listed("units").trim(), "tons");
    let nothing = casus(["list", "units", "fly", "--rules", text(&rules)]);
    assert_eq!(nothing.exit, Exit::Noticed);
    assert!(!nothing.err.contains("perhaps"), "{}", nothing.err);
}

#[test]
fn areas_are_shown_as_drawn_and_places_with_their_coordinates() {
    let drawn = "place station \"Station\" island at -77.85 166.67\ntreaty pact\n  parties russia, ukraine\n  in force from 2000-01-01\narea zone\n  europe\n  except kursk-oblast\narticle 1\n  no party shall attack ukraine in zone.\n";
    let home = folder(
        "drawn",
        &[("rules/all.treaty", RULES), ("rules/drawn.treaty", drawn)],
    );
    let rules = home.join("rules");
    let show = |name: &str| casus(["show", name, "--rules", text(&rules)]).out;
    assert_eq!(
        show("zone"),
        "zone\n  area of pact\n    europe\n    except kursk-oblast\n"
    );
    let station = show("station");
    assert!(
        station.contains("  island\n  at -77.85 166.67\n"),
        "{station}"
    );
}

#[test]
fn provisional_application_is_told_apart_from_force() {
    let skies = LAKES.replace(
        "in force from 2000-01-01",
        "provisionally applied from 1999-01-01\n  enters into force on 2002-01-01",
    );
    let home = lakes("provisional");
    let file = home.join("old/lakes.treaty");
    std::fs::write(&file, skies).unwrap();
    let scenario = home.join("old/dredging.yaml");
    let question = "russia shall request assistance from ukraine";
    let why = casus(["explain", text(&scenario), question, "--with", text(&file)]).out;
    let told = "lakes-2000 is applied provisionally since 1999-01-01, in force since 2002-01-01";
    assert!(why.contains(told), "{why}");
}
