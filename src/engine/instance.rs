//! Norms applied: a fact starts a norm, its variables are filled, and a position or a definition comes out.

use super::outcome::{Binding, Position, Turn};
use super::plan::{Pivot, Plan, Step, pattern_variables, pivot_pattern, term_variable};
use super::run::{Filled, Run};
use super::solve::{bind, value};
use super::store::{Origin, StoredFact};
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};
use crate::model::condition::{Class, Condition, Tense};
use crate::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use crate::model::norm::{Head, Modality, Mode, Norm, PositionHead};
use crate::model::sentence::{Amount, Atom, Pattern, PlaceTest, Spot, Term};
use crate::model::vocabulary::{PredicateKind, SLOTS};
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

/// Why standing norms about an act are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Somebody owes it, or is free to do it.
    Claim,
    /// Another norm, with this modality, is about it, or is a duty to help the other side.
    Clash(Modality),
    /// Somebody asks.
    Question,
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

impl<'a, 'e> Run<'a, 'e> {
    /// Starts a norm with a fact.
    pub(crate) fn fire(&mut self, id: NormId, fact: u32) {
        let engine = self.engine;
        let norm = engine.rulebook.norm(id);
        match engine.plans[id.index()].pivot {
            Pivot::Fact(index) => self.fire_with_fact(id, norm, index, fact),
            Pivot::Facts(_) => {
                let steps = &engine.plans[id.index()].steps;
                let binding = Binding::from_elem(None, norm.variables.len());
                let prompted = self.prompted(norm, fact);
                self.steps(id, steps, binding, &Extent::always(prompted), 0);
            }
            Pivot::Act => self.engage_with_fact(id, norm, fact),
            _ => {}
        }
    }

    fn fire_with_fact(&mut self, id: NormId, norm: &'e Norm, index: usize, fact: u32) {
        let Some(condition) = norm.conditions.get(index) else {
            return;
        };
        let Some(pattern) = pivot_pattern(condition) else {
            return;
        };
        let tense = if let Condition::Sentence { tense, .. } = innermost(condition) {
            *tense
        } else {
            Tense::Present
        };
        if self.is_out_of_force(id, norm, fact, tense != Tense::Present) {
            return;
        }
        let mut binding = Binding::from_elem(None, norm.variables.len());
        let Some((extent, depth)) =
            self.match_fact(fact, pattern, tense, norm.treaty, &mut binding)
        else {
            return;
        };
        let extent = extent.on(self.prompted(norm, fact), &mut self.space);
        if !self.begins((id, norm), (pattern, fact), &binding, &extent) {
            return;
        }
        match condition {
            Condition::Considers { who, .. } => self.fire_on_accounts(
                id,
                norm,
                condition,
                term_variable(*who).is_some(),
                &mut binding,
                &extent,
                depth,
            ),
            _ => self.steps(
                id,
                &self.engine.plans[id.index()].steps,
                binding,
                &extent,
                depth,
            ),
        }
    }

    /// The readings on which a fact may start a norm: one of record starts a position only if its subject is named.
    fn prompted(&mut self, norm: &Norm, fact: u32) -> Readings {
        match norm.head {
            Head::Deem(_) => Readings::ALL,
            Head::Position(_) => self.prompting(fact),
        }
    }

    /// `when R considers that ...`: once for each R who may hold that view.
    #[allow(clippy::too_many_arguments, reason = "one step of one search")]
    fn fire_on_accounts(
        &mut self,
        id: NormId,
        norm: &'e Norm,
        condition: &'e Condition,
        open: bool,
        binding: &mut Binding,
        extent: &Extent,
        depth: u32,
    ) {
        let Condition::Considers { who, what } = condition else {
            return;
        };
        let steps = &self.engine.plans[id.index()].steps;
        if !open || value(*who, binding).is_some() {
            if let Some(actor) = value(*who, binding) {
                let whole = self.on_nested_account(what, extent, actor, binding);
                self.steps(id, steps, binding.clone(), &whole, depth);
            }
            return;
        }
        let candidates = match (
            norm.parties.iter().find(|(term, _)| term == who),
            norm.treaty,
        ) {
            (Some((_, role)), Some(treaty)) => {
                self.class_members(&Class::Party(treaty, role.clone()))
            }
            _ => self.cast.clone(),
        };
        for actor in candidates {
            let mut inner = binding.clone();
            if bind(*who, Some(actor), &mut inner) {
                let whole = self.on_nested_account(what, extent, actor, &inner);
                self.steps(id, steps, inner, &whole, depth);
            }
        }
    }

    fn on_nested_account(
        &mut self,
        what: &'e Condition,
        extent: &Extent,
        actor: EntityId,
        binding: &Binding,
    ) -> Extent {
        let inner = match what {
            Condition::Considers { who, what } => match value(*who, binding) {
                Some(other) => self.on_nested_account(what, extent, other, binding),
                None => extent.clone(),
            },
            _ => extent.clone(),
        };
        self.on_account(&inner, actor)
    }

    /// Starts a norm that waits for a position or for nothing in particular.
    pub(crate) fn fire_unprompted(&mut self, id: NormId) {
        let norm = self.engine.rulebook.norm(id);
        if norm.treaty.is_some_and(|treaty| !self.is_allowed(treaty)) {
            return;
        }
        let plan = &self.engine.plans[id.index()];
        let binding = Binding::from_elem(None, norm.variables.len());
        match &plan.pivot {
            Pivot::Position(index, scope) => {
                if scope.iter().all(|norm| {
                    !self.granted.has(*norm) && self.engine.rulebook.norm(*norm).triggered
                }) {
                    return;
                }
                // The other steps were planned after this condition; it comes first here.
                let Some(condition) = norm.conditions.get(*index) else {
                    return;
                };
                let mut binding = binding;
                let mut found: Vec<(Binding, Extent, u32)> = Vec::new();
                self.solutions(
                    condition,
                    norm.treaty,
                    &mut binding,
                    &mut |_, binding, extent, depth| {
                        found.push((binding.clone(), extent.clone(), depth));
                    },
                );
                for (binding, extent, depth) in found {
                    self.steps(id, &plan.steps, binding, &extent, depth);
                }
            }
            Pivot::Nothing => {
                let concerned = match norm.treaty {
                    Some(treaty) => self.concerns_cast(treaty),
                    None => Readings::ALL,
                };
                self.steps(id, &plan.steps, binding, &Extent::always(concerned), 0);
            }
            _ => {}
        }
    }

    /// The readings on which the events name somebody who is at some time bound by the treaty.
    fn concerns_cast(&mut self, treaty: TreatyId) -> Readings {
        let mut cast = self.cast.clone();
        let life = self.life(treaty);
        cast.retain(|actor| !life.of(*actor).is_empty());
        if cast.is_empty() {
            Readings::NONE
        } else {
            self.named(&cast)
        }
    }

    /// Walks the plan of a norm and emits what comes out at its end.
    fn steps(
        &mut self,
        id: NormId,
        steps: &'a [Step],
        mut binding: Binding,
        extent: &Extent,
        depth: u32,
    ) {
        if extent.is_never() {
            return;
        }
        let norm = self.engine.rulebook.norm(id);
        let Some((step, rest)) = steps.split_first() else {
            return self.emit(id, norm, &binding, extent, depth);
        };
        match step {
            Step::Test(index) => {
                let condition = &norm.conditions[*index];
                match self.by_itself(condition, &binding) {
                    Some(true) => return self.steps(id, rest, binding, extent, depth),
                    Some(false) => return,
                    None => {}
                }
                for (deeper, truth) in self.truth_by_depth(condition, norm.treaty, &mut binding) {
                    let both = extent.and(&truth, &mut self.space);
                    self.steps(id, rest, binding.clone(), &both, depth.max(deeper));
                }
            }
            Step::Join(index) => {
                self.solutions(
                    &norm.conditions[*index],
                    norm.treaty,
                    &mut binding,
                    &mut |run, binding, found, deeper| {
                        let both = extent.and(found, &mut run.space);
                        run.steps(id, rest, binding.clone(), &both, depth.max(deeper));
                    },
                );
            }
            Step::Party(index) => {
                let (Some((term, role)), Some(treaty)) = (norm.parties.get(*index), norm.treaty)
                else {
                    return;
                };
                for actor in self.parties(treaty, role.as_ref()) {
                    let mut inner = binding.clone();
                    if bind(*term, Some(actor), &mut inner) {
                        self.steps(id, rest, inner, extent, depth);
                    }
                }
            }
        }
    }

    fn emit(&mut self, id: NormId, norm: &'e Norm, binding: &Binding, extent: &Extent, depth: u32) {
        match &norm.head {
            Head::Deem(pattern) => self.define(id, norm, pattern, binding, extent, depth),
            Head::Position(_) => {
                let applies = self.applies(norm, binding);
                let applies = self.since_done(norm, binding, applies);
                let extent = self.in_view(norm, extent.clone());
                let start = applies.and(&extent, &mut self.space);
                self.grant(id, norm, binding, &extent, (&applies, &start), depth);
            }
        }
    }

    /// The days on which the treaty applies to those whom the norm calls parties (M4).
    pub(crate) fn applies(&mut self, norm: &'e Norm, binding: &Binding) -> Extent {
        let Some(treaty) = norm.treaty else {
            return Extent::always(Readings::ALL);
        };
        let life = self.life(treaty);
        // Nobody is bound on a day on which the treaty is not in force.
        let mut bound: Option<Extent> = None;
        for (term, role) in &norm.parties {
            let Some(actor) = value(*term, binding) else {
                return Extent::never();
            };
            let own = self.bound(&life, actor, role.as_ref());
            bound = Some(bound.map_or_else(|| own.clone(), |all| all.and(&own, &mut self.space)));
        }
        let extent = bound.unwrap_or_else(|| life.in_force.clone());
        let extent = self.stretched(norm, extent);
        self.while_written(norm, extent)
    }

    /// Backward, where the treaty is retroactive; onward, where the norm outlives it.
    pub(crate) fn stretched(&mut self, norm: &Norm, mut extent: Extent) -> Extent {
        let treaty = norm.treaty.map(|id| self.engine.rulebook.treaty(id));
        if treaty.is_some_and(|treaty| treaty.retroactive) {
            // Nothing is known of days beyond the horizon.
            let days = Days {
                first: Day::FIRST,
                last: self.horizon,
            };
            let known = extent.and(&Extent::days(days, Readings::ALL), &mut self.space);
            let sooner = known.eventually(&mut self.space);
            extent = extent.or(&sooner, &mut self.space);
        }
        if matches!(&norm.head, Head::Position(head) if head.outlives) {
            extent = extent.once(&mut self.space);
        }
        extent
    }

    /// The days on which the article is part of the treaty and of the view.
    pub(crate) fn written(&mut self, norm: &Norm) -> Extent {
        self.as_written(norm, Extent::always(Readings::ALL))
    }

    /// Narrowed to the days on which the article is part of the treaty and of the view.
    fn as_written(&mut self, norm: &Norm, extent: Extent) -> Extent {
        let extent = self.while_written(norm, extent);
        self.in_view(norm, extent)
    }

    fn while_written(&mut self, norm: &Norm, extent: Extent) -> Extent {
        if norm.dates == Days::ALWAYS {
            return extent;
        }
        extent.and(&Extent::days(norm.dates, Readings::ALL), &mut self.space)
    }

    fn in_view(&mut self, norm: &Norm, extent: Extent) -> Extent {
        let Some(layer) = norm.layer else {
            return extent;
        };
        let visible = self.layer(layer);
        extent.and(&visible, &mut self.space)
    }

    fn define(
        &mut self,
        id: NormId,
        norm: &'e Norm,
        pattern: &'e Pattern,
        binding: &Binding,
        extent: &Extent,
        depth: u32,
    ) {
        let arguments = pattern.terms.map(|term| value(term, binding));
        let place = pattern
            .place
            .as_ref()
            .and_then(|place| named_place(place, binding));
        let extent = self.as_written(norm, extent.clone());
        let key = (id, arguments, place);
        let known = self.defined.get(&key).copied();
        let (mut extent, mut depth) = (extent, depth);
        if let Some(index) = known {
            let fact = self.fact(index);
            let (before, own) = (fact.extent.clone(), fact.depth);
            depth = first_depth((&before, own), (&extent, depth));
            extent = before.or(&extent, &mut self.space);
        }
        if extent.is_never() {
            return;
        }
        let lasts = self.engine.rulebook.predicate(pattern.predicate).lasts;
        let act_days = if lasts {
            extent.clone()
        } else {
            extent.onsets(&mut self.space)
        };
        if let Some(index) = known {
            return self.change_fact(index, &extent, &act_days, depth);
        }
        let made = self.add_fact(StoredFact {
            predicate: pattern.predicate,
            arguments,
            place,
            amount: pattern.amount.as_ref(),
            act_days,
            extent,
            scope: norm.treaty,
            depth,
            origin: Origin::Defined(id),
            implied_by: None,
        });
        if let Some(index) = made {
            self.defined.insert(key, index);
        }
    }

    /// Makes a position or adds to one.
    pub(crate) fn grant(
        &mut self,
        id: NormId,
        norm: &'e Norm,
        binding: &Binding,
        conditions: &Extent,
        (applies, start): (&Extent, &Extent),
        depth: u32,
    ) {
        let Head::Position(head) = &norm.head else {
            return;
        };
        let arguments = head.act.terms.map(|term| value(term, binding));
        if arguments[0].is_some() && arguments[1..].contains(&arguments[0]) {
            return;
        }
        let key = (id, arguments);
        let known = self.granted.find(id, &arguments, &self.positions);
        // A way in which the treaty has not yet applied keeps nothing up (C16).
        let applied = applies.once(&mut self.space);
        let conditions = &conditions.and(&applied, &mut self.space);
        if conditions.is_never() || start.is_never() && !norm.triggered {
            return;
        }
        let [until, before] = [&head.until, &head.before].map(|condition| match condition {
            Some(condition) => {
                let so = self.truth(condition, norm.treaty, &mut binding.clone());
                so.onsets(&mut self.space)
            }
            None => Extent::never(),
        });
        let comes_too_soon = !before.is_never();
        let turn = Turn {
            binding: binding.clone(),
            conditions: conditions.clone(),
            until,
            before,
        };
        if start.is_never() && known.is_none() {
            // These conditions start nothing, but what others start goes on while they hold.
            let waiting = self.waiting.entry(key).or_default();
            match waiting.iter_mut().find(|own| own.binding == turn.binding) {
                Some(own) => own.add(&turn, &mut self.space),
                None => waiting.push(turn),
            }
            return;
        }
        let index = match known {
            Some(index) => index,
            None => self.add_position(key, binding, depth),
        };
        if !self.silent {
            self.positions[index as usize].silent = false;
        }
        let position = &mut self.positions[index as usize];
        position.depth = first_depth((&position.start, position.depth), (start, depth));
        if head.act.place.is_some() {
            let since = conditions.once(&mut self.space);
            position.add_way(binding, &since, &mut self.space);
        }
        let conditions = position.conditions.or(conditions, &mut self.space);
        let start = position.start.or(start, &mut self.space);
        self.unsettled |= conditions != position.conditions
            || start != position.start
            || comes_too_soon
            || head.act.place.is_some();
        (position.conditions, position.start) = (conditions, start);
        position.add_turn(turn, &mut self.space);
        self.stale.push(index);
    }

    /// A new position, with what has waited for it.
    fn add_position(&mut self, key: Filled, binding: &Binding, depth: u32) -> u32 {
        let (norm, arguments) = key;
        let index = self.positions.len() as u32;
        let mut position = Position::new(norm, arguments, binding.clone(), depth);
        position.silent = self.silent;
        self.unsettled = true;
        for turn in self.waiting.remove(&key).into_iter().flatten() {
            position.conditions = position.conditions.or(&turn.conditions, &mut self.space);
            position.add_turn(turn, &mut self.space);
        }
        self.positions.push(position);
        self.granted.add(&self.positions);
        index
    }

    /// A fact engages a standing norm whose act it matches (M9), unless the record brings it after all days that count.
    fn engage_with_fact(&mut self, id: NormId, norm: &'e Norm, fact: u32) {
        let Head::Position(head) = &norm.head else {
            return;
        };
        let (predicate, arguments, scope, first) = {
            let fact = self.fact(fact);
            let first = fact.extent.first_day();
            (fact.predicate, fact.arguments, fact.scope, first)
        };
        if scope.is_some() && scope != norm.treaty || first.is_none_or(|day| day > self.horizon) {
            return;
        }
        let verb = self.verb(predicate);
        if verb != predicate && head.modality != Modality::Duty {
            return;
        }
        let predicate = verb;
        // A broader act than that of the norm has to do with it as well, and so has the refusal of a narrower one.
        let own = head.act.predicate;
        let narrower = self.engine.broader[predicate.index()].iter();
        let broader = self.engine.broader[own.index()].iter();
        let ways: SmallVec<[[Option<EntityId>; SLOTS]; 2]> = narrower
            .filter(|implied| implied.predicate == own)
            .map(|implied| implied.read(&arguments))
            .chain(
                broader
                    .filter(|implied| implied.predicate == predicate)
                    .map(|implied| read_as(implied, &arguments)),
            )
            .collect();
        for arguments in ways {
            self.engage_as(id, norm, head, &arguments);
        }
    }

    fn engage_as(
        &mut self,
        id: NormId,
        norm: &'e Norm,
        head: &'e PositionHead,
        arguments: &[Option<EntityId>; SLOTS],
    ) {
        let mut binding = Binding::from_elem(None, norm.variables.len());
        if head.modality == Modality::Prohibition && leaves_out(head, arguments)
            || !self.may_stand_for(norm, head, arguments)
            || !loosely_unify(&head.act.terms, arguments, &mut binding)
        {
            return;
        }
        for (found, extent, depth) in self.standing_solutions(id, binding) {
            if self.may_bear(norm, head, &found, &extent, arguments[0]) {
                self.grant(id, norm, &found, &extent, (&extent, &extent), depth);
            }
        }
    }

    /// Whether somebody, if anybody is named, is one of the bearers of a joint position on some day up to the horizon.
    fn may_bear(
        &mut self,
        norm: &'e Norm,
        head: &'e PositionHead,
        binding: &Binding,
        extent: &Extent,
        who: Option<EntityId>,
    ) -> bool {
        let (Some(who), Some(_)) = (who, &head.group) else {
            return true;
        };
        let arguments = head.act.terms.map(|term| value(term, binding));
        let bearers = self.performers(norm, &arguments);
        let mut own = bearers.into_iter().filter(|(bearer, _)| *bearer == who);
        own.any(|(_, member)| {
            let first = member.and(extent, &mut self.space).first_day();
            first.is_some_and(|day| day <= self.horizon)
        })
    }

    /// The verb; of a refusal, that which is refused.
    pub(crate) fn verb(&self, predicate: PredicateId) -> PredicateId {
        match self.engine.rulebook.predicate(predicate).kind {
            PredicateKind::Refusal { of } => of,
            _ => predicate,
        }
    }

    /// Positions that arose engage standing norms about the same act, a kind of it, or one of which it is a kind (M9).
    pub(crate) fn engage_with_positions(&mut self) {
        let engine = self.engine;
        let known = self.positions.len();
        while self.engaged < known {
            let position = &self.positions[self.engaged];
            self.engaged += 1;
            let norm = engine.rulebook.norm(position.norm);
            let Head::Position(head) = &norm.head else {
                continue;
            };
            let does = matches!(head.modality, Modality::Duty | Modality::Permission);
            let loud = norm.triggered && does;
            let own = head.act.predicate.index();
            let concerns = engine.engages[own] || !engine.sides[own].is_empty();
            if head.modality == Modality::Power || !concerns {
                continue;
            }
            // What others bring in may displace it or give way to it, and is not reported for that.
            let why = if loud {
                Why::Claim
            } else {
                Why::Clash(head.modality)
            };
            let silent = std::mem::replace(&mut self.silent, !loud);
            let (own, named) = (head.act.predicate, position.arguments);
            let arises = Days {
                first: Day::FIRST,
                last: self.horizon,
            };
            let arises = Extent::days(arises, Readings::ALL).and(&position.arisen, &mut self.space);
            for (bearer, member) in self.performers(norm, &named) {
                if member.and(&arises, &mut self.space).is_never() {
                    continue;
                }
                let mut arguments = named;
                arguments[0] = Some(bearer);
                for implied in &engine.broader[own.index()] {
                    let mapped = implied.read(&arguments);
                    self.engage(implied.predicate, &mapped, why);
                }
                for implied in &engine.narrower[own.index()] {
                    self.engage(implied.predicate, &read_as(implied, &arguments), why);
                }
                if head.modality == Modality::Duty {
                    self.silent = true;
                    self.engage_other_side(head, &arguments);
                    self.silent = !loud;
                }
            }
            self.silent = silent;
        }
    }

    /// Standing duties to help those against whom this duty helps.
    fn engage_other_side(&mut self, head: &'e PositionHead, arguments: &[Option<EntityId>; SLOTS]) {
        let engine = self.engine;
        let why = Why::Clash(Modality::Duty);
        for implied in &engine.broader[head.act.predicate.index()] {
            let predicate = engine.rulebook.predicate(implied.predicate);
            let slot = |role: &str| predicate.roles.iter().position(|own| own == role);
            let (true, Some(object), Some(against)) =
                (predicate.takes_sides, slot("object"), slot("against"))
            else {
                continue;
            };
            let mut other = implied
                .slots
                .map(|slot| slot.and_then(|slot| arguments[slot as usize]));
            other.swap(object + 1, against + 1);
            if other[object + 1].is_none() || other[against + 1].is_none() {
                continue;
            }
            self.engage(implied.predicate, &other, why);
            for narrower in &engine.narrower[implied.predicate.index()] {
                self.engage(narrower.predicate, &read_as(narrower, &other), why);
            }
        }
    }

    /// Standing duties that time alone may breach, for norms of a level that ask about breaches.
    pub(crate) fn bring_in(&mut self, level: usize) {
        let engine = self.engine;
        let silent = std::mem::replace(&mut self.silent, true);
        for id in &engine.lapsing[level] {
            let norm = engine.rulebook.norm(*id);
            if norm.treaty.is_some_and(|treaty| !self.is_allowed(treaty)) {
                continue;
            }
            let binding = Binding::from_elem(None, norm.variables.len());
            for (found, extent, depth) in self.standing_solutions(*id, binding) {
                self.grant(*id, norm, &found, &extent, (&extent, &extent), depth);
            }
        }
        self.silent = silent;
    }

    /// Standing norms that somebody asks about, or all of them among the actors of the scenario, are positions too.
    pub(crate) fn engage_with_questions(&mut self) {
        self.silent = true;
        for query in std::mem::take(&mut self.asked) {
            let mut wanted = query.act.arguments;
            wanted[0] = query.bearer;
            self.engage(query.act.predicate, &wanted, Why::Question);
            for implied in &self.engine.narrower[query.act.predicate.index()] {
                self.engage(implied.predicate, &read_as(implied, &wanted), Why::Question);
            }
            self.asked.push(query);
        }
        if self.all {
            self.engage_among_cast();
        }
        self.silent = false;
    }

    fn engage_among_cast(&mut self) {
        let mut predicates: Vec<PredicateId> = (0..self.engine.rulebook.norms.len() as u32)
            .map(NormId)
            .filter(|id| self.engine.plans[id.index()].pivot == Pivot::Act)
            .filter_map(|id| match &self.engine.rulebook.norm(id).head {
                Head::Position(head) => Some(head.act.predicate),
                Head::Deem(_) => None,
            })
            .collect();
        predicates.sort_unstable();
        predicates.dedup();
        let cast = self.cast.clone();
        for predicate in predicates {
            for one in &cast {
                self.engage(predicate, &[Some(*one), None, None, None], Why::Question);
                for other in cast.iter().filter(|other| *other != one) {
                    self.engage(
                        predicate,
                        &[Some(*one), Some(*other), None, None],
                        Why::Question,
                    );
                }
            }
        }
    }

    /// Standing norms about such an act.
    fn engage(&mut self, predicate: PredicateId, arguments: &[Option<EntityId>; SLOTS], why: Why) {
        let engine = self.engine;
        let mut norms = Vec::new();
        engine
            .standing
            .find_compatible(predicate, arguments, &mut norms);
        for treaty in self.touched_treaties() {
            norms.extend(
                engine.norms_of[treaty.index()]
                    .iter()
                    .copied()
                    .filter(|norm| engine.stands_on(*norm, predicate)),
            );
        }
        norms.sort_unstable();
        norms.dedup();
        // What later levels derive may still bear on the conditions of the others.
        let from = self.settled_to.map_or(0, |level| level + 1);
        norms.retain(|id| (from..=self.level).contains(&engine.levels[id.index()].into()));
        for id in norms {
            let norm = engine.rulebook.norm(id);
            let Head::Position(head) = &norm.head else {
                continue;
            };
            let forbids = head.modality == Modality::Prohibition;
            let clashes = match why {
                Why::Clash(Modality::Duty) if head.modality == Modality::Duty => true,
                Why::Clash(with) => forbids != (with == Modality::Prohibition),
                Why::Claim | Why::Question => true,
            };
            let allowed = norm.treaty.is_none_or(|treaty| self.is_allowed(treaty));
            if norm.triggered || !allowed || !clashes {
                continue;
            }
            let mut binding = Binding::from_elem(None, norm.variables.len());
            // A prohibition is meant only if everybody is named whom it names.
            let named = why == Why::Question || !forbids || !leaves_out(head, arguments);
            if named
                && self.may_stand_for(norm, head, arguments)
                && loosely_unify(&head.act.terms, arguments, &mut binding)
            {
                for (found, extent, depth) in self.standing_solutions(id, binding) {
                    if self.may_bear(norm, head, &found, &extent, arguments[0]) {
                        self.grant(id, norm, &found, &extent, (&extent, &extent), depth);
                    }
                }
            }
        }
    }

    /// Whether those whom an act names may be those whom `any state` and the like stand for.
    fn may_stand_for(
        &mut self,
        norm: &'e Norm,
        head: &'e PositionHead,
        arguments: &[Option<EntityId>; SLOTS],
    ) -> bool {
        (1..SLOTS).all(|slot| match (&head.act.classes[slot], arguments[slot]) {
            (Some(class), Some(entity)) => {
                !self.class_extent(entity, class, norm.treaty).is_never()
            }
            _ => true,
        })
    }

    /// The ways to fill the rest of a standing norm, with the days on which it holds.
    pub(crate) fn standing_solutions(
        &mut self,
        id: NormId,
        binding: Binding,
    ) -> Vec<(Binding, Extent, u32)> {
        let norm = self.engine.rulebook.norm(id);
        let mut bound: Vec<bool> = norm.variables.iter().map(|_| false).collect();
        for (index, entity) in binding.iter().enumerate() {
            bound[index] = entity.is_some();
        }
        let steps = Plan::with_bound(norm, self.engine.rulebook, bound);
        let mut found = Vec::new();
        self.standing_steps(
            norm,
            &steps,
            binding,
            (&Extent::always(Readings::ALL), 0),
            &mut found,
        );
        found
    }

    fn standing_steps(
        &mut self,
        norm: &'e Norm,
        steps: &[Step],
        mut binding: Binding,
        (extent, depth): (&Extent, u32),
        found: &mut Vec<(Binding, Extent, u32)>,
    ) {
        if extent.is_never() {
            return;
        }
        let Some((step, rest)) = steps.split_first() else {
            let Head::Position(head) = &norm.head else {
                return;
            };
            let complete = pattern_variables(&head.act)
                .iter()
                .all(|variable| binding[variable.index()].is_some());
            let holds = self.applies(norm, &binding).and(extent, &mut self.space);
            let holds = self.in_view(norm, holds);
            if complete && !holds.is_never() {
                found.push((binding, holds, depth));
            }
            return;
        };
        match step {
            Step::Test(index) => {
                let condition = &norm.conditions[*index];
                match self.by_itself(condition, &binding) {
                    Some(true) => {
                        return self.standing_steps(norm, rest, binding, (extent, depth), found);
                    }
                    Some(false) => return,
                    None => {}
                }
                for (deeper, truth) in self.truth_by_depth(condition, norm.treaty, &mut binding) {
                    let both = extent.and(&truth, &mut self.space);
                    let deepest = (&both, depth.max(deeper));
                    self.standing_steps(norm, rest, binding.clone(), deepest, found);
                }
            }
            Step::Join(index) => {
                let mut ways: Vec<(Binding, Extent, u32)> = Vec::new();
                self.solutions(
                    &norm.conditions[*index],
                    norm.treaty,
                    &mut binding,
                    &mut |_, binding, extent, deeper| {
                        ways.push((binding.clone(), extent.clone(), deeper));
                    },
                );
                for (binding, truth, deeper) in ways {
                    let both = extent.and(&truth, &mut self.space);
                    self.standing_steps(norm, rest, binding, (&both, depth.max(deeper)), found);
                }
            }
            Step::Party(index) => {
                let (Some((term, role)), Some(treaty)) = (norm.parties.get(*index), norm.treaty)
                else {
                    return;
                };
                for actor in self.parties(treaty, role.as_ref()) {
                    let mut inner = binding.clone();
                    if bind(*term, Some(actor), &mut inner) {
                        self.standing_steps(norm, rest, inner, (extent, depth), found);
                    }
                }
            }
        }
    }

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
        let (ways, space) = (&self.positions[index].fate().ways, &mut self.space);
        for (day, begun) in due.changes() {
            let mut left = *begun;
            for (binding, since) in ways {
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
}

/// Whether an act names nobody in a role that the position fills.
fn leaves_out(head: &PositionHead, arguments: &[Option<EntityId>; SLOTS]) -> bool {
    (1..SLOTS).any(|slot| head.act.terms[slot] != Term::Any && arguments[slot].is_none())
}

/// The place that a norm's act names: its first spot with `in`.
fn named_place(place: &PlaceTest, binding: &Binding) -> Option<EntityId> {
    let mut spots = place.spots.iter().filter(|_| !place.outside);
    spots.find_map(|spot| match spot {
        Spot::In(term) | Spot::TerritoryOf(term) => value(*term, binding),
        Spot::AdministeredBy(_) => None,
    })
}

/// Of two ways, the depth of that which comes first; of both on one day, the smaller.
fn first_depth(one: (&Extent, u32), other: (&Extent, u32)) -> u32 {
    match (one.0.first_day(), other.0.first_day()) {
        (Some(first), Some(second)) if first == second => one.1.min(other.1),
        (Some(first), Some(second)) if first < second => one.1,
        (_, None) => one.1,
        (_, Some(_)) => other.1,
    }
}

fn innermost(condition: &Condition) -> &Condition {
    match condition {
        Condition::Considers { what, .. } => innermost(what),
        other => other,
    }
}

/// The arguments of a broader act, in the slots of a narrower one.
pub(crate) fn read_as(
    narrower: &super::compiled::Implied,
    arguments: &[Option<EntityId>; SLOTS],
) -> [Option<EntityId>; SLOTS] {
    let mut mapped = [None; SLOTS];
    for (slot, from) in narrower.slots.iter().enumerate() {
        if let Some(from) = from {
            mapped[*from as usize] = arguments[slot];
        }
    }
    mapped
}

/// As unification, but a role that the sentence leaves out binds nothing.
fn loosely_unify(
    terms: &[crate::model::sentence::Term; SLOTS],
    arguments: &[Option<EntityId>; SLOTS],
    binding: &mut Binding,
) -> bool {
    terms
        .iter()
        .zip(arguments)
        .all(|(term, argument)| argument.is_none() || bind(*term, *argument, binding))
}
