//! Declarations without their titles and other names, which say nothing to the engine.

use crate::syntax::ast::{Item, Text};
use crate::syntax::format;

/// The text of a declaration without its title and other names. A definition and a treaty stay as they are.
pub(super) fn untitled(item: &Item) -> String {
    let mut bare = item.clone();
    match &mut bare {
        Item::State(state) => state.also.clear(),
        Item::Organisation(organisation) => organisation.also.clear(),
        _ => {}
    }
    if let Some(title) = title(&mut bare) {
        *title = None;
    }
    format::item(&bare)
}

fn title(item: &mut Item) -> Option<&mut Option<Text>> {
    match item {
        Item::State(state) => Some(&mut state.title),
        Item::Place(place) => Some(&mut place.title),
        Item::Verb(verb) => Some(&mut verb.title),
        Item::Status(status) => Some(&mut status.title),
        Item::Organisation(organisation) => Some(&mut organisation.title),
        Item::Organ { title, .. }
        | Item::Group { title, .. }
        | Item::Thing { title, .. }
        | Item::Means { title, .. }
        | Item::Manner { title, .. }
        | Item::Possession { title, .. } => Some(title),
        Item::Define(_) | Item::History(_) | Item::Treaty(_) => None,
    }
}
