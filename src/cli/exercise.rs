//! `casus exercise`: what an author does with an exercise.

use super::exit::Exit;
use super::lines::{Lines, input};
use super::rules::RulesArgument;
use super::sitting::{Place, Sitting};
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::diagnostic::any_error;
use crate::diagnostic::render::tally;
use crate::exercise::play::{Console, PlayError};
use crate::exercise::session::{Keeper, machine_watch};
use crate::exercise::{
    Exercise, KEYS, MOST_FOR_EVERYTHING, Pack, file_of, moved, pinned, try_out, warnings,
};
use clap::{Subcommand, ValueHint};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus exercise list
  casus exercise check exercises/first-contact
  casus exercise check exercises/first-contact --pin     keep the keys, so that a change of the rules is noticed
  casus exercise preview exercises/first-contact         what do four kinds of team get?
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
    /// The exercises of a folder
    List {
        /// The folder
        #[arg(default_value = "exercises", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
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
    /// Let four teams of the program answer: one that knows all, claims all, says that nothing is owed, says nothing
    Preview {
        #[command(flatten)]
        which: Which,
    },
}

#[derive(clap::Args)]
struct Which {
    /// The folder of the exercise
    #[arg(value_hint = ValueHint::DirPath)]
    exercise: PathBuf,
    #[command(flatten)]
    rules: RulesArgument,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    match &arguments.command {
        Command::List { folder } => list(folder, terminal),
        Command::Check { which, pin } => with(which, terminal, |pack, exercise, terminal| {
            check(which, pack, exercise, *pin, terminal)
        }),
        Command::Run { sitting, commands } => console(sitting, commands.as_deref(), terminal),
        Command::Preview { which } => with(which, terminal, preview),
    }
}

/// Reads an exercise, shows what is wrong with it, and goes on if nothing is.
fn with(
    which: &Which,
    terminal: &mut Terminal<'_>,
    then: impl FnOnce(&Pack, &Exercise, &mut Terminal<'_>) -> Result<Exit, Trouble>,
) -> Result<Exit, Trouble> {
    let project = which
        .rules
        .origin(&which.exercise)
        .open(which.rules.with())?;
    let pack = Pack::load(&which.exercise, project)?;
    terminal.show(&pack.diagnostics, &pack.project.sources)?;
    match &pack.exercise {
        Some(exercise) if !any_error(&pack.diagnostics) => then(&pack, exercise, terminal),
        _ => Ok(Exit::CouldNotRun),
    }
}

pub(super) fn console(
    sitting: &Sitting,
    commands: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let Some((pack, store)) = sitting.open(Place::Console, terminal)? else {
        return Ok(Exit::CouldNotRun);
    };
    let path = store.path().display().to_string();
    let keeper = Keeper::open(store, &pack, machine_watch()).map_err(PlayError::from)?;
    let mut input = input(commands)?;
    let mut prompter = Lines {
        input: input.as_mut(),
        out: terminal.out,
        echo: commands.is_some(),
    };
    let mut console = Console {
        keeper,
        prompter: &mut prompter,
    };
    console.run()?;
    drop(console);
    writeln!(
        terminal.out,
        "Go on with: casus exercise run --resume {path}, or: casus serve --resume {path}"
    )?;
    Ok(Exit::Fine)
}

fn list(folder: &Path, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let read = |source| {
        let path = folder.to_owned();
        Trouble::from(crate::project::ProjectError::Read { path, source })
    };
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if file_of(&path).is_file() && path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(Trouble::Nothing(format!(
            "there is no exercise in `{}`",
            folder.display()
        )));
    }
    for path in found {
        let text = std::fs::read_to_string(file_of(&path)).map_err(read)?;
        let title = text
            .lines()
            .find_map(|line| line.strip_prefix("exercise: "));
        let minutes = text.lines().find_map(|line| line.strip_prefix("minutes: "));
        let minutes = minutes
            .map(|minutes| format!(", {minutes} minutes"))
            .unwrap_or_default();
        writeln!(
            terminal.out,
            "{}  {}{minutes}",
            path.display(),
            title.unwrap_or("")
        )?;
    }
    Ok(Exit::Fine)
}

fn check(
    which: &Which,
    pack: &Pack,
    exercise: &Exercise,
    pin: bool,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let warnings = warnings(pack, exercise);
    terminal.show(&warnings, &pack.project.sources)?;
    let file = file_of(&which.exercise);
    let path = file.parent().unwrap_or(Path::new(".")).join(KEYS);
    let now = pinned(pack, exercise);
    if pin {
        std::fs::write(&path, &now).map_err(|error| {
            let path = path.clone();
            Trouble::Write { path, error }
        })?;
        writeln!(terminal.out, "kept the keys in {}", path.display())?;
        return Ok(Exit::Fine);
    }
    let found = if warnings.is_empty() {
        "nothing to report".to_owned()
    } else {
        tally(&warnings)
    };
    let questions: usize = exercise
        .injects
        .iter()
        .map(|inject| inject.questions.len())
        .sum();
    writeln!(
        terminal.out,
        "{}: {} roles, {} injects, {questions} questions: {found}",
        exercise.title,
        exercise.roles.len(),
        exercise.injects.len(),
    )?;
    let Ok(before) = std::fs::read_to_string(&path) else {
        return Ok(Exit::Fine);
    };
    let moved = moved(&before, &now);
    if moved.is_empty() {
        return Ok(Exit::Fine);
    }
    writeln!(terminal.out, "keys that moved since they were kept:")?;
    for line in moved {
        writeln!(terminal.out, "  {line}")?;
    }
    writeln!(
        terminal.out,
        "if this is right: casus exercise check {} --pin",
        which.exercise.display()
    )?;
    Ok(Exit::Noticed)
}

fn preview(pack: &Pack, exercise: &Exercise, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let tried = try_out(pack, exercise);
    writeln!(
        terminal.out,
        "question  role            owed  perfect  everything  nothing  of"
    )?;
    let (mut everything, mut of) = (0.0, 0);
    for row in &tried {
        writeln!(
            terminal.out,
            "{:<8}  {:<14}  {:>4}  {:>7.1}  {:>10.1}  {:>7.1}  {:>2}",
            row.question, row.role, row.key, row.perfect, row.everything, row.nothing, row.of
        )?;
        everything += row.everything;
        of += row.of;
    }
    let share = if of == 0 {
        0.0
    } else {
        everything / f64::from(of)
    };
    writeln!(
        terminal.out,
        "who claims everything gets {:.0} %; who hands in nothing gets nothing",
        share * 100.0
    )?;
    if share >= MOST_FOR_EVERYTHING {
        let most = MOST_FOR_EVERYTHING * 100.0;
        writeln!(
            terminal.err,
            "warning: claiming everything should pay less than {most:.0} %: ask for more fields, or of fewer"
        )?;
    }
    Ok(Exit::Fine)
}
