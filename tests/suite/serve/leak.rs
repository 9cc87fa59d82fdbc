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
