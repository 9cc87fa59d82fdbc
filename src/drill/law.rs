//! The law behind a card: which clause it is today, and whether that still means what it meant.

use super::card::{Card, Focus};
use crate::change::canonical;
use crate::exercise::session::digest;
use crate::model::condition::Condition;
use crate::model::ids::NormId;
use crate::model::norm::Head;
use crate::model::rulebook::Rulebook;
use crate::wording;

/// What has become of the clause of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// It means what it meant, wherever it stands and however it is worded.
    Same(NormId),
    /// It means something else.
    Changed(NormId),
    /// It is not in the rules any more.
    Gone,
}

/// Hash of what a norm means: not of its words, the order of its conditions or the number of its article.
pub fn meaning(book: &Rulebook, id: NormId) -> String {
    let norm = book.norm(id);
    let text = canonical::anywhere(book, norm);
    digest(std::iter::once(text.as_str()))
}

/// The clause of a card in a rulebook.
pub fn law(book: &Rulebook, card: &Card) -> Law {
    let all = || {
        let norms = book.norms.iter().enumerate();
        let positions = norms.filter(|(_, norm)| matches!(norm.head, Head::Position(_)));
        positions.map(|(at, norm)| (NormId(at as u32), norm))
    };
    let here: Vec<NormId> = all()
        .filter(|(_, norm)| wording::citation(book, norm) == card.rule)
        .map(|(id, _)| id)
        .collect();
    let same = |id: &NormId| meaning(book, *id) == card.meaning;
    if let Some(id) = here.iter().copied().find(same) {
        return Law::Same(id);
    }
    // It may have got another number.
    let treaty = card.rule.split(' ').next();
    let moved = all()
        .filter(|(_, norm)| norm.treaty.map(|it| book.treaty(it).name.as_str()) == treaty)
        .map(|(id, _)| id);
    if let Some(id) = moved.into_iter().find(same) {
        return Law::Same(id);
    }
    here.first().map_or(Law::Gone, |id| Law::Changed(*id))
}

/// A condition as a focus names it.
pub(super) fn condition_text(book: &Rulebook, condition: &Condition) -> String {
    canonical::condition(book, condition)
}

/// Which condition of a norm a focus means, by number.
pub(super) fn focused(book: &Rulebook, norm: NormId, focus: &Focus) -> Option<usize> {
    let Focus::Condition(text) = focus else {
        return None;
    };
    let mut conditions = book.norm(norm).conditions.iter();
    conditions.position(|condition| condition_text(book, condition) == *text)
}

impl Card {
    /// Begins anew with a clause that means something else.
    pub fn begin_anew(&mut self, book: &Rulebook, norm: NormId) {
        self.meaning = meaning(book, norm);
        self.memory = None;
        self.law_changed = true;
        if matches!(self.focus, Focus::Condition(_)) && focused(book, norm, &self.focus).is_none() {
            self.focus = Focus::Whole;
            "the whole clause".clone_into(&mut self.about);
        }
    }
}
