//! `casus session`: what is left of an exercise that was played, and how to go on with it.

mod copy;
mod list;
pub(super) mod opened;
mod regrade;
mod replay;
mod resume;

use super::exit::Exit;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::exercise::report::{after_action, data, html, markdown, table};
use clap::{Subcommand, ValueEnum, ValueHint};
use opened::Opened;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  casus session list
  casus session report first-contact.session > report.md
  casus session report first-contact.session --format html > report.html
  casus session export first-contact.session scores > scores.csv
  casus session replay korea.session --as dprk --speed 60
  casus session fork korea.session --at I3             play on from before I3, in a new session
  casus session redact korea.session                   a copy without names and own words
  casus session verify first-contact.session";

/// List, report, replay, resume, fork, redact and verify sessions that were played
///
/// A session file is whole in itself: the exercise, the rules and everything that was done. Reports are made anew from it each
/// time and come out the same on every machine.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The sessions of a folder
    List {
        /// The folder
        #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Where a session stands: who takes part, what was asked and answered, the points so far
    Show {
        #[command(flatten)]
        file: File,
    },
    /// Go on with a session in the way it was begun: at the keyboard, at the console or in a room of browsers
    Resume {
        #[command(flatten)]
        file: File,
    },
    /// Tell a session again as somebody saw it, entry by entry
    Replay(replay::Arguments),
    /// Begin a new session from a moment of this one; this one is left as it is
    ///
    /// The new session has everything that was done before the inject went out, and the same exercise and rules. Without --at it has
    /// all that is sound: so one goes on with a session whose file was damaged.
    Fork {
        #[command(flatten)]
        file: File,
        /// The inject before which the new session goes on [default: at the end]
        #[arg(long, value_name = "INJECT")]
        at: Option<String>,
        /// The file to write [default: the name of this one with `-fork`]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// The after-action report
    Report {
        #[command(flatten)]
        file: File,
        /// How to print
        #[arg(long, value_enum, default_value_t = Format::Markdown)]
        format: Format,
    },
    /// A table as CSV, or all of it as JSON
    Export {
        #[command(flatten)]
        file: File,
        /// Which
        #[arg(value_enum)]
        table: Table,
    },
    /// Look through the whole file, and take its log anew
    Verify {
        #[command(flatten)]
        file: File,
    },
    /// Mark the answers anew under other rules, and say whose points would move
    Regrade {
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        rules: RulesArgument,
    },
    /// Write a copy without the names of those who took part and without anything in their own words; all points stay
    Redact {
        #[command(flatten)]
        file: File,
        /// The file to write [default: the name of this one with `-redacted`]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Take a session away for good
    Delete {
        #[command(flatten)]
        file: File,
        /// Really
        #[arg(long)]
        yes: bool,
    },
}

#[derive(clap::Args)]
struct File {
    /// The session file
    #[arg(value_hint = ValueHint::FilePath)]
    session: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a text editor
    Markdown,
    /// For a browser and for paper: one file that needs nothing else
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum Table {
    /// Points by role and question, for a gradebook
    Scores,
    /// Every part of every answer
    Answers,
    /// The log
    Events,
    /// Everything as JSON, for other programs: roles, log, answers with marks and reasons
    Json,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    match &arguments.command {
        Command::List { folder } => list::list(folder, terminal),
        Command::Show { file } => list::show(&file.session, terminal),
        Command::Resume { file } => resume::resume(&file.session, terminal),
        Command::Replay(arguments) => replay::run(arguments, terminal),
        Command::Fork { file, at, to } => {
            copy::fork(&file.session, at.as_deref(), to.as_deref(), terminal)
        }
        Command::Report { file, format } => report(file, *format, terminal),
        Command::Export { file, table } => export(file, *table, terminal),
        Command::Verify { file } => verify(file, terminal),
        Command::Regrade { file, rules } => regrade::regrade(&file.session, rules, terminal),
        Command::Redact { file, to } => copy::redact(&file.session, to.as_deref(), terminal),
        Command::Delete { file, yes } => copy::delete(&file.session, *yes, terminal),
    }
}

fn report(file: &File, format: Format, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let opened = Opened::of(&file.session)?;
    let session = opened.session(terminal)?;
    let (title, marking) = (&session.exercise.title, &session.exercise.marking);
    let blocks = after_action(&session);
    let text = match format {
        Format::Markdown => markdown::markdown(marking, &blocks),
        Format::Html => html::page(title, marking, &blocks),
    };
    write!(terminal.out, "{text}")?;
    Ok(Exit::Fine)
}

fn export(file: &File, table: Table, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let opened = Opened::of(&file.session)?;
    let session = opened.session(terminal)?;
    let text = match table {
        Table::Scores => table::scores(&session),
        Table::Answers => table::answers(&session),
        Table::Events => table::events(&session),
        Table::Json => data::data(&session),
    };
    write!(terminal.out, "{text}")?;
    Ok(Exit::Fine)
}

fn verify(file: &File, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let opened = Opened::of(&file.session)?;
    opened.store.verify()?;
    let session = opened.sound()?;
    let entries = crate::diagnostic::phrase::count(session.log.len(), "entry", "entries");
    writeln!(terminal.out, "{}: sound, {entries}", file.session.display())?;
    Ok(Exit::Fine)
}
