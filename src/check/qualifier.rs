//! What stands after a norm: means, manner, deadline, end and rank of a position.

use super::builder::Builder;
use super::predicate::amount;
use crate::diagnostic::codes::check as codes;
use crate::diagnostic::phrase::nearest;
use crate::model::norm::{Deadline, PositionHead};
use crate::model::sentence::Term;
use crate::model::vocabulary::Word;
use crate::syntax::ast;

impl Builder<'_, '_> {
    /// Adds a qualifier, conditions apart, to a position.
    pub(super) fn qualify(&mut self, head: &mut PositionHead, qualifier: &ast::Qualifier) {
        match qualifier {
            ast::Qualifier::With(name) => self.with(head, name),
            ast::Qualifier::WithAmount(written) => head.amount = Some(amount(written)),
            ast::Qualifier::OwnChoice(_) => head.own_choice = true,
            ast::Qualifier::Immediately(_) => head.immediately = true,
            ast::Qualifier::Manner(name) => self.manner(head, name),
            ast::Qualifier::Within(period) => {
                head.deadline = Some(Deadline::Within(period.value));
            }
            ast::Qualifier::By(date) => head.deadline = Some(Deadline::By(date.value.last())),
            ast::Qualifier::Until(condition) => {
                let until = self.within(|builder| builder.condition(condition));
                head.until = Some(until);
            }
            ast::Qualifier::InAccordance(name) => head.in_accordance.push(name.text.clone()),
            ast::Qualifier::Before(condition) => {
                let before = self.within(|builder| builder.condition(condition));
                head.before = Some(before);
            }
            ast::Qualifier::Outlives(_) => head.outlives = true,
            ast::Qualifier::LapsesOnBreach(_) => head.lapses_on_breach = true,
            ast::Qualifier::SubjectTo(reference) => {
                head.subject_to.extend(self.context.reference(reference));
            }
            ast::Qualifier::Notwithstanding(reference) => {
                head.prevails_over.extend(self.context.reference(reference));
            }
            ast::Qualifier::Condition(..) => {}
        }
    }

    fn manner(&mut self, head: &mut PositionHead, name: &ast::Name) {
        let known = &self.context.book.manners;
        if let Some(at) = index(known, name) {
            head.manners.push(at);
            return;
        }
        let near = nearest(&name.text, known.iter().map(|word| word.name.as_str()));
        let diagnostic = codes::unknown_manner(name.span, &name.text, near);
        self.context.report(diagnostic);
    }

    /// `with all-means`; a name fills the role `with` of the verb, if it takes one.
    fn with(&mut self, head: &mut PositionHead, name: &ast::Name) {
        let known = &self.context.book.means;
        if let Some(at) = index(known, name) {
            head.means.push(at);
            return;
        }
        let roles = &self.context.book.predicate(head.act.predicate).roles;
        let slot = roles
            .iter()
            .position(|role| role == "with")
            .map(|at| at + 1);
        if let (Some(slot), Some(id)) = (slot, self.context.find(&name.text)) {
            head.act.terms[slot] = Term::Entity(id);
            return;
        }
        let near = nearest(&name.text, known.iter().map(|word| word.name.as_str()));
        let diagnostic = codes::unknown_means(name.span, &name.text, near);
        self.context.report(diagnostic);
    }
}

fn index(known: &[Word], name: &ast::Name) -> Option<usize> {
    known.iter().position(|word| word.name == name.text)
}
