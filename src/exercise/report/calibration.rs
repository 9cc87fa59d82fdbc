//! How well confidence fitted: the Brier score, and from enough judgements on what came true of what was said.

use super::Block;
use super::after_action::words;
use crate::exercise::picture;
use crate::exercise::session::{Detail, Mark};

/// From so many judgements on a chart says something.
const ENOUGH: usize = 20;

/// How well confidence fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// How many claims and choices came with a confidence.
    pub judgements: usize,
    /// The mean squared gap between confidence and outcome (Brier 1950).
    pub brier: f64,
    /// By what was said, the least sure first.
    pub steps: Vec<Step>,
}

/// All judgements of one confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// In percent.
    pub said: u8,
    /// How many.
    pub judgements: usize,
    /// How many of them were right.
    pub right: usize,
}

impl Step {
    /// The share of those that were right, from 0 to 1.
    pub fn share(self) -> f64 {
        f64::from(self.right as u32) / f64::from(self.judgements.max(1) as u32)
    }
}

/// The calibration of all claims and choices that say how sure they are; `None` if none does.
pub fn calibration<'m>(marks: impl IntoIterator<Item = &'m Mark>) -> Option<Calibration> {
    let judged: Vec<(u8, bool)> = marks.into_iter().flat_map(judgements).collect();
    if judged.is_empty() {
        return None;
    }
    let gap = |(said, right): &(u8, bool)| {
        let outcome = if *right { 1.0 } else { 0.0 };
        (f64::from(*said) / 100.0 - outcome).powi(2)
    };
    let brier = judged.iter().map(gap).sum::<f64>() / f64::from(judged.len() as u32);
    let mut steps: Vec<Step> = Vec::new();
    let mut sorted = judged.clone();
    sorted.sort_unstable();
    for (said, right) in sorted {
        let right = usize::from(right);
        match steps.last_mut().filter(|step| step.said == said) {
            Some(step) => {
                step.judgements += 1;
                step.right += right;
            }
            None => steps.push(Step {
                said,
                judgements: 1,
                right,
            }),
        }
    }
    Some(Calibration {
        judgements: judged.len(),
        brier,
        steps,
    })
}

/// How sure each part of an answer was, and whether it was right.
fn judgements(mark: &Mark) -> Vec<(u8, bool)> {
    match &mark.detail {
        Detail::Claims { claims, grade, .. } => {
            let judged = grade.claims.iter().filter_map(|judged| {
                let said = claims.get(judged.claim)?.confidence?;
                Some((said, judged.item.is_some()))
            });
            judged.collect()
        }
        Detail::Chosen {
            confidence: Some(said),
            ..
        } => {
            let right = |points: f64| points >= f64::from(mark.of) - 1e-9;
            let judged = mark.points.map(|points| (*said, right(points)));
            judged.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// What the report says of it: beside the points, and never part of them.
pub(super) fn told(marks: &[Mark]) -> Vec<Block> {
    let Some(all) = calibration(marks) else {
        return Vec::new();
    };
    let text = format!(
        "Confidence: {} judgements, Brier score {:.3} (0 is perfect, 0.25 is a coin). It does not count for the points.",
        all.judgements, all.brier
    );
    let mut blocks = vec![Block::Paragraph(text)];
    let mut roles: Vec<&str> = marks.iter().map(|mark| mark.ask.role.as_str()).collect();
    roles.sort_unstable();
    roles.dedup();
    let rows = roles.into_iter().filter_map(|role| {
        let own = calibration(marks.iter().filter(|mark| mark.ask.role == role))?;
        let (judgements, brier) = (own.judgements.to_string(), format!("{:.3}", own.brier));
        Some(vec![role.to_owned(), judgements, brier])
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.len() > 1 {
        let head = words(&["team", "judgements", "Brier score"]);
        blocks.push(Block::Table(head, rows));
    }
    if all.judgements >= ENOUGH {
        blocks.extend(chart(&all));
    }
    blocks
}

/// What came true of what was said, as a picture and as a table.
fn chart(all: &Calibration) -> [Block; 2] {
    let points = all
        .steps
        .iter()
        .map(|step| (step.said, step.share(), step.judgements));
    let rows = all.steps.iter().map(|step| {
        vec![
            format!("{} %", step.said),
            step.judgements.to_string(),
            step.right.to_string(),
            format!("{:.0} %", step.share() * 100.0),
        ]
    });
    let head = words(&["said", "judgements", "right", "came true"]);
    [
        Block::Picture(picture::reliability(&points.collect::<Vec<_>>())),
        Block::Table(head, rows.collect()),
    ]
}
