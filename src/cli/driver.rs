//! What `git diff` shows of a treaty file, if it asks Casus: the edits, clause by clause.

use super::exit::Exit;
use super::paths::read_text;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::change::{Comparison, beside, screen};
use crate::project::Project;
use crate::report::style::Style;
use std::path::Path;

/// `git` gives: path, old file, old number, old mode, new file, new number, new mode. Two files alone are enough.
pub(super) fn run(words: &[&str], terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    let (name, old, new) = match words {
        [name, old, _, _, new, ..] => (*name, *old, *new),
        [old, new] => (*new, *old, *new),
        _ => {
            return Err(Trouble::Nothing(
                "a diff driver is given two files".to_owned(),
            ));
        }
    };
    // One file is not a whole rulebook: names from elsewhere are unknown in it, and what a clause means is not asked.
    let old = Project::of_texts([(name, text(old)?)]);
    let new = beside(&old, vec![(name.to_owned(), text(new)?)]);
    let comparison = Comparison::of_texts(&old, &new);
    writeln!(terminal.out, "casus diff {name}")?;
    for edit in comparison.edits.iter().chain(&comparison.untouched) {
        write!(
            terminal.out,
            "{}",
            screen::edit(edit, &new.sources, Style { color: true })
        )?;
    }
    Ok(Exit::Fine)
}

fn text(path: &str) -> Result<String, Trouble> {
    if path == "/dev/null" {
        return Ok(String::new());
    }
    Ok(read_text(Path::new(path))?)
}
