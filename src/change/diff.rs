//! What two versions of the rules do to a corpus of scenarios.

use super::attribution::{Attribution, Cause};
use super::corpus::{Bench, Glance, Source, parallel};
use super::edit::Comparison;
use super::family::{Because, Family, Member, families};
use super::moves::{Move, moves};
use super::page;
use super::reach::Reach;
use super::snapshot::Snapshot;
use super::trial;
use super::untouched::Untouched;
use crate::project::Project;
use crate::source::Sources;
use std::path::Path;

/// The effect on a corpus.
pub struct Effect {
    /// How many scenarios an edit may have to do with: they were worked out on both versions.
    pub tried: usize,
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

/// Applies both versions to every scenario that an edit may touch.
pub fn effect(
    comparison: &Comparison<'_>,
    scenarios: &[Source],
    untouched: &Untouched<'_>,
) -> Effect {
    let mut effect = Effect {
        tried: 0,
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
    let (old, new) = comparison.versions();
    let benches = [Bench::new(old), Bench::new(new)];
    let texts = || [benches[0].texts(), benches[1].texts()];
    let looked = parallel(scenarios, &texts, &|texts, source| {
        look(source, &benches, texts, untouched)
    });
    let mut moved: Vec<(usize, Vec<Move>)> = Vec::new();
    for (at, look) in looked.into_iter().enumerate() {
        effect.tried += usize::from(!matches!(look, Look::Untouched));
        match look {
            Look::Untouched => {}
            Look::Broken => effect.broken.push(scenarios[at].name.clone()),
            Look::Touched { moves, standing } => {
                match standing {
                    Standing::None => {}
                    Standing::Agreed => effect.agreed.push(at),
                    Standing::Adrift => effect.adrift.push(scenarios[at].name.clone()),
                }
                moved.extend(moves.map(|moves| (at, moves)));
            }
        }
    }
    effect.moved = moved.len();
    attribute(&mut effect, comparison, new, scenarios, moved);
    effect
}

/// What both versions say of one scenario.
enum Look {
    /// The same: no edit has to do with it.
    Untouched,
    /// It has mistakes in one of them.
    Broken,
    /// What moves, if anything does.
    Touched {
        moves: Option<Vec<Move>>,
        standing: Standing,
    },
}

/// How the snapshot of a scenario stands to its outcomes.
enum Standing {
    /// It is that of the old version, or there is none.
    None,
    /// It is that of the new one.
    Agreed,
    /// It is neither.
    Adrift,
}

fn look(
    source: &Source,
    [old, new]: &[Bench<'_>; 2],
    [old_texts, new_texts]: &mut [Sources; 2],
    untouched: &Untouched<'_>,
) -> Look {
    if untouched.has(source) {
        return Look::Untouched;
    }
    let wanted = |reach: &Reach| !untouched.is_beyond_reach(source, reach);
    let before = match old.glance(source, old_texts, &wanted) {
        Glance::Passed => return Look::Untouched,
        Glance::Broken => return Look::Broken,
        Glance::Told(told) => told,
    };
    let Glance::Told(after) = new.glance(source, new_texts, &|_| true) else {
        return Look::Broken;
    };
    let standing = match Snapshot::load(Path::new(&source.name)) {
        Ok(Some(snapshot)) if page::text(&after) == snapshot.body => Standing::Agreed,
        Ok(Some(snapshot)) if page::text(&before) != snapshot.body => Standing::Adrift,
        _ => Standing::None,
    };
    Look::Touched {
        moves: (before != after).then(|| moves(&before, &after)),
        standing,
    }
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
    let causes = if comparison.edits.len() == 1 {
        // Without it, the versions are the same.
        let only = |(_, moves): &(usize, Vec<Move>)| vec![Cause::Edits(vec![0]); moves.len()];
        moved.iter().map(only).collect()
    } else {
        Attribution::new(comparison).causes(&asked)
    };
    let mut members: Vec<(Member, Because)> = Vec::new();
    let mut shown = vec![false; comparison.edits.len()];
    for ((scenario, moves), causes) in moved.into_iter().zip(causes) {
        let mut edits: Vec<usize> = causes.iter().flat_map(Cause::edits).copied().collect();
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
