//! Scenarios that cannot be meant so: F020 onwards, and warnings.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::phrase::{and_ticked, nearest, or_ticked};
use crate::source::Span;

/// No date, or a date that the calendar does not know.
pub fn bad_date(span: Span, text: &str, instead: Option<String>) -> Diagnostic {
    let shaped = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let diagnostic = if shaped {
        Diagnostic::error("F020", span, format!("the calendar has no day `{text}`"))
    } else {
        Diagnostic::error("F020", span, format!("`{text}` is no date"))
    };
    match instead {
        Some(date) => diagnostic
            .help("write the year first: `YYYY-MM-DD`")
            .instead(date),
        None => diagnostic.help(
            "write `1914-08-04`; where only the month or the year is known, `1914-08` or `1914`",
        ),
    }
}

/// A month or year where one day is needed.
pub fn whole_day_needed(span: Span, key: &str, text: &str) -> Diagnostic {
    Diagnostic::error(
        "F021",
        span,
        format!("`{key}` wants one day, and `{text}` is longer"),
    )
    .help(format!("write the day too: `{text}-...`"))
}

/// It ended before it began.
pub fn ends_before_it_begins(to: Span, from: Span) -> Diagnostic {
    Diagnostic::error("F022", to, "this event ends before it begins")
        .also(from, "it begins here")
        .help("`from` is the first day and `to` the last; both belong to it")
}

/// One day, and also a first or last day.
pub fn on_with_from(on: Span, other: Span) -> Diagnostic {
    Diagnostic::error("F023", on, "an event has either `on` or `from` and `to`")
        .also(other, "and here is the other")
        .help("`on:` is one day; `from:` and `to:` are the first and the last day of what goes on")
}

/// When?
pub fn undated(what: Span, to: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error("F024", what, "this event has no date");
    match to {
        Some(to) => diagnostic
            .also(to, "its last day alone does not say when it began")
            .help("add `from:`"),
        None => diagnostic.help("add `on:` for one day, or `from:` and, where it ended, `to:`"),
    }
}

/// Somebody who is not declared.
pub fn unknown_actor<'a>(
    span: Span,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::error("F025", span, format!("nobody here is called `{name}`"));
    match nearest(name, known) {
        Some(near) => diagnostic
            .help(format!("perhaps `{near}` is meant"))
            .instead(near),
        None => diagnostic.help(format!(
            "declare it in the rulebook: `state {name} \"...\"`, `organisation`, `organ` or `group`"
        )),
    }
}

/// A place or a treaty where somebody must stand.
pub fn not_an_actor(span: Span, name: &str, declared: Span) -> Diagnostic {
    Diagnostic::error(
        "F026",
        span,
        format!("`{name}` is nobody who could say or do something"),
    )
    .also(declared, "declared here")
    .help("name a state, an organisation, an organ or a group")
}

/// A treaty that is not in the rulebook.
pub fn unknown_treaty<'a>(
    span: Span,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("F027", span, format!("the rulebook has no treaty `{name}`"));
    match nearest(name, known) {
        Some(near) => diagnostic
            .help(format!("perhaps `{near}` is meant"))
            .instead(near),
        None => diagnostic
            .help("`casus list treaties` lists them; `--with FILE` adds a treaty file, `--rules DIR` names another rulebook"),
    }
}

/// An act of somebody who did not exist on that day.
pub fn did_not_exist(span: Span, name: &str, dates: &str, exists: Span) -> Diagnostic {
    Diagnostic::error(
        "F028",
        span,
        format!("`{name}` did not exist on the day of this event"),
    )
    .also(exists, dates.to_owned())
    .help("name the state of that day (its predecessor or successor), or correct the date")
}

/// So, and not so.
pub fn contradiction(span: Span, other: Span) -> Diagnostic {
    Diagnostic::error("F029", span, "this event says the opposite of another on the same days")
        .also(other, "the other")
        .help("keep one event and say who disputes it: `asserted-by: [...]` and `denied-by: [...]`, or `contested: true`")
}

/// `has attacked` as an event.
pub fn told_in_the_perfect(span: Span) -> Diagnostic {
    Diagnostic::error(
        "F030",
        span,
        "an event is told in the present: the perfect holds ever after",
    )
    .help("write `attacks` instead of `has attacked`, and give the day")
}

/// The same party asserts and denies.
pub fn asserts_and_denies(span: Span, name: &str, other: Span) -> Diagnostic {
    Diagnostic::error(
        "F031",
        span,
        format!("`{name}` cannot both assert and deny this event"),
    )
    .also(other, "also named here")
    .help("name it in one of the two lists")
}

/// `contested: false` of something denied.
pub fn denied_but_not_contested(span: Span, denied: Span) -> Diagnostic {
    Diagnostic::error("F032", span, "an event that somebody denies is contested")
        .also(denied, "denied here")
        .help("take `contested: false` out; if the denial shall not count, say so in `note:`")
}

/// Two events with one name.
pub fn same_id(span: Span, id: &str, first: Span) -> Diagnostic {
    Diagnostic::error(
        "F033",
        span,
        format!("another event is called `{id}` already"),
    )
    .also(first, "first used here")
    .help("give each event a name of its own, or none")
}

/// Neither `owed` nor anything of the kind, or several.
pub fn one_claim(span: Span, claims: &[&str], known: &[&str]) -> Diagnostic {
    let message = if claims.is_empty() {
        "this expectation does not say what is expected".to_owned()
    } else {
        format!(
            "one expectation expects one thing, and here are {}",
            and_ticked(claims)
        )
    };
    let known = or_ticked(known);
    Diagnostic::error("F034", span, message)
        .help(format!("each expectation has exactly one of {known}"))
}

/// A key that has no meaning beside this claim.
pub fn idle_key(span: Span, key: &str, claim: &str, allowed: &[&str]) -> Diagnostic {
    let message = format!("`{key}` says nothing about `{claim}`");
    Diagnostic::error("F035", span, message).help(format!(
        "beside `{claim}` may stand {}",
        and_ticked(allowed)
    ))
}

/// A word outside a short list.
pub fn unknown_word(span: Span, key: &str, word: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error("F036", span, format!("`{key}` cannot be `{word}`"));
    let list = or_ticked(known);
    let diagnostic = diagnostic.help(format!("it is {list}"));
    match nearest(word, known.iter().copied()) {
        Some(near) => diagnostic.instead(near),
        None => diagnostic,
    }
}

/// A conflict needs two.
pub fn two_positions(span: Span, claim: &str, given: usize) -> Diagnostic {
    let message = format!(
        "`{claim}` is between two positions, and here {}",
        match given {
            1 => "is one".to_owned(),
            _ => format!("are {given}"),
        }
    );
    Diagnostic::error("F037", span, message).help(format!(
        "write `{claim}:` and under it two lines, each `- a position`"
    ))
}

/// An article under which nothing can be owed.
pub fn nothing_arises(span: Span, reference: &str) -> Diagnostic {
    Diagnostic::error(
        "F038",
        span,
        format!("no clause of the rulebook is meant by `{reference}`"),
    )
    .help("`casus show TREATY` lists its articles and which of them are encoded")
}

/// A treaty that the scenario leaves out.
pub fn left_out(span: Span, treaty: &str, rules: Span) -> Diagnostic {
    Diagnostic::error("F039", span, format!("this scenario leaves `{treaty}` out"))
        .also(rules, "only these treaties count")
        .help(format!(
            "add `{treaty}` to `rules:`, or take the expectation out"
        ))
}

/// Both on `under:` and in the sentence.
pub fn under_twice(span: Span, key: Span) -> Diagnostic {
    Diagnostic::error(
        "F040",
        span,
        "the clause is named twice, in the position and after `under:`",
    )
    .also(key, "here too")
    .help("keep one of them")
}

/// Of something that lasts only one day is given.
pub fn only_one_day(span: Span, day: &str, what: Span) -> Diagnostic {
    Diagnostic::warning("W101", span, format!("this goes on, and `on:` lets it hold on {day} only"))
        .also(what, "a lasting act or status")
        .help(format!("write `from: {day}` if it went on, or `from: {day}` and `to: {day}` if it was over that day"))
}

/// An assumption that decides nothing.
pub fn nothing_to_assume(span: Span) -> Diagnostic {
    Diagnostic::warning("W102", span, "nothing leaves this open, so the assumption makes it a fact on every day there is")
        .help("an assumption closes a contested event or a word declared `open`; to state a fact, write it under `events:` with its day")
}

/// The last day of a momentary act.
pub fn last_day_of_a_moment(span: Span, what: Span) -> Diagnostic {
    Diagnostic::warning("W103", span, "this last day changes nothing")
        .also(what, "an act of a moment: it has happened ever after")
        .help("write `on:` and the day on which it happened")
}
