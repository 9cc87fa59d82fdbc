//! `casus session resume`: on with a session in the way it was begun.

use crate::cli::exit::Exit;
use crate::cli::lines::quoted;
use crate::cli::sitting::{Place, Sitting};
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::exercise::session::{Happening, Store};
use std::path::Path;

pub(super) fn resume(path: &Path, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let store = Store::open(path)?;
    let place = store.setting("place");
    if store
        .log()
        .0
        .iter()
        .any(|it| matches!(it.happening, Happening::Ended))
    {
        drop(store);
        return over(path, terminal);
    }
    drop(store);
    let sitting = Sitting::resuming(path);
    match place.as_deref().and_then(Place::of_word) {
        #[cfg(feature = "serve")]
        Some(Place::Room) => {
            let arguments = crate::cli::serve::Arguments::of(sitting);
            crate::cli::serve::run(&arguments, terminal)
        }
        Some(Place::Console) => crate::cli::exercise::console(&sitting, None, terminal),
        _ => crate::cli::play::run(&crate::cli::play::Arguments::of(sitting), terminal),
    }
}

fn over(path: &Path, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let file = quoted(path);
    writeln!(
        terminal.out,
        "This session is over.\nWhat came of it: casus session report {file}\nOn from an earlier inject in a copy: casus session fork {file} --at INJECT"
    )?;
    Ok(Exit::Fine)
}
