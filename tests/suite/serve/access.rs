//! The door: codes, seats, lobby, lock, cookies, and what strangers get.

use super::browser::{Browser, encoded};
use super::{Room, go, release};

#[test]
fn strangers_get_the_same_page_for_everything() {
    let (room, mut facilitator, [mut aldmark, ..]) = Room::begun("strangers");
    let mut stranger = room.browser();
    let nothing = stranger.get("/there/is/no/such/page");
    assert_eq!(nothing.status, 404);
    let paths = [
        "/facilitator",
        "/facilitator/questions",
        "/facilitator/cards",
        "/facilitator/stream",
        "/evaluator",
        "/evaluator/stream",
        "/projector",
        "/team/1",
        "/team/2",
        "/team/1/stream",
        "/team/1/draft?question=Q1",
        "/team/0",
        "/team/99",
        "/team/x",
        "/team/1/situation",
        "/lobby",
        "/asset/room.rs",
        "/facilitator/../team/1",
    ];
    for path in paths {
        let page = stranger.get(path);
        assert_eq!((page.status, &page.body), (404, &nothing.body), "{path}");
    }
    // With the cookie of another place, also if it is put where it does not belong.
    let stolen = aldmark.steal("/team/1");
    let host = room.address().to_string();
    for path in paths
        .iter()
        .filter(|path| !path.starts_with("/team/1") && !path.ends_with("team/1"))
    {
        let page = stranger.send("GET", path, &[("host", &host), ("cookie", &stolen)], "");
        assert_eq!(
            (page.status, &page.body),
            (404, &nothing.body),
            "{path} with a cookie of team 1"
        );
    }
    for what in [
        "release",
        "insert",
        "reveal",
        "clock",
        "override",
        "admit",
        "issue",
        "open",
        "end",
        "no-such-act",
    ] {
        let origin = room.browser().origin();
        let headers = [
            ("host", host.as_str()),
            ("origin", &origin),
            ("cookie", &stolen),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let page = stranger.send(
            "POST",
            &format!("/facilitator/{what}"),
            &headers,
            &encoded(&[("inject", "I2"), ("go", "yes")]),
        );
        assert_eq!((page.status, &page.body), (404, &nothing.body), "{what}");
    }
    assert_eq!(aldmark.get("/team/1").status, 200);
    assert_eq!(aldmark.get("/team/1/no-such-page").status, 404);
    assert_eq!(facilitator.get("/facilitator").status, 200);
}

#[test]
fn cookies_stay_where_they_belong() {
    let room = Room::open("cookies");
    let mut browser = room.browser();
    let token = room.running().token.clone();
    let page = browser.post("/enter", &[("code", &token), ("name", "Ada")]);
    let cookie = page.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/facilitator;"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let value = cookie.split(['=', ';']).nth(1).unwrap();
    // 26 letters of 5 bits each.
    assert_eq!(value.len(), 26, "{cookie}");
    assert!(!page.header("location").contains(&token));
    // The token works once.
    let again = room
        .browser()
        .post("/enter", &[("code", &token), ("name", "Eve")]);
    assert_eq!(again.status, 422);
    // One browser may hold the facilitator, the screen and two teams.
    let page = browser.submit("/facilitator/open", &[("audience", "projector")]);
    assert_eq!(page.status, 200);
    for title in ["Aldmark", "Borland"] {
        let code = Room::card(&mut browser, title);
        assert_eq!(
            browser
                .submit("/enter", &[("code", &code), ("name", "Ada")])
                .status,
            200
        );
    }
    for path in ["/facilitator", "/projector", "/team/1", "/team/2"] {
        assert_eq!(browser.get(path).status, 200, "{path}");
    }
}

#[test]
fn other_sites_and_other_names_are_refused() {
    let (room, _, [mut aldmark, ..]) = Room::begun("origin");
    let (host, own) = (room.address().to_string(), room.browser().origin());
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let body = encoded(&[("question", "Q1"), ("base", "0"), ("none", "yes")]);
    let foreign = [
        "http://evil.example",
        "null",
        "https://127.0.0.1",
        &own.replace("http:", "https:"),
    ];
    for origin in foreign {
        let page = aldmark.send(
            "POST",
            "/team/1/answer",
            &[("host", &host), ("origin", origin), kind],
            &body,
        );
        assert_eq!(page.status, 403, "{origin}");
    }
    let page = aldmark.send("POST", "/team/1/answer", &[("host", &host), kind], &body);
    assert_eq!(page.status, 403, "no origin at all");
    for name in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1",
        "127.0.0.1:1",
    ] {
        let page = aldmark.send("GET", "/team/1", &[("host", name)], "");
        assert_eq!(page.status, 421, "{name}");
    }
    let page = aldmark.get("/team/1");
    assert!(!page.body.contains("Handed in"), "something was taken");
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    );
    // Nothing in the pages needs more than that.
    for path in ["/team/1", "/team/1/situation", "/team/1/treaties"] {
        let body = aldmark.get(path).body;
        for inline in [
            "<style",
            "style=",
            "<script>",
            " onclick",
            " onload",
            "javascript:",
        ] {
            assert!(!body.contains(inline), "{inline} in {path}");
        }
    }
}

#[test]
fn a_card_is_good_for_its_seats_until_the_room_is_locked() {
    let room = Room::open("cards");
    let mut facilitator = room.facilitator();
    let code = Room::card(&mut facilitator, "Aldmark");
    let enter = |code: &str| {
        room.browser()
            .post("/enter", &[("code", code), ("name", "x")])
            .status
    };
    // Typed by hand, in capitals and with spaces.
    assert_eq!(enter(&code.to_uppercase().replace('-', " ")), 303);
    assert_eq!(enter(&code), 303);
    assert_eq!(enter(&code), 409, "a third device on two seats");
    // A fresh card makes the old one worthless; the lock closes all.
    let old = Room::card(&mut facilitator, "Borland");
    facilitator.submit("/facilitator/issue", &[("audience", "team:borland")]);
    let fresh = Room::card(&mut facilitator, "Borland");
    assert_eq!((enter(&old), enter(&fresh)), (422, 303));
    facilitator.submit("/facilitator/lock", &[("locked", "yes")]);
    assert_eq!(enter(&fresh), 409);
    facilitator.submit("/facilitator/lock", &[("locked", "no")]);
    assert_eq!(enter(&fresh), 303);
}

#[test]
fn guessing_ends_soon_and_is_counted() {
    let room = Room::open("guessing");
    let mut facilitator = room.facilitator();
    let code = Room::card(&mut facilitator, "Aldmark");
    let mut stranger = room.browser();
    let mut tries = 0;
    while stranger
        .post("/enter", &[("code", "abc-def"), ("name", "x")])
        .status
        == 422
    {
        tries += 1;
        assert!(tries < 50, "nobody stops the guesser");
    }
    assert_eq!(tries, 10);
    // Whoever guesses is not let in even with the right code, for a while.
    assert_eq!(
        stranger
            .post("/enter", &[("code", &code), ("name", "x")])
            .status,
        429
    );
    assert!(
        facilitator
            .get("/facilitator/room")
            .body
            .contains("Wrong codes so far: <strong>10</strong>")
    );
    room.pass(60);
    assert_eq!(
        stranger
            .post("/enter", &[("code", &code), ("name", "x")])
            .status,
        303
    );
}

#[test]
fn the_code_of_the_room_opens_the_lobby_and_nothing_else() {
    let room = Room::open("lobby");
    let mut facilitator = room.facilitator();
    let mut guest = room.browser();
    let code = room.running().room_code.clone();
    let page = guest.submit("/enter", &[("code", &code), ("name", "Bea <i>")]);
    assert!(page.body.contains("You are in the lobby"), "{}", page.body);
    for path in ["/team/1", "/facilitator", "/evaluator"] {
        assert_eq!(guest.get(path).status, 404, "{path}");
    }
    let page = facilitator.get("/facilitator/room");
    assert!(page.body.contains("Bea &lt;i&gt;"), "{}", page.body);
    let device = page.field("/facilitator/admit", "device");
    facilitator.submit(
        "/facilitator/admit",
        &[("device", &device), ("audience", "team:borland")],
    );
    let let_in = guest.get("/lobby");
    assert_eq!((let_in.status, let_in.header("location")), (303, "/team/2"));
    let page = guest.get("/team/2");
    assert!(
        page.body.contains("Borlandbrief") && page.body.contains("Bea &lt;i&gt; (this device)")
    );
    // A seat that is taken away is gone at once.
    let page = facilitator.get("/facilitator/room");
    let device = page.field("/facilitator/dismiss", "device");
    assert!(!device.is_empty());
    let devices: Vec<&str> = page
        .body
        .split("name=\"device\" value=\"")
        .skip(1)
        .map(|rest| &rest[..64])
        .collect();
    facilitator.submit(
        "/facilitator/dismiss",
        &[("device", devices.last().unwrap())],
    );
    assert_eq!(guest.get("/team/2").status, 404);
}

#[test]
fn too_much_is_refused_and_nothing_is_lost() {
    let (_room, mut facilitator, [mut aldmark, ..]) = Room::begun("sizes");
    let long = "x".repeat(1 << 20);
    let page = aldmark.post(
        "/team/1/answer",
        &[("question", "Q2"), ("base", "0"), ("text", &long)],
    );
    assert_eq!(page.status, 413);
    let long = "x".repeat(9000);
    let page = aldmark.post(
        "/team/1/answer",
        &[("question", "Q2"), ("base", "0"), ("text", &long)],
    );
    assert_eq!(page.status, 422);
    assert!(
        page.body
            .contains("This is too long: at most 8000 letters."),
        "{}",
        page.body
    );
    for (name, value) in [("reason", "no"), ("share", "200"), ("share", "many")] {
        let fields = [("question", "Q1"), ("role", "aldmark"), (name, value)];
        assert_eq!(
            facilitator.post("/facilitator/override", &fields).status,
            422,
            "{name} {value}"
        );
    }
    go(&mut facilitator, false);
    release(&mut facilitator, "I3");
}

/// A burst of answers from one device is slowed down; the facilitator is not.
#[test]
fn a_device_that_sends_without_end_is_slowed_down() {
    let (_room, mut facilitator, [mut aldmark, ..]) = Room::begun("burst");
    let send = |browser: &mut Browser| {
        browser
            .post(
                "/team/1/draft",
                &[("question", "Q1"), ("form", "pick.0=yes")],
            )
            .status
    };
    let taken = (0..60).take_while(|_| send(&mut aldmark) == 204).count();
    assert_eq!(taken, 40);
    assert!((0..60).all(|_| {
        facilitator
            .post("/facilitator/clock", &[("go", "yes")])
            .status
            == 303
    }));
}

#[test]
fn who_has_a_place_is_led_there_from_the_front_door() {
    let (room, mut facilitator, [mut aldmark, ..]) = Room::begun("front");
    let led = |browser: &mut Browser, from: &str| {
        let page = browser.get(from);
        assert_eq!(page.status, 303, "{}", page.body);
        page.header("location").to_owned()
    };
    let mut guest = room.browser();
    assert_eq!(led(&mut guest, "/"), "/enter");
    assert_eq!(led(&mut aldmark, "/"), "/team/1");
    let code = room.running().room_code.clone();
    guest.submit("/enter", &[("code", &code), ("name", "Cleo")]);
    assert_eq!(led(&mut guest, "/"), "/enter", "who waits has no place");
    let device = facilitator
        .get("/facilitator/room")
        .field("/facilitator/admit", "device");
    let admit = [("device", device.as_str()), ("audience", "team:cedria")];
    facilitator.submit("/facilitator/admit", &admit);
    // Also when the page of the lobby is looked at once more.
    for _again in 0..2 {
        assert_eq!(led(&mut guest, "/lobby"), "/team/3");
    }
    // It leads there, and gives no right to anything.
    let place = aldmark.steal("/");
    let host = room.address().to_string();
    let headers = [("host", host.as_str()), ("cookie", &place)];
    let page = room.browser().send("GET", "/team/1", &headers, "");
    assert_eq!(page.status, 404);
    let device = place.split('=').nth(1).unwrap();
    facilitator.submit("/facilitator/dismiss", &[("device", device)]);
    assert_eq!(led(&mut aldmark, "/"), "/enter", "the seat was taken away");
}

#[test]
fn evaluators_and_the_screen_have_cards_which_the_lock_shuts_too() {
    let room = Room::open("cards");
    let mut facilitator = room.facilitator();
    let mut evaluator = room.seat(&mut facilitator, "Evaluator", "Eve");
    assert_eq!(evaluator.get("/evaluator").status, 200);
    let code = Room::card(&mut facilitator, "Projector");
    facilitator.submit("/facilitator/lock", &[("locked", "yes")]);
    let enter = [("code", code.as_str()), ("name", "wall")];
    assert_eq!(room.browser().post("/enter", &enter).status, 409);
    facilitator.submit("/facilitator/lock", &[("locked", "no")]);
    assert_eq!(room.browser().submit("/enter", &enter).status, 200);
}

/// Nothing is loaded but a style sheet and a script, both small, served as they are written.
#[test]
fn what_a_page_loads_is_small() {
    let (_room, mut facilitator, [mut aldmark, ..]) = Room::begun("small");
    let page = facilitator.get("/facilitator").body + &aldmark.get("/team/1").body;
    let links = page.split("\"/asset/").skip(1);
    let mut names: Vec<&str> = links.map(|rest| rest.split('"').next().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names, ["room.css", "room.js"]);
    let size = |name: &&str| aldmark.get(&format!("/asset/{name}")).body.len();
    let all: usize = names.iter().map(size).sum();
    assert!((1 << 10..100 << 10).contains(&all), "{all} bytes");
}
