//! A place, an area or another thing.

use super::{Shown, heading, span};
use crate::calendar::Days;
use crate::model::entity::{Entity, EntityKind};
use crate::model::ids::EntityId;
use crate::syntax::words::is_structure;
use std::fmt::Write as _;

impl Shown<'_> {
    pub(super) fn place(&self, id: EntityId, entity: &Entity) -> String {
        let mut text = heading(&entity.name, entity.title.as_deref()) + "\n";
        let place = match entity.kind {
            EntityKind::Place(index) => self.rulebook.places.get(index),
            _ => None,
        };
        let Some(place) = place else {
            return text + &self.area_or_thing(entity);
        };
        if place.island || place.sea {
            let kind = if place.sea { "sea" } else { "island" };
            let _ = writeln!(text, "  {kind}");
        }
        if let Some((latitude, longitude)) = place.at {
            let _ = writeln!(text, "  at {latitude} {longitude}");
        }
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

    /// An area as its treaty draws it.
    fn area_or_thing(&self, entity: &Entity) -> String {
        let EntityKind::Area(_) = entity.kind else {
            return "  thing\n".to_owned();
        };
        let own = self.rulebook.names.iter().find(|(_, id)| {
            self.rulebook
                .entities
                .get(id.index())
                .is_some_and(|known| known.span == entity.span)
        });
        let treaty = own.and_then(|(key, _)| key.split_once('/'));
        let of = treaty.map_or("a treaty", |(treaty, _)| treaty);
        let mut text = format!("  area of {of}\n");
        let whole = &self.sources.get(entity.span.source).text;
        let behind = whole.get(entity.span.end as usize..).unwrap_or("");
        let before = whole.get(..entity.span.start as usize).unwrap_or("");
        let margin = indent(before.rsplit('\n').next().unwrap_or(""));
        let (first, lines) = behind.split_once('\n').unwrap_or((behind, ""));
        let drawn = lines.lines().take_while(|line| {
            let first = line.split_whitespace().next().unwrap_or("");
            indent(line) > margin && !is_structure(first)
        });
        for line in std::iter::once(first).chain(drawn).map(str::trim) {
            if !line.is_empty() {
                let _ = writeln!(text, "    {line}");
            }
        }
        text
    }

    /// On the day asked for, if one was.
    fn is_then(&self, days: Days) -> bool {
        self.on.is_none_or(|day| days.contains(day))
    }
}

/// How far a line is indented.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
