//! Errors by legal element, and how well confidence fitted.

use crate::exercise::Element;
use crate::exercise::session::{Detail, Mark, Session};
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

/// How well confidence fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// How many claims came with a confidence.
    pub judgements: usize,
    /// The mean squared gap between confidence and outcome (Brier 1950).
    pub brier: f64,
}

/// The calibration of all claims that say how sure they are; `None` if none does.
pub fn calibration(marks: &[Mark]) -> Option<Calibration> {
    let mut gaps = Vec::new();
    for mark in marks {
        let Detail::Claims { claims, grade, .. } = &mark.detail else {
            continue;
        };
        for judged in &grade.claims {
            let confidence = claims.get(judged.claim).and_then(|claim| claim.confidence);
            if let Some(confidence) = confidence {
                let outcome = if judged.item.is_some() { 1.0 } else { 0.0 };
                let gap = f64::from(confidence) / 100.0 - outcome;
                gaps.push(gap * gap);
            }
        }
    }
    if gaps.is_empty() {
        return None;
    }
    let brier = gaps.iter().sum::<f64>() / f64::from(gaps.len() as u32);
    let judgements = gaps.len();
    Some(Calibration { judgements, brier })
}
