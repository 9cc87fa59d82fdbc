//! Duties performed: the hypothetical acts of a cascade (M10).

use super::grant::named_place;
use super::run::Run;
use super::store::{Origin, StoredFact};
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};
use crate::model::fact::Assume;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::norm::{Head, Modality, Mode, Norm, PositionHead};
use crate::model::sentence::{Amount, Atom};
use crate::model::vocabulary::SLOTS;
use smallvec::SmallVec;

/// A hypothetical act: a duty performed.
#[derive(Clone, Debug)]
pub(crate) struct Act<'e> {
    pub(crate) predicate: PredicateId,
    pub(crate) arguments: [Option<EntityId>; SLOTS],
    pub(crate) place: Option<EntityId>,
    pub(crate) amount: Option<&'e Amount>,
    pub(crate) extent: Extent,
    pub(crate) depth: u32,
    /// The duty, by its number in the round that found it.
    pub(crate) position: u32,
}

impl Act<'_> {
    /// What it says.
    pub(crate) fn atom(&self) -> Atom {
        Atom {
            predicate: self.predicate,
            arguments: self.arguments,
            place: self.place,
            amount: self.amount.cloned(),
        }
    }

    /// By what acts are sorted.
    fn key(
        &self,
    ) -> (
        PredicateId,
        [Option<EntityId>; SLOTS],
        Option<EntityId>,
        u32,
    ) {
        (self.predicate, self.arguments, self.place, self.depth)
    }

    /// Whether it is the same act on the same days, at the same depth.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        self.key() == other.key() && self.amount == other.amount && self.extent == other.extent
    }
}

/// Of sorted acts, the first of those that are the same.
fn without_repeats<'e>(acts: Vec<Act<'e>>) -> Vec<Act<'e>> {
    let mut kept: Vec<Act<'e>> = Vec::with_capacity(acts.len());
    for act in acts {
        let mut alike = kept
            .iter()
            .rev()
            .take_while(|known| known.key() == act.key());
        if !alike.any(|known| known.same_as(&act)) {
            kept.push(act);
        }
    }
    kept
}

impl<'e> Run<'_, 'e> {
    /// The acts by which assumed states perform their duties (M10), in a fixed order.
    pub(crate) fn performed_acts(&mut self) -> Vec<Act<'e>> {
        let mut acts: Vec<Act<'e>> = Vec::new();
        for index in 0..self.positions.len() {
            let position = &self.positions[index];
            let norm = self.engine.rulebook.norm(position.norm);
            let Head::Position(head) = &norm.head else {
                continue;
            };
            if head.modality != Modality::Duty || !norm.triggered {
                continue;
            }
            let due = position
                .holds
                .without(&position.fate().displaced, &mut self.space)
                .without(&position.fate().suspended, &mut self.space);
            let due = due.without(&position.fate().fulfilled, &mut self.space);
            let (named, depth) = (position.arguments, position.depth);
            for (performer, member) in self.performers(norm, &named) {
                // What has always been owed never fell due, and nobody performs it.
                let due = due.and(&member, &mut self.space).once(&mut self.space);
                let days = Days {
                    first: Day::FIRST,
                    last: self.horizon.previous(),
                };
                let due = due.onsets(&mut self.space);
                let due = due.and(&Extent::days(days, Readings::ALL), &mut self.space);
                if due.is_never() || !self.performs(performer) {
                    continue;
                }
                let mut arguments = named;
                arguments[0] = Some(performer);
                for (place, extent) in self.begun_by_place(head, index, &due) {
                    acts.push(Act {
                        predicate: head.act.predicate,
                        arguments,
                        place,
                        amount: head.amount.as_ref().or(head.act.amount.as_ref()),
                        extent,
                        depth: depth + 1,
                        position: index as u32,
                    });
                }
            }
        }
        acts.sort_by_key(Act::key);
        without_repeats(acts)
    }

    /// From the day after a duty falls due, apart for each place that the first of the ways to it names.
    fn begun_by_place(
        &mut self,
        head: &'e PositionHead,
        index: usize,
        due: &Extent,
    ) -> Vec<(Option<EntityId>, Extent)> {
        let Some(test) = &head.act.place else {
            return vec![(None, due.once(&mut self.space).later(1))];
        };
        let mut found: Vec<(Option<EntityId>, Extent)> = Vec::new();
        let space = &mut self.space;
        let ways = self.positions[index].ways_since_it_arose(space);
        for (day, begun) in due.changes() {
            let mut left = *begun;
            for (binding, since) in &ways {
                let here = space.and(left, since.at(*day));
                if here == Readings::NONE {
                    continue;
                }
                left = space.without(left, here);
                let place = named_place(test, binding);
                let extent = Extent::from(day.next(), here);
                match found.iter_mut().find(|(known, _)| *known == place) {
                    Some((_, known)) => *known = known.or(&extent, space),
                    None => found.push((place, extent)),
                }
            }
        }
        found
    }

    /// Who can perform a position: its bearer, or the members of its group while they are members.
    pub(crate) fn performers(
        &mut self,
        norm: &'e Norm,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> SmallVec<[(EntityId, Extent); 1]> {
        let Head::Position(head) = &norm.head else {
            return SmallVec::new();
        };
        match (head.mode, &head.group, arguments[0]) {
            (Mode::Each, _, Some(bearer)) => {
                SmallVec::from_iter([(bearer, Extent::always(Readings::ALL))])
            }
            (Mode::Together | Mode::AnyOne, Some(group), _) => {
                let mut members = self.class_members(group);
                let named = arguments.iter().flatten();
                let named: Vec<EntityId> = named
                    .flat_map(|who| [Some(*who), who.possessed().map(|(_, owner)| owner)])
                    .flatten()
                    .collect();
                members.retain(|member| !named.contains(member));
                members
                    .into_iter()
                    .map(|member| (member, self.class_extent(member, group, norm.treaty)))
                    .collect()
            }
            _ => SmallVec::new(),
        }
    }

    /// Adds a hypothetical act.
    pub(crate) fn add_hypothetical(&mut self, act: &Act<'e>) {
        let lasts = self.engine.rulebook.predicate(act.predicate).lasts;
        let act_days = if lasts {
            act.extent.clone()
        } else {
            act.extent.onsets(&mut self.space)
        };
        self.add_fact(StoredFact {
            predicate: act.predicate,
            arguments: act.arguments,
            place: act.place,
            amount: act.amount,
            extent: act.extent.clone(),
            act_days,
            scope: None,
            depth: act.depth,
            origin: Origin::Performed(act.position),
            implied_by: None,
        });
    }

    /// Who performs duties.
    pub(crate) fn performs(&self, actor: EntityId) -> bool {
        match &self.assume {
            Assume::None => false,
            Assume::All => true,
            Assume::Only(list) => list.contains(&actor),
        }
    }
}
