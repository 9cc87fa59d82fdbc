//! Clauses that begin with a capital, as lawyers write them.

use super::recover::after_token;
use super::token::{after_text, label_length, skip, word};
use super::words;

/// The words with which a clause begins, besides a name or a variable.
const STARTS: &[&[&str]] = &[
    words::CONNECTIVES,
    words::NORM_STARTS,
    &[words::ON, words::IN],
];

/// The same text with the first words of clauses in small letters; `None` if all are.
pub(super) fn small_starts(text: &str) -> Option<String> {
    let mut small: Option<String> = None;
    let mut rest = skip(text);
    let mut may_begin = false;
    while !rest.is_empty() {
        let after = after(rest);
        let (at, end) = (text.len() - rest.len(), text.len() - after.len());
        let token = text.get(at..end).unwrap_or("");
        if may_begin && begins_clause(token, after) {
            let target = small.get_or_insert_with(|| text.to_owned());
            target.replace_range(at..end, &token.to_ascii_lowercase());
        }
        may_begin = ends_what_precedes(token);
        rest = skip(after);
    }
    small
}

/// What follows the next token; the label of an article counts with its word.
fn after(rest: &str) -> &str {
    if rest.starts_with('"') {
        return after_text(rest);
    }
    let after = after_token(rest);
    if word(rest).0 != words::ARTICLE {
        return after;
    }
    let label = skip(after);
    label.get(label_length(label)..).unwrap_or(after)
}

/// A full stop, a label, a title or a date: a clause may begin behind it.
fn ends_what_precedes(token: &str) -> bool {
    token.starts_with(['.', ')', '"'])
        || token.starts_with(|c: char| c.is_ascii_digit()) && token.contains('-')
        || token.starts_with(words::ARTICLE) && token.contains(char::is_whitespace)
}

/// Such a word with a capital. `A` is a variable where no class follows.
fn begins_clause(token: &str, after: &str) -> bool {
    if !token.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let (next, _) = word(after);
    if token == "A" {
        return !next.is_empty() && !words::is_reserved(next);
    }
    let small = token.to_ascii_lowercase();
    let known = STARTS.iter().any(|words| words.contains(&small.as_str()));
    known && !words::MODALITIES.contains(&next)
}
