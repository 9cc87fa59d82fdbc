//! In which order the conditions of a norm are asked, so that variables are bound before they are tested.

use crate::model::condition::{Class, Condition};
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
    /// A position of one of these norms, for the condition of this number.
    Position(usize, Vec<NormId>),
    /// A standing norm: a fact or position that matches its act.
    Act,
    /// Nothing in particular: tried once.
    Nothing,
}

/// One step after the pivot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Find everyone for whom condition `.0` holds.
    Join(usize),
    /// All variables are bound: does condition `.0` hold?
    Test(usize),
    /// Let the variable of party term `.0` range over the parties.
    Party(usize),
}

/// The order of work for a norm.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) pivot: Pivot,
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
            Pivot::Facts(_) | Pivot::Nothing => {}
        }
        let done = if let Pivot::Fact(index) = pivot {
            Some(index)
        } else {
            None
        };
        Self {
            keyed: is_keyed(norm, &bound),
            within_life: super::postpone::is_within_life(norm, rulebook),
            steps: steps(norm, rulebook, &mut bound, done),
            pivot,
        }
    }

    /// A plan for a norm of which the given variables are bound from outside.
    pub(crate) fn with_bound(norm: &Norm, rulebook: &Rulebook, mut bound: Vec<bool>) -> Vec<Step> {
        steps(norm, rulebook, &mut bound, None)
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

fn mark(bound: &mut [bool], variables: &[VariableId]) {
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
                alternatives = alternatives.or(prompts(condition, rulebook));
            }
            other => match pivot_pattern(other) {
                // No fact tells who a variable is that only says where.
                Some(pattern) if !is_open(pattern, rulebook) && only_where(pattern) => {
                    alternatives = alternatives.or(Some(vec![pattern.predicate]));
                }
                Some(pattern)
                    if !is_open(pattern, rulebook)
                        && !super::asked::speaks_of_the_known(index, norm) =>
                {
                    return Pivot::Fact(index);
                }
                Some(pattern) if !is_open(pattern, rulebook) => {}
                Some(pattern) if !pattern_variables(pattern).is_empty() => {
                    open = open.or(Some(index));
                }
                _ => {}
            },
        }
    }
    // Whom an open sentence speaks of is looked up only where nothing else tells.
    match (alternatives, open) {
        (Some(predicates), _) => Pivot::Facts(predicates),
        (None, Some(index)) => Pivot::Fact(index),
        (None, None) => Pivot::Nothing,
    }
}

pub(super) fn is_open(pattern: &Pattern, rulebook: &Rulebook) -> bool {
    rulebook.predicate(pattern.predicate).open
}

/// The predicates of which a fact is needed for the condition to hold; `None` if it may hold without, by an answer alone.
fn prompts(condition: &Condition, rulebook: &Rulebook) -> Option<Vec<PredicateId>> {
    match condition {
        Condition::Any(parts) => {
            let each: Option<Vec<_>> = parts.iter().map(|part| prompts(part, rulebook)).collect();
            Some(each?.concat())
        }
        Condition::All(parts) => parts.iter().find_map(|part| prompts(part, rulebook)),
        other => {
            let pattern = pivot_pattern(other)?;
            (!is_open(pattern, rulebook)).then(|| vec![pattern.predicate])
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
        Condition::Considers { what, .. } => pivot_variables(what),
        other => variables(other),
    }
}

fn steps(norm: &Norm, rulebook: &Rulebook, bound: &mut [bool], done: Option<usize>) -> Vec<Step> {
    let global = global_variables(norm);
    let mut open: Vec<usize> = (0..norm.conditions.len())
        .filter(|index| Some(*index) != done)
        .collect();
    let mut parties: Vec<usize> = (0..norm.parties.len()).collect();
    let asked = super::asked::of_parties(norm, rulebook);
    let mut steps = Vec::new();
    loop {
        let free = |condition: &Condition, bound: &[bool]| {
            variables(condition)
                .into_iter()
                .filter(|variable| global[variable.index()] && !bound[variable.index()])
                .count()
        };
        parties.retain(|index| {
            term_variable(norm.parties[*index].0).is_some_and(|variable| !bound[variable.index()])
        });
        if let Some(at) = open
            .iter()
            .position(|index| free(&norm.conditions[*index], bound) == 0)
        {
            steps.push(Step::Test(open.remove(at)));
        } else if let Some(at) = open
            .iter()
            .position(|index| {
                let condition = &norm.conditions[*index];
                let alone = variables(condition).into_iter().all(|variable| {
                    !global[variable.index()]
                        || bound[variable.index()]
                        || finds(condition, variable)
                        || !asked.contains(&variable)
                            && super::asked::tells_where(condition, variable)
                        || matches!(
                            condition,
                            Condition::Is(..) | Condition::Same(..) | Condition::InForce { .. }
                        )
                });
                alone && binds(condition) && !super::asked::leans_on_open(condition, rulebook)
            })
            .or_else(|| {
                let is_asked = |index: &usize| {
                    term_variable(norm.parties[*index].0)
                        .is_some_and(|variable| asked.contains(&variable))
                };
                let mut any = open.iter();
                let at = any.position(|index| binds(&norm.conditions[*index]))?;
                let condition = &norm.conditions[open[at]];
                let asks = super::asked::leans_on_open(condition, rulebook)
                    || pivot_pattern(condition).is_some_and(only_where);
                if asks && parties.iter().any(is_asked) {
                    // Each party is asked about, before who fills an open sentence is looked up.
                    parties.sort_by_key(|index| !is_asked(index));
                    return None;
                }
                Some(at)
            })
        {
            let index = open.remove(at);
            mark(bound, &variables(&norm.conditions[index]));
            steps.push(Step::Join(index));
        } else if let Some(index) = parties.first().copied() {
            if let Some(variable) = term_variable(norm.parties[index].0) {
                bound[variable.index()] = true;
            }
            steps.push(Step::Party(index));
        } else if open.is_empty() {
            return steps;
        } else {
            steps.push(Step::Test(open.remove(0)));
        }
    }
}

/// Whether a condition can bind variables.
pub(super) fn binds(condition: &Condition) -> bool {
    match condition {
        Condition::Sentence { .. }
        | Condition::Position { .. }
        | Condition::Breach { .. }
        | Condition::InForce { .. }
        | Condition::Same(..) => true,
        Condition::Is(_, class) => matches!(class, Class::Party(..) | Class::Status(_)),
        Condition::All(all) => all.iter().any(binds),
        Condition::Any(any) => !any.is_empty() && any.iter().all(binds),
        _ => false,
    }
}

/// Whether whoever makes the condition true is known from facts, positions or lists.
pub(crate) fn finds(condition: &Condition, variable: VariableId) -> bool {
    match condition {
        Condition::Sentence { pattern, .. } => term_variables(pattern).any(|own| own == variable),
        Condition::Position { .. }
        | Condition::Breach { .. }
        | Condition::Is(_, Class::Party(..)) => variables(condition).contains(&variable),
        Condition::Considers { who, what } => {
            term_variable(*who) == Some(variable) || finds(what, variable)
        }
        Condition::All(parts) => parts.iter().any(|part| finds(part, variable)),
        Condition::Any(parts) => parts.iter().all(|part| finds(part, variable)),
        _ => false,
    }
}

/// Variables that belong to the whole norm: of its head, its parties and its binding conditions.
fn global_variables(norm: &Norm) -> Vec<bool> {
    let mut global = vec![false; norm.variables.len()];
    for (term, _) in &norm.parties {
        mark(
            &mut global,
            &term_variable(*term).into_iter().collect::<Vec<_>>(),
        );
    }
    match &norm.head {
        Head::Deem(pattern) => mark(&mut global, &pattern_variables(pattern)),
        Head::Position(head) => mark(&mut global, &pattern_variables(&head.act)),
    }
    for condition in &norm.conditions {
        match condition {
            Condition::Not(_) | Condition::Count { .. } => {}
            Condition::Considers { .. } => mark(&mut global, &variables(condition)),
            other if binds(other) => mark(&mut global, &variables(other)),
            _ => {}
        }
    }
    global
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
fn only_where(pattern: &Pattern) -> bool {
    where_variables(pattern).next().is_some()
}

/// The variables that a sentence names only to say where.
pub(super) fn where_variables(pattern: &Pattern) -> impl Iterator<Item = VariableId> {
    let all = pattern_variables(pattern).into_iter();
    all.filter(|variable| term_variables(pattern).all(|own| own != *variable))
}

/// The variables of a sentence.
pub(crate) fn pattern_variables(pattern: &Pattern) -> Vec<VariableId> {
    let spots = pattern
        .place
        .iter()
        .flat_map(|place| &place.spots)
        .map(|spot| match spot {
            Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term) => *term,
        });
    pattern
        .terms
        .iter()
        .copied()
        .chain(spots)
        .filter_map(term_variable)
        .collect()
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
