//! `casus session`: what is left of an exercise that was played.

use super::exit::Exit;
use super::rules::RulesArgument;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::exercise::Pack;
use crate::exercise::report::{after_action, html, markdown, table};
use crate::exercise::session::{Bundle, Kind, Session, Store};
use clap::{Subcommand, ValueEnum, ValueHint};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus session report first-contact.session > report.md
  casus session report first-contact.session --format html > report.html
  casus session export first-contact.session scores > scores.csv
  casus session verify first-contact.session";

/// Report, export and verify a session that was played
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
    /// The after-action report
    Report {
        #[command(flatten)]
        file: File,
        /// How to print
        #[arg(long, value_enum, default_value_t = Format::Markdown)]
        format: Format,
    },
    /// A table as CSV
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
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    match &arguments.command {
        Command::Report { file, format } => {
            let pack = Opened::of(&file.session)?;
            let session = pack.session(terminal)?;
            let (title, marking) = (&session.exercise.title, &session.exercise.marking);
            let blocks = after_action(&session);
            let text = match format {
                Format::Markdown => markdown::markdown(marking, &blocks),
                Format::Html => html::page(title, marking, &blocks),
            };
            write!(terminal.out, "{text}")?;
        }
        Command::Export { file, table: which } => {
            let pack = Opened::of(&file.session)?;
            let session = pack.session(terminal)?;
            let text = match which {
                Table::Scores => table::scores(&session),
                Table::Answers => table::answers(&session),
                Table::Events => table::events(&session),
            };
            write!(terminal.out, "{text}")?;
        }
        Command::Verify { file } => {
            let opened = Opened::of(&file.session)?;
            opened.store.verify()?;
            let session = opened.session(terminal)?;
            let entries = crate::diagnostic::phrase::count(session.log.len(), "entry", "entries");
            writeln!(terminal.out, "{}: sound, {entries}", file.session.display())?;
        }
        Command::Regrade { file, rules } => return regrade(&file.session, rules, terminal),
    }
    Ok(Exit::Fine)
}

struct Opened {
    store: Store,
    pack: Pack,
}

impl Opened {
    fn of(path: &Path) -> Result<Self, Trouble> {
        let store = Store::open(path)?;
        let pack = store.bundle()?.pack();
        Ok(Self { store, pack })
    }

    /// The state after the log, as far as the log is sound.
    fn session(&self, terminal: &mut Terminal<'_>) -> Result<Session<'_>, Trouble> {
        taken(&self.store, &self.pack, terminal)
    }
}

fn taken<'p>(
    store: &Store,
    pack: &'p Pack,
    terminal: &mut Terminal<'_>,
) -> Result<Session<'p>, Trouble> {
    let (mut log, wrong) = store.log();
    if let Some(why) = wrong {
        writeln!(
            terminal.err,
            "casus: the session is damaged from here on: {why}"
        )?;
    }
    loop {
        match Session::of_log(pack, &log) {
            Some(Ok(session)) => return Ok(session),
            Some(Err((at, refused))) => {
                let entry = at + 1;
                writeln!(
                    terminal.err,
                    "casus: the session is damaged at entry {entry}, and read up to there: {refused}"
                )?;
                log.truncate(at);
            }
            None => {
                return Err(Trouble::Nothing(
                    "the exercise in this session has mistakes".to_owned(),
                ));
            }
        }
    }
}

fn regrade(
    path: &Path,
    rules: &RulesArgument,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let opened = Opened::of(path)?;
    let before = opened.session(terminal)?;
    let project = rules.origin(path).open(rules.with())?;
    let mut bundle = opened.store.bundle()?;
    let other = project.files.len() as u32;
    let texts = (0..other).map(|at| {
        let source = project.sources.get(crate::source::SourceId(at));
        (Kind::Rules, source.name.clone(), source.text.clone())
    });
    let kept = bundle
        .texts
        .drain(..)
        .filter(|(kind, ..)| *kind != Kind::Rules);
    let bundle = Bundle {
        texts: texts.chain(kept).collect(),
    };
    let pack = bundle.pack();
    let now = taken(&opened.store, &pack, terminal)?;
    let mut moved = false;
    for (old, new) in before.marks().iter().zip(now.marks()) {
        let (old, new) = (
            old.counted.unwrap_or(0.0),
            (new.counted.unwrap_or(0.0), &new.ask),
        );
        if (old - new.0).abs() > 1e-6 {
            moved = true;
            writeln!(
                terminal.out,
                "{} {}: {old:.1} -> {:.1}",
                new.1.role, new.1.question, new.0
            )?;
        }
    }
    if moved {
        return Ok(Exit::Noticed);
    }
    writeln!(terminal.out, "no points move")?;
    Ok(Exit::Fine)
}
