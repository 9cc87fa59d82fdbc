//! What people do about their positions: perform, refuse, release, suspend; and what the cascade makes them do.

use super::facts::visible;
use super::state::{Instance, Key, Origin, Position};
use super::{At, Bindings, Naive};
use casus::model::condition::Class;
use casus::model::fact::Assume;
use casus::model::ids::{EntityId, PredicateId};
use casus::model::norm::{Head, Modality, Norm};
use casus::model::sentence::{Atom, Term};
use casus::model::vocabulary::{PredicateKind, SLOTS};
use std::collections::BTreeSet;

/// The arguments of an act as a sentence with a broader verb has them, and the classes of those left open.
#[derive(Clone)]
pub(super) struct Shape {
    pub(super) predicate: PredicateId,
    pub(super) arguments: [Option<EntityId>; SLOTS],
    pub(super) classes: [Option<Class>; SLOTS],
}

impl Naive<'_> {
    /// The act, and the same as each act of which it is a kind.
    pub(super) fn broadened(&self, act: Shape) -> Vec<Shape> {
        let mut found: Vec<Shape> = Vec::new();
        let mut todo = vec![act];
        while let Some(act) = todo.pop() {
            let known = found
                .iter()
                .any(|other| other.predicate == act.predicate && other.arguments == act.arguments);
            if known {
                continue;
            }
            for broader in &self.rulebook.predicate(act.predicate).broader {
                todo.push(Shape {
                    predicate: broader.predicate,
                    arguments: broader
                        .slots
                        .map(|own| own.and_then(|own| act.arguments[own as usize])),
                    classes: broader
                        .slots
                        .map(|own| own.and_then(|own| act.classes[own as usize].clone())),
                });
            }
            found.push(act);
        }
        found
    }

    pub(super) fn shape(&self, key: &Key) -> Shape {
        let act = &self.head(key.norm).act;
        Shape {
            predicate: act.predicate,
            arguments: key.arguments,
            classes: act.classes.clone(),
        }
    }

    /// Roles that a fact leaves out are compatible, but not with a prohibition that fills them; the subject is the bearer.
    fn fits(
        &self,
        at: At,
        wanted: &Shape,
        forbidden: bool,
        bearer: EntityId,
        instance: &Instance,
    ) -> bool {
        instance.atom.predicate == wanted.predicate
            && instance.atom.arguments[0] == Some(bearer)
            && (1..SLOTS).all(|slot| {
                let Some(done) = instance.atom.arguments[slot] else {
                    return !forbidden || wanted.arguments[slot].is_none();
                };
                match (wanted.arguments[slot], &wanted.classes[slot]) {
                    (Some(wanted), _) => wanted == done,
                    (None, Some(class)) => self.of_class(at, done, class),
                    (None, None) => true,
                }
            })
    }

    /// Whether the bearer today does what the position is about (M6).
    pub(super) fn acts_today(
        &self,
        at: At,
        key: &Key,
        bindings: &[Bindings],
        bearer: EntityId,
    ) -> bool {
        let head = self.head(key.norm);
        let forbidden = head.modality == Modality::Prohibition;
        let mut wanted = vec![self.shape(key)];
        if head.own_choice && !forbidden {
            wanted = self.broadened(wanted.remove(0));
        }
        self.today(at).instances().any(|instance| {
            visible(instance, at.scope)
                && self.occurs(at, instance)
                && wanted
                    .iter()
                    .any(|wanted| self.fits(at, wanted, forbidden, bearer, instance))
                && self.amount_suffices(instance, head.amount.as_ref())
                && self.amount_suffices(instance, head.act.amount.as_ref())
                && head.act.place.as_ref().is_none_or(|place| {
                    bindings
                        .iter()
                        .any(|bindings| self.in_place(at, place, instance, bindings))
                })
        })
    }

    pub(super) fn refuses_today(
        &self,
        at: At,
        key: &Key,
        _: &[Bindings],
        bearer: EntityId,
    ) -> bool {
        let mut wanted = self.shape(key);
        let Some(refusal) = self.rulebook.refusal(wanted.predicate) else {
            return false;
        };
        wanted.predicate = refusal;
        self.today(at).instances().any(|instance| {
            visible(instance, at.scope)
                && self.occurs(at, instance)
                && self.fits(at, &wanted, false, bearer, instance)
        })
    }

    fn slot(&self, predicate: PredicateId, role: &str) -> Option<usize> {
        let roles = &self.rulebook.predicate(predicate).roles;
        roles.iter().position(|own| own == role).map(|at| at + 1)
    }

    fn argument(&self, atom: &Atom, role: &str) -> Option<EntityId> {
        atom.arguments[self.slot(atom.predicate, role)?]
    }

    /// C19.
    pub(super) fn other_side(&self, key: &Key, bearers: &[EntityId]) -> Vec<EntityId> {
        let head = self.head(key.norm);
        let against = self.slot(head.act.predicate, "against");
        let mut side: Vec<EntityId> = (1..SLOTS)
            .filter(|slot| head.modality != Modality::Duty || Some(*slot) != against)
            .filter_map(|slot| key.arguments[slot])
            .map(|who| who.possessed().map_or(who, |(_, owner)| owner))
            .filter(|who| super::conditions::is_actor(self.rulebook, *who))
            .filter(|who| !bearers.contains(who))
            .collect();
        side.sort();
        side.dedup();
        side
    }

    fn treaty_entity(&self, key: &Key) -> Option<EntityId> {
        let treaty = self.norm(key.norm).treaty?;
        Some(self.rulebook.treaty(treaty).entity)
    }

    pub(super) fn released_today(&self, at: At, key: &Key, state: &Position) -> BTreeSet<EntityId> {
        let side = self.other_side(key, &state.bearers);
        self.today(at)
            .instances()
            .filter(|instance| {
                Some(instance.atom.predicate) == self.rulebook.core.release
                    && instance.scope.is_none()
                    && self.occurs(at, instance)
                    && instance.atom.arguments[0].is_some_and(|who| side.contains(&who))
                    && self
                        .argument(&instance.atom, "from")
                        .is_none_or(|treaty| Some(treaty) == self.treaty_entity(key))
            })
            .flat_map(|instance| match self.argument(&instance.atom, "object") {
                Some(released) => vec![released],
                None => state.bearers.clone(),
            })
            .filter(|released| state.bearers.contains(released))
            .collect()
    }

    pub(super) fn is_suspended(&self, at: At, key: &Key, state: &Position) -> bool {
        let side = self.other_side(key, &state.bearers);
        state.holds
            && state.bearers.iter().all(|bearer| {
                self.today(at).instances().any(|instance| {
                    let atom = &instance.atom;
                    let towards = self.argument(atom, "towards");
                    Some(atom.predicate) == self.rulebook.core.suspend
                        && instance.scope.is_none()
                        && self.argument(atom, "object") == self.treaty_entity(key)
                        && atom.arguments[0].is_some_and(|who| {
                            let by_bearer =
                                who == *bearer && towards.is_none_or(|to| side.contains(&to));
                            let by_other_side =
                                side.contains(&who) && towards.is_none_or(|to| to == *bearer);
                            by_bearer || by_other_side
                        })
                })
            })
    }

    /// M10: what duties of today make people do tomorrow.
    pub(super) fn perform_duties(&mut self, day: usize) {
        for world in 0..self.worlds.len() {
            let at = At::of(world, day);
            let mut performers: Vec<(Key, EntityId, Instance)> = Vec::new();
            for (key, state) in &self.today(at).positions {
                let owed = self.head(key.norm).modality == Modality::Duty
                    && self.norm(key.norm).triggered
                    && state.holds
                    && !state.displaced
                    && !state.suspended
                    && !state.fulfilled;
                for bearer in state.bearers.iter().filter(|_| owed) {
                    if self.is_assumed(*bearer) && !state.assumed.contains(bearer) {
                        let act = self.performance(at, key, state, *bearer);
                        performers.push((key.clone(), *bearer, act));
                    }
                }
            }
            let world = &mut self.worlds[world];
            for (key, bearer, act) in performers {
                if let Some(state) = world.days[day].positions.get_mut(&key) {
                    state.assumed.insert(bearer);
                }
                // What has always been owed never fell due.
                world.acts.extend((day > 0).then_some(act));
            }
        }
    }

    fn is_assumed(&self, bearer: EntityId) -> bool {
        match self.assume {
            Assume::None => false,
            Assume::All => true,
            Assume::Only(some) => some.contains(&bearer),
        }
    }

    fn performance(&self, at: At, key: &Key, state: &Position, bearer: EntityId) -> Instance {
        let head = self.head(key.norm);
        let mut atom = state.bindings.first().map_or_else(
            || key.act(&self.rulebook.norms),
            |bindings| super::facts::ground(&head.act, bindings),
        );
        atom.arguments = key.arguments;
        atom.arguments[0] = Some(bearer);
        atom.amount = head.amount.clone().or(atom.amount);
        self.said(
            Origin::Performed,
            &atom,
            self.day(at.day).next(),
            state.depth + 1,
        )
    }

    /// M9, C23: whether anything that anybody did, or came to owe or to be free to do, has to do with it.
    pub(super) fn engaged(&self, key: &Key, claims: &[(Key, Vec<Shape>)]) -> bool {
        // An act or a position has to do with a prohibition only if it names whom the prohibition names.
        let mut named = self.unbound(self.norm(key.norm));
        if self.head(key.norm).modality == Modality::Prohibition {
            named.extend((1..SLOTS).filter(|slot| key.arguments[*slot].is_some()));
        }
        self.shapes(key).iter().any(|own| {
            let mut days = 0..self.worlds[0].days.len();
            days.any(|day| {
                let at = At {
                    scope: self.norm(key.norm).treaty,
                    ..At::of(0, day)
                };
                let others = claims.iter().filter(|(other, _)| other != key);
                let mut others = others.flat_map(|(_, shapes)| shapes);
                self.engaged_by_act(at, key, own, &named)
                    || others.any(|other| self.engages(at, own, &named, other))
            })
        })
    }

    /// The duties and permissions of norms with `when` that ever hold, which engage standing norms.
    pub(super) fn claims(&self) -> Vec<(Key, Vec<Shape>)> {
        let Some(end) = self.worlds[0].days.last() else {
            return Vec::new();
        };
        let claims = end.positions.iter().filter(|(key, state)| {
            let modality = self.head(key.norm).modality;
            state.ever_held
                && self.norm(key.norm).triggered
                && matches!(modality, Modality::Duty | Modality::Permission)
                && self.reported(key, &[])
        });
        claims
            .map(|(key, _)| (key.clone(), self.shapes(key)))
            .collect()
    }

    /// The act as that of each who ever bears the position.
    fn shapes(&self, key: &Key) -> Vec<Shape> {
        let days = self.worlds[0].days.iter();
        let states = days.filter_map(|day| day.positions.get(key));
        let mut bearers: Vec<EntityId> = states
            .filter(|state| state.would_hold)
            .flat_map(|state| state.bearers.iter().copied())
            .collect();
        bearers.sort();
        bearers.dedup();
        bearers
            .into_iter()
            .map(|bearer| {
                let mut shape = self.shape(key);
                shape.arguments[0] = Some(bearer);
                shape
            })
            .collect()
    }

    /// The roles of its act that neither its conditions nor the list of parties fill.
    pub(super) fn unbound(&self, norm: &Norm) -> Vec<usize> {
        let free = super::conditions::free(self.rulebook, norm);
        let Head::Position(head) = &norm.head else {
            return Vec::new();
        };
        let is_party = |variable| {
            norm.parties
                .iter()
                .any(|(term, _)| *term == Term::Variable(variable))
        };
        (1..SLOTS)
            .filter(|slot| match head.act.terms[*slot] {
                Term::Variable(variable) | Term::Possession(_, variable) => {
                    free.contains(&variable) && !is_party(variable)
                }
                Term::Entity(_) | Term::Any => false,
            })
            .collect()
    }

    fn engaged_by_act(&self, at: At, key: &Key, own: &Shape, unbound: &[usize]) -> bool {
        self.today(at).instances().any(|instance| {
            let act = self.as_verb(&instance.said);
            let refused = act.predicate != instance.said.predicate;
            visible(instance, at.scope)
                && (!refused || self.head(key.norm).modality == Modality::Duty)
                && self.engages(at, own, unbound, &act)
        })
    }

    /// The act, or the act refused.
    fn as_verb(&self, atom: &Atom) -> Shape {
        let predicate = match self.rulebook.predicate(atom.predicate).kind {
            PredicateKind::Refusal { of } => of,
            _ => atom.predicate,
        };
        Shape {
            predicate,
            arguments: atom.arguments,
            classes: [const { None }; SLOTS],
        }
    }

    /// Same verb, or one a kind of the other, compatible roles.
    fn engages(&self, at: At, own: &Shape, unbound: &[usize], other: &Shape) -> bool {
        let agree = |one: &Shape, two: &Shape| {
            one.predicate == two.predicate
                && (0..SLOTS).all(|slot| match (one.arguments[slot], two.arguments[slot]) {
                    (Some(one), Some(two)) => one == two,
                    (None, Some(who)) => one.classes[slot]
                        .as_ref()
                        .is_none_or(|class| self.of_class(at, who, class)),
                    (Some(who), None) => two.classes[slot]
                        .as_ref()
                        .is_none_or(|class| self.of_class(at, who, class)),
                    (None, None) => true,
                })
        };
        let broader_other = self.broadened(other.clone()).into_iter().any(|other| {
            agree(own, &other) && unbound.iter().all(|slot| other.arguments[*slot].is_some())
        });
        let broader_own = self
            .broadened(own.clone())
            .iter()
            .any(|own| agree(own, other));
        broader_other || broader_own && unbound.is_empty() || {
            !unbound.is_empty() && broader_own && self.fills_unbound(own, unbound, other)
        }
    }

    /// Whether the broader act names everything that nothing else binds.
    pub(super) fn fills_unbound(&self, own: &Shape, unbound: &[usize], other: &Shape) -> bool {
        unbound.iter().all(|slot| {
            let mut marked = own.clone();
            for (at, argument) in marked.arguments.iter_mut().enumerate() {
                *argument = argument.filter(|_| at == *slot);
            }
            self.broadened(marked).iter().any(|marked| {
                marked.predicate == other.predicate
                    && (0..SLOTS).any(|slot| {
                        marked.arguments[slot].is_some() && other.arguments[slot].is_some()
                    })
            })
        })
    }
}
