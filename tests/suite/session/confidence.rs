//! How sure somebody was stands beside the points and is never part of them.

use super::{Desk, entries, kept, session};
use casus::exercise::report::{after_action, calibration, html, markdown, table};
use casus::exercise::session::{ClaimText, Happening, Response};

/// An answer with so many claims of which the first is right.
fn answer(claims: u32, confidence: Option<u8>) -> Happening {
    let claim = |at: u32| ClaimText {
        sentence: "borland shall consult aldmark about dorne under pact article 1".into(),
        due: Some(format!("1958-03-{:02}", 11 + at)),
        standing: None,
        confidence,
    };
    Happening::Answered {
        role: "borland".into(),
        question: "Q1".into(),
        response: Response::Claims((0..claims).map(claim).collect()),
        receipt: "r".into(),
    }
}

#[test]
fn confidence_is_shown_beside_the_points_and_as_a_chart_from_twenty_judgements_on() {
    let desk = Desk::new("confidence");
    desk.play("game.session", "none\n");
    let (pack, _) = kept(&desk.path("game.session"));
    let with = |claims, confidence| {
        let released = Happening::Released {
            inject: "I1".into(),
            text: None,
        };
        session(
            &pack,
            &entries(&[], vec![released, answer(claims, confidence)]),
        )
    };
    assert_eq!(
        table::scores(&with(20, Some(90))),
        table::scores(&with(20, None))
    );
    assert_eq!(calibration(&with(20, None).marks()), None);
    let (few, many) = (with(19, Some(90)), with(20, Some(90)));
    let found = calibration(&many.marks()).unwrap();
    assert_eq!(found.judgements, 20);
    // One came true and 19 did not: (0.1² + 19 x 0.9²) / 20.
    assert!((found.brier - 0.77).abs() < 1e-9, "{found:?}");
    let [few, many] = [few, many].map(|session| after_action(&session));
    let page = |blocks: &[_]| html::page("Strait", "EXERCISE", blocks);
    assert!(!page(&few).contains("<svg") && page(&few).contains("19 judgements"));
    assert!(
        page(&many).contains("90 % said, 5 % came true, of 20"),
        "{}",
        page(&many)
    );
    let text = markdown::markdown("EXERCISE", &many);
    assert!(text.contains("| 90 % | 20 | 1 | 5 % |"), "{text}");
}

#[test]
fn the_keyboard_asks_how_sure_somebody_is_where_the_exercise_does() {
    let desk = Desk::new("sure");
    let played = desk.play("game.session", "1\n\n\n100\n80\nq\n");
    let asked =
        "How sure are you? 1 50 %, 2 60 %, 3 70 %, 4 80 %, 5 90 %, 6 99 % (Enter: not said):";
    assert_eq!(played.out.matches(asked).count(), 2, "{}", played.out);
    let (_, log) = kept(&desk.path("game.session"));
    assert!(
        format!("{log:?}").contains("confidence: Some(80)"),
        "{log:?}"
    );
    // In three levels the same is asked in words.
    let exercise = std::fs::read_to_string(desk.path("strait/exercise.yaml")).unwrap();
    let levels = exercise.replace("confidence: percent", "confidence: levels");
    std::fs::write(desk.path("strait/exercise.yaml"), levels).unwrap();
    let played = desk.play("levels.session", "1\n\n\nsure\nq\n");
    assert!(
        played.out.contains("1 a guess, 2 rather sure, 3 sure"),
        "{}",
        played.out
    );
    let (_, log) = kept(&desk.path("levels.session"));
    assert!(
        format!("{log:?}").contains("confidence: Some(90)"),
        "{log:?}"
    );
}
