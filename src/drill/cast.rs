//! Other names and other days for the same story: whoever acts is played by somebody to whom the treaties apply alike.

use crate::calendar::{Day, PartialDate};
use crate::change::canonical;
use crate::exercise::random;
use crate::model::entity::EntityKind;
use crate::model::fact::{Fact, PositionQuery, Scenario};
use crate::model::ids::{EntityId, NormId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use std::collections::{BTreeMap, BTreeSet};

/// The story begins at most so many days earlier or later.
const MOST_DAYS: u64 = 45;

/// Chance that is the same on every machine.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// A number below `most`, which is not 0.
    pub(super) fn below(&mut self, most: usize) -> usize {
        (random(&mut self.0) % most.max(1) as u64) as usize
    }

    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            let other = self.below(at + 1);
            things.swap(at, other);
        }
    }
}

/// A story told with other names on other days.
pub(super) fn retell(
    book: &Rulebook,
    norm: NormId,
    scenario: &Scenario,
    query: &PositionQuery,
    dice: &mut Dice,
) -> (Scenario, PositionQuery) {
    let cast = Cast::new(book, norm, scenario, query, dice);
    let days = shift(scenario, dice);
    let moved = |date: PartialDate| match date {
        PartialDate::Day(day) => PartialDate::Day(day.plus_days(days)),
        other => other,
    };
    let facts = scenario.facts.iter().map(|fact| Fact {
        atom: cast.atom(&fact.atom),
        from: moved(fact.from),
        to: fact.to.map(moved),
        asserted_by: fact.asserted_by.iter().map(|it| cast.of(*it)).collect(),
        denied_by: fact.denied_by.iter().map(|it| cast.of(*it)).collect(),
        ..fact.clone()
    });
    let told = Scenario {
        as_of: scenario.as_of.map(|day| day.plus_days(days)),
        facts: facts.collect(),
        ..scenario.clone()
    };
    let query = PositionQuery {
        bearer: query.bearer.map(|bearer| cast.of(bearer)),
        act: cast.atom(&query.act),
        ..query.clone()
    };
    (told, query)
}

/// By how many days; by none where a date is a month or a year.
fn shift(scenario: &Scenario, dice: &mut Dice) -> i32 {
    let mut dates = scenario.facts.iter();
    let exact = dates.all(|fact| {
        let is_day = |date: PartialDate| matches!(date, PartialDate::Day(_));
        is_day(fact.from) && fact.to.is_none_or(is_day)
    });
    let by = dice.below(2 * MOST_DAYS as usize + 1) as i32 - MOST_DAYS as i32;
    if exact { by } else { 0 }
}

/// Who plays whom.
struct Cast(BTreeMap<EntityId, EntityId>);

impl Cast {
    fn new(
        book: &Rulebook,
        norm: NormId,
        scenario: &Scenario,
        query: &PositionQuery,
        dice: &mut Dice,
    ) -> Self {
        let treaties = treaties(book, norm, scenario);
        let fixed = Fixed::new(book, norm, scenario);
        let involved = involved(scenario, query);
        let mut alike: BTreeMap<Vec<bool>, Vec<EntityId>> = BTreeMap::new();
        for actor in involved.iter().filter(|actor| fixed.may_change(**actor)) {
            let group = alike.entry(bound(book, &treaties, *actor)).or_default();
            group.push(*actor);
        }
        let mut cast = BTreeMap::new();
        let day = scenario.as_of.unwrap_or(Day::FIRST);
        for (bonds, actors) in alike {
            let mut others: Vec<EntityId> = parties(book, treaties.first())
                .into_iter()
                .chain(actors.iter().copied())
                .filter(|other| fixed.may_change(*other) && exists(book, *other, day))
                .filter(|other| bound(book, &treaties, *other) == bonds)
                .filter(|other| actors.contains(other) || !involved.contains(other))
                .collect::<BTreeSet<EntityId>>()
                .into_iter()
                .collect();
            dice.shuffle(&mut others);
            cast.extend(actors.into_iter().zip(others));
        }
        Self(cast)
    }

    fn of(&self, entity: EntityId) -> EntityId {
        match entity.possessed() {
            Some((word, owner)) => EntityId::possession(word, self.of(owner)),
            None => self.0.get(&entity).copied().unwrap_or(entity),
        }
    }

    fn atom(&self, atom: &Atom) -> Atom {
        let cast = |entity: Option<EntityId>| entity.map(|entity| self.of(entity));
        Atom {
            arguments: atom.arguments.map(cast),
            place: cast(atom.place),
            ..atom.clone()
        }
    }
}

/// Whom the clause names, and whose places the facts name, must play themselves.
struct Fixed<'b> {
    book: &'b Rulebook,
    named: BTreeSet<String>,
    owners: BTreeSet<EntityId>,
}

impl<'b> Fixed<'b> {
    fn new(book: &'b Rulebook, norm: NormId, scenario: &Scenario) -> Self {
        let text = canonical::norm(book, book.norm(norm));
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        let places = scenario.facts.iter().filter_map(|fact| fact.atom.place);
        let owners = places.flat_map(|place| match book.entities[place.index()].kind {
            EntityKind::Place(at) => {
                let place = &book.places[at];
                let owners = place.sovereign.iter().chain(&place.administered);
                owners.map(|(owner, _)| *owner).collect()
            }
            _ => Vec::new(),
        });
        Self {
            book,
            named: words.map(str::to_owned).collect(),
            owners: owners.collect(),
        }
    }

    fn may_change(&self, actor: EntityId) -> bool {
        let entity = &self.book.entities[actor.index()];
        let kind = matches!(entity.kind, EntityKind::State { .. } | EntityKind::Group);
        kind && actor.possessed().is_none()
            && !self.named.contains(&entity.name)
            && !self.owners.contains(&actor)
    }
}

/// The treaties that make a difference between actors.
fn treaties(book: &Rulebook, norm: NormId, scenario: &Scenario) -> Vec<TreatyId> {
    let own = book.norm(norm).treaty;
    let counted = scenario.treaties.clone().unwrap_or_default();
    own.into_iter().chain(counted).collect()
}

/// To which of the treaties somebody is listed as a party.
fn bound(book: &Rulebook, treaties: &[TreatyId], actor: EntityId) -> Vec<bool> {
    let listed = |treaty: &TreatyId| {
        let mut parties = book.treaty(*treaty).parties.iter();
        parties.any(|party| party.actor == actor)
    };
    treaties.iter().map(listed).collect()
}

/// Names are taken from the treaty asked about: the Charter, where it counts too, would send anybody into any war.
fn parties(book: &Rulebook, treaty: Option<&TreatyId>) -> Vec<EntityId> {
    let parties = treaty.into_iter().flat_map(|it| &book.treaty(*it).parties);
    parties.map(|party| party.actor).collect()
}

fn exists(book: &Rulebook, entity: EntityId, day: Day) -> bool {
    book.entities[entity.index()].exists.contains(day)
}

/// Whoever acts in the facts and in what is asked.
fn involved(scenario: &Scenario, query: &PositionQuery) -> BTreeSet<EntityId> {
    let facts = scenario.facts.iter();
    let acting = facts.flat_map(|fact| {
        let named = fact.atom.arguments.into_iter().flatten();
        let said = fact.asserted_by.iter().chain(&fact.denied_by).copied();
        named.chain(fact.atom.place).chain(said).collect::<Vec<_>>()
    });
    let asked = query.act.arguments.into_iter().flatten();
    let all = acting.chain(asked).chain(query.bearer);
    all.map(|entity| entity.possessed().map_or(entity, |(_, owner)| owner))
        .collect()
}
