//! Changes of conditions: dropped, turned round, made wider or narrower.

use super::mutator::Mutator;
use crate::syntax::ast::{
    ClassNoun, Comparison, Condition, Connective, Noun, PeriodAt, Phrase, Predicate, Preface,
    Sentence, Spot, Threshold,
};
use crate::syntax::format;

/// A condition with the word that brings it in, as it is written.
fn written(word: Connective, condition: &Condition) -> String {
    let word = match word {
        Connective::When => "when",
        Connective::If => "if",
        Connective::While => "while",
        Connective::Unless => "unless",
    };
    format!("{word} {}", format::condition(condition))
}

/// Conditions before a norm: one dropped, turned round or added, and each changed in itself.
pub(super) fn prefaces(m: &mut Mutator<'_>, all: &mut Vec<Preface>) {
    m.drop_each(all, |preface| match preface {
        Preface::Reading(name) => format!("drop: on the reading {}", name.text),
        Preface::Condition(word, condition) => dropped(*word, condition),
    });
    for spare in m.around.spare {
        if let Preface::Condition(word, condition) = spare
            && !all.contains(spare)
            && m.turn(|| format!("add: {}", written(*word, condition)))
        {
            all.push(spare.clone());
            return;
        }
    }
    for preface in all {
        if let Preface::Condition(word, inner) = preface {
            connected(m, word, inner);
        }
    }
}

fn dropped(word: Connective, condition: &Condition) -> String {
    let what = if word == Connective::Unless {
        "exception"
    } else {
        "condition"
    };
    format!("drop the {what}: {}", written(word, condition))
}

/// A condition that stands behind a norm.
pub(super) fn connected(m: &mut Mutator<'_>, word: &mut Connective, inner: &mut Condition) {
    let turned = match word {
        Connective::When => None,
        Connective::If | Connective::While => Some(Connective::Unless),
        Connective::Unless => Some(Connective::If),
    };
    if let Some(turned) = turned
        && m.turn(|| format!("turn round: {}", written(*word, inner)))
    {
        *word = turned;
    }
    condition(m, inner);
}

pub(super) fn condition(m: &mut Mutator<'_>, of: &mut Condition) {
    match of {
        Condition::All(parts) => {
            several(m, parts, "and");
            if m.turn(|| "put `or` for `and`".to_owned()) {
                *of = Condition::Any(std::mem::take(parts));
            }
        }
        Condition::Any(parts) => {
            several(m, parts, "or");
            if m.turn(|| "put `and` for `or`".to_owned()) {
                *of = Condition::All(std::mem::take(parts));
            }
        }
        Condition::Sentence(own) => sentence(m, own),
        Condition::Position(modal) => super::head::modality(m, &mut modal.modality),
        Condition::Considers { what, .. } => {
            if m.turn(|| "take as a fact what somebody considers to be so".to_owned()) {
                let inner = std::mem::replace(what.as_mut(), Condition::All(Vec::new()));
                *of = inner;
                return;
            }
            condition(m, what);
        }
        Condition::Count {
            comparison,
            threshold,
            of,
            predicate: what,
            ..
        } => {
            counted(m, comparison, threshold);
            noun(m, of);
            predicate(m, what);
        }
        Condition::Breach { perfect, .. } => {
            if m.turn(|| "turn `breaches` and `has breached` round".to_owned()) {
                *perfect = !*perfect;
            }
        }
        Condition::Reading(..) | Condition::Owes { .. } => {}
    }
}

fn several(m: &mut Mutator<'_>, parts: &mut Vec<Condition>, between: &str) {
    if parts.len() > 2 {
        m.drop_each(parts, |part| {
            format!("drop one of several: {}", format::condition(part))
        });
    } else {
        drop_one_of_two(m, parts, between);
    }
    for part in parts {
        condition(m, part);
    }
}

/// Of two, the other stays; as a list of one, which reads as that one.
fn drop_one_of_two(m: &mut Mutator<'_>, parts: &mut Vec<Condition>, between: &str) {
    m.drop_each(parts, |part| {
        format!("drop beside `{between}`: {}", format::condition(part))
    });
}

fn counted(m: &mut Mutator<'_>, comparison: &mut Comparison, threshold: &mut Threshold) {
    if *comparison == Comparison::All {
        if m.turn(|| "put `at least 1` for `all`".to_owned()) {
            *comparison = Comparison::AtLeast;
            *threshold = Threshold::Number(1);
        }
        return;
    }
    if m.turn(|| "put `all` for the number".to_owned()) {
        *comparison = Comparison::All;
        *threshold = Threshold::Fraction(1, 1);
        return;
    }
    if let Threshold::Number(number) = threshold {
        if m.turn(|| format!("put {} for {number}", *number + 1)) {
            *number += 1;
        } else if *number > 0 && m.turn(|| format!("put {} for {number}", *number - 1)) {
            *number -= 1;
        }
    }
}

pub(super) fn sentence(m: &mut Mutator<'_>, of: &mut Sentence) {
    let phrase = match &mut of.predicate {
        Predicate::Verb { phrase, .. } | Predicate::Is { phrase, .. } => Some(phrase),
        Predicate::IsA { .. } => None,
    };
    if let Some(object) = phrase.and_then(|phrase| phrase.object.as_mut())
        && m.turn(|| "exchange who does it and to whom".to_owned())
    {
        std::mem::swap(&mut of.subject, object);
        return;
    }
    noun(m, &mut of.subject);
    predicate(m, &mut of.predicate);
}

fn predicate(m: &mut Mutator<'_>, of: &mut Predicate) {
    let negated = match of {
        Predicate::Verb { negated, .. }
        | Predicate::IsA { negated, .. }
        | Predicate::Is { negated, .. } => negated,
    };
    if m.turn(|| "say the contrary".to_owned()) {
        *negated = !*negated;
        return;
    }
    match of {
        Predicate::Verb {
            phrase: of, within, ..
        } => {
            phrase(m, of);
            if let Some(within) = within {
                period(m, within);
            }
        }
        Predicate::IsA { class, .. } => super::head::class(m, class),
        Predicate::Is { phrase: of, .. } => phrase(m, of),
    }
}

pub(super) fn phrase(m: &mut Mutator<'_>, of: &mut Phrase) {
    if let Some(object) = &mut of.object {
        noun(m, object);
    }
    for (_, role) in &mut of.roles {
        noun(m, role);
    }
    let Some(place) = &mut of.place else {
        return;
    };
    if m.turn(|| "drop the place".to_owned()) {
        of.place = None;
        return;
    }
    if m.turn(|| "exchange in and outside".to_owned()) {
        place.outside = !place.outside;
        return;
    }
    for spot in &mut place.spots {
        if let Spot::Named(Noun::Name(name)) = spot {
            m.replace_place(name);
        }
    }
    if place.spots.len() > 1 {
        m.drop_each(&mut place.spots, |_| {
            "drop one of several places".to_owned()
        });
    }
}

/// A period doubled and halved.
pub(super) fn period(m: &mut Mutator<'_>, of: &mut PeriodAt) {
    if m.turn(|| format!("double the period: {}", of.value)) {
        of.value.days *= 2;
        of.value.months *= 2;
        return;
    }
    let short = of.value.days < 2 && of.value.months < 2;
    if !short && m.turn(|| format!("halve the period: {}", of.value)) {
        of.value.days /= 2;
        of.value.months /= 2;
    }
}

pub(super) fn noun(m: &mut Mutator<'_>, of: &mut Noun) {
    match of {
        Noun::Class(class) => class_noun(m, class),
        Noun::Possession { owner, .. } => noun(m, owner),
        Noun::List { nouns, .. } if nouns.len() > 2 => {
            m.drop_each(nouns, |_| "drop one of several named".to_owned());
        }
        _ => {}
    }
}

fn class_noun(m: &mut Mutator<'_>, of: &mut ClassNoun) {
    super::head::class(m, &mut of.class);
    m.drop_each(&mut of.other_than, |other| {
        format!("drop: other than {}", format::noun(other))
    });
}
