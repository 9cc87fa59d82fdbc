//! Articles as people name them: with their treaty, or by the number alone where it is clear which treaty is meant.

use super::state::Session;
use crate::diagnostic::phrase::join;
use crate::exercise::{Offer, RoleId, Viewer};

/// Longer lists are no help.
const MOST_LISTED: usize = 40;

/// The articles that a role may name in answer to a question.
pub struct Citable {
    /// Treaties by name, with the labels of their articles; those of the offer first.
    treaties: Vec<(String, Vec<String>)>,
}

impl Session<'_> {
    /// The articles of the treaties that are offered, or that the exercise names.
    pub fn citable(&self, role: RoleId, offer: &Offer) -> Citable {
        let rulebook = &self.pack.project.rulebook;
        let (open, named) = self.treaties(Viewer::Seat(role));
        let cited = |name: &str| {
            let cites = format!(" under {name} article ");
            offer.options.iter().any(|it| it.text.contains(&cites))
        };
        let found = open.into_iter().filter_map(|id| {
            let treaty = rulebook.treaty(id);
            let labels = treaty.articles.iter().map(|article| article.label.clone());
            (named || cited(&treaty.name)).then(|| (treaty.name.clone(), labels.collect()))
        });
        let mut treaties: Vec<(String, Vec<String>)> = found.collect();
        treaties.sort_by_key(|(name, _)| !cited(name));
        Citable { treaties }
    }
}

impl Citable {
    /// What is named, each as `TREATY article N` where it is clear, else as it was typed.
    pub fn read(&self, text: &str) -> Vec<String> {
        let parts = text.split([',', ';']).map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        parts
            .map(|part| self.one(part).unwrap_or_else(|| part.to_owned()))
            .collect()
    }

    fn one(&self, part: &str) -> Option<String> {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (treaty, label) = match words.as_slice() {
            [label] | ["article", label] => (None, *label),
            [treaty, label] | [treaty, "article", label] => (Some(*treaty), *label),
            _ => return None,
        };
        let has = |(name, labels): &&(String, Vec<String>)| {
            treaty.is_none_or(|treaty| treaty == name) && labels.iter().any(|own| own == label)
        };
        let mut found = self.treaties.iter().filter(has);
        let (name, _) = found.next()?;
        found
            .next()
            .is_none()
            .then(|| format!("{name} article {label}"))
    }

    /// Why what was named is none, and what there is to name.
    pub fn unknown(&self, text: &str) -> String {
        let label = text.trim().trim_start_matches("article").trim();
        let has = |labels: &[String]| labels.iter().any(|own| own == label);
        let treaties = self.treaties.iter().filter(|(_, labels)| has(labels));
        let several: Vec<String> = treaties.map(|(name, _)| name.clone()).collect();
        if several.len() > 1 {
            let treaties = join(several, "and");
            return format!("Say of which treaty: there is an article {label} in {treaties}.");
        }
        format!("There is no such article. {}", self.list())
    }

    /// What there is to name.
    fn list(&self) -> String {
        let told = self
            .treaties
            .iter()
            .map(|(name, labels)| match labels.len() {
                0..=MOST_LISTED => format!("{name}: {}", labels.join(", ")),
                many => format!("{name}: {many} articles"),
            });
        format!("There is {}.", told.collect::<Vec<_>>().join("; "))
    }

    /// How one may be named; the same at every question, so that it tells nothing.
    pub fn example(&self) -> String {
        let first = self
            .treaties
            .iter()
            .min()
            .and_then(|(name, labels)| Some((name, labels.first()?)));
        first.map_or_else(
            || "un-charter article 2".to_owned(),
            |(name, label)| format!("{name} article {label}"),
        )
    }
}
