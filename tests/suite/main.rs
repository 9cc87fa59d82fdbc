//! One integration crate; a module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod check;
mod cli;
mod scenario;
mod syntax;
