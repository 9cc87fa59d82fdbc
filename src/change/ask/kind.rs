//! Kinds of obligations: what is compared between two versions, wherever in the treaty it stands.

use super::declared::predicate_name;
use crate::model::norm::{Head, Modality, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::PlaceTest;
use crate::wording;

/// All obligations of a treaty to do, or not to do, a thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    /// The treaty.
    pub treaty: String,
    /// Duty, prohibition, permission or power.
    pub modality: Modality,
    /// The verb, in its base form.
    pub act: String,
    /// Where it is to be done.
    pub place: Option<String>,
}

impl Kind {
    /// The kind of what a norm grants; `None` for a definition.
    pub(super) fn of(book: &Rulebook, norm: &Norm) -> Option<Self> {
        let (Head::Position(head), Some(treaty)) = (&norm.head, norm.treaty) else {
            return None;
        };
        Some(Self {
            treaty: book.treaty(treaty).name.clone(),
            modality: head.modality,
            act: predicate_name(book, head.act.predicate),
            place: head.act.place.as_ref().map(|place| place_text(book, place)),
        })
    }
}

fn place_text(book: &Rulebook, place: &PlaceTest) -> String {
    let word = if place.outside { "outside" } else { "in" };
    let spots = place
        .spots
        .iter()
        .map(|spot| match super::patterns::spot_term(*spot) {
            crate::model::sentence::Term::Entity(entity) => book.name(entity),
            other => format!("{other:?}"),
        });
    format!("{word} {}", spots.collect::<Vec<_>>().join(" or "))
}

/// What a norm adds to an obligation: means, amounts, manner, deadline, and how it ends.
pub(super) fn terms(book: &Rulebook, norm: &Norm) -> String {
    let Head::Position(head) = &norm.head else {
        return String::new();
    };
    let mut found = wording::qualifiers(book, head);
    if head.lapses_on_breach {
        found.push("lapses on breach".to_owned());
    }
    found.sort();
    found.join(", ")
}
