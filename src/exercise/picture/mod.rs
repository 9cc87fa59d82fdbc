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

/// The longest label in a picture; the table has it whole.
const LONGEST: usize = 34;

/// As much of a label as there is room for.
fn short(text: &str) -> String {
    let text = super::report::clean(text).replace('\n', " ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let kept: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}
