//! Live updates: in order, once, from where one left off; to whom they are for.

use super::browser::{Event, Stream};
use super::{Room, go, nothing_owed, release};

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
