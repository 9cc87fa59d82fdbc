//! What is sent beside answers: arguments and rulings, a clock set by hand, more time, the hot wash. Who may, what becomes of
//! it, and who never hears of it.

use super::browser::{Browser, encoded};
use super::{LAW, Room, go};

const EXERCISE: &str = r"
exercise: Shots in the strait
minutes: 30
roles:
  - {id: aldmark, party: aldmark, seats: 2}
  - {id: borland, party: borland}
  - {id: cedria, party: cedria}
hotwash: {minutes: 5, prompts: [keep, change]}
injects:
  - id: I1
    at: 0 minutes
    story: 1958-03-01
    text: Shots
    facts:
      - add: {id: shots, what: aldmark attacks dorne, from: 1958-03-01, asserted-by: [dorne], denied-by: [aldmark]}
      - add: {id: moth, what: dorne attacks borland in kestrelbay, from: 1958-03-01, asserted-by: [borland], denied-by: [dorne]}
        known-to: [borland]
    questions:
      - {id: Q1, ask: obligations, minutes: 10}
";

const STAFF: [&str; 9] = [
    "settle", "set", "grant", "reflect", "bookmark", "hold", "undo", "close", "effect",
];

fn begun(name: &str) -> (Room, Browser, [Browser; 3]) {
    let room = Room::with(name, LAW, EXERCISE, false);
    let mut facilitator = room.facilitator();
    let teams = ["Aldmark", "Borland", "Cedria"]
        .map(|title| room.seat(&mut facilitator, title, &format!("{title} one")));
    go(&mut facilitator, true);
    (room, facilitator, teams)
}

fn argument<'t>(fact: &'t str, texts: [&'t str; 3]) -> [(&'static str, &'t str); 4] {
    let [claim, reasons, against] = texts;
    [
        ("fact", fact),
        ("claim", claim),
        ("reasons", reasons),
        ("against", against),
    ]
}

#[test]
fn every_form_is_for_its_place_and_from_its_own_pages() {
    let (room, mut facilitator, [mut aldmark, mut borland, _]) = begun("forms");
    let (host, own) = (room.address().to_string(), room.browser().origin());
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let body = encoded(&argument("shots", ["a", "b", "c"]));
    let nothing = room.browser().get("/nothing").body;
    let (stolen, staff) = (aldmark.steal("/team/1"), facilitator.steal("/facilitator"));
    let acts = STAFF.iter().map(|act| format!("/facilitator/{act}"));
    let acts = acts.chain(["argue", "reflect"].map(|act| format!("/team/2/{act}")));
    for path in acts {
        // Nobody's, and another team's.
        for cookie in ["x=y", &stolen] {
            let headers = [
                ("host", &*host),
                ("origin", &*own),
                kind,
                ("cookie", cookie),
            ];
            let page = room.browser().send("POST", &path, &headers, &body);
            assert_eq!(
                (page.status, &page.body),
                (404, &nothing),
                "{path} {cookie}"
            );
        }
        // From another site, from none, and to another name.
        let right = if path.starts_with("/team") {
            borland.steal("/team/2")
        } else {
            staff.clone()
        };
        for (host, origin, status) in [
            (&*host, "http://evil.example", 403),
            (&*host, "null", 403),
            ("evil.example", "http://evil.example", 421),
        ] {
            let headers = [("host", host), ("origin", origin), kind, ("cookie", &right)];
            let page = room.browser().send("POST", &path, &headers, &body);
            assert_eq!(page.status, status, "{path} {origin}");
        }
        let headers = [("host", &*host), kind, ("cookie", &right)];
        let page = room.browser().send("POST", &path, &headers, &body);
        assert_eq!(page.status, 403, "{path} without an origin");
    }
    // None of it left a trace.
    let log = facilitator.get("/facilitator").body;
    for trace in [
        "argues a point",
        "contested point<",
        "The clock was set",
        "more for",
    ] {
        assert!(!log.contains(trace), "{trace} in {log}");
    }
    // The hot wash is for afterwards, and a form with a gap is shown again.
    let early = [("prompt", "keep"), ("text", "now")];
    assert_eq!(aldmark.post("/team/1/reflect", &early).status, 404);
    let gap = argument("shots", ["a", "", "c"]);
    let page = aldmark.post("/team/1/argue", &gap);
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("Say what speaks for it."),
        "{}",
        page.body
    );
    let gap = [("fact", "shots"), ("so", "yes"), ("reason", " ")];
    assert_eq!(facilitator.post("/facilitator/settle", &gap).status, 422);
    let odd = [("fact", "shots"), ("so", "perhaps"), ("reason", "x")];
    assert_eq!(facilitator.post("/facilitator/settle", &odd).status, 404);
    assert_eq!(borland.get("/team/2").status, 200);
}

#[test]
fn what_is_argued_ruled_and_said_afterwards_is_text() {
    let (room, mut facilitator, [mut aldmark, ..]) = begun("forms-text");
    let hostile = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a\u{202e}b\u{7}<b>",
    ];
    aldmark.submit("/team/1/argue", &argument("shots", hostile));
    // A double click argues once, by its receipt.
    let receipt = [("receipt", "r1")];
    let twice = [&argument("shots", ["once", "b", "c"])[..], &receipt].concat();
    aldmark.submit("/team/1/argue", &twice);
    let page = aldmark.submit("/team/1/argue", &twice);
    assert_eq!(page.body.matches("once").count(), 1, "{}", page.body);
    let ruling = [("fact", "shots"), ("so", "both"), ("reason", hostile[1])];
    facilitator.submit("/facilitator/settle", &ruling);
    facilitator.submit("/facilitator/end", &[]);
    aldmark.submit(
        "/team/1/reflect",
        &[("prompt", "keep"), ("text", hostile[0])],
    );
    facilitator.submit(
        "/facilitator/reflect",
        &[("prompt", "change"), ("text", hostile[2])],
    );
    for (browser, page) in [
        (&mut aldmark, "/team/1"),
        (&mut facilitator, "/facilitator"),
    ] {
        let body = browser.get(page).body;
        assert!(body.contains("&lt;script&gt;"), "{body}");
        assert!(body.contains("Both accounts stay"), "{body}");
        for sign in ["<script>", "<img", "<b>", "\u{202e}", "\u{7}"] {
            assert!(!body.contains(sign), "{sign:?} in {page}");
        }
    }
    drop(room);
}

/// A contested fact that one team alone knows of: nobody else hears of it, of what was argued, or of the ruling.
#[test]
fn what_one_team_argues_reaches_no_other() {
    let (room, mut facilitator, [mut aldmark, mut borland, mut cedria]) = begun("forms-leak");
    facilitator.submit("/facilitator/open", &[("audience", "projector")]);
    let mut screen = facilitator.clone();
    screen.seen.clear();
    let streams = [
        aldmark.listen("/team/1/stream?after=0", None),
        cedria.listen("/team/3/stream?after=0", None),
        screen.listen("/projector/stream?after=0", None),
    ];
    // A secret is refused in the words in which anything else is that is not there.
    let refused = |team: &mut Browser, fact: &str| {
        let page = team.post("/team/1/argue", &argument(fact, ["a", "b", "c"]));
        assert_eq!(page.status, 422);
        let alert = page.body.split("id=\"alert\"").nth(1).unwrap();
        alert.split("</div>").next().unwrap().replace(fact, "it")
    };
    assert_eq!(refused(&mut aldmark, "moth"), refused(&mut aldmark, "none"));
    let words = ["Mothclaim", "Mothreason", "Mothagainst"];
    let page = borland.submit("/team/2/argue", &argument("moth", words));
    assert!(
        words.iter().all(|word| page.body.contains(word)),
        "{}",
        page.body
    );
    let ruling = [("fact", "moth"), ("so", "yes"), ("reason", "Mothruling")];
    let page = facilitator.submit("/facilitator/settle", &ruling);
    assert!(page.body.contains("Mothclaim"), "{}", page.body);
    assert!(borland.get("/team/2").body.contains("Mothruling"));
    let grant = [("role", "borland"), ("minutes", "7")];
    facilitator.submit("/facilitator/grant", &grant);
    facilitator.submit("/facilitator/set", &[("hours", "0"), ("minutes", "3")]);
    facilitator.submit("/facilitator/end", &[]);
    borland.submit(
        "/team/2/reflect",
        &[("prompt", "keep"), ("text", "Mothwash")],
    );
    // Who said it is not told to the staff either.
    let page = facilitator.get("/facilitator").body;
    assert!(page.contains("Mothwash"), "{page}");
    assert!(!page.contains("keep (borland)"), "{page}");
    for (team, place) in [
        (&mut aldmark, "/team/1"),
        (&mut cedria, "/team/3"),
        (&mut screen, "/projector"),
    ] {
        for page in ["", "/situation", "/treaties"] {
            team.get(&format!("{place}{page}"));
        }
    }
    drop(room);
    let heard = streams.map(super::browser::Stream::drain).concat();
    let seen = [&aldmark.seen, &cedria.seen, &screen.seen, &heard];
    for word in ["Moth", "kestrelbay", "7 minutes more", "borland argues"] {
        // The treaty of the other moth is the business of another test.
        let leaks = seen.iter().any(|text| {
            text.replace("name=\"fact\" value=\"moth\"", "")
                .contains(word)
        });
        assert!(!leaks, "{word}");
    }
    assert!(heard.contains("The clock was set"), "{heard}");
}
