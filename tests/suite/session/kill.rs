//! The program is killed at any moment: what was acknowledged is there, once, and the clock has stood meanwhile.

use super::{Desk, casus, entries, fine, kept, session};
use crate::serve::browser::Browser;
use casus::cli::exit::Exit;
use casus::exercise::session::{Ask, Bundle, Entry, Happening, Response, Store};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

/// A game at a pipe.
struct Game {
    child: Child,
    keys: ChildStdin,
    screen: Arc<Mutex<String>>,
    reader: std::thread::JoinHandle<()>,
}

impl Game {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_casus"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let keys = child.stdin.take().unwrap();
        let mut out = child.stdout.take().unwrap();
        let screen = Arc::new(Mutex::new(String::new()));
        let shown = Arc::clone(&screen);
        let reader = std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(count) = out.read(&mut part) {
                if count == 0 {
                    return;
                }
                let text = String::from_utf8_lossy(&part[..count]).into_owned();
                shown.lock().unwrap().push_str(&text);
            }
        });
        Self {
            child,
            keys,
            screen,
            reader,
        }
    }

    fn prompts(&self) -> usize {
        let screen = self.screen.lock().unwrap();
        ["Which are so?", "\n> ", "Number: ", "Numbers, with commas"]
            .iter()
            .map(|prompt| screen.matches(prompt).count())
            .sum()
    }

    /// Waits until so many questions have been put.
    fn asked(&self, count: usize) {
        let start = Instant::now();
        while self.prompts() < count {
            assert!(
                start.elapsed() < PATIENCE,
                "{}",
                self.screen.lock().unwrap()
            );
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Kills it without a warning. How many questions it had put by then.
    fn kill(mut self) -> usize {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        drop(self.keys);
        self.reader.join().unwrap();
        let screen = self.screen.lock().unwrap().clone();
        ["Which are so?", "\n> ", "Number: ", "Numbers, with commas"]
            .iter()
            .map(|prompt| screen.matches(prompt).count())
            .sum()
    }
}

/// `SplitMix64`: the same moments each time.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What each question is answered with, in order, all seats at one keyboard.
const LINES: [&str; 9] = ["none", "none", "none", "words", "none", "1", "1", "1", "1"];

fn answered(log: &[Entry]) -> BTreeMap<Ask, usize> {
    let mut found = BTreeMap::new();
    for entry in log {
        if let Happening::Answered { role, question, .. } = &entry.happening {
            let ask = Ask {
                role: role.clone(),
                question: question.clone(),
            };
            *found.entry(ask).or_insert(0) += 1;
        }
    }
    found
}

fn killed_at_the_keyboard(points: u64) {
    let mut state = points;
    for point in 0..points {
        let desk = Desk::new(&format!("kill-{points}-{point}"));
        let (exercise, file) = (desk.path("strait"), desk.path("game.session"));
        let game = Game::start(&["play", &exercise, "--session", &file, "--hotseat"]);
        let keys = (random(&mut state) % LINES.len() as u64) as usize;
        game.asked(1);
        let mut game = game;
        for (at, line) in LINES[..keys].iter().enumerate() {
            writeln!(game.keys, "{line}").unwrap();
            game.asked(at + 2);
        }
        // Between a key and the next prompt.
        writeln!(game.keys, "{}", LINES[keys]).unwrap();
        std::thread::sleep(Duration::from_micros(random(&mut state) % 20_000));
        let put = game.kill();
        // The next question is put only when the answer to the one before is kept.
        let acknowledged = put - 1;
        assert!(acknowledged >= keys);
        fine(&["session", "verify", &file]);
        let (_, log) = kept(&file);
        let before = answered(&log);
        let count = before.len();
        assert!(
            count >= acknowledged && count <= keys + 1,
            "{count} of {acknowledged}"
        );
        assert!(before.values().all(|times| *times == 1));
        let lines = desk.path("answers");
        std::fs::write(&lines, LINES[count..].join("\n") + "\n").unwrap();
        let out = fine(&["play", "--resume", &file, "--hotseat", "--answers", &lines]);
        assert!(out.contains("The end:"), "{out}");
        let (pack, whole) = kept(&file);
        assert_eq!(whole[..log.len()], log);
        // The clock has stood since the last entry.
        if !log.is_empty() && !matches!(log.last().unwrap().happening, Happening::Ended) {
            assert_eq!(whole[log.len()].happening, Happening::Paused);
            assert_eq!(whole[log.len()].clock, log[log.len() - 1].clock);
        }
        let all = answered(&whole);
        assert_eq!(all.len(), LINES.len());
        assert!(all.values().all(|times| *times == 1), "{all:?}");
        assert!(session(&pack, &whole).ended);
    }
}

#[test]
fn a_game_that_is_killed_goes_on_with_the_last_acknowledged_answer() {
    killed_at_the_keyboard(4);
}

#[test]
#[ignore = "a minute or more: cargo test --test suite -- --ignored killed"]
fn a_game_killed_at_fifty_points() {
    killed_at_the_keyboard(50);
}

/// However long it was off: no time passes on the clock of the room.
#[test]
fn no_time_passes_while_nobody_plays() {
    let desk = Desk::new("off");
    desk.play("game.session", "none\n");
    let (pack, _) = kept(&desk.path("game.session"));
    let file = desk.path("old.session");
    let mut store = Store::create(file.as_ref(), &Bundle::of(&pack)).unwrap();
    let released = Happening::Released {
        inject: "I1".into(),
        text: None,
    };
    // Broken off while it ran, long ago.
    store.append_all(&entries(&[], vec![released])).unwrap();
    drop(store);
    let answers = desk.path("answers");
    std::fs::write(&answers, "none\n").unwrap();
    fine(&["play", "--resume", &file, "--answers", &answers]);
    let (_, log) = kept(&file);
    assert!(
        log.len() > 3 && log.iter().all(|entry| entry.clock < 60),
        "{log:?}"
    );
}

/// A server of its own process.
pub(crate) struct Server {
    child: Child,
    /// Held open: a program ends when nobody reads what it says.
    _screen: Lines<BufReader<ChildStdout>>,
    pub(crate) address: String,
    pub(crate) token: String,
}

impl Server {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_casus"))
            .arg("serve")
            .args(arguments)
            .args(["--port", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let link = lines.find_map(|line| {
            let line = line.unwrap();
            line.trim().strip_prefix("http://").map(str::to_owned)
        });
        let link = link.unwrap();
        let (address, token) = link.split_once("/enter#").unwrap();
        Self {
            address: address.to_owned(),
            token: token.to_owned(),
            child,
            _screen: lines,
        }
    }

    /// The most memory that it has had, in MiB; `None`: the system does not tell.
    pub(crate) fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.ok()?;
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kib: u64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kib / 1024)
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn text_of(entry: &Entry) -> Option<(u64, u32)> {
    match &entry.happening {
        Happening::Answered {
            response: Response::Text(text),
            ..
        } => Some((entry.sequence, text.strip_prefix("version ")?.parse().ok()?)),
        _ => None,
    }
}

fn killed_in_the_room(points: u64) {
    let mut state = points ^ 0xabcd;
    let desk = Desk::new(&format!("room-{points}"));
    let (exercise, file) = (desk.path("strait"), desk.path("room.session"));
    let mut server = Server::start(&[&exercise, "--session", &file]);
    let mut staff = Browser::new(server.address.parse().unwrap());
    staff.submit("/enter", &[("code", &server.token), ("name", "Ada")]);
    let cards = staff.get("/facilitator/cards").body;
    let card = cards.split("<h2>Aldmark</h2>").nth(1).unwrap();
    let code = card
        .split("class=\"code\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    let mut team = Browser::new(server.address.parse().unwrap());
    team.submit("/enter", &[("code", code), ("name", "Bea")]);
    let (mut sent, mut base) = (0, 0);
    for _ in 0..points {
        staff.submit("/facilitator/clock", &[("go", "yes")]);
        let fuse = Duration::from_micros(random(&mut state) % 80_000);
        let mut acknowledged = sent;
        let start = Instant::now();
        let doomed = std::thread::spawn(move || {
            std::thread::sleep(fuse);
            server.kill();
        });
        while start.elapsed() < PATIENCE {
            sent += 1;
            let (text, known) = (format!("version {sent}"), base.to_string());
            let fields = [
                ("question", "Q2"),
                ("base", known.as_str()),
                ("text", &text),
            ];
            let done = catch_unwind(AssertUnwindSafe(|| team.post("/team/1/answer", &fields)));
            let Ok(page) = done else { break };
            // A fast machine sends more within the fuse than the room takes from one device.
            if page.status == 429 {
                break;
            }
            assert_eq!(page.status, 303, "{}", page.body);
            acknowledged = sent;
            let page = catch_unwind(AssertUnwindSafe(|| team.get("/team/1")));
            let Ok(page) = page else { break };
            base = page.base("Q2").parse().unwrap();
        }
        doomed.join().unwrap();
        fine(&["session", "verify", &file]);
        let (_, log) = kept(&file);
        let texts: Vec<(u64, u32)> = log.iter().filter_map(text_of).collect();
        let newest = texts.last().map_or((0, 0), |newest| *newest);
        assert!(
            newest.1 >= acknowledged && newest.1 <= sent,
            "{newest:?} of {acknowledged}"
        );
        let mut numbers: Vec<u32> = texts.iter().map(|it| it.1).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), texts.len(), "an answer is there twice");
        (base, sent) = newest;
        server = Server::start(&["--resume", &file]);
        for browser in [&mut staff, &mut team] {
            browser.at(server.address.parse().unwrap());
        }
        let page = team.get("/team/1");
        assert!(page.body.contains("id=\"state\">paused"), "{}", page.body);
        if newest.1 > 0 {
            let shown = format!("version {}", newest.1);
            assert!(page.body.contains(&shown), "{}", page.body);
        }
        // Two servers on one session, and a port that is taken.
        let busy = casus(&["serve", "--resume", &file, "--port", "0"]);
        assert_eq!(busy.exit, Exit::CouldNotRun);
        assert!(
            busy.err.contains("open in another window or program"),
            "{}",
            busy.err
        );
        let port = server.address.rsplit(':').next().unwrap();
        let other = desk.path("other.session");
        let taken = casus(&["serve", &exercise, "--session", &other, "--port", port]);
        assert_eq!(taken.exit, Exit::CouldNotRun);
        assert!(taken.err.contains("is taken"), "{}", taken.err);
        assert!(!std::path::Path::new(&other).exists());
    }
    server.kill();
}

#[test]
fn a_room_that_is_killed_goes_on_with_the_last_acknowledged_answer() {
    killed_in_the_room(2);
}

#[test]
#[ignore = "a minute or more: cargo test --test suite -- --ignored killed"]
fn a_room_killed_at_fifty_points() {
    killed_in_the_room(50);
}
