//! Live updates: in order, once, from where one left off; to whom they are for.

use super::browser::{Event, Stream};
use super::{Room, go, nothing_owed, release};
use casus::exercise::RoleId;
use casus::exercise::session::{Audience, Session, Store};

impl Stream {
    /// The next event of a kind.
    pub(super) fn find(&mut self, kind: &str) -> Event {
        loop {
            let event = self
                .next()
                .unwrap_or_else(|| panic!("the stream ended without `{kind}`"));
            if event.kind == kind {
                return event;
            }
        }
    }
}

#[test]
fn what_was_missed_comes_once_and_in_order() {
    let (_room, mut facilitator, [mut aldmark, ..]) = Room::begun("resume");
    let mut stream = aldmark.listen("/team/1/stream?after=0", None);
    // The others' joining is not theirs to hear.
    assert_eq!(stream.until(7), [2, 3, 6, 7]);
    drop(stream);
    // The link is gone; meanwhile things happen.
    nothing_owed(&mut aldmark, 1, "Q1", "0");
    release(&mut facilitator, "I2");
    release(&mut facilitator, "I3");
    facilitator.submit("/facilitator/reveal", &[("question", "Q1")]);
    go(&mut facilitator, false);
    let mut whole = aldmark.listen("/team/1/stream?after=0", None);
    let mut all = Vec::new();
    loop {
        let event = whole.next().unwrap();
        all.extend(event.id);
        if event.data == "The clock stands" && all.len() > 3 {
            break;
        }
    }
    assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
    // From anywhere in between, the rest and nothing but the rest; a browser that reconnects says it in a header.
    for cut in 0..all.len() - 1 {
        let last = *all.last().unwrap();
        let header = aldmark
            .listen("/team/1/stream?after=0", Some(all[cut]))
            .until(last);
        let query = aldmark
            .listen(&format!("/team/1/stream?after={}", all[cut]), None)
            .until(last);
        assert_eq!(header, all[cut + 1..], "after {}", all[cut]);
        assert_eq!(query, header);
    }
    // A number that this session never gave means that everything must be read anew.
    let event = aldmark
        .listen("/team/1/stream?after=100000", None)
        .next()
        .unwrap();
    assert_eq!(
        (event.kind.as_str(), event.data.as_str()),
        ("reset", "reset")
    );
}

#[test]
fn everybody_hears_what_is_theirs_as_it_happens() {
    let (room, mut facilitator, [mut aldmark, borland, _]) = Room::begun("hears");
    let mut first = aldmark.listen("/team/1/stream", None);
    let mut other = borland.listen("/team/2/stream", None);
    assert_eq!(first.next().unwrap().kind, "beat");
    release(&mut facilitator, "I2");
    assert_eq!(other.find("news").data, "Intelligence from Otterservice");
    nothing_owed(&mut aldmark, 1, "Q1", "0");
    assert_eq!(first.find("news").data, "Handed in: Q1, aldmark");
    // Somebody of the team is writing: only the team hears it.
    let mut facilitator_too = room.seat(&mut facilitator, "Aldmark", "Second");
    assert_eq!(first.find("news").data, "Second joins aldmark");
    facilitator_too.post("/team/1/draft", &[("question", "Q2"), ("form", "text=x")]);
    assert_eq!(first.find("typing").data, "Q2 Second");
    // The staff's board shows it: they are asked to look again, by an event that a browser does not drop.
    let mut staff = facilitator.listen("/facilitator/stream", None);
    facilitator_too.post("/team/1/draft", &[("question", "Q1"), ("form", "none=yes")]);
    assert_eq!(staff.find("look").data, "look");
    // A sign of life, with the clock.
    room.pass(60);
    aldmark.get("/team/1");
    let beat = loop {
        let beat = first.find("beat");
        if beat.data != "0 running" {
            break beat;
        }
    };
    assert_eq!(beat.data, "60 running");
    go(&mut facilitator, false);
    assert_eq!(first.find("beat").data, "60 paused");
    release(&mut facilitator, "I3");
    assert!(
        other.find("news").data.contains("clock") && other.find("news").data.starts_with("New")
    );
}

/// What each screen was told while it happened is what a replay tells of the file afterwards, entry by entry.
#[test]
fn a_replay_tells_what_every_screen_was_told() {
    let mut room = Room::open("replay");
    let mut staff = room.facilitator();
    for place in ["evaluator", "projector"] {
        staff.submit("/facilitator/issue", &[("audience", place)]);
    }
    let places = [
        ("Aldmark", "/team/1", Audience::Team(RoleId(0))),
        ("Borland", "/team/2", Audience::Team(RoleId(1))),
        ("Cedria", "/team/3", Audience::Team(RoleId(2))),
        ("Evaluator", "/evaluator", Audience::Evaluator),
        ("Projector", "/projector", Audience::Projector),
    ];
    let mut browsers = Vec::new();
    for (title, base, audience) in places {
        let browser = room.seat(&mut staff, title, title);
        let stream = browser.listen(&format!("{base}/stream?after=0"), None);
        browsers.push((browser, stream, audience));
    }
    let own = staff.listen("/facilitator/stream?after=0", None);
    go(&mut staff, true);
    let note = |staff: &mut super::Browser, path: &str, fields: &[(&str, &str)]| {
        staff.submit(&format!("/facilitator/{path}"), fields);
    };
    nothing_owed(&mut browsers[1].0, 2, "Q1", "0");
    browsers[0]
        .0
        .post("/team/1/hint", &[("question", "Q1"), ("taken", "0")]);
    note(&mut staff, "hold", &[("inject", "I2"), ("held", "yes")]);
    release(&mut staff, "I2");
    let message = [
        ("to", "borland"),
        ("text", "Besides"),
        ("fact", "dorne mobilises"),
    ];
    note(&mut staff, "insert", &message);
    room.pass(90);
    let last = staff
        .get("/facilitator")
        .field("/facilitator/undo", "entry");
    note(&mut staff, "undo", &[("entry", &last)]);
    release(&mut staff, "I3");
    let pick = [("question", "Q4"), ("base", "0"), ("pick", "0")];
    browsers[2].0.submit("/team/3/answer", &pick);
    note(
        &mut staff,
        "effect",
        &[("role", "cedria"), ("question", "Q4")],
    );
    note(&mut staff, "close", &[("question", "Q5")]);
    note(&mut staff, "reveal", &[("question", "Q1")]);
    browsers[1].0.submit(
        "/team/2/dissent",
        &[("question", "Q1"), ("reason", "Otherwise")],
    );
    browsers[3]
        .0
        .submit("/evaluator/note", &[("text", "Seen"), ("rating", "S")]);
    go(&mut staff, false);
    note(&mut staff, "end", &[]);
    let mut heard = Vec::new();
    let streams = browsers
        .into_iter()
        .map(|(_, stream, audience)| (stream, audience));
    for (mut stream, audience) in streams.chain([(own, Audience::Facilitator)]) {
        let mut news = Vec::new();
        while news
            .last()
            .is_none_or(|(_, say)| say != "The exercise is over")
        {
            let event = stream.find("news");
            news.push((event.id.unwrap(), event.data));
        }
        heard.push((audience, news));
    }
    room.close();
    let store = Store::open(&room.file).unwrap();
    let pack = store.bundle().unwrap().pack();
    let session = Session::of_log(&pack, &store.log().0).unwrap().unwrap();
    for (audience, news) in heard {
        let seen = session.replay(audience, |_, _| None);
        let told: Vec<(u64, String)> = seen.into_iter().map(|it| (it.sequence, it.news)).collect();
        assert_eq!(told, news, "{audience:?}");
        assert!(news.len() >= 6, "{audience:?}: {news:?}");
    }
}
