//! `casus new`: a treaty or scenario to begin with.

use super::exit::Exit;
use super::terminal::Terminal;
use super::trouble::Trouble;
use clap::{Subcommand, ValueHint};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus new scenario crisis-1962
  casus new treaty northern-pact-1958";

/// Write a treaty or a scenario to begin with
///
/// The file is full of remarks that say what may stand where, and it is sound as it stands: change it step by step, and let
/// `casus check` tell you what goes wrong.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// A treaty: NAME.treaty, in the folder `rules` if there is one
    Treaty(Name),
    /// A scenario: NAME.yaml, in the folder `scenarios` if there is one
    Scenario(Name),
}

#[derive(clap::Args)]
struct Name {
    /// Small letters, digits and single hyphens, as in `northern-pact-1958`
    #[arg(value_parser = name, value_hint = ValueHint::Other)]
    name: String,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let (folder, extension, name, text) = match &arguments.kind {
        Kind::Treaty(Name { name }) => ("rules", "treaty", name, include_str!("new/treaty.treaty")),
        Kind::Scenario(Name { name }) => {
            ("scenarios", "yaml", name, include_str!("new/scenario.yaml"))
        }
    };
    let file = format!("{name}.{extension}");
    let path = if Path::new(folder).is_dir() {
        Path::new(folder).join(file)
    } else {
        PathBuf::from(file)
    };
    write_new(&path, &text.replace("NAME", name))?;
    writeln!(
        terminal.out,
        "wrote {}; see whether it is sound: casus check {}",
        path.display(),
        path.display()
    )?;
    Ok(Exit::Fine)
}

/// Writes a file that must not exist yet.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Trouble> {
    use std::io::Write as _;
    let trouble = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Trouble::Exists(path.to_path_buf()),
        _ => Trouble::Write {
            path: path.to_path_buf(),
            error,
        },
    };
    let mut file = std::fs::File::create_new(path).map_err(trouble)?;
    file.write_all(text.as_bytes()).map_err(trouble)
}

/// A name of the language.
pub(super) fn name(text: &str) -> Result<String, String> {
    let begins = text.starts_with(|first: char| first.is_ascii_lowercase());
    let letters = text
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
    if begins && letters && !text.ends_with('-') && !text.contains("--") {
        Ok(text.to_owned())
    } else {
        Err(
            "a name is made of small letters, digits and single hyphens, and begins with a letter"
                .to_owned(),
        )
    }
}
