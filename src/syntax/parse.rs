//! The doors of this room: a file, or one sentence, position, reference or condition.

use super::ast::{Condition, File, Modal, Reference, Sentence};
use super::capital::small_starts;
use super::expected::{Expected, Parsed};
use super::reader::{Reader, Shared};
use super::token::skip;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::syntax as codes;
use crate::source::{SourceId, Span};

/// No file may be larger.
const MOST_MEBIBYTES: usize = 16;

/// Reads a `.treaty` file: the tree of all that could be read, and every mistake, in order.
pub fn parse_file(source: SourceId, text: &str) -> (File, Vec<Diagnostic>) {
    if text.len() > MOST_MEBIBYTES << 20 {
        let start = Span::of(source, text, text.get(..0).unwrap_or(""));
        return (
            File::default(),
            vec![codes::file_too_large(start, MOST_MEBIBYTES)],
        );
    }
    let read = file(Shared::new(source, text), text);
    if read.1.is_empty() {
        return read;
    }
    match small_starts(text) {
        Some(small) => file(Shared::new(source, &small), &small),
        None => read,
    }
}

/// Reads a `.treaty` file that is known to be sound, without what its articles say: they count as not encoded.
pub fn parse_heads(source: SourceId, text: &str) -> (File, Vec<Diagnostic>) {
    let shared = Shared {
        heads_only: true,
        ..Shared::new(source, text)
    };
    file(shared, text)
}

fn file(shared: Shared<'_>, text: &str) -> (File, Vec<Diagnostic>) {
    let file = shared.reader().file(text);
    let mut diagnostics = shared.diagnostics.take();
    crate::diagnostic::sort(&mut diagnostics);
    (file, diagnostics)
}

/// Reads one sentence, such as `ukraine attacks russia in kursk-oblast`.
pub fn parse_sentence(source: SourceId, text: &str) -> Result<Sentence, Vec<Diagnostic>> {
    whole(source, text, |reader, input| reader.sentence(input))
}

/// Reads one position, such as `dprk shall assist russia against ukraine under russia-dprk-2024 article 4`.
pub fn parse_position(source: SourceId, text: &str) -> Result<Modal, Vec<Diagnostic>> {
    whole(source, text, |reader, input| reader.modal(input))
}

/// Reads one reference, such as `un-charter article 51`.
pub fn parse_reference(source: SourceId, text: &str) -> Result<Reference, Vec<Diagnostic>> {
    whole(source, text, |reader, input| reader.reference(input))
}

/// Reads one condition, such as `A attacks P and P has requested assistance`.
pub fn parse_condition(source: SourceId, text: &str) -> Result<Condition, Vec<Diagnostic>> {
    whole(source, text, |reader, input| reader.condition(input))
}

/// Reads the whole text as one thing.
fn whole<T>(
    source: SourceId,
    text: &str,
    parser: impl for<'a> Fn(Reader<'a>, &'a str) -> Parsed<'a, T>,
) -> Result<T, Vec<Diagnostic>> {
    let shared = Shared::new(source, text);
    let reader = shared.reader();
    let result = parser(reader, text).and_then(|(rest, value)| {
        if skip(rest).is_empty() {
            return Ok((rest, value));
        }
        reader.fail(rest, Expected::Nothing)
    });
    match result {
        Ok((_, value)) => Ok(value),
        Err(error) => {
            reader.report(error);
            Err(shared.diagnostics.take())
        }
    }
}

impl<'a> Reader<'a> {
    /// `file`; goes on after mistakes.
    fn file(self, text: &'a str) -> File {
        let mut file = File::default();
        let mut rest = skip(text.strip_prefix('\u{feff}').unwrap_or(text));
        while !rest.is_empty() {
            rest = match self.item(rest) {
                Ok((rest, item)) => {
                    file.items.push(item);
                    rest
                }
                Err(error) => {
                    let at = self.report(error);
                    self.next_line(rest, at, |word| words::DECLARATIONS.contains(&word))
                }
            };
            rest = skip(rest);
        }
        file
    }
}
