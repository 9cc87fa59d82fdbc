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
    ("X011", "a story that goes round in a circle"),
    ("X012", "a clock that goes backwards"),
    ("X013", "a form of file that this program does not read"),
    ("X014", "a file that is no text"),
    ("X015", "a world that there is not"),
    ("X101", "an inject that nothing leads to"),
    ("X102", "an objective that nothing tests"),
    ("X103", "a question to which the answer is none"),
    ("X104", "a story that may end where it ought to go on"),
    (
        "X105",
        "a secret in a text for somebody who does not know it",
    ),
    ("X106", "a text too long for the screen that all see"),
    ("X107", "a picture without words for it"),
    ("X108", "a brief with a gap in it"),
];

/// Two things of one kind with one name.
pub fn named_twice(span: Span, kind: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error("X001", span, format!("a second {kind} is called `{name}`"))
        .also(first, "the first one")
        .help("give each its own name")
}

/// `world: per_team`: there is one world for all.
pub fn no_such_world(span: Span, world: &str) -> Diagnostic {
    let message = format!("there is no world `{world}`: all teams act in one");
    Diagnostic::error("X015", span, message)
        .here("`shared` was expected")
        .help("for worlds that run side by side, begin a session for each team: `casus play`, or `casus serve` on another port")
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

/// One comes back to where one was.
pub fn circle(span: Span, next: &str) -> Diagnostic {
    let message = format!("from here by `{next}` the story comes back to this inject");
    Diagnostic::error("X011", span, message).help("let one of the ways on lead to a later inject")
}

/// Earlier by the clock of the room.
pub fn clock_goes_back(span: Span, before: Span) -> Diagnostic {
    Diagnostic::error(
        "X012",
        span,
        "this inject is sent before the one that leads to it",
    )
    .also(before, "that one is sent later")
    .help("give it a later `at:`, or none")
}

/// Written for another program.
pub fn unknown_format(span: Span, format: &str, own: &str) -> Diagnostic {
    let message = format!("the form `{format}` is not known to this program");
    Diagnostic::error("X013", span, message).help(format!(
        "it reads `{own}`; a newer form needs a newer program"
    ))
}

/// Not UTF-8.
pub fn no_text(span: Span) -> Diagnostic {
    Diagnostic::error("X014", span, "from here on this file is no UTF-8 text")
        .help("save it as UTF-8")
}

/// All ways on wait for something, and there is nothing below.
pub fn dead_end(span: Span, inject: &str) -> Diagnostic {
    let message = format!("if no way on of `{inject}` is open, the story ends here");
    Diagnostic::warning("X104", span, message).help("add a way on without conditions")
}

/// Said to somebody who ought not to know.
pub fn secret_told(span: Span, fact: &str, role: &str) -> Diagnostic {
    let message = format!("this text names the fact `{fact}`, which `{role}` does not know");
    Diagnostic::warning("X105", span, message)
        .help("send it to others, or let them know: `known-to:`, `reveal:`")
}

/// Nobody reads that much on a wall.
pub fn long_text(span: Span, signs: usize, most: usize) -> Diagnostic {
    let message = format!("{signs} letters are too many for the screen that all see");
    Diagnostic::warning("X106", span, message)
        .help(format!("at most {most} fit; move the rest into a brief"))
}

/// Nobody who does not see it knows what it shows.
pub fn picture_without_words(span: Span) -> Diagnostic {
    Diagnostic::warning("X107", span, "a picture without words for it")
        .help("write `![what it shows](file)`")
}

/// Somebody meant to write more.
pub fn gap_in_a_brief(span: Span, whose: &str) -> Diagnostic {
    let message = format!("the brief of `{whose}` has a gap: `...`");
    Diagnostic::warning("X108", span, message).help("write what belongs there, or take it away")
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
