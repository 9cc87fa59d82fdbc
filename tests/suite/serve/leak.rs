//! The canary test: every secret carries a word of its own, and no word may reach anybody it is not for, in any byte.

use super::browser::{Browser, Stream};
use super::{Room, go, release};
use std::collections::BTreeMap;

/// Each word, and who may ever read it: facilitator, evaluator, projector, aldmark, borland, cedria.
const WORDS: &[(&str, &str)] = &[
    ("Publicbrief", "fabc"),
    ("Aldmarkbrief", "fa"),
    ("Borlandbrief", "fb"),
    ("Cedriabrief", "fc"),
    ("Opentext", "fepabc"),
    ("Aldmarkquestion", "fea"),
    ("Otterservice", "feb"),
    ("Ottertext", "feb"),
    ("kestrelbay", "feb"),
    ("Mothwing", "feb"),
    ("Latertext", "fepabc"),
    ("Cedriadecides", "fec"),
    ("Sendoption", "fec"),
    ("Nevertext", "f"),
    ("Whisperword", "feb"),
    ("Aldmarkanswer", "fea"),
    ("Cedriadraft", "c"),
    ("Evaluatornote", "fe"),
    ("Bookmarkword", "f"),
    ("Editedword", "fepabc"),
    ("Dissentword", "fea"),
    ("Overrideword", "fa"),
];

struct Watcher {
    letter: char,
    browser: Browser,
    base: String,
    stream: Stream,
}

impl Watcher {
    fn new(letter: char, browser: Browser, base: &str) -> Self {
        let stream = browser.listen(&format!("{base}/stream?after=0"), None);
        Self {
            letter,
            browser,
            base: base.to_owned(),
            stream,
        }
    }

    /// Looks at everything that there is, and at what is not theirs.
    fn look(&mut self) {
        let pages = [
            "",
            "/situation",
            "/treaties",
            "/treaties?q=moth",
            "/treaties?q=shall",
            "/questions",
            "/room",
            "/cards",
        ];
        for page in pages {
            self.browser.get(&format!("{}{page}", self.base));
        }
        for question in ["Q1", "Q2", "Q3", "Q4", "Q5"] {
            self.browser
                .get(&format!("{}/draft?question={question}", self.base));
            self.browser.get(&format!(
                "{}/paper?role=borland&question={question}",
                self.base
            ));
            for act in ["answer", "hint"] {
                let path = format!("{}/{act}", self.base);
                if question == "Q3" && self.letter != 'b' {
                    self.browser.post(
                        &path,
                        &[("question", question), ("taken", "0"), ("none", "yes")],
                    );
                }
            }
        }
        for other in [
            "/team/1",
            "/team/2",
            "/team/3",
            "/facilitator",
            "/evaluator",
            "/projector",
        ] {
            self.browser.get(other);
        }
    }
}

#[test]
fn no_word_reaches_anybody_it_is_not_for() {
    let (mut room, mut facilitator, [mut aldmark, borland, mut cedria]) = Room::begun("leak");
    let mut projector = room.browser();
    let mut evaluator = room.browser();
    for (browser, audience, title) in [
        (&mut projector, "projector", "Projector"),
        (&mut evaluator, "evaluator", "Evaluator"),
    ] {
        facilitator.submit("/facilitator/issue", &[("audience", audience)]);
        let code = Room::card(&mut facilitator, title);
        browser.submit("/enter", &[("code", &code), ("name", title)]);
    }
    let mut watchers = vec![
        Watcher::new('f', facilitator.clone(), "/facilitator"),
        Watcher::new('e', evaluator.clone(), "/evaluator"),
        Watcher::new('p', projector, "/projector"),
        Watcher::new('a', aldmark.clone(), "/team/1"),
        Watcher::new('b', borland, "/team/2"),
        Watcher::new('c', cedria.clone(), "/team/3"),
    ];
    let mut look = || watchers.iter_mut().for_each(Watcher::look);
    look();
    release(&mut facilitator, "I2");
    look();
    let sent = aldmark.post(
        "/team/1/answer",
        &[("question", "Q2"), ("base", "0"), ("text", "Aldmarkanswer")],
    );
    assert_eq!(sent.status, 303);
    cedria.post(
        "/team/3/draft",
        &[("question", "Q1"), ("form", "own.0=Cedriadraft")],
    );
    evaluator.post(
        "/evaluator/note",
        &[
            ("role", "borland"),
            ("rating", "S"),
            ("text", "Evaluatornote"),
        ],
    );
    facilitator.submit("/facilitator/bookmark", &[("text", "Bookmarkword")]);
    look();
    let insert = [
        ("to", "borland"),
        ("from", "Whisperword"),
        ("text", "Whisperword"),
        ("fact", "dorne attacks borland in kestrelbay"),
    ];
    facilitator.submit("/facilitator/insert", &insert);
    look();
    facilitator.submit(
        "/facilitator/release",
        &[("inject", "I3"), ("text", "Latertext and Editedword")],
    );
    look();
    cedria.post(
        "/team/3/answer",
        &[("question", "Q4"), ("base", "0"), ("pick", "0")],
    );
    facilitator.submit(
        "/facilitator/effect",
        &[("role", "cedria"), ("question", "Q4")],
    );
    look();
    for question in ["Q1", "Q2", "Q3", "Q4", "Q5"] {
        facilitator.submit("/facilitator/reveal", &[("question", question)]);
    }
    aldmark.post(
        "/team/1/dissent",
        &[("question", "Q1"), ("reason", "Dissentword")],
    );
    let given = [
        ("question", "Q1"),
        ("role", "aldmark"),
        ("share", "50"),
        ("reason", "Overrideword"),
    ];
    facilitator.submit("/facilitator/override", &given);
    go(&mut facilitator, false);
    look();
    facilitator.submit("/facilitator/end", &[]);
    look();
    room.close();
    let mut reached: BTreeMap<&str, String> = BTreeMap::new();
    for watcher in watchers {
        let all = watcher.browser.seen + &watcher.stream.drain();
        let all = all.to_lowercase();
        for (word, _) in WORDS {
            if all.contains(&word.to_lowercase()) {
                reached.entry(word).or_default().push(watcher.letter);
            }
        }
    }
    let wanted: BTreeMap<&str, String> = WORDS
        .iter()
        .map(|(word, who)| (*word, (*who).to_owned()))
        .collect();
    assert_eq!(reached, wanted);
}

/// Questions that are graded on all facts, asked of those who know only some; one of each kind that offers something.
const TRUTH: &str = r"
exercise: Truth
minutes: 60
roles:
  - {id: aldmark, party: aldmark}
  - {id: borland, party: borland}
  - {id: cedria, party: cedria}
injects:
  - id: I1
    story: 1958-03-01
    text: Opentext
    facts:
      - add: {id: threat, what: dorne threatens aldmark, from: 1958-03-01}
      - add: {id: secret, what: dorne attacks borland in kestrelbay, from: 1958-03-01, asserted-by: [borland], denied-by: [dorne]}
        known-to: [borland]
    questions:
      - {id: Q1, ask: obligations, of: all, view: truth, fields: [article, due]}
      - {id: Q2, ask: why, view: truth, about: aldmark shall assist borland against dorne}
      - {id: Q3, ask: why-not, view: truth, about: borland shall assist aldmark against dorne}
      - {id: Q4, ask: what-if, view: truth, about: aldmark shall assist borland against dorne}
      - {id: Q5, ask: whose-account, view: truth, about: aldmark shall assist borland against dorne}
      - {id: Q6, ask: order, view: truth}
";

#[test]
fn a_question_graded_on_all_facts_gives_none_away() {
    let room = Room::with("truth", super::LAW, TRUTH, false);
    let mut facilitator = room.facilitator();
    let mut teams =
        ["Aldmark", "Borland", "Cedria"].map(|title| room.seat(&mut facilitator, title, title));
    go(&mut facilitator, true);
    release(&mut facilitator, "I1");
    let all = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"];
    for (at, team) in teams.iter_mut().enumerate() {
        let base = format!("/team/{}", at + 1);
        team.get(&base);
        for question in all {
            for taken in ["0", "1", "2"] {
                team.post(
                    &format!("{base}/hint"),
                    &[("question", question), ("taken", taken)],
                );
            }
            let own = [
                ("question", question),
                ("base", "0"),
                ("own.0", "aldmark shall assist borland against dorne"),
                ("pick", "0"),
            ];
            team.post(&format!("{base}/answer"), &own);
        }
        team.get(&base);
    }
    for question in all {
        facilitator.submit("/facilitator/reveal", &[("question", question)]);
    }
    for (at, team) in teams.iter_mut().enumerate() {
        for page in ["", "/situation", "/treaties?q=convention"] {
            team.get(&format!("/team/{}{page}", at + 1));
        }
        let seen = team.seen.to_lowercase();
        for secret in ["kestrelbay", "mothwing", "whispers"] {
            // Borland knows, and so do the staff.
            assert_eq!(
                seen.contains(secret),
                at == 1,
                "{secret} reached team {}",
                at + 1
            );
        }
        let untold = seen.contains("rests on facts that you were not told");
        assert_eq!(untold, at != 1, "{seen}");
    }
    let staff = facilitator.get("/facilitator/questions").body;
    assert!(
        staff.contains("aldmark shall assist borland against dorne"),
        "{staff}"
    );
    assert!(
        staff.contains("openharbour") || staff.contains("kestrelbay"),
        "{staff}"
    );
}
