//! `casus exercise list`: the exercises there are.

use crate::cli::exercises;
use crate::cli::exit::Exit;
use crate::cli::rules::RulesArgument;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use std::path::Path;

pub(super) fn list(
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
