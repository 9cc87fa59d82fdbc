//! Dates of a scenario: days, or months and years of which the day is not known.

use crate::calendar::{Day, PartialDate};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::scenario as codes;
use crate::scenario::Text;

/// A date that may be uncertain.
pub(super) fn date(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<PartialDate> {
    let date = PartialDate::parse(&text.text);
    if date.is_none() {
        let instead = year_first(&text.text);
        diagnostics.push(codes::bad_date(text.span, &text.text, instead));
    }
    date
}

/// A date that must be one day.
pub fn day(text: &Text, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Day> {
    match date(text, diagnostics)? {
        PartialDate::Day(day) => Some(day),
        longer => {
            diagnostics.push(codes::whole_day_needed(text.span, key, &longer.to_string()));
            None
        }
    }
}

/// The date that `4.8.1914` or `1914/8/4` means; `8/4/1914` may mean two, and is left alone.
fn year_first(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let [year, month, day] = match (a.len(), c.len()) {
        (4, _) => [a, b, c],
        (_, 4) if text.contains('.') => [c, b, a],
        _ => return None,
    };
    let date = format!("{year}-{month:0>2}-{day:0>2}");
    PartialDate::parse(&date).map(|_| date)
}
