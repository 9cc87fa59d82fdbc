//! Which conditions bind which variables, and the variables that nothing binds.

use super::builder::Builder;
use super::context::Context;
use super::walk::{self, Form, Visitor};
use crate::diagnostic::codes::{check as codes, lint};
use crate::diagnostic::{Diagnostic, any_error};
use crate::model::condition::{Class, Condition};
use crate::model::ids::VariableId;
use crate::model::norm::Head;
use crate::model::sentence::{Pattern, Spot, Term};
use crate::source::Span;
use crate::syntax::ast;
use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

/// The class that a norm gives each variable, where it first does so outside negations.
pub(super) fn declared(
    prefaces: &[ast::Preface],
    head: &ast::NormHead,
    qualifiers: &[ast::Qualifier],
) -> FxHashMap<String, ast::ClassNoun> {
    struct Classes(FxHashMap<String, ast::ClassNoun>);
    impl Visitor for Classes {
        fn noun(&mut self, noun: &ast::Noun, inside: bool) {
            if let ast::Noun::Class(class) = noun
                && let Some(variable) = &class.variable
                && !inside
            {
                let entry = self.0.entry(variable.text.clone());
                entry.or_insert_with(|| class.as_ref().clone());
            }
        }
        fn verb(&mut self, _: &ast::Name, _: Form, _: Option<&ast::Noun>) {}
    }
    let mut classes = Classes(FxHashMap::default());
    for preface in prefaces {
        walk::preface(preface, &mut classes);
    }
    match head {
        ast::NormHead::Deem(sentence) => walk::sentence(sentence, false, &mut classes),
        ast::NormHead::Modal(modal) => walk::modal(modal, false, &mut classes),
    }
    for qualifier in qualifiers {
        if let ast::Qualifier::Condition(connective, condition) = qualifier {
            let inside = *connective == ast::Connective::Unless;
            walk::condition(condition, inside, &mut classes);
        }
    }
    classes.0
}

/// Warns of variables that conditions name once, without a class: anyone will do, or the pen slipped.
pub(super) fn used_once(context: &mut Context<'_>, clause: &ast::Clause) {
    #[derive(Default)]
    struct Mentions(IndexMap<String, (usize, Option<Span>)>);
    impl Visitor for Mentions {
        fn noun(&mut self, noun: &ast::Noun, _: bool) {
            let (name, bare) = match noun {
                ast::Noun::Variable(name) => (name, true),
                ast::Noun::Class(class) => match &class.variable {
                    Some(name) => (name, false),
                    None => return,
                },
                _ => return,
            };
            let entry = self.0.entry(name.text.clone()).or_default();
            entry.0 += 1;
            if bare {
                entry.1 = Some(name.span);
            }
        }
        fn verb(&mut self, _: &ast::Name, _: Form, _: Option<&ast::Noun>) {}
    }
    let mut all = Mentions::default();
    walk::clause(clause, &mut all);
    for (name, (_, bare)) in &all.0 {
        let small = name.to_ascii_lowercase();
        if let Some(span) = bare
            && context.find(&small).is_some()
        {
            context.report(lint::name_as_variable(*span, name, &small));
        }
    }
    let mut heads = Mentions::default();
    if let ast::ClauseBody::Norms { norms, .. } = &clause.body {
        for norm in norms {
            match &norm.head {
                ast::NormHead::Deem(sentence) => walk::sentence(sentence, false, &mut heads),
                ast::NormHead::Modal(modal) => walk::modal(modal, false, &mut heads),
            }
        }
    }
    for (name, (times, bare)) in &all.0 {
        if let (1, Some(span)) = (times, bare)
            && !heads.0.contains_key(name)
        {
            context.report(lint::used_once(*span, name));
        }
    }
}

/// Reports variables that nothing binds; whether anything was wrong since diagnostic number `before`.
pub(super) fn check(
    builder: &mut Builder<'_, '_>,
    head: &Head,
    conditions: &[Condition],
    triggered: bool,
    before: usize,
) -> bool {
    let since = &builder.context.diagnostics[before..];
    if any_error(since) {
        return true;
    }
    let mut bound = FxHashSet::default();
    for _ in 0..2 {
        // Twice, as identity binds one variable by another.
        for condition in conditions {
            binds(condition, &mut bound);
        }
    }
    let by_conditions = bound.clone();
    for (term, _) in &builder.parties {
        term_variable(*term, &mut bound);
    }
    if let Head::Position(position) = head {
        term_variable(position.act.terms[0], &mut bound);
        if !triggered {
            let mut act = FxHashSet::default();
            pattern_variables(&position.act, &mut act);
            let called = |id: &VariableId| {
                let term = Term::Variable(*id);
                builder.called.iter().any(|(known, _)| *known == term)
            };
            bound.extend(act.into_iter().filter(called));
        }
    }
    let found = problems(builder, &bound, &by_conditions);
    let errors = any_error(&found);
    builder.context.diagnostics.extend(found);
    errors
}

fn problems(
    builder: &Builder<'_, '_>,
    bound: &FxHashSet<VariableId>,
    by_conditions: &FxHashSet<VariableId>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let all = builder.variables.iter().enumerate();
    for (at, variable) in all.filter(|(_, variable)| !variable.local) {
        let mut same = builder.variables.iter();
        let inner = same.find(|other| other.local && other.name == variable.name);
        let id = VariableId(at as u16);
        let is_bound = bound.contains(&id);
        match (is_bound, inner) {
            (true, None) => {}
            (true, Some(inner)) => {
                let in_norm = !by_conditions.contains(&id);
                found.push(lint::two_of_one_name(inner.span, &variable.name, in_norm));
            }
            (false, Some(inner)) => found.push(
                codes::stays_inside(variable.span, &variable.name)
                    .also(inner.span, "first met here"),
            ),
            (false, None) if variable.name.starts_with('_') => {
                found.push(codes::unbound_variable(variable.span, "it"));
            }
            (false, None) => found.push(codes::unbound_variable(variable.span, &variable.name)),
        }
    }
    found
}

/// The variables that a condition binds.
fn binds(condition: &Condition, bound: &mut FxHashSet<VariableId>) {
    match condition {
        Condition::Sentence { pattern, .. } => pattern_variables(pattern, bound),
        Condition::Same(one, two) => same(*one, *two, bound),
        Condition::InForce { treaty, party } => {
            term_variable(*treaty, bound);
            term_variable(*party, bound);
        }
        Condition::Considers { who, what } => {
            term_variable(*who, bound);
            binds(what, bound);
        }
        Condition::Position {
            bearer,
            act,
            towards,
            ..
        } => {
            term_variable(*bearer, bound);
            term_variable(*towards, bound);
            if let Some(act) = act {
                pattern_variables(act, bound);
            }
        }
        Condition::Breach {
            bearer, against, ..
        } => {
            term_variable(*bearer, bound);
            term_variable(*against, bound);
        }
        Condition::Is(term, Class::Party(..)) => term_variable(*term, bound),
        Condition::All(parts) => parts.iter().for_each(|part| binds(part, bound)),
        Condition::Any(parts) => {
            let each = parts.iter().map(|part| {
                let mut own = FxHashSet::default();
                binds(part, &mut own);
                own
            });
            let common = each.reduce(|one, two| one.intersection(&two).copied().collect());
            bound.extend(common.unwrap_or_default());
        }
        Condition::Is(..)
        | Condition::Count { .. }
        | Condition::Reading(..)
        | Condition::Layer(_)
        | Condition::Not(_) => {}
    }
}

fn same(one: Term, two: Term, bound: &mut FxHashSet<VariableId>) {
    let known = |term: Term, bound: &FxHashSet<VariableId>| match term {
        Term::Entity(_) => true,
        Term::Variable(id) | Term::Possession(_, id) => bound.contains(&id),
        Term::Any => false,
    };
    if known(one, bound) {
        term_variable(two, bound);
    } else if known(two, bound) {
        term_variable(one, bound);
    }
}

fn term_variable(term: Term, into: &mut FxHashSet<VariableId>) {
    if let Term::Variable(id) | Term::Possession(_, id) = term {
        into.insert(id);
    }
}

fn pattern_variables(pattern: &Pattern, into: &mut FxHashSet<VariableId>) {
    for term in pattern.terms {
        term_variable(term, into);
    }
    for spot in pattern.place.iter().flat_map(|place| &place.spots) {
        let (Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term)) = spot;
        term_variable(*term, into);
    }
}
