//! Text to tree and back; the only door to `nom`.

mod area;
pub mod ast;
mod attribute;
mod capital;
mod clause;
mod condition;
mod cure;
mod declaration;
mod expected;
mod fault;
pub mod format;
mod history;
mod noun;
mod parse;
mod phrase;
mod place;
mod reader;
mod recover;
mod sentence;
#[cfg(test)]
#[allow(clippy::panic, reason = "a test fails by a panic")]
mod tests;
mod token;
mod treaty;
mod value;
mod vocabulary;
pub mod words;

pub use parse::{
    parse_condition, parse_file, parse_heads, parse_position, parse_reference, parse_sentence,
};
