//! Going on after a mistake, so that one run reports them all.

use super::expected::{Expected, Failure, Parsed};
use super::fault::diagnose;
use super::reader::Reader;
use super::token::{skip, word};
use super::words;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::syntax as codes;

/// After so many mistakes the rest of the file is left unread.
const MOST_MISTAKES: usize = 200;

impl<'a> Reader<'a> {
    /// Writes down the mistake and gives the text from its place on.
    pub(super) fn report(self, error: nom::Err<Failure<'a>>) -> &'a str {
        let (nom::Err::Error(failure) | nom::Err::Failure(failure)) = error else {
            return "";
        };
        let (at, diagnostic) = diagnose(self, failure);
        let span = diagnostic.span();
        self.complain(diagnostic);
        let mut all = self.shared.diagnostics.borrow_mut();
        if let (MOST_MISTAKES.., Some(span)) = (all.len(), span) {
            all.push(codes::too_many(span, MOST_MISTAKES));
            return "";
        }
        self.shared.whole.get(at..).unwrap_or("")
    }

    /// Writes down a mistake after which reading goes on where it is.
    pub(super) fn complain(self, diagnostic: Diagnostic) {
        let mut all = self.shared.diagnostics.borrow_mut();
        if all.len() < MOST_MISTAKES {
            all.push(diagnostic);
        }
    }

    /// Reads lines that begin with known words, until the declaration ends.
    pub(super) fn lines<T>(
        self,
        input: &'a str,
        target: &mut T,
        known: &'static [&'static str],
        expected: Expected,
        line: fn(Self, &mut T, &'a str, &'a str) -> Parsed<'a, ()>,
    ) -> &'a str {
        let mut rest = input;
        loop {
            let (found, after) = word(rest);
            let result = if known.contains(&found) {
                line(self, target, found, after)
            } else if skip(rest).is_empty() || words::is_structure(found) {
                self.could(rest, expected);
                return rest;
            } else {
                self.could(rest, Expected::Declaration);
                self.fail(rest, expected)
            };
            rest = match result {
                Ok((rest, ())) => rest,
                Err(error) => {
                    let at = self.report(error);
                    let stop = |word: &str| known.contains(&word) || words::is_structure(word);
                    self.next_line(rest, at, stop)
                }
            };
        }
    }

    /// The next line whose first word satisfies `stop`, or that is not indented more than the one at `begin`;
    /// from `at` on, and always after the first token of `begin`.
    pub(super) fn next_line(
        self,
        begin: &'a str,
        at: &'a str,
        stop: impl Fn(&str) -> bool,
    ) -> &'a str {
        let margin = self.indent(skip(begin));
        self.search(begin, at, |rest| match (self.indent(rest), margin) {
            (Some(indent), Some(margin)) if indent <= margin => true,
            (Some(_), _) => stop(word(rest).0),
            (None, _) => false,
        })
    }

    /// After the next full stop, or at the next line that begins a part of a treaty or a declaration.
    pub(super) fn next_sentence(self, begin: &'a str, at: &'a str) -> &'a str {
        let found = self.search(begin, at, |rest| {
            is_full_stop(rest) || (self.indent(rest).is_some() && self.begins_structure(rest))
        });
        found.strip_prefix('.').unwrap_or(found)
    }

    /// Whether a part or declaration begins at this start of a line, and not a reference that was broken off before it.
    fn begins_structure(self, rest: &str) -> bool {
        let (found, _) = word(rest);
        if found != words::ARTICLE {
            return words::is_structure(found);
        }
        let before = self.shared.whole.get(..self.offset(rest)).unwrap_or("");
        let last = before.trim_end().rsplit(char::is_whitespace).next();
        !last.is_some_and(|last| {
            matches!(
                last,
                words::UNDER
                    | words::TO
                    | words::IN
                    | words::FROM
                    | words::BREACHES
                    | words::BREACHED
                    | words::NOTWITHSTANDING
            )
        })
    }

    /// The first token from `at` on for which `stop` holds.
    fn search(self, begin: &'a str, at: &'a str, stop: impl Fn(&'a str) -> bool) -> &'a str {
        let begin = skip(begin);
        let mut rest = skip(at);
        loop {
            let moved = rest.len() < begin.len();
            if rest.is_empty() || (moved && stop(rest)) {
                return rest;
            }
            rest = skip(after_token(rest));
        }
    }

    /// How far a token is indented that begins a line.
    fn indent(self, rest: &str) -> Option<usize> {
        let before = self.shared.whole.get(..self.offset(rest)).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        line.trim().is_empty().then_some(line.len())
    }
}

/// A full stop with white space, a comment or nothing behind it.
fn is_full_stop(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|after| {
        after
            .chars()
            .next()
            .is_none_or(|next| next.is_whitespace() || next == '#')
    })
}

/// What follows one token, taken roughly: a text, a run of letters, or one sign.
pub(super) fn after_token(rest: &str) -> &str {
    if let Some(inner) = rest.strip_prefix('"') {
        let closed = inner
            .split_once('"')
            .filter(|(text, _)| !text.contains('\n'));
        return closed.map_or(inner, |(_, after)| after);
    }
    let run = super::token::run(rest);
    let length = match run {
        0 => rest.chars().next().map_or(0, char::len_utf8),
        _ => run,
    };
    rest.get(length..).unwrap_or("")
}
