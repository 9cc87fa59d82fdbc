//! Whom an edit of a declaration names, and in which treaty an edit is.

use super::declared::{Word, line_text};
use crate::model::entity::EntityKind;
use crate::model::geography::{AreaBase, AreaLine, Holder};
use crate::model::ids::{EntityId, NormId};
use crate::model::rulebook::Rulebook;
use std::collections::BTreeSet;

/// Actors whom a changed line of an area names, as holder of territory or through a place of theirs.
pub(super) fn named_by(books: [&Rulebook; 2], words: &BTreeSet<Word>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let names = words.iter().filter_map(|word| match word {
        Word::Entity(name) => Some(name),
        _ => None,
    });
    for name in names {
        let [old, new] = books.map(|book| lines(book, name));
        let texts = [&old, &new].map(|lines| lines.iter().map(|(text, _)| text.clone()).collect());
        let [before, after]: [BTreeSet<String>; 2] = texts;
        for (book, lines, other) in [(books[0], &old, &after), (books[1], &new, &before)] {
            let changed = lines.iter().filter(|(text, _)| !other.contains(text));
            found.extend(changed.filter_map(|(_, line)| holder(book, line)));
        }
    }
    found
}

/// The lines of an area, each with what it says.
fn lines<'b>(book: &'b Rulebook, name: &str) -> Vec<(String, &'b AreaLine)> {
    let kind = book.entity(name).map(|id| &book.entities[id.index()].kind);
    let Some(EntityKind::Area(index)) = kind else {
        return Vec::new();
    };
    let lines = book.areas[*index].lines.iter();
    lines.map(|line| (line_text(book, line), line)).collect()
}

/// Whose territory a line speaks of.
fn holder(book: &Rulebook, line: &AreaLine) -> Option<String> {
    match &line.base {
        AreaBase::Territory(Holder::Named(id))
        | AreaBase::Islands(Holder::Named(id))
        | AreaBase::Administered(Holder::Named(id)) => Some(book.name(*id)),
        AreaBase::Named(id) => sovereign(book, *id),
        _ => None,
    }
}

/// A state itself, or whose a place is at last.
fn sovereign(book: &Rulebook, id: EntityId) -> Option<String> {
    match book.entities[id.index()].kind {
        EntityKind::State { .. } => Some(book.name(id)),
        EntityKind::Place(index) => {
            let (state, _) = book.places[index].sovereign.last()?;
            Some(book.name(*state))
        }
        _ => None,
    }
}

/// The treaties in which something was edited: a clause, the head, an area, the record.
pub(super) fn treaties_of(
    books: [&Rulebook; 2],
    words: &BTreeSet<Word>,
    edited: &(Vec<NormId>, Vec<NormId>),
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (book, norms) in [(books[0], &edited.0), (books[1], &edited.1)] {
        let own = norms.iter().filter_map(|id| book.norm(*id).treaty);
        found.extend(own.map(|id| book.treaty(id).name.clone()));
    }
    for word in words {
        match word {
            Word::Treaty(name) | Word::Record(_, Some(name)) => {
                found.insert(name.clone());
            }
            Word::Entity(name) => {
                found.extend(name.split_once('/').map(|(treaty, _)| treaty.to_owned()));
            }
            _ => {}
        }
    }
    found
}
