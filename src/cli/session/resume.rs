//! `casus session resume`: on with a session in the way it was begun.

use crate::cli::exit::Exit;
use crate::cli::sitting::{Place, Sitting};
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::exercise::session::Store;
use std::path::Path;

pub(super) fn resume(path: &Path, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let store = Store::open(path)?;
    let place = store.setting("place");
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
