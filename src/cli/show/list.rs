//! Lists: all treaties, states, verbs and so on.

use super::Shown;
use crate::model::entity::{Entity, EntityKind};
use crate::model::treaty::Treaty;
use crate::model::vocabulary::PredicateKind;

impl Shown<'_> {
    /// What a plural lists; `None` if the word is no plural of this kind.
    pub(super) fn list(&self, plural: &str) -> Option<String> {
        let rows = match plural {
            "treaties" => self.treaties(),
            "states" => self.entities(|kind| matches!(kind, EntityKind::State { .. })),
            "organisations" => self.entities(|kind| {
                matches!(kind, EntityKind::Organisation | EntityKind::Organ { .. })
            }),
            "groups" => self.entities(|kind| matches!(kind, EntityKind::Group)),
            "places" => self.entities(|kind| matches!(kind, EntityKind::Place(_))),
            "verbs" => self.words(|kind| matches!(kind, PredicateKind::Verb { .. })),
            "statuses" => self.words(|kind| matches!(kind, PredicateKind::Status { .. })),
            _ => return None,
        };
        Some(columns(&rows))
    }

    /// By day of signature.
    fn treaties(&self) -> Vec<[String; 3]> {
        let mut treaties: Vec<&Treaty> = self.rulebook.treaties.iter().collect();
        treaties.sort_by_key(|treaty| {
            (
                treaty.signed.map(crate::calendar::PartialDate::first),
                &treaty.name,
            )
        });
        let row = |treaty: &&Treaty| {
            let signed = treaty
                .signed
                .map(|date| date.to_string())
                .unwrap_or_default();
            [
                treaty.name.clone(),
                signed,
                treaty.title.clone().unwrap_or_default(),
            ]
        };
        treaties.iter().map(row).collect()
    }

    fn entities(&self, wanted: impl Fn(&EntityKind) -> bool) -> Vec<[String; 3]> {
        let mut found: Vec<&Entity> = self
            .rulebook
            .entities
            .iter()
            .filter(|entity| wanted(&entity.kind))
            .collect();
        found.sort_by_key(|entity| &entity.name);
        let row = |entity: &&Entity| {
            let days = super::span(entity.exists).trim_start().to_owned();
            [
                entity.name.clone(),
                entity.title.clone().unwrap_or_default(),
                days,
            ]
        };
        found.iter().map(row).collect()
    }

    fn words(&self, wanted: impl Fn(&PredicateKind) -> bool) -> Vec<[String; 3]> {
        let names = self.rulebook.predicate_names.iter();
        let words = names.map(|(name, id)| (name, self.rulebook.predicate(*id)));
        let words = words.filter(|(_, word)| wanted(&word.kind));
        let row = |(name, word): (&String, &crate::model::vocabulary::Predicate)| {
            [
                name.clone(),
                word.roles.join(", "),
                word.title.clone().unwrap_or_default(),
            ]
        };
        words.map(row).collect()
    }
}

/// Rows in columns, two blanks between.
fn columns(rows: &[[String; 3]]) -> String {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    let line = |[a, b, c]: &[String; 3]| {
        format!("{a:first$}  {b:second$}  {c}")
            .trim_end()
            .to_owned()
            + "\n"
    };
    rows.iter().map(line).collect()
}
