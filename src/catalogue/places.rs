//! Places, by where they lie, whose they are and what they are called.

use super::Catalogue;
use super::filter::{Filters, names};
use crate::calendar::Days;
use crate::model::entity::EntityKind;
use crate::model::geography::Place;
use crate::model::ids::EntityId;
use crate::report::table::{Cell, Column, Table};

impl Catalogue<'_> {
    /// By name, with whoever is said to have them on the days asked for.
    pub(super) fn places(&self, filters: &Filters) -> Table {
        let all = self.rulebook().names.values().copied();
        let mut found: Vec<(EntityId, &Place)> = all
            .filter_map(|id| Some((id, self.place(id)?)))
            .filter(|(id, place)| self.place_fits(*id, place, filters))
            .collect();
        found.sort_by_key(|(id, _)| &self.entity(*id).name);
        Table {
            of: "places",
            columns: vec![
                Column::told("name"),
                Column::told("in"),
                Column::told("sovereign"),
                Column::told("administered_by"),
                Column::told("claimed_by"),
                Column::told("title"),
            ],
            rows: found
                .into_iter()
                .map(|(id, place)| self.place_row(id, place, filters.days))
                .collect(),
        }
    }

    pub(super) fn place(&self, id: EntityId) -> Option<&Place> {
        match self.entity(id).kind {
            EntityKind::Place(index) => self.rulebook().places.get(index),
            _ => None,
        }
    }

    fn place_fits(&self, id: EntityId, place: &Place, filters: &Filters) -> bool {
        let days = filters.days;
        filters.fit(&names(self.entity(id)), |what| {
            let holders = place.sovereign.iter().chain(&place.administered);
            let held = holders
                .filter(|(_, when)| when.meets(days))
                .any(|(who, _)| *who == what);
            let mut claims = place.claimed.iter().filter(|claim| claim.dates.meets(days));
            held || claims.any(|claim| claim.by == what) || self.lies_in(id, what)
        })
    }

    /// Whether a place is another or lies in it, at any time.
    pub(super) fn lies_in(&self, inner: EntityId, outer: EntityId) -> bool {
        let places = self.place(inner).map(|place| place.within.iter());
        inner == outer
            || places
                .into_iter()
                .flatten()
                .any(|(within, _)| self.lies_in(*within, outer))
    }

    fn place_row(&self, id: EntityId, place: &Place, days: Days) -> Vec<Cell> {
        let then = |entries: &[(EntityId, Days)]| {
            let entries = entries.iter().filter(|(_, when)| when.meets(days));
            let names = entries.map(|(who, _)| self.rulebook().name(*who));
            Cell::List(names.collect(), "in turn")
        };
        let claims = place.claimed.iter().filter(|claim| claim.dates.meets(days));
        let claimants = claims.map(|claim| self.rulebook().name(claim.by));
        let entity = self.entity(id);
        vec![
            entity.name.clone().into(),
            then(&place.within),
            then(&place.sovereign),
            then(&place.administered),
            Cell::List(claimants.collect(), "states"),
            entity.title.clone().into(),
        ]
    }
}
