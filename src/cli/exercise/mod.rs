//! `casus exercise`: what an author does with an exercise.

mod author;
mod paper;

use crate::cli::exercises;
use crate::cli::exit::Exit;
use crate::cli::lines::{Lines, input};
use crate::cli::rules::RulesArgument;
use crate::cli::sitting::{Place, Sitting};
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::diagnostic::any_error;
use crate::diagnostic::render::tally;
use crate::exercise::play::{Console, PlayError};
use crate::exercise::session::{Keeper, machine_watch};
use crate::exercise::{
    Exercise, MOST_FOR_EVERYTHING, Pack, QuestionKind, moved, pinned, try_out, warnings,
};
use crate::report::style::wrap;
use clap::{Subcommand, ValueHint};
use std::path::{Path, PathBuf};

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
    /// Let four teams of the program answer: one that knows all, claims all, says that nothing is owed, says nothing
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
        Command::List { folder, rules } => list(folder.as_deref(), rules, terminal),
        Command::Check { which, pin } => with(which, terminal, |pack, exercise, terminal| {
            check(which, pack, exercise, *pin, terminal)
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
        Command::Preview { which } => with(which, terminal, preview),
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

fn list(
    folder: Option<&Path>,
    rules: &RulesArgument,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let found = match folder {
        Some(folder) => exercises::of_folder(folder)?,
        None => exercises::all(rules)?,
    };
    if let (true, Some(folder)) = (found.is_empty(), folder) {
        let none = format!("there is no exercise in `{}`", folder.display());
        return Err(Trouble::Nothing(none));
    }
    for exercise in found {
        let text = exercise.text()?;
        let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key));
        let title = value("exercise: ").unwrap_or("").trim_matches('"');
        let minutes = value("minutes: ").map(|minutes| format!(", {minutes} minutes"));
        let minutes = minutes.unwrap_or_default();
        writeln!(terminal.out, "{exercise}  {title}{minutes}")?;
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
    let place = which.find()?;
    let now = pinned(pack, exercise);
    if pin {
        let path = place.keys_file().ok_or_else(|| {
            Trouble::Nothing("the keys of an exercise in the program are kept there".to_owned())
        })?;
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
    if exercise.pending() > 0 {
        writeln!(
            terminal.out,
            "{} of them await review (`review: pending`)",
            exercise.pending()
        )?;
    }
    let Some(before) = place.keys() else {
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
        "question  role            owed  perfect  everything  all offered  nothing  of"
    )?;
    let (mut everything, mut ticks_all, mut of) = (0.0, 0.0, 0);
    for row in &tried {
        writeln!(
            terminal.out,
            "{:<8}  {:<14}  {:>4}  {:>7.1}  {:>10.1}  {:>11.1}  {:>7.1}  {:>2}",
            row.question,
            row.role,
            row.key,
            row.perfect,
            row.everything,
            row.ticks_all,
            row.nothing,
            row.of
        )?;
        ticks_all += row.ticks_all;
        everything += row.everything;
        of += row.of;
    }
    let share = |points: f64| points / f64::from(of.max(1));
    let (share, ticked) = (share(everything), share(ticks_all));
    writeln!(
        terminal.out,
        "who claims everything gets {:.0} %, who ticks all that is offered {:.0} %; who hands in nothing gets nothing",
        share * 100.0,
        ticked * 100.0
    )?;
    let others = exercise.injects.iter().flat_map(|inject| &inject.questions);
    let others = others.filter(|it| !matches!(it.kind, QuestionKind::Obligations(_)));
    let others: Vec<&str> = others.map(|question| question.id.as_str()).collect();
    if !others.is_empty() {
        let text = format!(
            "not tried, because they are not about who owes what: {}",
            others.join(", ")
        );
        writeln!(terminal.out, "{}", wrap(&text, 0, 2))?;
    }
    if share >= MOST_FOR_EVERYTHING {
        let most = MOST_FOR_EVERYTHING * 100.0;
        writeln!(
            terminal.err,
            "warning: claiming everything should pay less than {most:.0} %: ask for more fields, or of fewer"
        )?;
    }
    Ok(Exit::Fine)
}
