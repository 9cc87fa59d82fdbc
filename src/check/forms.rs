//! Whether each verb stands in the form that its place asks for.

use super::context::Context;
use super::walk::{Form, Visitor};
use crate::diagnostic::codes::check as codes;
use crate::model::entity::EntityKind;
use crate::model::vocabulary::PredicateKind;
use crate::syntax::ast::{Name, Noun};

/// Reports wrong forms to a context.
pub(super) struct Forms<'c, 'a>(pub(super) &'c mut Context<'a>);

impl Visitor for Forms<'_, '_> {
    fn noun(&mut self, _: &Noun, _: bool) {}

    fn verb(&mut self, verb: &Name, form: Form, subject: Option<&Noun>) {
        let book = self.0.book;
        let Some(id) = book.forms.get(&verb.text) else {
            return;
        };
        let PredicateKind::Verb {
            base, third, past, ..
        } = &book.predicate(*id).kind
        else {
            return;
        };
        let form = if form == Form::Third && self.group(subject) {
            Form::Finite
        } else {
            form
        };
        let (wanted, what) = match form {
            Form::Base => (base, "base form"),
            Form::Third | Form::Finite => (third, "third person"),
            Form::Past => (past, "past form"),
        };
        let fits = verb.text == *wanted || (form == Form::Finite && verb.text == *base);
        if !fits {
            let diagnostic = codes::verb_form(verb.span, &verb.text, wanted, what);
            self.0.report(diagnostic);
        }
    }
}

impl Forms<'_, '_> {
    /// Groups may be spoken of in the plural: `taliban attack`.
    fn group(&self, subject: Option<&Noun>) -> bool {
        let Some(Noun::Name(name)) = subject else {
            return false;
        };
        let id = self.0.find(&name.text);
        let entity = id.and_then(|id| self.0.book.entities.get(id.index()));
        entity.is_some_and(|entity| entity.kind == EntityKind::Group)
    }
}
