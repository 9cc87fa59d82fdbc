//! What heads of treaties say about things declared elsewhere: who knew, who holds a reading, when the treaty enters into force and when it
//! ends.

use super::clause::life_condition;
use super::draft::Draft;
use super::head::NO_TIME;
use crate::model::condition::Condition;
use crate::model::ids::{EntityId, LayerId, TreatyId};
use crate::model::treaty::{Ending, Entry, Treaty};
use crate::syntax::ast;

/// Lowers the conditions of entry into force and of the end.
pub(super) fn lives(draft: &mut Draft<'_>) {
    let trees = draft.treaties.clone();
    for (at, tree) in trees.iter().enumerate() {
        for attribute in &tree.attributes {
            let condition = match attribute {
                ast::Attribute::EntersWhen(condition) | ast::Attribute::EndsWhen(_, condition) => {
                    condition
                }
                ast::Attribute::Term(term) => match &term.prolonged {
                    Some(condition) => condition,
                    None => continue,
                },
                _ => continue,
            };
            let mut context = draft.context(Some(TreatyId(at as u32)));
            let condition = life_condition(&mut context, condition);
            let gathered = context.finish();
            draft.gather(gathered);
            keep(&mut draft.book.treaties[at], attribute, condition);
        }
    }
}

fn keep(treaty: &mut Treaty, attribute: &ast::Attribute, condition: Condition) {
    match attribute {
        ast::Attribute::EndsWhen(after, _) => {
            let after = after.as_ref().map_or(NO_TIME, |at| at.value);
            treaty.endings.push(Ending { condition, after });
        }
        ast::Attribute::Term(_) => treaty.prolonged = Some(condition),
        _ if treaty.entry == Entry::Never => treaty.entry = Entry::When(condition),
        _ => {}
    }
}

/// Resolves who knew of layers and who holds readings.
pub(super) fn who_knew(draft: &mut Draft<'_>) {
    let mut context = draft.context(None);
    let mut known = Vec::new();
    for (layer, names) in &draft.layers {
        let actors: Vec<_> = names.iter().filter_map(|n| context.actor(n)).collect();
        known.push((*layer, actors));
    }
    let mut held = Vec::new();
    for (dispute, readings) in &draft.readings {
        for (at, reading) in readings.iter().enumerate() {
            let names = reading.held_by.iter();
            let actors: Vec<_> = names.filter_map(|n| context.actor(n)).collect();
            held.push((*dispute, at, actors));
        }
    }
    let gathered = context.finish();
    for (layer, actors) in known {
        let actors = if actors.is_empty() {
            parties(draft, layer)
        } else {
            actors
        };
        draft.book.layers[layer.index()].known_to = actors;
    }
    for (dispute, at, actors) in held {
        draft.book.disputes[dispute.index()].readings[at].held_by = actors;
    }
    draft.gather(gathered);
}

/// The listed parties of the treaty to which a layer belongs: they know of it, where the text does not say who did.
fn parties(draft: &Draft<'_>, layer: LayerId) -> Vec<EntityId> {
    let within = draft
        .parts
        .iter()
        .find(|part| part.layer == Some(layer))
        .map(|part| part.treaty);
    let treaties = draft.book.treaties.iter().enumerate();
    let own = treaties.filter(|(at, treaty)| {
        treaty.layer == Some(layer) || within.is_some_and(|id| id.index() == *at)
    });
    own.flat_map(|(_, treaty)| treaty.parties.iter().map(|party| party.actor))
        .collect()
}
