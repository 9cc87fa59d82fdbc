//! Any text as an exercise under a small rulebook.
#![no_main]
#![allow(dead_code, reason = "each target needs one property")]

#[path = "../../tests/suite/properties.rs"]
mod properties;

use casus::Project;
use std::sync::LazyLock;

static PROJECT: LazyLock<Project> = LazyLock::new(properties::project);

libfuzzer_sys::fuzz_target!(|text: &str| properties::exercises(&PROJECT, text));
