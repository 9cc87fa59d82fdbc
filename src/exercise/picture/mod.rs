//! Pictures of a situation: who is bound to whom, who owes what to whom, what happens when, and where; each with the same as a
//! table, for paper and for those who do not see it.

mod chart;
mod graph;
mod reliability;
mod svg;
mod timeline;

pub use chart::{Chart, chart};
pub use graph::{Graph, bonds, owed};
pub use reliability::reliability;
pub use timeline::{Timeline, timeline};

use crate::report::style::wrap_at;

/// The longest name in a picture; the table has it whole.
const LONGEST: usize = 34;
/// More lines of a label than this are left to the table.
const MOST_LINES: usize = 4;
/// How wide a letter is, on average, and how high a line.
const LETTER: f64 = 7.4;
const LINE: f64 = 17.0;

/// As much of a name as there is room for.
fn short(text: &str) -> String {
    cut(&super::report::clean(text).replace('\n', " "), LONGEST)
}

fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The lines of a label where there is so much room.
fn lines(text: &str, room: f64) -> Vec<String> {
    let letters = (room / LETTER) as usize;
    let broken = wrap_at(letters, &super::report::clean(text), 0, 0);
    let mut found: Vec<String> = broken.lines().map(|line| cut(line, letters)).collect();
    if found.len() > MOST_LINES {
        found.truncate(MOST_LINES);
        found[MOST_LINES - 1] += " …";
    }
    found
}

/// How high so many lines are.
fn high(lines: &[String]) -> f64 {
    LINE * f64::from(lines.len() as u32)
}
