//! What reaches a terminal: no name of a file that would steer it, no line of prose that is wider than it, articles by their words.

use super::Desk;
use casus::cli::run_wide;

/// A title for the window, a screen wiped, writing turned round, a line begun anew, a quotation mark.
const HOSTILE: &str = "a\u{1b}]0;mine\u{7}b\u{202e}c\rd\u{1b}[2Je'f";

/// What a command says on a terminal, results and messages.
fn said(arguments: &[&str]) -> String {
    said_on(80, arguments)
}

fn said_on(columns: usize, arguments: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let all = ["casus"].iter().chain(arguments);
    run_wide(all, &mut out, &mut err, Some(columns));
    String::from_utf8([out, err].concat()).unwrap()
}

#[test]
fn names_of_files_do_not_steer_the_terminal() {
    let desk = Desk::new("names");
    let (plain, exercise) = (desk.path("strait"), desk.path(HOSTILE));
    std::fs::rename(&plain, &exercise).unwrap();
    let answers = desk.path(&format!("{HOSTILE}.answers"));
    std::fs::write(&answers, "none\n").unwrap();
    let file = desk.path(&format!("{HOSTILE}.session"));
    let missing = desk.path(&format!("{HOSTILE}.missing"));
    let folder = desk.folder.to_str().unwrap();
    let play = ["play", &exercise, "--session", &file, "--answers", &answers];
    let left = said(&play);
    let commands: [&[&str]; 14] = [
        &["exercise", "list", folder],
        &["exercise", "check", &exercise, "--pin"],
        &["exercise", "draft", &exercise, "--write"],
        &["exercise", "import", &exercise, &missing],
        &["exercise", "check", &missing],
        &play,
        &["session", "list", folder],
        &["session", "show", &file],
        &["session", "verify", &file],
        &["session", "fork", &file],
        &["session", "redact", &file],
        &["session", "delete", &file],
        &["check", &exercise],
        &["run", &missing],
    ];
    let told = commands.iter().map(|it| said(it)).collect::<String>() + &left;
    let colours = ["\u{1b}[0m", "\u{1b}[1m"];
    let bare = colours
        .iter()
        .fold(told.clone(), |text, it| text.replace(it, ""));
    for sign in ["\u{1b}]", "\u{1b}[2J", "\u{7}", "\u{202e}", "\r"] {
        assert!(!bare.contains(sign), "{sign:?} in {told}");
    }
    // What is to be typed is spelt so that a shell reads the name again.
    let again = left.split("casus play --resume ").nth(1).unwrap().trim();
    let echo = std::process::Command::new("bash")
        .args(["-c", &format!("printf %s {again}")])
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(echo.stdout).unwrap(), file);
}

/// The same game on a narrow screen, whose prose fits it; `t` finds articles by their words.
#[test]
fn prose_is_broken_where_the_screen_ends() {
    let desk = Desk::new("narrow");
    let (answers, exercise) = (desk.path("answers"), desk.path("strait"));
    std::fs::write(&answers, "t assist\nt no-such-word\nf\n1\n\n\n\nq\n").unwrap();
    let game = |columns: usize| {
        let file = desk.path(&format!("{columns}.session"));
        let begin = ["play", &exercise, "--session", &file, "--role", "borland"];
        said_on(columns, &[&begin[..], &["--answers", &answers]].concat())
    };
    let (narrow, wide) = (game(40), game(200));
    let prose = |text: &str| text.lines().filter(|line| line.contains("aldmark")).count();
    assert!(prose(&narrow) >= prose(&wide), "{narrow}");
    for line in narrow
        .lines()
        .filter(|line| line.contains("borland shall") || line.contains("because"))
    {
        assert!(line.chars().count() <= 40, "{line}");
    }
    let words = |text: &str| {
        let text = text.replace("40.session", "200.session");
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&narrow), words(&wide));
    let (_, shown) = wide
        .split_once("> t assist\n")
        .or(wide.split_once("t assist\n"))
        .unwrap();
    let (shown, rest) = shown.split_once("t no-such-word").unwrap();
    assert!(
        shown.contains("Assistance") && !shown.contains("Consultation"),
        "{shown}"
    );
    assert!(
        rest.contains("No article that counts here has these words."),
        "{rest}"
    );
}
