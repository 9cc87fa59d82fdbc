//! A session told again is what was seen when it happened.

use super::{ANSWERS, Desk, fine, kept, session};
use casus::exercise::RoleId;
use casus::exercise::play::scene;
use casus::exercise::session::{Audience, Happening};
use casus::report::style::WIDTH;

#[test]
fn a_game_told_again_shows_what_the_screen_showed() {
    let desk = Desk::new("replay");
    let played = desk.play("game.session", ANSWERS);
    assert!(
        played.out.contains("The end:"),
        "{}{}",
        played.out,
        played.err
    );
    let file = desk.path("game.session");
    let (pack, log) = kept(&file);
    let whole = session(&pack, &log);
    for role in 0..3 {
        let audience = Audience::Team(RoleId(role));
        let seen = whole.replay(audience, |then, entry| {
            let shown = matches!(
                entry.happening,
                Happening::Released { .. } | Happening::Revealed { .. }
            );
            scene(then, audience, entry, WIDTH).filter(|_| shown)
        });
        // All that the team got, part by part, in the order in which it stood on the screen.
        let mut rest = played.out.as_str();
        let mut parts = 0;
        for scene in seen.iter().filter_map(|seen| seen.scene.as_ref()) {
            for part in scene.split("\n\n") {
                let at = rest.find(part.trim());
                let at = at.unwrap_or_else(|| panic!("not shown to {role}: {part}\n{rest}"));
                // At one keyboard the questions of an inject come one after another, in a room all at once.
                if !part.starts_with('Q') {
                    rest = &rest[at..];
                }
                parts += 1;
            }
        }
        assert!(parts >= 6, "{parts} parts only for {role}");
    }
    let told = fine(&["session", "replay", &file, "--as", "borland"]);
    insta::assert_snapshot!(without_seconds(&told));
    // As fast as it was, or a thousand times as fast: the same words.
    let fast = fine(&[
        "session", "replay", &file, "--as", "borland", "--speed", "100000",
    ]);
    assert_eq!(fast, told);
    let wrong = super::casus(&["session", "replay", &file, "--as", "borlund"]);
    assert!(
        wrong.err.contains("nobody is called `borlund`"),
        "{}",
        wrong.err
    );
}

#[test]
fn where_it_stands_is_told() {
    let desk = Desk::new("show");
    desk.play("game.session", ANSWERS);
    desk.play("left.session", "none\n");
    std::fs::write(desk.path("text.session"), "no session").unwrap();
    let list = fine(&["session", "list", desk.folder.to_str().unwrap()]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 3, "{list}");
    assert!(
        lines[0].contains("Strait <b>crisis</b>") && lines[0].ends_with("over"),
        "{list}"
    );
    assert!(lines[1].ends_with("can be resumed"), "{list}");
    assert!(lines[2].ends_with("no sound session file"), "{list}");
    let shown = fine(&["session", "show", &desk.path("left.session")]);
    assert!(
        shown.contains("Q1: aldmark handed in, borland nothing"),
        "{shown}"
    );
    assert!(shown.contains("next: I2"), "{shown}");
}

#[test]
fn a_session_goes_on_in_the_way_it_was_begun() {
    let desk = Desk::new("again");
    desk.play("game.session", "none\n");
    let file = desk.path("game.session");
    let before = kept(&file).1.len();
    // There is no keyboard here: it goes on and is left at once.
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_casus"))
        .args(["session", "resume", &file])
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(
        out.contains("Q1 · Borland") && out.contains("casus play --resume"),
        "{out}"
    );
    assert_eq!(kept(&file).1.len(), before + 2);
}

/// The clock at the beginning of a line, to the minute: how many seconds a game takes is the machine's.
fn without_seconds(told: &str) -> String {
    let line = |line: &str| match line.split_once("] ") {
        Some((clock, rest)) if clock.starts_with('[') => {
            format!("{}:00] {rest}\n", &clock[..clock.len() - 3])
        }
        _ => format!("{line}\n"),
    };
    told.lines().map(line).collect()
}
