//! YAML files read with the place of every value: all mistakes of form at once, then the value.

mod locate;
pub(crate) mod node;
#[cfg_attr(
    not(feature = "exercise"),
    allow(dead_code, reason = "only files of exercises have a schema")
)]
pub(crate) mod outline;
mod places;
mod read;
pub(crate) mod shape;

pub(crate) use read::read;
#[cfg(feature = "exercise")]
pub(crate) use read::values;
pub use shape::{Flag, Many, Number, Table, Text};
