//! Questions and what they offer, in words.

use super::offer::Offer;
use super::outline::{Obligations, Question, QuestionKind};
use crate::calendar::PartialDate;
use crate::diagnostic::phrase::join;
use crate::model::norm::Modality;

/// A question in the words of the exercise, else in words made from its kind.
pub fn words_of(question: &Question) -> String {
    if let Some(text) = &question.text {
        return text.clone();
    }
    match &question.kind {
        QuestionKind::Obligations(asked) => obligations(asked),
        QuestionKind::Decide(_) => "What do you do?".to_owned(),
        QuestionKind::Why(query) => format!("On which facts does it rest that {}?", query.text),
        QuestionKind::WhyNot(Some(query)) => {
            format!(
                "Which condition is not met, so that it does not follow that {}?",
                query.text
            )
        }
        QuestionKind::WhyNot(None) => {
            "Which condition of the clause that comes closest is not met?".to_owned()
        }
        QuestionKind::WhatIf(query) => format!("What would change whether {}?", query.text),
        QuestionKind::WhoseAccount(query) => {
            format!("On whose account is it so that {}?", query.text)
        }
        QuestionKind::Order => "What falls due first?".to_owned(),
        QuestionKind::Text => "Answer in your own words.".to_owned(),
    }
}

fn obligations(asked: &Obligations) -> String {
    let kinds = asked.kinds.iter().map(|kind| match kind {
        Modality::Duty => "duties",
        Modality::Prohibition => "prohibitions",
        Modality::Permission => "permissions",
        Modality::Power => "powers",
    });
    let kinds = join(kinds.map(str::to_owned).collect(), "and");
    if asked.own {
        format!("Which {kinds} do you have on this day?")
    } else {
        format!("Who has which {kinds} on this day?")
    }
}

/// The days of a fact: one, from one to another, or since one.
pub fn days(from: PartialDate, to: Option<PartialDate>) -> String {
    match to {
        Some(to) if to != from => format!("{from} to {to}"),
        Some(_) => from.to_string(),
        None => format!("since {from}"),
    }
}

/// A fact as it is told: the sentence, its days, and who says and denies it.
pub fn fact_line(
    sentence: &str,
    from: PartialDate,
    to: Option<PartialDate>,
    asserted_by: Vec<String>,
    denied_by: Vec<String>,
) -> String {
    let mut line = format!("{sentence}, {}", days(from, to));
    if !asserted_by.is_empty() {
        line += &format!("; said by {}", join(asserted_by, "and"));
    }
    if !denied_by.is_empty() {
        line += &format!("; denied by {}", join(denied_by, "and"));
    }
    line
}

/// The sentences to choose from; without their articles if those are asked for.
pub fn sentences(offer: &Offer, bare: bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for option in &offer.options {
        let text = option.text.as_str();
        let text = match text.split_once(" under ") {
            Some((sentence, _)) if bare => sentence,
            _ => text,
        };
        if found.iter().all(|known| known != text) {
            found.push(text.to_owned());
        }
    }
    found
}
