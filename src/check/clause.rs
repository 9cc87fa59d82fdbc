//! Clauses to norms: one norm for each head and each alternative behind `when`.

use super::binding;
use super::builder::{Builder, flatten};
use super::context::Context;
use super::deem::{deemed, heads};
use super::expand;
use super::forms::Forms;
use super::walk;
use crate::calendar::Days;
use crate::diagnostic::codes::check as codes;
use crate::diagnostic::phrase::nearest;
use crate::model::condition::Condition;
use crate::model::ids::{DisputeId, LayerId};
use crate::model::norm::{Head, Norm};
use crate::source::Span;
use crate::syntax::ast;

/// Where a clause stands.
#[derive(Clone, Copy)]
pub(super) struct Site {
    /// Its article, by index.
    pub(super) article: u16,
    /// The layer around it.
    pub(super) layer: Option<LayerId>,
    /// When its article is part of the treaty.
    pub(super) dates: Days,
}

/// A norm with what is known of its variables.
pub(super) struct Lowered {
    /// The norm.
    pub(super) norm: Norm,
    /// For each variable, whether it stays inside a negation or a count.
    pub(super) local: Vec<bool>,
}

/// What the norms of one clause share.
struct Shared<'t> {
    label: Option<&'t ast::Name>,
    prefaces: &'t [ast::Preface],
    span: Span,
    site: Site,
}

/// One head with its qualifiers.
struct Single<'t> {
    head: ast::NormHead,
    qualifiers: &'t [ast::Qualifier],
}

/// The norms of a clause; none for a narrowing.
pub(super) fn clause(context: &mut Context<'_>, site: Site, tree: &ast::Clause) -> Vec<Lowered> {
    let ast::ClauseBody::Norms { prefaces, norms } = &tree.body else {
        return Vec::new();
    };
    walk::clause(tree, &mut Forms(context));
    binding::used_once(context, tree);
    let shared = Shared {
        label: tree.label.as_ref(),
        prefaces,
        span: tree.span,
        site,
    };
    let mut lowered = Vec::new();
    for norm in norms {
        lowered.extend(shared.norms(context, norm));
    }
    lowered
}

/// The norms of a general definition.
pub(super) fn define(context: &mut Context<'_>, tree: &ast::Define) -> Vec<Lowered> {
    walk::sentence(&tree.head, false, &mut Forms(context));
    for preface in &tree.conditions {
        walk::preface(preface, &mut Forms(context));
    }
    let shared = Shared {
        label: None,
        prefaces: &tree.conditions,
        span: tree.span,
        site: Site {
            article: 0,
            layer: None,
            dates: Days::ALWAYS,
        },
    };
    let norm = ast::Norm {
        head: ast::NormHead::Deem(tree.head.clone()),
        qualifiers: Vec::new(),
        span: tree.span,
    };
    shared.norms(context, &norm)
}

/// The condition of a treaty's entry into force.
pub(super) fn life_condition(context: &mut Context<'_>, tree: &ast::Condition) -> Condition {
    walk::condition(tree, false, &mut Forms(context));
    let mut builder = Builder::new(context);
    builder.parties_as_conditions = true;
    builder.condition(tree)
}

impl Shared<'_> {
    fn norms(&self, context: &mut Context<'_>, norm: &ast::Norm) -> Vec<Lowered> {
        let mut whens: Vec<Vec<ast::Condition>> = vec![Vec::new()];
        let mut triggered = false;
        for condition in self.whens(norm) {
            triggered = true;
            let these = expand::alternatives(condition);
            whens = expand::product(&whens, &these).unwrap_or_else(|| {
                let one = |mut all: Vec<ast::Condition>| {
                    all.push(condition.clone());
                    all
                };
                whens.into_iter().map(one).collect()
            });
        }
        let mut lowered = Vec::new();
        for head in heads(context, norm) {
            let single = Single {
                head,
                qualifiers: &norm.qualifiers,
            };
            for when in &whens {
                lowered.extend(self.lower(context, &single, when, triggered));
            }
        }
        lowered
    }

    fn whens<'s>(&'s self, norm: &'s ast::Norm) -> impl Iterator<Item = &'s ast::Condition> {
        let before = self.prefaces.iter().filter_map(|preface| match preface {
            ast::Preface::Condition(ast::Connective::When, condition) => Some(condition),
            _ => None,
        });
        let after = norm
            .qualifiers
            .iter()
            .filter_map(|qualifier| match qualifier {
                ast::Qualifier::Condition(ast::Connective::When, condition) => Some(condition),
                _ => None,
            });
        before.chain(after)
    }

    fn lower(
        &self,
        context: &mut Context<'_>,
        single: &Single<'_>,
        when: &[ast::Condition],
        triggered: bool,
    ) -> Option<Lowered> {
        let before = context.diagnostics.len();
        let mut builder = Builder::new(context);
        builder.declared = binding::declared(self.prefaces, &single.head, single.qualifiers);
        let deem = matches!(single.head, ast::NormHead::Deem(_));
        builder.parties_as_conditions = deem;
        let mut conditions = Vec::new();
        let mut sorted: Vec<&ast::Condition> = when.iter().collect();
        sorted.sort_by_key(|literal| rank(builder.context, literal));
        for literal in sorted {
            let lowered = builder.condition(literal);
            flatten(lowered, &mut conditions);
        }
        without_repetition(&mut conditions);
        let whens = conditions.len();
        for preface in self.prefaces {
            preface_condition(&mut builder, preface, &mut conditions);
        }
        let head = self.head(&mut builder, single, triggered, &mut conditions)?;
        without_repetition(&mut conditions);
        let errors = binding::check(&mut builder, &head, &conditions, triggered, before);
        if errors {
            return None;
        }
        let local = builder.variables.iter().map(|v| v.local).collect();
        let names = builder.variables.iter().map(|v| v.name.clone()).collect();
        let parties = std::mem::take(&mut builder.parties);
        Some(Lowered {
            norm: Norm {
                treaty: builder.treaty(),
                article: self.site.article,
                clause: self.label.map(|label| label.text.clone()),
                variables: names,
                triggered,
                when: whens,
                conditions,
                reserved: Vec::new(),
                parties,
                head,
                dates: self.site.dates,
                layer: self.site.layer,
                span: self.span,
            },
            local,
        })
    }

    fn head(
        &self,
        builder: &mut Builder<'_, '_>,
        single: &Single<'_>,
        triggered: bool,
        conditions: &mut Vec<Condition>,
    ) -> Option<Head> {
        let mut head = match &single.head {
            ast::NormHead::Deem(sentence) => Head::Deem(deemed(builder, sentence)?),
            ast::NormHead::Modal(modal) => {
                Head::Position(Box::new(builder.position(modal, triggered)?))
            }
        };
        conditions.append(&mut builder.tests);
        for qualifier in single.qualifiers {
            match (qualifier, &mut head) {
                (ast::Qualifier::Condition(connective, condition), _) => {
                    connected(builder, *connective, condition, conditions);
                }
                (qualifier, Head::Position(position)) => builder.qualify(position, qualifier),
                (_, Head::Deem(_)) => {
                    let why = "only conditions can stand after it";
                    builder.context.report(codes::not_deemable(self.span, why));
                }
            }
        }
        conditions.append(&mut builder.tests);
        Some(head)
    }
}

/// Two mentions of one class ask the same thing twice.
fn without_repetition(conditions: &mut Vec<Condition>) {
    let mut at = 0;
    while at < conditions.len() {
        if conditions[..at].contains(&conditions[at]) {
            conditions.remove(at);
        } else {
            at += 1;
        }
    }
}

/// What binds variables comes first: sentences and positions, then counts, then the rest; else as written.
fn rank(context: &Context<'_>, literal: &ast::Condition) -> u8 {
    match literal {
        ast::Condition::Position(_)
        | ast::Condition::Owes { .. }
        | ast::Condition::Breach { .. } => 0,
        ast::Condition::Sentence(sentence) => match &sentence.predicate {
            ast::Predicate::Verb { negated: false, .. } => 0,
            ast::Predicate::Is {
                negated: false,
                complement,
                ..
            } if context.status(&complement.text).is_some() => 0,
            _ => 2,
        },
        ast::Condition::Count { .. } => 1,
        _ => 2,
    }
}

fn preface_condition(
    builder: &mut Builder<'_, '_>,
    preface: &ast::Preface,
    conditions: &mut Vec<Condition>,
) {
    match preface {
        ast::Preface::Reading(name) => conditions.extend(reading(builder.context, name)),
        ast::Preface::Condition(connective, condition) => {
            connected(builder, *connective, condition, conditions);
        }
    }
}

/// A condition with its connective; those of `when` are lowered apart.
pub(super) fn connected(
    builder: &mut Builder<'_, '_>,
    connective: ast::Connective,
    condition: &ast::Condition,
    conditions: &mut Vec<Condition>,
) {
    match connective {
        ast::Connective::When => {}
        ast::Connective::If | ast::Connective::While => {
            let lowered = builder.condition(condition);
            flatten(lowered, conditions);
        }
        ast::Connective::Unless => {
            let inner = builder.within(|builder| builder.condition(condition));
            conditions.push(Condition::Not(Box::new(inner)));
        }
    }
}

/// `on the reading NAME`
pub(super) fn reading(context: &mut Context<'_>, name: &ast::Name) -> Option<Condition> {
    let what = "`on the reading`";
    let treaty = context.this_treaty(name.span, what)?;
    let book = context.book;
    let disputes = &book.treaty(treaty).disputes;
    let found = disputes.iter().find_map(|id: &DisputeId| {
        let readings = &book.disputes[id.index()].readings;
        let at = readings.iter().position(|known| known.name == name.text)?;
        Some((*id, u8::try_from(at).ok()?))
    });
    if let Some((dispute, at)) = found {
        context.readings.insert((dispute, at));
        return Some(Condition::Reading(dispute, at));
    }
    let readings = disputes
        .iter()
        .flat_map(|id| &book.disputes[id.index()].readings);
    let near = nearest(&name.text, readings.map(|reading| reading.name.as_str()));
    context.report(codes::unknown_reading(name.span, &name.text, near));
    None
}
