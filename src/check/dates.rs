//! Dates of declarations: of an uncertain beginning the first possible day, of an uncertain end the last.

use crate::calendar::Days;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::check as codes;
use crate::model::entity::Existence;
use crate::syntax::ast;

/// `exists span, span`: each spell begins after the end of the one before.
pub(super) fn existence(spells: &[ast::Dates], diagnostics: &mut Vec<Diagnostic>) -> Existence {
    for pair in spells.windows(2) {
        if let [
            ast::Dates { until, .. },
            ast::Dates {
                from: Some(from), ..
            },
        ] = pair
            && until
                .as_ref()
                .is_none_or(|until| from.value.first() <= until.value.last())
        {
            diagnostics.push(codes::spells_overlap(from.span));
        }
    }
    Existence::of(
        spells
            .iter()
            .map(|spell| days(spell, diagnostics))
            .collect(),
    )
}

/// `[from D] [until D]`
pub(super) fn days(dates: &ast::Dates, diagnostics: &mut Vec<Diagnostic>) -> Days {
    let mut days = Days::ALWAYS;
    if let Some(from) = &dates.from {
        days.first = from.value.first();
    }
    if let Some(until) = &dates.until {
        days.last = until.value.last();
    }
    if let (Some(from), Some(until)) = (&dates.from, &dates.until)
        && days.last < days.first
    {
        let (first, last) = (from.value.to_string(), until.value.to_string());
        diagnostics
            .push(codes::end_before_beginning(until.span, &first, &last).also(from.span, ""));
    }
    days
}
