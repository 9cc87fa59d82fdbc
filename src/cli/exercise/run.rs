//! `casus exercise run`: an exercise run from a terminal, for a room without a network.

use crate::cli::exit::Exit;
use crate::cli::lines::{Lines, input, quoted};
use crate::cli::sitting::{Place, Sitting};
use crate::cli::terminal::Terminal;
use crate::cli::trouble::Trouble;
use crate::exercise::play::{Console, PlayError};
use crate::exercise::session::{Keeper, machine_watch};
use std::path::Path;

pub(in crate::cli) fn console(
    sitting: &Sitting,
    commands: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    let Some((pack, store)) = sitting.open(Place::Console, terminal)? else {
        return Ok(Exit::CouldNotRun);
    };
    let path = quoted(store.path());
    let keeper = Keeper::open(store, &pack, machine_watch()).map_err(PlayError::from)?;
    let mut input = input(commands)?;
    let mut prompter = Lines::new(input.as_mut(), commands.is_some(), terminal);
    let mut console = Console {
        keeper,
        prompter: &mut prompter,
    };
    console.run()?;
    drop(console);
    writeln!(
        terminal.out,
        "Go on with: casus exercise run --resume {path}, or: casus serve --resume {path}"
    )?;
    Ok(Exit::Fine)
}
