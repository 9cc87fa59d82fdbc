//! What two versions of the rules do to a corpus of scenarios.

use super::attribution::Attribution;
use super::corpus::{Bench, Source};
use super::edit::Comparison;
use super::family::{Because, Family, Member, families};
use super::moves::{Move, moves};
use super::page;
use super::snapshot::Snapshot;
use super::told::Told;
use super::trial;
use crate::project::Project;
use std::path::Path;

/// The effect on a corpus.
pub struct Effect {
    /// How many outcomes move.
    pub moved: usize,
    /// What moves, and why; members by the number of the scenario.
    pub families: Vec<Family>,
    /// Scenarios that have mistakes under one of the versions.
    pub broken: Vec<String>,
    /// Scenarios, by number, whose snapshot is the outcome of the new version.
    pub agreed: Vec<usize>,
    /// Scenarios whose snapshot is the outcome of neither version: nobody agreed to what is compared here.
    pub adrift: Vec<String>,
    /// Edits, by number, of which no scenario shows an effect.
    pub idle: Vec<usize>,
    /// For each scenario that moves, the edits that move it.
    pub causes: Vec<(usize, Vec<usize>)>,
    treaties: Vec<(usize, Vec<String>)>,
}

impl Effect {
    /// How many outcomes an edit of this treaty moves.
    pub fn moved_by(&self, treaty: &str) -> usize {
        let of = |(_, treaties): &&(usize, Vec<String>)| treaties.iter().any(|own| own == treaty);
        self.treaties.iter().filter(of).count()
    }
}

/// Applies both versions to every scenario that may be touched.
pub fn effect(
    comparison: &Comparison<'_>,
    old: &Project,
    new: &Project,
    scenarios: &[Source],
    untouched: &dyn Fn(&Source) -> bool,
) -> Effect {
    let mut effect = Effect {
        moved: 0,
        families: Vec::new(),
        broken: Vec::new(),
        agreed: Vec::new(),
        adrift: Vec::new(),
        idle: Vec::new(),
        causes: Vec::new(),
        treaties: Vec::new(),
    };
    if comparison.edits.is_empty() {
        return effect;
    }
    let tried: Vec<usize> = (0..scenarios.len())
        .filter(|at| !untouched(&scenarios[*at]))
        .collect();
    let sources: Vec<&Source> = tried.iter().map(|at| &scenarios[*at]).collect();
    let before = Bench::new(old).outcomes(&sources);
    let after = Bench::new(new).outcomes(&sources);
    let mut moved: Vec<(usize, Vec<Move>)> = Vec::new();
    for (at, (before, after)) in tried.into_iter().zip(before.iter().zip(&after)) {
        let is = |told: &Option<Told>, snapshot: &Snapshot| {
            told.as_ref()
                .is_some_and(|told| page::text(told) == snapshot.body)
        };
        if let Ok(Some(snapshot)) = Snapshot::load(Path::new(&scenarios[at].name)) {
            if is(after, &snapshot) {
                effect.agreed.push(at);
            } else if !is(before, &snapshot) {
                effect.adrift.push(scenarios[at].name.clone());
            }
        }
        match (before, after) {
            (Some(before), Some(after)) if before != after => {
                moved.push((at, moves(before, after)));
            }
            (Some(_), Some(_)) => {}
            _ => effect.broken.push(scenarios[at].name.clone()),
        }
    }
    effect.moved = moved.len();
    attribute(&mut effect, comparison, new, scenarios, moved);
    effect
}

fn attribute(
    effect: &mut Effect,
    comparison: &Comparison<'_>,
    new: &Project,
    scenarios: &[Source],
    moved: Vec<(usize, Vec<Move>)>,
) {
    let asked: Vec<(&Source, &[Move])> = moved
        .iter()
        .map(|(at, moves)| (&scenarios[*at], moves.as_slice()))
        .collect();
    let causes = Attribution::new(comparison).causes(&asked);
    let mut members: Vec<(Member, Because)> = Vec::new();
    let mut shown = vec![false; comparison.edits.len()];
    for ((scenario, moves), causes) in moved.into_iter().zip(causes) {
        let mut edits: Vec<usize> = causes
            .iter()
            .flat_map(super::attribution::Cause::edits)
            .copied()
            .collect();
        edits.sort_unstable();
        edits.dedup();
        for edit in &edits {
            shown[*edit] = true;
        }
        let treaties = edits
            .iter()
            .filter_map(|edit| comparison.edits[*edit].treaty.clone());
        effect.treaties.push((scenario, treaties.collect()));
        effect.causes.push((scenario, edits));
        for (one, cause) in moves.into_iter().zip(causes) {
            let because = trial::named(cause, &comparison.edits, &new.sources);
            members.push((Member { scenario, one }, because));
        }
    }
    effect.idle = (0..shown.len()).filter(|edit| !shown[*edit]).collect();
    effect.families = families(members);
}
