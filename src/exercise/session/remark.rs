//! What is said of a claim beside right and wrong: what it missed by, and what the law says of the act instead.

use super::entry::ClaimText;
use crate::calendar::Day;
use crate::exercise::{Element, Flaw, KeyItem, Standing as Stands};
use crate::model::fact::PositionQuery;
use crate::model::norm::Modality;

/// What the law says of an act that was claimed as something else.
pub(super) fn instead(claimed: &PositionQuery, item: &KeyItem) -> String {
    let cited = &item.citation;
    match item.modality {
        _ if item.standing == Stands::Displaced => {
            format!("{cited} says so, and is displaced: another clause prevails")
        }
        kind if kind == claimed.modality => format!("{cited} says so, and it was not asked"),
        Modality::Permission => format!("{cited} permits it and does not demand it"),
        Modality::Power => format!("{cited} gives the power to do it, and does not demand it"),
        Modality::Duty => format!("{cited} demands it"),
        Modality::Prohibition => format!("{cited} forbids it"),
    }
}

/// Whether a claim speaks of the act of a position, whatever is said of it.
pub(super) fn same_act(claimed: &PositionQuery, item: &KeyItem) -> bool {
    let mut wanted = claimed.act.arguments;
    wanted[0] = claimed.bearer;
    let named = wanted.iter().zip(&item.arguments);
    claimed.act.predicate == item.predicate
        && named
            .into_iter()
            .all(|(claimed, owed)| claimed.is_none() || claimed == owed)
}

/// What is wrong with one part of a claim, and what was said instead.
pub(super) fn remark(flaw: Flaw, item: &KeyItem, said: &ClaimText) -> String {
    let right = match flaw {
        Flaw::Broader => return "the duty is narrower than was claimed".to_owned(),
        Flaw::Article | Flaw::Treaty => format!("the article is {}", item.citation),
        Flaw::Due => due_remark(item.due, item.since),
        Flaw::Standing => format!("it is {}", item.standing.told(item.modality)),
    };
    let article = said.sentence.split_once(" under ");
    let said = match flaw {
        Flaw::Due => said.due.as_deref().unwrap_or("no deadline"),
        Flaw::Standing => {
            let standing = said.standing.as_deref().and_then(Stands::of_word);
            standing.map_or("nothing", |it| it.told(item.modality))
        }
        _ => article.map_or("none", |(_, article)| article),
    };
    format!("{right}; the answer was {said}")
}

fn due_remark(due: Option<Day>, since: Option<Day>) -> String {
    match (due, since) {
        (None, _) => "it has no deadline".to_owned(),
        (Some(due), Some(since)) => {
            let days = due.0 - since.0;
            format!(
                "it is due {due}: it arose {since}, and {days} days are counted from the day after"
            )
        }
        (Some(due), None) => format!("it is due {due}"),
    }
}

pub(super) fn how_it_stands(item: &KeyItem) -> Vec<String> {
    let mut found = vec![format!("it is {}", item.standing.told(item.modality))];
    let due = item.due.map(|due| match item.standing {
        Stands::Violated => format!("nobody did so by {due}"),
        _ => format!("it is due {due}"),
    });
    found.extend(due);
    found
}

pub(super) fn of_flaw(flaw: Flaw) -> Option<Element> {
    match flaw {
        Flaw::Article | Flaw::Treaty => Some(Element::Article),
        Flaw::Due => Some(Element::Time),
        Flaw::Standing => Some(Element::Account),
        Flaw::Broader => None,
    }
}
