//! What somebody can look up at a moment: the facts with who says what, and the treaties whose text is open to them.

use super::state::Session;
use crate::calendar::PartialDate;
use crate::exercise::Viewer;
use crate::model::fact::{Fact, View};
use crate::model::ids::{EntityId, LayerId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::wording;

/// How a fact stands between those who play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nobody denies it.
    Agreed,
    /// Somebody denies it, or it is contested.
    Claimed,
    /// Not all know of it.
    Secret,
}

/// A fact as it is shown.
#[derive(Clone, Debug)]
pub struct SeenFact {
    /// The sentence.
    pub sentence: String,
    /// First day.
    pub from: PartialDate,
    /// Last day.
    pub to: Option<PartialDate>,
    /// Who says so, by name.
    pub asserted_by: Vec<String>,
    /// Who denies it, by name.
    pub denied_by: Vec<String>,
    /// How it stands.
    pub told: Told,
    /// Where.
    pub place: Option<EntityId>,
}

impl Session<'_> {
    /// The facts that somebody knows now, in the order in which they came up.
    pub fn seen(&self, viewer: Viewer) -> Vec<SeenFact> {
        let Some(scenario) = self.world.scenario(self.pack, viewer) else {
            return Vec::new();
        };
        let facts = scenario.facts.iter();
        facts.map(|fact| self.seen_fact(fact)).collect()
    }

    fn seen_fact(&self, fact: &Fact) -> SeenFact {
        let rulebook = &self.pack.project.rulebook;
        let names = |actors: &[EntityId]| {
            let names = actors.iter().map(|actor| rulebook.name(*actor));
            names.collect::<Vec<String>>()
        };
        let public = fact
            .label
            .as_ref()
            .is_none_or(|id| self.world.is_public(id));
        SeenFact {
            sentence: wording::fact(rulebook, fact),
            from: fact.from,
            to: fact.to,
            asserted_by: names(&fact.asserted_by),
            denied_by: names(&fact.denied_by),
            told: match (public, fact.contested) {
                (false, _) => Told::Secret,
                (true, true) => Told::Claimed,
                (true, false) => Told::Agreed,
            },
            place: fact.atom.place,
        }
    }

    /// The treaties that count and are known to somebody, and whether the exercise names them itself.
    pub fn treaties(&self, viewer: Viewer) -> (Vec<TreatyId>, bool) {
        let Some(scenario) = self.world.scenario(self.pack, viewer) else {
            return (Vec::new(), false);
        };
        let rulebook = &self.pack.project.rulebook;
        let all = 0..rulebook.treaties.len() as u32;
        let named = scenario.treaties.is_some();
        let mut found = scenario
            .treaties
            .unwrap_or_else(|| all.map(TreatyId).collect());
        found.retain(|id| knows(rulebook, rulebook.treaty(*id).layer, scenario.view));
        (found, named)
    }
}

impl Session<'_> {
    /// The treaties with the articles that hold all these words, at most so many.
    pub fn articles(
        &self,
        treaties: &[TreatyId],
        wanted: &str,
        most: usize,
    ) -> Vec<(TreatyId, Vec<usize>)> {
        let project = &self.pack.project;
        let wanted = wanted.to_lowercase();
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let mut left = most;
        let mut all = Vec::new();
        for id in treaties {
            let treaty = project.rulebook.treaty(*id);
            let title = treaty.title.as_deref().unwrap_or_default();
            let matches = |at: &usize| {
                let text = project.sources.text(treaty.articles[*at].span);
                let text = format!("{} {title} {text}", treaty.name).to_lowercase();
                words.iter().all(|word| text.contains(word))
            };
            let articles = (0..treaty.articles.len()).filter(matches).take(left);
            let articles: Vec<usize> = articles.collect();
            left -= articles.len();
            if !articles.is_empty() {
                all.push((*id, articles));
            }
        }
        all
    }
}

/// Whether a viewer knows of a secret treaty.
pub(in crate::exercise) fn knows(rulebook: &Rulebook, layer: Option<LayerId>, view: View) -> bool {
    let layer = layer.and_then(|layer| rulebook.layers.get(layer.index()));
    match view {
        View::Full => true,
        View::Public => layer.is_none(),
        View::Of(actor) => layer.is_none_or(|layer| layer.known_to.contains(&actor)),
    }
}
