//! Plain lines in and out, for games and for the console of a facilitator.

use super::trouble::Trouble;
use crate::exercise::play::{PlayError, Prompter};
use crate::exercise::report::clean;
use crate::exercise::session::NotKept;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

/// Plain lines: nothing moves the cursor, nothing is drawn twice.
pub(super) struct Lines<'a> {
    pub(super) input: &'a mut dyn BufRead,
    pub(super) out: &'a mut dyn Write,
    /// Show what was read, where nobody typed it.
    pub(super) echo: bool,
}

impl Prompter for Lines<'_> {
    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", clean(text))?;
        self.out.flush()
    }

    fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        write!(self.out, "{}", clean(prompt))?;
        self.out.flush()?;
        let mut line = String::new();
        if self.input.read_line(&mut line)? == 0 {
            writeln!(self.out)?;
            return Ok(None);
        }
        let line = line.trim_end_matches(['\r', '\n']).to_owned();
        if self.echo {
            writeln!(self.out, "{}", clean(&line))?;
        }
        Ok(Some(line))
    }
}

/// The keyboard, or a file with a line for each answer.
pub(super) fn input(answers: Option<&Path>) -> Result<Box<dyn BufRead>, Trouble> {
    let Some(path) = answers else {
        return Ok(Box::new(BufReader::new(io::stdin())));
    };
    let file = std::fs::File::open(path).map_err(|source| {
        let path = path.to_owned();
        crate::project::ProjectError::Read { path, source }
    })?;
    Ok(Box::new(BufReader::new(file)))
}

impl From<PlayError> for Trouble {
    fn from(error: PlayError) -> Self {
        match error {
            PlayError::Terminal(error) => Self::Output(error),
            PlayError::Store(error) | PlayError::Kept(NotKept::Store(error)) => {
                Self::Session(error)
            }
            PlayError::Kept(error) => Self::Nothing(error.to_string()),
            PlayError::Refused(refused) => Self::Nothing(refused.to_string()),
        }
    }
}
