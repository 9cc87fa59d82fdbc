//! Sentences of the language: subject, verb in one of its forms, objects, place and amount.

use super::name::amount_text;
use crate::model::fact::Fact;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use crate::model::vocabulary::PredicateKind;

/// The form of a verb.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `attacks`
    Present,
    /// `does not attack`
    PresentNot,
    /// `has attacked`
    Perfect,
    /// `has not attacked`
    PerfectNot,
    /// `attack`
    Base,
}

/// A sentence without variables: `ukraine attacks russia in kursk-oblast`.
pub fn atom(rulebook: &Rulebook, atom: &Atom) -> String {
    sentence(rulebook, atom, Form::Present)
}

/// The same in the perfect where the act is done at a moment: `france has provoked germany`.
pub fn atom_so_far(rulebook: &Rulebook, atom: &Atom) -> String {
    let lasts = rulebook.predicate(atom.predicate).lasts;
    sentence(
        rulebook,
        atom,
        if lasts { Form::Present } else { Form::Perfect },
    )
}

/// The contrary of a sentence.
pub fn atom_denied(rulebook: &Rulebook, atom: &Atom) -> String {
    let lasts = rulebook.predicate(atom.predicate).lasts;
    sentence(
        rulebook,
        atom,
        if lasts {
            Form::PresentNot
        } else {
            Form::PerfectNot
        },
    )
}

fn sentence(rulebook: &Rulebook, atom: &Atom, form: Form) -> String {
    let names: Vec<Option<String>> = atom
        .arguments
        .iter()
        .map(|argument| argument.map(|id| rulebook.name(id)))
        .collect();
    let mut text = clause(rulebook, atom.predicate, &names, form);
    if let Some(place) = atom.place {
        text.push_str(&format!(" in {}", place_name(rulebook, place)));
    }
    if let Some(amount) = &atom.amount {
        text.push_str(&format!(" with {}", amount_text(amount)));
    }
    text
}

/// A fact as stated, negation included.
pub fn fact(rulebook: &Rulebook, fact: &Fact) -> String {
    if fact.negated {
        sentence(rulebook, &fact.atom, Form::PresentNot)
    } else {
        atom(rulebook, &fact.atom)
    }
}

/// An area is known to readers by its own name, not with that of its treaty.
pub(super) fn own_name(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_owned()
}

pub(super) fn place_name(rulebook: &Rulebook, place: EntityId) -> String {
    own_name(&rulebook.name(place))
}

pub(super) fn clause(
    rulebook: &Rulebook,
    predicate: PredicateId,
    names: &[Option<String>],
    form: Form,
) -> String {
    let subject = names[0].clone().unwrap_or_else(|| "somebody".to_owned());
    let mut text = if form == Form::Base {
        verb(rulebook, predicate, form)
    } else {
        format!("{subject} {}", verb(rulebook, predicate, form))
    };
    for (role, name) in rulebook.predicate(predicate).roles.iter().zip(&names[1..]) {
        match (role.as_str(), name) {
            (_, None) => {}
            ("object", Some(name)) => text.push_str(&format!(" {name}")),
            (preposition, Some(name)) => text.push_str(&format!(" {preposition} {name}")),
        }
    }
    text
}

fn verb(rulebook: &Rulebook, predicate: PredicateId, form: Form) -> String {
    match (&rulebook.predicate(predicate).kind, form) {
        (PredicateKind::Verb { third, .. }, Form::Present) => third.clone(),
        (PredicateKind::Verb { base, .. }, Form::PresentNot) => format!("does not {base}"),
        (PredicateKind::Verb { past, .. }, Form::Perfect) => format!("has {past}"),
        (PredicateKind::Verb { past, .. }, Form::PerfectNot) => format!("has not {past}"),
        (PredicateKind::Verb { base, .. }, Form::Base) => base.clone(),
        (PredicateKind::Refusal { of }, Form::PresentNot | Form::PerfectNot) => {
            format!("does not refuse to {}", verb(rulebook, *of, Form::Base))
        }
        (PredicateKind::Refusal { of }, Form::Base) => {
            format!("refuse to {}", verb(rulebook, *of, Form::Base))
        }
        (PredicateKind::Refusal { of }, _) => {
            format!("refuses to {}", verb(rulebook, *of, Form::Base))
        }
        (PredicateKind::Status { name }, Form::PresentNot | Form::PerfectNot) => {
            format!("is not {name}")
        }
        (PredicateKind::Status { name }, _) => format!("is {name}"),
    }
}
