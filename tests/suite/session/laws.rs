//! Rules and exercises that change on the disk: what was played stays as it was, and what would move is named.

use super::{ANSWERS, Desk, casus, fine};
use crate::scratch::Scratch;
use crate::serve::LAW;
use casus::cli::exit::Exit;

/// Borland alone is right about its duty and its day.
const RIGHT: &str = "none\nborland shall consult aldmark about dorne under pact article 1\n1958-03-11\n\nnone\nSome words\n";

/// One condition of the pact changes: twenty days instead of ten.
fn amended(desk: &Desk) {
    let law = LAW.replace("within 10 days", "within 20 days");
    assert_ne!(law, LAW);
    desk.folder.write("rules/law.treaty", &law);
}

#[test]
fn a_changed_condition_names_every_question_whose_key_moved() {
    let desk = Desk::new("moved");
    let exercise = desk.path("strait");
    fine(&["exercise", "check", &exercise, "--pin"]);
    let unchanged = fine(&["exercise", "check", &exercise]);
    assert!(!unchanged.contains("moved"), "{unchanged}");
    amended(&desk);
    let told = casus(&["exercise", "check", &exercise]);
    assert_eq!(told.exit, Exit::Noticed);
    let key = "borland shall consult aldmark about dorne | pact article 1 | due 1958-03";
    for line in [
        "I1 Q1 borland".to_owned(),
        format!("- {key}-11"),
        "I1 Q1 cedria".to_owned(),
        format!("+ {key}-21"),
    ] {
        assert!(told.out.contains(&line), "no `{line}` in\n{}", told.out);
    }
    assert!(!told.out.contains("Q2"), "{}", told.out);
}

#[test]
fn a_session_keeps_to_its_own_copy_and_regrading_tells_whose_points_would_move() {
    let desk = Desk::new("regraded");
    desk.play("game.session", RIGHT);
    let (file, rules) = (desk.path("game.session"), desk.path("rules"));
    let before = fine(&["session", "report", &file]);
    let regrade = ["session", "regrade", &file, "--rules", &rules];
    assert_eq!(fine(&regrade), "no points move\n");
    amended(&desk);
    desk.folder.write("strait/exercise.yaml", "nonsense");
    assert_eq!(fine(&["session", "report", &file]), before);
    let told = casus(&regrade);
    assert_eq!(told.exit, Exit::Noticed, "{}", told.err);
    assert!(told.out.contains("borland Q1: 10.0 -> "), "{}", told.out);
    assert!(
        told.out
            .contains("+ borland shall consult aldmark about dorne"),
        "{}",
        told.out
    );
    assert!(!told.out.contains("aldmark Q1: "), "{}", told.out);
}

/// The file alone is enough, wherever it is; and every flaw in it is told with its article and its inject.
#[test]
fn the_same_report_is_made_anywhere() {
    let desk = Desk::new("anywhere");
    desk.play("game.session", ANSWERS);
    let (file, other) = (desk.path("game.session"), Scratch::new("session-elsewhere"));
    let copy = other.path("game.session");
    for format in ["markdown", "html"] {
        let report = fine(&["session", "report", &file, "--format", format]);
        std::fs::copy(&file, &copy).unwrap();
        let again = fine(&["session", "report", &copy, "--format", format]);
        assert_eq!(report, again);
    }
    let answers = fine(&["session", "export", &copy, "answers"]);
    let silent =
        |line: &str| line.starts_with("cedria,Q1,") && line.ends_with(",no obligation,0.00");
    assert!(answers.lines().any(silent), "{answers}");
    let report = fine(&["session", "report", &copy]);
    let section = report.split("## I1 · Q1").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let flaws: Vec<&str> = section
        .lines()
        .filter(|line| line.starts_with("- missed: ") || line.starts_with("- not so: "))
        .filter(|line| !line.ends_with("no obligation arises"))
        .collect();
    assert!(flaws.len() > 1, "{section}");
    for flaw in flaws {
        assert!(flaw.contains("pact article "), "{flaw}");
        assert!(
            flaw.contains("since I1)") || flaw.contains("does not"),
            "{flaw}"
        );
    }
    let objective = "| O1 | Tell consultation from assistance |";
    let row = report
        .lines()
        .find(|line| line.starts_with(objective))
        .unwrap();
    let rated = ["P (", "S (", "M (", "U ("];
    assert!(rated.iter().any(|it| row.contains(it)), "{row}");
}
