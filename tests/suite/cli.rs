//! The command line, called as a function.

use casus::cli::{exit::Exit, run};
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

struct Result {
    exit: Exit,
    out: String,
    err: String,
}

fn casus<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(["casus"].into_iter().chain(arguments), &mut out, &mut err);
    let plain = |bytes: Vec<u8>| {
        anstream::adapter::strip_str(&String::from_utf8(bytes).unwrap()).to_string()
    };
    Result {
        exit,
        out: plain(out),
        err: plain(err),
    }
}

/// A folder of its own for one test, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

const RULES: &str = include_str!("../diagnostics/scenario/rulebook.treaty");

#[test]
fn help_goes_to_the_reader_and_usage_to_the_error_stream() {
    let help = casus(["--help"]);
    assert_eq!((help.exit, help.err.as_str()), (Exit::Fine, ""));
    assert!(help.out.contains("First steps"));
    let usage = casus(["chekc"]);
    assert_eq!((usage.exit, usage.out.as_str()), (Exit::CouldNotRun, ""));
    assert!(usage.err.contains("check"), "{}", usage.err);
}

#[test]
fn every_command_teaches_by_examples() {
    for command in ["check", "show", "new"] {
        let help = casus([command, "--help"]).out;
        assert!(help.contains("Examples:"), "{command}");
        for line in help.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}

#[test]
fn manual_pages_and_completions_are_printed() {
    assert!(casus(["man"]).out.contains(".TH casus"));
    assert!(casus(["man", "check"]).out.contains("rulebook"));
    assert_eq!(casus(["man", "chekc"]).exit, Exit::CouldNotRun);
    assert!(casus(["completions", "bash"]).out.contains("_casus"));
}

#[test]
fn check_finds_the_rulebook_above_the_scenario() {
    let sound =
        "scenario: Attack\nevents:\n  - what: ukraine attacks russia\n    from: 2024-08-06\n";
    let folder = folder(
        "above",
        &[("rules/all.treaty", RULES), ("cases/deep/a.yaml", sound)],
    );
    let path = folder.join("cases/deep/a.yaml");
    let result = casus(["check", path.to_str().unwrap()]);
    assert_eq!((result.exit, result.err.as_str()), (Exit::Fine, ""));
    assert_eq!(result.out, "checked 1 scenario: nothing to report\n");
    let all = casus(["check", folder.to_str().unwrap()]);
    assert_eq!(all.out, "checked 1 treaty file: nothing to report\n");
}

#[test]
fn check_reports_all_files_at_once() {
    let wrong =
        "scenario: Attack\nevents:\n  - what: ukrane attacks russia\n    from: 2024-08-32\n";
    let files = [
        ("rules/all.treaty", RULES),
        ("scenarios/a.yaml", wrong),
        ("scenarios/b.yaml", "events: 3\n"),
    ];
    let folder = folder("all", &files);
    let result = casus(["check", folder.to_str().unwrap()]);
    assert_eq!(result.exit, Exit::CouldNotRun);
    assert_eq!(
        result.out,
        "checked 1 treaty file and 2 scenarios: 4 mistakes\n"
    );
    assert!(result.err.contains("a.yaml:3:"), "{}", result.err);
    assert!(result.err.contains("b.yaml:1:"), "{}", result.err);
}

#[test]
fn check_says_which_file_cannot_be_read() {
    let result = casus(["check", "nowhere/nothing.yaml"]);
    assert_eq!(result.exit, Exit::CouldNotRun);
    assert!(
        result.err.contains("cannot read nowhere/nothing.yaml"),
        "{}",
        result.err
    );
}

#[test]
fn new_files_pass_the_check() {
    for (text, name) in [
        (
            include_str!("../../src/cli/new/treaty.treaty"),
            "pact.treaty",
        ),
        (
            include_str!("../../src/cli/new/scenario.yaml"),
            "crisis.yaml",
        ),
    ] {
        let folder = folder(
            &format!("new-{name}"),
            &[(name, &text.replace("NAME", "pact"))],
        );
        let path = folder.join(name);
        let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let result = casus([
            "check",
            path.to_str().unwrap(),
            "--rules",
            rules.to_str().unwrap(),
            "--strict",
        ]);
        assert_eq!(
            (result.exit, result.err.as_str()),
            (Exit::Fine, ""),
            "{name}"
        );
    }
}

#[test]
fn new_refuses_names_that_the_language_refuses() {
    let result = casus(["new", "treaty", "Pact"]);
    assert_eq!(result.exit, Exit::CouldNotRun);
    assert!(result.err.contains("small letters"), "{}", result.err);
}

#[test]
fn show_tells_treaties_actors_and_words() {
    let folder = folder("show", &[("all.treaty", RULES)]);
    let show = |thing| casus(["show", thing, "--rules", folder.to_str().unwrap()]).out;
    let texts = [
        "treaties",
        "russia-dprk-2024",
        "ussr",
        "kursk-oblast",
        "attack",
        "at-war",
        "states",
        "verbs",
    ]
    .map(|thing| format!("$ casus show {thing}\n{}", show(thing)));
    insta::assert_snapshot!(texts.join("\n"));
    let unknown = casus(["show", "rusia", "--rules", folder.to_str().unwrap()]);
    assert!(
        unknown.err.contains("perhaps `russia` is meant"),
        "{}",
        unknown.err
    );
}

/// A reader that has gone away, as after `| head`.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(Error::from(ErrorKind::BrokenPipe))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut err = Vec::new();
    let exit = run(["casus", "show", "states"], &mut Gone, &mut err);
    assert_eq!((exit, err.as_slice()), (Exit::Fine, &b""[..]));
}
