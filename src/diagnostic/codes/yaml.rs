//! Scenario and exercise files that cannot be read as such: F001 to F019.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::phrase::{and_ticked, nearest};
use crate::source::Span;

/// All codes of this room, in order, with what each is about.
pub const CATALOGUE: &[(&str, &str)] = &[
    ("F001", "not readable as YAML"),
    ("F002", "unknown key"),
    ("F003", "a key is missing"),
    ("F004", "a value of the wrong shape"),
    ("F005", "a key given twice"),
    ("F006", "too long, too deep, too many aliases"),
    ("F007", "YAML that is not used here"),
    ("F008", "an empty file"),
];

/// The text is no YAML.
pub fn unreadable(span: Span, why: &str) -> Diagnostic {
    let help = if why.contains("mapping values") {
        "a text that holds `: ` needs quotes around it"
    } else if why.contains("tab") {
        "indent with spaces, not with tabs"
    } else if why.contains("anchor") || why.contains("character that cannot start") {
        "a text that begins with a sign such as `*`, `&`, `%` or `@` needs quotes around it"
    } else {
        "the keys of one block begin in the same column; quotes and brackets must be closed"
    };
    Diagnostic::error("F001", span, format!("this is not readable as YAML: {why}")).help(help)
}

/// A key that nobody reads.
pub fn unknown_key<'a>(
    span: Span,
    key: &str,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::error("F002", span, format!("{what} has no key `{key}`"));
    match nearest(key, known.clone()) {
        Some(near) => diagnostic
            .help(format!("perhaps `{near}` is meant"))
            .instead(near),
        None => diagnostic.help(format!("the keys of {what} are {}", and_ticked(known))),
    }
}

/// A key that must be there.
pub fn missing_key(span: Span, key: &str, what: &str) -> Diagnostic {
    let help = match key {
        "scenario" => "give the file a title: `scenario: The invasion of Belgium`",
        "what" => "say what happened: `what: ukraine attacks russia in kursk-oblast`",
        _ => "add it",
    };
    Diagnostic::error("F003", span, format!("{what} lacks its key `{key}`")).help(help)
}

/// A list where a text should be, and the like.
pub fn wrong_shape(span: Span, key: &str, wanted: &str, seen: &str) -> Diagnostic {
    let message = format!("`{key}` wants {wanted}, and here is {seen}");
    let diagnostic = Diagnostic::error("F004", span, message);
    match (wanted, seen) {
        (_, "nothing") => diagnostic.help("give it a value, or leave the key out"),
        ("a list", _) => diagnostic.help(format!("begin each entry of `{key}` with `- `")),
        ("a text", "a block of keys") => diagnostic.help("a text that holds `: ` needs quotes around it"),
        ("an event", _) => diagnostic.help("an event is a block of keys: `- what: ukraine attacks russia`, and under it `on: 2024-08-06`"),
        ("an expectation", _) => diagnostic.help("an expectation is a block of keys: `- owed: dprk shall assist russia`"),
        ("a text", _) => diagnostic.help(format!("write a single one: `{key}: ...`")),
        _ => diagnostic.help(format!("write {wanted}")),
    }
}

/// The same key twice in one block.
pub fn duplicate_key(span: Span, key: &str, first: Span) -> Diagnostic {
    Diagnostic::error("F005", span, format!("the key `{key}` is given twice"))
        .also(first, "first given here")
        .help("keep one of them; where several are meant, most keys take a list")
}

/// A file that is too long.
pub fn too_long(span: Span, megabytes: usize, most: usize) -> Diagnostic {
    let message = format!("this file has {megabytes} MiB, and may have {most}");
    Diagnostic::error("F006", span, message).help("split it into several files")
}

/// Blocks inside blocks inside blocks.
pub fn too_deep(span: Span, most: usize) -> Diagnostic {
    Diagnostic::error(
        "F006",
        span,
        format!("this is nested more than {most} levels deep"),
    )
    .help("a sound file needs no more than a few levels")
}

/// Few letters that stand for very much.
pub fn too_many_aliases(span: Span, most: usize) -> Diagnostic {
    let message = format!("the aliases of this file repeat more than {most} values");
    Diagnostic::error("F006", span, message).help("write the values out")
}

/// `&a [*a]`
pub fn alias_of_itself(span: Span) -> Diagnostic {
    Diagnostic::error(
        "F006",
        span,
        "this alias repeats a value that is not complete yet",
    )
    .help("write the value out")
}

/// `---` in the middle.
pub fn second_document(span: Span) -> Diagnostic {
    Diagnostic::error("F007", span, "a second document begins here")
        .help("one file holds one document: take the `---` out, or make it two files")
}

/// `!tag`
pub fn tag(span: Span) -> Diagnostic {
    Diagnostic::error("F007", span, "YAML tags are not used here")
        .help("a text that begins with `!` needs quotes around it")
}

/// A key that is a list or block.
pub fn key_is_no_text(span: Span) -> Diagnostic {
    Diagnostic::error("F007", span, "a key must be a plain word")
        .help("a text that begins with `[`, `{` or `?` needs quotes around it")
}

/// Nothing in it.
pub fn empty(span: Span) -> Diagnostic {
    Diagnostic::error("F008", span, "this file is empty")
        .help("`casus new scenario NAME` writes one to begin with")
}
