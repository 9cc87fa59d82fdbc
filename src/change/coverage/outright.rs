//! Scenarios in which a clause finds stated outright what it asks for: guesses, each to be replayed. They need no search, and so are
//! there where too many could take part to look at all; a standing clause applies by the act alone of which it speaks.

use crate::calendar::Day;
use crate::change::ask::{Example, Stated};
use crate::engine::{Element, Part, Record, term_variable};
use crate::model::condition::{Class, Condition};
use crate::model::entity::EntityKind;
use crate::model::ids::{EntityId, NormId, TreatyId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Atom, Pattern, Spot, Term};
use crate::wording;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// How many outsiders are tried.
const MOST_OUTSIDERS: usize = 4;

/// How many ways of stating what is asked for are tried.
const MOST_WAYS: usize = 6;

/// Scenarios in which a norm may apply, or in which this may be the only thing missing.
pub(super) fn examples(
    book: &Rulebook,
    record: &Record,
    id: NormId,
    missing: Option<Element>,
) -> Vec<Example> {
    let norm = book.norm(id);
    let Some(treaty) = norm.treaty else {
        return Vec::new();
    };
    let Some((day, members)) = bound(record, treaty, norm) else {
        return Vec::new();
    };
    let outsiders = outsiders(book, record, treaty, day);
    let ways = ways(norm, missing);
    let turns = 0..outsiders.len();
    let each = turns.flat_map(|turn| ways.iter().map(move |way| (turn, way)));
    let made = each.filter_map(|(turn, way)| {
        let mut outsiders = outsiders.clone();
        outsiders.rotate_left(turn);
        let stage = Stage {
            book,
            norm,
            day,
            cast: cast(norm, way, &members, &outsiders),
            elsewhere: *outsiders.first()?,
            begins: *members.first()?,
        };
        stage.example(way, treaties(book, norm, missing))
    });
    made.collect()
}

/// What is said in a scenario.
#[derive(Clone, Copy)]
struct Said<'n> {
    pattern: &'n Pattern,
    /// Not where the clause asks for it.
    elsewhere: bool,
}

type Way<'n> = Vec<Said<'n>>;

/// The ways to state what a norm asks for.
fn ways(norm: &Norm, missing: Option<Element>) -> Vec<Way<'_>> {
    let mut found: Vec<Way<'_>> = vec![Vec::new()];
    if let Head::Position(head) = &norm.head
        && !norm.triggered
    {
        found[0].push(Said {
            pattern: &head.act,
            elsewhere: false,
        });
    }
    for (index, condition) in norm.conditions.iter().enumerate() {
        let part = missing.filter(|element| element.condition == index);
        let part = part.map(|element| element.part);
        let own = match (condition, part) {
            (Condition::Not(inner), Some(Part::Whole)) => said(inner, false),
            (_, Some(Part::Whole)) => continue,
            (_, part) => said(condition, part == Some(Part::Place)),
        };
        let both = found.iter().flat_map(|way| {
            own.iter()
                .map(move |more| [way.as_slice(), more.as_slice()].concat())
        });
        found = both.take(MOST_WAYS).collect();
    }
    found
}

/// The ways to state a condition; what cannot be stated is left open.
fn said(condition: &Condition, elsewhere: bool) -> Vec<Way<'_>> {
    match condition {
        Condition::Sentence { pattern, .. } => vec![vec![Said { pattern, elsewhere }]],
        Condition::Any(parts) => parts
            .iter()
            .flat_map(|part| said(part, elsewhere))
            .collect(),
        Condition::All(parts) => {
            let firsts = parts.iter().filter_map(|part| said(part, elsewhere).pop());
            vec![firsts.flatten().collect()]
        }
        _ => vec![Vec::new()],
    }
}

/// The treaty and those by which its conditions ask, but for what is to be missing.
fn treaties(book: &Rulebook, norm: &Norm, missing: Option<Element>) -> Vec<String> {
    let kept = |index: usize| missing.is_none_or(|element| element.condition != index);
    let conditions = norm.conditions.iter().enumerate();
    let conditions = conditions.filter(|(index, _)| kept(*index));
    let asked = conditions.filter_map(|(_, condition)| match condition {
        Condition::Position { under, .. } | Condition::Breach { under, .. } => under.treaty,
        _ => None,
    });
    let all: BTreeSet<TreatyId> = norm.treaty.into_iter().chain(asked).collect();
    all.into_iter()
        .map(|id| book.treaty(id).name.clone())
        .collect()
}

/// Who takes part in one way, and when.
struct Stage<'s> {
    book: &'s Rulebook,
    norm: &'s Norm,
    day: Day,
    cast: Cast,
    /// A place that no treaty of these members covers.
    elsewhere: EntityId,
    /// What all owe together, this one begins to do.
    begins: EntityId,
}

impl Stage<'_> {
    fn example(&self, way: &[Said<'_>], treaties: Vec<String>) -> Option<Example> {
        let atoms: Option<Vec<Atom>> = way.iter().map(|said| self.atom(*said)).collect();
        let atoms = atoms?;
        let all = atoms.iter().flat_map(|atom| atom.arguments).flatten();
        let parties: BTreeSet<EntityId> = all.filter(|who| acts(self.book, *who)).collect();
        let fact = |atom: &Atom| Stated {
            what: wording::atom(self.book, atom),
            from: self.day,
            to: Some(self.day),
            asserted_by: None,
        };
        Some(Example {
            day: self.day,
            parties: parties.len(),
            facts: atoms.iter().map(fact).collect(),
            treaties,
        })
    }

    /// Nothing if nobody is there to do it.
    fn atom(&self, said: Said<'_>) -> Option<Atom> {
        let pattern = said.pattern;
        let mut arguments = pattern.terms.map(|term| self.cast.of(term));
        let is_head = matches!(&self.norm.head, Head::Position(head) if head.act == *pattern);
        arguments[0] = arguments[0].or(is_head.then_some(self.begins));
        arguments[0]?;
        Some(Atom {
            predicate: pattern.predicate,
            arguments,
            place: if said.elsewhere {
                Some(self.elsewhere)
            } else {
                inside(pattern)
            },
            amount: pattern.amount.clone(),
        })
    }
}

/// The place that a sentence asks for, if it has a name.
fn inside(pattern: &Pattern) -> Option<EntityId> {
    let place = pattern.place.as_ref().filter(|place| !place.outside)?;
    match place.spots.first()? {
        Spot::In(Term::Entity(place)) => Some(*place),
        _ => None,
    }
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

/// Who the variables of a norm stand for.
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

/// Parties for those whom the norm calls so, outsiders for all others.
fn cast(norm: &Norm, way: &[Said<'_>], members: &[EntityId], outsiders: &[EntityId]) -> Cast {
    let mut cast = FxHashMap::default();
    let bearers = norm.parties.iter().map(|(term, _)| *term);
    // A definition has no bearers.
    let others = norm
        .conditions
        .iter()
        .filter_map(|condition| match condition {
            Condition::Is(term, Class::Party(..)) => Some(*term),
            _ => None,
        });
    let mut next = members.iter();
    for variable in bearers.chain(others).filter_map(term_variable) {
        if !cast.contains_key(&variable.index())
            && let Some(member) = next.next()
        {
            cast.insert(variable.index(), *member);
        }
    }
    let mut next = outsiders.iter().cycle();
    let terms = way.iter().flat_map(|said| said.pattern.terms);
    for variable in terms.filter_map(term_variable) {
        if !cast.contains_key(&variable.index())
            && let Some(outsider) = next.next()
        {
            cast.insert(variable.index(), *outsider);
        }
    }
    Cast(cast)
}
