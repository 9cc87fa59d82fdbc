//! Changes of rules: what was edited between two versions of a rulebook.

mod align;
mod allowance;
pub mod ask;
pub mod canonical;
mod edit;
pub mod lint;
mod piece;
mod term;
mod titles;
mod walk;

pub use edit::{Change, Comparison, Edit, Wording, beside};
