//! What the events of a scenario say together: contradictions, open questions, acts that probably went on.

use super::{Lowering, certain_days};
use crate::calendar::{Day, PartialDate};
use crate::diagnostic::codes::scenario as codes;
use crate::model::fact::{Expectation, Fact};
use crate::model::ids::PredicateId;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use crate::scenario::Text;
use crate::source::Span;
use std::collections::HashMap;

impl Lowering<'_> {
    /// The same sentence asserted and negated on the same days, and nobody disputes it.
    pub(super) fn report_contradictions(&mut self, facts: &[Fact]) {
        let mut by_atom: HashMap<&Atom, Vec<&Fact>> = HashMap::new();
        for fact in facts.iter().filter(|fact| !fact.contested) {
            by_atom.entry(&fact.atom).or_default().push(fact);
        }
        for fact in facts.iter().filter(|fact| fact.negated && !fact.contested) {
            let rivals = by_atom.get(&fact.atom).into_iter().flatten();
            let rival = rivals
                .filter(|other| !other.negated)
                .find(|other| overlap(self.rulebook, fact, other));
            if let Some(rival) = rival {
                self.diagnostics
                    .push(codes::contradiction(fact.span, rival.span));
            }
        }
    }

    /// Whether something leaves the sentence open: its word, or a contested fact that says it, or more than it.
    pub(super) fn is_open(&self, atom: &Atom, facts: &[Fact]) -> bool {
        let rulebook = self.rulebook;
        let contested = facts
            .iter()
            .chain(&rulebook.history)
            .filter(|fact| fact.contested);
        rulebook.predicate(atom.predicate).open
            || contested.into_iter().any(|fact| {
                speaks_of(rulebook, &fact.atom, atom) || rulebook.covers(atom, &fact.atom)
            })
    }

    /// A lasting act on one day, where the scenario asks for later days.
    pub(super) fn warn_of_single_days(
        &mut self,
        as_of: Option<Day>,
        facts: &[Fact],
        expectations: &[Expectation],
    ) {
        let named = facts
            .iter()
            .flat_map(|fact| [Some(fact.from.last()), fact.to.map(PartialDate::last)]);
        let asked = expectations.iter().map(|expectation| expectation.on);
        let Some(horizon) = named.chain(asked).chain([as_of]).flatten().max() else {
            return;
        };
        let on = self.document.events.iter();
        let on = on.filter_map(|event| Some((event.what.span, event.on.as_ref()?)));
        let on: HashMap<Span, &Text> = on.collect();
        for fact in facts
            .iter()
            .filter(|fact| !fact.negated && fact.from.last() < horizon)
        {
            let lasts = self.rulebook.predicate(fact.atom.predicate).lasts;
            if let (true, Some(on)) = (lasts, on.get(&fact.span)) {
                let warning = codes::only_one_day(on.span, &on.text, fact.span);
                self.diagnostics.push(warning);
            }
        }
    }
}

fn overlap(rulebook: &Rulebook, a: &Fact, b: &Fact) -> bool {
    let lasts = rulebook.predicate(a.atom.predicate).lasts;
    let (a, b) = (certain_days(a, lasts), certain_days(b, lasts));
    a.0.max(b.0) <= a.1.min(b.1)
}

/// Whether the fact, or something that it is a kind of, may be what the sentence says.
fn speaks_of(rulebook: &Rulebook, fact: &Atom, said: &Atom) -> bool {
    let compatible = fact.predicate == said.predicate
        && (fact.arguments.iter().zip(&said.arguments))
            .all(|(a, b)| a.is_none() || b.is_none() || a == b);
    compatible
        || fact.predicate != said.predicate
            && is_a_kind_of(rulebook, fact.predicate, said.predicate, 0)
}

/// Whether one predicate is a kind of another, at any remove.
fn is_a_kind_of(
    rulebook: &Rulebook,
    narrow: PredicateId,
    broad: PredicateId,
    depth: usize,
) -> bool {
    // A hierarchy that runs in a circle is reported elsewhere; here it must only end.
    let broader = &rulebook.predicate(narrow).broader;
    depth < 16
        && broader.iter().any(|step| {
            step.predicate == broad || is_a_kind_of(rulebook, step.predicate, broad, depth + 1)
        })
}
