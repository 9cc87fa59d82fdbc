//! The reader: what every parser of this room needs to know of the text as a whole.

use super::expected::{Expected, Failure, Fault, Furthest, Parsed, Problem, Weight};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};
use std::cell::RefCell;

/// Brackets, `considers that`, `other than` and the like nest no deeper.
const MOST_DEPTH: u8 = 64;

/// The text, and what was found wrong in it so far.
pub(super) struct Shared<'a> {
    pub source: SourceId,
    pub whole: &'a str,
    pub furthest: Furthest,
    pub diagnostics: RefCell<Vec<Diagnostic>>,
    /// Articles are read no further than their titles and dates.
    pub heads_only: bool,
}

impl<'a> Shared<'a> {
    pub(super) fn new(source: SourceId, whole: &'a str) -> Self {
        Self {
            source,
            whole,
            furthest: Furthest::default(),
            diagnostics: RefCell::default(),
            heads_only: false,
        }
    }

    pub(super) fn reader(&'a self) -> Reader<'a> {
        Reader {
            shared: self,
            depth: 0,
            head: false,
            quiet: false,
        }
    }
}

/// The parsers are its methods: each takes the text left over and gives back what it leaves.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub shared: &'a Shared<'a>,
    depth: u8,
    /// In the head of a treaty, where no full stop ends a condition.
    pub head: bool,
    /// Only trying: failures are not remembered.
    quiet: bool,
}

impl<'a> Reader<'a> {
    /// The same, in the head of a treaty.
    pub(super) fn in_head(self) -> Self {
        Self { head: true, ..self }
    }

    /// The same, only trying.
    pub(super) fn trying(self) -> Self {
        Self {
            quiet: true,
            ..self
        }
    }

    /// The same, one level deeper, if that is allowed.
    pub(super) fn deeper(self, at: &'a str) -> Result<Self, nom::Err<Failure<'a>>> {
        if self.depth >= MOST_DEPTH {
            return Err(problem(at, Problem::TooDeep));
        }
        let depth = self.depth + 1;
        Ok(Self { depth, ..self })
    }

    /// The byte at which `rest`, an end piece of the text, begins.
    pub(super) fn offset(self, rest: &str) -> usize {
        self.shared.whole.len().saturating_sub(rest.len())
    }

    /// The span of a piece of the text.
    pub(super) fn span(self, part: &str) -> Span {
        Span::of(self.shared.source, self.shared.whole, part)
    }

    /// The span from the first token of `start` to where `rest` begins.
    pub(super) fn between(self, start: &str, rest: &str) -> Span {
        let start = super::token::skip(start);
        let length = start.len().saturating_sub(rest.len());
        self.span(start.get(..length).unwrap_or(start))
    }

    /// Fails: something else should stand here.
    pub(super) fn fail<T>(self, at: &'a str, expected: Expected) -> Parsed<'a, T> {
        let rest = super::token::skip(at);
        self.note(rest, expected, Weight::Must);
        let fault = Fault::Expected(expected);
        Err(nom::Err::Error(Failure { rest, fault }))
    }

    /// Remembers that something could have stood here.
    pub(super) fn could(self, at: &'a str, expected: Expected) {
        self.note(super::token::skip(at), expected, Weight::May);
    }

    fn note(self, rest: &str, expected: Expected, weight: Weight) {
        if !self.quiet {
            let at = self.offset(rest);
            self.shared.furthest.note(at, expected, weight);
        }
    }
}

/// A failure that no other reading of the text can mend.
pub(super) fn problem(rest: &str, problem: Problem) -> nom::Err<Failure<'_>> {
    let fault = Fault::Problem(problem);
    nom::Err::Failure(Failure { rest, fault })
}
