//! Lines: how pieces of a sentence are put on lines of a certain width.

use super::{BREAK, without_breaks};

/// No line is longer, if its words allow.
pub(super) const WIDTH: usize = 120;
/// A clause that fits in so much stands on one line.
const ONE_LINE: usize = 100;

/// One line of the result, before the comments are put in.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Spaces before it.
    pub indent: usize,
    /// What it says.
    pub text: String,
    /// The byte of the source at which its first words stand.
    pub anchor: u32,
    /// The empty line before it.
    pub gap: Gap,
    /// Spaces before the comments above it.
    pub above: usize,
}

/// Whether an empty line stands before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Never.
    None,
    /// Where there was one.
    Keep,
    /// Always.
    Force,
}

/// A part of a sentence that is not broken without need.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The byte of the source at which it stands.
    pub anchor: u32,
    /// What it says; the mark [`BREAK`] stands for a space at which it may be broken.
    pub text: String,
    /// It begins a line, unless everything fits on one.
    pub new_line: bool,
}

impl Piece {
    pub(super) fn new(anchor: u32, text: String) -> Self {
        let new_line = false;
        Self {
            anchor,
            text,
            new_line,
        }
    }

    pub(super) fn on_new_line(anchor: u32, text: String) -> Self {
        let new_line = true;
        Self {
            anchor,
            text,
            new_line,
        }
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Puts pieces on lines, indented by the caller: as (anchor, text). A comment between two pieces parts them.
pub(super) fn fill(pieces: &[Piece], room: usize, comments: &[u32]) -> Vec<(u32, String)> {
    let parted = |one: &Piece, next: &Piece| {
        let between = |at: &u32| one.anchor < *at && *at < next.anchor;
        comments.iter().any(between)
    };
    let open = pieces.first().zip(pieces.last());
    let open = open.is_some_and(|(first, last)| parted(first, last));
    let all: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let joined = all.join(" ");
    if !open && width(&joined) <= room.min(ONE_LINE) {
        let anchor = pieces.first().map_or(0, |piece| piece.anchor);
        return vec![(anchor, without_breaks(&joined))];
    }
    let mut lines: Vec<(u32, String)> = Vec::new();
    let mut before: Option<&Piece> = None;
    for piece in pieces {
        let length = width(&piece.text);
        // After a piece that had to be broken, the next begins a line.
        let goes_on = before.is_some_and(|before| {
            !piece.new_line && width(&before.text) <= room && !parted(before, piece)
        });
        before = Some(piece);
        match lines.last_mut() {
            Some((_, line)) if goes_on && width(line) + 1 + length <= room => {
                line.push(' ');
                line.push_str(&without_breaks(&piece.text));
            }
            _ if length <= room => lines.push((piece.anchor, without_breaks(&piece.text))),
            _ => lines.extend(broken(piece, room)),
        }
    }
    lines
}

/// A piece too long for a line: broken at its marks, and where that is not enough at any space.
fn broken(piece: &Piece, room: usize) -> Vec<(u32, String)> {
    let parts = piece.text.split(BREAK).flat_map(|part| {
        if width(part) <= room {
            vec![part]
        } else {
            part.split(' ').collect()
        }
    });
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(part) <= room => {
                line.push(' ');
                line.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines.into_iter().map(|line| (piece.anchor, line)).collect()
}

/// Breaks a list of names at its spaces; every line but the first is `hanging` deeper.
pub(super) fn wrap(text: &str, indent: usize, hanging: usize) -> Vec<(usize, String)> {
    if text.contains('"') || indent + width(text) <= WIDTH {
        return vec![(indent, text.to_owned())];
    }
    let mut lines: Vec<(usize, String)> = Vec::new();
    for part in text.split(' ') {
        match lines.last_mut() {
            Some((indent, line)) if *indent + width(line) + 1 + width(part) <= WIDTH => {
                line.push(' ');
                line.push_str(part);
            }
            Some(_) => lines.push((indent + hanging, part.to_owned())),
            None => lines.push((indent, part.to_owned())),
        }
    }
    lines
}
