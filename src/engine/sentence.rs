//! Whether a sentence is stated, and for whom.

use super::plan::where_variables;
use super::position::Binding;
use super::run::Run;
use super::solve::{Then, bind, copied, unify, value};
use super::store::Origin;
use crate::calendar::Period;
use crate::extent::{Extent, Readings};
use crate::model::condition::Tense;
use crate::model::ids::{EntityId, PredicateId, TreatyId};
use crate::model::question::{Question, Where};
use crate::model::sentence::{Atom, Pattern, PlaceTest, Spot, Term};
use crate::model::vocabulary::SLOTS;
use smallvec::{SmallVec, smallvec};

impl<'a, 'e> Run<'a, 'e> {
    pub(super) fn sentence(
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
            if is_nobody(pattern.terms[slot], binding) {
                return None;
            }
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
    pub(super) fn unstated(
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
}

/// Whether a term names the possession of a possession, such as the forces of somebody's forces: there is none.
fn is_nobody(term: Term, binding: &Binding) -> bool {
    let Term::Possession(_, owner) = term else {
        return false;
    };
    let owner = binding.get(owner.index()).copied().flatten();
    owner.is_some_and(|owner| owner.possessed().is_some())
}
