//! Positions: who shall, shall not or may do what, and with what qualifications.

use super::Bound;
use super::condition::Speaker;
use super::name::{amount_text, class_noun, modality};
use super::sentence::{Form, clause};
use crate::model::condition::Class;
use crate::model::ids::EntityId;
use crate::model::norm::{Deadline, Head, Modality, Mode, Norm, PositionHead};
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;

/// A position: `dprk shall assist russia against ukraine`.
pub fn position(
    rulebook: &Rulebook,
    norm: &Norm,
    arguments: &[Option<EntityId>; SLOTS],
    binding: Bound,
) -> String {
    let Head::Position(head) = &norm.head else {
        return String::new();
    };
    let bearer = arguments[0].map_or_else(|| group(rulebook, norm, head), |id| rulebook.name(id));
    format!(
        "{bearer} {} {}",
        modality(head.modality),
        act(rulebook, head, arguments, binding)
    )
}

/// What a position asks for: `assist russia against ukraine`.
pub fn act(
    rulebook: &Rulebook,
    head: &PositionHead,
    arguments: &[Option<EntityId>; SLOTS],
    binding: Bound,
) -> String {
    let name = |slot: usize| {
        let class = head.act.classes[slot]
            .as_ref()
            .map(|class| format!("any {}", class_noun(rulebook, class)));
        arguments[slot].map(|id| rulebook.name(id)).or(class)
    };
    let names: Vec<Option<String>> = (0..SLOTS).map(name).collect();
    let mut text = clause(rulebook, head.act.predicate, &names, Form::Base);
    if let Some(place) = &head.act.place {
        text.push_str(&Speaker::new(rulebook, binding, &[]).place_test(place));
    }
    text
}

/// `the parties to russia-dprk-2024 together`
fn group(rulebook: &Rulebook, norm: &Norm, head: &PositionHead) -> String {
    let (role, treaty) = match &head.group {
        Some(Class::Party(treaty, role)) => (role.clone(), Some(*treaty)),
        _ => (None, norm.treaty),
    };
    let treaty = treaty.map_or("the treaty", |id| rulebook.treaty(id).name.as_str());
    let plural = role.map_or_else(|| "parties".to_owned(), |role| format!("{role}s"));
    match head.mode {
        Mode::AnyOne => format!("any one of the {plural} to {treaty}"),
        _ => format!("the {plural} to {treaty} together"),
    }
}

/// What a position carries besides its act: means, amount, manner, deadline.
pub fn qualifiers(rulebook: &Rulebook, head: &PositionHead) -> Vec<String> {
    let mut found: Vec<String> = head
        .means
        .iter()
        .map(|index| format!("with {}", rulebook.means[*index].name))
        .collect();
    if let Some(amount) = &head.amount {
        // What is forbidden from an amount on is forbidden beyond it too.
        let ceiling = head.modality == Modality::Prohibition && !amount.exact;
        let least = if ceiling { "at least " } else { "" };
        found.push(format!("with {least}{}", amount_text(amount)));
    }
    if head.own_choice {
        found.push("by means of its own choice".to_owned());
    }
    if head.immediately {
        found.push("immediately".to_owned());
    }
    found.extend(
        head.manners
            .iter()
            .map(|index| rulebook.manners[*index].name.clone()),
    );
    match head.deadline {
        Some(Deadline::Within(period)) => found.push(format!("within {period}")),
        Some(Deadline::By(day)) => found.push(format!("by {day}")),
        None => {}
    }
    found.extend(
        head.in_accordance
            .iter()
            .map(|with| format!("in accordance with its {with}")),
    );
    found
}
