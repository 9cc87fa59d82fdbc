//! One integration crate; a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test fails by a panic, and may make a text as it reads best"
)]

mod architecture;
mod ask;
#[cfg(all(feature = "exercise", feature = "cli"))]
mod author;
mod books;
mod change_diff;
mod change_edits;
#[cfg(target_os = "linux")]
mod change_keys;
mod change_reach;
mod change_review;
mod change_scale;
mod check;
mod cli;
mod conformance;
#[cfg(feature = "exercise")]
mod contested;
mod coverage;
#[cfg(feature = "exercise")]
mod drill;
mod exercise;
mod exit_codes;
mod finding;
mod five_edits;
mod found;
mod fuzz_smoke;
mod gates;
mod hostile;
mod lives;
mod manual;
mod mutate;
mod obstacles;
mod outcome_json;
mod play;
mod readme;
#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    for_loops_over_fallibles,
    private_interfaces,
    reason = "as literal as the page on the language; style comes second"
)]
mod reference;
mod rules;
mod scenario;
mod scenarios;
mod scratch;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "serve")]
mod session;
mod states;
mod syntax;
mod yardstick;
