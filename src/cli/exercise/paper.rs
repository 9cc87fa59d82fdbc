//! `casus exercise print`, `export` and `import`: an exercise on paper, in a spreadsheet and in a question bank.

use super::Which;
use crate::cli::exit::Exit;
use crate::cli::paths::read_text;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::diagnostic::any_error;
use crate::exercise::author::{self, Sheet, gift, import, msel};
use crate::exercise::report::{html, markdown};
use crate::exercise::{Exercise, Pack, file_of};
use clap::{ValueEnum, ValueHint};
use std::path::{Path, PathBuf};

/// What is printed, and how.
#[derive(clap::Args)]
pub(super) struct Print {
    #[command(flatten)]
    pub(super) which: Which,
    /// Which hand-out
    #[arg(value_enum)]
    sheet: SheetName,
    /// In which form
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum SheetName {
    /// What everybody reads first, and each team alone
    Players,
    /// The whole course, with timing and expected answers
    Facilitator,
    /// A sheet for each objective, with boxes to tick
    Evaluation,
    /// What happens and what is asked, a card each
    Cards,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Markdown,
    /// One page that prints well
    Html,
}

pub(super) fn print(
    print: &Print,
    pack: &Pack,
    exercise: &Exercise,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let sheet = match print.sheet {
        SheetName::Players => Sheet::Players,
        SheetName::Facilitator => Sheet::Facilitator,
        SheetName::Evaluation => Sheet::Evaluation,
        SheetName::Cards => Sheet::Cards,
    };
    let blocks = author::print(pack, exercise, sheet);
    let text = match print.format {
        Format::Markdown => markdown::markdown(&exercise.marking, &blocks),
        Format::Html => html::page(&exercise.title, &exercise.marking, &blocks),
    };
    write!(terminal.out, "{text}")?;
    Ok(Exit::Fine)
}

/// What is exported.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Table {
    /// The list of events for a spreadsheet; `casus exercise import` takes it back
    #[value(name = "msel.csv", alias = "msel")]
    Msel,
    /// The questions for the question bank of a learning platform
    Gift,
}

pub(super) fn export(
    table: Table,
    pack: &Pack,
    exercise: &Exercise,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let text = match table {
        Table::Msel => msel(pack, exercise),
        Table::Gift => gift(pack, exercise),
    };
    write!(terminal.out, "{text}")?;
    Ok(Exit::Fine)
}

/// An edited table, to be taken back.
#[derive(clap::Args)]
pub(super) struct Import {
    #[command(flatten)]
    pub(super) which: Which,
    /// The table, as `casus exercise export EXERCISE msel.csv` wrote it, with your changes
    #[arg(value_hint = ValueHint::FilePath)]
    table: PathBuf,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn imported(
    wanted: &Import,
    pack: &Pack,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let text =
        read_text(&wanted.table).map_err(|trouble| as_utf8(&wanted.table, trouble.into()))?;
    let wrong = |why: String| Trouble::Nothing(format!("{}: {why}", wanted.table.display()));
    let found = import(pack, &text).map_err(wrong)?;
    for remark in &found.remarks {
        writeln!(terminal.err, "{remark}")?;
    }
    if found.changes.is_empty() {
        writeln!(terminal.out, "the table says what the exercise says")?;
        return Ok(Exit::Fine);
    }
    let again = author::with_files(pack, &found.files);
    if any_error(&again.diagnostics) {
        terminal.show(&again.diagnostics, &again.project.sources)?;
        writeln!(terminal.err, "nothing was written: mend the table first")?;
        return Ok(Exit::CouldNotRun);
    }
    for change in &found.changes {
        writeln!(terminal.out, "{change}")?;
    }
    if wanted.dry_run {
        return Ok(Exit::Fine);
    }
    write_files(&wanted.which.exercise, &found.files, terminal)?;
    Ok(Exit::Fine)
}

/// Writes files of an exercise, named as among its sources.
pub(super) fn write_files(
    exercise: &Path,
    files: &[(String, String)],
    terminal: &mut Terminal<'_>,
) -> Result<(), Trouble> {
    let file = file_of(exercise);
    let folder = file.parent().unwrap_or(Path::new("."));
    let own = file.to_string_lossy().replace('\\', "/");
    for (name, text) in files {
        let path = if *name == own {
            file.clone()
        } else {
            folder.join(name)
        };
        std::fs::write(&path, text).map_err(|error| {
            let path = path.clone();
            Trouble::Write { path, error }
        })?;
        writeln!(terminal.out, "wrote {}", path.display())?;
    }
    Ok(())
}

/// A table in the signs of another age is told how to save it.
fn as_utf8(table: &Path, trouble: Trouble) -> Trouble {
    match std::fs::read(table) {
        Ok(bytes) if std::str::from_utf8(&bytes).is_err() => Trouble::Nothing(format!(
            "{}: this is no UTF-8 text; in the spreadsheet choose *Save as*, *CSV UTF-8*",
            table.display()
        )),
        _ => trouble,
    }
}
