//! Clauses that stand in place of the same clause, both at once and on different terms, with no order between them.

use super::clinic::{Example, Patient};
use super::kind::{Kind, terms};
use crate::engine::{Displacement, Ground, PositionId};
use crate::extent::{Extent, Space};
use crate::model::ids::NormId;

/// Two clauses that both stand in place of a third.
#[derive(Clone, Debug)]
pub struct Rivalry {
    /// One.
    pub one: NormId,
    /// The other.
    pub other: NormId,
    /// What both stand in place of.
    pub over: NormId,
    /// What is owed, as a sentence.
    pub sentence: String,
    /// On which terms by the one, and by the other.
    pub terms: [String; 2],
    /// The scenario.
    pub example: Example,
}

impl Patient<'_, '_> {
    /// Rivals among these clauses; `plain` tells an extent with every clause as it stands.
    pub(super) fn rivalries(
        &mut self,
        own: &[NormId],
        plain: &dyn Fn(&mut Space, &Extent) -> Extent,
    ) -> Vec<Rivalry> {
        let mut found: Vec<Rivalry> = Vec::new();
        for at in 0..self.outcome.positions.len() {
            let by: Vec<Displacement> = self.outcome.positions[at].fate().displaced_by.clone();
            let by: Vec<Displacement> = by
                .into_iter()
                .filter(|one| one.ground == Ground::Clause)
                .collect();
            for (nth, one) in by.iter().enumerate() {
                for other in &by[nth + 1..] {
                    let ids = [one.by, other.by].map(|id| self.norm(id));
                    let known = found.iter().any(|own| [own.one, own.other] == ids);
                    if known || !ids.iter().all(|id| own.contains(id)) {
                        continue;
                    }
                    found.extend(self.rivalry(at, one, other, plain));
                }
            }
        }
        found
    }

    fn norm(&self, id: PositionId) -> NormId {
        self.slice.of[self.outcome.position(id).norm.index()]
    }

    fn rivalry(
        &mut self,
        over: usize,
        one: &Displacement,
        other: &Displacement,
        plain: &dyn Fn(&mut Space, &Extent) -> Extent,
    ) -> Option<Rivalry> {
        let book = self.side.book;
        let positions = [one.by, other.by].map(|id| self.outcome.position(id).clone());
        let norms = positions
            .each_ref()
            .map(|position| book.norm(position.norm));
        let own_terms = norms.map(|norm| terms(book, norm));
        if positions[0].norm == positions[1].norm
            || positions[0].arguments != positions[1].arguments
            || Kind::of(book, norms[0]) != Kind::of(book, norms[1])
            || own_terms[0] == own_terms[1]
        {
            return None;
        }
        let space = &mut self.outcome.space;
        let mut both = one.extent.and(&other.extent, space);
        for (position, rival) in [(&positions[0], other.by), (&positions[1], one.by)] {
            both = both.and(&position.holds, space);
            for displaced in position
                .fate()
                .displaced_by
                .iter()
                .filter(|own| own.by == rival)
            {
                both = both.without(&displaced.extent, space);
            }
        }
        let both = plain(space, &both);
        let example = self.example(&[(one.by.index(), both)])?;
        let [first, _] = &positions;
        Some(Rivalry {
            one: self.norm(one.by),
            other: self.norm(other.by),
            over: self.slice.of[self.outcome.positions[over].norm.index()],
            sentence: crate::wording::position(book, norms[0], &first.arguments, &first.binding),
            terms: own_terms,
            example,
        })
    }
}
