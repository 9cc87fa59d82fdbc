//! What a command found, for the machines that watch over a repository.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};

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

impl Finding {
    /// A mistake, or what a look at clauses found.
    pub fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let place = |span: Span| {
            let line = sources.position(span).line;
            (sources.get(span.source).name.clone(), line)
        };
        let (file, line) = diagnostic.span().map_or((String::new(), 1), place);
        let labels = diagnostic
            .labels
            .iter()
            .filter(|label| !label.text.is_empty());
        let mut details: Vec<String> = labels
            .map(|label| {
                let (other, line) = place(label.span);
                format!("{other}:{line} {}", label.text)
            })
            .collect();
        details.extend(diagnostic.help.clone());
        Self {
            kind: diagnostic.code,
            level: match diagnostic.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
            },
            message: diagnostic.message.clone(),
            details,
            steps: Vec::new(),
            file,
            line,
        }
    }
}

/// One case of a test report.
#[derive(Clone, Debug)]
pub struct TestCase {
    /// Its name.
    pub name: String,
    /// What is wrong: in one line, and all of it. Empty: nothing.
    pub failures: Vec<(String, String)>,
}
