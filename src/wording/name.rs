//! Short names of things: modalities, classes, amounts, articles.

use crate::model::condition::{Class, Scope};
use crate::model::norm::{Modality, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Amount;
use crate::model::vocabulary::PredicateKind;

/// `shall`, `shall not`, `may`, `has power to`
pub fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty => "shall",
        Modality::Prohibition => "shall not",
        Modality::Permission => "may",
        Modality::Power => "has power to",
    }
}

/// `duty`, `prohibition`, `permission`, `power`
pub fn modality_noun(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty => "duty",
        Modality::Prohibition => "prohibition",
        Modality::Permission => "permission",
        Modality::Power => "power",
    }
}

/// `300000 men`, `exactly 2 crowns`
pub fn amount_text(amount: &Amount) -> String {
    let exactly = if amount.exact { "exactly " } else { "" };
    format!("{exactly}{} {}", amount.number, amount.unit)
}

/// Where a norm stands: `russia-dprk-2024 article 4`, `un-charter article 51 (1)`.
pub fn citation(rulebook: &Rulebook, norm: &Norm) -> String {
    let Some(treaty) = norm.treaty else {
        return "general definition".to_owned();
    };
    let treaty = rulebook.treaty(treaty);
    let article = treaty
        .articles
        .get(norm.article as usize)
        .map_or("?", |article| article.label.as_str());
    let clause = norm
        .clause
        .as_ref()
        .map_or_else(String::new, |clause| format!(" ({clause})"));
    format!("{} article {article}{clause}", treaty.name)
}

/// A reference: `un-charter article 51`.
pub fn scope(rulebook: &Rulebook, scope: &Scope) -> String {
    let Some(treaty) = scope.treaty else {
        return "every treaty".to_owned();
    };
    let treaty = rulebook.treaty(treaty);
    let article = scope
        .article
        .and_then(|index| treaty.articles.get(index as usize))
        .map(|article| format!(" article {}", article.label));
    let clause = scope.clause.as_ref().map(|clause| format!(" ({clause})"));
    format!(
        "{}{}{}",
        treaty.name,
        article.unwrap_or_default(),
        clause.unwrap_or_default()
    )
}

/// A class as a noun: `party to north-atlantic`.
pub fn class_noun(rulebook: &Rulebook, class: &Class) -> String {
    match class {
        Class::Party(treaty, role) => {
            let treaty = &rulebook.treaty(*treaty).name;
            match role {
                Some(role) => format!("{role} of {treaty}"),
                None => format!("party to {treaty}"),
            }
        }
        Class::Status(status) => match &rulebook.predicate(*status).kind {
            PredicateKind::Status { name } => name.clone(),
            _ => "?".to_owned(),
        },
        other => other.word().to_owned(),
    }
}

/// `a state`, `an actor`
pub fn with_article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {noun}", if an { "an" } else { "a" })
}

pub(super) fn plural(noun: &str) -> String {
    if noun == "party" {
        "parties".to_owned()
    } else {
        format!("{noun}s")
    }
}
