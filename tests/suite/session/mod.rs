//! Sessions afterwards: told again, forked, redacted, damaged, killed. All through the real program or its command line.

mod confidence;
mod copies;
mod damage;
pub(crate) mod kill;
mod laws;
mod names;
mod power;
mod replay;

use crate::scratch::Scratch;
use crate::serve::{EXERCISE, LAW};
use casus::cli::exit::Exit;
use casus::exercise::Pack;
use casus::exercise::session::{Actor, Entry, Happening, Session, Store};

/// A folder with a small rulebook and a small exercise, gone with the test.
pub(crate) struct Desk {
    folder: Scratch,
}

impl Desk {
    fn new(name: &str) -> Self {
        Self::with(name, LAW, EXERCISE)
    }

    pub(crate) fn with(name: &str, law: &str, exercise: &str) -> Self {
        let folder = Scratch::new(&format!("session-{name}"));
        folder.write("rules/law.treaty", law);
        folder.write("strait/exercise.yaml", exercise);
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path(name)
    }

    /// Plays in turn at one keyboard, with these answers.
    fn play(&self, session: &str, answers: &str) -> Done {
        let (session, file) = (self.path(session), self.path("answers"));
        std::fs::write(&file, answers).unwrap();
        let exercise = self.path("strait");
        let begin = ["play", &exercise, "--session", &session, "--hotseat"];
        casus(&[&begin[..], &["--answers", &file]].concat())
    }
}

/// What a command said.
struct Done {
    exit: Exit,
    out: String,
    err: String,
}

fn casus(arguments: &[&str]) -> Done {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let all = ["casus"].iter().chain(arguments);
    let exit = casus::cli::run(all, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Done {
        exit,
        out: text(out),
        err: text(err),
    }
}

/// What a command says that must succeed.
fn fine(arguments: &[&str]) -> String {
    let done = casus(arguments);
    assert_eq!(done.exit, Exit::Fine, "{arguments:?}: {}", done.err);
    done.out
}

/// The exercise of a session file and its log.
fn kept(path: &str) -> (Pack, Vec<Entry>) {
    let store = Store::open(path.as_ref()).unwrap();
    let (log, wrong) = store.log();
    assert_eq!(wrong, None);
    (store.bundle().unwrap().pack(), log)
}

fn session<'p>(pack: &'p Pack, log: &[Entry]) -> Session<'p> {
    Session::of_log(pack, log).unwrap().unwrap()
}

/// Entries after others, a second apart.
fn entries(after: &[Entry], happenings: Vec<Happening>) -> Vec<Entry> {
    let last = after.last().map_or((0, 0), |it| (it.sequence, it.clock));
    let entry = |(at, happening): (usize, Happening)| Entry {
        sequence: last.0 + 1 + at as u64,
        clock: last.1 + 1 + at as u64,
        wall: 1000,
        actor: Actor::Facilitator,
        happening,
    };
    happenings.into_iter().enumerate().map(entry).collect()
}

/// Answers for a whole game of three seats, a line each.
const ANSWERS: &str = "1\n\n\n80\n2\n\n\n99 %\nnone\nSome words\n1\n1\n1\n1\n1\n";
