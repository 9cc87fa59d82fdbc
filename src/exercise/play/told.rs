//! The words of the terminal: feedback, lists of numbers.

use crate::exercise::session::{Feedback, Outcome};
use crate::report::style::wrap_at;
use std::fmt::Write as _;

/// Numbers from 1, with commas or spaces between, as indexes; `none` is none of them. `None`: something else was typed.
pub(crate) fn numbers(line: &str, most: usize) -> Option<Vec<usize>> {
    if line.trim().eq_ignore_ascii_case("none") {
        return Some(Vec::new());
    }
    let parts = line.split([',', ' ']).filter(|part| !part.is_empty());
    let mut found = Vec::new();
    for part in parts {
        let number: usize = part.parse().ok()?;
        let at = number.checked_sub(1).filter(|at| *at < most)?;
        if !found.contains(&at) {
            found.push(at);
        }
    }
    (!found.is_empty()).then_some(found)
}

/// One number from 1, as an index; several are none.
pub(crate) fn number(line: &str, most: usize) -> Option<usize> {
    let found = numbers(line, most)?;
    found.first().copied().filter(|_| found.len() == 1)
}

pub(crate) fn out_of_range(most: usize, several: bool) -> String {
    let what = if several { "numbers" } else { "one number" };
    format!("Type {what} from 1 to {most}.")
}

/// Feedback on one part of an answer.
pub(super) fn told(feedback: &Feedback, width: usize) -> String {
    let wrap = |text: &str, first, rest| wrap_at(width, text, first, rest);
    let head = format!("{}: {}", feedback.word(), feedback.subject);
    let mut text = wrap(&head, 0, 4);
    if let Some(citation) = &feedback.citation
        && !feedback.subject.ends_with(citation.as_str())
    {
        let _ = write!(text, "\n{}", wrap(citation, 4, 6));
    }
    for remark in &feedback.remarks {
        let _ = write!(text, "\n{}", wrap(remark, 4, 6));
    }
    let because = match feedback.outcome {
        Outcome::Vain => "fails: ",
        _ => "because ",
    };
    for reason in &feedback.reasons {
        let _ = write!(text, "\n{}", wrap(&format!("{because}{reason}"), 4, 6));
    }
    text
}

/// A text of a brief: its paragraphs, broken to the width of the screen.
pub(super) fn prose(text: &str, width: usize) -> String {
    let paragraphs = text.trim().split("\n\n");
    paragraphs
        .map(|part| wrap_at(width, part, 0, 0))
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// A clause as it is written, set in; without the remarks of its authors.
pub(crate) fn indented(text: &str) -> String {
    let said = |line: &&str| !line.trim_start().starts_with('#');
    let lines = text.lines().filter(said);
    let lines = lines.map(|line| format!("  {}", line.trim_end()));
    lines.collect::<Vec<_>>().join("\n")
}
