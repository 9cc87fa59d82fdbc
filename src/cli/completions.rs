//! `casus completions SHELL`: completions for a shell.

use super::exit::Exit;
use super::terminal::Terminal;
use super::trouble::Trouble;
use clap_complete::Shell;

/// Print completions for a shell
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// For which shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let mut text = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut super::description(),
        "casus",
        &mut text,
    );
    terminal.out.write_all(&text)?;
    Ok(Exit::Fine)
}
