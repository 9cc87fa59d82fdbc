//! `casus play`: an exercise in the terminal, alone or in turn at one keyboard.

use super::drill;
use super::exit::Exit;
use super::lines::{self, Lines};
use super::sitting::{Place, Sitting};
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::drill::{Deck, today};
use crate::exercise::play::{Ended, Game, Turn};
use crate::exercise::session::{Store, taken_up};
use crate::exercise::{Exercise, Pack, RoleId};
use std::path::PathBuf;

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
    /// The role to play [default: the first that plays a party]
    #[arg(long, conflicts_with = "hotseat")]
    role: Option<String>,
    /// All roles in turn at one keyboard
    #[arg(long)]
    hotseat: bool,
    #[command(flatten)]
    sitting: Sitting,
    /// Take the answers from this file, a line each, instead of the keyboard
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// At the end take what was overlooked into this file, for `casus drill`
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = super::drill::FILE)]
    drill: Option<PathBuf>,
}

impl Arguments {
    /// The roles that played before, at the keyboard.
    pub(super) fn of(sitting: Sitting) -> Self {
        Self {
            role: None,
            hotseat: false,
            sitting,
            answers: None,
            drill: None,
        }
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    match arguments.sitting.open(Place::Keyboard, terminal)? {
        Some((pack, store)) => game(arguments, &pack, store, terminal),
        None => Ok(Exit::CouldNotRun),
    }
}

fn game(
    arguments: &Arguments,
    pack: &Pack,
    mut store: Store,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let (log, damaged) = store.log();
    let (session, wrong) = taken_up(pack, &log)
        .ok_or_else(|| Trouble::Nothing("the exercise in this session has mistakes".to_owned()))?;
    if let Some(why) = wrong.or(damaged) {
        let file = lines::quoted(store.path());
        return Err(Trouble::Nothing(format!(
            "the session is damaged at {why}; to go on with what is sound: casus session fork {file}"
        )));
    }
    let roles = roles(
        arguments,
        session.exercise,
        store.setting("roles").as_deref(),
    )?;
    let names = roles
        .iter()
        .map(|role| session.exercise.role(*role).id.as_str());
    store.set("roles", &names.collect::<Vec<_>>().join(" "))?;
    let path = store.path().to_owned();
    let mut keep = |entry: &_| store.append(entry);
    let mut input = lines::input(arguments.answers.as_deref())?;
    let mut prompter = Lines::new(input.as_mut(), arguments.answers.is_some(), terminal);
    let mut game = Game {
        session,
        roles,
        prompter: &mut prompter,
        keep: &mut keep,
        now: &seconds,
        turn: Turn::default(),
    };
    let ended = game.play()?;
    let (session, roles) = (game.session, game.roles);
    if let Some(file) = &arguments.drill {
        let mut deck = Deck::open(file)?;
        let told = drill::take(&mut deck, &session, &roles, today());
        deck.save(file)?;
        let file = file.display();
        writeln!(terminal.out, "For casus drill, in {file}: {told}")?;
    }
    let file = lines::quoted(&path);
    match ended {
        Ended::Left => writeln!(terminal.out, "Go on with: casus play --resume {file}")?,
        Ended::Finished => {
            writeln!(terminal.out, "The report: casus session report {file}")?;
            if arguments.drill.is_none() {
                let again = "Your own mistakes again, another day: casus drill --from";
                writeln!(terminal.out, "{again} {file}")?;
            }
        }
    }
    Ok(Exit::Fine)
}

/// Who plays here: as asked, else as before in this session, else the first role that plays a party.
fn roles(
    arguments: &Arguments,
    exercise: &Exercise,
    before: Option<&str>,
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
    let before = before.unwrap_or_default().split(' ');
    let mut before: Vec<RoleId> = before
        .filter_map(|name| exercise.role_named(name))
        .collect();
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

fn seconds() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |passed| passed.as_secs())
}
