//! `casus exercise`: what an author does with an exercise.

mod author;
mod check;
mod list;
mod paper;
mod preview;
mod run;

use crate::cli::exercises;
use crate::cli::exit::Exit;
use crate::cli::rules::RulesArgument;
use crate::cli::sitting::Sitting;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::diagnostic::any_error;
use crate::exercise::{Exercise, Pack};
use clap::{Subcommand, ValueHint};
pub(super) use run::console;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  casus exercise list
  casus exercise new quarantine --from cuba-1962         start from a scenario
  casus exercise draft exercises/quarantine --write      propose questions
  casus exercise check exercises/first-contact
  casus exercise check exercises/first-contact --pin     keep the keys, so that a change of the rules is noticed
  casus exercise preview exercises/first-contact         what do five kinds of team get?
  casus exercise run exercises/korea                     run it from this terminal, with teams on paper";

/// Write, check and try out exercises
///
/// An exercise is a folder with the file `exercise.yaml`: roles, injects with facts and questions. Nobody writes the answers:
/// they follow from the rules.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The exercises there are
    List {
        /// The folder [default: `exercises` here or beside the rulebook, and those built into the program]
        #[arg(value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
        #[command(flatten)]
        rules: RulesArgument,
    },
    /// Start an exercise from a scenario: its facts become injects, its parties roles, the articles at stake objectives
    ///
    /// Asks for the title, the length, the level, who plays and the marking, and writes a folder that is sound as it stands, with gaps to
    /// fill in the briefs. The first questions are those that the scenario's expectations are about, and what each party owes.
    New(author::New),
    /// Propose questions, and injects for the case that nobody answers
    ///
    /// Each was put to the engine: something is right, and what is offered beside it holds on no account. Each comes with its answer, its
    /// wrong options with what fails in them, and how hard it is, as remarks; and with `review: pending`, until you take that away.
    Draft {
        #[command(flatten)]
        which: Which,
        /// Put the proposals into the file; nothing that stands there is changed
        #[arg(long)]
        write: bool,
    },
    /// Print a hand-out: for players, the facilitator, evaluators, or cards for a room without screens
    ///
    /// The expected answers in it are derived from the rules. The marking stands on every page.
    Print(paper::Print),
    /// Write the list of events for a spreadsheet, or the questions for a question bank
    Export {
        #[command(flatten)]
        which: Which,
        /// What
        #[arg(value_enum)]
        table: paper::Table,
    },
    /// Take an edited list of events back: what was changed in a cell is written anew, all else stays
    Import(paper::Import),
    /// The JSON Schema of `exercise.yaml`, for editors
    Schema,
    /// Look for mistakes, and for keys that a change of the rules has moved; exit code 1 if one has
    Check {
        #[command(flatten)]
        which: Which,
        /// Keep the keys as they are now, beside the exercise
        #[arg(long)]
        pin: bool,
    },
    /// Run an exercise from this terminal, for a room without a network
    ///
    /// The facilitator releases what happens, types in what teams wrote on paper, and shows the answers. The session file is that of
    /// `casus serve`: stop here and go on there, or the other way round.
    Run {
        #[command(flatten)]
        sitting: Sitting,
        /// Take the commands from this file, a line each, instead of the keyboard
        #[arg(long, value_name = "FILE")]
        commands: Option<PathBuf>,
    },
    /// Let teams of the program answer: one that knows all, claims all, ticks all that is offered, says that nothing is owed
    Preview {
        #[command(flatten)]
        which: Which,
    },
}

#[derive(clap::Args)]
struct Which {
    /// The exercise: its folder, or the name of one that is built in
    #[arg(value_hint = ValueHint::DirPath)]
    exercise: PathBuf,
    #[command(flatten)]
    rules: RulesArgument,
}

impl Which {
    fn find(&self) -> Result<exercises::Exercise, Trouble> {
        exercises::Exercise::find(&self.exercise, &self.rules)
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    match &arguments.command {
        Command::List { folder, rules } => list::list(folder.as_deref(), rules, terminal),
        Command::Check { which, pin } => with(which, terminal, |pack, exercise, terminal| {
            check::check(which, pack, exercise, *pin, terminal)
        }),
        Command::New(new) => author::new(new, terminal),
        Command::Draft { which, write } => with(which, terminal, |pack, exercise, terminal| {
            author::drafted(which, pack, exercise, *write, terminal)
        }),
        Command::Print(print) => with(&print.which, terminal, |pack, exercise, terminal| {
            paper::print(print, pack, exercise, terminal)
        }),
        Command::Export { which, table } => with(which, terminal, |pack, exercise, terminal| {
            paper::export(*table, pack, exercise, terminal)
        }),
        Command::Import(wanted) => with(&wanted.which, terminal, |pack, _, terminal| {
            paper::imported(wanted, pack, terminal)
        }),
        Command::Schema => {
            write!(terminal.out, "{}", crate::exercise::author::schema())?;
            Ok(Exit::Fine)
        }
        Command::Run { sitting, commands } => console(sitting, commands.as_deref(), terminal),
        Command::Preview { which } => with(which, terminal, preview::preview),
    }
}

/// Reads an exercise, shows what is wrong with it, and goes on if nothing is.
fn with(
    which: &Which,
    terminal: &mut Terminal<'_>,
    then: impl FnOnce(&Pack, &Exercise, &mut Terminal<'_>) -> Result<Exit, Trouble>,
) -> Result<Exit, Trouble> {
    let pack = which.find()?.open(&which.rules)?;
    terminal.show(&pack.diagnostics, &pack.project.sources)?;
    match &pack.exercise {
        Some(exercise) if !any_error(&pack.diagnostics) => then(&pack, exercise, terminal),
        _ => Ok(Exit::CouldNotRun),
    }
}
