//! The page that is being written: its lines so far, and where in the source they stand.

use super::Print;
use super::comment;
use super::layout::{Gap, Line, Piece, WIDTH, fill, wrap};
use crate::syntax::ast::{Date, Dates, Text};
use crate::syntax::token::{after_text, run, skip, word};

/// The lines of the result, in order.
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub print: Print<'a>,
    lines: Vec<Line>,
    comments: Vec<u32>,
    /// The source before this byte has been written.
    cursor: u32,
    /// Spaces before whatever comes next.
    pub indent: usize,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            print: Print { text: Some(text) },
            lines: Vec::new(),
            comments: comment::places(text),
            cursor: 0,
            indent: 0,
        }
    }

    pub(super) fn done(self) -> Vec<Line> {
        self.lines
    }

    /// A line `deeper` than the present indent; too long a list goes on in the next.
    pub(super) fn line(&mut self, deeper: usize, anchor: u32, gap: Gap, text: &str) {
        for (at, (indent, text)) in wrap(text, self.indent + deeper, 2).into_iter().enumerate() {
            self.lines.push(Line {
                indent,
                text,
                anchor,
                gap: if at == 0 { gap } else { Gap::None },
                above: indent,
            });
        }
        self.read_to(anchor);
    }

    /// The word that closes a block: comments above it belong to the block.
    pub(super) fn closing(&mut self, anchor: u32, text: &str) {
        self.line(0, anchor, Gap::None, text);
        if let Some(line) = self.lines.last_mut() {
            line.above += 2;
        }
    }

    /// Pieces of a clause behind its label, if it has one.
    pub(super) fn clause_lines(&mut self, span: Extent, pieces: &[Piece], label: &str) {
        let hanging = if label.is_empty() { 0 } else { LABEL };
        self.sentence(2, hanging, span, Gap::None, pieces, label);
    }

    /// Pieces of a sentence; lines after the first are `hanging` deeper.
    pub(super) fn sentence(
        &mut self,
        deeper: usize,
        hanging: usize,
        (start, end): Extent,
        gap: Gap,
        pieces: &[Piece],
        lead: &str,
    ) {
        let indent = self.indent + deeper;
        let room = WIDTH.saturating_sub(indent + hanging);
        for (at, (anchor, text)) in fill(pieces, room, &self.comments).into_iter().enumerate() {
            let first = at == 0;
            let lead = if first { lead } else { "" };
            self.lines.push(Line {
                indent: indent + if first { 0 } else { hanging },
                text: format!("{lead}{text}"),
                anchor: if first { start } else { anchor },
                gap: if first { gap } else { Gap::None },
                above: indent + if first { 0 } else { hanging },
            });
        }
        self.read_to(end);
    }

    /// Remembers that the source before a byte has been written.
    pub(super) fn read_to(&mut self, at: u32) {
        self.cursor = self.cursor.max(at);
    }

    /// Remembers that all up to a text, its closing quotation mark included, has been written.
    pub(super) fn read_text(&mut self, text: Option<&Text>) {
        if let Some(text) = text {
            self.read_to(text.span.end + 1);
        }
    }

    /// Where the next token stands that is this word, after what has been written.
    pub(super) fn find(&self, wanted: &str) -> u32 {
        let mut rest = skip(self.text.get(self.cursor as usize..).unwrap_or(""));
        while !rest.is_empty() {
            if word(rest).0 == wanted {
                return (self.text.len() - rest.len()) as u32;
            }
            rest = match rest.chars().next() {
                Some('"') => after_text(rest),
                Some(sign) => rest.get(run(rest).max(sign.len_utf8())..).unwrap_or(""),
                None => "",
            };
            rest = skip(rest);
        }
        self.cursor
    }

    /// Where the first token stands after what has been written up to `end`.
    pub(super) fn next_token(&self, end: u32) -> u32 {
        let rest = self.text.get(end as usize..).unwrap_or("");
        // The closing quotation mark of a text is not part of its span.
        let rest = rest.strip_prefix('"').unwrap_or(rest);
        (self.text.len() - skip(rest).len()) as u32
    }
}

/// The first byte of a piece of the source, and one past its last.
type Extent = (u32, u32);

/// Lines after the first hang so much behind a label.
const LABEL: usize = 4;

/// ` from D until D`
pub(super) fn dates(out: &mut String, dates: &Dates) {
    date(out, " from ", dates.from.as_ref());
    date(out, " until ", dates.until.as_ref());
}

/// A date with the word before it, if there is one.
pub(super) fn date(out: &mut String, before: &str, date: Option<&Date>) {
    if let Some(date) = date {
        out.push_str(before);
        out.push_str(&date.value.to_string());
    }
}

/// Whether both say the same, wherever they were written.
pub(super) fn same_dates(one: &Dates, other: &Dates) -> bool {
    let value = |date: &Option<Date>| date.as_ref().map(|date| date.value);
    value(&one.from) == value(&other.from) && value(&one.until) == value(&other.until)
}

/// ` "Title"`
pub(super) fn title(out: &mut String, title: Option<&Text>) {
    if let Some(title) = title {
        out.push_str(" \"");
        out.push_str(&title.text);
        out.push('"');
    }
}
