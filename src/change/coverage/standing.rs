//! Scenarios in which somebody does what a standing clause speaks of: it applies by that alone.

use crate::calendar::Day;
use crate::change::ask::{Example, Stated};
use crate::engine::{Record, term_variable};
use crate::model::entity::EntityKind;
use crate::model::ids::{EntityId, NormId, TreatyId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Atom, Term};
use crate::wording;
use rustc_hash::FxHashMap;

/// How many outsiders are tried.
const MOST_OUTSIDERS: usize = 4;

/// Scenarios that may engage a standing norm.
pub(super) fn examples(book: &Rulebook, record: &Record, id: NormId) -> Vec<Example> {
    let norm = book.norm(id);
    let (Some(treaty), Head::Position(head)) = (norm.treaty, &norm.head) else {
        return Vec::new();
    };
    let Some((day, members)) = bound(record, treaty, norm) else {
        return Vec::new();
    };
    if norm.triggered {
        return Vec::new();
    }
    let outsiders = outsiders(book, record, treaty, day);
    let one = |outsider: &EntityId| {
        let who = filled(norm, &head.act.terms, &members, *outsider);
        let mut arguments = head.act.terms.map(|term| who.of(term));
        // What all owe together, one may begin to do.
        arguments[0] = arguments[0].or_else(|| members.first().copied());
        let atom = Atom {
            predicate: head.act.predicate,
            arguments,
            place: None,
            amount: head.act.amount.clone(),
        };
        Example {
            day,
            parties: arguments
                .iter()
                .flatten()
                .filter(|who| acts(book, **who))
                .count(),
            facts: vec![Stated {
                what: wording::atom(book, &atom),
                from: day,
                to: Some(day),
                asserted_by: None,
            }],
            treaties: vec![book.treaty(treaty).name.clone()],
        }
    };
    outsiders.iter().map(one).collect()
}

/// Whether this is an actor, and not a thing or a treaty.
fn acts(book: &Rulebook, who: EntityId) -> bool {
    let kind = book.entities.get(who.index()).map(|entity| &entity.kind);
    matches!(
        kind,
        Some(
            EntityKind::State { .. }
                | EntityKind::Organisation
                | EntityKind::Organ { .. }
                | EntityKind::Group
        )
    )
}

/// A day on which two are bound, and who is.
fn bound(record: &Record, treaty: TreatyId, norm: &Norm) -> Option<(Day, Vec<EntityId>)> {
    let spells: Vec<_> = record.members(treaty).collect();
    let mut days: Vec<Day> = spells.iter().map(|one| one.days.first).collect();
    days.push(norm.dates.first);
    days.sort_unstable();
    days.into_iter().find_map(|day| {
        let there = spells.iter().filter(|one| one.days.contains(day));
        let members: Vec<EntityId> = there.map(|one| one.actor).collect();
        let fits = members.len() > 1 && norm.dates.contains(day);
        fits.then_some((day, members))
    })
}

/// States of the day that are never bound by the treaty.
fn outsiders(book: &Rulebook, record: &Record, treaty: TreatyId, day: Day) -> Vec<EntityId> {
    let members: Vec<EntityId> = record.members(treaty).map(|one| one.actor).collect();
    let all = (0..).map(EntityId::new).zip(&book.entities);
    let states = all.filter(|(id, entity)| {
        let there = entity.exists.spells().iter().any(|days| days.contains(day));
        matches!(entity.kind, EntityKind::State { .. }) && there && !members.contains(id)
    });
    states.map(|(id, _)| id).take(MOST_OUTSIDERS).collect()
}

/// Who the variables of an act stand for.
struct Cast(FxHashMap<usize, EntityId>);

impl Cast {
    fn of(&self, term: Term) -> Option<EntityId> {
        match term {
            Term::Entity(entity) => Some(entity),
            Term::Variable(variable) => self.0.get(&variable.index()).copied(),
            Term::Possession(word, variable) => {
                let owner = self.0.get(&variable.index())?;
                Some(EntityId::possession(word, *owner))
            }
            Term::Any => None,
        }
    }
}

/// Parties for those whom the norm calls so, an outsider for everybody else.
fn filled(norm: &Norm, terms: &[Term], members: &[EntityId], outsider: EntityId) -> Cast {
    let mut cast = FxHashMap::default();
    let mut next = members.iter();
    for (term, _) in &norm.parties {
        if let (Some(variable), Some(member)) = (term_variable(*term), next.next()) {
            cast.entry(variable.index()).or_insert(*member);
        }
    }
    for variable in terms.iter().copied().filter_map(term_variable) {
        cast.entry(variable.index()).or_insert(outsider);
    }
    Cast(cast)
}
