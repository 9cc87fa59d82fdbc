//! YAML files read with the place of every value: all mistakes of form at once, then the value.

mod locate;
pub(crate) mod node;
pub(crate) mod outline;
mod places;
mod read;
pub(crate) mod shape;

pub(crate) use read::{read, values};
pub use shape::{Flag, Many, Number, Table, Text};
