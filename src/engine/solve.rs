//! For whom, when and on which readings a condition holds.

use super::asked::says_where;
use super::life::Life;
use super::outcome::Binding;
use super::plan::where_variables;
use super::run::Run;
use super::store::Origin;
use crate::calendar::Period;
use crate::extent::{Extent, Readings};
use crate::model::condition::{Class, Condition, Scope, Tense};
use crate::model::ids::{EntityId, NormId, PredicateId, TreatyId};
use crate::model::norm::{Head, Modality, Mode, Norm, PositionHead};
use crate::model::question::{Question, Where};
use crate::model::sentence::{Atom, Pattern, PlaceTest, Spot, Term};
use crate::model::vocabulary::SLOTS;
use smallvec::{SmallVec, smallvec};

/// What to do with each solution: the binding, its extent and its depth in the cascade.
pub(crate) type Then<'t, 'a, 'e> = &'t mut dyn FnMut(&mut Run<'a, 'e>, &mut Binding, &Extent, u32);

/// Extents by the depth in the cascade of what they rest on.
pub(crate) type ByDepth = SmallVec<[(u32, Extent); 1]>;

/// Parties to a treaty.
pub(crate) type Parties = SmallVec<[EntityId; 8]>;

/// The entity a term stands for; `None` if it is unbound or anyone.
pub(crate) fn value(term: Term, binding: &Binding) -> Option<EntityId> {
    match term {
        Term::Entity(entity) => Some(entity),
        Term::Variable(variable) => binding.get(variable.index()).copied().flatten(),
        Term::Possession(word, variable) => {
            let owner = binding.get(variable.index()).copied().flatten()?;
            Some(EntityId::possession(word, owner))
        }
        Term::Any => None,
    }
}

/// Nobody is known yet of those of whom a norm speaks.
pub(crate) fn unbound(norm: &Norm) -> Binding {
    let mut binding = Binding::new();
    binding.resize(norm.variables.len(), None);
    binding
}

/// The same binding once more.
pub(crate) fn copied(binding: &Binding) -> Binding {
    // Faster than `clone`, which does not know that what it copies is plain.
    SmallVec::from_slice(binding)
}

/// Makes a term stand for an entity; false if it cannot.
pub(crate) fn bind(term: Term, entity: Option<EntityId>, binding: &mut Binding) -> bool {
    let (variable, entity) = match (term, entity) {
        (Term::Any, _) => return true,
        (_, None) => return false,
        (Term::Entity(own), Some(entity)) => return own == entity,
        (Term::Variable(variable), Some(entity)) => (variable, entity),
        (Term::Possession(word, variable), Some(entity)) => match entity.possessed() {
            Some((own, owner)) if own == word => (variable, owner),
            _ => return false,
        },
    };
    if binding.len() <= variable.index() {
        binding.resize(variable.index() + 1, None);
    }
    if let Some(known) = binding[variable.index()] {
        known == entity
    } else {
        binding[variable.index()] = Some(entity);
        true
    }
}

/// Binds all terms of a sentence to the arguments of a fact.
pub(crate) fn unify(
    terms: &[Term; SLOTS],
    arguments: &[Option<EntityId>; SLOTS],
    binding: &mut Binding,
) -> bool {
    terms
        .iter()
        .zip(arguments)
        .all(|(term, argument)| bind(*term, *argument, binding))
}

impl<'a, 'e> Run<'a, 'e> {
    /// The days and readings on which a condition holds for a binding; unbound variables: for anyone.
    pub(crate) fn truth(
        &mut self,
        condition: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
    ) -> Extent {
        let mut found = Extent::never();
        self.solutions(condition, within, binding, &mut |run, _, extent, _| {
            found = found.or(extent, &mut run.space);
        });
        found
    }

    /// The same, apart for each depth in the cascade of what it rests on.
    pub(crate) fn truth_by_depth(
        &mut self,
        condition: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
    ) -> ByDepth {
        let mut found = ByDepth::new();
        self.solutions(
            condition,
            within,
            binding,
            &mut |run, _, extent, depth| match found.iter_mut().find(|(own, _)| *own == depth) {
                Some((_, known)) => *known = known.or(extent, &mut run.space),
                None => found.push((depth, extent.clone())),
            },
        );
        found
    }

    /// Every way to fill the unbound variables of a condition.
    pub(crate) fn solutions(
        &mut self,
        condition: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        match condition {
            Condition::Sentence { pattern, tense } => {
                self.sentence(pattern, *tense, within, binding, then);
            }
            Condition::Is(term, class) => self.is_a(*term, class, within, binding, then),
            Condition::Same(a, b) => self.same(*a, *b, binding, then),
            Condition::InForce { treaty, party } => self.in_force(*treaty, *party, binding, then),
            Condition::Position {
                modality,
                bearer,
                under,
                act,
                towards,
            } => {
                self.held(
                    *modality,
                    *bearer,
                    under,
                    act.as_ref(),
                    *towards,
                    binding,
                    then,
                );
            }
            Condition::Breach {
                bearer,
                under,
                against,
                perfect,
            } => self.broken(*bearer, under, *against, *perfect, binding, then),
            Condition::Considers { who, what } => self.considers(*who, what, within, binding, then),
            Condition::Count { .. } => {
                for (depth, extent) in self.count(condition, within, binding) {
                    then(self, binding, &extent, depth);
                }
            }
            Condition::Reading(dispute, number) => {
                let readings = self.reading(*dispute, *number);
                self.give(&Extent::always(readings), binding, then);
            }
            Condition::Layer(layer) => {
                let extent = self.layer(*layer);
                self.give(&extent, binding, then);
            }
            Condition::Not(inner) => {
                let extent = self.truth(inner, within, binding).not(&mut self.space);
                self.give(&extent, binding, then);
            }
            Condition::All(parts) => self.all(
                parts,
                &Extent::always(Readings::ALL),
                0,
                within,
                binding,
                then,
            ),
            Condition::Any(parts) => {
                for part in parts {
                    self.solutions(part, within, binding, then);
                }
            }
        }
    }

    fn give(&mut self, extent: &Extent, binding: &mut Binding, then: Then<'_, 'a, 'e>) {
        if !extent.is_never() {
            then(self, binding, extent, 0);
        }
    }

    fn all(
        &mut self,
        parts: &'e [Condition],
        so_far: &Extent,
        depth: u32,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        let Some((first, rest)) = parts.split_first() else {
            return then(self, binding, so_far, depth);
        };
        self.solutions(
            first,
            within,
            binding,
            &mut |run, binding, extent, deeper| {
                let both = so_far.and(extent, &mut run.space);
                if !both.is_never() {
                    run.all(rest, &both, depth.max(deeper), within, binding, then);
                }
            },
        );
    }

    fn sentence(
        &mut self,
        pattern: &'e Pattern,
        tense: Tense,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        let known = [
            value(pattern.terms[0], binding),
            value(pattern.terms[1], binding),
        ];
        let placed = where_variables(pattern).next().is_some();
        for index in self.find(pattern.predicate, known) {
            let ways = if placed {
                self.with_places(index, pattern, binding)
            } else {
                smallvec![copied(binding)]
            };
            for mut inner in ways {
                if let Some((extent, depth)) =
                    self.match_fact(index, pattern, tense, within, &mut inner)
                {
                    then(self, &mut inner, &extent, depth);
                }
            }
        }
        if let Some(extent) = self.open(pattern, binding) {
            then(self, binding, &extent, 0);
        }
    }

    /// The ways to fill the variables that a sentence names only to say where: any place or owner, of a fact that names a place.
    fn with_places(
        &self,
        index: u32,
        pattern: &Pattern,
        binding: &Binding,
    ) -> SmallVec<[Binding; 1]> {
        let mut ways = smallvec![copied(binding)];
        for variable in where_variables(pattern) {
            if value(Term::Variable(variable), binding).is_some() {
                continue;
            }
            let all = self
                .fact(index)
                .place
                .into_iter()
                .flat_map(|_| (0..self.engine.rulebook.entities.len()).map(EntityId::new));
            let filled = |entity| {
                ways.iter().filter_map(move |way: &Binding| {
                    let mut way = way.clone();
                    bind(Term::Variable(variable), Some(entity), &mut way).then_some(way)
                })
            };
            ways = all.flat_map(filled).collect();
        }
        ways
    }

    /// Whether a fact says what a sentence says, when, and how deep in the cascade; binds variables.
    pub(crate) fn match_fact(
        &mut self,
        index: u32,
        pattern: &'e Pattern,
        tense: Tense,
        within: Option<TreatyId>,
        binding: &mut Binding,
    ) -> Option<(Extent, u32)> {
        let fact = self.fact(index);
        if fact.scope.is_some() && fact.scope != within
            || !unify(&pattern.terms, &fact.arguments, binding)
        {
            return None;
        }
        if let Some(least) = &pattern.amount
            && !fact.amount.is_some_and(|amount| least.is_met_by(amount))
        {
            return None;
        }
        let (arguments, depth) = (fact.arguments, fact.depth);
        let assumed = matches!(fact.origin, Origin::Assumed(_));
        let mut extent = fact.extent.clone();
        for (class, argument) in pattern.classes.iter().zip(arguments) {
            if let Some(class) = class {
                let fits = self.class_extent(argument?, class, within);
                extent = extent.and(&fits, &mut self.space);
            }
        }
        if let Some(place) = &pattern.place {
            let there = self.place_of_fact(index, place, within, binding);
            extent = extent.and(&there, &mut self.space);
        }
        if let Tense::Perfect(window) = tense {
            // What is assumed is assumed within any period.
            extent = self.perfect(&extent, window.filter(|_| !assumed), within);
        }
        (!extent.is_never()).then_some((extent, depth))
    }

    fn perfect(
        &mut self,
        extent: &Extent,
        window: Option<Period>,
        within: Option<TreatyId>,
    ) -> Extent {
        let Some(window) = window else {
            return extent.once(&mut self.space);
        };
        let rounding = within.and_then(|id| self.engine.rulebook.treaty(id).rounding);
        let onsets = extent.onsets(&mut self.space);
        let mut found = Extent::never();
        for (day, readings) in onsets
            .changes()
            .iter()
            .filter(|(_, readings)| *readings != Readings::NONE)
        {
            let last = day
                .plus(window, rounding)
                .unwrap_or_else(|ambiguous| ambiguous.down);
            let days = crate::calendar::Days { first: *day, last };
            found = found.or(&Extent::days(days, *readings), &mut self.space);
        }
        found
    }

    /// A ground open sentence that nobody stated is a question (M1).
    fn open(&mut self, pattern: &Pattern, binding: &Binding) -> Option<Extent> {
        let predicate = self.engine.rulebook.predicate(pattern.predicate);
        if !predicate.open {
            return None;
        }
        let mut arguments = [None; SLOTS];
        for (slot, argument) in arguments
            .iter_mut()
            .enumerate()
            .take(predicate.roles.len() + 1)
        {
            *argument = Some(value(pattern.terms[slot], binding)?);
        }
        if predicate.symmetric && arguments[1] < arguments[0] {
            arguments.swap(0, 1);
        }
        let stated = self.stated(pattern.predicate, &arguments);
        if stated == Readings::ALL {
            return None;
        }
        let readings = self.unstated(pattern.predicate, arguments, stated);
        Some(Extent::always(readings))
    }

    /// The readings on which an open sentence is true although nobody states it.
    fn unstated(
        &mut self,
        predicate: PredicateId,
        arguments: [Option<EntityId>; SLOTS],
        stated: Readings,
    ) -> Readings {
        let atom = Atom {
            predicate,
            arguments,
            place: None,
            amount: None,
        };
        let open = self.question(Question::Open(atom));
        self.space.without(open, stated)
    }

    /// The days and readings on which a fact happened where a sentence wants it.
    pub(crate) fn place_of_fact(
        &mut self,
        index: u32,
        test: &PlaceTest,
        within: Option<TreatyId>,
        binding: &Binding,
    ) -> Extent {
        let fact = self.fact(index);
        let (place, origin) = (fact.place, fact.origin);
        let mut found = Extent::never();
        for spot in &test.spots {
            let (Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term)) = spot;
            let Some(entity) = value(*term, binding) else {
                continue;
            };
            let there = Where::of(*spot, entity);
            let here = match (place, origin) {
                (Some(place), _) => self.lies(place, there, within),
                (None, Origin::Given(_) | Origin::Record(_)) => {
                    let readings = self.question(Question::Place(self.number(origin), there));
                    Extent::always(readings)
                }
                (None, _) => Extent::never(),
            };
            found = found.or(&here, &mut self.space);
        }
        if test.outside {
            found.not(&mut self.space)
        } else {
            found
        }
    }

    fn is_a(
        &mut self,
        term: Term,
        class: &'e Class,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        if let Some(entity) = value(term, binding) {
            let extent = self.class_extent(entity, class, within);
            return self.give(&extent, binding, then);
        }
        let candidates = self.class_members(class);
        for entity in candidates {
            let mut inner = binding.clone();
            if bind(term, Some(entity), &mut inner) {
                let extent = self.class_extent(entity, class, within);
                self.give(&extent, &mut inner, then);
            }
        }
    }

    /// Those who may belong to a class: all of a kind, all parties, or whoever is said to have a status.
    pub(crate) fn class_members(&mut self, class: &Class) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = match class {
            Class::Party(treaty, role) => return self.parties(*treaty, role.as_ref()).to_vec(),
            Class::Status(status) => self
                .find(*status, [None, None])
                .into_iter()
                .filter_map(|index| self.fact(index).arguments[0])
                .collect(),
            kind => {
                let all = (0..self.engine.rulebook.entities.len()).map(EntityId::new);
                all.filter(|entity| self.engine.rulebook.is_of_kind(*entity, kind) == Some(true))
                    .collect()
            }
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Those who are at some time bound by a treaty, in a role if one is given; in order.
    pub(crate) fn parties(&mut self, treaty: TreatyId, role: Option<&String>) -> Parties {
        let life = self.life(treaty);
        let fit = life.members.iter();
        let fit = fit.filter(|member| role.is_none() || member.role.as_ref() == role);
        let mut found: Parties = fit.map(|member| member.actor).collect();
        found.dedup();
        found
    }

    /// Whether a condition holds always or never by what its words mean, whatever the facts; `None`: facts decide.
    pub(crate) fn by_itself(&self, condition: &Condition, binding: &Binding) -> Option<bool> {
        match condition {
            Condition::Same(a, b) => Some(value(*a, binding)? == value(*b, binding)?),
            Condition::Is(term, class) => {
                let rulebook = self.engine.rulebook;
                rulebook.is_of_kind(value(*term, binding)?, class)
            }
            Condition::Not(inner) => Some(!self.by_itself(inner, binding)?),
            Condition::All(parts) => {
                let mut each = parts.iter().map(|part| self.by_itself(part, binding));
                each.try_fold(true, |all, part| Some(all && part?))
            }
            Condition::Any(parts) => {
                let mut each = parts.iter().map(|part| self.by_itself(part, binding));
                each.try_fold(false, |any, part| Some(any || part?))
            }
            _ => None,
        }
    }

    /// The days and readings on which an entity belongs to a class, as a treaty sees it: what another deems so is not so here.
    pub(crate) fn class_extent(
        &mut self,
        entity: EntityId,
        class: &Class,
        within: Option<TreatyId>,
    ) -> Extent {
        if entity.possessed().is_some() {
            return Extent::never();
        }
        match class {
            Class::Party(treaty, role) => {
                let life = self.life(*treaty);
                self.bound(&life, entity, role.as_ref())
            }
            Class::Status(status) => {
                let mut extent = Extent::never();
                for index in self.find(*status, [Some(entity), None]) {
                    let fact = self.fact(index);
                    if fact.scope.is_none() || fact.scope == within {
                        let one = fact.extent.clone();
                        extent = extent.or(&one, &mut self.space);
                    }
                }
                let mut arguments = [None; SLOTS];
                arguments[0] = Some(entity);
                if !self.engine.rulebook.predicate(*status).open {
                    return extent;
                }
                match self.stated(*status, &arguments) {
                    Readings::ALL => extent,
                    stated => {
                        let readings = self.unstated(*status, arguments, stated);
                        extent.or(&Extent::always(readings), &mut self.space)
                    }
                }
            }
            kind => match self.engine.rulebook.is_of_kind(entity, kind) {
                Some(true) => Extent::always(Readings::ALL),
                _ => Extent::never(),
            },
        }
    }

    /// The days and readings on which an actor is bound, in a role if one is given.
    pub(crate) fn bound(&mut self, life: &Life, actor: EntityId, role: Option<&String>) -> Extent {
        let mut found = Extent::never();
        for spell in life.of(actor) {
            if role.is_none() || spell.role.as_ref() == role {
                found = found.or(&spell.extent, &mut self.space);
            }
        }
        found
    }

    fn same(&mut self, a: Term, b: Term, binding: &mut Binding, then: Then<'_, 'a, 'e>) {
        let mut inner = binding.clone();
        let equal = match (value(a, binding), value(b, binding)) {
            (Some(a), Some(b)) => a == b,
            (Some(known), None) => bind(b, Some(known), &mut inner),
            (None, Some(known)) => bind(a, Some(known), &mut inner),
            (None, None) => false,
        };
        if equal {
            self.give(&Extent::always(Readings::ALL), &mut inner, then);
        }
    }

    /// Whether a treaty is in force; an unbound one ranges over those that concern the actors of the scenario.
    fn in_force(
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
    fn held(
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
            if !counts
                || head.modality != modality
                || act.is_some_and(|act| act.predicate != head.act.predicate)
            {
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
        for (found, extent, depth) in self.standing_solutions(norm, own) {
            let extent = self.while_held(norm, head, &found, extent);
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
    fn borne_by(
        &mut self,
        index: u32,
        rule: &'e crate::model::norm::Norm,
    ) -> Vec<([Option<EntityId>; SLOTS], Extent)> {
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

    fn broken(
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

    /// It is established, or `who` asserts it.
    fn considers(
        &mut self,
        who: Term,
        what: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        if value(who, binding).is_none() && says_where(what, who) {
            // What is named only to say where waits until it is known who that is.
            for actor in self.who_considers(who, binding) {
                let mut inner = copied(binding);
                if bind(who, Some(actor), &mut inner) {
                    self.considers(who, what, within, &mut inner, then);
                }
            }
            return;
        }
        self.solutions(what, within, binding, &mut |run, binding, extent, depth| {
            let among = run.who_considers(who, binding);
            run.on_each_account((who, &among), (extent, depth), binding, then);
        });
    }

    /// Whom a term means that says who considers something: each actor, if nobody is named; nobody but actors considers anything.
    pub(crate) fn who_considers(&mut self, who: Term, binding: &Binding) -> Vec<EntityId> {
        let Some(named) = value(who, binding) else {
            return self.class_members(&Class::Actor);
        };
        let is_actor = self.engine.rulebook.is_of_kind(named, &Class::Actor) == Some(true);
        is_actor.then_some(named).into_iter().collect()
    }

    /// The days and readings on which each of these considers to be so what is so on the ones given.
    pub(crate) fn on_each_account(
        &mut self,
        (who, among): (Term, &[EntityId]),
        (extent, depth): (&Extent, u32),
        binding: &Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        for actor in among {
            let mut inner = binding.clone();
            if bind(who, Some(*actor), &mut inner) {
                let whole = self.on_account(extent, *actor);
                if !whole.is_never() {
                    then(self, &mut inner, &whole, depth);
                }
            }
        }
    }

    /// The extent, or what it would be if every fact that `actor` asserts were true and every one it denies false.
    pub(crate) fn on_account(&mut self, extent: &Extent, actor: EntityId) -> Extent {
        let answers = self.asserted(actor);
        if answers.iter().all(Option::is_none) {
            return extent.clone();
        }
        let space = &mut self.space;
        let settled = extent.map(|readings| {
            space.settle(readings, &|question| {
                answers.get(question as usize).copied().flatten()
            })
        });
        extent.or(&settled, &mut self.space)
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
