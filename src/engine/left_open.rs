//! What a standing norm leaves to whoever acts.

use super::plan::{term_variable, variables};
use super::steps::finds;
use crate::model::condition::Condition;
use crate::model::ids::VariableId;
use crate::model::norm::{Head, Norm};
use crate::model::sentence::Term;

/// The roles of the act of a standing norm that neither its conditions nor the list of parties fill: they are left to whoever acts.
pub(crate) fn left_open(norm: &Norm) -> Vec<usize> {
    let Head::Position(head) = &norm.head else {
        return Vec::new();
    };
    let told = |variable: VariableId| {
        let party = |(term, _): &(Term, _)| *term == Term::Variable(variable);
        let listed = |condition: &Condition| {
            let lists = matches!(condition, Condition::Same(..) | Condition::InForce { .. });
            finds(condition, variable) || lists && variables(condition).contains(&variable)
        };
        norm.triggered || norm.parties.iter().any(party) || norm.conditions.iter().any(listed)
    };
    let terms = head.act.terms.iter().enumerate().skip(1);
    terms
        .filter(|(_, term)| term_variable(**term).is_some_and(|own| !told(own)))
        .map(|(slot, _)| slot)
        .collect()
}
