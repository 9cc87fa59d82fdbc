//! Every exit code, from the real program; the table for readers is `docs/exit-codes.md`.

use crate::scratch::Scratch;
use casus::cli::exit::Exit;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const PACT: &str = "\
state arcadia
state borland

treaty pact
  parties arcadia, borland
  in force from 1950-01-01

article 1
  when a state A attacks a party P, each other party Q shall assist P against A.
";

/// A folder with a sound file and a faulty one of each kind; the rulebook is built in.
fn folder(name: &str) -> Scratch {
    let folder = Scratch::new(&format!("exit-{name}"));
    std::fs::create_dir_all(folder.join("empty")).unwrap();
    let scenario = |rest: &str| {
        format!("scenario: S\nas-of: 2030-01-01\nrules: [north-atlantic-treaty]\n{rest}")
    };
    for (file, text) in [
        ("sound.treaty", PACT.to_owned()),
        ("crooked.treaty", PACT.replace("  parties", "      parties")),
        ("faulty.treaty", PACT.replace("shall", "shull")),
        (
            "sound.yaml",
            scenario("expect:\n  - not-owed: france shall assist estonia\n"),
        ),
        (
            "unmet.yaml",
            scenario("expect:\n  - owed: france shall assist estonia\n"),
        ),
        ("faulty.yaml", scenario("events: 3\n")),
        (
            "warned.yaml",
            scenario("events:\n  - what: russia attacks estonia\n    on: 2029-12-31\n"),
        ),
    ] {
        folder.write(file, &text);
    }
    folder
}

fn casus(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casus"));
    command.current_dir(folder).stdin(Stdio::null());
    command
}

#[track_caller]
fn ends_with(code: Exit, folder: &Path, all: &[&[&str]]) {
    for arguments in all {
        let result = casus(folder).args(*arguments).output().unwrap();
        let said = String::from_utf8_lossy(&result.stderr);
        assert_eq!(
            result.status.code(),
            Some(code as i32),
            "casus {}\n{said}",
            arguments.join(" ")
        );
    }
}

#[test]
fn nothing_to_notice() {
    ends_with(
        Exit::Fine,
        &folder("fine"),
        &[
            &["--help"],
            &["--version"],
            &["run", "--help"],
            &["run", "sound.yaml"],
            &["run", "sound.yaml", "--format", "json"],
            &[
                "run",
                "sound.yaml",
                "--format",
                "markdown",
                "--assume",
                "all",
            ],
            &["run", "warned.yaml"],
            &["explain", "sound.yaml", "france shall assist estonia"],
            &["check", "sound.yaml", "--strict"],
            &["check", "warned.yaml"],
            &["check", "sound.treaty"],
            &["fmt", "--check", "sound.treaty"],
            &["fmt", "crooked.treaty"],
            &["fmt", "--check", "crooked.treaty"],
            &["show", "france", "--on", "1914-08-01"],
            &["list"],
            &["list", "treaties", "france", "1914"],
            &["run", "july-1914", "--expectations"],
            &["show", "north-atlantic-treaty", "--core"],
            &["new", "scenario", "crisis"],
            &["completions", "bash"],
            &["man"],
        ],
    );
}

#[test]
fn something_to_notice() {
    ends_with(
        Exit::Noticed,
        &folder("noticed"),
        &[
            &["run", "unmet.yaml"],
            &["run", "unmet.yaml", "sound.yaml", "--expectations"],
            &["run", "unmet.yaml", "--format", "json"],
            &["fmt", "--check", "crooked.treaty"],
            &["check", "warned.yaml", "--strict"],
            &["list", "treaties", "atlantis"],
            &["list", "france", "atlantis", "--json"],
        ],
    );
}

#[test]
fn could_not_run() {
    ends_with(
        Exit::CouldNotRun,
        &folder("could-not-run"),
        &[
            &[],
            &["rum"],
            &["run"],
            &["run", "sound.yaml", "--fromat", "json"],
            &["run", "sound.yaml", "--as-of", "yesterday"],
            &["run", "sound.yaml", "--account", "atlantis"],
            &["run", "sound.yaml", "--assume", "atlantis"],
            &["run", "sound.yaml", "--rules", "nowhere"],
            &["run", "sound.yaml", "--with", "faulty.treaty"],
            &["run", "nothing.yaml"],
            &["run", "empty"],
            &["run", "faulty.yaml"],
            &["run", "faulty.yaml", "unmet.yaml", "sound.yaml"],
            &["explain", "sound.yaml", "france assists estonia"],
            &["explain", "faulty.yaml", "france shall assist estonia"],
            &["check", "faulty.yaml"],
            &["check", "faulty.treaty"],
            &["check", "empty"],
            &["fmt", "--check", "faulty.treaty"],
            &["fmt", "nothing.treaty"],
            &["show"],
            &["show", "atlantis"],
            &["show", "mutual assistance"],
            &["show", "france", "--on", "yesterday"],
            &["show", "france", "--json"],
            &["run", "atlantis"],
            &["run", "korea"],
            &["new", "treaty", "sound"],
        ],
    );
}

/// As in `casus list states | head -1`, with a reader that has gone before the first line.
#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let folder = folder("pipe");
    let mut child = casus(&folder)
        .args(["list", "states"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(Exit::Fine as i32));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_trouble() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let folder = folder("full");
    let status = casus(&folder)
        .args(["list", "states"])
        .stdout(full)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(Exit::CouldNotRun as i32));
}

/// Not the real program, which is not known to contradict itself: a terminal that breaks in its hands.
#[test]
fn a_defect_of_the_program_has_a_code_of_its_own() {
    struct Broken;
    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            panic!("for this test");
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut err = Vec::new();
    let exit = casus::cli::run(["casus", "list", "states"], &mut Broken, &mut err);
    assert_eq!(exit, Exit::Contradiction);
    assert!(
        String::from_utf8(err)
            .unwrap()
            .contains("defect of the program")
    );
}

#[test]
fn the_table_for_readers_is_complete() {
    let page = include_str!("../../docs/exit-codes.md");
    for exit in [
        Exit::Fine,
        Exit::Noticed,
        Exit::CouldNotRun,
        Exit::Inconclusive,
        Exit::BaselineFails,
        Exit::Contradiction,
    ] {
        assert!(page.contains(&format!("\n| {} |", exit as i32)), "{exit:?}");
    }
}

/// Colours only where somebody sees them.
#[test]
fn piped_output_is_plain() {
    let folder = folder("plain");
    for arguments in [
        &["run", "sound.yaml"][..],
        &["list", "states"],
        &["--help"],
        &["run", "faulty.yaml"],
    ] {
        let result = casus(&folder).args(arguments).output().unwrap();
        let both = [result.stdout, result.stderr].concat();
        assert!(!both.contains(&0x1b), "casus {}", arguments.join(" "));
    }
}
