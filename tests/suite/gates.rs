//! Every command that judges rules, and every code with which it can end: the table of `docs/exit-codes.md`, row by row.

use super::change_review::Place;
use std::collections::BTreeSet;

/// A command and the code with which it ends in the place that is made ready for it.
type Row = (&'static [&'static str], i32);

/// Everything agreed to, nothing edited.
const CALM: &[Row] = &[
    (&["test"], 0),
    (&["review"], 0),
    (&["diff", "HEAD"], 0),
    (&["lint"], 0),
    (&["coverage"], 0),
    (&["mutate", "--budget", "0"], 0),
    (&["coverage", "--min", "99"], 1),
    (&["mutate", "--budget", "0", "--min-asserted", "99"], 1),
    (&["lint", "--budget", "0", "--require-proof"], 3),
    (&["mutate", "--budget", "0", "--require-proof"], 3),
    (&["test", "empty"], 2),
    (&["coverage", "empty"], 2),
    (&["mutate", "empty"], 2),
    (&["test", "--filter", "nothing of this name"], 2),
    (&["coverage", "--treaty", "atlantis"], 2),
    (&["mutate", "--treaty", "atlantis"], 2),
    (&["lint", "atlantis"], 2),
    (&["lint", "--off", "T999"], 2),
    (&["diff", "no-such-revision"], 2),
    (&["accept", "F9", "--reason", "there is none"], 2),
    (&["review", "--frobnicate"], 2),
];

/// A deadline and an area edited, and nobody has agreed.
const EDITED: &[Row] = &[
    (&["diff", "HEAD"], 1),
    (&["diff", "HEAD", "--budget", "0", "--require-proof"], 3),
    (&["test"], 1),
    (&["review", "--list"], 1),
    (
        &[
            "accept",
            "F1",
            "--reason",
            "x",
            "--fail-on-family-larger-than",
            "1",
        ],
        1,
    ),
    (&["mutate", "--budget", "0"], 4),
    (&["accept", "all", "--reason", "both"], 0),
    (&["test"], 0),
];

/// The same duty twice.
const TWICE: &[Row] = &[(&["lint"], 1)];

/// A snapshot that is the outcome of no version.
const UNSEEN: &[Row] = &[(&["diff", "HEAD"], 4), (&["mutate", "--budget", "0"], 4)];

fn ends(place: &Place, rows: &[Row], seen: &mut BTreeSet<(String, i32)>) {
    for (words, code) in rows {
        let said = place.casus(words);
        assert_eq!(
            said.code, *code,
            "casus {words:?}\n{}{}",
            said.out, said.err
        );
        seen.insert((words[0].to_owned(), *code));
    }
}

/// What the page says of commands that judge rules: command, and each code that has an entry in its row.
fn page() -> BTreeSet<(String, i32)> {
    let page = include_str!("../../docs/exit-codes.md");
    let (judging, _) = page.split_once("\nThe others").unwrap();
    let rows = judging.lines().filter(|line| line.starts_with("| `casus "));
    let mut found = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let command = cells[1].trim_matches('`').trim_start_matches("casus ");
        for (code, cell) in cells[2..cells.len() - 1].iter().enumerate() {
            if !cell.is_empty() {
                found.insert((command.to_owned(), code as i32));
            }
        }
    }
    found
}

#[test]
fn every_command_ends_with_each_code_that_the_page_tells_of() {
    let mut seen = BTreeSet::new();
    let place = Place::new("gates");
    std::fs::create_dir_all(place.folder.join("empty")).unwrap();
    ends(&place, CALM, &mut seen);

    let rules = place.read("rules/pact.treaty");
    let edited = rules.replace("within 15 days", "within 20 days").replace(
        "  territory of a party\n",
        "  territory of a party\n  islets\n",
    );
    place.write("rules/pact.treaty", &edited);
    ends(&place, EDITED, &mut seen);

    let snapshot = place.read("scenarios/attack.snap");
    let other = snapshot.replace("shall: assist", "shall: applaud");
    assert_ne!(snapshot, other);
    place.write("scenarios/attack.snap", &other);
    ends(&place, UNSEEN, &mut seen);

    let clause =
        "  when a state A threatens a party P, each other party Q shall consult P about A.\n";
    place.write(
        "rules/pact.treaty",
        &format!("{edited}\narticle 3\n{clause}{clause}"),
    );
    ends(&place, TWICE, &mut seen);

    assert_eq!(seen, page());
}

/// The commands of the page on CI, as they stand there, where an edit was agreed to and committed.
#[cfg(unix)]
#[test]
fn the_steps_of_the_page_on_ci_run() {
    let place = Place::new("ci-page");
    place.git(&["branch", "before"]);
    let rules = place.read("rules/pact.treaty");
    place.write(
        "rules/pact.treaty",
        &rules.replace("within 15 days", "within 20 days"),
    );
    place.casus(&["fmt", "rules"]);
    assert_eq!(place.casus(&["test"]).code, 1);
    assert_eq!(
        place
            .casus(&["accept", "all", "--reason", "more time"])
            .code,
        0
    );
    place.commit();
    let page = include_str!("../../docs/ci.md");
    let lines = page
        .lines()
        .map(|line| line.trim().trim_start_matches("- run: "));
    let steps: Vec<&str> = lines.filter(|line| line.starts_with("casus ")).collect();
    assert_eq!(steps.len(), 7, "{steps:?}");
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_casus"))
        .parent()
        .unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    for step in steps {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", step]).current_dir(&place.folder);
        let result = shell
            .env("PATH", &path)
            .env("BASE", "before")
            .env("CI", "true")
            .output();
        let result = result.unwrap();
        let said = String::from_utf8_lossy(&result.stdout).into_owned()
            + &String::from_utf8_lossy(&result.stderr);
        // What is demanded of coverage and of expectations, this small collection does not reach.
        let low = step.contains("--min");
        let code = result.status.code().unwrap();
        assert!(code == 0 || low && code == 1, "{step}: {code}\n{said}");
    }
    for file in ["lint.sarif", "diff.sarif", "casus.xml"] {
        assert!(!place.read(file).is_empty(), "{file}");
    }
}
