//! `casus fmt`: the one layout of treaty files.

use super::exit::Exit;
use super::paths::{self, Found, files, read_text};
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::diagnostic::any_error;
use crate::source::Sources;
use crate::syntax::format::format_file;
use crate::syntax::parse_file;
use clap::ValueHint;
use std::io::Read;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus fmt                    the folder `rules` here
  casus fmt --check rules/     change nothing, say which files differ; exit code 1 if one does
  casus fmt - < pact.treaty    from standard input to standard output";

/// Lay out treaty files
///
/// Writes each file in the one layout of the language; remarks stay where they are, and nothing changes in meaning. A file
/// with mistakes is left alone.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Treaty files and folders, or `-` [default: the folder you are in]
    #[arg(value_hint = ValueHint::AnyPath, default_value = ".", hide_default_value = true)]
    paths: Vec<PathBuf>,
    /// Change nothing; say which files differ
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let paths = arguments.paths.as_slice();
    if paths == [PathBuf::from("-")] {
        return standard_input(terminal);
    }
    let mut exit = Exit::Fine;
    for path in paths {
        let Found {
            rulebook,
            mut treaties,
            ..
        } = paths::find(path)?;
        if let Some(folder) = rulebook {
            treaties.extend(files(&folder, &["treaty"])?);
        }
        for file in treaties {
            exit = exit.max(lay_out(&file, arguments.check, terminal)?);
        }
    }
    Ok(exit)
}

fn lay_out(path: &Path, check: bool, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let text = read_text(path)?;
    let Some(wanted) = formatted(&path.display().to_string(), &text, terminal)? else {
        return Ok(Exit::CouldNotRun);
    };
    if wanted == text {
        return Ok(Exit::Fine);
    }
    if check {
        writeln!(
            terminal.out,
            "{0} is not in its layout; casus fmt {0} lays it out",
            path.display()
        )?;
        return Ok(Exit::Noticed);
    }
    std::fs::write(path, wanted).map_err(|error| Trouble::Write {
        path: path.to_path_buf(),
        error,
    })?;
    writeln!(terminal.out, "laid out {}", path.display())?;
    Ok(Exit::Fine)
}

fn standard_input(terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let Some(wanted) = formatted("standard input", &text, terminal)? else {
        return Ok(Exit::CouldNotRun);
    };
    write!(terminal.out, "{wanted}")?;
    Ok(Exit::Fine)
}

/// The text in its layout; `None` if it has mistakes, which are shown.
fn formatted(
    name: &str,
    text: &str,
    terminal: &mut Terminal<'_>,
) -> Result<Option<String>, Trouble> {
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let (file, diagnostics) = parse_file(id, text);
    if any_error(&diagnostics) {
        terminal.show(&diagnostics, &sources)?;
        return Ok(None);
    }
    Ok(Some(format_file(&file, text)))
}
