//! What is left of a session: the after-action report, and tables for other programs. All of it follows from the log.

mod after_action;
mod calibration;
pub mod data;
pub mod html;
pub mod markdown;
mod profile;
pub mod table;
mod timeline;

pub use after_action::after_action;
pub use calibration::{Calibration, Step, calibration};
pub use profile::profile;

/// A part of a report, the same for every format.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading: how deep, and its words.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// A list.
    List(Vec<String>),
    /// A picture as SVG, already escaped; a table beside it says the same.
    Picture(String),
    /// A table: what stands over the columns, and the rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A new page.
    Page,
}

/// Without signs that steer a terminal or turn the direction of writing: what people wrote is text and nothing else.
pub fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| *c == '\n' || !(c.is_control() || turns(*c)))
        .collect()
}
