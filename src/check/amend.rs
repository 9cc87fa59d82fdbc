//! What is said about clauses elsewhere: reservations, and secret narrowings of a variable.

use super::builder::{Builder, all, not};
use super::clause::{Lowered, connected, reading};
use super::context::Context;
use super::forms::Forms;
use super::walk;
use crate::diagnostic::codes::{check as codes, lint};
use crate::model::condition::Condition;
use crate::model::ids::{EntityId, LayerId, TreatyId, VariableId};
use crate::model::norm::{Head, Mode};
use crate::model::sentence::Term;
use crate::syntax::ast;

/// `reservation of X to article N, which binds it unless ...`: one more condition on every norm of the article whose bearer may be X.
pub(super) fn reservation(
    context: &mut Context<'_>,
    treaty: TreatyId,
    norms: &mut [Lowered],
    tree: &ast::Reservation,
) {
    for preface in &tree.conditions {
        walk::preface(preface, &mut Forms(context));
    }
    let actor = context.actor(&tree.of);
    let article = context.article(treaty, &tree.article);
    let (Some(actor), Some(article)) = (actor, article) else {
        return;
    };
    if !Builder::new(context).listed(actor) {
        let why = format!("`{}` is not a party", tree.of.text);
        context.report(lint::idle_reservation(tree.of.span, &why));
    }
    context.article = Some(article);
    let (mut touched, mut joint) = (false, false);
    for lowered in norms
        .iter_mut()
        .filter(|lowered| lowered.is_of(treaty, article))
    {
        let Head::Position(position) = &lowered.norm.head else {
            continue;
        };
        if position.mode != Mode::Each {
            joint = true;
            continue;
        }
        let bearer = position.act.terms[0];
        if let Term::Entity(id) = bearer
            && id != actor
        {
            continue;
        }
        touched = true;
        reserve(context, lowered, bearer, actor, &tree.conditions);
    }
    if !touched {
        let why = if joint {
            "it cannot take one party out of a joint duty"
        } else {
            "no clause of the article binds that party"
        };
        context.report(lint::idle_reservation(tree.span, why));
    }
}

fn reserve(
    context: &mut Context<'_>,
    lowered: &mut Lowered,
    bearer: Term,
    actor: EntityId,
    prefaces: &[ast::Preface],
) {
    let mut builder = Builder::of_norm(context, lowered);
    let mut conditions = Vec::new();
    builder.branch = 1;
    for preface in prefaces {
        match preface {
            ast::Preface::Reading(name) => conditions.extend(reading(builder.context, name)),
            ast::Preface::Condition(ast::Connective::When, condition) => {
                connected(
                    &mut builder,
                    ast::Connective::If,
                    condition,
                    &mut conditions,
                );
            }
            ast::Preface::Condition(connective, condition) => {
                connected(&mut builder, *connective, condition, &mut conditions);
            }
        }
    }
    let (names, local): (Vec<String>, Vec<bool>) = builder
        .variables
        .into_iter()
        .map(|variable| (variable.name, variable.local))
        .unzip();
    lowered.norm.variables = names;
    lowered.local = local;
    let reserved = (lowered.norm.conditions.len(), actor);
    lowered.norm.reserved.push(reserved);
    let another = not(Condition::Same(bearer, Term::Entity(actor)));
    lowered.norm.conditions.push(if prefaces.is_empty() {
        another
    } else {
        Condition::Any(vec![another, all(conditions)])
    });
}

/// `in article 1, A means germany.`: in the layer, A is one of these.
pub(super) fn narrowing(
    context: &mut Context<'_>,
    (treaty, layer): (TreatyId, Option<LayerId>),
    norms: &mut [Lowered],
    (article, variable, means): (&ast::Name, &ast::Name, &[ast::Name]),
) {
    let mut entities = Vec::new();
    for name in means {
        entities.extend(context.entity(name, "a name"));
    }
    let Some(index) = context.article(treaty, article) else {
        return;
    };
    let mut known: Vec<String> = Vec::new();
    let mut touched = false;
    for lowered in norms
        .iter_mut()
        .filter(|lowered| lowered.is_of(treaty, index))
    {
        let mut found = None;
        for (at, name) in lowered.norm.variables.iter().enumerate() {
            if lowered.local[at] || name.starts_with('_') {
                continue;
            }
            if *name == variable.text {
                found = Some(Term::Variable(VariableId(at as u16)));
            }
            if !known.contains(name) {
                known.push(name.clone());
            }
        }
        let Some(term) = found else { continue };
        touched = true;
        let outside = layer.map(|layer| not(Condition::Layer(layer)));
        let same = entities
            .iter()
            .map(|id| Condition::Same(term, Term::Entity(*id)));
        let mut any: Vec<Condition> = outside.into_iter().chain(same).collect();
        let condition = match any.pop() {
            Some(only) if any.is_empty() => only,
            Some(last) => {
                any.push(last);
                Condition::Any(any)
            }
            None => continue,
        };
        lowered.norm.conditions.push(condition);
    }
    if !touched {
        let diagnostic =
            codes::narrows_nothing(variable.span, &variable.text, &article.text, &known);
        context.report(diagnostic);
    }
}

impl Lowered {
    /// Whether it stands in that article.
    fn is_of(&self, treaty: TreatyId, article: u16) -> bool {
        self.norm.treaty == Some(treaty) && self.norm.article == article
    }
}
