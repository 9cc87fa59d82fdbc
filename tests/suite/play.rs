//! `casus play`, from the real program: a whole game with scripted answers, leaving and resuming.

use crate::scratch::Scratch;
use casus::cli::exit::Exit;

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

/// A folder with answers, and the paths of a session and of those answers in it.
fn files(name: &str, answers: &str) -> (Scratch, String, String) {
    let folder = Scratch::new(&format!("play-{name}"));
    folder.write("answers", answers);
    let (session, answers) = (folder.path("game.session"), folder.path("answers"));
    (folder, session, answers)
}

const FIRST: &str = "exercises/first-contact";

fn first(name: &str, answers: &str) -> Played {
    let (_folder, session, answers) = files(name, answers);
    play(&[FIRST, "--session", &session, "--answers", &answers])
}

#[test]
fn a_whole_game_is_explained_article_by_article() {
    let answers = "?\nh\nf\nt\n1\n1958-03-11\n1\n1\n1\n1\n1\n1\n1\n1\n1\n";
    let (_folder, session, answers) = files("whole", answers);
    let played = play(&[FIRST, "--session", &session, "--answers", &answers]);
    assert_eq!(played.exit, Exit::Fine, "{}{}", played.out, played.err);
    // Plain mode moves no cursor and says nothing by colour.
    assert!(!played.out.contains('\u{1b}'));
    let told = played.out.replace(&session, "game.session");
    // Ten minutes leave seven to read, at 200 words a minute.
    assert!(told.split_whitespace().count() < 1400, "too much to read");
    insta::assert_snapshot!(told);
}

#[test]
fn what_was_answered_is_there_when_the_game_goes_on() {
    let (_folder, session, answers) = files("resume", "none\n");
    let (session, answers) = (session.as_str(), answers.as_str());
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
fn a_question_can_be_begun_anew() {
    let played = first("back", "1\nback\n2\n1958-03-11\n");
    assert_eq!(played.out.matches("Q1 ·").count(), 2, "{}", played.out);
    assert!(played.out.contains("\n10.0 of 10 points"), "{}", played.out);
}

#[test]
fn games_that_cannot_begin_say_why() {
    let (_folder, session, _) = files("wrong", "");
    let session = session.as_str();
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

/// The console of a facilitator: release, paper, reveal, undo, notes; the same file goes on in a room.
#[test]
fn a_facilitator_runs_it_from_a_terminal() {
    let commands = "?\np\nn\na borland Q1\nnone\nb\nr Q1\no borland Q1\n50\nA fair reading\n\
                    k\nWhy ten days\nn\nu\ni\nborland\nThe line is cut\nthe fleet sails\n\
                    i\nnobody\nText\n\nx\ne\nconsult\nS\nThey counted aloud\na borland Q9\nz\nmaps\n\n\nh\nq\n";
    let (_folder, session, commands) = files("console", commands);
    let (session, commands) = (session.as_str(), commands.as_str());
    let run = |arguments: &[&str]| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = casus::cli::run(arguments, &mut out, &mut err);
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (exit, text(out) + &text(err))
    };
    let arguments = [
        "casus",
        "exercise",
        "run",
        FIRST,
        "--session",
        session,
        "--commands",
        commands,
    ];
    let (exit, out) = run(&arguments);
    assert_eq!(exit, Exit::Fine, "{out}");
    for said in [
        "Releasing it creates 1 (duties, prohibitions, permissions, powers)",
        "--- I1 · 1958-03-01 · cable from Embassy in Aldmark · to borland",
        "Q1: borland handed in",
        "missed: borland shall consult aldmark about dorne",
        "Not done: this fact cannot be taken",
        "Not done: there is no role `nobody`",
        "That is no command here",
        "There is no such team or question",
        "I2 is held.",
        "Everything is kept.",
    ] {
        assert!(out.contains(said), "no `{said}` in\n{out}");
    }
    let (_, verified) = run(&["casus", "session", "verify", session]);
    assert!(verified.contains("sound"), "{verified}");
    let (_, report) = run(&["casus", "session", "report", session]);
    assert!(
        report.contains("A fair reading") && report.contains("They counted aloud"),
        "{report}"
    );
    let (exit, again) = run(&[
        "casus",
        "exercise",
        "run",
        "--resume",
        session,
        "--commands",
        commands,
    ]);
    assert_eq!(exit, Exit::Fine, "{again}");
    assert!(
        again.contains("--- I2 ·"),
        "what was taken back comes next again:\n{again}"
    );
}
