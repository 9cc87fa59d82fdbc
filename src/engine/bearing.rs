//! What bears on the life of a treaty: facts, norms and other treaties.

use super::gathered::walk;
use super::kinds::Implied;
use crate::model::condition::{Class, Condition};
use crate::model::entity::EntityKind;
use crate::model::geography::{AreaBase, Holder};
use crate::model::ids::{NormId, PredicateId, TreatyId};
use crate::model::norm::{Head, Modality, Norm, PositionHead};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, Spot, Term};
use rustc_hash::FxHashMap;

/// Treaties to look at again if the life of each changes.
pub(crate) fn dependants(rulebook: &Rulebook) -> Vec<Vec<TreatyId>> {
    let mut found = vec![Vec::new(); rulebook.treaties.len()];
    for index in 0..rulebook.treaties.len() {
        let id = TreatyId(index as u32);
        for other in leans_on(rulebook, id) {
            found[other.index()].push(id);
        }
    }
    found
}

/// The treaties whose life leads back to itself: each is among those that depend on it.
pub(crate) fn leading_back(dependants: &[Vec<TreatyId>]) -> Vec<bool> {
    let leads_back = |id: usize| {
        let (mut seen, mut open) = (Vec::new(), dependants[id].clone());
        while let Some(next) = open.pop() {
            if !seen.contains(&next) {
                seen.push(next);
                open.extend(&dependants[next.index()]);
            }
        }
        seen.contains(&TreatyId(id as u32))
    };
    (0..dependants.len()).map(leads_back).collect()
}

/// The treaties on whose life that of a treaty depends.
fn leans_on(rulebook: &Rulebook, id: TreatyId) -> Vec<TreatyId> {
    let treaty = rulebook.treaty(id);
    let replacing = (0..rulebook.treaties.len())
        .map(|index| TreatyId(index as u32))
        .filter(|other| rulebook.treaty(*other).replaces.contains(&id));
    let mut found: Vec<TreatyId> = treaty
        .while_in_force
        .into_iter()
        .chain(treaty.parties_of)
        .chain(replacing)
        .collect();
    for condition in treaty.life_conditions() {
        found.extend(asked(condition, rulebook));
    }
    found.retain(|other| *other != id);
    found
}

/// The treaties about whose life a condition asks.
pub(crate) fn asked(condition: &Condition, rulebook: &Rulebook) -> Vec<TreatyId> {
    let mut found = Vec::new();
    walk(condition, &mut |part| match part {
        Condition::InForce {
            treaty: Term::Entity(entity),
            ..
        } => found.extend(rulebook.treaty_of(*entity)),
        Condition::Is(_, Class::Party(treaty, _))
        | Condition::Count {
            class: Class::Party(treaty, _),
            ..
        } => found.push(*treaty),
        Condition::Sentence { pattern, .. } => found.extend(parties_named(pattern, rulebook)),
        _ => {}
    });
    found
}

/// The classes that a sentence names, in its roles or by the areas in which it asks where.
fn classes<'r>(pattern: &'r Pattern, rulebook: &'r Rulebook) -> impl Iterator<Item = &'r Class> {
    let spots = pattern.place.iter().flat_map(|place| &place.spots);
    let areas = spots.flat_map(|spot| match spot {
        Spot::In(Term::Entity(place)) => match rulebook.entities[place.index()].kind {
            EntityKind::Area(index) => std::slice::from_ref(&rulebook.areas[index]),
            _ => &[],
        },
        Spot::In(_) => rulebook.areas.as_slice(),
        Spot::TerritoryOf(_) | Spot::AdministeredBy(_) => &[],
    });
    let held = areas
        .flat_map(|area| &area.lines)
        .filter_map(|line| match &line.base {
            AreaBase::Territory(Holder::Class(class))
            | AreaBase::Islands(Holder::Class(class))
            | AreaBase::Administered(Holder::Class(class)) => Some(class),
            _ => None,
        });
    pattern.classes.iter().flatten().chain(held)
}

/// The norms whose positions may displace those of a norm: they forbid what it demands or allows, demand or allow what it
/// forbids, or demand the same, or help to a side.
pub(crate) fn rivals(id: NormId, rulebook: &Rulebook, broader: &[Vec<Implied>]) -> Vec<usize> {
    let Head::Position(own) = &rulebook.norm(id).head else {
        return Vec::new();
    };
    let kind = |one: PredicateId, other: PredicateId| {
        broader[one.index()]
            .iter()
            .any(|way| way.predicate == other)
    };
    let sides = |act: &Pattern| {
        let mut ways = broader[act.predicate.index()].iter();
        ways.any(|way| rulebook.predicate(way.predicate).takes_sides)
    };
    let forbids = |head: &PositionHead| head.modality == Modality::Prohibition;
    let rival = |norm: &Norm| match &norm.head {
        Head::Position(head) => {
            let (one, other) = (own.act.predicate, head.act.predicate);
            let related = kind(one, other) || kind(other, one);
            related || !forbids(own) && !forbids(head) && sides(&own.act) && sides(&head.act)
        }
        Head::Deem(_) => false,
    };
    let all = rulebook.norms.iter().enumerate();
    let rivals = all.filter(|(index, norm)| *index != id.index() && rival(norm));
    rivals.map(|(index, _)| index).collect()
}

/// The words on whose truth a sentence depends: its own, and the statuses that are its classes.
pub(crate) fn words(pattern: &Pattern, rulebook: &Rulebook) -> Vec<PredicateId> {
    let statuses = classes(pattern, rulebook).filter_map(|class| match class {
        Class::Status(status) => Some(*status),
        _ => None,
    });
    std::iter::once(pattern.predicate).chain(statuses).collect()
}

/// The treaties whose parties a sentence names as a class.
pub(crate) fn parties_named(pattern: &Pattern, rulebook: &Rulebook) -> Vec<TreatyId> {
    let named = classes(pattern, rulebook).filter_map(|class| match class {
        Class::Party(treaty, _) => Some(*treaty),
        _ => None,
    });
    named.collect()
}

/// Whether a part of a condition asks about the life of whatever treaty there is.
pub(crate) fn asks_any(part: &Condition) -> bool {
    matches!(part, Condition::InForce { treaty, .. } if !matches!(treaty, Term::Entity(_)))
}

/// For each predicate, the treaties on whose life a fact may bear without naming them.
pub(crate) fn life_predicates(rulebook: &Rulebook) -> FxHashMap<PredicateId, Vec<TreatyId>> {
    let mut found: FxHashMap<PredicateId, Vec<TreatyId>> = FxHashMap::default();
    for (index, treaty) in rulebook.treaties.iter().enumerate() {
        for condition in treaty.life_conditions() {
            walk(condition, &mut |part| {
                let named =
                    |pattern: &Pattern| pattern.terms.contains(&Term::Entity(treaty.entity));
                let predicates = match part {
                    Condition::Sentence { pattern, .. } => words(pattern, rulebook)
                        .into_iter()
                        .skip(usize::from(named(pattern)))
                        .collect(),
                    Condition::Is(_, Class::Status(status))
                    | Condition::Count {
                        class: Class::Status(status),
                        ..
                    } => vec![*status],
                    _ => return,
                };
                for predicate in predicates {
                    let treaties = found.entry(predicate).or_default();
                    treaties.push(TreatyId(index as u32));
                }
            });
        }
    }
    found
}

/// The norms that must be worked out before the life of each treaty.
pub(crate) struct Makers {
    /// By treaty.
    norms: Vec<Vec<usize>>,
    /// Whether violations must be known.
    breaches: Vec<bool>,
}

impl Makers {
    pub(crate) fn new(
        rulebook: &Rulebook,
        broader: &[Vec<Implied>],
        in_scope: &dyn Fn(&Condition) -> Vec<NormId>,
    ) -> Self {
        let deems = deems(rulebook, broader);
        let count = rulebook.treaties.len();
        let own: Vec<Vec<usize>> = (0..count)
            .map(|index| own_makers(rulebook, TreatyId(index as u32), &deems, in_scope))
            .collect();
        let mut makers = Self {
            norms: Vec::with_capacity(count),
            breaches: Vec::with_capacity(count),
        };
        for index in 0..count {
            let all = closure(rulebook, TreatyId(index as u32));
            let mut norms: Vec<usize> = all.iter().flat_map(|id| own[id.index()].clone()).collect();
            norms.sort_unstable();
            norms.dedup();
            makers.norms.push(norms);
            makers
                .breaches
                .push(all.iter().any(|id| asks_breach(rulebook, *id)));
        }
        makers
    }

    /// Whose life rests on more than facts.
    pub(crate) fn derived(&self) -> Vec<bool> {
        self.norms.iter().map(|norms| !norms.is_empty()).collect()
    }

    /// The treaties whose life rests on norms.
    pub(crate) fn made(&self) -> impl Iterator<Item = TreatyId> {
        let made = |(_, norms): &(usize, &Vec<usize>)| !norms.is_empty();
        let all = self.norms.iter().enumerate().filter(made);
        all.map(|(index, _)| TreatyId(index as u32))
    }

    /// The treaties whose life rests on norms of each level.
    pub(crate) fn made_on(&self, levels: &[u16], count: usize) -> Vec<Vec<TreatyId>> {
        let mut found = vec![Vec::new(); count];
        for treaty in self.made() {
            let mut own: Vec<u16> = self.of(treaty).iter().map(|norm| levels[*norm]).collect();
            own.sort_unstable();
            own.dedup();
            for level in own {
                found[level as usize].push(treaty);
            }
        }
        found
    }

    /// The norms on which the life of a treaty rests.
    pub(crate) fn of(&self, treaty: TreatyId) -> &[usize] {
        &self.norms[treaty.index()]
    }

    /// Whether it rests on a violation.
    pub(crate) fn needs_breach(&self, treaty: TreatyId) -> bool {
        self.breaches[treaty.index()]
    }
}

/// A treaty and all on whose life its own depends.
fn closure(rulebook: &Rulebook, id: TreatyId) -> Vec<TreatyId> {
    let mut found = vec![id];
    let mut done = 0;
    while let Some(next) = found.get(done).copied() {
        done += 1;
        for other in leans_on(rulebook, next) {
            if !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found
}

fn asks_breach(rulebook: &Rulebook, id: TreatyId) -> bool {
    let mut found = false;
    for condition in rulebook.treaty(id).life_conditions() {
        walk(condition, &mut |part| {
            found |= matches!(part, Condition::Breach { .. });
        });
    }
    found
}

/// For each predicate, the norms that make such sentences true.
pub(crate) fn deems(
    rulebook: &Rulebook,
    broader: &[Vec<Implied>],
) -> FxHashMap<PredicateId, Vec<usize>> {
    let mut found: FxHashMap<PredicateId, Vec<usize>> = FxHashMap::default();
    for (index, norm) in rulebook.norms.iter().enumerate() {
        if let Head::Deem(pattern) = &norm.head {
            for implied in &broader[pattern.predicate.index()] {
                found.entry(implied.predicate).or_default().push(index);
            }
        }
    }
    found
}

fn own_makers(
    rulebook: &Rulebook,
    id: TreatyId,
    deems: &FxHashMap<PredicateId, Vec<usize>>,
    in_scope: &dyn Fn(&Condition) -> Vec<NormId>,
) -> Vec<usize> {
    let mut found = Vec::new();
    let visible = |maker: &&usize| {
        let scope = rulebook.norms[**maker].treaty;
        scope.is_none() || scope == Some(id)
    };
    for condition in rulebook.treaty(id).life_conditions() {
        walk(condition, &mut |part| match part {
            Condition::Sentence { pattern, .. } => {
                let words = words(pattern, rulebook).into_iter();
                let all = words.filter_map(|word| deems.get(&word)).flatten();
                found.extend(all.filter(visible));
            }
            Condition::Is(_, Class::Status(status))
            | Condition::Count {
                class: Class::Status(status),
                ..
            } => {
                found.extend(deems.get(status).into_iter().flatten().filter(visible));
            }
            Condition::Position { .. } | Condition::Breach { .. } => {
                found.extend(in_scope(part).into_iter().map(NormId::index));
            }
            _ => {}
        });
    }
    found
}
