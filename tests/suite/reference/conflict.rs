//! Which positions conflict, and which of two prevails (M8, C22).

use super::acts::Shape;
use super::state::{Key, Position};
use super::{At, Naive};
use casus::calendar::Day;
use casus::model::condition::Condition;
use casus::model::ids::{EntityId, NormId, TreatyId};
use casus::model::norm::Modality;
use casus::model::question::Where;
use casus::model::sentence::{PlaceTest, Spot, Term};
use casus::model::vocabulary::SLOTS;
use std::collections::BTreeSet;

/// Why one position prevails over another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ground {
    Peremptory,
    Clause,
    Treaty,
    LaterTreaty,
}

/// How the positions of a day stand to each other (M8).
#[derive(Clone, Debug, Default)]
pub(crate) struct Clashes {
    /// Pairs in conflict, the smaller first.
    pub(crate) conflicts: BTreeSet<(Key, Key)>,
    /// A duty, and a prohibition that limits its performance.
    pub(crate) limits: BTreeSet<(Key, Key)>,
    /// What is displaced, by what and why.
    pub(crate) displaced: BTreeSet<(Key, Key, Ground)>,
}

impl Naive<'_> {
    /// All clashes of a day that has been worked out.
    pub(super) fn clashes(&self, at: At) -> Clashes {
        let mut found = Clashes::default();
        let free = |state: &Position| state.holds && !state.suspended;
        let positions = &self.today(at).positions;
        let held = || positions.iter().filter(|(_, state)| free(state));
        for one in held() {
            for other in held().filter(|other| other.0 != one.0) {
                let both = |bearer: &&EntityId| other.1.bearers.contains(*bearer);
                for bearer in one.1.bearers.iter().filter(both) {
                    self.clash(at, *bearer, one, other, &mut found);
                }
            }
        }
        found
    }

    fn clash(
        &self,
        at: At,
        bearer: EntityId,
        one: (&Key, &Position),
        other: (&Key, &Position),
        found: &mut Clashes,
    ) {
        let (first, second) = (one.0.clone(), other.0.clone());
        let displaced = one.1.displaced || other.1.displaced;
        if self.conflict(at, one, other) {
            if let Some(ground) = self.prevails(at, bearer, one, other) {
                found.displaced.insert((second, first, ground));
            } else if let Some(ground) = self.prevails(at, bearer, other, one) {
                found.displaced.insert((first, second, ground));
            } else if !displaced {
                let (least, most) = (first.clone().min(second.clone()), first.max(second));
                found.conflicts.insert((least, most));
            }
        } else if self.stands_in_place(one, other) {
            found.displaced.insert((second, first, Ground::Clause));
        } else if self.limits(at, one.0, other.0) && !displaced {
            found.limits.insert((first, second));
        }
    }

    /// Whether the second forbids one kind of what the first demands.
    fn limits(&self, at: At, duty: &Key, ban: &Key) -> bool {
        let modalities = (self.head(duty.norm).modality, self.head(ban.norm).modality);
        let (demanded, forbidden) = (self.shape(duty), self.shape(ban));
        let at = At {
            scope: self.norm(ban.norm).treaty,
            ..at
        };
        modalities == (Modality::Duty, Modality::Prohibition)
            && demanded.predicate != forbidden.predicate
            && self.broadened(forbidden).iter().any(|broad| {
                broad.predicate == demanded.predicate
                    && (1..SLOTS).all(|slot| {
                        let fits = |who| {
                            let mut class = broad.classes[slot].iter();
                            class.all(|class| self.of_class(at, who, class))
                        };
                        match (broad.arguments[slot], demanded.arguments[slot]) {
                            (Some(one), other) => other == Some(one),
                            (None, Some(who)) => fits(who),
                            (None, None) => true,
                        }
                    })
            })
    }

    /// Whether a conflicting position prevails today.
    pub(super) fn is_displaced(&self, at: At, key: &Key, state: &Position) -> bool {
        if !state.holds || self.is_suspended(at, key, state) {
            return false;
        }
        self.today(at).positions.iter().any(|(other, theirs)| {
            other != key
                && theirs.holds
                && !self.is_suspended(at, other, theirs)
                && theirs
                    .bearers
                    .iter()
                    .filter(|bearer| state.bearers.contains(bearer))
                    .any(|bearer| {
                        let clash = self.conflict(at, (key, state), (other, theirs))
                            || self.conflict(at, (other, theirs), (key, state));
                        let ground = self.prevails(at, *bearer, (other, theirs), (key, state));
                        clash && ground.is_some()
                            || self.stands_in_place((other, theirs), (key, state))
                    })
        })
    }

    /// M8, in this order of the two.
    fn conflict(&self, at: At, one: (&Key, &Position), other: (&Key, &Position)) -> bool {
        let modalities = (
            self.head(one.0.norm).modality,
            self.head(other.0.norm).modality,
        );
        match modalities {
            (Modality::Duty | Modality::Permission, Modality::Prohibition) => {
                self.is_prohibited(at, one, other) && !self.speaks_of_breach(one.0, other.0)
            }
            (Modality::Duty, Modality::Duty) => {
                let (mine, theirs) = (self.sides(one.0), self.sides(other.0));
                let mut mine = mine.iter().filter(|(helped, against)| helped != against);
                mine.any(|(helped, against)| theirs.contains(&(*against, *helped)))
            }
            _ => false,
        }
    }

    /// Two duties of the same act, and a clause says that the first prevails.
    fn stands_in_place(&self, one: (&Key, &Position), other: (&Key, &Position)) -> bool {
        let duty = |key: &Key| self.head(key.norm).modality == Modality::Duty;
        let (mine, theirs) = (self.shape(one.0), self.shape(other.0));
        let (here, there) = (self.places_named(one), self.places_named(other));
        duty(one.0)
            && duty(other.0)
            && mine.predicate == theirs.predicate
            && mine.arguments[1..] == theirs.arguments[1..]
            && mine.classes == theirs.classes
            && (here.is_empty() && there.is_empty() || here.iter().any(|at| there.contains(at)))
            && self.clause_prevails(one.0.norm, other.0.norm)
            && !self.clause_prevails(other.0.norm, one.0.norm)
    }

    /// The norm of the first is about somebody who does what the second forbids, or who breaches it.
    fn speaks_of_breach(&self, key: &Key, prohibition: &Key) -> bool {
        let Some(bearer) = key.bearer else {
            return false;
        };
        if self.head(key.norm).modality != Modality::Duty {
            return false;
        }
        let act = &self.head(key.norm).act;
        let known = |term: &Term| match term {
            Term::Entity(who) => Some(*who),
            Term::Any => None,
            term => (0..SLOTS)
                .find(|slot| act.terms[*slot] == *term)
                .and_then(|slot| key.arguments[slot]),
        };
        let forbidden = self.shape(prohibition);
        let forbids = |done: &Shape| {
            done.predicate == forbidden.predicate
                && (1..SLOTS).all(|slot| {
                    let named = forbidden.arguments[slot];
                    named.is_none() || named == done.arguments[slot]
                })
        };
        self.norm(key.norm)
            .conditions
            .iter()
            .any(|condition| match condition {
                Condition::Sentence { pattern, .. } => {
                    known(&pattern.terms[0]) == Some(bearer)
                        && self
                            .broadened(Shape {
                                predicate: pattern.predicate,
                                arguments: pattern.terms.each_ref().map(known),
                                classes: Default::default(),
                            })
                            .iter()
                            .any(forbids)
                }
                Condition::Breach {
                    bearer: who, under, ..
                } => {
                    known(who) == Some(bearer)
                        && self.rulebook.in_scope(self.norm(prohibition.norm), under)
                }
                _ => false,
            })
    }

    /// Whom the act helps against whom.
    fn sides(&self, key: &Key) -> Vec<(EntityId, EntityId)> {
        self.broadened(self.shape(key))
            .into_iter()
            .filter_map(|act| {
                let predicate = self.rulebook.predicate(act.predicate);
                let slot =
                    |role: &str| Some(predicate.roles.iter().position(|own| own == role)? + 1);
                predicate.takes_sides.then_some(())?;
                Some((
                    act.arguments[slot("object")?]?,
                    act.arguments[slot("against")?]?,
                ))
            })
            .collect()
    }

    /// Whether the first act is the prohibited one, or a kind of it.
    fn is_prohibited(
        &self,
        at: At,
        act: (&Key, &Position),
        prohibition: (&Key, &Position),
    ) -> bool {
        let at = At {
            scope: self.norm(prohibition.0.norm).treaty,
            ..at
        };
        let prohibited = self.shape(prohibition.0);
        let acts = self.broadened(self.shape(act.0));
        let same_act = acts.iter().any(|act| {
            act.predicate == prohibited.predicate
                && (1..SLOTS).all(|slot| {
                    match (prohibited.arguments[slot], &prohibited.classes[slot]) {
                        (Some(who), _) => act.arguments[slot] == Some(who),
                        (None, Some(class)) => {
                            act.arguments[slot].is_some_and(|who| self.of_class(at, who, class))
                        }
                        (None, None) => true,
                    }
                })
        });
        let places = self.places_named(prohibition);
        same_act
            && self.names_whoever(act.0, &prohibited)
            && (places.is_empty()
                || places
                    .iter()
                    .any(|place| self.places_named(act).contains(place)))
    }

    /// What a standing norm leaves to whoever acts, the prohibition names.
    fn names_whoever(&self, key: &Key, prohibited: &Shape) -> bool {
        let norm = self.norm(key.norm);
        norm.triggered || self.fills_unbound(&self.shape(key), &self.unbound(norm), prohibited)
    }

    /// Where the act is to be, for each binding.
    fn places_named(&self, (key, state): (&Key, &Position)) -> Vec<(bool, Vec<Option<Where>>)> {
        let Some(PlaceTest { outside, spots }) = &self.head(key.norm).act.place else {
            return Vec::new();
        };
        state
            .bindings
            .iter()
            .map(|bindings| {
                let spots = spots.iter().map(|spot| {
                    let (Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term)) =
                        *spot;
                    super::facts::value(term, bindings).map(|entity| Where::of(*spot, entity))
                });
                (*outside, spots.collect())
            })
            .collect()
    }

    /// Why the first prevails over the second, if it does, for one who bears both.
    fn prevails(
        &self,
        at: At,
        bearer: EntityId,
        one: (&Key, &Position),
        other: (&Key, &Position),
    ) -> Option<Ground> {
        let (first, second) = (one.0.norm, other.0.norm);
        let peremptory = [first, second].map(|id| {
            let treaty = self.norm(id).treaty;
            treaty.is_some_and(|treaty| self.rulebook.treaty(treaty).peremptory)
        });
        if peremptory[0] != peremptory[1] {
            return peremptory[0].then_some(Ground::Peremptory);
        }
        let by_clause = (
            self.clause_prevails(first, second),
            self.clause_prevails(second, first),
        );
        if by_clause.0 != by_clause.1 {
            return by_clause.0.then_some(Ground::Clause);
        }
        let (first, second) = (self.norm(first).treaty?, self.norm(second).treaty?);
        let by_treaty = (
            self.treaty_prevails(first, second),
            self.treaty_prevails(second, first),
        );
        if by_treaty.0 != by_treaty.1 {
            return by_treaty.0.then_some(Ground::Treaty);
        }
        let later = match (self.made(at, first), self.made(at, second)) {
            (Some(first), Some(second)) => first > second,
            _ => false,
        };
        let between_all = [one, other].into_iter().all(|(key, state)| {
            let side = self.other_side(key, &state.bearers);
            std::iter::once(&bearer).chain(&side).all(|who| {
                self.is_bound(at, *who, first, None) && self.is_bound(at, *who, second, None)
            })
        });
        (first != second && later && between_all).then_some(Ground::LaterTreaty)
    }

    pub(super) fn clause_prevails(&self, first: NormId, second: NormId) -> bool {
        let over = &self.head(first).prevails_over;
        let under = &self.head(second).subject_to;
        over.iter()
            .any(|scope| self.rulebook.in_scope(self.norm(second), scope))
            || under
                .iter()
                .any(|scope| self.rulebook.in_scope(self.norm(first), scope))
    }

    pub(super) fn treaty_prevails(&self, first: TreatyId, second: TreatyId) -> bool {
        let (one, other) = (self.rulebook.treaty(first), self.rulebook.treaty(second));
        first != second
            && (one.prevails_over_all
                || one.prevails_over.contains(&second)
                || other.subject_to.contains(&first))
    }

    /// When the treaty was made.
    fn made(&self, at: At, treaty: TreatyId) -> Option<Day> {
        match self.rulebook.treaty(treaty).signed {
            Some(signed) => Some(signed.first()),
            None => self.today(at).lives[treaty.index()].entered,
        }
    }
}
