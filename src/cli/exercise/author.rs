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

/// What was given, else what was answered, else what is proposed. A slip at the keyboard is asked again.
fn wanted(new: &New, basis: &Basis<'_>, terminal: &mut Terminal<'_>) -> Result<Wanted, Trouble> {
    let proposed = basis.proposed();
    let mut keyboard = if new.yes {
        None
    } else {
        Some(input(new.answers.as_deref())?)
    };
    let scripted = new.answers.is_some();
    let mut lines = keyboard
        .as_mut()
        .map(|input| Lines::new(input.as_mut(), scripted, terminal));
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    let given = (!new.parties.is_empty()).then(|| new.parties.join(", "));
    let any = |text: &str| Ok(text.to_owned());
    let (minutes, level) = (proposed.minutes.to_string(), proposed.level.to_string());
    let parties = proposed.parties.join(", ");
    Ok(Wanted {
        title: asked(&mut lines, new.title.clone(), "Title", proposed.title, any)?,
        minutes: asked(
            &mut lines,
            number(new.minutes),
            "Minutes",
            minutes,
            |text| whole(text, 24 * 60),
        )?,
        level: asked(
            &mut lines,
            number(new.level),
            "Level, 1 to 5",
            level,
            |text| whole(text, 5),
        )?,
        parties: asked(&mut lines, given, "Parties that play", parties, |text| {
            named(basis, text)
        })?,
        marking: asked(
            &mut lines,
            new.marking.clone(),
            "Marking of every page",
            proposed.marking,
            any,
        )?,
    })
}

/// Asks until it is understood; what was given as an option, or by somebody who is gone, is not asked again.
fn asked<T>(
    lines: &mut Option<Lines<'_>>,
    given: Option<String>,
    what: &str,
    proposed: String,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Trouble> {
    let (Some(lines), None) = (lines, &given) else {
        return read(&given.unwrap_or(proposed)).map_err(Trouble::Nothing);
    };
    loop {
        let answer = lines.ask(&format!("{what} [{proposed}]: "))?;
        let gone = answer.is_none();
        let answer = answer.map(|line| line.trim().to_owned());
        let answer = answer.filter(|line| !line.is_empty());
        match read(&answer.unwrap_or_else(|| proposed.clone())) {
            Ok(found) => return Ok(found),
            Err(why) if gone => return Err(Trouble::Nothing(why)),
            Err(why) => lines.say(&why)?,
        }
    }
}

fn whole(text: &str, most: u32) -> Result<u32, String> {
    let number = text.parse::<u32>().ok();
    let number = number.filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| format!("`{text}` is no number from 1 to {most}"))
}

/// Parties by their names in the rulebook, whatever their letters: `Saudi Arabia` is `saudi-arabia`.
fn named(basis: &Basis<'_>, text: &str) -> Result<Vec<String>, String> {
    let names = text
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let rulebook = &basis.rulebook;
    let found = names.map(|name| {
        let plain = name.to_lowercase().replace(' ', "-");
        let entity = rulebook.entity(name).or_else(|| rulebook.entity(&plain));
        entity.map(|entity| rulebook.name(entity)).ok_or_else(|| {
            let actors = basis.actors().into_iter().map(|actor| rulebook.name(actor));
            let actors = actors.collect::<Vec<_>>().join(", ");
            format!("nobody is called `{name}`; in this scenario act {actors}")
        })
    });
    found.collect()
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
