//! Sentences of scenarios and histories: facts, assumptions and questions, without variables.

use super::builder::Builder;
use super::context::Context;
use super::expand;
use super::forms::Forms;
use super::index::modality;
use super::vocabulary::word_name;
use super::walk::{self, Form, Visitor};
use crate::diagnostic::codes::check as codes;
use crate::diagnostic::{Diagnostic, any_error};
use crate::model::condition::{Condition, Scope, Tense};
use crate::model::fact::PositionQuery;
use crate::model::ids::{EntityId, TreatyId};
use crate::model::norm::Modality;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Atom, Pattern, Spot, Term};
use crate::source::Span;
use crate::syntax::ast;
use std::fmt::Write as _;

/// A sentence about named things.
#[derive(Clone, Debug, PartialEq)]
pub struct GroundSentence {
    /// What is said.
    pub atom: Atom,
    /// `does not`, `is not`
    pub negated: bool,
    /// `has attacked`
    pub perfect: bool,
}

/// A fact or assumption.
///
/// # Errors
/// What is wrong with its words; a variable, a class or a list, which facts cannot have.
pub fn atom(sentence: &ast::Sentence, book: &Rulebook) -> Result<GroundSentence, Vec<Diagnostic>> {
    let mut context = Context::new(book, None);
    let found = ground(&mut context, sentence);
    finish(context, found)
}

/// The facts of a sentence whose subject or roles are lists joined by `and`.
///
/// # Errors
/// As [`atom`].
pub fn atoms(
    sentence: &ast::Sentence,
    book: &Rulebook,
) -> Result<Vec<GroundSentence>, Vec<Diagnostic>> {
    let mut context = Context::new(book, None);
    let found = ground_all(&mut context, sentence);
    finish(context, Some(found))
}

/// A position as people say it.
///
/// # Errors
/// What is wrong with its words.
pub fn query(modal: &ast::Modal, book: &Rulebook) -> Result<PositionQuery, Vec<Diagnostic>> {
    let mut context = Context::new(book, None);
    let found = position(&mut context, modal);
    finish(context, found)
}

/// What a reference means, read inside that treaty, if any.
///
/// # Errors
/// A treaty, article or clause that is not there.
pub fn scope(
    reference: &ast::Reference,
    book: &Rulebook,
    this_treaty: Option<TreatyId>,
) -> Result<Scope, Vec<Diagnostic>> {
    let mut context = Context::new(book, this_treaty);
    let found = context.reference(reference);
    finish(context, found)
}

fn finish<T>(context: Context<'_>, found: Option<T>) -> Result<T, Vec<Diagnostic>> {
    match found {
        Some(found) if !any_error(&context.diagnostics) => Ok(found),
        _ => Err(context.diagnostics),
    }
}

/// All sentences of a list joined by `and`.
pub(super) fn ground_all(
    context: &mut Context<'_>,
    sentence: &ast::Sentence,
) -> Vec<GroundSentence> {
    let mut plain = Vec::new();
    and_only(&expand::sentence(sentence), &mut plain);
    match plain.as_slice() {
        [_, _, ..] => {
            walk::sentence(sentence, false, &mut Forms(context));
            let mut found = Vec::new();
            for one in &plain {
                found.extend(ground_plain(context, one));
            }
            found
        }
        _ => ground(context, sentence).into_iter().collect(),
    }
}

fn and_only(condition: &ast::Condition, into: &mut Vec<ast::Sentence>) {
    match condition {
        ast::Condition::All(parts) => parts.iter().for_each(|part| and_only(part, into)),
        ast::Condition::Sentence(sentence) => into.push(sentence.clone()),
        _ => {}
    }
}

/// One sentence about named things.
pub(super) fn ground(
    context: &mut Context<'_>,
    sentence: &ast::Sentence,
) -> Option<GroundSentence> {
    walk::sentence(sentence, false, &mut Forms(context));
    ground_plain(context, sentence)
}

fn ground_plain(context: &mut Context<'_>, sentence: &ast::Sentence) -> Option<GroundSentence> {
    let mut named = NamedOnly {
        context,
        wrong: false,
    };
    walk::sentence(sentence, false, &mut named);
    if named.wrong {
        return None;
    }
    let under = match &sentence.predicate {
        ast::Predicate::Verb { phrase, .. } | ast::Predicate::Is { phrase, .. } => {
            phrase.under.as_ref()
        }
        ast::Predicate::IsA { .. } => None,
    };
    if let Some(under) = under {
        let help = "a fact stands for itself: leave `under ...` out";
        context.report(codes::under_misplaced(under.span, help));
    }
    let before = context.diagnostics.len();
    let lowered = Builder::new(context).sentence(sentence);
    if any_error(&context.diagnostics[before..]) {
        return None;
    }
    let (lowered, negated) = match lowered {
        Condition::Not(inner) => (*inner, true),
        other => (other, false),
    };
    match lowered {
        Condition::Sentence { pattern, tense } => {
            let atom = atom_of(context, &pattern, sentence.span)?;
            if let Tense::Perfect(Some(_)) = tense {
                let help = "give the days of the fact instead";
                context.report(codes::not_a_fact(sentence.span, "it has a `within`", help));
                return None;
            }
            Some(GroundSentence {
                atom,
                negated,
                perfect: tense != Tense::Present,
            })
        }
        Condition::InForce { .. } | Condition::Is(..) => {
            let help = "the engine works this out: state the acts that make it so (`ratify`, `accede`, `denounce`)";
            let why = "classes and the validity of treaties follow from other facts";
            context.report(codes::not_a_fact(sentence.span, why, help));
            None
        }
        _ => {
            let help = "say one plain sentence: `A attacks B`, `A is at-war with B`";
            let why = "it is no act and no state of affairs";
            context.report(codes::not_a_fact(sentence.span, why, help));
            None
        }
    }
}

/// Reports variables, classes and lists.
struct NamedOnly<'c, 'a> {
    context: &'c mut Context<'a>,
    wrong: bool,
}

impl Visitor for NamedOnly<'_, '_> {
    fn noun(&mut self, noun: &ast::Noun, _: bool) {
        let diagnostic = match noun {
            ast::Noun::Variable(name) => {
                codes::fact_not_ground(name.span, &format!("the variable `{}`", name.text))
            }
            ast::Noun::Class(class) => {
                codes::fact_not_ground(class.span, &format!("`a {}`", class.class.text))
            }
            ast::Noun::List { .. } => match super::spans::noun(noun) {
                Some(span) => codes::list_misplaced(span, "state one fact for each"),
                None => return,
            },
            _ => return,
        };
        self.context.report(diagnostic);
        self.wrong = true;
    }

    fn verb(&mut self, _: &ast::Name, _: Form, _: Option<&ast::Noun>) {}
}

fn atom_of(context: &mut Context<'_>, pattern: &Pattern, span: Span) -> Option<Atom> {
    let named = |term: Term| match term {
        Term::Entity(id) => Some(id),
        _ => None,
    };
    let place = match &pattern.place {
        None => None,
        Some(place) => {
            let one = match place.spots.as_slice() {
                [Spot::In(Term::Entity(id)) | Spot::TerritoryOf(Term::Entity(id))]
                    if !place.outside =>
                {
                    Some(*id)
                }
                _ => None,
            };
            if one.is_none() {
                let help = "name one place with `in`";
                let why = "its place is not one place";
                context.report(codes::not_a_fact(span, why, help));
                return None;
            }
            one
        }
    };
    Some(Atom {
        predicate: pattern.predicate,
        arguments: pattern.terms.map(named),
        place,
        amount: pattern.amount.clone(),
    })
}

fn position(context: &mut Context<'_>, modal: &ast::Modal) -> Option<PositionQuery> {
    walk::modal(modal, false, &mut Forms(context));
    let mut builder = Builder::new(context);
    let bearer = match &modal.subject {
        ast::Subject::Noun(noun @ (ast::Noun::Name(_) | ast::Noun::Possession { .. })) => {
            match builder.noun(noun) {
                Term::Entity(id) => Some(id),
                _ => None,
            }
        }
        ast::Subject::Noun(ast::Noun::List { .. }) => {
            let help = "ask about one bearer at a time";
            builder
                .context
                .report(codes::list_misplaced(modal.span, help));
            None
        }
        _ => None,
    };
    let phrase = anyone(&modal.phrase);
    let predicate = builder.verb(&modal.verb, &phrase)?;
    let subject = bearer.map_or(Term::Any, Term::Entity);
    let pattern = builder.pattern(predicate, subject, &phrase);
    let under = match &modal.phrase.under {
        Some(under) => Some(context.reference(under)?),
        None => None,
    };
    let act = atom_of(context, &pattern, modal.span)?;
    let modality = modality(modal);
    let text = query_text(context.book, modality, bearer, &act, under.as_ref());
    Some(PositionQuery {
        modality,
        bearer,
        act,
        under,
        text,
    })
}

/// The phrase without classes and variables, which match anyone.
fn anyone(phrase: &ast::Phrase) -> ast::Phrase {
    let open = |noun: &ast::Noun| matches!(noun, ast::Noun::Class(_) | ast::Noun::Variable(_));
    let mut phrase = phrase.clone();
    phrase.object = phrase.object.filter(|noun| !open(noun));
    phrase.roles.retain(|(_, noun)| !open(noun));
    phrase
}

/// `dprk shall assist russia against ukraine under russia-dprk-2024 article 4`
fn query_text(
    book: &Rulebook,
    modality: Modality,
    bearer: Option<EntityId>,
    act: &Atom,
    under: Option<&Scope>,
) -> String {
    let bearer = bearer.map_or_else(|| "anyone".to_owned(), |id| book.name(id));
    let mut text = format!(
        "{bearer} {} {}",
        super::core::modality_words(modality),
        word_name(book, act.predicate)
    );
    let roles = &book.predicate(act.predicate).roles;
    for (role, argument) in roles.iter().zip(&act.arguments[1..]) {
        if let Some(id) = argument {
            if role != "object" {
                text.push(' ');
                text.push_str(role);
            }
            text.push(' ');
            text.push_str(&book.name(*id));
        }
    }
    if let Some(place) = act.place {
        text.push_str(" in ");
        text.push_str(&book.name(place));
    }
    if let Some(amount) = &act.amount {
        let _ = write!(text, " with {}", crate::wording::amount_text(amount));
    }
    if let Some(scope) = under {
        text.push_str(" under ");
        text.push_str(&super::core::scope_text(book, scope));
    }
    text
}
