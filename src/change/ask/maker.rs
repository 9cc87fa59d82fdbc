//! What may be stated in the small world: every sentence that a clause can look at, of everybody, everywhere, on the chosen days.

use super::candidate::{Candidate, entity, owner};
use super::classes::{Classes, classes_of, note_class};
use super::declared::{full_name, predicate_name};
use super::moments::{spell, times};
use super::patterns::spots;
use super::world::{Side, World};
use crate::calendar::{Day, Days};
use crate::model::condition::{Class, Condition, Tense};
use crate::model::entity::EntityKind;
use crate::model::ids::{PredicateId, TreatyId};
use crate::model::norm::{Head, Modality, Norm};
use crate::model::sentence::{Amount, Pattern, Term};
use crate::model::treaty::Entry;
use crate::model::vocabulary::SLOTS;
use indexmap::IndexSet;
use rustc_hash::FxHashSet;

/// Everything that may be stated, as far as both versions want to know; sentences about the same people stand together.
/// `conduct`: also what the bearers of duties and prohibitions may do about them.
pub(super) fn candidates(sides: &[Side<'_>], world: &World, conduct: bool) -> Vec<Candidate> {
    let mut found: IndexSet<Candidate> = IndexSet::new();
    for side in sides {
        let mut maker = Maker::new(side, world, &mut found);
        maker.all(conduct);
    }
    let mut found: Vec<Candidate> = found.into_iter().collect();
    found.sort_by_cached_key(|one| {
        let mut people: Vec<String> = one.names().map(str::to_owned).collect();
        people.sort_unstable();
        let what = (
            one.predicate.clone(),
            one.arguments.clone(),
            one.place.clone(),
        );
        (people, what, one.from, one.to)
    });
    found
}

struct Maker<'a, 's> {
    side: &'a Side<'s>,
    world: &'a World,
    /// Predicates of which it matters that they came to an end.
    ended: FxHashSet<PredicateId>,
    /// Predicates of which it matters where.
    placed: FxHashSet<PredicateId>,
    found: &'a mut IndexSet<Candidate>,
}

impl<'a, 's> Maker<'a, 's> {
    fn new(side: &'a Side<'s>, world: &'a World, found: &'a mut IndexSet<Candidate>) -> Self {
        let mut maker = Self {
            side,
            world,
            ended: FxHashSet::default(),
            placed: FxHashSet::default(),
            found,
        };
        for norm in &side.book.norms {
            let mut note = |pattern: &Pattern, tense: Tense| {
                if tense != Tense::Present {
                    maker.ended.insert(pattern.predicate);
                }
                if spots(pattern).next().is_some() {
                    maker.placed.insert(pattern.predicate);
                }
            };
            super::patterns::conditions(norm, &mut |part| {
                if let Condition::Sentence { pattern, tense } = part {
                    note(pattern, *tense);
                }
            });
            if let Head::Position(head) = &norm.head {
                note(&head.act, Tense::Present);
            }
        }
        maker
    }

    fn all(&mut self, conduct: bool) {
        let book = self.side.book;
        let mut breaches = conduct;
        for norm in &book.norms {
            let classes = classes_of(norm);
            for condition in &norm.conditions {
                self.condition(condition, &classes, None, &mut breaches);
            }
            if let Head::Position(head) = &norm.head {
                for condition in head.until.iter().chain(&head.before) {
                    self.condition(condition, &classes, None, &mut breaches);
                }
            }
        }
        if breaches {
            for norm in &book.norms {
                self.conduct(norm);
            }
        }
        for treaty in &self.side.treaties {
            self.life(*treaty);
        }
    }

    fn condition(
        &mut self,
        condition: &Condition,
        classes: &Classes,
        who: Option<Term>,
        breaches: &mut bool,
    ) {
        match condition {
            Condition::Sentence { pattern, .. } => self.pattern(pattern, classes, who),
            Condition::Is(term, Class::Status(status)) => self.status(*status, *term, classes),
            Condition::Breach { .. } => *breaches = true,
            Condition::Considers { who, what } => {
                self.condition(what, classes, Some(*who), breaches);
            }
            Condition::Not(inner) => self.condition(inner, classes, who, breaches),
            Condition::Count {
                counted,
                class,
                except,
                body,
                ..
            } => {
                if let Class::Status(status) = class {
                    self.status(*status, Term::Variable(*counted), classes);
                }
                for part in except.iter().chain([&**body]) {
                    self.condition(part, classes, who, breaches);
                }
            }
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part, classes, who, breaches);
                }
            }
            _ => {}
        }
    }

    /// What the bearer of a position may do about it.
    fn conduct(&mut self, norm: &Norm) {
        let Head::Position(head) = &norm.head else {
            return;
        };
        let classes = classes_of(norm);
        let mut act = head.act.clone();
        if act.terms[0] == Term::Any {
            act.classes[0].clone_from(&head.group);
        }
        act.amount = act.amount.or_else(|| head.amount.clone());
        self.pattern(&act, &classes, None);
        if head.modality == Modality::Duty
            && let Some(refusal) = self.side.book.refusal(act.predicate)
        {
            act.predicate = refusal;
            act.place = None;
            self.pattern(&act, &classes, None);
        }
    }

    /// What may befall a treaty whose life is asked about.
    fn life(&mut self, id: TreatyId) {
        let side = self.side;
        let treaty = side.book.treaty(id);
        let never = side.recorded(id).in_force.is_never();
        if let Entry::When(condition) = &treaty.entry
            && never
        {
            let mut classes = Vec::new();
            crate::engine::walk(condition, &mut |part| note_class(part, &mut classes));
            self.condition(condition, &classes, None, &mut false);
        }
        if !side.lives.contains(&id) {
            return;
        }
        let core = side.book.core;
        let ends = treaty.ends_after_denunciation.is_some() || treaty.term.is_some();
        let leaves = treaty.leaves_after_withdrawal.is_some();
        let of = Class::Party(id, None);
        for (verb, counts) in [(core.denounce, ends), (core.withdraw, leaves && !ends)] {
            if let (Some(verb), true) = (verb, counts) {
                for name in self.members(&of) {
                    let arguments = [Some(name), Some(treaty.name.clone()), None, None];
                    self.said_on(&self.world.days[..1], verb, arguments, None, None);
                }
            }
        }
    }

    fn status(&mut self, status: PredicateId, term: Term, classes: &Classes) {
        for name in self.domain(term, None, classes) {
            self.said(status, [name, None, None, None], None, None);
        }
    }

    fn pattern(&mut self, pattern: &Pattern, classes: &Classes, who: Option<Term>) {
        let asserters: Vec<Option<String>> = match who {
            None => vec![None],
            Some(term) => {
                let some = self.domain(term, None, classes).into_iter().take(2);
                std::iter::once(None).chain(some).collect()
            }
        };
        let slots: Vec<Vec<Option<String>>> = pattern
            .terms
            .iter()
            .zip(&pattern.classes)
            .map(|(term, class)| self.domain(*term, class.as_ref(), classes))
            .collect();
        for a in &slots[0] {
            for b in &slots[1] {
                for c in &slots[2] {
                    for d in &slots[3] {
                        let arguments = [a.clone(), b.clone(), c.clone(), d.clone()];
                        for asserter in &asserters {
                            let amount = pattern.amount.clone();
                            self.said(
                                pattern.predicate,
                                arguments.clone(),
                                amount,
                                asserter.clone(),
                            );
                        }
                    }
                }
            }
        }
    }

    /// Who or what may stand there.
    fn domain(&self, term: Term, class: Option<&Class>, classes: &Classes) -> Vec<Option<String>> {
        let book = self.side.book;
        let of = |variable: crate::model::ids::VariableId| {
            classes
                .get(variable.index())
                .cloned()
                .flatten()
                .unwrap_or(Class::Actor)
        };
        match term {
            Term::Entity(id) => vec![Some(full_name(book, id))],
            Term::Variable(variable) => self.members(&of(variable)).into_iter().map(Some).collect(),
            Term::Possession(word, variable) => {
                let word = &book.possessions[word.index()].name;
                let owners = self.members(&of(variable)).into_iter();
                owners
                    .map(|owner| Some(format!("{word} of {owner}")))
                    .collect()
            }
            Term::Any => match class {
                Some(class) => self.members(class).into_iter().map(Some).collect(),
                None => vec![None],
            },
        }
    }

    /// Those in the small world who may belong to a class.
    fn members(&self, class: &Class) -> Vec<String> {
        let book = self.side.book;
        let cast = &self.world.cast.names;
        let kind = |name: &String| book.entity(name).map(|id| &book.entities[id.index()].kind);
        let those = |fits: &dyn Fn(&EntityKind) -> bool| -> Vec<String> {
            cast.iter()
                .filter(|name| kind(name).is_some_and(fits))
                .cloned()
                .collect()
        };
        let first = |fits: &dyn Fn(&EntityKind) -> bool| -> Vec<String> {
            let all = book.entities.iter().filter(|entity| fits(&entity.kind));
            all.take(2).map(|entity| entity.name.clone()).collect()
        };
        match class {
            Class::Actor | Class::Status(_) => cast.clone(),
            Class::State => those(&|kind| matches!(kind, EntityKind::State { .. })),
            Class::Organisation => those(&|kind| matches!(kind, EntityKind::Organisation)),
            Class::Organ => those(&|kind| matches!(kind, EntityKind::Organ { .. })),
            Class::Group => those(&|kind| matches!(kind, EntityKind::Group)),
            Class::Place if !self.world.places.is_empty() => self.world.places.clone(),
            Class::Place => first(&|kind| matches!(kind, EntityKind::Place(_))),
            Class::Thing => first(&|kind| matches!(kind, EntityKind::Thing)),
            Class::Treaty => {
                let treaties = self.side.treaties.iter().take(3);
                treaties.map(|id| book.treaty(*id).name.clone()).collect()
            }
            Class::Party(treaty, role) => self.parties(*treaty, role.as_ref()),
        }
    }

    /// Parties in the small world; of a treaty that has yet to enter into force, all that are listed.
    fn parties(&self, id: TreatyId, role: Option<&String>) -> Vec<String> {
        let book = self.side.book;
        let cast = &self.world.cast.names;
        let spells = self.side.recorded(id).members;
        if spells.is_empty() {
            let listed = book.treaty(id).parties.iter();
            let listed = listed.filter(|party| role.is_none() || party.role.as_ref() == role);
            return listed.map(|party| book.name(party.actor)).collect();
        }
        let bound = |name: &&String| {
            let who = book.entity(name);
            spells.iter().any(|(actor, own, _)| {
                Some(*actor) == who && (role.is_none() || own.as_ref() == role)
            })
        };
        cast.iter().filter(bound).cloned().collect()
    }

    fn said(
        &mut self,
        predicate: PredicateId,
        arguments: [Option<String>; SLOTS],
        amount: Option<Amount>,
        asserted_by: Option<String>,
    ) {
        let world = self.world;
        self.said_on(&world.days, predicate, arguments, amount, asserted_by);
    }

    fn said_on(
        &mut self,
        days: &[Day],
        predicate: PredicateId,
        arguments: [Option<String>; SLOTS],
        amount: Option<Amount>,
        asserted_by: Option<String>,
    ) {
        let mut named: Vec<&str> = arguments.iter().flatten().map(|name| owner(name)).collect();
        named.sort_unstable();
        if named.windows(2).any(|pair| pair[0] == pair[1]) {
            return;
        }
        let book = self.side.book;
        let implied = book.implied(predicate, [None; SLOTS]);
        let placed = implied.iter().any(|(id, _)| self.placed.contains(id));
        let places: Vec<Option<String>> = match self.world.places.as_slice() {
            places if placed => places.iter().cloned().map(Some).chain([None]).collect(),
            _ => vec![None],
        };
        let exists = arguments
            .iter()
            .flatten()
            .filter_map(|name| entity(book, name));
        let start = self.world.days[0];
        let exists = exists.map(|id| spell(book.entities[id.index()].exists.spells(), start));
        let there = exists.fold(Days::ALWAYS, |all, one| Days {
            first: all.first.max(one.first),
            last: all.last.min(one.last),
        });
        let ended = implied.iter().any(|(id, _)| self.ended.contains(id));
        let lasts = book.predicate(predicate).lasts;
        let name = predicate_name(book, predicate);
        for (from, to) in times(days, there, lasts, ended) {
            for place in &places {
                self.found.insert(Candidate {
                    arguments: arguments.clone(),
                    predicate: name.clone(),
                    place: place.clone(),
                    amount: amount.clone(),
                    from,
                    to,
                    asserted_by: asserted_by.clone(),
                });
            }
        }
    }
}
