//! What a condition asks about treaties in force, positions and breaches.

use super::position::Binding;
use super::run::{MOST_TURNS, Run};
use super::solve::{Then, bind, unbound, value};
use crate::extent::{Extent, Readings};
use crate::model::condition::{Class, Scope};
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::{Head, Modality, Mode, Norm, PositionHead};
use crate::model::sentence::{Pattern, Term};
use crate::model::vocabulary::SLOTS;

/// The ways to fill a norm, with the days on which it holds and the depth.
type Ways = Vec<(Binding, Extent, u32)>;

/// A standing norm, filled as far as somebody has asked, while it is worked out whether it is held.
#[derive(Clone)]
pub(crate) struct Asked {
    norm: NormId,
    binding: Binding,
    known: Ways,
    /// It has led to the same question.
    leads_back: bool,
}

impl Asked {
    fn new(norm: NormId, binding: Binding) -> Self {
        Self {
            norm,
            binding,
            known: Ways::new(),
            leads_back: false,
        }
    }
}

impl<'a, 'e> Run<'a, 'e> {
    /// Whether a treaty is in force; an unbound one ranges over those that concern the actors of the scenario.
    pub(super) fn in_force(
        &mut self,
        treaty: Term,
        party: Term,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        if value(treaty, binding).is_some() {
            return self.in_force_for(treaty, party, binding, then);
        }
        for entity in self.treaties_of_cast() {
            let mut inner = binding.clone();
            if bind(treaty, Some(entity), &mut inner) {
                self.in_force_for(treaty, party, &mut inner, then);
            }
        }
    }

    /// With the treaty known: for whom it is in force, if that is asked.
    fn in_force_for(
        &mut self,
        treaty: Term,
        party: Term,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        let known = party == Term::Any || value(party, binding).is_some();
        let id = value(treaty, binding).and_then(|it| self.engine.rulebook.treaty_of(it));
        let (false, Some(id)) = (known, id) else {
            let extent = self.treaty_in_force(treaty, party, binding);
            return self.give(&extent, binding, then);
        };
        for member in self.life(id).members.clone() {
            let mut inner = binding.clone();
            if bind(party, Some(member.actor), &mut inner) {
                self.give(&member.extent, &mut inner, then);
            }
        }
    }

    fn treaty_in_force(&mut self, treaty: Term, party: Term, binding: &Binding) -> Extent {
        let Some(id) =
            value(treaty, binding).and_then(|entity| self.engine.rulebook.treaty_of(entity))
        else {
            return Extent::never();
        };
        match (party, value(party, binding)) {
            (Term::Any, _) => self.life(id).in_force.clone(),
            (_, Some(entity)) => self.class_extent(entity, &Class::Party(id, None), None),
            (_, None) => Extent::never(),
        }
    }

    /// Positions that hold (M4, M5), of standing norms worked out on demand.
    #[allow(clippy::too_many_arguments, reason = "one step of one search")]
    pub(super) fn held(
        &mut self,
        modality: Modality,
        bearer: Term,
        under: &'e Scope,
        act: Option<&'e Pattern>,
        towards: Term,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        for norm in self.norms_in(under) {
            let rule = self.engine.rulebook.norm(norm);
            let Head::Position(head) = &rule.head else {
                continue;
            };
            let counts = rule.treaty.is_none_or(|treaty| self.is_allowed(treaty));
            if !counts || !head.may_be_meant(modality, act) {
                continue;
            }
            if rule.triggered {
                for index in self.positions_of(norm) {
                    let (extent, depth) = {
                        let position = &self.positions[index as usize];
                        (position.holds.clone(), position.depth)
                    };
                    for (arguments, member) in self.borne_by(index, rule) {
                        let extent = extent.and(&member, &mut self.space);
                        if extent.is_never() {
                            continue;
                        }
                        for mut inner in meant(&arguments, bearer, act, towards, binding) {
                            then(self, &mut inner, &extent, depth);
                        }
                    }
                }
            } else {
                self.held_standing(norm, bearer, act, towards, binding, then);
            }
        }
    }

    fn held_standing(
        &mut self,
        norm: NormId,
        bearer: Term,
        act: Option<&'e Pattern>,
        towards: Term,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        let rule = self.engine.rulebook.norm(norm);
        let Head::Position(head) = &rule.head else {
            return;
        };
        let mut own = unbound(rule);
        for slot in 0..SLOTS {
            let wanted = if slot == 0 {
                value(bearer, binding)
            } else {
                act.and_then(|act| value(act.terms[slot], binding))
            };
            if wanted.is_some() && !bind(head.act.terms[slot], wanted, &mut own) {
                return;
            }
        }
        for (found, extent, depth) in self.held_ways(norm, head, own) {
            let mut arguments = head.act.terms.map(|term| value(term, &found));
            // Nobody owes an act to itself.
            if arguments[0].is_some() && arguments[1..].contains(&arguments[0]) {
                continue;
            }
            for (candidate, member) in self.performers(rule, &arguments) {
                let held = extent.and(&member, &mut self.space);
                arguments[0] = Some(candidate);
                if held.is_never() {
                    continue;
                }
                for mut inner in meant(&arguments, bearer, act, towards, binding) {
                    then(self, &mut inner, &held, depth);
                }
            }
        }
    }

    /// The ways to fill the rest of a standing norm, with the days on which it is held. What leads back to itself is held as far
    /// as anything else leads to it: what is known of it is worked out anew until nothing is added.
    fn held_ways(&mut self, id: NormId, head: &'e PositionHead, own: Binding) -> Ways {
        let asked = |open: &&mut Asked| open.norm == id && open.binding == own;
        if let Some(open) = self.asking.iter_mut().find(asked) {
            open.leads_back = true;
            return open.known.clone();
        }
        self.asking.push(Asked::new(id, own.clone()));
        for turn in 0.. {
            let mut found = self.standing_solutions(id, own.clone());
            for (binding, extent, _) in &mut found {
                *extent = self.while_held(id, head, binding, std::mem::take(extent));
            }
            let Some(open) = self.asking.last_mut() else {
                return found;
            };
            self.cut_off |= turn == MOST_TURNS;
            if !open.leads_back || open.known == found || self.cut_off {
                self.asking.pop();
                return found;
            }
            open.known = found;
        }
        Ways::new()
    }

    /// The days on which a standing position holds, what has discharged it left out.
    fn while_held(
        &mut self,
        id: NormId,
        head: &'e PositionHead,
        binding: &Binding,
        extent: Extent,
    ) -> Extent {
        let release = self.engine.rulebook.core.release;
        let may_end = head.until.is_some()
            || head.lapses_on_breach
            || head.mode == Mode::AnyOne
            || release.is_some_and(|release| !self.find(release, [None, None]).is_empty());
        if !may_end {
            return extent;
        }
        let rule = self.engine.rulebook.norm(id);
        let loud = std::mem::replace(&mut self.silent, true);
        self.grant(id, rule, binding, &extent, (&extent, &extent), 0);
        self.silent = loud;
        let arguments = head.act.terms.map(|term| value(term, binding));
        let Some(index) = self.granted.find(id, &arguments, &self.positions) else {
            return extent;
        };
        self.timeline(index as usize);
        self.positions[index as usize].holds.clone()
    }

    /// The arguments of a position for each of its bearers, and when each bears it.
    fn borne_by(&mut self, index: u32, rule: &'e Norm) -> Vec<([Option<EntityId>; SLOTS], Extent)> {
        let arguments = self.positions[index as usize].arguments;
        if arguments[0].is_some() {
            return vec![(arguments, Extent::always(Readings::ALL))];
        }
        let bearers = self.performers(rule, &arguments).into_iter();
        bearers
            .map(|(bearer, member)| {
                (
                    [Some(bearer), arguments[1], arguments[2], arguments[3]],
                    member,
                )
            })
            .collect()
    }

    pub(super) fn broken(
        &mut self,
        bearer: Term,
        under: &'e Scope,
        against: Term,
        perfect: bool,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        for norm in self.norms_in(under) {
            for index in self.positions_of(norm) {
                let (violated, depth) = {
                    let position = &self.positions[index as usize];
                    (position.fate().violated.clone(), position.depth)
                };
                if violated.is_never() {
                    continue;
                }
                let rule = self.engine.rulebook.norm(norm);
                for (arguments, member) in self.borne_by(index, rule) {
                    let mut extent = violated.and(&member, &mut self.space);
                    if perfect {
                        extent = extent.once(&mut self.space);
                    }
                    let mut inner = binding.clone();
                    if extent.is_never() || !bind(bearer, arguments[0], &mut inner) {
                        continue;
                    }
                    for other in concerned(against, &arguments, &inner) {
                        let mut inner = inner.clone();
                        if bind(against, other, &mut inner) {
                            then(self, &mut inner, &extent, depth);
                        }
                    }
                }
            }
        }
    }

    /// The norms that a reference means.
    fn norms_in(&self, under: &Scope) -> Vec<NormId> {
        let rulebook = self.engine.rulebook;
        let fits = |id: &NormId| rulebook.in_scope(rulebook.norm(*id), under);
        match under.treaty {
            Some(treaty) => self.engine.norms_of[treaty.index()]
                .iter()
                .copied()
                .filter(fits)
                .collect(),
            None => (0..rulebook.norms.len() as u32)
                .map(NormId)
                .filter(fits)
                .collect(),
        }
    }
}

/// The ways in which a position is the one that a condition means: the same roles filled alike.
fn meant(
    arguments: &[Option<EntityId>; SLOTS],
    bearer: Term,
    act: Option<&Pattern>,
    towards: Term,
    binding: &Binding,
) -> Vec<Binding> {
    let mut own = binding.clone();
    let roles = act.map(|act| act.terms.iter().zip(arguments).skip(1));
    let fits = bind(bearer, arguments[0], &mut own)
        && roles
            .into_iter()
            .flatten()
            .all(|(term, argument)| bind(*term, *argument, &mut own));
    if !fits {
        return Vec::new();
    }
    concerned(towards, arguments, &own)
        .into_iter()
        .filter_map(|other| {
            let mut way = own.clone();
            bind(towards, other, &mut way).then_some(way)
        })
        .collect()
}

/// Whom `against X` or `towards X` may mean: whoever the act names in any role, owners of possessions too.
fn concerned(
    term: Term,
    arguments: &[Option<EntityId>; SLOTS],
    binding: &Binding,
) -> Vec<Option<EntityId>> {
    if term == Term::Any {
        return vec![None];
    }
    let mut named: Vec<EntityId> = arguments[1..].iter().flatten().copied().collect();
    named.extend(
        named
            .clone()
            .into_iter()
            .filter_map(|entity| entity.possessed().map(|(_, owner)| owner)),
    );
    if let Some(known) = value(term, binding) {
        named.retain(|entity| *entity == known);
    }
    named.sort_unstable();
    named.dedup();
    named.into_iter().map(Some).collect()
}
