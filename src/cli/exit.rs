//! With which number the program ends.

use std::process::ExitCode;

/// The exit codes of all commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to report.
    Fine = 0,
    /// It ran, and an expectation failed, a file is not in its format, or a finding is one that shall be noticed.
    Noticed = 1,
    /// It could not run: wrong arguments, a file that cannot be read, a mistake in a treaty or scenario.
    CouldNotRun = 2,
    /// It ran, and what was to be proved could be neither proved nor refuted (`--require-proof`).
    Inconclusive = 3,
    /// What it was to build upon does not hold: outcomes that nobody agreed to.
    BaselineFails = 4,
    /// Casus contradicts itself: always a defect of the program.
    Contradiction = 70,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
