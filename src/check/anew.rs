//! One article of a checked rulebook read otherwise, without the rest being checked again: for changes tried one after the other.

use super::declare::article_state;
use super::draft::{Draft, TreatyPart};
use super::{circles, norms};
use crate::diagnostic::any_error;
use crate::model::ids::TreatyId;
use crate::model::rulebook::Rulebook;
use crate::model::treaty::ArticleState;
use crate::syntax::ast;

/// A checked rulebook, with what it was made of.
pub struct Anew<'a> {
    draft: Draft<'a>,
}

impl<'a> Anew<'a> {
    /// Of files in which there is no mistake.
    pub fn new(files: impl IntoIterator<Item = &'a ast::File>) -> Self {
        Self {
            draft: super::draft(files),
        }
    }

    /// The rulebook with other clauses in the place of those of an article: `part` is that article, where it stands, of the same
    /// label and days. Nothing if it is no rulebook any more.
    pub fn with(&self, part: &ast::Part) -> Option<Rulebook> {
        let parts = &self.draft.parts;
        let at = parts.iter().position(|own| is_there(own.part, part))?;
        let treaty = parts[at].treaty;
        let changed = TreatyPart { part, ..parts[at] };
        let numbered = parts.iter().enumerate();
        let own = numbered.filter(|(_, own)| own.treaty == treaty);
        let own = own.map(|(number, own)| if number == at { changed } else { *own });
        let mut draft = self.treaty_alone(treaty, own.collect());
        let mut all = std::mem::take(&mut draft.book.norms);
        let first = all.iter().position(|norm| norm.treaty == Some(treaty))?;
        let count = all[first..]
            .iter()
            .take_while(|norm| norm.treaty == Some(treaty));
        let places = first..first + count.count();
        let norms = norms(&mut draft);
        all.splice(places, norms.into_iter().map(|lowered| lowered.norm));
        draft.book.norms = all;
        let sound = !any_error(&draft.diagnostics) && !any_error(&circles(&draft.book));
        sound.then_some(draft.book)
    }

    /// A draft in which only these parts of one treaty are still to be lowered.
    fn treaty_alone<'b>(&self, treaty: TreatyId, parts: Vec<TreatyPart<'b>>) -> Draft<'b> {
        let mut draft = Draft {
            book: self.draft.book.clone(),
            clauses: self.draft.clauses.clone(),
            parts,
            ..Draft::default()
        };
        draft.clauses.forget(treaty);
        for at in 0..draft.book.treaty(treaty).articles.len() {
            draft.note(treaty, at);
        }
        draft
    }
}

impl Draft<'_> {
    /// Notes the clauses of an article, which may stand several times, each for its own days.
    fn note(&mut self, treaty: TreatyId, at: usize) {
        let article = &mut self.book.treaties[treaty.index()].articles[at];
        let Ok(index) = u16::try_from(at) else {
            return;
        };
        let label = &article.label;
        let texts = self.parts.iter().filter_map(|part| match part.part {
            ast::Part::Article(own) if own.label.text == *label => Some(&own.content),
            _ => None,
        });
        let mut state = None;
        for content in texts {
            if let ast::Content::Clauses(clauses) = content {
                self.clauses.note(treaty, index, clauses);
                state = Some(ArticleState::Encoded);
            }
            state = state.or_else(|| Some(article_state(content)));
        }
        article.state = state.unwrap_or_else(|| article.state.clone());
    }
}

fn is_there(own: &ast::Part, other: &ast::Part) -> bool {
    match (own, other) {
        (ast::Part::Article(own), ast::Part::Article(other)) => own.span == other.span,
        _ => false,
    }
}
