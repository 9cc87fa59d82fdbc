//! Where results and messages go.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::render::coloured;
use crate::source::Sources;
use std::io::{self, Write};

/// More mistakes than this at a time help nobody.
const MOST_SHOWN: usize = 100;

/// Results go to `out`, messages to `err`; both take colours and drop them where nobody would see them.
pub(super) struct Terminal<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) err: &'a mut dyn Write,
    /// How many columns `out` has, if it is a terminal.
    pub(super) width: Option<usize>,
}

/// The narrowest screen for which lines are broken.
#[cfg(feature = "exercise")]
const NARROWEST: usize = 30;

impl Terminal<'_> {
    /// How many columns a line of prose may have.
    #[cfg(feature = "exercise")]
    pub(super) fn columns(&self) -> usize {
        let widest = crate::report::style::WIDTH;
        self.width.unwrap_or(widest).clamp(NARROWEST, widest)
    }

    /// Shows mistakes and warnings, as many as anyone would read.
    pub(super) fn show(&mut self, diagnostics: &[Diagnostic], sources: &Sources) -> io::Result<()> {
        for diagnostic in diagnostics.iter().take(MOST_SHOWN) {
            writeln!(self.err, "{}\n", coloured(diagnostic, sources))?;
        }
        match diagnostics.len().saturating_sub(MOST_SHOWN) {
            0 => Ok(()),
            left => writeln!(self.err, "... and {left} more; mend some of these first\n"),
        }
    }
}
