//! From the places of the YAML parser, which count characters, to spans, which count bytes.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::yaml as codes;
use crate::source::{SourceId, Span};
use saphyr_parser::{ScalarStyle, ScanError, Span as Marks};

/// From the parser's places, which count characters, to spans, which count bytes.
pub(super) struct Places<'t> {
    source: SourceId,
    text: &'t str,
    /// The byte of each character; empty where both are the same.
    bytes: Vec<u32>,
}

impl<'t> Places<'t> {
    pub(super) fn new(source: SourceId, text: &'t str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at as u32).collect()
        };
        Self {
            source,
            text,
            bytes,
        }
    }

    fn byte(&self, character: usize) -> u32 {
        let end = self.text.len() as u32;
        if self.bytes.is_empty() {
            end.min(character as u32)
        } else {
            self.bytes.get(character).copied().unwrap_or(end)
        }
    }

    pub(super) fn span(&self, marks: Marks) -> Span {
        let start = self.byte(marks.start.index());
        let end = self.byte(marks.end.index()).max(start);
        Span {
            source: self.source,
            start,
            end,
        }
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    pub(super) fn unreadable(&self, error: &ScanError) -> Diagnostic {
        let start = self.byte(error.marker().index());
        let after = self
            .text
            .get(start as usize..)
            .and_then(|rest| rest.chars().next());
        let end = start + after.map_or(0, |next| next.len_utf8() as u32);
        codes::unreadable(
            Span {
                source: self.source,
                start,
                end,
            },
            error.info(),
        )
    }

    /// The span of what a scalar says, and whether its bytes say it verbatim (but for layout).
    pub(super) fn content(&self, marks: Marks, style: ScalarStyle, value: &str) -> (Span, bool) {
        let whole = self.span(marks);
        let written = self.slice(whole);
        let (skip, body) = match style {
            ScalarStyle::Plain => (0, written),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let inside = written
                    .get(1..written.len().saturating_sub(1))
                    .unwrap_or("");
                (1, inside)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The parser gives the place now of the header line, now of the body.
                let header = if written.starts_with(['|', '>']) {
                    written.find('\n').map_or(written.len(), |at| at + 1)
                } else {
                    0
                };
                (header, &written[header..])
            }
        };
        let verbatim = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => body == value,
            _ => true,
        };
        let leading = body.len() - body.trim_start().len();
        let start = whole.start + (skip + leading) as u32;
        let end = start + body.trim().len() as u32;
        (
            Span {
                start,
                end,
                ..whole
            },
            verbatim,
        )
    }
}
