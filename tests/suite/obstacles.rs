//! What stood in the way of a lawyer who encoded treaties from the pages alone, command by command.

use crate::cli::{RULES, casus, folder};
use casus::cli::exit::Exit;
use std::path::{Path, PathBuf};

const LAKES: &str = "verb dredge, dredges, dredged\ntreaty lakes-2000 \"Lakes\"\n  parties russia, ukraine\n  in force from 2000-01-01\n  article 1\n    when a party P dredges ukraine, P shall request assistance from ukraine, within 15 days.\n";

const DREDGING: &str = "scenario: Dredging\nas-of: 2010-01-20\nrules: [lakes-2000]\nevents:\n  - what: russia dredges ukraine\n    on: 2010-01-01\nexpect:\n  - owed: russia shall request assistance from ukraine\n    due: 2010-01-16\n";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A rulebook, and beside it two folders of additions, the second with another deadline.
fn lakes(name: &str) -> PathBuf {
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
