//! Truth over days and readings: one small boolean algebra for validity, contested facts, unknown facts and what-if.

mod cheapest;
pub(crate) mod days;
mod reading;

pub use days::Extent;
pub use reading::{Alternatives, Answer, Readings, Space};
