//! The room of browsers, over plain HTTP on the loopback: who sees what, who may do what, and what becomes of what was sent.

mod access;
pub(crate) mod browser;
mod driver;
mod forms;
mod leak;
mod load;
mod pictures;
mod play;
mod stream;
mod web;

use crate::scratch::Scratch;
use browser::{Browser, Page};
use casus::exercise::Pack;
use casus::exercise::session::{Bundle, Now, Store, Watch, machine_watch};
use casus::project::Project;
use casus::serve::{Options, Running, ServeError, start};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A small pact, with places and a secret convention whose names nobody but those who know of them may ever read.
pub(crate) const LAW: &str = r#"
state aldmark "Aldmark"
state borland "Borland"
state cedria "Cedria"
state dorne "Dorne"
place kestrelbay "Kestrelbay"
place openharbour "Openharbour"
verb attack, attacks, attacked  takes object, in  lasts
verb threaten, threatens, threatened  lasts
verb assist, assists, assisted  takes object, against  lasts  takes sides
verb consult, consults, consulted  takes object, about
verb mobilise, mobilises, mobilised  lasts

treaty pact "Northern Pact"
  parties aldmark, borland, cedria
  in force from 1949-08-24
article 1 "Consultation"
  when a state A threatens a party P, each other party Q shall consult P about A, within 10 days.
article 2 "Assistance"
  when a state A attacks a party P, each other party Q shall assist P against A.

treaty whispers "Mothwing Convention"
  parties borland, dorne
  in force from 1949-08-24
  secret known to borland, dorne
article 1 "Mothwing duty"
  when a state A attacks a party P, each other party Q shall consult P about A.
"#;

pub(crate) const EXERCISE: &str = r"
exercise: Strait <b>crisis</b>
minutes: 60
brief: Publicbrief for all
objectives:
  - {id: O1, text: Tell consultation from assistance, tasks: [Names who consults]}
roles:
  - {id: aldmark, party: aldmark, brief: Aldmarkbrief, seats: 2}
  - {id: borland, party: borland, brief: Borlandbrief}
  - {id: cedria, party: cedria, brief: Cedriabrief}
  - {id: evaluator, title: Evaluator}
injects:
  - id: I1
    at: 0 minutes
    story: 1958-03-01
    from: Harbour master
    objective: O1
    text: Opentext for everybody
    facts:
      - add: {id: threat, what: dorne threatens aldmark, from: 1958-03-01}
    questions:
      - {id: Q1, ask: obligations, fields: [article, due], minutes: 10, confidence: percent}
      - {id: Q2, ask: text, to: [aldmark], text: Aldmarkquestion}
  - id: I2
    at: 10 minutes
    story: 1958-03-02
    to: [borland]
    from: Otterservice
    channel: intelligence
    text: Ottertext for Borland alone
    facts:
      - add: {id: secret, what: dorne attacks borland in kestrelbay, from: 1958-03-02}
    questions:
      - {id: Q3, ask: obligations}
  - id: I3
    story: 1958-03-03
    text: Latertext for everybody
    facts:
      - add: {id: landing, what: dorne attacks aldmark in openharbour, from: 1958-03-03}
    questions:
      - id: Q4
        ask: decide
        to: [cedria]
        text: Cedriadecides
        options:
          - {id: send, label: Sendoption, facts: [{add: {id: fleet, what: cedria mobilises, from: 1958-03-03}}]}
          - {id: wait, label: Waitoption}
      - {id: Q5, ask: why, about: borland shall assist aldmark against dorne}
  - id: I4
    story: 1958-03-04
    text: Nevertext for nobody
";

struct Room {
    running: Option<Running>,
    file: PathBuf,
    _folder: Scratch,
    clock: Arc<AtomicU64>,
    /// Time passes by itself.
    real: bool,
}

impl Room {
    fn open(name: &str) -> Self {
        Self::with(name, LAW, EXERCISE, false)
    }

    /// One whose clock is that of the machine.
    fn live(name: &str) -> Self {
        Self::with(name, LAW, EXERCISE, true)
    }

    fn with(name: &str, law: &str, exercise: &str, real: bool) -> Self {
        let project = Project::of_texts([("law.treaty", law)]);
        assert!(!project.has_errors(), "{:?}", project.diagnostics);
        let none = |_: &str| Err("there is none".to_owned());
        let pack = Pack::of_text("exercise.yaml", exercise.to_owned(), project, &none);
        Self::of(name, &pack, real)
    }

    fn of(name: &str, pack: &Pack, real: bool) -> Self {
        assert!(pack.exercise.is_some(), "{:?}", pack.diagnostics);
        let folder = Scratch::new(&format!("serve-{name}"));
        let file = folder.join("room.session");
        let store = Store::create(&file, &Bundle::of(pack)).unwrap();
        let pack = store.bundle().unwrap().pack();
        let mut room = Self {
            running: None,
            file,
            _folder: folder,
            clock: Arc::new(AtomicU64::new(1000)),
            real,
        };
        room.running = Some(start(store, pack, room.options(0)).unwrap());
        room
    }

    fn options(&self, port: u16) -> Options {
        let clock = Arc::clone(&self.clock);
        let watch: Watch = Box::new(move || {
            let now = clock.load(Ordering::SeqCst);
            Now {
                wall: now,
                steady: now,
            }
        });
        Options {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            names: Vec::new(),
            watch: if self.real { machine_watch() } else { watch },
            beat: 15,
        }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    fn address(&self) -> SocketAddr {
        self.running().address
    }

    fn close(&mut self) {
        self.running.take().unwrap().stop();
    }

    fn reopen(&mut self) {
        self.reopen_at(0);
    }

    fn reopen_at(&mut self, port: u16) {
        let store = Store::open(&self.file).unwrap();
        let pack = store.bundle().unwrap().pack();
        self.running = Some(start(store, pack, self.options(port)).unwrap());
    }

    /// A second server on the same session.
    fn twin(&self) -> Result<(), String> {
        let store = Store::open(&self.file).map_err(|error| error.to_string())?;
        let pack = store.bundle().unwrap().pack();
        let twin: Result<Running, ServeError> = start(store, pack, self.options(0));
        twin.map(Running::stop).map_err(|error| error.to_string())
    }

    fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    fn browser(&self) -> Browser {
        Browser::new(self.address())
    }

    fn facilitator(&self) -> Browser {
        let mut browser = self.browser();
        let token = self.running().token.clone();
        let page = browser.submit("/enter", &[("code", &token), ("name", "Ada")]);
        assert_eq!(page.status, 200, "{}", page.body);
        browser
    }

    /// The code on the card of a place, as the facilitator's page shows it.
    fn card(facilitator: &mut Browser, title: &str) -> String {
        let page = facilitator.get("/facilitator/cards").body;
        let card = page
            .split("class=\"card\"")
            .find(|card| card.contains(&format!("<h2>{title}</h2>")))
            .unwrap();
        let rest = &card[card.find("class=\"code\">").unwrap() + 13..];
        rest[..rest.find('<').unwrap()].to_owned()
    }

    fn seat(&self, facilitator: &mut Browser, title: &str, name: &str) -> Browser {
        let code = Self::card(facilitator, title);
        let mut browser = self.browser();
        let page = browser.submit("/enter", &[("code", &code), ("name", name)]);
        assert_eq!(page.status, 200, "{}", page.body);
        browser
    }

    /// A facilitator and the three teams, with the clock running and the first inject out.
    fn begun(name: &str) -> (Self, Browser, [Browser; 3]) {
        let room = Self::open(name);
        let mut facilitator = room.facilitator();
        let teams = ["Aldmark", "Borland", "Cedria"]
            .map(|title| room.seat(&mut facilitator, title, &format!("{title} one")));
        go(&mut facilitator, true);
        (room, facilitator, teams)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }
}

fn go(facilitator: &mut Browser, go: bool) -> Page {
    facilitator.submit(
        "/facilitator/clock",
        &[("go", if go { "yes" } else { "no" })],
    )
}

fn release(facilitator: &mut Browser, inject: &str) -> Page {
    facilitator.submit("/facilitator/release", &[("inject", inject)])
}

/// Hands in that nothing is owed.
fn nothing_owed(team: &mut Browser, number: usize, question: &str, base: &str) -> Page {
    let path = format!("/team/{number}/answer");
    team.post(
        &path,
        &[("question", question), ("base", base), ("none", "yes")],
    )
}
