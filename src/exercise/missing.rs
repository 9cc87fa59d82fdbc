//! Who or what is missing from a condition, by what it would have to be instead of by the letter of a clause.

use crate::model::condition::{Class, Condition};
use crate::model::norm::Norm;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Term;
use crate::wording::{class_noun, with_article};

/// `no A attacks egypt` as `no state attacks egypt`, `A attacks egypt` as `a state attacks egypt`; players do not see the clause.
pub(super) fn without_letters(text: &str, norm: &Norm, rulebook: &Rulebook) -> String {
    let mut told: Vec<&str> = Vec::new();
    let mut before = "";
    let words = text.split(' ').map(|word| {
        let letter = norm.variables.iter().position(|name| name == word);
        let counted = matches!(std::mem::replace(&mut before, word), "no" | "any");
        let Some(variable) = letter else {
            return word.to_owned();
        };
        let noun = noun(norm, variable, rulebook);
        match (counted, told.contains(&word)) {
            (false, true) => "it".to_owned(),
            (true, _) => {
                told.push(word);
                noun
            }
            (false, false) => {
                told.push(word);
                with_article(&noun)
            }
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What a variable stands for by the clause.
fn noun(norm: &Norm, variable: usize, rulebook: &Rulebook) -> String {
    let class = class_of(&norm.conditions, variable);
    class.map_or_else(|| "actor".to_owned(), |class| class_noun(rulebook, class))
}

fn class_of(conditions: &[Condition], variable: usize) -> Option<&Class> {
    conditions.iter().find_map(|condition| match condition {
        Condition::Is(Term::Variable(id), class) if id.index() == variable => Some(class),
        Condition::Not(inner) => class_of(std::slice::from_ref(inner), variable),
        Condition::All(parts) => class_of(parts, variable),
        _ => None,
    })
}
