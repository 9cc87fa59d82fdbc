//! The mutants that no scenario notices: those of a provision that could be dropped whole are told as one, the others singly.

use super::Judged;
use crate::source::Span;
use rustc_hash::FxHashMap;

/// A clause, a line of a head or an area, or a reservation about which no scenario asks.
#[derive(Clone, Debug)]
pub struct Unasked<'j> {
    /// The mutant that has it not.
    pub dropped: &'j Judged,
    /// How many mutants of it survive, this one among them.
    pub survivors: usize,
}

impl Unasked<'_> {
    /// In a few words: what it is, and how many mutants of it survive.
    pub fn words(&self) -> String {
        let nobody = format!("nobody asks about this {}", self.dropped.mutant.kind());
        match self.survivors {
            1 => nobody,
            some => format!("{nobody}: {some} mutants of it survive"),
        }
    }
}

/// All survivors of a run.
#[derive(Clone, Debug, Default)]
pub struct Survivors<'j> {
    /// What could be dropped whole, in the order of the text.
    pub unasked: Vec<Unasked<'j>>,
    /// The survivors told singly: of what somebody asks about, and of the rest if they are wanted.
    pub single: Vec<&'j Judged>,
}

impl<'j> Survivors<'j> {
    /// Of these; `all`: those of a provision that nobody asks about are told singly too.
    pub fn of(judged: &'j [Judged], all: bool) -> Self {
        let mut found = Self::default();
        let survivors = || judged.iter().filter(|one| one.survives());
        let dropped = survivors().filter(|one| one.mutant.drops_all());
        let mut at: FxHashMap<Span, usize> = FxHashMap::default();
        for dropped in dropped {
            at.insert(dropped.mutant.span, found.unasked.len());
            found.unasked.push(Unasked {
                dropped,
                survivors: 0,
            });
        }
        for one in survivors() {
            let of = at.get(&one.mutant.span);
            if let Some(of) = of {
                found.unasked[*of].survivors += 1;
            }
            let told = of.is_some_and(|_| !all || one.mutant.drops_all());
            if !told {
                found.single.push(one);
            }
        }
        found
    }

    /// How many belong to a provision that nobody asks about.
    pub fn folded(&self) -> usize {
        self.unasked.iter().map(|one| one.survivors).sum()
    }
}
