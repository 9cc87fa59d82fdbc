//! Casus: a treaty obligation rules engine.

pub mod builtin;
pub mod calendar;
pub mod case;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod expect;
pub mod explain;
pub mod extent;
pub mod model;
pub mod project;
pub mod report;
pub mod scenario;
pub mod source;
pub mod syntax;
pub mod wording;
