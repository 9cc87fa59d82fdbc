//! From a failure of the parser to a mistake in the words of a lawyer.

use super::cure::{cure, general};
use super::expected::{Expected, Failure, Fault, Problem, Weight};
use super::reader::Reader;
use super::token::{run, skip};
use super::words;
use crate::calendar::PartialDate;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::syntax as codes;
use crate::diagnostic::phrase::{join, nearest};
use crate::source::Span;

/// So short a name with a capital is meant as a variable.
const SHORT: usize = 3;
/// So many things are told that could have stood there.
const MOST_TOLD: usize = 4;

/// The mistake, and the byte at which it was found.
pub(super) fn diagnose<'a>(reader: Reader<'a>, failure: Failure<'a>) -> (usize, Diagnostic) {
    let (furthest, mut expected) = reader.shared.furthest.take();
    let mut at = reader.offset(failure.rest);
    match failure.fault {
        Fault::Problem(problem) => return (at, certain(reader, failure.rest, problem)),
        Fault::Expected(own) if furthest < at => expected = vec![(own, Weight::Must)],
        Fault::Expected(_) | Fault::Unknown => {}
    }
    at = at.max(furthest);
    let rest = skip(reader.shared.whole.get(at..).unwrap_or(""));
    (
        at,
        Unmet {
            reader,
            rest,
            expected,
        }
        .diagnostic(),
    )
}

/// Something was expected at `rest` in vain.
struct Unmet<'a> {
    reader: Reader<'a>,
    rest: &'a str,
    expected: Vec<(Expected, Weight)>,
}

impl<'a> Unmet<'a> {
    fn diagnostic(&self) -> Diagnostic {
        let found = token(self.rest);
        let span = self.reader.span(found);
        if let Some(character) = strange(self.rest) {
            return codes::strange_character(span, character);
        }
        if let Some(cure) = cure(self.before(), self.rest, &self.expected) {
            let told = codes::unexpected(span, &self.told(), &describe(found), Some(cure.help));
            return match cure.instead {
                Some(word) => told.instead(word),
                None => told,
            };
        }
        if let Some(near) = self.near_word(found) {
            return codes::misspelt(span, found, near);
        }
        if self.must(Expected::Name) && found.starts_with(|c: char| c.is_ascii_uppercase()) {
            return codes::bad_name(span, found, better_name(found).as_deref());
        }
        if self.lacks_comma(found) {
            return codes::missing_comma(self.end_before(), found);
        }
        if self.lacks_full_stop() {
            return codes::missing_full_stop(self.end_before(), &describe(found));
        }
        if found.is_empty() || self.breaks_off(found) {
            let found = if found.is_empty() {
                describe(found)
            } else {
                "the end of the line".to_owned()
            };
            return codes::unexpected(
                self.end_before(),
                &self.told(),
                &found,
                general(&self.expected),
            );
        }
        codes::unexpected(span, &self.told(), &describe(found), self.help(found))
    }

    /// What stands here begins a line of its own, and what was expected belongs to the line before.
    fn breaks_off(&self, found: &str) -> bool {
        let begins = words::is_structure(found) || words::LINES.contains(&found);
        let expects_line = self.expected.iter().any(|(one, _)| one.begins_line());
        begins && self.on_new_line() && !expects_line
    }

    fn on_new_line(&self) -> bool {
        let before = self.before().trim_end_matches([' ', '\t']);
        before.ends_with('\n')
    }

    fn must(&self, expected: Expected) -> bool {
        self.expected.contains(&(expected, Weight::Must))
    }

    /// What was expected, for a sentence: in the middle of a line rather what could have gone on there.
    fn told(&self) -> String {
        let of = |weight: Weight| {
            let all = self.expected.iter().filter(move |(_, own)| *own == weight);
            all.map(|(expected, _)| *expected)
        };
        let mut chosen: Vec<Expected> = of(Weight::Must).collect();
        if chosen.iter().all(|one| one.begins_line()) && !self.on_new_line() {
            let goes_on = of(Weight::May).filter(|one| !one.begins_line());
            let goes_on: Vec<Expected> = goes_on.collect();
            if !goes_on.is_empty() {
                chosen = goes_on;
            }
        }
        let mut told: Vec<String> = Vec::new();
        for text in chosen.into_iter().map(Expected::describe) {
            if !told.contains(&text) {
                told.push(text);
            }
        }
        if told.is_empty() {
            return "something else".to_owned();
        }
        told.truncate(MOST_TOLD);
        join(told, "or")
    }

    /// The word that could have stood here and looks most like what does.
    fn near_word(&self, found: &str) -> Option<&'static str> {
        let small = found.to_ascii_lowercase();
        if small.len() < 3 || words::KEYWORDS.contains(&found) {
            return None;
        }
        let all = self
            .expected
            .iter()
            .flat_map(|(expected, _)| expected.words());
        let known = all.copied().filter(|word| {
            *word == small || (word.len() >= 3 && word.len().abs_diff(small.len()) <= 2)
        });
        let known: Vec<&'static str> = known.collect();
        let near = nearest(&small, known.iter().copied())?;
        known.into_iter().find(|word| *word == near)
    }

    fn lacks_comma(&self, found: &str) -> bool {
        let could = self
            .expected
            .iter()
            .any(|(one, _)| *one == Expected::Sign(','));
        let qualifies = words::QUALIFIERS.contains(&found);
        let must = self.must(Expected::Sign(',')) && !self.must(Expected::Sign('.'));
        (could && qualifies) || (must && words::NORM_STARTS.contains(&found))
    }

    /// A full stop could stand here, and what stands here begins a line or a part, or is nothing.
    fn lacks_full_stop(&self) -> bool {
        self.must(Expected::Sign('.')) && (self.on_new_line() || self.rest.is_empty())
    }

    fn before(&self) -> &'a str {
        let whole = self.reader.shared.whole;
        whole.get(..self.reader.offset(self.rest)).unwrap_or("")
    }

    /// The empty span behind the last token before.
    fn end_before(&self) -> Span {
        let mut before = self.before().trim_end();
        loop {
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let line = before.get(start..).unwrap_or("");
            let cut = comment_in(line).map_or(line.len(), |at| at);
            before = before.get(..start + cut).unwrap_or("").trim_end();
            if cut == line.len() || before.is_empty() {
                break;
            }
        }
        let end = before.get(before.len()..).unwrap_or("");
        self.reader.span(end)
    }

    /// Whether a treaty began somewhere before, and so has ended.
    fn after_a_treaty(&self) -> bool {
        let mut lines = self.before().lines();
        lines.any(|line| line.trim_start().starts_with("treaty "))
    }

    fn help(&self, found: &str) -> Option<&'static str> {
        let outside = words::PARTS.contains(&found) || words::is_attribute(found);
        if self.must(Expected::Declaration) && outside {
            return Some(if self.after_a_treaty() {
                "the declaration before it ended the treaty: put that above `treaty`"
            } else {
                "it stands inside a treaty: begin the treaty with `treaty` and its name"
            });
        }
        general(&self.expected)
    }
}

/// Where a comment begins in a line.
fn comment_in(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.char_indices().find_map(|(at, character)| {
        quoted ^= character == '"';
        (character == '#' && !quoted).then_some(at)
    })
}

/// A mistake that is certain whatever was expected.
fn certain(reader: Reader<'_>, rest: &str, problem: Problem) -> Diagnostic {
    let found = token(rest);
    let span = reader.span(found);
    match problem {
        Problem::NoSuchDay => codes::no_such_day(span, found, &why_no_day(found)),
        Problem::BadDate => codes::bad_date(span, found),
        Problem::UnclosedText => codes::unclosed_text(reader.span(first_line(rest))),
        Problem::ControlCharacter => {
            let character = rest.chars().next().unwrap_or_default();
            let span = reader.span(rest.get(..character.len_utf8()).unwrap_or(rest));
            codes::control_character(span, character)
        }
        Problem::BadName => codes::bad_name(span, found, better_name(found).as_deref()),
        Problem::Reserved => {
            let before = reader.shared.whole.get(..reader.offset(rest)).unwrap_or("");
            let told = codes::reserved_word(span, found);
            match cure(before, rest, &[]) {
                Some(cure) => told.help(cure.help),
                None => told,
            }
        }
        Problem::NumberTooLarge => codes::number_too_large(span, found),
        Problem::SecondPlace => codes::second_place(span),
        Problem::TooDeep => codes::too_deep(span),
        Problem::NoNorm => codes::no_norm(span),
        Problem::Misspelt(near) => codes::misspelt(span, found, near),
    }
}

/// The token at the start: a run of letters, the first line of a text, or one sign.
fn token(rest: &str) -> &str {
    if rest.starts_with('"') {
        let inner = rest.get(1..).unwrap_or("");
        let end = inner.find('"').map_or(rest.len(), |at| at + 2);
        return first_line(rest.get(..end).unwrap_or(rest));
    }
    let length = match run(rest) {
        0 => rest.chars().next().map_or(0, char::len_utf8),
        length => length,
    };
    rest.get(..length).unwrap_or("")
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// What stands there, for a sentence.
fn describe(found: &str) -> String {
    match found {
        "" => "the end of the file".to_owned(),
        "." => "a full stop".to_owned(),
        "," => "a comma".to_owned(),
        _ if found.starts_with('"') => "a text in quotation marks".to_owned(),
        _ => format!("`{found}`"),
    }
}

/// A sign that stands nowhere in the language.
fn strange(rest: &str) -> Option<char> {
    let first = rest.chars().next()?;
    let known = first.is_alphanumeric() || ".,;()\"-_".contains(first);
    (!known).then_some(first)
}

/// The name as it may have been meant.
fn better_name(name: &str) -> Option<String> {
    if name.len() <= SHORT && name.starts_with(|c: char| c.is_ascii_uppercase()) {
        let sound = |character: &char| character.is_ascii_alphanumeric();
        return Some(name.chars().filter(sound).collect());
    }
    let small: String = name
        .chars()
        .map(|character| match character {
            '_' => '-',
            other => other.to_ascii_lowercase(),
        })
        .collect();
    let parts: Vec<&str> = small.split('-').filter(|part| !part.is_empty()).collect();
    let better = parts.join("-");
    let sound = better.is_ascii() && better.starts_with(|c: char| c.is_ascii_lowercase());
    (sound && !words::is_reserved(&better)).then_some(better)
}

/// Which part of a date is wrong.
fn why_no_day(date: &str) -> String {
    let month = date.get(..7).unwrap_or(date);
    match PartialDate::parse(month) {
        Some(of_month) => {
            let last = of_month.last().to_string();
            let days = last.rsplit('-').next().unwrap_or("");
            format!("{month} has {days} days")
        }
        None => "months go from 01 to 12".to_owned(),
    }
}
