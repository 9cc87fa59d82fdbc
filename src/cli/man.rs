//! `casus man`: the manual pages.

use super::exit::Exit;
use super::terminal::Terminal;
use super::trouble::Trouble;
use clap_mangen::Man;

/// Print the manual page of casus, or of one of its commands
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A command; left out: casus itself
    command: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let mut description = super::description();
    description.build();
    let page = match &arguments.command {
        None => description,
        Some(name) => match description.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(Trouble::Nothing(format!("casus has no command `{name}`"))),
        },
    };
    let mut text = Vec::new();
    Man::new(page).render(&mut text)?;
    terminal.out.write_all(&text)?;
    Ok(Exit::Fine)
}
