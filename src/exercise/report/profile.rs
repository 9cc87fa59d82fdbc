//! Errors by legal element: what was overlooked, how often and by how many.

use crate::exercise::Element;
use crate::exercise::session::{Mark, Session};
use std::collections::{BTreeMap, BTreeSet};

/// How often each legal element was overlooked, and by how many teams; the most frequent first.
pub fn profile(session: &Session<'_>, marks: &[Mark]) -> Vec<(Element, usize, usize)> {
    let mut found: BTreeMap<Element, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for mark in marks {
        for feedback in session.feedback(mark) {
            if let Some(element) = feedback.element.filter(|_| feedback.credit < 1.0) {
                let (count, teams) = found.entry(element).or_default();
                *count += 1;
                teams.insert(&mark.ask.role);
            }
        }
    }
    let mut rows: Vec<(Element, usize, usize)> = found
        .into_iter()
        .map(|(element, (count, teams))| (element, count, teams.len()))
        .collect();
    rows.sort_by_key(|(element, count, _)| (std::cmp::Reverse(*count), *element));
    rows
}
