//! Copies of a session: from a moment on, or without names; and how to take one away.

use super::opened::Opened;
use crate::cli::exit::Exit;
use crate::cli::sitting::free_name;
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::diagnostic::phrase::{count, or_ticked};
use crate::exercise::session::{Entry, Session, Store};
use std::path::{Path, PathBuf};

pub(super) fn fork(
    path: &Path,
    at: Option<&str>,
    given: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let opened = Opened::of(path)?;
    let session = opened.session(terminal)?;
    let log = match at {
        None => session.log.as_slice(),
        Some(inject) => {
            let before = session.before(inject);
            let before = before.ok_or_else(|| never_sent(&session, inject))?;
            &session.log[..before]
        }
    };
    let file = given.map_or_else(|| named(path, "fork"), Path::to_owned);
    written(&opened, &file, log)?;
    let (entries, file) = (count(log.len(), "entry", "entries"), file.display());
    writeln!(
        terminal.out,
        "wrote {file}, {entries}; go on with: casus session resume {file}"
    )?;
    Ok(Exit::Fine)
}

fn never_sent(session: &Session<'_>, inject: &str) -> Trouble {
    let sent = session.released.iter();
    let sent = sent.map(|released| session.exercise.inject(released.inject).id.as_str());
    let hint = match session.released.len() {
        0 => "nothing was".to_owned(),
        _ => format!("it may be {}", or_ticked(sent)),
    };
    Trouble::Nothing(format!("`{inject}` was never sent in this session; {hint}"))
}

pub(super) fn redact(
    path: &Path,
    given: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let opened = Opened::of(path)?;
    let session = opened.session(terminal)?;
    let file = given.map_or_else(|| named(path, "redacted"), Path::to_owned);
    written(&opened, &file, &session.redacted())?;
    writeln!(
        terminal.out,
        "wrote {}, without names and own words; {} is as it was",
        file.display(),
        path.display()
    )?;
    Ok(Exit::Fine)
}

pub(super) fn delete(path: &Path, yes: bool, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let store = Store::open(path)?;
    let title = store.bundle().map(|bundle| bundle.title().to_owned());
    let title = title.unwrap_or_else(|_| "damaged".to_owned());
    let entries = count(store.log().0.len(), "entry", "entries");
    let what = format!("{} ({title}, {entries})", path.display());
    if !yes {
        let why = format!("this would delete {what} for good; say --yes");
        return Err(Trouble::Nothing(why));
    }
    store.delete()?;
    writeln!(terminal.out, "deleted {what}")?;
    Ok(Exit::Fine)
}

/// A new file with the same exercise and rules, and this log. Nothing else of the old file is in it.
fn written(opened: &Opened, file: &Path, log: &[Entry]) -> Result<(), Trouble> {
    let mut store = Store::create(file, &opened.store.bundle()?)?;
    store.append_all(log)?;
    for key in ["place", "roles"] {
        if let Some(value) = opened.store.setting(key) {
            store.set(key, &value)?;
        }
    }
    Ok(())
}

fn named(path: &Path, what: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = path.parent().unwrap_or(Path::new(""));
    folder.join(free_name(folder, &format!("{stem}-{what}")))
}
