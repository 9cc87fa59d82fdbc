//! `casus play`, from the real program: a whole game with scripted answers, leaving and resuming.

use casus::cli::exit::Exit;
use std::path::PathBuf;

struct Played {
    exit: Exit,
    out: String,
    err: String,
}

fn play(arguments: &[&str]) -> Played {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["casus", "play"].iter().chain(arguments);
    let exit = casus::cli::run(arguments, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Played {
        exit,
        out: text(out),
        err: text(err),
    }
}

/// A session and a file of answers, of their own for each test.
fn files(name: &str, answers: &str) -> (PathBuf, PathBuf) {
    let folder = std::env::temp_dir().join(format!("casus-play-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("answers");
    std::fs::write(&file, answers).unwrap();
    (folder.join("game.session"), file)
}

const FIRST: &str = "exercises/first-contact";

fn first(name: &str, answers: &str) -> Played {
    let (session, answers) = files(name, answers);
    let paths = [session.to_str().unwrap(), answers.to_str().unwrap()];
    play(&[FIRST, "--session", paths[0], "--answers", paths[1]])
}

#[test]
fn a_whole_game_is_explained_article_by_article() {
    let played = first(
        "whole",
        "?\nh\nf\nt\n1\n1958-03-11\n1\n1\n1\n1\n1\n1\n1\n1\n1\n",
    );
    assert_eq!(played.exit, Exit::Fine, "{}{}", played.out, played.err);
    // Plain mode moves no cursor and says nothing by colour.
    assert!(!played.out.contains('\u{1b}'));
    insta::assert_snapshot!(played.out);
}

#[test]
fn what_was_answered_is_there_when_the_game_goes_on() {
    let (session, answers) = files("resume", "none\n");
    let (session, answers) = (session.to_str().unwrap(), answers.to_str().unwrap());
    let left = play(&[FIRST, "--session", session, "--answers", answers]);
    assert_eq!(left.exit, Exit::Fine);
    assert!(
        left.out.contains(&format!("casus play --resume {session}")),
        "{}",
        left.out
    );
    std::fs::write(answers, "1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n").unwrap();
    let resumed = play(&["--resume", session, "--answers", answers]);
    assert!(
        !resumed.out.contains("Q1 ·"),
        "asked twice:\n{}",
        resumed.out
    );
    assert!(resumed.out.contains("Q2 ·"), "{}", resumed.out);
    assert!(resumed.out.contains("The end:"), "{}", resumed.out);
    // The end is the end.
    let again = play(&["--resume", session, "--answers", answers]);
    assert!(
        again.out.contains("The end:") && !again.out.contains("Q2 ·"),
        "{}",
        again.out
    );
}

#[test]
fn what_nobody_understands_is_asked_again() {
    let played = first(
        "slips",
        "7\nthe fleet\nborland shall help\n1\nsoon\n1958-03-11\n",
    );
    assert!(
        played.out.contains("Type numbers from 1 to"),
        "{}",
        played.out
    );
    assert_eq!(
        played.out.matches("Casus does not understand this").count(),
        2,
        "{}",
        played.out
    );
    assert!(
        played.out.contains("Write the day as 2024-12-04."),
        "{}",
        played.out
    );
}

#[test]
fn games_that_cannot_begin_say_why() {
    let (session, _) = files("wrong", "");
    let session = session.to_str().unwrap();
    for (arguments, why) in [
        (vec!["exercises/nowhere"], "cannot read"),
        (vec!["--resume", session], "there is no session"),
        (
            vec![FIRST, "--session", session, "--role", "borlund"],
            "no role is called `borlund`",
        ),
        (vec!["--resume", "Cargo.toml"], "is no sound session file"),
    ] {
        let played = play(&arguments);
        assert_eq!(played.exit, Exit::CouldNotRun, "{}", played.out);
        assert!(played.err.contains(why), "{}", played.err);
    }
}
