//! A full room: eight teams with four devices each, from the first message to the last reveal, in a server of its own process.

use super::browser::Browser;
use super::{Room, go};
use crate::session::Desk;
use crate::session::kill::Server;
use std::fmt::Write as _;
use std::sync::mpsc;
use std::time::{Duration, Instant};

const TEAMS: usize = 8;
const DEVICES: usize = 4;
const ROUNDS: usize = 15;

fn law() -> String {
    let names: Vec<String> = (1..=TEAMS).map(|team| format!("land-{team}")).collect();
    let mut law = String::from("state dorne \"Dorne\"\n");
    for name in &names {
        let _ = writeln!(law, "state {name} \"{name}\"");
    }
    let _ = write!(
        law,
        "verb threaten, threatens, threatened  lasts\nverb consult, consults, consulted  takes object, about\n\n\
         treaty pact \"Pact\"\n  parties {}\n  in force from 1949-08-24\narticle 1 \"Consultation\"\n  \
         when a state A threatens a party P, each other party Q shall consult P about A, within 10 days.\n",
        names.join(", ")
    );
    law
}

fn exercise() -> String {
    let mut text = String::from("exercise: Load\nminutes: 150\nroles:\n");
    for team in 1..=TEAMS {
        let _ = writeln!(
            text,
            "  - {{id: team-{team}, title: Team {team}, party: land-{team}, seats: 8}}"
        );
    }
    text += "injects:\n";
    for round in 0..ROUNDS {
        let (minute, day, land) = (round * 10, round + 1, round % TEAMS + 1);
        let _ = write!(
            text,
            "  - id: I{round}\n    at: {minute} minutes\n    story: 1958-03-{day:02}\n    text: Dorne threatens land-{land}\n    facts:\n      \
             - add: {{id: f{round}, what: dorne threatens land-{land}, on: 1958-03-{day:02}}}\n    questions:\n      \
             - {{id: Q{round}, ask: obligations, fields: [article, due]}}\n"
        );
    }
    text
}

/// A device: hears everything, looks at the page each time, and reports when it sees what it waits for.
fn device(team: usize, mut browser: Browser, seen: &mpsc::Sender<(usize, Instant)>) -> Vec<u64> {
    let mut stream = browser.listen(&format!("/team/{team}/stream"), None);
    let mut heard = Vec::new();
    let mut shown = 0;
    while let Some(event) = stream.next() {
        let Some(id) = event.id else {
            continue;
        };
        heard.push(id);
        if event.data == "The exercise is over" {
            break;
        }
        let page = browser.get(&format!("/team/{team}"));
        let answers = page.body.matches("<h3>The answer</h3>").count();
        if answers > shown {
            shown = answers;
            seen.send((shown, Instant::now())).unwrap();
        }
    }
    heard
}

/// `cargo test --release --test suite full_room -- --ignored --nocapture` says how fast it was.
#[test]
#[ignore = "a measurement: half a minute on an idle machine"]
fn a_full_room_loses_nothing() {
    let desk = Desk::with("load", &law(), &exercise());
    let (file, strait) = (desk.path("load.session"), desk.path("strait"));
    let server = Server::start(&[&strait, "--session", &file]);
    let empty = server.memory();
    let browser = || Browser::new(server.address.parse().unwrap());
    let mut facilitator = browser();
    facilitator.submit("/enter", &[("code", &server.token), ("name", "Ada")]);
    let mut teams: Vec<Vec<Browser>> = Vec::new();
    for team in 1..=TEAMS {
        let code = Room::card(&mut facilitator, &format!("Team {team}"));
        let enter = |device: usize| {
            let mut browser = browser();
            browser.submit(
                "/enter",
                &[("code", &code), ("name", &format!("d{device}"))],
            );
            browser
        };
        teams.push((0..DEVICES).map(enter).collect());
    }
    let (sender, seen) = mpsc::channel();
    let mut latencies: Vec<Duration> = Vec::new();
    std::thread::scope(|scope| {
        let mut devices = Vec::new();
        for (at, team) in teams.iter().enumerate() {
            for browser in team {
                let (browser, sender) = (browser.clone(), sender.clone());
                devices.push(scope.spawn(move || (at, device(at + 1, browser, &sender))));
            }
        }
        // Everybody listens before it begins.
        let listening = |page: String| page.matches("<td>yes</td>").count() >= TEAMS * DEVICES;
        while !listening(facilitator.get("/facilitator/room").body) {}
        go(&mut facilitator, true);
        for round in 0..ROUNDS {
            let question = format!("Q{round}");
            std::thread::scope(|answers| {
                for (at, team) in teams.iter().enumerate() {
                    let (mut browser, question) = (team[round % DEVICES].clone(), question.clone());
                    answers.spawn(move || {
                        let own = [
                            ("question", question.as_str()),
                            ("base", "0"),
                            ("pick.0", "yes"),
                            ("under.0", "pact article 1"),
                        ];
                        let page = browser.post(&format!("/team/{}/answer", at + 1), &own);
                        assert_eq!(page.status, 303, "{}", page.body);
                    });
                }
            });
            let start = Instant::now();
            facilitator.submit("/facilitator/reveal", &[("question", &question)]);
            for _ in 0..TEAMS * DEVICES {
                let (shown, at) = seen.recv_timeout(Duration::from_secs(120)).unwrap();
                assert_eq!(shown, round + 1);
                latencies.push(at.duration_since(start));
            }
            let minutes = ((round + 1) * 10).to_string();
            facilitator.submit("/facilitator/set", &[("hours", "0"), ("minutes", &minutes)]);
            facilitator.get("/facilitator");
        }
        facilitator.submit("/facilitator/end", &[]);
        for device in devices {
            let (at, heard) = device.join().unwrap();
            assert!(heard.is_sorted_by(|a, b| a < b), "team {at}: {heard:?}");
            // The clock, each message, each own answer, each reveal, the clock set anew, the end.
            assert_eq!(heard.len(), 1 + 4 * ROUNDS + 1, "team {at}: {heard:?}");
        }
    });
    latencies.sort_unstable();
    let at = |share: usize| latencies[(latencies.len() - 1) * share / 100];
    println!(
        "reveal seen after: median {:?}, 95 % {:?}, all {:?}",
        at(50),
        at(95),
        at(100)
    );
    println!(
        "memory of the server, MiB: {empty:?} empty, {:?} at most",
        server.memory()
    );
    assert!(server.memory().is_none_or(|most| most < 100));
    server.kill();
}
