//! Reading and laying out.
#![no_main]
#![allow(dead_code, reason = "each target needs one property")]

#[path = "../../tests/suite/properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|text: &str| properties::goes_round(text));
