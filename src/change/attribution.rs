//! Which edit made an outcome move: tried by making each edit alone and by taking each back alone.

use super::corpus::{Bench, Depth, Reply, Source};
use super::edit::Comparison;
use super::moves::Move;
use crate::project::Project;
use std::cell::OnceCell;

/// Why an outcome moved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// These edits together; with each taken back, it does not move. By their numbers in the comparison.
    Edits(Vec<usize>),
    /// Each of these alone.
    AnyOf(Vec<usize>),
    /// The scenario was edited, not the rules.
    Scenario,
    /// No earlier version of the rules is at hand, or none of what was tried moves it.
    Unknown,
}

impl Cause {
    /// The edits, by number.
    pub fn edits(&self) -> &[usize] {
        match self {
            Self::Edits(edits) | Self::AnyOf(edits) => edits,
            Self::Scenario | Self::Unknown => &[],
        }
    }
}

/// A version with some of the edits, made ready when it is first wanted.
struct Variant {
    project: Option<Project>,
}

/// Tries edits on scenarios.
pub struct Attribution<'c> {
    comparison: &'c Comparison<'c>,
    alone: Vec<OnceCell<Variant>>,
    without: Vec<OnceCell<Variant>>,
}

impl<'c> Attribution<'c> {
    /// For the edits of a comparison.
    pub fn new(comparison: &'c Comparison<'c>) -> Self {
        let cells = || comparison.edits.iter().map(|_| OnceCell::new()).collect();
        Self {
            comparison,
            alone: cells(),
            without: cells(),
        }
    }

    /// The causes of the moves of scenarios, in their order. Each edit is made alone, and taken back alone, once for each
    /// scenario; what no edit does alone is narrowed down by halves.
    pub fn causes(&self, moved: &[(&Source, &[Move])]) -> Vec<Vec<Cause>> {
        let edits = self.comparison.edits.len();
        if edits == 0 {
            let unknown = |(_, moves): &(&Source, &[Move])| vec![Cause::Unknown; moves.len()];
            return moved.iter().map(unknown).collect();
        }
        let alone = self.tried(&self.alone, moved, |edit| vec![edit]);
        let without = if edits > 1 {
            self.tried(&self.without, moved, |edit| {
                (0..edits).filter(|other| *other != edit).collect()
            })
        } else {
            Vec::new()
        };
        let scenarios = moved.iter().enumerate();
        scenarios
            .map(|(at, (source, moves))| {
                let shown = |tried: &[Shown], number: usize| -> Vec<Option<bool>> {
                    let each = tried.iter().map(|tried| tried[at].as_ref());
                    each.map(|shown| shown.map(|shown| shown[number])).collect()
                };
                let of = |(number, one): (usize, &Move)| {
                    let makes = shown(&alone, number);
                    let keeps = shown(&without, number);
                    self.cause(source, one, &makes, &keeps)
                };
                moves.iter().enumerate().map(of).collect()
            })
            .collect()
    }

    /// For each edit, which moves of all scenarios the edits show that `chosen` gives for it.
    fn tried(
        &self,
        cells: &[OnceCell<Variant>],
        moved: &[(&Source, &[Move])],
        chosen: impl Fn(usize) -> Vec<usize>,
    ) -> Vec<Shown> {
        let each = cells.iter().enumerate();
        each.map(|(edit, cell)| {
            let variant = cell.get_or_init(|| Variant {
                project: self.comparison.with(&chosen(edit)),
            });
            shown(variant.project.as_ref(), moved)
        })
        .collect()
    }

    fn cause(
        &self,
        source: &Source,
        one: &Move,
        makes: &[Option<bool>],
        keeps: &[Option<bool>],
    ) -> Cause {
        let those = |shown: &[Option<bool>], wanted: bool| -> Vec<usize> {
            let all = shown.iter().enumerate();
            all.filter(|(_, shown)| **shown == Some(wanted))
                .map(|(at, _)| at)
                .collect()
        };
        match those(makes, true).as_slice() {
            [only] => Cause::Edits(vec![*only]),
            [] => {
                let needed = those(keeps, false);
                self.together(source, one, needed)
            }
            several => Cause::AnyOf(several.to_vec()),
        }
    }

    /// Edits of which none does it alone: those without which it does not move, if they are enough; else as few as halving finds.
    fn together(&self, source: &Source, one: &Move, needed: Vec<usize>) -> Cause {
        let all: Vec<usize> = (0..self.comparison.edits.len()).collect();
        let mut does = |edits: &[usize]| {
            let project = self.comparison.with(edits);
            let shown = shown(project.as_ref(), &[(source, std::slice::from_ref(one))]);
            shown.into_iter().flatten().flatten().any(|shown| shown)
        };
        if needed.len() > 1 && does(&needed) {
            return Cause::Edits(needed);
        }
        if !does(&all) {
            return Cause::Unknown;
        }
        if does(&[]) {
            return Cause::Scenario;
        }
        Cause::Edits(fewest(all, &mut does))
    }
}

/// For each scenario whether the outcome shows its moves; nothing for one with mistakes.
type Shown = Vec<Option<Vec<bool>>>;

fn shown(project: Option<&Project>, moved: &[(&Source, &[Move])]) -> Shown {
    let Some(project) = project else {
        return vec![None; moved.len()];
    };
    let sources: Vec<&Source> = moved.iter().map(|(source, _)| *source).collect();
    Bench::new(project).each(&sources, Depth::Outcome, &|at, reply| match reply {
        Reply::Told(judged) => {
            let moves = moved[at].1.iter();
            Some(moves.map(|one| one.is_in(&judged.told)).collect())
        }
        Reply::Broken(_) => None,
    })
}

/// A set of which no part can be left out (delta debugging: Zeller and Hildebrandt, 2002).
fn fewest(mut all: Vec<usize>, does: &mut dyn FnMut(&[usize]) -> bool) -> Vec<usize> {
    let mut parts = 2;
    while all.len() > 1 {
        let size = all.len().div_ceil(parts);
        let chunks: Vec<Vec<usize>> = all.chunks(size).map(<[usize]>::to_vec).collect();
        let rest = |chunk: &Vec<usize>| -> Vec<usize> {
            all.iter()
                .filter(|edit| !chunk.contains(edit))
                .copied()
                .collect()
        };
        if let Some(chunk) = chunks.iter().find(|chunk| does(chunk)) {
            all.clone_from(chunk);
            parts = 2;
        } else if let Some(rest) = chunks.iter().map(rest).find(|rest| does(rest)) {
            all = rest;
            parts = (parts - 1).max(2);
        } else if size == 1 {
            break;
        } else {
            parts = (parts * 2).min(all.len());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::fewest;

    #[test]
    fn halving_finds_what_is_needed_together() {
        for wanted in [vec![3], vec![0, 7], vec![1, 2, 6], (0..8).collect()] {
            let mut does = |edits: &[usize]| wanted.iter().all(|edit| edits.contains(edit));
            assert_eq!(fewest((0..8).collect(), &mut does), wanted);
        }
    }
}
