//! One thing by its name, or by what people call it.

use super::filter::{called, names};
use super::fold::{fold, speaks_of, wanted};
use super::{Card, Catalogue, Kind};
use crate::diagnostic::phrase::nearest;
use crate::model::ids::{EntityId, PredicateId};

/// Of a shorter word nobody can say what it is a slip of.
const SHORTEST_SLIP: usize = 4;

/// Something that a name may mean.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// A treaty, actor, place, area or thing.
    Thing(EntityId),
    /// A verb or status.
    Word(PredicateId),
    /// A scenario.
    Scenario(&'a Card),
}

impl<'a> Catalogue<'a> {
    /// Everything that is called so, by its name, its title, another of its names or its code.
    pub fn called(&self, name: &str) -> Vec<Found<'a>> {
        let rulebook = self.rulebook();
        let exact = rulebook.entity(name);
        let others = called(rulebook, name).into_iter();
        let things = exact
            .into_iter()
            .chain(others.filter(|id| Some(*id) != exact));
        let word = rulebook.predicate_names.get(name).copied();
        let folded = fold(name);
        let is = |card: &&Card| scenario_names(card).any(|name| fold(name) == folded);
        things
            .map(Found::Thing)
            .chain(word.map(Found::Word))
            .chain(self.cards.iter().filter(is).map(Found::Scenario))
            .collect()
    }

    /// Everything whose names speak of these words.
    pub fn like(&self, name: &str) -> Vec<Found<'a>> {
        let wanted = wanted(name);
        let rulebook = self.rulebook();
        let ids = rulebook.names.values().copied();
        let things = ids.filter(|id| speaks_of(&fold(&names(self.entity(*id))), &wanted));
        let scenarios = self.cards.iter().filter(|card| speaks(card, &wanted));
        things
            .map(Found::Thing)
            .chain(scenarios.map(Found::Scenario))
            .collect()
    }

    /// The name of what was found.
    pub fn name(&self, found: Found<'a>) -> &'a str {
        match found {
            Found::Thing(id) => &self.entity(id).name,
            Found::Word(id) => self.word(id),
            Found::Scenario(card) => &card.name,
        }
    }

    /// The nearest of all names and other names to one that nothing has.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let rulebook = self.rulebook();
        let names = rulebook.names.keys().chain(rulebook.predicate_names.keys());
        let titles = rulebook
            .entities
            .iter()
            .flat_map(|entity| entity.title.iter().chain(&entity.also));
        let names = names.chain(titles).map(String::as_str);
        let names = names.chain(self.cards.iter().flat_map(scenario_names));
        nearest_name(name, names.chain(Kind::ALL.map(Kind::plural)))
    }
}

/// The nearest name, letters and accents aside; a short word is not near to a long name that begins with it.
fn nearest_name<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = fold(wanted);
    if wanted.len() < SHORTEST_SLIP {
        return None;
    }
    let folded: Vec<(String, &str)> = names.map(|name| (fold(name), name)).collect();
    let long = folded.iter().map(|(folded, _)| folded.as_str());
    let near = nearest(&wanted, long.filter(|name| name.len() * 2 > wanted.len()))?;
    let found = folded.iter().find(|(folded, _)| folded == near);
    found.map(|(_, name)| *name)
}

impl Card {
    /// The nearest of all names of scenarios to one that none has.
    pub fn nearest<'c>(cards: &'c [Self], name: &str) -> Option<&'c str> {
        nearest_name(name, cards.iter().flat_map(scenario_names))
    }

    /// Those that are called so; if none is, those whose names speak of it.
    pub fn find<'c>(cards: &'c [Self], name: &str) -> Vec<&'c Self> {
        let folded = fold(name);
        let called = |card: &&Self| {
            let path = card.file.strip_suffix(".yaml").unwrap_or(&card.file);
            path.ends_with(&format!("/{name}"))
                || scenario_names(card).any(|name| fold(name) == folded)
        };
        let found: Vec<&Self> = cards.iter().filter(called).collect();
        if !found.is_empty() {
            return found;
        }
        let wanted = wanted(name);
        cards.iter().filter(|card| speaks(card, &wanted)).collect()
    }
}

fn scenario_names(card: &Card) -> impl Iterator<Item = &str> {
    let own = [card.name.as_str(), card.document.title.text.as_str()];
    own.into_iter().chain(card.also())
}

fn speaks(card: &Card, wanted: &[String]) -> bool {
    let names: Vec<&str> = scenario_names(card).collect();
    speaks_of(&fold(&names.join(" ")), wanted)
}
