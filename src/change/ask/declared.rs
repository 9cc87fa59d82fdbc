//! What declarations say, so that two versions can be held side by side: names for numbers, and no places in texts.

use crate::model::entity::{Entity, EntityKind};
use crate::model::geography::AreaLine;
use crate::model::ids::{DisputeId, EntityId, PossessionId, PredicateId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::PredicateKind;
use rustc_hash::FxHashMap;
use std::fmt::Debug;

/// What is declared, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Word {
    /// A state, place, area, thing ...
    Entity(String),
    /// A verb or status.
    Predicate(String),
    /// The head of a treaty, its disputes and layers.
    Treaty(String),
    /// Facts of record, by their predicate and the treaty that they name.
    Record(String, Option<String>),
}

/// Every declaration but clauses, with what it says.
pub(super) fn declarations(book: &Rulebook) -> FxHashMap<Word, String> {
    let mut found: FxHashMap<Word, String> = FxHashMap::default();
    for (name, id) in &book.names {
        let entity = &book.entities[id.index()];
        found.insert(Word::Entity(name.clone()), entity_text(book, entity));
    }
    for (index, predicate) in book.predicates.iter().enumerate() {
        let name = predicate_name(book, PredicateId(index as u16));
        found.insert(Word::Predicate(name), text(book, predicate));
    }
    for treaty in &book.treaties {
        let disputes = treaty.disputes.iter().map(|id| &book.disputes[id.index()]);
        let disputes: Vec<String> = disputes.map(|dispute| text(book, dispute)).collect();
        let bare = crate::model::treaty::Treaty {
            articles: Vec::new(),
            disputes: Vec::new(),
            title: None,
            cite: None,
            sources: Vec::new(),
            notes: Vec::new(),
            ..treaty.clone()
        };
        let head = format!("{} {}", text(book, &bare), disputes.join(" "));
        found.insert(Word::Treaty(treaty.name.clone()), head);
    }
    for fact in &book.history {
        let mut named = fact.atom.arguments.iter().flatten();
        let treaty = named.find_map(|id| book.treaty_of(*id));
        let treaty = treaty.map(|id| book.treaty(id).name.clone());
        let record = Word::Record(predicate_name(book, fact.atom.predicate), treaty);
        let all = found.entry(record).or_default();
        all.push_str(&text(book, fact));
    }
    found
}

fn entity_text(book: &Rulebook, entity: &Entity) -> String {
    let detail = match entity.kind {
        EntityKind::Place(index) => text(book, &book.places[index]),
        EntityKind::Area(index) => text(book, &book.areas[index]),
        // Its number says nothing.
        EntityKind::Treaty(_) => return "treaty".to_owned(),
        _ => text(book, &entity.kind),
    };
    format!("{:?} {detail}", entity.exists)
}

/// What a line of an area says.
pub(super) fn line_text(book: &Rulebook, line: &AreaLine) -> String {
    text(book, line)
}

/// The name by which an entity is found: that of an area is `TREATY/AREA`.
pub(super) fn full_name(book: &Rulebook, id: EntityId) -> String {
    let own = book.entities.get(id.index());
    let is_area = own.is_some_and(|entity| matches!(entity.kind, EntityKind::Area(_)));
    let key = book.names.iter().find(|(_, own)| is_area && **own == id);
    key.map_or_else(|| book.name(id), |(name, _)| name.clone())
}

/// `attack`, `refuse to attack`, `is at-war`
pub(super) fn predicate_name(book: &Rulebook, id: PredicateId) -> String {
    match &book.predicate(id).kind {
        PredicateKind::Verb { base, .. } => base.clone(),
        PredicateKind::Refusal { of } => format!("refuse to {}", predicate_name(book, *of)),
        PredicateKind::Status { name } => format!("is {name}"),
    }
}

/// What a declaration holds, field by field.
fn text(book: &Rulebook, of: &impl Debug) -> String {
    let raw = format!("{of:?}");
    let mut made = String::with_capacity(raw.len());
    let mut rest = raw.as_str();
    while let Some(open) = rest.find('(') {
        let (before, after) = rest.split_at(open);
        let start = before
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |at| at + 1);
        let number = after[1..].split(')').next().unwrap_or("");
        let name = number
            .parse::<u32>()
            .ok()
            .and_then(|number| name(book, &before[start..], number));
        if let Some(name) = name {
            made.push_str(&before[..start]);
            made.push_str(&name);
            rest = &after[number.len() + 2..];
        } else {
            made.push_str(before);
            made.push('(');
            rest = &after[1..];
        }
    }
    made.push_str(rest);
    without_spans(&made)
}

/// What a number of this type stands for.
fn name(book: &Rulebook, of: &str, number: u32) -> Option<String> {
    Some(match of {
        "EntityId" => full_name(book, EntityId::told(number)),
        "PredicateId" => predicate_name(book, PredicateId(number as u16)),
        "TreatyId" => book.treaty(TreatyId(number)).name.clone(),
        "DisputeId" => book.disputes[DisputeId(number).index()].name.clone(),
        "PossessionId" => book.possessions[PossessionId(number as u8).index()]
            .name
            .clone(),
        "LayerId" => format!(
            "{:?}",
            book.layers.get(number as usize).map(|layer| layer.until)
        ),
        "SourceId" => String::new(),
        _ => return None,
    })
}

fn without_spans(text: &str) -> String {
    let mut parts = text.split("Span {");
    let mut made = parts.next().unwrap_or("").to_owned();
    for part in parts {
        made.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    made
}
