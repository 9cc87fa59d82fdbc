//! Comments: found in the text, and bound to the lines that stand for what they were written at.

use super::layout::{Gap, Line};
use crate::syntax::token::after_text;

/// A comment of the source.
struct Comment<'a> {
    /// The byte of its `#`.
    at: u32,
    /// From `#` to the end of the line.
    text: &'a str,
    /// Nothing stands before it on its line.
    alone: bool,
}

/// A line with the comments that belong to it.
#[derive(Default)]
struct Bound<'a> {
    above: Vec<&'a Comment<'a>>,
    behind: Vec<&'a Comment<'a>>,
}

/// The bytes at which the comments of a text begin.
pub(super) fn places(text: &str) -> Vec<u32> {
    comments(text).iter().map(|comment| comment.at).collect()
}

/// The lines as a text, with all comments of the source.
pub(super) fn bind(lines: Vec<Line>, source: &str) -> String {
    let comments = comments(source);
    let mut bound: Vec<Bound<'_>> = lines.iter().map(|_| Bound::default()).collect();
    let mut last = Vec::new();
    let order = Order::new(&lines);
    for comment in &comments {
        let at = if comment.alone {
            order.after(comment.at)
        } else {
            order.before(comment.at)
        };
        match at.and_then(|at| bound.get_mut(at)) {
            Some(of_line) if comment.alone => of_line.above.push(comment),
            Some(of_line) => of_line.behind.push(comment),
            None => last.push(comment),
        }
    }
    let mut out = Writer {
        out: String::new(),
        source,
    };
    for (line, bound) in lines.iter().zip(&bound) {
        out.line(line, bound);
    }
    for comment in last {
        out.alone(comment, 0, has_gap(source, comment.at));
    }
    out.out
}

/// The lines in the order of the source.
struct Order {
    /// (anchor, index), sorted.
    places: Vec<(u32, usize)>,
}

impl Order {
    fn new(lines: &[Line]) -> Self {
        let all = lines.iter().enumerate();
        let mut places: Vec<(u32, usize)> = all.map(|(at, line)| (line.anchor, at)).collect();
        places.sort_unstable();
        Self { places }
    }

    /// The last line that begins before a byte.
    fn before(&self, byte: u32) -> Option<usize> {
        let count = self.places.partition_point(|(anchor, _)| *anchor <= byte);
        let at = count.checked_sub(1)?;
        self.places.get(at).map(|(_, index)| *index)
    }

    /// The first line that begins after a byte.
    fn after(&self, byte: u32) -> Option<usize> {
        let at = self.places.partition_point(|(anchor, _)| *anchor <= byte);
        self.places.get(at).map(|(_, index)| *index)
    }
}

struct Writer<'a> {
    out: String,
    source: &'a str,
}

impl Writer<'_> {
    fn line(&mut self, line: &Line, bound: &Bound<'_>) {
        // All comments behind but the last had lines of their own once; now they stand above.
        let (behind, moved) = match bound.behind.split_last() {
            Some((last, moved)) => (Some(last), moved),
            None => (None, &[][..]),
        };
        let gap_at_line = has_gap(self.source, line.anchor) && line.gap != Gap::None;
        let gap_above = bound.above.iter().any(|one| has_gap(self.source, one.at));
        let mut force = line.gap == Gap::Force && !gap_at_line && !gap_above;
        for comment in &bound.above {
            let gap = force || has_gap(self.source, comment.at);
            self.alone(comment, line.above, gap);
            force = false;
        }
        for comment in moved {
            self.alone(comment, line.above, force);
            force = false;
        }
        self.start(line.indent, force || gap_at_line);
        self.out.push_str(&line.text);
        if let Some(comment) = behind {
            self.out.push_str("  ");
            self.out.push_str(comment.text);
        }
        self.out.push('\n');
    }

    fn alone(&mut self, comment: &Comment<'_>, indent: usize, gap: bool) {
        self.start(indent, gap);
        self.out.push_str(comment.text);
        self.out.push('\n');
    }

    fn start(&mut self, indent: usize, gap: bool) {
        if gap && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// Whether the line above the one of this byte is empty, and no more than a keyword stands before it on its own.
fn has_gap(source: &str, at: u32) -> bool {
    let before = source.get(..at as usize).unwrap_or("");
    let mut lines = before.rsplit('\n');
    let same = lines.next().unwrap_or("");
    let begins = same.split_whitespace().nth(1).is_none();
    begins && lines.next().is_some_and(|line| line.trim().is_empty())
}

fn comments(source: &str) -> Vec<Comment<'_>> {
    let mut all = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['#', '"']) {
        let found = rest.get(at..).unwrap_or("");
        if found.starts_with('"') {
            rest = after_text(found);
            continue;
        }
        let start = source.len() - found.len();
        let text = found.split('\n').next().unwrap_or(found);
        let before = source.get(..start).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        all.push(Comment {
            at: start as u32,
            text: text.trim_end(),
            alone: line.trim().is_empty(),
        });
        rest = found.get(text.len()..).unwrap_or("");
    }
    all
}
