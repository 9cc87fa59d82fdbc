//! Scenario files: YAML text to a document of texts with their places; nothing resolved.

mod document;
mod read;

pub use crate::yaml::{Flag, Many, Number, Table, Text};
pub use document::{Document, Event, Expect};
pub use read::read;
