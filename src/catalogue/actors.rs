//! States, organisations, organs and groups, by their existence, treaties, statuses, regions and names.

use super::filter::{Filters, names};
use super::{Catalogue, known};
use crate::calendar::{Day, Days, PartialDate};
use crate::model::entity::{Entity, EntityKind};
use crate::model::fact::Fact;
use crate::model::ids::EntityId;
use crate::model::vocabulary::PredicateKind;
use crate::report::table::{Cell, Column, Table};

impl Catalogue<'_> {
    pub(super) fn states(&self, filters: &Filters) -> Table {
        let is = |kind: &EntityKind| matches!(kind, EntityKind::State { .. });
        Table {
            of: "states",
            columns: vec![
                Column::told("name"),
                Column::told("code"),
                Column::told("cow"),
                Column::told("existed"),
                Column::told("title"),
                Column::silent("also"),
                Column::silent("continues"),
            ],
            rows: self.rows(is, filters, |entity| self.state(entity)),
        }
    }

    pub(super) fn organisations(&self, filters: &Filters) -> Table {
        let is =
            |kind: &EntityKind| matches!(kind, EntityKind::Organisation | EntityKind::Organ { .. });
        Table {
            of: "organisations",
            columns: vec![
                Column::told("name"),
                Column::told("organ_of"),
                Column::told("existed"),
                Column::told("title"),
                Column::silent("also"),
            ],
            rows: self.rows(is, filters, |entity| {
                let of = match entity.kind {
                    EntityKind::Organ { of } => Some(self.rulebook().name(of)),
                    _ => None,
                };
                vec![
                    entity.name.clone().into(),
                    of.into(),
                    existed(entity).into(),
                    entity.title.clone().into(),
                    also(entity),
                ]
            }),
        }
    }

    pub(super) fn groups(&self, filters: &Filters) -> Table {
        Table {
            of: "groups",
            columns: vec![Column::told("name"), Column::told("title")],
            rows: self.rows(
                |kind| matches!(kind, EntityKind::Group),
                filters,
                |entity| vec![entity.name.clone().into(), entity.title.clone().into()],
            ),
        }
    }

    /// The rows of all actors of a kind that fit, by name.
    fn rows(
        &self,
        is: impl Fn(&EntityKind) -> bool,
        filters: &Filters,
        row: impl Fn(&Entity) -> Vec<Cell>,
    ) -> Vec<Vec<Cell>> {
        let all = self.rulebook().names.values().copied();
        let mut found: Vec<EntityId> = all
            .filter(|id| is(&self.entity(*id).kind) && self.actor_fits(*id, filters))
            .collect();
        found.sort_by_key(|id| &self.entity(*id).name);
        found.into_iter().map(|id| row(self.entity(id))).collect()
    }

    fn actor_fits(&self, id: EntityId, filters: &Filters) -> bool {
        let entity = self.entity(id);
        let then = !filters.dated || entity.exists.meets(filters.days);
        then && filters.fit(&self.actor_words(id, filters.days), |what| {
            what == id || self.has_to_do(entity, id, what, filters.days)
        })
    }

    /// A treaty that binds it, a place in which it lies, an actor of which it is an organ or that it continues.
    fn has_to_do(&self, entity: &Entity, id: EntityId, what: EntityId, days: Days) -> bool {
        if let Some(treaty) = self.rulebook().treaty_of(what) {
            return self.binds(treaty, id, days);
        }
        match &entity.kind {
            EntityKind::State {
                continues, within, ..
            } => {
                let inside = within.iter().any(|place| self.lies_in(*place, what));
                inside || continues.iter().any(|(before, _)| *before == what)
            }
            EntityKind::Organ { of } => *of == what,
            _ => false,
        }
    }

    /// Its names, its number, and what the record says that it was on those days.
    fn actor_words(&self, id: EntityId, days: Days) -> String {
        let entity = self.entity(id);
        let mut words = vec![names(entity)];
        if let EntityKind::State { cow: Some(cow), .. } = entity.kind {
            words.push(cow.to_string());
        }
        words.extend(self.statuses_of(id, days).map(str::to_owned));
        words.join(" ")
    }

    fn statuses_of(&self, id: EntityId, days: Days) -> impl Iterator<Item = &str> {
        let own = self.rulebook().history.iter().filter(move |fact| {
            fact.atom.arguments[0] == Some(id) && !fact.negated && spell(fact).meets(days)
        });
        own.filter_map(
            |fact| match &self.rulebook().predicate(fact.atom.predicate).kind {
                PredicateKind::Status { name } => Some(name.as_str()),
                _ => None,
            },
        )
    }

    fn state(&self, entity: &Entity) -> Vec<Cell> {
        let EntityKind::State {
            code,
            cow,
            continues,
            ..
        } = &entity.kind
        else {
            return Vec::new();
        };
        let before = continues.iter().map(|(id, _)| self.rulebook().name(*id));
        vec![
            entity.name.clone().into(),
            code.clone().into(),
            (*cow).into(),
            existed(entity).into(),
            entity.title.clone().into(),
            also(entity),
            Cell::List(before.collect(), "states"),
        ]
    }
}

fn also(entity: &Entity) -> Cell {
    Cell::List(entity.also.clone(), "names")
}

/// From the first day to the last on which a fact of record may hold.
fn spell(fact: &Fact) -> Days {
    Days {
        first: fact.from.first(),
        last: fact.to.map_or(Day::LAST, PartialDate::last),
    }
}

/// `1878-07-13 to 1918-11-30, since 2006-06-03`
fn existed(entity: &Entity) -> String {
    let spells = entity.exists.spells().iter();
    let told =
        spells.filter_map(|days| crate::report::text::days(known(days.first), known(days.last)));
    told.collect::<Vec<_>>().join(", ")
}
