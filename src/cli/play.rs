//! `casus play`: an exercise in the terminal, alone or in turn at one keyboard.

use super::exit::Exit;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::diagnostic::any_error;
use crate::exercise::play::{Ended, Game, PlayError, Prompter};
use crate::exercise::report::clean;
use crate::exercise::session::{Bundle, Happening, Session, Store};
use crate::exercise::{Exercise, Pack, RoleId, file_of};
use clap::ValueHint;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus play exercises/first-contact                  alone, in the first role
  casus play exercises/korea --role dprk              in another one
  casus play exercises/korea --hotseat                all roles in turn at one keyboard
  casus play --resume first-contact.session           go on where it was left";

/// Play an exercise in the terminal
///
/// The exercise tells a story step by step and asks who owes what to whom. The answers are derived from the rules, and each is
/// explained. Every answer is kept in a session file the moment it is given; a game that was left, or broken off, goes on from
/// there with --resume.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The exercise: its folder
    #[arg(value_hint = ValueHint::DirPath, required_unless_present = "resume")]
    exercise: Option<PathBuf>,
    /// The role to play [default: the first that plays a party]
    #[arg(long, conflicts_with = "hotseat")]
    role: Option<String>,
    /// All roles in turn at one keyboard
    #[arg(long)]
    hotseat: bool,
    /// The session file to write [default: the name of the exercise, in this folder]
    #[arg(long, value_name = "FILE")]
    session: Option<PathBuf>,
    /// Go on with this session
    #[arg(long, value_name = "FILE", conflicts_with_all = ["exercise", "session"])]
    resume: Option<PathBuf>,
    /// Take the answers from this file, a line each, instead of the keyboard
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    match (&arguments.exercise, &arguments.resume) {
        (_, Some(file)) => {
            let store = Store::open(file)?;
            let pack = store.bundle()?.pack();
            game(arguments, &pack, store, terminal)
        }
        (Some(folder), None) => {
            let project = arguments
                .rules
                .origin(folder)
                .open(arguments.rules.with())?;
            let pack = Pack::load(folder, project)?;
            terminal.show(&pack.diagnostics, &pack.project.sources)?;
            if any_error(&pack.diagnostics) || pack.project.has_errors() {
                return Ok(Exit::CouldNotRun);
            }
            let file = session_file(arguments, folder);
            let store = Store::create(&file, &Bundle::of(&pack))?;
            game(arguments, &pack, store, terminal)
        }
        (None, None) => Err(Trouble::Nothing("name an exercise".to_owned())),
    }
}

/// Where the session goes: beside nothing else, named like the exercise, with a number if there is one already.
fn session_file(arguments: &Arguments, folder: &Path) -> PathBuf {
    if let Some(file) = &arguments.session {
        return file.clone();
    }
    let file = file_of(folder);
    let named = file.parent().and_then(Path::file_name);
    let name = named.map_or_else(|| "exercise".into(), |name| name.to_string_lossy());
    let numbered = |number: u32| match number {
        1 => PathBuf::from(format!("{name}.session")),
        number => PathBuf::from(format!("{name}-{number}.session")),
    };
    (1..u32::MAX)
        .map(numbered)
        .find(|path| !path.exists())
        .unwrap_or_default()
}

fn game(
    arguments: &Arguments,
    pack: &Pack,
    mut store: Store,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let (log, wrong) = store.log();
    if let Some(why) = wrong {
        writeln!(
            terminal.err,
            "casus: the session is damaged from here on: {why}"
        )?;
    }
    let session = match Session::of_log(pack, &log) {
        Some(Ok(session)) => session,
        Some(Err((at, refused))) => {
            let what = format!("the session is damaged at entry {}: {refused}", at + 1);
            return Err(Trouble::Nothing(what));
        }
        None => {
            return Err(Trouble::Nothing(
                "the exercise in this session has mistakes".to_owned(),
            ));
        }
    };
    let roles = roles(arguments, session.exercise, &session)?;
    let path = store.path().to_owned();
    let mut keep = |entry: &_| store.append(entry);
    let mut input = input(arguments)?;
    let mut prompter = Lines {
        input: input.as_mut(),
        out: terminal.out,
        echo: arguments.answers.is_some(),
    };
    let mut game = Game {
        session,
        roles,
        prompter: &mut prompter,
        keep: &mut keep,
        now: &seconds,
    };
    let ended = game.play()?;
    drop(game);
    if ended == Ended::Left {
        writeln!(
            terminal.out,
            "Go on with: casus play --resume {}",
            path.display()
        )?;
    }
    Ok(Exit::Fine)
}

/// Who plays here: as asked, else as before in this session, else the first role that plays a party.
fn roles(
    arguments: &Arguments,
    exercise: &Exercise,
    session: &Session<'_>,
) -> Result<Vec<RoleId>, Trouble> {
    let ids = (0..exercise.roles.len()).map(RoleId);
    let playing: Vec<RoleId> = ids
        .filter(|id| exercise.role(*id).party.is_some())
        .collect();
    if arguments.hotseat {
        return Ok(playing);
    }
    if let Some(name) = &arguments.role {
        let names = exercise.roles.iter().map(|role| role.id.as_str());
        let hint = crate::diagnostic::phrase::or_ticked(names);
        let found = exercise.role_named(name);
        let unknown = || Trouble::Nothing(format!("no role is called `{name}`; it is {hint}"));
        return Ok(vec![found.ok_or_else(unknown)?]);
    }
    let before = session
        .log
        .iter()
        .filter_map(|entry| match &entry.happening {
            Happening::Answered { role, .. } => exercise.role_named(role),
            _ => None,
        });
    let mut before: Vec<RoleId> = before.collect();
    before.sort_unstable();
    before.dedup();
    if before.is_empty() {
        before = playing.into_iter().take(1).collect();
    }
    if before.is_empty() {
        return Err(Trouble::Nothing(
            "no role of this exercise plays a party".to_owned(),
        ));
    }
    Ok(before)
}

fn input(arguments: &Arguments) -> Result<Box<dyn BufRead>, Trouble> {
    let Some(path) = &arguments.answers else {
        return Ok(Box::new(BufReader::new(io::stdin())));
    };
    let file = std::fs::File::open(path).map_err(|source| {
        let path = path.clone();
        crate::project::ProjectError::Read { path, source }
    })?;
    Ok(Box::new(BufReader::new(file)))
}

fn seconds() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |passed| passed.as_secs())
}

/// Plain lines: nothing moves the cursor, nothing is drawn twice.
struct Lines<'a> {
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
    /// Show what was read, where nobody typed it.
    echo: bool,
}

impl Prompter for Lines<'_> {
    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", clean(text))?;
        self.out.flush()
    }

    fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        write!(self.out, "{}", clean(prompt))?;
        self.out.flush()?;
        let mut line = String::new();
        if self.input.read_line(&mut line)? == 0 {
            writeln!(self.out)?;
            return Ok(None);
        }
        let line = line.trim_end_matches(['\r', '\n']).to_owned();
        if self.echo {
            writeln!(self.out, "{}", clean(&line))?;
        }
        Ok(Some(line))
    }
}

impl From<PlayError> for Trouble {
    fn from(error: PlayError) -> Self {
        match error {
            PlayError::Terminal(error) => Self::Output(error),
            PlayError::Store(error) => Self::Session(error),
            PlayError::Refused(refused) => Self::Nothing(refused.to_string()),
        }
    }
}
