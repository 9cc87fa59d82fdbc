//! `casus exercise new`, `draft`, `schema`: what the program does for whoever writes an exercise.

use super::Which;
use super::paper::write_files;
use crate::cli::exit::Exit;
use crate::cli::lines::{Lines, input};
use crate::cli::new::{name, write_new};
use crate::cli::rules::RulesArgument;
use crate::cli::shelf;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::exercise::author::{Basis, Wanted, draft, with_files};
use crate::exercise::play::Prompter;
use crate::exercise::{Exercise, Pack, file_of};
use clap::ValueHint;
use std::path::{Path, PathBuf};

/// A new exercise from a scenario.
#[derive(clap::Args)]
pub(super) struct New {
    /// Its name, which becomes that of its folder: in `exercises` if there is such a folder
    #[arg(value_parser = name, value_hint = ValueHint::Other)]
    name: String,
    /// The scenario from which it starts: a file, or a name as in `casus run`
    #[arg(long, value_name = "SCENARIO", value_hint = ValueHint::FilePath)]
    from: PathBuf,
    /// The title
    #[arg(long)]
    title: Option<String>,
    /// How long it may take
    #[arg(long)]
    minutes: Option<u32>,
    /// How hard it is, from 1 (first contact) to 5 (expert)
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=5))]
    level: Option<u32>,
    /// The parties that play, with commas between
    #[arg(long, value_delimiter = ',')]
    parties: Vec<String>,
    /// What stands on every page
    #[arg(long)]
    marking: Option<String>,
    /// The folder to write [default: NAME, in `exercises` if there is such a folder]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    into: Option<PathBuf>,
    /// Ask nothing: take what is proposed for all that is not given
    #[arg(long)]
    yes: bool,
    /// Take the answers from this file, a line each, instead of the keyboard
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    rules: RulesArgument,
}

pub(super) fn new(new: &New, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let folder = folder(new);
    if folder.exists() {
        return Err(Trouble::Exists(folder));
    }
    let (origin, scenario) = if crate::cli::paths::is_name(&new.from) {
        shelf::by_name(&new.from.to_string_lossy(), &new.rules)?
    } else {
        let file = shelf::Scenario::File(new.from.clone());
        (new.rules.origin(&new.from), file)
    };
    let mut project = origin.open(new.rules.with())?;
    let case = scenario.load(&mut project)?;
    terminal.show(&case.diagnostics, &project.sources)?;
    let Some((document, resolved)) = case.document.as_ref().zip(case.scenario.as_ref()) else {
        return Ok(Exit::CouldNotRun);
    };
    let rulebook = case.rulebook(&project).clone();
    let basis = Basis {
        document,
        scenario: resolved,
        name: &new.from.display().to_string(),
        rulebook,
        project,
    };
    let wanted = wanted(new, &basis, terminal)?;
    let files = basis.files(&wanted).map_err(Trouble::Nothing)?;
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(&folder);
        std::fs::create_dir_all(parent).map_err(|error| {
            let path = parent.to_owned();
            Trouble::Write { path, error }
        })?;
        write_new(&path, &text)?;
    }
    let shown = folder.display();
    writeln!(
        terminal.out,
        "wrote {shown}; what to do next stands at the head of {}; see whether it is sound: casus exercise check {shown}",
        file_of(&folder).display()
    )?;
    Ok(Exit::Fine)
}

fn folder(new: &New) -> PathBuf {
    let near = Path::new("exercises");
    match &new.into {
        Some(folder) => folder.clone(),
        None if near.is_dir() => near.join(&new.name),
        None => PathBuf::from(&new.name),
    }
}

/// What was given, else what was answered, else what is proposed.
fn wanted(new: &New, basis: &Basis<'_>, terminal: &mut Terminal<'_>) -> Result<Wanted, Trouble> {
    let proposed = basis.proposed();
    let mut keyboard = if new.yes {
        None
    } else {
        Some(input(new.answers.as_deref())?)
    };
    let mut ask = |given: Option<String>, what: &str, proposed: String| {
        let (Some(input), None) = (&mut keyboard, &given) else {
            return Ok::<String, Trouble>(given.unwrap_or(proposed));
        };
        let mut lines = Lines {
            input: input.as_mut(),
            out: terminal.out,
            echo: new.answers.is_some(),
        };
        let answer = lines.ask(&format!("{what} [{proposed}]: "))?;
        let answer = answer.map(|line| line.trim().to_owned());
        Ok(answer.filter(|line| !line.is_empty()).unwrap_or(proposed))
    };
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    let given = (!new.parties.is_empty()).then(|| new.parties.join(", "));
    let title = ask(new.title.clone(), "Title", proposed.title)?;
    let minutes = ask(number(new.minutes), "Minutes", proposed.minutes.to_string())?;
    let level = ask(
        number(new.level),
        "Level, 1 to 5",
        proposed.level.to_string(),
    )?;
    let parties = ask(given, "Parties that play", proposed.parties.join(", "))?;
    let marking = ask(
        new.marking.clone(),
        "Marking of every page",
        proposed.marking,
    )?;
    let whole = |text: &str, most: u32| {
        let number = text.parse::<u32>().ok();
        let number = number.filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| Trouble::Nothing(format!("`{text}` is no number from 1 to {most}")))
    };
    let parties = parties.split(',').map(|party| party.trim().to_owned());
    Ok(Wanted {
        title,
        marking,
        minutes: whole(&minutes, 24 * 60)?,
        level: whole(&level, 5)?,
        parties: parties.filter(|party| !party.is_empty()).collect(),
    })
}

/// Shows a draft, or writes it into the files.
pub(super) fn drafted(
    which: &Which,
    pack: &Pack,
    exercise: &Exercise,
    write: bool,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let draft = draft(pack, exercise);
    let (questions, injects) = (draft.questions, draft.contingencies);
    if !write {
        for (inject, piece) in &draft.pieces {
            writeln!(
                terminal.out,
                "# into the inject {inject}, and behind it\n{piece}"
            )?;
        }
        writeln!(
            terminal.out,
            "# {questions} questions and {injects} injects are proposed; --write puts them into the file"
        )?;
        return Ok(Exit::Fine);
    }
    let again = with_files(pack, &draft.files);
    if crate::diagnostic::any_error(&again.diagnostics) {
        terminal.show(&again.diagnostics, &again.project.sources)?;
        let told = "nothing was written, because the file would not be sound; without --write the draft is shown to be pasted";
        return Err(Trouble::Nothing(told.to_owned()));
    }
    write_files(&which.exercise, &draft.files, terminal)?;
    let (placed, reminders) = (draft.placed_questions, draft.placed_contingencies);
    writeln!(
        terminal.out,
        "{placed} questions and {reminders} injects are proposed, each with `review: pending`: look at them, and take that away"
    )?;
    let left = questions + injects - placed - reminders;
    if left > 0 {
        writeln!(
            terminal.out,
            "{left} more have no place, because what they belong to stands in one line; without --write they are shown to be pasted"
        )?;
    }
    Ok(Exit::Fine)
}
