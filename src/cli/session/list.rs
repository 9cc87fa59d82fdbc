//! `casus session list` and `show`: which sessions there are, and where one stands.

use super::opened::Opened;
use crate::calendar::Day;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::diagnostic::phrase::count;
use crate::exercise::report::clean;
use crate::exercise::session::{Ask, Entry, Happening, Session, Store, StoreError};
use std::path::{Path, PathBuf};

pub(super) fn list(folder: &Path, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let read = |source| {
        let path = folder.to_owned();
        Trouble::from(crate::project::ProjectError::Read { path, source })
    };
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if path.extension().is_some_and(|it| it == "session") && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() {
        let why = format!("there is no session in `{}`", folder.display());
        return Err(Trouble::Nothing(why));
    }
    for path in found {
        let shown = path.strip_prefix("./").unwrap_or(&path).display();
        writeln!(terminal.out, "{shown}  {}", clean(&glance(&path)))?;
    }
    Ok(Exit::Fine)
}

/// One line on a session, or what is wrong with it.
fn glance(path: &Path) -> String {
    let told = || -> Result<String, StoreError> {
        let store = Store::read(path)?;
        let (log, wrong) = store.log();
        let title = store.bundle()?.title().to_owned();
        let begun = log.first().map(|entry| day(entry.wall).to_string());
        let mut parts = vec![title];
        parts.extend(begun);
        parts.push(count(log.len(), "entry", "entries"));
        parts.push(stands(&log).to_owned());
        parts.extend(wrong.map(|why| format!("damaged from {why}")));
        Ok(parts.join(", "))
    };
    match told() {
        Ok(line) => line,
        Err(StoreError::Busy(_)) => "open in another window or program".to_owned(),
        Err(StoreError::Format { found, .. }) => format!("of another format: {found}"),
        Err(_) => "no sound session file".to_owned(),
    }
}

fn stands(log: &[Entry]) -> &'static str {
    let over = log.iter().any(|it| it.happening == Happening::Ended);
    if over { "over" } else { "can be resumed" }
}

/// The day of a moment in seconds since 1970.
fn day(wall: u64) -> Day {
    let epoch = Day::new(1970, 1, 1).unwrap_or(Day::FIRST);
    epoch.plus_days((wall / 86_400) as i32)
}

pub(super) fn show(path: &Path, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let opened = Opened::of(path)?;
    let session = opened.session(terminal)?;
    let out = &mut terminal.out;
    let exercise = session.exercise;
    let (title, marking) = (clean(&exercise.title), clean(&exercise.marking));
    writeln!(out, "{marking}\n{title}")?;
    let minutes = session.clock.seconds / 60;
    let entries = count(session.log.len(), "entry", "entries");
    let state = stands(&session.log);
    let played = count(minutes as usize, "minute", "minutes");
    writeln!(out, "{entries}, {played} played, {state}")?;
    if !session.seats.is_empty() {
        writeln!(out, "\nwho takes part")?;
        for (role, name) in &session.seats {
            writeln!(out, "  {role}: {}", clean(name))?;
        }
    }
    writeln!(out, "\nwhat was sent")?;
    for released in &session.released {
        let inject = exercise.inject(released.inject);
        let minute = released.clock / 60;
        writeln!(
            out,
            "  {} at minute {minute}, story {}",
            inject.id, inject.story
        )?;
        for question in &inject.questions {
            let teams = question.to.iter().map(|role| {
                let role = exercise.role(*role).id.clone();
                let question = question.id.clone();
                standing(&session, &Ask { role, question })
            });
            let teams = teams.collect::<Vec<_>>().join(", ");
            writeln!(out, "    {}: {teams}", question.id)?;
        }
    }
    if let Some(next) = session.next().filter(|_| !session.ended) {
        writeln!(out, "next: {}", exercise.inject(next).id)?;
    }
    Ok(Exit::Fine)
}

fn standing(session: &Session<'_>, ask: &Ask) -> String {
    let role = &ask.role;
    if !session.answers.contains_key(ask) {
        return format!("{role} nothing");
    }
    let mark = session.mark(ask);
    match mark.and_then(|mark| Some((mark.counted?, mark.of))) {
        Some((points, of)) if session.revealed.contains(&ask.question) => {
            format!("{role} {points:.1} of {of}")
        }
        _ => format!("{role} handed in"),
    }
}
