//! Changes of what a clause says follows: who bears it, of which kind it is, by when, what prevails.

use super::condition::{condition, connected, noun, period, phrase, prefaces, sentence};
use super::mutator::Mutator;
use crate::calendar::PartialDate;
use crate::syntax::ast::{
    Clause, ClauseBody, Date, Determiner, Modal, Modality, Name, Norm, NormHead, Noun, Qualifier,
    Subject,
};

/// Every change of a clause.
pub(super) fn clause(m: &mut Mutator<'_>, of: &mut Clause) {
    let ClauseBody::Norms {
        prefaces: before,
        norms,
    } = &mut of.body
    else {
        return;
    };
    prefaces(m, before);
    if norms.len() > 1 {
        m.drop_each(norms, |_| "drop one of several norms".to_owned());
    }
    for norm in norms {
        self::norm(m, norm);
    }
}

fn norm(m: &mut Mutator<'_>, of: &mut Norm) {
    match &mut of.head {
        NormHead::Deem(said) => sentence(m, said),
        NormHead::Modal(modal) => self::modal(m, modal),
    }
    m.drop_each(&mut of.qualifiers, |one| match one {
        Qualifier::Condition(..) => "drop the condition behind the norm".to_owned(),
        Qualifier::Within(_) | Qualifier::By(_) => "drop the deadline".to_owned(),
        Qualifier::SubjectTo(_) | Qualifier::Notwithstanding(_) => "drop the priority".to_owned(),
        Qualifier::Until(_) | Qualifier::Before(_) => "drop the end".to_owned(),
        _ => "drop a term".to_owned(),
    });
    for one in &mut of.qualifiers {
        qualifier(m, one);
    }
}

fn qualifier(m: &mut Mutator<'_>, of: &mut Qualifier) {
    match of {
        Qualifier::Within(within) => period(m, within),
        Qualifier::By(date) => by(m, date),
        Qualifier::Until(inner) | Qualifier::Before(inner) => condition(m, inner),
        Qualifier::Condition(word, inner) => connected(m, word, inner),
        Qualifier::SubjectTo(_) | Qualifier::Notwithstanding(_) => priority(m, of),
        _ => {}
    }
}

fn priority(m: &mut Mutator<'_>, of: &mut Qualifier) {
    let turned = match of {
        Qualifier::SubjectTo(reference) => Qualifier::Notwithstanding(reference.clone()),
        Qualifier::Notwithstanding(reference) => Qualifier::SubjectTo(reference.clone()),
        _ => return,
    };
    if m.turn(|| "turn the priority round".to_owned()) {
        *of = turned;
    }
}

/// A day earlier and a day later.
pub(super) fn by(m: &mut Mutator<'_>, of: &mut Date) {
    let PartialDate::Day(day) = of.value else {
        return;
    };
    for (by, words) in [(-1, "a day earlier"), (1, "a day later")] {
        if m.turn(|| format!("{words} than {day}")) {
            of.value = PartialDate::Day(day.plus_days(by));
            return;
        }
    }
}

fn modal(m: &mut Mutator<'_>, of: &mut Modal) {
    bearer(m, of);
    // `no party shall` and `no party may` forbid the same.
    if !matches!(of.subject, Subject::No { .. }) {
        modality(m, &mut of.modality);
    }
    match &mut of.subject {
        Subject::Noun(own) => noun(m, own),
        Subject::AnyOneOf(class) => {
            if m.turn(|| "put `all together` for `any one`".to_owned()) {
                of.subject = Subject::The(class.clone());
                of.together = true;
            }
        }
        Subject::The(class) => {
            if m.turn(|| "put `any one` for `all together`".to_owned()) {
                of.subject = Subject::AnyOneOf(class.clone());
                of.together = false;
            }
        }
        Subject::No { class, variable } => no(m, class, variable.as_ref()).map_or((), |subject| {
            of.subject = subject;
        }),
    }
    phrase(m, &mut of.phrase);
}

/// `no party shall`: each party shall.
fn no(m: &mut Mutator<'_>, class: &Name, variable: Option<&Name>) -> Option<Subject> {
    let made = m.turn(|| format!("put `each {0}` for `no {0}`", class.text));
    made.then(|| {
        Subject::Noun(Noun::Class(Box::new(crate::syntax::ast::ClassNoun {
            determiner: Determiner::Each,
            class: class.clone(),
            variable: variable.cloned(),
            of: None,
            other_than: Vec::new(),
            span: class.span,
        })))
    })
}

/// Who bears it and who benefits change places: the variables of the two are exchanged in what the norm says.
fn bearer(m: &mut Mutator<'_>, of: &mut Modal) {
    let Subject::Noun(subject) = &mut of.subject else {
        return;
    };
    let Some(object) = &mut of.phrase.object else {
        return;
    };
    if !m.turn(|| "exchange who bears it and towards whom".to_owned()) {
        return;
    }
    std::mem::swap(subject, object);
    for noun in [subject, object] {
        if let Noun::Class(class) = noun {
            // `each other party` begins a sentence; further on it is `another party`.
            class.determiner = match class.determiner {
                Determiner::EachOther => Determiner::Another,
                Determiner::Each => Determiner::A,
                other => other,
            };
        }
    }
}

pub(super) fn modality(m: &mut Mutator<'_>, of: &mut Modality) {
    let others = match of {
        Modality::Shall => [Modality::ShallNot, Modality::May],
        Modality::ShallNot | Modality::MayNot => [Modality::Shall, Modality::May],
        Modality::May | Modality::HasPower => [Modality::Shall, Modality::MayNot],
    };
    for other in others {
        if m.turn(|| format!("put `{}` for `{}`", words(other), words(*of))) {
            *of = other;
            return;
        }
    }
}

fn words(of: Modality) -> &'static str {
    match of {
        Modality::Shall => "shall",
        Modality::ShallNot => "shall not",
        Modality::May => "may",
        Modality::MayNot => "may not",
        Modality::HasPower => "has power to",
    }
}

/// A class and those above and below it.
pub(super) fn class(m: &mut Mutator<'_>, of: &mut Name) {
    let others: &[&str] = match of.text.as_str() {
        "party" | "actor" => &["state"],
        "state" => &["actor", "party"],
        _ => &[],
    };
    m.replace(of, others);
}
