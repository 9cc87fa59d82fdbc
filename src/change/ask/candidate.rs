//! A sentence that may be stated in the small world, in names, so that it can be told to either version.

use super::declared::{full_name, predicate_name};
use crate::calendar::{Day, PartialDate};
use crate::model::fact::Fact;
use crate::model::ids::{EntityId, PossessionId, PredicateId};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Amount, Atom};
use crate::model::vocabulary::SLOTS;

/// A sentence that may be stated, in names, so that it can be told to either version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Candidate {
    pub(super) arguments: [Option<String>; SLOTS],
    pub(super) predicate: String,
    pub(super) place: Option<String>,
    pub(super) amount: Option<Amount>,
    pub(super) from: Day,
    pub(super) to: Option<Day>,
    /// It is contested, and this one says so.
    pub(super) asserted_by: Option<String>,
}

impl Candidate {
    /// A fact of a scenario, as far as its name goes.
    pub(super) fn named(book: &Rulebook, fact: &Fact) -> Self {
        let atom = &fact.atom;
        Self {
            arguments: atom.arguments.map(|who| who.map(|id| full_name(book, id))),
            predicate: predicate_name(book, atom.predicate),
            place: atom.place.map(|id| full_name(book, id)),
            amount: atom.amount.clone(),
            from: fact.from.first(),
            to: fact.to.map(PartialDate::last),
            asserted_by: None,
        }
    }

    /// As a fact of one version; `None` if that does not know the words.
    pub(super) fn fact(&self, book: &Rulebook) -> Option<Fact> {
        let mut arguments = [None; SLOTS];
        for (slot, name) in arguments.iter_mut().zip(&self.arguments) {
            if let Some(name) = name {
                *slot = Some(entity(book, name)?);
            }
        }
        let place = match &self.place {
            Some(name) => Some(book.entity(name)?),
            None => None,
        };
        let asserted_by = match &self.asserted_by {
            Some(name) => vec![book.entity(name)?],
            None => Vec::new(),
        };
        let atom = Atom {
            predicate: predicate(book, &self.predicate)?,
            arguments,
            place,
            amount: self.amount.clone(),
        };
        Some(Fact {
            to: self.to.map(PartialDate::Day),
            contested: !asserted_by.is_empty(),
            asserted_by,
            ..Fact::from_day(atom, self.from)
        })
    }

    /// Whom it names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let named = self.arguments.iter().flatten().map(|name| owner(name));
        named.chain(self.asserted_by.as_deref())
    }
}

/// The owner of a possession, else the one named.
pub(super) fn owner(name: &str) -> &str {
    name.split_once(" of ").map_or(name, |(_, owner)| owner)
}

/// An entity, or the possession of one, by its name.
pub(super) fn entity(book: &Rulebook, name: &str) -> Option<EntityId> {
    let Some((word, owner)) = name.split_once(" of ") else {
        return book.entity(name);
    };
    let word = book.possessions.iter().position(|own| own.name == word)?;
    Some(EntityId::possession(
        PossessionId(word as u8),
        book.entity(owner)?,
    ))
}

/// A predicate by its name in full.
pub(super) fn predicate(book: &Rulebook, name: &str) -> Option<PredicateId> {
    if let Some(verb) = name.strip_prefix("refuse to ") {
        return book.refusal(*book.predicate_names.get(verb)?);
    }
    let name = name.strip_prefix("is ").unwrap_or(name);
    book.predicate_names.get(name).copied()
}
