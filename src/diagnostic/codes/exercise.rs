//! Mistakes in exercise files (`X...`), one constructor a code; those of form are shared with scenarios (`F...`).

use crate::diagnostic::Diagnostic;
use crate::diagnostic::phrase::{and_ticked, nearest};
use crate::source::Span;

/// All codes of this room, in order, with what each is about.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("X001", "a name given twice"),
    ("X002", "a name that nothing has"),
    ("X003", "a change of facts of no kind, or of several"),
    ("X004", "a key without what it needs beside it"),
    ("X005", "a file that is not there, or outside the folder"),
    ("X006", "not a length of time"),
    ("X007", "a story that goes backwards"),
    ("X008", "a number out of its range"),
    ("X009", "an exercise without roles or injects"),
    ("X010", "a question that its role cannot answer"),
    ("X101", "an inject that nothing leads to"),
    ("X102", "an objective that nothing tests"),
    ("X103", "a question to which the answer is none"),
];

/// Two things of one kind with one name.
pub fn named_twice(span: Span, kind: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("X001", span, format!("a second {kind} is called `{name}`"))
        .also(first, "the first one")
        .help("give each its own name")
}

/// Nothing is called so.
pub fn unknown<'a>(
    span: Span,
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let wrong = Diagnostic::error("X002", span, format!("no {kind} here is called `{name}`"));
    match nearest(name, known.clone()) {
        Some(near) => wrong
            .help(format!("perhaps `{near}` is meant"))
            .instead(near),
        None if known.clone().next().is_none() => wrong.help(format!("there is no {kind} yet")),
        None => wrong.help(format!("there is {}", and_ticked(known))),
    }
}

/// None of `add`, `amend` ..., or several.
pub fn change_of_one_kind(span: Span, given: &[&str]) -> Diagnostic {
    let message = match given {
        [] => "this change of facts does nothing".to_owned(),
        several => format!("this change of facts has {} together", and_ticked(several)),
    };
    Diagnostic::error("X003", span, message).help(
        "each entry has one of `add`, `amend`, `retract`, `establish`, `account` and `reveal`",
    )
}

/// A key that wants another one beside it, or has no meaning without it.
pub fn lacks(span: Span, what: &str, key: &str) -> Diagnostic {
    Diagnostic::error("X004", span, format!("{what} needs `{key}`")).help("add it")
}

/// A brief or text that cannot be read.
pub fn no_file(span: Span, path: &str, why: &str) -> Diagnostic {
    Diagnostic::error("X005", span, format!("`{path}` cannot be used: {why}"))
        .help("paths go from the folder of the exercise and stay inside it")
}

/// `20 minutes`
pub fn not_minutes(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error("X006", span, format!("`{text}` is no length of time"))
        .help("write `20 minutes` or `2 hours`")
}

/// An inject before the one above it.
pub fn story_goes_back(span: Span, before: Span) -> Diagnostic {
    Diagnostic::error("X007", span, "the story goes back in time here")
        .also(before, "it was later already")
        .help("an inject is of the same day as the one that leads to it, or later")
}

/// Too small or too large.
pub fn out_of_range(span: Span, key: &str, least: u32, most: u32) -> Diagnostic {
    Diagnostic::error("X008", span, format!("`{key}` is from {least} to {most}"))
        .help("choose a number in that range")
}

/// Nothing to play.
pub fn nothing_to_play(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("X009", span, format!("this exercise has no {what}"))
        .help(format!("add at least one under `{what}:`"))
}

/// Duties of one's own asked of somebody who plays nobody.
pub fn plays_nobody(span: Span, role: &str, declared: Span) -> Diagnostic {
    let message = format!("`{role}` plays no party and has no duties of its own");
    Diagnostic::error("X010", span, message)
        .also(declared, "declared here")
        .help("add `of: all`, or ask another role")
}

/// Nothing leads there.
pub fn unreachable_inject(span: Span, inject: &str) -> Diagnostic {
    Diagnostic::warning(
        "X101",
        span,
        format!("nothing leads to the inject `{inject}`"),
    )
    .help("give it `at:`, or let a `next:` of another inject go there")
}

/// Nobody is asked about it.
pub fn untested_objective(span: Span, objective: &str) -> Diagnostic {
    let message = format!("no question tests the objective `{objective}`");
    Diagnostic::warning("X102", span, message).help("add `objective:` to an inject or a question")
}

/// Nothing is owed.
pub fn empty_key(span: Span, question: &str) -> Diagnostic {
    let message = format!("the answer to `{question}` is `none` for everybody asked");
    Diagnostic::warning("X103", span, message)
        .help("this may be meant: `no obligation arises` is an answer; if not, look at the facts with `casus run`")
}
