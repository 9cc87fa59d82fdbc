//! Lists and disjunctions spread out, tree to tree, so that each norm is made from plain sentences.

use crate::syntax::ast::{Condition, Modal, Noun, Phrase, Predicate, Sentence, Subject};

/// More alternatives than this are left as a disjunction inside one norm.
const MOST: usize = 32;

/// Whether a list stands in a sentence.
pub(super) fn has_list(sentence: &Sentence) -> bool {
    let list = |noun: &Noun| matches!(noun, Noun::List { nouns, .. } if !nouns.is_empty());
    let in_phrase = match &sentence.predicate {
        Predicate::Verb { phrase, .. } | Predicate::Is { phrase, .. } => {
            phrase.object.iter().any(list) || phrase.roles.iter().any(|(_, noun)| list(noun))
        }
        Predicate::IsA { .. } => false,
    };
    in_phrase || list(&sentence.subject)
}

/// A sentence with lists as a condition of sentences without: `a or b attacks P` is `a attacks P or b attacks P`.
pub(super) fn sentence(sentence: &Sentence) -> Condition {
    if let Some((and, subjects)) = spread(&sentence.subject) {
        let each = subjects.into_iter().map(|subject| {
            self::sentence(&Sentence {
                subject,
                ..sentence.clone()
            })
        });
        return join(and, each.collect());
    }
    if let Some((and, predicates)) = predicates(&sentence.predicate) {
        let each = predicates.into_iter().map(|predicate| {
            self::sentence(&Sentence {
                predicate,
                ..sentence.clone()
            })
        });
        return join(and, each.collect());
    }
    Condition::Sentence(sentence.clone())
}

/// A predicate with lists as predicates without. Under a negation `and` and `or` change places.
fn predicates(predicate: &Predicate) -> Option<(bool, Vec<Predicate>)> {
    match predicate {
        Predicate::Verb {
            tense,
            negated,
            verb,
            phrase,
            within,
        } => {
            let (and, phrases) = phrases(phrase)?;
            let made = phrases.into_iter().map(|phrase| Predicate::Verb {
                tense: *tense,
                negated: *negated,
                verb: verb.clone(),
                phrase,
                within: within.clone(),
            });
            Some((and != *negated, made.collect()))
        }
        Predicate::Is {
            negated,
            complement,
            phrase,
        } => {
            let (and, phrases) = phrases(phrase)?;
            let made = phrases.into_iter().map(|phrase| Predicate::Is {
                negated: *negated,
                complement: complement.clone(),
                phrase,
            });
            Some((and != *negated, made.collect()))
        }
        Predicate::IsA { .. } => None,
    }
}

/// The first list of a phrase spread out.
pub(super) fn phrases(phrase: &Phrase) -> Option<(bool, Vec<Phrase>)> {
    if let Some((and, objects)) = phrase.object.as_ref().and_then(spread) {
        let made = objects.into_iter().map(|object| Phrase {
            object: Some(object),
            ..phrase.clone()
        });
        return Some((and, made.collect()));
    }
    for (at, (role, noun)) in phrase.roles.iter().enumerate() {
        if let Some((and, nouns)) = spread(noun) {
            let made = nouns.into_iter().map(|noun| {
                let mut one = phrase.clone();
                one.roles[at] = (role.clone(), noun);
                one
            });
            return Some((and, made.collect()));
        }
    }
    None
}

fn spread(noun: &Noun) -> Option<(bool, Vec<Noun>)> {
    match noun {
        Noun::List { and, nouns } if !nouns.is_empty() => Some((*and, nouns.clone())),
        _ => None,
    }
}

fn join(and: bool, parts: Vec<Condition>) -> Condition {
    if and {
        Condition::All(parts)
    } else {
        Condition::Any(parts)
    }
}

/// A condition as alternatives of literals; one alternative if there would be too many.
pub(super) fn alternatives(condition: &Condition) -> Vec<Vec<Condition>> {
    let found = spread_out(condition);
    match found {
        Some(found) if !found.is_empty() => found,
        _ => vec![vec![condition.clone()]],
    }
}

fn spread_out(condition: &Condition) -> Option<Vec<Vec<Condition>>> {
    match condition {
        Condition::Any(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(spread_out(part)?);
            }
            (all.len() <= MOST).then_some(all)
        }
        Condition::All(parts) => {
            let mut all = vec![Vec::new()];
            for part in parts {
                all = product(&all, &spread_out(part)?)?;
            }
            Some(all)
        }
        Condition::Sentence(sentence) => match self::sentence(sentence) {
            Condition::Sentence(sentence) => Some(vec![vec![Condition::Sentence(sentence)]]),
            spread => spread_out(&spread),
        },
        literal => Some(vec![vec![literal.clone()]]),
    }
}

/// Every alternative of the one with every alternative of the other.
pub(super) fn product(
    left: &[Vec<Condition>],
    right: &[Vec<Condition>],
) -> Option<Vec<Vec<Condition>>> {
    if left.len().saturating_mul(right.len()) > MOST {
        return None;
    }
    let mut all = Vec::new();
    for one in left {
        for two in right {
            all.push(one.iter().chain(two).cloned().collect());
        }
    }
    Some(all)
}

/// A modal with lists as several, and whether an `or` stood in its subject or act.
pub(super) fn modals(modal: &Modal) -> (Vec<Modal>, bool) {
    let mut or = false;
    let subjects: Vec<Subject> = match &modal.subject {
        Subject::Noun(noun) => match spread(noun) {
            Some((and, nouns)) => {
                or |= !and;
                nouns.into_iter().map(Subject::Noun).collect()
            }
            None => vec![modal.subject.clone()],
        },
        _ => vec![modal.subject.clone()],
    };
    let mut acts = vec![modal.phrase.clone()];
    while let Some((at, (and, spread))) = acts
        .iter()
        .enumerate()
        .find_map(|(at, phrase)| phrases(phrase).map(|found| (at, found)))
    {
        or |= !and;
        acts.splice(at..=at, spread);
    }
    let mut all = Vec::new();
    for subject in &subjects {
        for phrase in &acts {
            all.push(Modal {
                subject: subject.clone(),
                phrase: phrase.clone(),
                ..modal.clone()
            });
        }
    }
    (all, or)
}
