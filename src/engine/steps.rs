//! The steps of a norm: conditions asked in an order in which variables are bound before they are tested.

use super::plan::{
    mark, only_where, pattern_variables, pivot_pattern, term_variable, term_variables, variables,
};
use crate::model::condition::{Class, Condition};
use crate::model::ids::VariableId;
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;

/// One step after the pivot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Find everyone for whom condition `.0` holds.
    Join(usize),
    /// All variables are bound: does condition `.0` hold?
    Test(usize),
    /// Let the variable of party term `.0` range over the parties.
    Party(usize),
    /// The one whom party term `.0` names is known: when does the treaty bind it?
    Bound(usize),
    /// Whoever does the acts of condition `.0` is known: when were these done in time?
    Done(usize),
}

/// The steps, and between them, as soon as all who matter are known, those that narrow a position down to the days on which the
/// treaty binds them and their acts were done in time: so that what is alike for many is worked out once. `bound` tells who is
/// known at the end.
pub(super) fn narrowed(
    norm: &Norm,
    steps: Vec<Step>,
    mut known: Vec<bool>,
    bound: &[bool],
) -> Vec<Step> {
    if norm.treaty.is_none() || matches!(norm.head, Head::Deem(_)) {
        return steps;
    }
    let parties = norm.parties.iter().enumerate().map(|(index, (term, _))| {
        let own: Vec<_> = term_variable(*term).into_iter().collect();
        (Step::Bound(index), own)
    });
    let when = norm.conditions.iter().take(norm.when).enumerate();
    let when = when.map(|(index, condition)| (Step::Done(index), variables(condition)));
    let mut narrowing: Vec<(Step, Vec<VariableId>)> = parties.chain(when).collect();
    let mut take = |known: &[bool], all: &mut Vec<Step>| {
        narrowing.retain(|(step, who)| {
            let is_known =
                |variable: &VariableId| known[variable.index()] || !bound[variable.index()];
            let ready = who.iter().all(is_known);
            all.extend(ready.then_some(*step));
            !ready
        });
    };
    let mut all = Vec::with_capacity(steps.len() + norm.parties.len() + norm.when);
    for step in steps {
        match step {
            Step::Join(index) => {
                take(&known, &mut all);
                mark(&mut known, &variables(&norm.conditions[index]));
            }
            Step::Party(index) => {
                take(&known, &mut all);
                let own = term_variable(norm.parties[index].0);
                mark(&mut known, own.as_slice());
            }
            _ => {}
        }
        all.push(step);
    }
    take(&known, &mut all);
    all
}

pub(super) fn steps(
    norm: &Norm,
    rulebook: &Rulebook,
    bound: &mut [bool],
    done: Option<usize>,
) -> Vec<Step> {
    let global = global_variables(norm);
    let mut open: Vec<usize> = (0..norm.conditions.len())
        .filter(|index| Some(*index) != done)
        .collect();
    let mut parties: Vec<usize> = (0..norm.parties.len()).collect();
    let asked = super::asked::of_parties(norm, rulebook);
    let mut steps = Vec::new();
    let joins = |open: &[usize], bound: &[bool], by_place: bool| {
        open.iter().position(|index| {
            let condition = &norm.conditions[*index];
            let tells = |variable: VariableId| {
                finds(condition, variable)
                    || by_place
                        && !asked.contains(&variable)
                        && super::asked::tells_where(condition, variable)
                    || matches!(condition, Condition::Is(..) | Condition::Same(..))
            };
            let mut all = variables(condition).into_iter();
            let alone = all.all(|variable| {
                !global[variable.index()] || bound[variable.index()] || tells(variable)
            });
            alone
                && binds(condition)
                && !super::asked::leans_on_open(condition, rulebook)
                && !super::asked::waits_for_whom(*index, norm, (bound, open))
        })
    };
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
        } else if let Some(at) = joins(&open, bound, false)
            // Who is named only to say where is told by other conditions, if any tells.
            .or_else(|| joins(&open, bound, true))
            .or_else(|| {
                let is_asked = |index: &usize| {
                    term_variable(norm.parties[*index].0)
                        .is_some_and(|variable| asked.contains(&variable))
                };
                let mut any = open.iter();
                let at = any.position(|index| {
                    let waits = super::asked::waits_for_whom(*index, norm, (bound, &open));
                    binds(&norm.conditions[*index]) && !waits
                })?;
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
        Condition::Considers { who, what } => term_variable(*who).is_some() || binds(what),
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
        | Condition::InForce { .. }
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
