//! Copies of a session: from a moment on, and without names and own words.

use super::{ANSWERS, Desk, casus, entries, fine, kept, session};
use casus::cli::exit::Exit;
use casus::exercise::report::table;
use casus::exercise::session::{
    Actor, Bundle, ClaimText, Device, Draft, Entry, Happening, Response, Store,
};

#[test]
fn the_whole_session_goes_to_other_programs_as_json() {
    let desk = Desk::new("json");
    desk.play("game.session", ANSWERS);
    let file = desk.path("game.session");
    let text = fine(&["session", "export", &file, "json"]);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found["format"], "casus-session-export/1");
    let (pack, log) = kept(&file);
    // The log as it is kept, entry by entry.
    let told: Vec<Entry> = serde_json::from_value(found["log"].clone()).unwrap();
    assert_eq!(told, log);
    let state = session(&pack, &log);
    let answers = found["answers"].as_array().unwrap();
    assert_eq!(answers.len(), state.marks().len());
    for (answer, mark) in answers.iter().zip(state.marks()) {
        assert_eq!(answer["question"], mark.ask.question.as_str());
        assert_eq!(answer["points"].as_f64(), mark.counted);
        for part in answer["parts"].as_array().into_iter().flatten() {
            if part["subject"] == "no obligation arises" {
                continue;
            }
            let why = ["remarks", "reasons"].map(|key| part[key].as_array().unwrap().len());
            assert!(why.iter().sum::<usize>() > 0, "{part}");
        }
    }
    assert_eq!(text, fine(&["session", "export", &file, "json"]));
}

#[test]
fn a_fork_goes_on_from_before_an_inject_and_leaves_the_rest_alone() {
    let desk = Desk::new("fork");
    desk.play("game.session", ANSWERS);
    let file = desk.path("game.session");
    let before = std::fs::read(&file).unwrap();
    let told = fine(&["session", "fork", &file, "--at", "I3"]);
    let copy = desk.path("game-fork.session");
    assert!(told.contains(&copy), "{told}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let ((pack, log), (_, whole)) = (kept(&copy), kept(&file));
    assert_eq!(log, whole[..log.len()]);
    let next = &whole[log.len()].happening;
    assert!(matches!(next, Happening::Released { inject, .. } if inject == "I3"));
    let state = session(&pack, &log);
    assert_eq!(
        state.next().map(|id| state.exercise.inject(id).id.as_str()),
        Some("I3")
    );
    assert!(!state.ended);
    // It is a session like any other, played to another end.
    let answers = desk.path("answers");
    std::fs::write(&answers, "2\n1\n1\n1\n").unwrap();
    let played = fine(&[
        "play",
        "--resume",
        &copy,
        "--hotseat",
        "--answers",
        &answers,
    ]);
    assert!(played.contains("The end:"), "{played}");
    assert_eq!(kept(&file).1, whole);
    let again = fine(&["session", "fork", &file, "--at", "I1"]);
    assert!(again.contains("game-fork-2.session"), "{again}");
    let wrong = casus(&["session", "fork", &file, "--at", "I9"]);
    assert!(
        wrong
            .err
            .contains("`I9` was never sent in this session; it may be"),
        "{}",
        wrong.err
    );
}

#[test]
fn deleting_wants_a_word_and_an_unused_session() {
    let desk = Desk::new("delete");
    desk.play("game.session", "none\n");
    let file = desk.path("game.session");
    let asked = casus(&["session", "delete", &file]);
    assert_eq!(asked.exit, Exit::CouldNotRun);
    assert!(asked.err.contains("say --yes"), "{}", asked.err);
    let other = desk.path("rules/law.treaty");
    assert_eq!(
        casus(&["session", "delete", &other, "--yes"]).exit,
        Exit::CouldNotRun
    );
    let open = Store::open(file.as_ref()).unwrap();
    let busy = casus(&["session", "delete", &file, "--yes"]);
    assert!(busy.err.contains("open in another window"), "{}", busy.err);
    drop(open);
    fine(&["session", "delete", &file, "--yes"]);
    for left in std::fs::read_dir(&desk.folder).unwrap() {
        let left = left.unwrap().file_name().into_string().unwrap();
        assert!(!left.starts_with("game"), "{left}");
    }
}

/// One of everything that somebody can write, each with a word of its own.
fn spoken() -> Vec<Happening> {
    let (role, question) = (|| "borland".to_owned(), |id: &str| id.to_owned());
    let claim = |sentence: &str, due: &str| ClaimText {
        sentence: sentence.to_owned(),
        due: Some(due.to_owned()),
        standing: Some("canaryg".to_owned()),
        confidence: Some(80),
    };
    let answered = |role: &str, asked: &str, response| Happening::Answered {
        role: role.to_owned(),
        question: asked.to_owned(),
        response,
        receipt: format!("canaryh {role} {asked}"),
    };
    vec![
        Happening::Joined {
            role: role(),
            name: "Canarya".into(),
        },
        Happening::Released {
            inject: "I1".into(),
            text: Some("Canaryb".into()),
        },
        Happening::Inserted {
            to: vec![role()],
            from: Some("Canaryc".into()),
            text: "Canaryd".into(),
            fact: Some("dorne threatens borland # Canarye".into()),
        },
        answered(
            "borland",
            "Q1",
            Response::Claims(vec![
                claim(
                    "borland shall consult aldmark about dorne under pact article 1 # Canaryf",
                    "1958-03-11",
                ),
                claim("Canaryi thinks otherwise", "Canaryj"),
            ]),
        ),
        answered("aldmark", "Q2", Response::Text("Canaryk".into())),
        Happening::Released {
            inject: "I3".into(),
            text: None,
        },
        answered(
            "cedria",
            "Q4",
            Response::Chosen {
                options: vec!["send".into()],
                confidence: None,
            },
        ),
        answered(
            "borland",
            "Q5",
            Response::Chosen {
                options: vec![
                    "dorne attacks aldmark in openharbour".into(),
                    "Canaryl".into(),
                ],
                confidence: Some(90),
            },
        ),
        Happening::Overridden {
            role: role(),
            question: question("Q1"),
            share: 0.5,
            reason: "Canarym".into(),
        },
        Happening::Dissented {
            role: role(),
            question: question("Q1"),
            reason: "Canaryn".into(),
        },
        Happening::Noted {
            role: Some("Canaryo".into()),
            objective: Some("Canaryp".into()),
            rating: Some('S'),
            text: "Canaryq".into(),
        },
        Happening::Bookmarked {
            text: "Canaryr".into(),
        },
        Happening::Reflected {
            prompt: "Canarys".into(),
            text: "Canaryt".into(),
        },
        Happening::Ended,
    ]
}

#[test]
fn a_redacted_session_holds_no_name_and_no_own_word_and_the_same_points() {
    let desk = Desk::new("redact");
    desk.play("game.session", "none\n");
    let (pack, _) = kept(&desk.path("game.session"));
    let file = desk.path("said.session");
    let mut store = Store::create(file.as_ref(), &Bundle::of(&pack)).unwrap();
    let mut log: Vec<Entry> = entries(&[], spoken());
    log[10].actor = Actor::Evaluator("Canaryu".into());
    store.append_all(&log).unwrap();
    store.furnish().unwrap();
    let text = |text: &str| text.to_owned();
    let device = Device {
        hash: text("canaryv"),
        audience: text("team:borland"),
        name: text("Canaryw"),
    };
    store.set_device(&device).unwrap();
    let draft = Draft {
        role: text("borland"),
        question: text("Q1"),
        form: text("text=Canaryx"),
        name: text("Canaryy"),
    };
    store.set_draft(&draft).unwrap();
    drop(store);
    let whole = std::fs::read(&file).unwrap();
    fine(&["session", "redact", &file]);
    assert_eq!(
        std::fs::read(&file).unwrap(),
        whole,
        "the original was touched"
    );
    let count = |bytes: &[u8]| {
        let bytes = bytes.to_ascii_lowercase();
        bytes.windows(6).filter(|part| part == b"canary").count()
    };
    assert!(count(&whole) >= 25, "the test says too little");
    let copy = desk.path("said-redacted.session");
    assert_eq!(count(&std::fs::read(&copy).unwrap()), 0);
    for beside in ["-wal", "-shm", "-journal"] {
        let beside = std::fs::read(format!("{copy}{beside}")).unwrap_or_default();
        assert_eq!(count(&beside), 0);
    }
    assert!(fine(&["session", "verify", &copy]).contains("sound, 14 entries"));
    // Who said what is gone; what it earned is not.
    let ((_, short), (_, long)) = (kept(&copy), kept(&file));
    let scores = |log: &[Entry]| table::scores(&session(&pack, log));
    assert_eq!(scores(&short), scores(&long));
    assert!(
        scores(&short).contains("borland,Q1,5.00"),
        "{}",
        scores(&short)
    );
    let report = fine(&["session", "report", &copy]);
    assert!(!report.to_lowercase().contains("canary"), "{report}");
}

#[test]
fn the_report_tells_what_was_held_sent_besides_and_taken_back() {
    let desk = Desk::new("timeline");
    desk.play("game.session", "none\n");
    let (pack, _) = kept(&desk.path("game.session"));
    let held = |held| Happening::Held {
        inject: "I2".into(),
        held,
    };
    let inserted = |text: &str, fact: Option<&str>| Happening::Inserted {
        to: vec!["borland".into()],
        from: Some("White cell".into()),
        text: text.into(),
        fact: fact.map(str::to_owned),
    };
    let released = |inject: &str, text: Option<&str>| Happening::Released {
        inject: inject.into(),
        text: text.map(str::to_owned),
    };
    let log = entries(
        &[],
        vec![
            released("I1", None),
            held(true),
            inserted("A mistake", Some("dorne attacks aldmark")),
            Happening::Undone { entry: 3 },
            inserted("The truth", Some("dorne mobilises")),
            held(false),
            released("I3", Some("Edited before it went out")),
            Happening::Undone { entry: 7 },
            released("I3", None),
            Happening::Paused,
            Happening::Resumed,
            Happening::Revealed {
                question: "Q1".into(),
            },
            Happening::Ended,
        ],
    );
    let state = session(&pack, &log);
    let blocks = casus::exercise::report::after_action(&state);
    let text = casus::exercise::report::markdown::markdown("EXERCISE", &blocks);
    let timeline = text.split("## Timeline").nth(1).unwrap();
    let timeline = timeline.split("\n## ").next().unwrap();
    insta::assert_snapshot!(timeline);
    // What was taken back is no fact on which anybody is graded.
    let later = text.split("Q4").nth(1).unwrap();
    assert!(later.contains("dorne mobilises") && !later.contains("dorne attacks aldmark, "));
}
