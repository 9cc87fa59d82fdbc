//! The pages in a real browser: live updates, drafts, a lost link, the keyboard, zoom, labels. Skipped where there is none.

use super::driver::{Driver, Window};
use super::{Room, go, release};
use std::path::Path;

/// A window that goes through the door like anybody else.
pub(super) fn enter<'d>(window: Window<'d>, room: &Room, code: &str, name: &str) -> Window<'d> {
    window.open(&format!("http://{}/enter#{code}", room.address()));
    window.keys("input[name=name]", &format!("{name}\u{e007}"));
    window.sees("live");
    window
}

/// What keeps people out who read with their ears or with the keyboard alone.
const BARRIERS: &str = "
    const found = [];
    if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
    if (!document.querySelector('main')) found.push('no main');
    const ids = [...document.querySelectorAll('[id]')].map((it) => it.id);
    for (const id of ids) if (ids.filter((other) => other === id).length > 1) found.push('id twice: ' + id);
    for (const it of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
      if (!it.labels.length && !it.ariaLabel) found.push('no label: ' + it.outerHTML);
    for (const it of document.querySelectorAll('button, a, summary')) if (!it.textContent.trim()) found.push('no name: ' + it.outerHTML);
    for (const it of document.querySelectorAll('svg')) if (!it.ariaLabel || !it.getAttribute('role')) found.push('silent picture');
    for (const it of document.querySelectorAll('table')) if (!it.caption || !it.tHead) found.push('table without a caption or a head');
    for (const it of document.querySelectorAll('[tabindex]')) if (it.tabIndex > 0) found.push('order of keys forced');
    return found.join('\\n');";

fn no_barriers(window: &Window<'_>, pages: &[&str]) {
    for page in pages {
        window.open(page);
        let found = window.run(BARRIERS);
        assert_eq!(found.as_str(), Some(""), "{page}");
        let name = page.split('/').skip(3).collect::<Vec<_>>().join("-");
        if let Some(folder) = std::env::var_os("CASUS_PICTURES") {
            let name = name.split('?').next().unwrap();
            window.save(&Path::new(&folder).join(format!("{name}.png")));
        }
        // At 200 % of an ordinary screen, nothing is cut and nobody scrolls sideways.
        window.size(640, 900);
        let wide = window.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        assert!(
            wide.as_i64().is_some_and(|wide| wide <= 0),
            "{page} is {wide} too wide"
        );
        window.size(1280, 900);
    }
}

#[test]
fn a_room_of_browsers() {
    let Some(driver) = Driver::start() else {
        eprintln!(
            "SKIPPED: the room in a real browser: there is no chromium with its driver on this machine"
        );
        return;
    };
    let mut room = Room::live("web");
    let mut staff = room.facilitator();
    let borland = Room::card(&mut staff, "Borland");
    staff.submit("/facilitator/issue", &[("audience", "facilitator")]);
    // One browser holds the facilitator, a team, the screen and an evaluator; another the second member of the team.
    let facilitator = enter(
        driver.browser(1280, 900),
        &room,
        &Room::card(&mut staff, "Facilitator"),
        "Ada",
    );
    let first = enter(facilitator.another(), &room, &borland, "Bea");
    let second = enter(driver.browser(1280, 900), &room, &borland, "Ben");
    first.sees("Borlandbrief");

    // What the facilitator does is seen everywhere without a reload.
    facilitator.click("form[action$='/clock'] button");
    first.sees("Opentext for everybody");
    second.sees("Opentext for everybody");
    facilitator.sees("not started");

    // Time is announced when little of it is left, and not before.
    let set = |staff: &mut super::Browser, minutes: &str| {
        staff.submit("/facilitator/set", &[("hours", "0"), ("minutes", minutes)]);
    };
    set(&mut staff, "5");
    first.sees("Q1: 5 minutes left");
    set(&mut staff, "7");
    first.loses("minutes left");
    set(&mut staff, "9");
    first.sees("Q1: 1 minute left");
    set(&mut staff, "1");

    // A draft is shared, and survives a reload.
    let own = "form[data-draft=Q1] input[name='own.0']";
    first.run("document.querySelector('form[data-draft=Q1] details').open = true");
    first.keys(own, "borland shall consult aldmark about dorne");
    facilitator.sees("drafting");
    second.sees("Bea is writing");
    let start = std::time::Instant::now();
    while second.value(own).is_empty() {
        assert!(start.elapsed().as_secs() < 60, "the draft is not shared");
    }
    first.open(&first.address());
    first.sees("live");
    assert_eq!(
        first.value(own),
        "borland shall consult aldmark about dorne"
    );

    // The server is gone: the badge says so, what is typed stays, and goes out when it is back.
    let port = room.address().port();
    room.close();
    first.sees("no link");
    first.keys(
        "form[data-draft=Q1] .claim:has(input[name='own.0']) input[name^=under]",
        "pact article 1",
    );
    first.keys(
        "form[data-draft=Q1] .claim:has(input[name='own.0']) input[name^=due]",
        "1958-03-11\u{e007}",
    );
    first.sees("Not sent: there is no link");
    room.reopen_at(port);
    first.sees("paused");
    first.loses("no link");
    assert_eq!(
        first.value(own),
        "borland shall consult aldmark about dorne"
    );
    go(&mut staff, true);
    first.sees("running");
    first.keys(
        "form[data-draft=Q1] .claim:has(input[name='own.0']) input[name^=due]",
        "\u{e007}",
    );
    first.sees("Handed in");
    second.sees("Handed in");
    second.sees("borland shall consult aldmark about dorne under pact article 1, due 1958-03-11");
    facilitator.sees("handed in");

    let screen = facilitator.another();
    staff.submit("/facilitator/issue", &[("audience", "projector")]);
    let code = Room::card(&mut staff, "Projector");
    screen.open(&format!("http://{}/enter#{code}", room.address()));
    screen.keys("input[name=name]", "\u{e007}");
    screen.sees("1 of 3 teams have handed in");
    assert!(!screen.text().contains("What follows"));
    release(&mut staff, "I2");
    staff.submit("/facilitator/reveal", &[("question", "Q1")]);
    first.sees("Right: borland shall consult aldmark about dorne");
    screen.sees("What follows from what all know");
    screen.sees("named by 1 of 3");
    assert!(!screen.text().contains("Ottertext"));

    // An evaluator rates with a key, also while the link is down.
    staff.submit("/facilitator/issue", &[("audience", "evaluator")]);
    let code = Room::card(&mut staff, "Evaluator");
    let evaluator = enter(facilitator.another(), &room, &code, "Eve");
    evaluator.keys("body", "2");
    let rating = evaluator.run("return document.querySelector('[name=rating]:checked')?.value");
    assert_eq!(rating.as_str(), Some("S"));
    room.close();
    evaluator.sees("no link");
    evaluator.keys("textarea[name=text]", "They counted the days aloud");
    evaluator.click("form[action$='/note'] button");
    evaluator.sees("1 kept here until the link is back");
    room.reopen_at(port);
    evaluator.sees("They counted the days aloud");
    evaluator.loses("kept here until");

    for window in [&facilitator, &first, &second, &screen, &evaluator] {
        let refused = window
            .console()
            .into_iter()
            .filter(|line| line.contains("Content Security Policy") || line.contains("Uncaught"));
        assert_eq!(refused.collect::<Vec<_>>(), Vec::<String>::new());
    }
    let base = format!("http://{}", room.address());
    let all = |paths: &[&str]| {
        paths
            .iter()
            .map(|path| format!("{base}{path}"))
            .collect::<Vec<_>>()
    };
    for (window, paths) in [
        (
            &facilitator,
            all(&[
                "/facilitator",
                "/facilitator/questions",
                "/facilitator/room",
                "/facilitator/cards",
                "/facilitator/paper?role=cedria&question=Q1",
            ]),
        ),
        (
            &first,
            all(&["/team/2", "/team/2/situation", "/team/2/treaties"]),
        ),
        (&screen, all(&["/projector", "/projector/situation"])),
        (&evaluator, all(&["/evaluator", "/enter"])),
    ] {
        no_barriers(
            window,
            &paths.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    }
}
