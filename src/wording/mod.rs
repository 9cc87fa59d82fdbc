//! Model things in the words of the language: facts, positions, conditions and questions as sentences.

mod condition;
mod count;
mod name;
mod position;
mod question;
mod sentence;
mod verdict;

pub use condition::{condition, negated};
pub use name::{amount_text, citation, class_noun, modality, modality_noun, scope, with_article};
pub use position::{act, position, qualifiers};
pub use question::{last_reading, question};
pub use sentence::{atom, atom_denied, atom_so_far, fact};
pub use verdict::{held_word, status_words, verdict_words};

use crate::model::ids::EntityId;

/// Whom the variables of a norm stand for; a variable that is not bound is printed by its name.
pub type Bound<'b> = &'b [Option<EntityId>];
