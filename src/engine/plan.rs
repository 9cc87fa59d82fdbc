//! In which order the conditions of a norm are asked, so that variables are bound before they are tested.

use super::steps::{Step, narrowed, steps};
use crate::model::condition::Condition;
use crate::model::ids::{NormId, PredicateId, VariableId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, Spot, Term};

/// What starts a norm.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pivot {
    /// A fact that matches the sentence of this condition (which may stand within `considers`).
    Fact(usize),
    /// A fact of one of these predicates, which stand in alternatives: then all conditions are asked from the beginning.
    Facts(Vec<PredicateId>),
    /// The same, or a position of one of these norms.
    Either(Vec<PredicateId>, Vec<NormId>),
    /// A position of one of these norms, for the condition of this number.
    Position(usize, Vec<NormId>),
    /// A standing norm: a fact or position that matches its act.
    Act,
    /// Nothing in particular: tried once.
    Nothing,
}

/// The order of work for a norm.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) pivot: Pivot,
    /// For each variable, whether what starts the norm tells who it is.
    pub(crate) known: Vec<bool>,
    pub(crate) steps: Vec<Step>,
    /// The act names everybody whom the pivot binds: facts that say different things start different positions.
    pub(crate) keyed: bool,
    /// Nothing starts on a day on which the treaty is not in force.
    pub(crate) within_life: bool,
}

impl Plan {
    /// Plans a norm; `in_scope` lists the norms that a position or breach condition speaks of.
    pub(crate) fn new(
        norm: &Norm,
        rulebook: &Rulebook,
        in_scope: &dyn Fn(&Condition) -> Vec<NormId>,
    ) -> Self {
        let pivot = pivot(norm, rulebook, in_scope);
        let mut bound = vec![false; norm.variables.len()];
        match &pivot {
            Pivot::Fact(index) | Pivot::Position(index, _) => {
                if let Some(condition) = norm.conditions.get(*index) {
                    mark(&mut bound, &pivot_variables(condition));
                }
            }
            Pivot::Act => {
                if let Head::Position(head) = &norm.head {
                    mark(&mut bound, &pattern_variables(&head.act));
                }
            }
            Pivot::Facts(_) | Pivot::Either(..) | Pivot::Nothing => {}
        }
        let done = if let Pivot::Fact(index) = pivot {
            Some(index)
        } else {
            None
        };
        let keyed = is_keyed(norm, &bound);
        let known = bound.clone();
        let steps = steps(norm, rulebook, &mut bound, done);
        Self {
            keyed,
            within_life: super::postpone::is_within_life(norm, rulebook),
            steps: narrowed(norm, steps, known.clone(), &bound),
            known,
            pivot,
        }
    }

    /// A plan for a norm of which the given variables are bound from outside.
    pub(crate) fn with_bound(norm: &Norm, rulebook: &Rulebook, mut bound: Vec<bool>) -> Vec<Step> {
        let known = bound.clone();
        let steps = steps(norm, rulebook, &mut bound, None);
        narrowed(norm, steps, known, &bound)
    }
}

fn is_keyed(norm: &Norm, bound: &[bool]) -> bool {
    let Head::Position(head) = &norm.head else {
        return false;
    };
    let named = |variable: usize| {
        let mut own = head.act.terms.iter().copied().filter_map(term_variable);
        own.any(|own| own.index() == variable)
    };
    (0..bound.len()).all(|variable| !bound[variable] || named(variable))
}

pub(super) fn mark(bound: &mut [bool], variables: &[VariableId]) {
    for variable in variables {
        bound[variable.index()] = true;
    }
}

fn pivot(norm: &Norm, rulebook: &Rulebook, in_scope: &dyn Fn(&Condition) -> Vec<NormId>) -> Pivot {
    if matches!(norm.head, Head::Position(_)) && !norm.triggered {
        return Pivot::Act;
    }
    let (mut alternatives, mut open) = (None, None);
    for (index, condition) in norm.conditions.iter().enumerate() {
        match condition {
            Condition::Position { .. } | Condition::Breach { .. } => {
                return Pivot::Position(index, in_scope(condition));
            }
            Condition::Any(_) | Condition::All(_) => {
                alternatives = alternatives.or(prompts(condition, rulebook, in_scope));
            }
            other => match pivot_pattern(other) {
                // No fact tells who a variable is that only says where.
                Some(pattern) if !is_open(pattern, rulebook) && only_where(pattern) => {
                    alternatives = alternatives.or(Some(Prompts::fact(pattern)));
                }
                Some(pattern)
                    if !is_open(pattern, rulebook)
                        && !super::asked::speaks_of_the_known(index, norm) =>
                {
                    return Pivot::Fact(index);
                }
                Some(pattern) if !is_open(pattern, rulebook) => {
                    alternatives = alternatives.or(Some(Prompts::fact(pattern)));
                }
                Some(pattern) if !pattern_variables(pattern).is_empty() => {
                    open = open.or(Some(index));
                }
                _ => {}
            },
        }
    }
    // Whom an open sentence speaks of is looked up only where nothing else tells.
    match (alternatives, open) {
        (Some(prompts), _) if prompts.positions.is_empty() => Pivot::Facts(prompts.facts),
        (Some(prompts), _) => Pivot::Either(prompts.facts, prompts.positions),
        (None, Some(index)) => Pivot::Fact(index),
        (None, None) => Pivot::Nothing,
    }
}

pub(super) fn is_open(pattern: &Pattern, rulebook: &Rulebook) -> bool {
    rulebook.predicate(pattern.predicate).open
}

/// One of these is needed for a condition to hold: a fact with such a predicate, or a position of such a norm.
#[derive(Default)]
struct Prompts {
    facts: Vec<PredicateId>,
    positions: Vec<NormId>,
}

impl Prompts {
    fn fact(pattern: &Pattern) -> Self {
        Self {
            facts: vec![pattern.predicate],
            positions: Vec::new(),
        }
    }

    fn or(mut self, other: Self) -> Self {
        self.facts.extend(other.facts);
        self.positions.extend(other.positions);
        self
    }
}

/// What is needed for the condition to hold; `None` if it may hold without, by an answer alone.
fn prompts(
    condition: &Condition,
    rulebook: &Rulebook,
    in_scope: &dyn Fn(&Condition) -> Vec<NormId>,
) -> Option<Prompts> {
    let each = |part| prompts(part, rulebook, in_scope);
    match condition {
        Condition::Any(parts) => {
            let each: Option<Vec<Prompts>> = parts.iter().map(each).collect();
            Some(each?.into_iter().fold(Prompts::default(), Prompts::or))
        }
        Condition::All(parts) => parts.iter().find_map(each),
        Condition::Position { .. } | Condition::Breach { .. } => Some(Prompts {
            facts: Vec::new(),
            positions: in_scope(condition),
        }),
        other => {
            let pattern = pivot_pattern(other)?;
            (!is_open(pattern, rulebook)).then(|| Prompts::fact(pattern))
        }
    }
}

/// The sentence in a pivot condition: itself, or the one that somebody considers to be so.
pub(crate) fn pivot_pattern(condition: &Condition) -> Option<&Pattern> {
    match condition {
        Condition::Sentence { pattern, .. } => Some(pattern),
        Condition::Considers { what, .. } => pivot_pattern(what),
        _ => None,
    }
}

fn pivot_variables(condition: &Condition) -> Vec<VariableId> {
    match condition {
        Condition::Considers { who, what } => {
            let mut found = pivot_variables(what);
            found.extend(term_variable(*who));
            found
        }
        other => variables(other),
    }
}

/// The variable of a term.
pub(crate) fn term_variable(term: Term) -> Option<VariableId> {
    match term {
        Term::Variable(variable) | Term::Possession(_, variable) => Some(variable),
        Term::Entity(_) | Term::Any => None,
    }
}

pub(super) fn term_variables(pattern: &Pattern) -> impl Iterator<Item = VariableId> {
    pattern.terms.iter().copied().filter_map(term_variable)
}

/// Whether a sentence names a variable only to say where.
pub(super) fn only_where(pattern: &Pattern) -> bool {
    where_variables(pattern).next().is_some()
}

/// The variables that a sentence names only to say where.
pub(super) fn where_variables(pattern: &Pattern) -> impl Iterator<Item = VariableId> {
    let all = place_terms(pattern).filter_map(term_variable);
    all.filter(|variable| term_variables(pattern).all(|own| own != *variable))
}

/// The variables of a sentence.
pub(crate) fn pattern_variables(pattern: &Pattern) -> Vec<VariableId> {
    let terms = pattern.terms.iter().copied();
    let all = terms.chain(place_terms(pattern));
    all.filter_map(term_variable).collect()
}

/// The terms by which a sentence says where.
fn place_terms(pattern: &Pattern) -> impl Iterator<Item = Term> {
    let spots = pattern.place.iter().flat_map(|place| &place.spots);
    spots.map(|spot| match spot {
        Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term) => *term,
    })
}

/// All variables of a condition, local ones included.
pub(crate) fn variables(condition: &Condition) -> Vec<VariableId> {
    let terms = |terms: &[Term]| -> Vec<_> {
        let own = terms.iter().copied();
        own.filter_map(term_variable).collect()
    };
    match condition {
        Condition::Sentence { pattern, .. } => pattern_variables(pattern),
        Condition::Is(term, _) => terms(&[*term]),
        Condition::Same(a, b) => terms(&[*a, *b]),
        Condition::InForce { treaty, party } => terms(&[*treaty, *party]),
        Condition::Position {
            bearer,
            act,
            towards,
            ..
        } => {
            let mut found = terms(&[*bearer, *towards]);
            found.extend(act.iter().flat_map(pattern_variables));
            found
        }
        Condition::Breach {
            bearer, against, ..
        } => terms(&[*bearer, *against]),
        Condition::Considers { who, what } => {
            let mut found = terms(&[*who]);
            found.extend(variables(what));
            found
        }
        Condition::Count {
            counted,
            except,
            body,
            ..
        } => {
            let mut found = variables(body);
            found.extend(except.iter().flat_map(variables));
            found.retain(|variable| variable != counted);
            found
        }
        Condition::Reading(..) | Condition::Layer(_) => Vec::new(),
        Condition::Not(inner) => variables(inner),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(variables).collect(),
    }
}
