//! One norm in the making: its variables, whom it calls what, and the tests that wait for the literal that binds.

use super::clause::Lowered;
use super::context::Context;
use crate::model::condition::{Class, Condition};
use crate::model::ids::{TreatyId, VariableId};
use crate::model::sentence::Term;
use crate::source::Span;
use crate::syntax::ast;
use rustc_hash::FxHashMap;

/// A variable of the norm.
pub(super) struct Variable {
    /// As written, or invented (`_1`).
    pub(super) name: String,
    /// It stays inside a negation or a count.
    pub(super) local: bool,
    /// Where first met.
    pub(super) span: Span,
}

/// Turns the trees of one norm into conditions and patterns.
pub(super) struct Builder<'c, 'a> {
    /// Names and mistakes.
    pub(super) context: &'c mut Context<'a>,
    /// All variables, by id.
    pub(super) variables: Vec<Variable>,
    /// Names in scope: the norm's own first, then one frame for each negation or count around.
    frames: Vec<Vec<(String, VariableId)>>,
    /// Whom the norm calls a party to its treaty: see [`Norm::parties`](crate::model::norm::Norm::parties).
    pub(super) parties: Vec<(Term, Option<String>)>,
    /// Parties stay conditions (`deem`, entry into force).
    pub(super) parties_as_conditions: bool,
    /// Inside a disjunction.
    pub(super) branch: usize,
    /// Whom positive conditions and the bearer were called, in order.
    pub(super) called: Vec<(Term, Class)>,
    /// The class that the clause gives each variable, wherever it does.
    pub(super) declared: FxHashMap<String, ast::ClassNoun>,
    /// Tests of nouns, to be put after the literal that binds them.
    pub(super) tests: Vec<Condition>,
}

impl<'c, 'a> Builder<'c, 'a> {
    pub(super) fn new(context: &'c mut Context<'a>) -> Self {
        Self {
            context,
            variables: Vec::new(),
            frames: vec![Vec::new()],
            parties: Vec::new(),
            parties_as_conditions: false,
            branch: 0,
            called: Vec::new(),
            declared: FxHashMap::default(),
            tests: Vec::new(),
        }
    }

    /// With the variables of a norm in scope.
    pub(super) fn of_norm(context: &'c mut Context<'a>, lowered: &Lowered) -> Self {
        let mut builder = Self::new(context);
        let span = lowered.norm.span;
        let known = lowered.norm.variables.iter().zip(&lowered.local);
        for (at, (name, local)) in known.enumerate() {
            builder.variables.push(Variable {
                name: name.clone(),
                local: *local,
                span,
            });
            if !local {
                builder.frames[0].push((name.clone(), VariableId(at as u16)));
            }
        }
        builder
    }

    /// The treaty around the norm.
    pub(super) fn treaty(&self) -> Option<TreatyId> {
        self.context.treaty
    }

    /// Inside a negation or a count.
    pub(super) fn inside(&self) -> bool {
        self.frames.len() > 1
    }

    /// Lowers something inside which new variables stay.
    pub(super) fn within<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> T {
        let tests = std::mem::take(&mut self.tests);
        self.frames.push(Vec::new());
        let made = lower(self);
        self.frames.pop();
        self.tests = tests;
        made
    }

    /// The variable of that name in scope.
    pub(super) fn known(&self, name: &str) -> Option<VariableId> {
        let frames = self.frames.iter().rev();
        let mut all = frames.flat_map(|frame| frame.iter().rev());
        all.find(|(known, _)| known == name).map(|(_, id)| *id)
    }

    /// The variable of that name, new if it is not in scope; and whether it is new.
    pub(super) fn variable(&mut self, name: &str, span: Span) -> (VariableId, bool) {
        match self.known(name) {
            Some(id) => (id, false),
            None => (self.new_variable(name.to_owned(), span), true),
        }
    }

    /// A variable that the text does not name.
    pub(super) fn invented(&mut self, span: Span) -> VariableId {
        let number = self
            .variables
            .iter()
            .filter(|variable| variable.name.starts_with('_'))
            .count();
        self.new_variable(format!("_{}", number + 1), span)
    }

    /// A new variable of that name, whatever it means outside.
    pub(super) fn shadowing(&mut self, name: &str, span: Span) -> VariableId {
        self.new_variable(name.to_owned(), span)
    }

    fn new_variable(&mut self, name: String, span: Span) -> VariableId {
        let id = VariableId(self.variables.len() as u16);
        self.variables.push(Variable {
            name: name.clone(),
            local: self.inside(),
            span,
        });
        if let Some(frame) = self.frames.last_mut() {
            frame.push((name, id));
        }
        id
    }

    /// The literal with the tests that its nouns asked for.
    pub(super) fn tested(&mut self, literal: Condition) -> Condition {
        let tests = std::mem::take(&mut self.tests);
        if tests.is_empty() {
            return literal;
        }
        let mut all = vec![literal];
        all.extend(tests);
        Condition::All(all)
    }

    /// Notes whom the norm calls what, for `each other` and `another`.
    pub(super) fn call(&mut self, term: Term, class: &Class) {
        let entry = (term, class.clone());
        if !self.inside() && !self.called.contains(&entry) {
            self.called.push(entry);
        }
    }

    /// That somebody is of a class: a test, or for a party to this treaty an entry in its list.
    pub(super) fn class_test(&mut self, term: Term, class: Class) -> Option<Condition> {
        self.call(term, &class);
        if let Class::Party(treaty, role) = &class
            && Some(*treaty) == self.treaty()
            && !self.inside()
            && self.branch == 0
            && !self.parties_as_conditions
        {
            self.party(term, role.clone());
            return None;
        }
        Some(Condition::Is(term, class))
    }

    /// Lists somebody who must be bound by the treaty.
    pub(super) fn party(&mut self, term: Term, role: Option<String>) {
        let listed = self
            .parties
            .iter()
            .any(|(known, as_what)| *known == term && (role.is_none() || *as_what == role));
        if listed {
            return;
        }
        if role.is_some() {
            self.parties.retain(|entry| *entry != (term, None));
        }
        self.parties.push((term, role));
    }
}

/// Parts joined, nested conjunctions flattened.
pub(super) fn all(parts: Vec<Condition>) -> Condition {
    let mut flat = Vec::new();
    for part in parts {
        flatten(part, &mut flat);
    }
    match flat.pop() {
        Some(only) if flat.is_empty() => only,
        Some(last) => {
            flat.push(last);
            Condition::All(flat)
        }
        None => Condition::All(Vec::new()),
    }
}

/// A condition as a list of conditions that hold together.
pub(super) fn flatten(condition: Condition, into: &mut Vec<Condition>) {
    match condition {
        Condition::All(parts) => parts.into_iter().for_each(|part| flatten(part, into)),
        other => into.push(other),
    }
}

/// The negation; of a negation what it negates.
pub(super) fn not(condition: Condition) -> Condition {
    match condition {
        Condition::Not(inner) => *inner,
        other => Condition::Not(Box::new(other)),
    }
}
