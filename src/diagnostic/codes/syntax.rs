//! Mistakes of spelling and grammar in `.treaty` text.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Something else should stand there: `expected` and `found` in the words of a sentence.
pub fn unexpected(span: Span, expected: &str, found: &str, help: Option<&str>) -> Diagnostic {
    let message = format!("expected {expected}, found {found}");
    let diagnostic = Diagnostic::error("S001", span, message);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// A word that is none, but looks like one that could stand there.
pub fn misspelt(span: Span, word: &str, near: &str) -> Diagnostic {
    let message = format!("`{word}` is not a word that can stand here");
    Diagnostic::error("S002", span, message)
        .help(format!("perhaps `{near}` is meant"))
        .instead(near)
}

/// A date that the calendar does not have; `why` tells which part of it is wrong.
pub fn no_such_day(span: Span, date: &str, why: &str) -> Diagnostic {
    Diagnostic::error("S003", span, format!("there is no day `{date}`")).here(why)
}

/// A date in another notation.
pub fn bad_date(span: Span, date: &str) -> Diagnostic {
    Diagnostic::error("S004", span, format!("`{date}` is not a date")).help(
        "write year, month and day as `2024-12-04`, or `2024-12` or `2024` where no more is known",
    )
}

/// A sentence that runs into the next line or the next article.
pub fn missing_full_stop(end: Span, next: &str) -> Diagnostic {
    let message = "this sentence has no end: a full stop is missing";
    Diagnostic::error("S005", end, message)
        .here(format!("a full stop should stand before {next}"))
        .help("end the sentence")
        .instead(".")
}

/// A condition or qualifier that runs into the next.
pub fn missing_comma(end: Span, next: &str) -> Diagnostic {
    let message = format!("a comma is missing before `{next}`");
    Diagnostic::error("S006", end, message)
        .help("conditions and qualifiers are set off by commas")
        .instead(",")
}

/// A text without its second quotation mark.
pub fn unclosed_text(span: Span) -> Diagnostic {
    Diagnostic::error("S007", span, "this text has no closing quotation mark")
        .help("close it with `\"`; a text cannot contain an empty line")
}

/// A sign within a text that no page can show.
pub fn control_character(span: Span, character: char) -> Diagnostic {
    let message = format!(
        "the control character U+{:04X} cannot stand in a text",
        u32::from(character)
    );
    Diagnostic::error("S008", span, message).help("delete it")
}

/// A sign that the language does not use.
pub fn strange_character(span: Span, character: char) -> Diagnostic {
    let message = format!("the sign `{character}` has no meaning here");
    let diagnostic = Diagnostic::error("S008", span, message);
    match character {
        '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' => diagnostic
            .help("texts stand between straight double quotation marks")
            .instead("\""),
        '–' | '—' | '‑' | '−' => diagnostic.help("use a plain hyphen").instead("-"),
        '!' | '?' => diagnostic
            .help("a sentence ends with a full stop")
            .instead("."),
        ':' => diagnostic.help("no colon is needed"),
        '/' => diagnostic.help("for a remark, use `#`; it goes to the end of the line"),
        _ => diagnostic,
    }
}

/// A name with capitals, underscores or hyphens out of place.
pub fn bad_name(span: Span, name: &str, better: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error("S009", span, format!("`{name}` is not written like a name"))
        .help("names are written in small letters, digits and single hyphens: `united-kingdom`; a variable is a capital or begins with one: `P`");
    match better {
        Some(better) => diagnostic.instead(better),
        None => diagnostic,
    }
}

/// A word of the language in the place of a name.
pub fn reserved_word(span: Span, word: &str) -> Diagnostic {
    let message = format!("expected a name, found `{word}`, which is a word of the language");
    Diagnostic::error("S010", span, message).help("choose another name, for instance with a hyphen")
}

/// A number beyond all use.
pub fn number_too_large(span: Span, number: &str) -> Diagnostic {
    Diagnostic::error("S011", span, format!("the number `{number}` is too large"))
}

/// Two places in one sentence.
pub fn second_place(span: Span) -> Diagnostic {
    Diagnostic::error("S012", span, "the sentence names its place twice")
        .help("join the places by `or`: `in europe or asia`")
}

/// Conditions without a norm.
pub fn no_norm(span: Span) -> Diagnostic {
    let message = "this clause has conditions but no norm";
    Diagnostic::error("S013", span, message)
        .here("the clause ends here")
        .help("after the conditions, a comma and what follows from them: `each other party Q shall assist P against A`")
}

/// A secret protocol that nothing closes.
pub fn unclosed_protocol(span: Span) -> Diagnostic {
    Diagnostic::error("S014", span, "this secret protocol has no `end`")
        .help("write `end` after its last article")
}

/// An `end` that closes nothing.
pub fn stray_end(span: Span) -> Diagnostic {
    Diagnostic::error("S015", span, "this `end` ends nothing")
        .help("only a `secret protocol` ends with `end`")
}

/// A line of the head after the body has begun.
pub fn head_after_parts(span: Span, word: &str) -> Diagnostic {
    let message = format!("`{word}` belongs into the head of the treaty");
    Diagnostic::error("S016", span, message)
        .help("move it before the first article, history, area or dispute")
}

/// Brackets in brackets in brackets.
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("S017", span, "this is nested too deeply")
        .help("define a word for a part of it with `define`")
}

/// A file beyond all use.
pub fn file_too_large(span: Span, mebibytes: usize) -> Diagnostic {
    let message = format!("this file is larger than {mebibytes} MiB");
    Diagnostic::error("S018", span, message).help("divide it into several files")
}

/// So many mistakes that the rest would not help.
pub fn too_many(span: Span, count: usize) -> Diagnostic {
    let message = format!("after {count} mistakes the rest of the file was not read");
    Diagnostic::error("S019", span, message)
}
