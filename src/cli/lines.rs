//! Plain lines in and out, for games and for the console of a facilitator.

use super::sieve::steers;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::exercise::play::{PlayError, Prompter};
use crate::exercise::report::clean;
use crate::exercise::session::NotKept;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::Path;

/// No screen has more lines.
const SCREEN: usize = 120;

/// Plain lines: nothing moves the cursor, nothing is drawn twice.
pub(super) struct Lines<'a> {
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
    /// Show what was read, where nobody typed it.
    echo: bool,
    width: usize,
}

impl<'a> Lines<'a> {
    /// Lines of a terminal; `scripted`: the input is a file of answers.
    pub(super) fn new(
        input: &'a mut dyn BufRead,
        scripted: bool,
        terminal: &'a mut Terminal<'_>,
    ) -> Self {
        Self {
            input,
            echo: scripted || !io::stdin().is_terminal(),
            width: terminal.columns(),
            out: &mut *terminal.out,
        }
    }
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

    fn hand_over(&mut self, to: &str) -> io::Result<()> {
        if self.echo {
            return writeln!(self.out, "\nNow: {}", clean(to));
        }
        // What was there is pushed off the screen; nothing moves the cursor.
        write!(self.out, "{}", "\n".repeat(SCREEN))?;
        let prompt = format!("Pass the keyboard to {to}; press Enter: ");
        self.ask(&prompt).map(|_| ())
    }

    fn width(&self) -> usize {
        self.width
    }
}

/// A path as it is typed in a shell.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:~".contains(c);
    if text.chars().all(plain) {
        text
    } else if text.chars().any(steers) {
        // Spelt out as shells read it.
        let spelt = text.chars().map(|c| match c {
            c if steers(c) => format!("\\U{:08x}", u32::from(c)),
            '\'' | '\\' => format!("\\{c}"),
            c => c.to_string(),
        });
        format!("$'{}'", spelt.collect::<String>())
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
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
