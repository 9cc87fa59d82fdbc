//! What may reach a terminal: text, line breaks, tabs and colours. Names of files and the texts in them must not steer it.

use std::io::{self, Write};

/// Stands for a sign that was taken out.
const TAKEN_OUT: char = '\u{fffd}';

/// Passes text on without what would steer a terminal or turn the direction of writing.
pub(super) struct Sieve<'a> {
    to: &'a mut dyn Write,
    /// The beginning of a colour or of a letter, whose end has not come yet.
    held: Vec<u8>,
}

impl<'a> Sieve<'a> {
    pub(super) fn new(to: &'a mut dyn Write) -> Self {
        let held = Vec::new();
        Self { to, held }
    }
}

impl Write for Sieve<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        let (passed, rest) = sieved(&self.held);
        self.to.write_all(passed.as_bytes())?;
        self.held.drain(..self.held.len() - rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// What passes, and how many bytes at the end wait for more.
fn sieved(bytes: &[u8]) -> (String, usize) {
    let mut passed = String::with_capacity(bytes.len());
    let mut left = bytes;
    while !left.is_empty() {
        let (text, wrong) = match std::str::from_utf8(left) {
            Ok(text) => (text, Some(0)),
            Err(error) => {
                let (whole, _) = left.split_at(error.valid_up_to());
                (
                    std::str::from_utf8(whole).unwrap_or_default(),
                    error.error_len(),
                )
            }
        };
        let waits = pass(text, &mut passed);
        if waits > 0 {
            return (passed, left.len() - text.len() + waits);
        }
        left = &left[text.len()..];
        match wrong {
            Some(0) => {}
            Some(count) => {
                passed.push(TAKEN_OUT);
                left = &left[count..];
            }
            None => return (passed, left.len()),
        }
    }
    (passed, 0)
}

/// Passes what is harmless; how many bytes at the end may become a colour.
fn pass(text: &str, passed: &mut String) -> usize {
    let mut left = text;
    while let Some(c) = left.chars().next() {
        let count = match (c, colour(left)) {
            ('\u{1b}', Colour::Whole(count)) => {
                passed.push_str(&left[..count]);
                count
            }
            ('\u{1b}', Colour::Begun) => return left.len(),
            ('\n' | '\t', _) => {
                passed.push(c);
                1
            }
            // A line of a file from elsewhere ends with it.
            ('\r', _) => 1,
            _ => {
                passed.push(if steers(c) { TAKEN_OUT } else { c });
                c.len_utf8()
            }
        };
        left = &left[count..];
    }
    0
}

/// Whether a sign steers a terminal or turns the direction of writing.
pub(super) fn steers(c: char) -> bool {
    let turns =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns
}

/// Whether a text begins with a change of colour.
enum Colour {
    Whole(usize),
    Begun,
    None,
}

fn colour(text: &str) -> Colour {
    let Some(inside) = text.strip_prefix('\u{1b}') else {
        return Colour::None;
    };
    let Some(numbers) = inside.strip_prefix('[') else {
        return if inside.is_empty() {
            Colour::Begun
        } else {
            Colour::None
        };
    };
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';');
    match end {
        None => Colour::Begun,
        Some(at) if numbers[at..].starts_with('m') => Colour::Whole(at + 3),
        Some(_) => Colour::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes through, whatever pieces it is written in.
    fn through(text: &str) -> String {
        let mut whole = Vec::new();
        Sieve::new(&mut whole).write_all(text.as_bytes()).unwrap();
        for size in 1..5 {
            let mut pieces = Vec::new();
            let mut sieve = Sieve::new(&mut pieces);
            for piece in text.as_bytes().chunks(size) {
                sieve.write_all(piece).unwrap();
            }
            assert_eq!(pieces, whole, "in pieces of {size}");
        }
        String::from_utf8(whole).unwrap()
    }

    #[test]
    fn text_and_colours_pass_and_nothing_else() {
        let harmless = "a · b – c\n\t\u{1b}[1;31mred\u{1b}[0m";
        assert_eq!(through(harmless), harmless);
        assert_eq!(
            through("\u{1b}]0;title\u{7}\u{1b}[2Jx"),
            "\u{fffd}]0;title\u{fffd}\u{fffd}[2Jx"
        );
        assert_eq!(through("a\r\nb\u{202e}c\u{9b}d"), "a\nb\u{fffd}c\u{fffd}d");
    }

    #[test]
    fn what_is_no_text_is_replaced() {
        let mut out = Vec::new();
        Sieve::new(&mut out).write_all(b"a\xffb").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\u{fffd}b");
    }
}
