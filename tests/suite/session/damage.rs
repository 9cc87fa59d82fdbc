//! A disk that is full, a folder that is read-only, a file that is damaged: one clear message, nothing lost, nothing worse.

use super::{ANSWERS, Desk, casus, fine, kept};
use casus::cli::exit::Exit;
use casus::exercise::session::{Store, StoreError};
use std::process::{Command, Output, Stdio};

const CASUS: &str = env!("CARGO_BIN_EXE_casus");

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// One message, in words, and no panic.
fn one_message(output: &Output, say: &str) {
    let err = told(output);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains(say), "{err}");
    assert!(
        !err.contains("panicked") && err.trim().lines().count() == 1,
        "{err}"
    );
}

/// Flips bits and cuts the file, and asks after each what is left: all of it, or the beginning with a word that the rest is damaged.
#[test]
fn damage_is_told_and_what_is_before_it_can_be_read() {
    let desk = Desk::new("damage");
    desk.play("game.session", ANSWERS);
    let file = desk.path("game.session");
    let (_, whole) = kept(&file);
    let sound = std::fs::read(&file).unwrap();
    let copy = desk.path("copy.session");
    let mut said = [0, 0, 0];
    let mut try_out = |broken: &[u8]| {
        std::fs::write(&copy, broken).unwrap();
        let found = Store::read(copy.as_ref()).and_then(|store| {
            let bundle = store.bundle()?;
            Ok((bundle, store.log()))
        });
        match found {
            Err(StoreError::Damaged { .. } | StoreError::Format { .. }) => said[0] += 1,
            Err(other) => panic!("{other}"),
            Ok((_, (log, wrong))) => {
                assert_eq!(log, whole[..log.len()], "something was changed unseen");
                if wrong.is_some() {
                    said[1] += 1;
                } else if log.len() == whole.len() {
                    said[2] += 1;
                }
            }
        }
        assert_eq!(
            std::fs::read(&copy).unwrap(),
            broken,
            "a damaged file was touched"
        );
    };
    for at in (0..sound.len()).step_by(sound.len() / 300) {
        let mut broken = sound.clone();
        broken[at] ^= 1 << (at % 8);
        try_out(&broken);
    }
    for cut in (0..sound.len()).step_by(4096) {
        try_out(&sound[..cut]);
    }
    // Every kind of damage was met, and so was some that does no harm.
    assert!(said.iter().all(|count| *count > 0), "{said:?}");
}

#[test]
fn a_damaged_session_is_reported_in_part_and_goes_on_in_a_copy() {
    let desk = Desk::new("partial");
    desk.play("game.session", ANSWERS);
    let file = desk.path("game.session");
    let (_, whole) = kept(&file);
    // A letter of an answer.
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes
        .windows(10)
        .rposition(|part| part == b"Some words")
        .unwrap();
    bytes[at] = b'T';
    std::fs::write(&file, &bytes).unwrap();
    let bad = whole
        .iter()
        .position(|entry| format!("{entry:?}").contains("Some words"));
    let bad = bad.unwrap() + 1;
    let report = casus(&["session", "report", &file]);
    assert_eq!(report.exit, Exit::Fine);
    let message =
        format!("damaged, and read up to there: entry {bad}: it was changed after it was written");
    assert!(report.err.contains(&message), "{}", report.err);
    assert!(report.out.contains("after-action report") && report.out.contains("I1 · Q1"));
    for command in ["verify", "resume"] {
        let done = casus(&["session", command, &file]);
        assert_eq!(done.exit, Exit::CouldNotRun, "{command}");
        assert!(
            done.err.contains(&format!("entry {bad}")),
            "{command}: {}",
            done.err
        );
    }
    fine(&["session", "fork", &file]);
    let (_, saved) = kept(&desk.path("game-fork.session"));
    assert_eq!(saved, whole[..bad - 1]);
    assert_eq!(kept_bytes(&file), bytes, "the original was touched");
}

fn kept_bytes(file: &str) -> Vec<u8> {
    std::fs::read(file).unwrap()
}

/// A disk on which no file may grow beyond so many blocks of 512 bytes.
fn full(blocks: u32, arguments: &[&str], input: &str) -> Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut child = Command::new("sh")
        .args(["-c", &script, CASUS])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // The program may end before it has read all.
    let _ = std::io::Write::write_all(&mut pipe, input.as_bytes());
    drop(pipe);
    child.wait_with_output().unwrap()
}

#[test]
fn a_disk_that_is_full_loses_nothing_that_was_acknowledged() {
    let desk = Desk::new("full");
    let (exercise, file) = (desk.path("strait"), desk.path("game.session"));
    // Too small for a session at all: none is left behind.
    let output = full(4, &["play", &exercise, "--session", &file], "none\n");
    one_message(&output, "cannot write");
    assert!(!std::path::Path::new(&file).exists());
    // Room for the beginning only.
    desk.play("game.session", "none\n");
    let before = kept(&file).1;
    let size = std::fs::metadata(&file).unwrap().len();
    let answers: String = (0..40).map(|_| "none\n").collect();
    let resume = ["play", "--resume", &file, "--hotseat"];
    let mut stopped = 0;
    // From the size that it has upwards, the disk is full a little later each time.
    for more in 0..12 {
        let blocks = (size / 512) as u32 + more * 8;
        let output = full(blocks, &resume, &answers);
        let (_, log) = kept(&file);
        assert!(log.len() >= before.len() && log[..before.len()] == before);
        assert!(!told(&output).contains("panicked"), "{}", told(&output));
        if output.status.code() == Some(2) {
            one_message(&output, "cannot write");
            stopped += 1;
        }
        let out = String::from_utf8_lossy(&output.stdout);
        let shown = out.matches(" of 10 points").count();
        let answered = log
            .iter()
            .filter(|it| format!("{it:?}").contains("Answered"));
        assert!(
            answered.count() >= shown,
            "an answer that was acknowledged is lost"
        );
    }
    assert!(stopped > 0, "the disk was never full");
    fine(&["session", "verify", &file]);
}

/// The program as somebody without rights, if this is not so already.
fn without_rights() -> Option<Vec<&'static str>> {
    let own: Vec<&str> = vec![CASUS];
    let lesser = vec!["setpriv", "--reuid=65534", "--clear-groups", CASUS];
    let root = Command::new("id").arg("-u").output().ok()?;
    if root.stdout != b"0\n" {
        return Some(own);
    }
    let tried = Command::new(lesser[0])
        .args(&lesser[1..])
        .arg("--version")
        .output();
    tried.is_ok_and(|it| it.status.success()).then_some(lesser)
}

#[test]
fn a_read_only_folder_is_told_and_what_is_there_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let Some(program) = without_rights() else {
        eprintln!("SKIPPED: a read-only folder: nobody without rights can run the program here");
        return;
    };
    let desk = Desk::new("readonly");
    desk.play("game.session", ANSWERS);
    let file = desk.path("game.session");
    let sound = std::fs::read(&file).unwrap();
    let report = fine(&["session", "report", &file]);
    let may = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&desk.folder, permissions).unwrap();
    };
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
    may(0o555);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(program[0]);
        command.args(&program[1..]).args(arguments);
        command.current_dir(&desk.folder).stdin(Stdio::null());
        command.output().unwrap()
    };
    let outputs = [
        run(&["play", "strait"]),
        run(&["serve", "strait", "--port", "0"]),
        run(&["play", "--resume", "game.session"]),
        run(&["session", "fork", "game.session"]),
        run(&["session", "delete", "game.session", "--yes"]),
    ];
    let read = run(&["session", "report", "game.session"]);
    may(0o755);
    for output in outputs {
        one_message(&output, "cannot write");
    }
    assert_eq!(String::from_utf8(read.stdout).unwrap(), report);
    assert_eq!(kept_bytes(&file), sound);
}
