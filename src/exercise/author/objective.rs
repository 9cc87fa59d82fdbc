//! What is to be learnt by an exercise: the articles on which its questions turn.

use super::proposal::Proposal;
use super::text::{list, scalar};
use crate::exercise::Pack;
use crate::model::ids::TreatyId;

/// So many articles become objectives.
const MOST_OBJECTIVES: usize = 5;

/// An article as something to be learnt.
pub(super) struct Objective {
    id: String,
    text: String,
}

impl Objective {
    pub(super) fn yaml(&self) -> String {
        let tasks = list([
            "Names every party concerned",
            "Gives the article, and what it depends on",
        ]);
        format!(
            "  - id: {}\n    text: {}\n    tasks: {tasks}\n",
            self.id,
            scalar(&self.text)
        )
    }
}

/// The articles on which the questions turn, those most asked about first; each question is given its own.
pub(super) fn objectives(pack: &Pack, questions: &mut [Proposal]) -> Vec<Objective> {
    let mut count: indexmap::IndexMap<(TreatyId, u16), usize> = indexmap::IndexMap::new();
    for article in questions.iter().filter_map(|question| question.article) {
        *count.entry(article).or_default() += 1;
    }
    count.sort_by(|_, a, _, b| b.cmp(a));
    count.truncate(MOST_OBJECTIVES);
    let rulebook = &pack.project.rulebook;
    let mut found = Vec::new();
    for (treaty, article) in count.into_keys() {
        let named = rulebook.treaty(treaty);
        let written = &named.articles[usize::from(article)];
        let id = format!("{}-{}", named.name, written.label);
        let about = written
            .title
            .as_ref()
            .map(|title| format!(" ({title})"))
            .unwrap_or_default();
        let text = format!(
            "Say what follows from article {} of {}{about}",
            written.label, named.name
        );
        for question in questions
            .iter_mut()
            .filter(|one| one.article == Some((treaty, article)))
        {
            question.objective = Some(id.clone());
        }
        found.push(Objective { id, text });
    }
    found
}
