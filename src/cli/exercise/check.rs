//! `casus exercise check`: what is wrong with an exercise, and which keys a change of the rules has moved.

use super::Which;
use crate::cli::exercises;
use crate::cli::exit::Exit;
use crate::cli::lines::quoted;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::phrase::count;
use crate::diagnostic::render::tally;
use crate::exercise::{Exercise, Pack, moved, pinned, warnings};

pub(super) fn check(
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
        return keep(&place, &now, terminal);
    }
    tell(exercise, &warnings, terminal)?;
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
    let again = quoted(&which.exercise);
    writeln!(
        terminal.out,
        "if this is right: casus exercise check {again} --pin"
    )?;
    Ok(Exit::Noticed)
}

fn keep(
    place: &exercises::Exercise,
    keys: &str,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let path = place.keys_file().ok_or_else(|| {
        Trouble::Nothing("the keys of an exercise in the program are kept there".to_owned())
    })?;
    std::fs::write(&path, keys).map_err(|error| {
        let path = path.clone();
        Trouble::Write { path, error }
    })?;
    writeln!(terminal.out, "kept the keys in {}", path.display())?;
    Ok(Exit::Fine)
}

/// What there is, and what was found about it.
fn tell(
    exercise: &Exercise,
    warnings: &[Diagnostic],
    terminal: &mut Terminal<'_>,
) -> Result<(), Trouble> {
    let found = if warnings.is_empty() {
        "nothing to report".to_owned()
    } else {
        tally(warnings)
    };
    let questions: usize = exercise
        .injects
        .iter()
        .map(|inject| inject.questions.len())
        .sum();
    let parts = [
        count(exercise.roles.len(), "role", "roles"),
        count(exercise.injects.len(), "inject", "injects"),
        count(questions, "question", "questions"),
    ];
    let title = &exercise.title;
    writeln!(terminal.out, "{title}: {}: {found}", parts.join(", "))?;
    if exercise.pending() > 0 {
        writeln!(
            terminal.out,
            "{} of them await review (`review: pending`)",
            exercise.pending()
        )?;
    }
    Ok(())
}
