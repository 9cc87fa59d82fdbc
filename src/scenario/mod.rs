//! Scenario files: YAML text to a document of texts with their places; nothing resolved.

mod document;
mod locate;
mod node;
mod places;
mod read;
mod shape;

pub use document::{Document, Event, Expect};
pub use read::read;
pub use shape::{Flag, Many, Number, Table, Text};
