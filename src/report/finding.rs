//! What a command found, for the machines that watch over a repository.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It fails the run.
    Error,
    /// It does not.
    Warning,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What kind, in one word: `expectation`, `moved`.
    pub kind: &'static str,
    /// How bad.
    pub level: Level,
    /// In one sentence.
    pub message: String,
    /// More lines about it.
    pub details: Vec<String>,
    /// A scenario that shows it, one step after the other.
    pub steps: Vec<String>,
    /// The file, as people know it.
    pub file: String,
    /// The line in it, from 1.
    pub line: u32,
}

/// One case of a test report.
#[derive(Clone, Debug)]
pub struct TestCase {
    /// Its name.
    pub name: String,
    /// What is wrong: in one line, and all of it. Empty: nothing.
    pub failures: Vec<(String, String)>,
}
