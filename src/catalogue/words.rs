//! The words of the vocabulary, by form, meaning and what they are a kind of.

use super::Catalogue;
use super::filter::Filters;
use crate::model::ids::PredicateId;
use crate::model::vocabulary::{Predicate, PredicateKind};
use crate::report::table::{Cell, Column, Table};

impl<'a> Catalogue<'a> {
    pub(super) fn verbs(&self, filters: &Filters) -> Table {
        self.words("verbs", filters, |kind| {
            matches!(kind, PredicateKind::Verb { .. })
        })
    }

    pub(super) fn statuses(&self, filters: &Filters) -> Table {
        self.words("statuses", filters, |kind| {
            matches!(kind, PredicateKind::Status { .. })
        })
    }

    fn words(
        &self,
        of: &'static str,
        filters: &Filters,
        is: impl Fn(&PredicateKind) -> bool,
    ) -> Table {
        let names = self.rulebook().predicate_names.iter();
        let words = names.map(|(name, id)| (name, self.rulebook().predicate(*id)));
        let found =
            words.filter(|(name, word)| is(&word.kind) && self.word_fits(name, word, filters));
        let row = |(name, word): (&String, &Predicate)| -> Vec<Cell> {
            vec![
                name.clone().into(),
                Cell::Text(word.roles.join(", ")),
                Cell::Text(self.broader(word).join(", ")),
                word.title.clone().into(),
            ]
        };
        Table {
            of,
            columns: vec![
                Column::told("name"),
                Column::told("takes"),
                Column::told("kind_of"),
                Column::told("meaning"),
            ],
            rows: found.map(row).collect(),
        }
    }

    fn word_fits(&self, name: &str, word: &Predicate, filters: &Filters) -> bool {
        let mut texts = vec![name];
        texts.extend(word.title.as_deref());
        texts.extend(self.broader(word));
        filters.fit(&texts.join(" "), |_| false)
    }

    /// What a word is a kind of.
    fn broader(&self, word: &Predicate) -> Vec<&'a str> {
        let broader = word.broader.iter();
        broader
            .map(|broader| self.word(broader.predicate))
            .collect()
    }

    /// The name of a word.
    pub(super) fn word(&self, id: PredicateId) -> &'a str {
        match &self.rulebook().predicate(id).kind {
            PredicateKind::Verb { base: name, .. } | PredicateKind::Status { name } => name,
            PredicateKind::Refusal { of } => self.word(*of),
        }
    }
}
