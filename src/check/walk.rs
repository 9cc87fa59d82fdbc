//! A walk over every noun and verb of a tree, in the order of the text.

use crate::syntax::ast::{
    Clause, ClauseBody, Condition, Modal, Name, Norm, NormHead, Noun, Phrase, Predicate, Preface,
    Qualifier, Sentence, Spot, Subject, Tense,
};

/// Which form of a verb its place asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `attack`
    Base,
    /// `attacks`
    Third,
    /// `attacked`
    Past,
    /// `attacks` or `attack`
    Finite,
}

/// What is met on the way.
pub(super) trait Visitor {
    /// A noun; those inside it follow. `inside`: in a negation or a count.
    fn noun(&mut self, noun: &Noun, inside: bool);
    /// A verb with the form that its place asks for; its subject where that may be plural in itself.
    fn verb(&mut self, verb: &Name, form: Form, subject: Option<&Noun>);
}

/// Everything in a clause.
pub(super) fn clause(clause: &Clause, visitor: &mut impl Visitor) {
    if let ClauseBody::Norms { prefaces, norms } = &clause.body {
        for each in prefaces {
            preface(each, visitor);
        }
        for each in norms {
            norm(each, visitor);
        }
    }
}

/// A condition with the word that brings it in.
pub(super) fn preface(preface: &Preface, visitor: &mut impl Visitor) {
    if let Preface::Condition(connective, each) = preface {
        let inside = *connective == crate::syntax::ast::Connective::Unless;
        condition(each, inside, visitor);
    }
}

/// A norm with its qualifiers.
pub(super) fn norm(norm: &Norm, visitor: &mut impl Visitor) {
    match &norm.head {
        NormHead::Deem(each) => sentence(each, false, visitor),
        NormHead::Modal(each) => modal(each, false, visitor),
    }
    for qualifier in &norm.qualifiers {
        match qualifier {
            Qualifier::Until(each) | Qualifier::Before(each) => condition(each, true, visitor),
            Qualifier::Condition(connective, each) => {
                let inside = *connective == crate::syntax::ast::Connective::Unless;
                condition(each, inside, visitor);
            }
            _ => {}
        }
    }
}

/// A condition.
pub(super) fn condition(condition: &Condition, inside: bool, visitor: &mut impl Visitor) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                self::condition(part, inside, visitor);
            }
        }
        Condition::Sentence(each) => sentence(each, inside, visitor),
        Condition::Position(each) => modal(each, inside, visitor),
        Condition::Owes { who, towards, .. } => {
            noun(who, inside, visitor);
            optional(towards.as_ref(), inside, visitor);
        }
        Condition::Breach { who, against, .. } => {
            noun(who, inside, visitor);
            optional(against.as_ref(), inside, visitor);
        }
        Condition::Reading(..) => {}
        Condition::Considers { who, what, .. } => {
            noun(who, inside, visitor);
            self::condition(what, inside, visitor);
        }
        Condition::Count { of, predicate, .. } => {
            noun(of, true, visitor);
            self::predicate(predicate, Form::Finite, None, true, visitor);
        }
    }
}

fn optional(each: Option<&Noun>, inside: bool, visitor: &mut impl Visitor) {
    if let Some(each) = each {
        noun(each, inside, visitor);
    }
}

/// A sentence.
pub(super) fn sentence(sentence: &Sentence, inside: bool, visitor: &mut impl Visitor) {
    let inside = inside || negated(&sentence.predicate);
    noun(&sentence.subject, inside, visitor);
    let form = finite(&sentence.subject);
    predicate(
        &sentence.predicate,
        form,
        Some(&sentence.subject),
        inside,
        visitor,
    );
}

/// Whether `not` stands in it.
pub(super) fn negated(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::Verb { negated, .. }
        | Predicate::IsA { negated, .. }
        | Predicate::Is { negated, .. } => *negated,
    }
}

fn finite(subject: &Noun) -> Form {
    match subject {
        Noun::List { .. } | Noun::Possession { .. } | Noun::Amount(_) => Form::Finite,
        Noun::Class(class) if class.determiner == crate::syntax::ast::Determiner::The => {
            Form::Finite
        }
        _ => Form::Third,
    }
}

fn predicate(
    predicate: &Predicate,
    finite: Form,
    subject: Option<&Noun>,
    inside: bool,
    visitor: &mut impl Visitor,
) {
    match predicate {
        Predicate::Verb {
            tense,
            negated,
            verb,
            phrase: rest,
            ..
        } => {
            let form = match (tense, negated) {
                (Tense::Present, false) => finite,
                (Tense::Present, true) | (Tense::Refusal, _) => Form::Base,
                (Tense::Perfect, _) => Form::Past,
            };
            visitor.verb(verb, form, subject);
            phrase(rest, inside || *negated, visitor);
        }
        Predicate::Is {
            phrase: rest,
            complement,
            negated,
        } => {
            if is_variable(complement) {
                noun(
                    &Noun::Variable(complement.clone()),
                    inside || *negated,
                    visitor,
                );
            }
            phrase(rest, inside || *negated, visitor);
        }
        Predicate::IsA { .. } => {}
    }
}

/// Whether a word is a variable: it starts with a capital.
pub(super) fn is_variable(name: &Name) -> bool {
    name.text.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A modal.
pub(super) fn modal(modal: &Modal, inside: bool, visitor: &mut impl Visitor) {
    match &modal.subject {
        Subject::Noun(each) => noun(each, inside, visitor),
        Subject::No {
            variable: Some(variable),
            class,
        } => {
            let class = crate::syntax::ast::ClassNoun {
                determiner: crate::syntax::ast::Determiner::Each,
                class: class.clone(),
                variable: Some(variable.clone()),
                of: None,
                other_than: Vec::new(),
                span: variable.span,
            };
            noun(&Noun::Class(Box::new(class)), inside, visitor);
        }
        _ => {}
    }
    visitor.verb(&modal.verb, Form::Base, None);
    phrase(&modal.phrase, inside, visitor);
}

fn phrase(phrase: &Phrase, inside: bool, visitor: &mut impl Visitor) {
    optional(phrase.object.as_ref(), inside, visitor);
    for (_, each) in &phrase.roles {
        noun(each, inside, visitor);
    }
    for spot in phrase.place.iter().flat_map(|place| &place.spots) {
        match spot {
            Spot::TerritoryOf(each) | Spot::AdministeredBy(each) | Spot::Named(each) => {
                noun(each, inside, visitor);
            }
        }
    }
}

fn noun(noun: &Noun, inside: bool, visitor: &mut impl Visitor) {
    visitor.noun(noun, inside);
    match noun {
        Noun::Possession { owner, .. } => self::noun(owner, inside, visitor),
        Noun::List { nouns, .. } => {
            for each in nouns {
                self::noun(each, inside, visitor);
            }
        }
        Noun::Class(class) => {
            for each in &class.other_than {
                self::noun(each, inside, visitor);
            }
        }
        _ => {}
    }
}
