//! The pictures of the pages in `docs/room`, taken anew of a session of the exercise on Korea; on demand, in a real browser.

use super::driver::{Driver, Window};
use super::web::enter;
use super::{Browser, Room, go, release};
use casus::Project;
use casus::builtin::RULEBOOK;
use casus::exercise::Pack;
use std::path::Path;

const FOLDER: &str = "docs/room";

/// Opens a page, waits until it is live, and keeps it.
fn taken(window: &Window<'_>, room: &Room, page: &str, name: &str) {
    window.open(&format!("http://{}{page}", room.address()));
    window.sees("live");
    window.save(&Path::new(FOLDER).join(format!("{name}.png")));
}

fn hands_in(team: &mut Browser, number: usize, question: &str, fields: &[(&str, &str)]) {
    let fields = [&[("question", question), ("base", "0")], fields].concat();
    team.submit(&format!("/team/{number}/answer"), &fields);
}

#[test]
#[ignore = "writes into docs/room; wants a chromium with its driver"]
fn pictures_of_the_room() {
    let Some(driver) = Driver::start() else {
        eprintln!("SKIPPED: the pictures of the room: there is no chromium with its driver here");
        return;
    };
    let pack = Pack::load(
        Path::new("exercises/korea"),
        Project::of_texts(RULEBOOK.iter().copied()),
    )
    .unwrap();
    let room = Room::of("pictures", &pack, false);
    let mut staff = room.facilitator();
    let browser = |code: &str, name: &str| {
        let window = driver.browser(1280, 900);
        enter(window, &room, code, name)
    };
    staff.submit("/facilitator/issue", &[("audience", "facilitator")]);
    let facilitator = browser(&Room::card(&mut staff, "Facilitator"), "Ada");
    let russia = browser(&Room::card(&mut staff, "Russian Federation"), "Ivan");
    let projector = browser(&Room::card(&mut staff, "Projector"), "Screen");
    let evaluator = browser(&Room::card(&mut staff, "Evaluator"), "Eve");
    let name = "Democratic People's Republic of Korea";
    let mut dprk = room.seat(&mut staff, name, "Kim");
    let mut moscow = room.seat(&mut staff, "Russian Federation", "Olga");
    taken(&facilitator, &room, "/facilitator/cards", "cards");

    go(&mut staff, true);
    room.pass(8 * 60);
    release(&mut staff, "I2");
    hands_in(&mut moscow, 1, "Q3", &[("none", "yes")]);
    room.pass(8 * 60);
    release(&mut staff, "I3");
    let point = [
        ("fact", "troops"),
        ("claim", "There are no soldiers"),
        ("reasons", "Nobody has shown any"),
        ("against", "Three governments have seen them"),
    ];
    moscow.submit("/team/1/argue", &point);
    taken(&russia, &room, "/team/1", "team");
    let article = "russia-dprk-2024 article 4";
    let first = [("pick.0", "yes"), ("under.0", article)];
    hands_in(&mut moscow, 1, "Q4", &first);
    let sentence = "dprk shall assist russia against ukraine";
    let own = [
        ("own.0", sentence),
        ("under.8", article),
        ("standing.8", "owed-if"),
    ];
    hands_in(&mut dprk, 2, "Q4", &own);
    evaluator.keys("body", "2");
    evaluator.keys(
        "textarea[name=text]",
        "They asked for the day of exchange first",
    );
    evaluator.click("form[action$='/note'] button");
    evaluator.sees("They asked for the day of exchange first");
    room.pass(8 * 60);
    taken(&facilitator, &room, "/facilitator", "facilitator");
    taken(&facilitator, &room, "/facilitator/questions", "questions");
    taken(&evaluator, &room, "/evaluator", "evaluator");
    taken(&russia, &room, "/team/1/situation", "situation");
    taken(&russia, &room, "/team/1/treaties?q=assist", "treaties");

    staff.submit("/facilitator/reveal", &[("question", "Q4")]);
    taken(&russia, &room, "/team/1", "reveal");
    taken(&projector, &room, "/projector", "projector");
    staff.submit("/facilitator/end", &[]);
    taken(&russia, &room, "/team/1", "end");
}
