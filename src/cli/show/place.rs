//! A place, an area or another thing.

use super::{Shown, heading, span};
use crate::calendar::Days;
use crate::model::entity::{Entity, EntityKind};
use crate::model::ids::EntityId;
use std::fmt::Write as _;

impl Shown<'_> {
    pub(super) fn place(&self, id: EntityId, entity: &Entity) -> String {
        let mut text = heading(&entity.name, entity.title.as_deref()) + "\n";
        let place = match entity.kind {
            EntityKind::Place(index) => self.rulebook.places.get(index),
            _ => None,
        };
        let Some(place) = place else {
            let kind = if matches!(entity.kind, EntityKind::Area(_)) {
                "area of a treaty"
            } else {
                "thing"
            };
            return text + &format!("  {kind}\n");
        };
        let mut lines = |word: &str, entries: &[(EntityId, Days)]| {
            for (who, days) in entries.iter().filter(|(_, days)| self.is_then(*days)) {
                let _ = writeln!(text, "  {word} {}{}", self.rulebook.name(*who), span(*days));
            }
        };
        lines("in", &place.within);
        lines("sovereign", &place.sovereign);
        lines("administered by", &place.administered);
        let claims = place.claimed.iter();
        for claim in claims.filter(|claim| self.is_then(claim.dates)) {
            let _ = writeln!(
                text,
                "  claimed by {}{}",
                self.rulebook.name(claim.by),
                span(claim.dates)
            );
        }
        let inside = self
            .rulebook
            .entities
            .iter()
            .filter(|other| match other.kind {
                EntityKind::Place(index) => self.rulebook.places[index]
                    .within
                    .iter()
                    .any(|(outer, _)| *outer == id),
                _ => false,
            });
        let inside: Vec<&str> = inside.map(|other| other.name.as_str()).collect();
        if !inside.is_empty() {
            let _ = writeln!(text, "  holds {}", inside.join(", "));
        }
        text
    }

    /// On the day asked for, if one was.
    fn is_then(&self, days: Days) -> bool {
        self.on.is_none_or(|day| days.contains(day))
    }
}
