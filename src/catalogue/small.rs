//! Things, means, manners, possessions and units: words that take nothing.

use super::Catalogue;
use super::filter::Filters;
use crate::model::condition::Condition;
use crate::model::entity::EntityKind;
use crate::model::norm::{Head, Norm};
use crate::model::sentence::Amount;
use crate::model::vocabulary::Word;
use crate::report::table::{Column, Table};
use std::collections::BTreeSet;

/// A word: its name, what it is a kind of, and what it means.
type Told<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

impl Catalogue<'_> {
    pub(super) fn things(&self, filters: &Filters) -> Table {
        let names = self.rulebook().names.values();
        let entities = names.map(|id| self.entity(*id));
        let things = entities.filter(|entity| entity.kind == EntityKind::Thing);
        let told = things.map(|thing| (thing.name.as_str(), None, thing.title.as_deref()));
        table("things", told, filters)
    }

    pub(super) fn means(&self, filters: &Filters) -> Table {
        let all = &self.rulebook().means;
        let broader = |word: &Word| {
            let broader = word.kind_of.and_then(|at| all.get(at));
            broader.map(|broader| broader.name.as_str())
        };
        let told = all
            .iter()
            .map(|word| (word.name.as_str(), broader(word), word.title.as_deref()));
        table("means", told, filters)
    }

    pub(super) fn manners(&self, filters: &Filters) -> Table {
        table("manners", plain(&self.rulebook().manners), filters)
    }

    pub(super) fn possessions(&self, filters: &Filters) -> Table {
        table("possessions", plain(&self.rulebook().possessions), filters)
    }

    /// Units are declared nowhere: those that clauses and the record use.
    pub(super) fn units(&self, filters: &Filters) -> Table {
        let rulebook = self.rulebook();
        let of_norms = rulebook.norms.iter().flat_map(amounts);
        let of_record = rulebook
            .history
            .iter()
            .filter_map(|fact| fact.atom.amount.as_ref());
        let units: BTreeSet<&str> = of_norms
            .chain(of_record)
            .map(|amount| amount.unit.as_str())
            .collect();
        table(
            "units",
            units.into_iter().map(|unit| (unit, None, None)),
            filters,
        )
    }
}

/// The amounts of which a norm speaks.
fn amounts(norm: &Norm) -> impl Iterator<Item = &Amount> {
    let asked = norm
        .conditions
        .iter()
        .filter_map(|condition| match condition {
            Condition::Sentence { pattern, .. } => pattern.amount.as_ref(),
            _ => None,
        });
    let own = match &norm.head {
        Head::Position(head) => head.amount.as_ref().or(head.act.amount.as_ref()),
        Head::Deem(_) => None,
    };
    asked.chain(own)
}

fn plain(words: &[Word]) -> impl Iterator<Item = Told<'_>> {
    words
        .iter()
        .map(|word| (word.name.as_str(), None, word.title.as_deref()))
}

fn table<'a>(of: &'static str, words: impl Iterator<Item = Told<'a>>, filters: &Filters) -> Table {
    let fits = |(name, broader, title): &Told<'a>| {
        let texts = [Some(*name), *broader, *title];
        let texts: Vec<&str> = texts.into_iter().flatten().collect();
        filters.fit(&texts.join(" "), |_| false)
    };
    let row = |(name, broader, title): Told<'a>| {
        vec![
            name.into(),
            broader.map(str::to_owned).into(),
            title.map(str::to_owned).into(),
        ]
    };
    Table {
        of,
        columns: vec![
            Column::told("name"),
            Column::told("kind_of"),
            Column::told("meaning"),
        ],
        rows: words.filter(fits).map(row).collect(),
    }
}
