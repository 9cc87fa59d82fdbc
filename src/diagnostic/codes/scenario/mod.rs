//! Mistakes in scenario files (`F...`) and warnings about them (`W1..`), one constructor a code.

mod meaning;

pub use meaning::*;

/// All codes of this room, in order, with what each is about.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("F020", "not a date"),
    ("F021", "a month or year where a day is needed"),
    ("F022", "an end before its beginning"),
    ("F023", "one day and also a first or last day"),
    ("F024", "an event without a date"),
    ("F025", "unknown actor"),
    ("F026", "nobody who could act"),
    ("F027", "unknown treaty"),
    ("F028", "an act outside an existence"),
    ("F029", "so and not so"),
    ("F030", "an event in the perfect"),
    ("F031", "asserted and denied by one party"),
    ("F032", "denied but not contested"),
    ("F033", "two events with one name"),
    ("F034", "an expectation with no claim, or several"),
    ("F035", "a key without meaning beside its claim"),
    ("F036", "a word outside a short list"),
    ("F037", "not two positions"),
    ("F038", "a reference that means no clause"),
    ("F039", "a treaty that the scenario leaves out"),
    ("F040", "the clause named twice"),
    ("W101", "a lasting act on one day"),
    ("W102", "an assumption about what is not open"),
    ("W103", "the last day of a moment"),
];
