//! What an exercise is for, how it is talked over, and in which world it is played.

use super::document::ObjectiveDocument;
use super::lower::Lowering;
use super::outline::{Hotwash, Objective};
use crate::diagnostic::codes::exercise as codes;
use crate::yaml::Text;

/// What everybody is asked in a hot wash.
pub(super) const PROMPTS: [&str; 3] = ["keep", "change", "surprise"];

impl Lowering<'_> {
    pub(super) fn goal(&mut self, objective: &ObjectiveDocument) -> Objective {
        let tasks = objective.tasks.iter().flat_map(|tasks| &tasks.0);
        let articles = objective.articles.iter().flat_map(|articles| &articles.0);
        Objective {
            id: objective.id.text.clone(),
            text: objective.text.text.clone(),
            tasks: tasks.map(|task| task.text.clone()).collect(),
            articles: articles.filter_map(|name| self.article(name)).collect(),
        }
    }

    /// An article of a treaty that is there.
    fn article(&mut self, name: &Text) -> Option<String> {
        let treaty = name.text.split(' ').next().unwrap_or_default();
        let treaties = &self.rulebook.treaties;
        let Some(found) = treaties.iter().find(|it| it.name == treaty) else {
            let known = treaties.iter().map(|it| it.name.as_str());
            let wrong = codes::unknown(name.span, "treaty", treaty, known);
            self.diagnostics.push(wrong);
            return None;
        };
        let articles = found.articles.iter();
        let known: Vec<String> = articles
            .map(|article| format!("{treaty} article {}", article.label))
            .collect();
        if known.contains(&name.text) {
            return Some(name.text.clone());
        }
        let known = known.iter().map(String::as_str);
        let wrong = codes::unknown(name.span, "article", &name.text, known);
        self.diagnostics.push(wrong);
        None
    }

    pub(super) fn hotwash(&mut self) -> Hotwash {
        let document = self.document.hotwash.as_ref();
        let minutes = document.and_then(|it| it.minutes.as_ref());
        let asked = document.and_then(|it| it.prompts.as_ref());
        let asked = asked.map(|prompts| prompts.0.iter().map(|it| it.text.clone()).collect());
        Hotwash {
            minutes: minutes.map(|it| self.number(Some(it), "minutes", 1, 24 * 60, 15)),
            prompts: asked.unwrap_or_else(|| PROMPTS.map(str::to_owned).to_vec()),
            anonymous: document
                .and_then(|it| it.anonymous)
                .is_none_or(|flag| flag.value),
        }
    }

    /// There is one world for all teams.
    pub(super) fn one_world(&mut self) {
        if let Some(world) = &self.document.world
            && world.text != "shared"
        {
            let wrong = codes::no_such_world(world.span, &world.text);
            self.diagnostics.push(wrong);
        }
    }
}
