//! Which parts of a condition fail on the day asked for.

use super::position::Binding;
use super::run::Run;
use super::solve::{bind, value};
use crate::extent::Readings;
use crate::model::condition::{Class, Condition};
use crate::model::ids::TreatyId;
use crate::model::sentence::{Atom, Term};

impl<'e> Run<'_, 'e> {
    /// The parts of a condition that fail on the day asked for, as sentences.
    pub(crate) fn failures(
        &mut self,
        condition: &'e Condition,
        treaty: TreatyId,
        binding: &mut Binding,
        failed: &mut Vec<Atom>,
    ) {
        let day = self.day_asked();
        let truth = self
            .truth(condition, Some(treaty), binding)
            .once(&mut self.space);
        if truth.at(day) == Readings::ALL {
            return;
        }
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.failures(part, treaty, binding, failed);
                }
            }
            Condition::Count {
                counted,
                class: class @ Class::Party(..),
                body,
                ..
            } => {
                for member in self.class_members(class) {
                    let mut inner = binding.clone();
                    if bind(Term::Variable(*counted), Some(member), &mut inner) {
                        self.failures(body, treaty, &mut inner, failed);
                    }
                }
            }
            Condition::Sentence { pattern, .. } => {
                let arguments = pattern.terms.map(|term| value(term, binding));
                failed.push(Atom {
                    predicate: pattern.predicate,
                    arguments,
                    place: None,
                    amount: pattern.amount.clone(),
                });
            }
            _ => {}
        }
    }
}
