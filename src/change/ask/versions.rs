//! The question whether two versions of a rulebook can be told apart by any scenario, and by which.

use super::affected::{Affected, affected};
use super::answer::{Answer, Bounds, Contradiction};
use super::inquiry::{Goal, Inquiry, answers};
use super::kind::Kind;
use super::slice::{Dependencies, Slice};
use super::world::Side;
use crate::model::ids::NormId;
use crate::model::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// Two versions of a rulebook, and what parts them.
pub struct Versions<'r> {
    /// What the edits reach.
    pub affected: Affected,
    old: Dependencies<'r>,
    new: Dependencies<'r>,
}

impl<'r> Versions<'r> {
    /// Compares the texts; unless they say the same, what they reach is worked out.
    pub fn new(old: &'r Rulebook, new: &'r Rulebook) -> Self {
        let (old, new) = (Dependencies::new(old), Dependencies::new(new));
        Self {
            affected: affected(&old, &new),
            old,
            new,
        }
    }

    /// Whether every clause of one says what its partner in the other says, in whatever words, and nothing that differs reaches a
    /// clause.
    pub fn mean_the_same(&self) -> bool {
        let affected = &self.affected;
        let reached = !affected.old.is_empty() || !affected.new.is_empty();
        !reached && affected.lives.is_empty() && affected.one_sided.is_empty()
    }

    /// The kinds of obligations that the edits reach, by treaty.
    pub fn kinds(&self) -> BTreeMap<String, BTreeSet<Kind>> {
        let mut found: BTreeMap<String, BTreeSet<Kind>> = BTreeMap::new();
        let sides = [
            (&self.old, &self.affected.old),
            (&self.new, &self.affected.new),
        ];
        for (dependencies, norms) in sides {
            let book = dependencies.book;
            for kind in norms.iter().filter_map(|id| Kind::of(book, book.norm(*id))) {
                found.entry(kind.treaty.clone()).or_default().insert(kind);
            }
        }
        found
    }

    /// The kinds of obligations that one norm of the new version reaches, by treaty.
    pub fn kinds_reached_from(&self, norm: NormId) -> BTreeMap<String, BTreeSet<Kind>> {
        let reached = self.new.dependants(&std::iter::once(norm).collect());
        let book = self.new.book;
        let mut found: BTreeMap<String, BTreeSet<Kind>> = BTreeMap::new();
        for kind in reached
            .iter()
            .filter_map(|id| Kind::of(book, book.norm(*id)))
        {
            found.entry(kind.treaty.clone()).or_default().insert(kind);
        }
        found
    }

    /// Asks about kinds of obligations of one treaty.
    ///
    /// # Errors
    /// A witness that does not tell the versions apart.
    pub fn ask(
        &self,
        kinds: &BTreeSet<Kind>,
        bounds: Bounds,
    ) -> Result<BTreeMap<Kind, Answer>, Contradiction> {
        let inquiry = Inquiry::new(self, kinds.clone(), bounds);
        answers(vec![inquiry], Goal::Everything, &mut || true)
    }

    /// Asks about all kinds of obligations that the edits reach, those of edited treaties first; `go_on` is asked before each step
    /// whether there is time.
    ///
    /// # Errors
    /// A witness that does not tell the versions apart; a proof that does not check.
    pub fn ask_all(
        &self,
        bounds: Bounds,
        goal: Goal,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<BTreeMap<Kind, Answer>, Contradiction> {
        let mut all: Vec<(String, BTreeSet<Kind>)> = self.kinds().into_iter().collect();
        all.sort_by_key(|(treaty, _)| !self.affected.treaties.contains(treaty));
        let each = all.into_iter();
        let inquiries = each.map(|(_, kinds)| Inquiry::new(self, kinds, bounds));
        answers(inquiries.collect(), goal, go_on)
    }

    /// Both versions cut down to these kinds.
    pub(super) fn slices(&self, kinds: &BTreeSet<Kind>) -> [Slice; 2] {
        let wanted: Vec<Kind> = kinds.iter().cloned().collect();
        [&self.old, &self.new].map(|side| side.slice(side.cone(side.of_kinds(&wanted))))
    }

    /// Both versions made ready to be compared.
    pub(super) fn sides<'s>(
        &self,
        slices: &'s [Slice; 2],
        kinds: &BTreeSet<Kind>,
    ) -> [Side<'s>; 2] {
        let treaties: BTreeSet<String> = kinds.iter().map(|kind| kind.treaty.clone()).collect();
        let edited = [&self.affected.edited.0, &self.affected.edited.1];
        let side = |at: usize| Side::new(&slices[at], edited[at], &self.affected, &treaties);
        [side(0), side(1)]
    }
}
