//! A session in the room: answers, receipts, the clock, undo, a server that dies, and text that would be markup.

use super::browser::{Browser, Page};
use super::{Room, go, nothing_owed, release};
use std::sync::Barrier;

fn handed_in(page: &Page) -> usize {
    page.body.matches("<strong>Handed in</strong>").count()
}

/// How often something stands in the log, as the facilitator reads it.
fn logged(facilitator: &mut Browser, say: &str) -> usize {
    facilitator.get("/facilitator").body.matches(say).count()
}

#[test]
fn a_round_from_question_to_reveal() {
    let (_room, mut facilitator, [mut aldmark, mut borland, _]) = Room::begun("round");
    let page = borland.get("/team/2");
    assert!(page.body.contains("Opentext") && page.body.contains("Borlandbrief"));
    assert!(
        page.body
            .contains("borland shall consult aldmark about dorne"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("The answer"), "shown too early");
    // Nothing ticked is no answer, and what nobody understands is said with what was typed.
    let page = borland.post("/team/2/answer", &[("question", "Q1"), ("base", "0")]);
    assert_eq!(page.status, 422);
    let own = [
        ("question", "Q1"),
        ("base", "0"),
        ("under.0", "pact article 1"),
        ("none", "yes"),
    ];
    let page = borland.post("/team/2/answer", &own);
    assert!(page.body.contains("but did not tick it."), "{}", page.body);
    let own = [
        ("question", "Q1"),
        ("base", "0"),
        ("own.0", "borland shall dance"),
    ];
    let page = borland.post("/team/2/answer", &own);
    assert_eq!(page.status, 422);
    assert!(
        page.body
            .contains("Casus does not understand `borland shall dance`"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("value=\"borland shall dance\""),
        "what was typed is gone"
    );
    let own = [
        ("question", "Q1"),
        ("base", "0"),
        (
            "own.0",
            "borland shall consult aldmark about dorne under pact article 1",
        ),
    ];
    let page = borland.submit("/team/2/answer", &own);
    assert_eq!(handed_in(&page), 1, "{}", page.body);
    // The facilitator types in what a team wrote on paper, and sees the expected answer.
    let page = facilitator.get("/facilitator/paper?role=cedria&question=Q1");
    assert_eq!(page.status, 200);
    let page = facilitator.submit(
        "/facilitator/paper",
        &[
            ("question", "Q1"),
            ("role", "cedria"),
            ("base", "0"),
            ("none", "yes"),
        ],
    );
    assert!(page.body.contains("No obligation arises."), "{}", page.body);
    assert!(facilitator.get("/facilitator").body.contains("handed in, "));
    assert!(
        page.body
            .contains("cedria shall consult aldmark about dorne"),
        "no expected answer: {}",
        page.body
    );
    facilitator.submit("/facilitator/reveal", &[("question", "Q1")]);
    let page = borland.get("/team/2");
    assert!(page.body.contains("The answer"));
    assert!(
        page.body.contains("because dorne threatens aldmark"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("you have this since I1"),
        "{}",
        page.body
    );
    // Too late now.
    assert_eq!(nothing_owed(&mut aldmark, 1, "Q1", "0").status, 422);
    assert!(aldmark.get("/team/1").body.contains("Unanswered"));
    // Other points are given with a reason, and both stay.
    let given = [
        ("question", "Q1"),
        ("role", "borland"),
        ("share", "100"),
        ("reason", "A fair reading"),
    ];
    facilitator.submit("/facilitator/override", &given);
    let page = borland.get("/team/2");
    assert!(
        page.body.contains("A fair reading") && page.body.contains("10.0 of 10 points"),
        "{}",
        page.body
    );
}

#[test]
fn the_same_answer_twice_counts_once_and_a_newer_one_is_not_lost_from_sight() {
    let (room, mut facilitator, [mut first, ..]) = Room::begun("twice");
    let mut second = room.seat(&mut facilitator, "Aldmark", "Aldmark two");
    assert_eq!(nothing_owed(&mut first, 1, "Q1", "0").status, 303);
    assert_eq!(nothing_owed(&mut first, 1, "Q1", "0").status, 303);
    assert_eq!(logged(&mut facilitator, "Handed in: Q1, aldmark"), 1);
    // The other member had not seen it.
    let own = [
        ("question", "Q2"),
        ("base", "0"),
        ("text", "from the first"),
    ];
    assert_eq!(first.post("/team/1/answer", &own).status, 303);
    let own = [
        ("question", "Q2"),
        ("base", "0"),
        ("text", "from the second"),
    ];
    let page = second.post("/team/1/answer", &own);
    assert_eq!(page.status, 409);
    assert!(
        page.body.contains("was handed in meanwhile"),
        "{}",
        page.body
    );
    assert!(page.body.contains("from the first") && page.body.contains("from the second"));
    let base = page.base("Q2");
    let own = [
        ("question", "Q2"),
        ("base", base.as_str()),
        ("text", "from the second"),
    ];
    let page = second.submit("/team/1/answer", &own);
    assert!(page.body.contains("from the second") && !page.body.contains("from the first"));
    assert_eq!(logged(&mut facilitator, "Handed in: Q2, aldmark"), 2);
}

#[test]
fn two_teams_in_the_same_moment_both_count() {
    in_the_same_moment(20);
}

#[test]
#[ignore = "some minutes: cargo test --test suite -- --ignored thousand_rounds"]
fn a_thousand_rounds_in_the_same_moment() {
    in_the_same_moment(1000);
}

fn in_the_same_moment(rounds: usize) {
    let (room, mut facilitator, teams) = Room::begun(&format!("moment-{rounds}"));
    for round in 0..rounds {
        // Nobody sends as fast as this: so much time passes that no device is slowed down.
        room.pass(5);
        let question = if round % 2 == 0 {
            ("none", "yes")
        } else {
            ("own.0", "borland shall consult aldmark about dorne")
        };
        let barrier = Barrier::new(6);
        std::thread::scope(|scope| {
            for (at, team) in teams.iter().enumerate() {
                for _click in 0..2 {
                    let (mut team, barrier) = (team.clone(), &barrier);
                    scope.spawn(move || {
                        let page = team.get(&format!("/team/{}", at + 1));
                        let base = page.base("Q1");
                        barrier.wait();
                        let own = [
                            ("question", "Q1"),
                            ("base", base.as_str()),
                            ("receipt", &format!("r{round}")),
                            question,
                        ];
                        let page = team.post(&format!("/team/{}/answer", at + 1), &own);
                        assert_eq!(page.status, 303, "{}", page.body);
                    });
                }
            }
        });
    }
    let page = facilitator.get("/facilitator/questions");
    assert_eq!(
        page.body
            .matches("borland shall consult aldmark about dorne</li>")
            .count(),
        3,
        "{}",
        page.body
    );
    let mut stream = facilitator.listen("/facilitator/stream?after=0", None);
    facilitator.submit("/facilitator/bookmark", &[("text", "the end")]);
    let mut answers = Vec::new();
    while let Some(event) = stream.next() {
        if event.data.starts_with("Handed in: Q1") {
            answers.push(event.id.unwrap());
        }
        if event.data == "Noted" && event.id.unwrap() > answers.last().copied().unwrap_or(u64::MAX)
        {
            break;
        }
    }
    let mut distinct = answers.clone();
    distinct.dedup();
    assert_eq!(distinct, answers);
    assert_eq!(
        answers.len(),
        rounds * 3,
        "an answer was lost or counted twice"
    );
}

#[test]
fn no_time_passes_in_a_pause() {
    let (room, mut facilitator, [mut aldmark, mut borland, _]) = Room::begun("pause");
    go(&mut facilitator, false);
    for pause in [1, 30 * 60, 25 * 3600] {
        room.pass(pause);
        aldmark.get("/team/1");
        let page = aldmark.get("/team/1");
        assert!(page.body.contains("data-seconds=\"0\""), "after {pause} s");
        assert!(
            !borland.get("/team/2").body.contains("Ottertext"),
            "sent in a pause"
        );
    }
    let page = nothing_owed(&mut aldmark, 1, "Q1", "0");
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("The exercise is paused."),
        "{}",
        page.body
    );
    // A hint costs the same.
    let page = aldmark.submit("/team/1/hint", &[("question", "Q1"), ("taken", "0")]);
    assert!(page.body.contains("Hint: look at"), "{}", page.body);
    let page = aldmark.submit("/team/1/hint", &[("question", "Q1"), ("taken", "0")]);
    assert_eq!(
        page.body.matches("<li>Hint: ").count(),
        1,
        "a double click costs twice"
    );
    go(&mut facilitator, true);
    room.pass(9 * 60 + 59);
    borland.get("/team/2");
    assert!(!borland.get("/team/2").body.contains("Ottertext"), "early");
    room.pass(1);
    borland.get("/team/2");
    let page = borland.get("/team/2");
    assert_eq!(page.body.matches("Ottertext").count(), 1);
    room.pass(3600);
    borland.get("/team/2");
    assert_eq!(
        borland.get("/team/2").body.matches("Ottertext").count(),
        1,
        "twice"
    );
    assert_eq!(
        logged(&mut facilitator, "Intelligence from Otterservice"),
        1
    );
    // It was late by then.
    assert_eq!(nothing_owed(&mut aldmark, 1, "Q1", "0").status, 303);
    assert!(
        facilitator
            .get("/facilitator")
            .body
            .contains("late, 1:10:00")
    );
}

#[test]
fn one_team_gets_more_time_than_the_others() {
    let (room, mut facilitator, [mut aldmark, mut borland, _]) = Room::begun("extra");
    let until = |team: &mut Browser, number: usize| {
        let page = team.get(&format!("/team/{number}")).body;
        let rest = page.split("data-until=\"").nth(1).unwrap().to_owned();
        rest.split('"').next().unwrap().parse::<u64>().unwrap()
    };
    let before = until(&mut borland, 2);
    assert_eq!(until(&mut aldmark, 1), before);
    let give = [("role", "borland"), ("minutes", "5")];
    facilitator.submit("/facilitator/grant", &give);
    assert_eq!(until(&mut borland, 2), before + 300);
    assert_eq!(until(&mut aldmark, 1), before);
    assert!(!aldmark.get("/team/1").body.contains("minutes more"));
    // What is late for one is in time for the other.
    room.pass(before + 100);
    for (team, number) in [(&mut aldmark, 1), (&mut borland, 2)] {
        assert_eq!(nothing_owed(team, number, "Q1", "0").status, 303);
    }
    let late = |facilitator: &mut Browser| {
        facilitator
            .get("/facilitator")
            .body
            .matches("late, ")
            .count()
    };
    assert_eq!(late(&mut facilitator), 1);
    // Time that is given afterwards makes nobody's answer earlier.
    facilitator.submit(
        "/facilitator/grant",
        &[("role", "aldmark"), ("minutes", "60")],
    );
    assert_eq!(late(&mut facilitator), 1);
    for wrong in [
        [("role", "aldmark"), ("minutes", "0")],
        [("role", "nobody"), ("minutes", "5")],
    ] {
        assert_eq!(facilitator.post("/facilitator/grant", &wrong).status, 422);
    }
}

#[test]
fn what_is_held_waits_for_a_hand() {
    let (room, mut facilitator, [_, mut borland, _]) = Room::begun("held");
    facilitator.submit("/facilitator/hold", &[("inject", "I2"), ("held", "yes")]);
    room.pass(3600);
    borland.get("/team/2");
    assert!(!borland.get("/team/2").body.contains("Ottertext"));
    release(&mut facilitator, "I2");
    // A double click sends it once.
    release(&mut facilitator, "I2");
    assert_eq!(borland.get("/team/2").body.matches("Ottertext").count(), 1);
}

#[test]
fn a_reminder_goes_to_those_alone_who_have_not_answered() {
    let exercise = super::EXERCISE.replace(
        "  - id: I2\n    at: 10 minutes\n",
        "    contingency: {unanswered: Q1, after: 5 minutes, send: R1}\n  - {id: R1, shelf: true, story: 1958-03-01, text: Remindtext}\n  - id: I2\n    at: 10 minutes\n",
    );
    let room = Room::with("reminder", super::LAW, &exercise, false);
    let mut facilitator = room.facilitator();
    let [mut aldmark, mut borland] =
        ["Aldmark", "Borland"].map(|title| room.seat(&mut facilitator, title, title));
    go(&mut facilitator, true);
    assert_eq!(nothing_owed(&mut aldmark, 1, "Q1", "0").status, 303);
    room.pass(301);
    facilitator.get("/facilitator");
    assert!(borland.get("/team/2").body.contains("Remindtext"));
    assert!(!aldmark.get("/team/1").body.contains("Remindtext"));
    assert!(facilitator.get("/facilitator").body.contains("Remindtext"));
}

#[test]
fn what_was_sent_by_mistake_is_taken_back_with_all_that_followed() {
    let (_room, mut facilitator, [mut aldmark, mut borland, _]) = Room::begun("undo");
    release(&mut facilitator, "I2");
    assert!(borland.get("/team/2/situation").body.contains("kestrelbay"));
    let page = facilitator.get("/facilitator");
    let entry = page.field("/facilitator/undo", "entry");
    let mut stream = borland.listen("/team/2/stream", None);
    facilitator.submit("/facilitator/undo", &[("entry", &entry)]);
    assert_eq!(stream.find("news").data, "A message was taken back");
    let page = borland.get("/team/2");
    assert!(
        !page.body.contains("Ottertext") && !page.body.contains("Q3"),
        "{}",
        page.body
    );
    assert!(!borland.get("/team/2/situation").body.contains("kestrelbay"));
    // Both stay in the record, and those who never had it hear nothing.
    let page = facilitator.get("/facilitator");
    assert!(page.body.contains("(taken back)") && page.body.contains("A message was taken back"));
    let mut quiet = aldmark.listen("/team/1/stream?after=0", None);
    facilitator.submit("/facilitator/clock", &[("go", "no")]);
    let mut heard = Vec::new();
    while heard.last().is_none_or(|last| last != "The clock stands") || heard.len() < 3 {
        let event = quiet.next().unwrap();
        if event.kind == "news" {
            heard.push(event.data);
        }
    }
    assert!(
        !heard
            .iter()
            .any(|say| say.contains("taken back") || say.contains("Otter")),
        "{heard:?}"
    );
    // The same goes for a message of the staff's own.
    let insert = [
        ("to", "aldmark"),
        ("text", "Wrongword"),
        ("fact", "dorne attacks aldmark"),
    ];
    facilitator.submit("/facilitator/insert", &insert);
    assert!(aldmark.get("/team/1").body.contains("Wrongword"));
    assert!(
        aldmark
            .get("/team/1/situation")
            .body
            .contains("dorne attacks aldmark")
    );
    let entry = facilitator
        .get("/facilitator")
        .field("/facilitator/undo", "entry");
    facilitator.submit("/facilitator/undo", &[("entry", &entry)]);
    assert!(!aldmark.get("/team/1").body.contains("Wrongword"));
    assert!(
        !aldmark
            .get("/team/1/situation")
            .body
            .contains("dorne attacks aldmark")
    );
    let insert = [
        ("to", "aldmark"),
        ("text", "word"),
        ("fact", "dorne dances"),
    ];
    let page = facilitator.post("/facilitator/insert", &insert);
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("This fact cannot be taken"),
        "{}",
        page.body
    );
}

#[test]
fn a_server_that_dies_goes_on_where_it_was() {
    let (mut room, mut facilitator, [mut aldmark, mut borland, _]) = Room::begun("dies");
    room.pass(300);
    aldmark.post(
        "/team/1/draft",
        &[("question", "Q2"), ("form", "text=half+a+thought")],
    );
    assert_eq!(nothing_owed(&mut borland, 2, "Q1", "0").status, 303);
    let twin = room.twin().unwrap_err();
    assert!(twin.contains("open in another window or program"), "{twin}");
    room.close();
    room.pass(24 * 3600);
    room.reopen();
    for browser in [&mut facilitator, &mut aldmark, &mut borland] {
        browser.at(room.address());
    }
    // Nobody is let in anew; the clock stands at the last moment; nothing is late because of it.
    let page = aldmark.get("/team/1");
    assert!(
        page.body.contains("id=\"state\">paused") && page.body.contains("data-seconds=\"300\""),
        "{}",
        page.body
    );
    assert_eq!(
        aldmark.get("/team/1/draft?question=Q2").body,
        "text=half+a+thought"
    );
    assert_eq!(handed_in(&borland.get("/team/2")), 1);
    assert_eq!(
        nothing_owed(&mut aldmark, 1, "Q1", "0").status,
        422,
        "taken in a pause"
    );
    go(&mut facilitator, true);
    room.pass(200);
    assert_eq!(nothing_owed(&mut aldmark, 1, "Q1", "0").status, 303);
    assert!(!facilitator.get("/facilitator").body.contains("late, "));
}

#[test]
fn a_port_that_is_taken_is_told() {
    let room = Room::open("port");
    let error = casus::serve::listen(room.address())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("is taken") && error.contains("--port"),
        "{error}"
    );
}

#[test]
fn a_decision_waits_for_the_facilitator() {
    let (_room, mut facilitator, [mut aldmark, _, mut cedria]) = Room::begun("decision");
    release(&mut facilitator, "I3");
    cedria.submit(
        "/team/3/answer",
        &[("question", "Q4"), ("base", "0"), ("pick", "0")],
    );
    let knows = |team: &mut Browser, number: usize| {
        let page = team.get(&format!("/team/{number}/situation"));
        page.body.contains("cedria mobilises")
    };
    assert!(!knows(&mut cedria, 3), "it took effect by itself");
    let page = facilitator.get("/facilitator");
    assert!(page.body.contains("Q4, cedria: send"), "{}", page.body);
    facilitator.submit(
        "/facilitator/effect",
        &[("role", "cedria"), ("question", "Q4")],
    );
    assert!(knows(&mut cedria, 3));
    // A double click does it once, and the decision stands.
    let before = logged(
        &mut facilitator,
        "the decision of cedria on Q4 takes effect",
    );
    facilitator.submit(
        "/facilitator/effect",
        &[("role", "cedria"), ("question", "Q4")],
    );
    let after = logged(
        &mut facilitator,
        "the decision of cedria on Q4 takes effect",
    );
    assert_eq!(before, after);
    let page = cedria.get("/team/3");
    assert!(
        page.body.contains("your decision has taken effect"),
        "{}",
        page.body
    );
    // Only those who were asked know what was decided.
    assert!(!knows(&mut aldmark, 1));
    assert!(
        !facilitator
            .get("/facilitator")
            .body
            .contains("Q4, cedria: send")
    );
}

/// What people write is text everywhere: in pages, in pictures, in what is announced.
#[test]
fn markup_in_names_and_texts_is_text() {
    let hostile = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "javascript:alert(1)",
        "a\u{202e}b\u{0007}c",
        "'\"--><b>",
    ];
    let (room, mut facilitator, [mut aldmark, ..]) = Room::begun("hostile");
    facilitator.submit("/facilitator/issue", &[("audience", "evaluator")]);
    let mut evaluator = room.seat(&mut facilitator, "Evaluator", hostile[1]);
    let mut base = String::from("0");
    for text in hostile {
        let own = [("question", "Q2"), ("base", base.as_str()), ("text", text)];
        let page = aldmark.submit("/team/1/answer", &own);
        base = page.base("Q2");
        evaluator.submit("/evaluator/note", &[("text", text), ("rating", "P")]);
        facilitator.submit("/facilitator/bookmark", &[("text", text)]);
        facilitator.submit(
            "/facilitator/insert",
            &[("to", "aldmark"), ("from", text), ("text", text)],
        );
        aldmark.post("/team/1/draft", &[("question", "Q2"), ("form", text)]);
    }
    for (browser, pages) in [
        (
            &mut facilitator,
            vec![
                "/facilitator",
                "/facilitator/questions",
                "/facilitator/room",
                "/facilitator/situation",
            ],
        ),
        (&mut evaluator, vec!["/evaluator"]),
        (
            &mut aldmark,
            vec![
                "/team/1",
                "/team/1/situation",
                "/team/1/treaties?q=%3Cscript%3Ealert(1)",
            ],
        ),
    ] {
        for page in pages {
            let body = browser.get(page).body;
            for sign in [
                "<script>",
                "<img",
                "<svg onload",
                "<b>",
                "\u{202e}",
                "\u{0007}",
                "href=\"javascript",
            ] {
                assert!(!body.contains(sign), "{sign:?} in {page}");
            }
            // The title of the exercise itself is hostile, and shown as it is written.
            assert!(body.contains("Strait &lt;b&gt;crisis&lt;/b&gt;"), "{page}");
        }
    }
    let draft = aldmark.get("/team/1/draft?question=Q2");
    assert!(draft.header("content-type").starts_with("text/plain"));
}
