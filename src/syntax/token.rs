//! The smallest pieces: white space and comments, words, signs, names, texts, labels.

use super::ast::{Name, Variable};
use super::expected::{Expected, Parsed, Problem};
use super::reader::{Reader, problem};
use super::words;
use nom::Parser;
use nom::combinator::{cut, opt};
use nom::multi::separated_list1;

/// The text from its next token on: white space and comments left out.
#[inline]
pub(super) fn skip(input: &str) -> &str {
    match input.as_bytes() {
        [b'!'..=b'"' | b'$'..=0x7f, ..] | [] => input,
        [b' ', b'!'..=b'"' | b'$'..=0x7f, ..] => input.get(1..).unwrap_or(""),
        _ => skip_more(input),
    }
}

fn skip_more(mut input: &str) -> &str {
    loop {
        let bytes = input.as_bytes();
        let blank = bytes.iter().take_while(|byte| byte.is_ascii_whitespace());
        let at = blank.count();
        input = input.get(at..).unwrap_or("");
        match bytes.get(at) {
            Some(b'#') => {
                let end = bytes.iter().skip(at).position(|byte| *byte == b'\n');
                input = end.and_then(|end| input.get(end..)).unwrap_or("");
            }
            Some(0x80..) => {
                let trimmed = input.trim_start();
                if trimmed.len() == input.len() {
                    return input;
                }
                input = trimmed;
            }
            _ => return input,
        }
    }
}

/// Whether the character goes on a word, a number or a date, well or badly spelled.
fn goes_on(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

/// The same for single bytes.
const GOES_ON: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        byte += 1;
    }
    table
};

/// The length of the run of such characters at the start.
#[inline]
pub(super) fn run(input: &str) -> usize {
    let bytes = input.as_bytes();
    let goes_on_at = |byte: &&u8| GOES_ON[**byte as usize];
    let ascii = bytes.iter().take_while(goes_on_at).count();
    if bytes.get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    input.find(|c: char| !goes_on(c)).unwrap_or(input.len())
}

/// The next word and what follows it; empty if the next token is no word in small letters.
#[inline]
pub(super) fn word(input: &str) -> (&str, &str) {
    let input = skip(input);
    let first = input.as_bytes().first();
    let is_word = first.is_some_and(|byte| byte.is_ascii_lowercase() || *byte >= 0x80);
    input.split_at(if is_word { run(input) } else { 0 })
}

/// What follows the text that begins with this quotation mark.
pub(super) fn after_text(input: &str) -> &str {
    let inner = input.strip_prefix('"').unwrap_or(input);
    inner.split_once('"').map_or("", |(_, rest)| rest)
}

/// Whether the two next words are these.
pub(super) fn two_words(input: &str, first: &str, second: &str) -> bool {
    let (one, rest) = word(input);
    one == first && word(rest).0 == second
}

/// The first byte of the next token; 0 at the end.
pub(super) fn first_byte(input: &str) -> u8 {
    skip(input).as_bytes().first().copied().unwrap_or(0)
}

/// Whether the next token is a variable.
pub(super) fn is_variable(input: &str) -> bool {
    first_byte(input).is_ascii_uppercase()
}

/// Whether the next token begins with a digit.
pub(super) fn is_number(input: &str) -> bool {
    first_byte(input).is_ascii_digit()
}

/// Small letters, digits and single hyphens.
fn is_sound(name: &str) -> bool {
    let mut hyphen = true;
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => hyphen = false,
            b'-' if !hyphen => hyphen = true,
            _ => return false,
        }
    }
    !hyphen
}

impl<'a> Reader<'a> {
    /// A certain word.
    pub(super) fn keyword(self, wanted: &'static str) -> impl Fn(&'a str) -> Parsed<'a, &'a str> {
        move |input| match word(input) {
            (found, rest) if found == wanted => Ok((rest, found)),
            _ => self.fail(input, Expected::Word(wanted)),
        }
    }

    /// Certain words, one after the other.
    pub(super) fn keywords(self, wanted: &[&'static str], input: &'a str) -> Parsed<'a, ()> {
        let mut rest = input;
        for one in wanted {
            rest = self.keyword(one)(rest)?.0;
        }
        Ok((rest, ()))
    }

    /// Whether a certain word comes next; if so it is taken.
    pub(super) fn takes(self, wanted: &'static str, input: &'a str) -> (&'a str, bool) {
        let (found, rest) = word(input);
        if found == wanted {
            return (rest, true);
        }
        self.could(input, Expected::Word(wanted));
        (input, false)
    }

    /// A certain sign.
    pub(super) fn sign(self, wanted: char) -> impl Fn(&'a str) -> Parsed<'a, char> {
        move |input| match skip(input).strip_prefix(wanted) {
            Some(rest) => Ok((rest, wanted)),
            None => self.fail(input, Expected::Sign(wanted)),
        }
    }

    /// Whether a certain sign comes next; if so it is taken.
    pub(super) fn takes_sign(self, wanted: char, input: &'a str) -> (&'a str, bool) {
        if let Some(rest) = skip(input).strip_prefix(wanted) {
            return (rest, true);
        }
        self.could(input, Expected::Sign(wanted));
        (input, false)
    }

    /// `name`; `expected` is what to call it if there is none.
    pub(super) fn name_as(self, expected: Expected, input: &'a str) -> Parsed<'a, Name> {
        let (found, rest) = word(input);
        if found.is_empty() {
            return self.fail(input, expected);
        }
        if words::is_reserved(found) || (expected == Expected::Name && self.begins_line(found)) {
            return match expected {
                Expected::Name => Err(problem(skip(input), Problem::Reserved)),
                _ => self.fail(input, expected),
            };
        }
        if !is_sound(found) {
            return Err(problem(skip(input), Problem::BadName));
        }
        Ok((rest, self.named(found)))
    }

    /// `name`
    pub(super) fn name(self, input: &'a str) -> Parsed<'a, Name> {
        self.name_as(Expected::Name, input)
    }

    /// `names`
    pub(super) fn names(self, input: &'a str) -> Parsed<'a, Vec<Name>> {
        separated_list1(self.sign(','), cut(|input| self.name(input))).parse(input)
    }

    /// A piece of text as a name with its span.
    pub(super) fn named(self, part: &str) -> Name {
        let span = self.span(part);
        let text = part.to_owned();
        Name { text, span }
    }

    /// `VARIABLE`
    pub(super) fn variable(self, input: &'a str) -> Parsed<'a, Variable> {
        if !is_variable(input) {
            return self.fail(input, Expected::Variable);
        }
        let input = skip(input);
        let (found, rest) = input.split_at(run(input));
        if found.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Ok((rest, self.named(found)))
        } else {
            Err(problem(input, Problem::BadName))
        }
    }

    /// `[ VARIABLE ]`
    pub(super) fn variable_if_any(self, input: &'a str) -> Parsed<'a, Option<Variable>> {
        if is_variable(input) {
            let (rest, variable) = self.variable(input)?;
            return Ok((rest, Some(variable)));
        }
        Ok((input, None))
    }

    /// `text`: between double quotes, without an empty line or a sign that steers a terminal.
    pub(super) fn text(self, input: &'a str) -> Parsed<'a, Name> {
        let input = skip(input);
        let Some(inner) = input.strip_prefix('"') else {
            return self.fail(input, Expected::Text);
        };
        let closed = inner
            .split_once('"')
            .filter(|(text, _)| !has_empty_line(text));
        let steers = |c: char| c.is_control() && !c.is_whitespace();
        match closed {
            Some((text, _)) if text.contains(steers) => {
                let at = text.find(steers).unwrap_or(0);
                Err(problem(
                    inner.get(at..).unwrap_or(inner),
                    Problem::ControlCharacter,
                ))
            }
            Some((text, rest)) => Ok((rest, self.named(text))),
            None => Err(problem(input, Problem::UnclosedText)),
        }
    }

    /// `[ text ]`
    pub(super) fn text_if_any(self, input: &'a str) -> Parsed<'a, Option<Name>> {
        opt(|input| self.text(input)).parse(input)
    }

    /// `label`: the full stop at its end is not part of it, nor a bracket that it did not open.
    pub(super) fn label(self, input: &'a str) -> Parsed<'a, Name> {
        let start = skip(input);
        let (found, _) = start.split_at(label_length(start));
        let found = found.trim_end_matches(['.', '(']);
        if !found.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return self.fail(input, Expected::Label);
        }
        let rest = start.get(found.len()..).unwrap_or("");
        Ok((rest, self.named(found)))
    }

    /// `"(" label ")"`
    pub(super) fn bracketed_label(self, input: &'a str) -> Parsed<'a, Name> {
        let (rest, _) = self.sign('(')(input)?;
        let (rest, label) = self.label(rest)?;
        let (rest, _) = self.sign(')')(rest)?;
        Ok((rest, label))
    }
}

fn has_empty_line(text: &str) -> bool {
    let lines: Vec<&str> = text.split('\n').skip(1).collect();
    let between = lines.split_last().map_or(&[][..], |(_, between)| between);
    between.iter().any(|line| line.trim().is_empty())
}

/// The length of the label at the start: no further than a bracket that it did not open.
pub(super) fn label_length(input: &str) -> usize {
    let mut depth = 0_u32;
    let belongs = |byte: &u8| match byte {
        b'(' => {
            depth += 1;
            true
        }
        b')' => {
            let opened = depth > 0;
            depth = depth.saturating_sub(1);
            opened
        }
        _ => byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'/'),
    };
    input.as_bytes().iter().copied().take_while(belongs).count()
}
