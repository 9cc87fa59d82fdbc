//! Facts of record.

use super::context::Context;
use super::draft::{Draft, Gathered};
use super::sentence::{GroundSentence, ground_all};
use crate::calendar::Days;
use crate::diagnostic::codes::check as codes;
use crate::model::entity::Existence;
use crate::model::fact::Fact;
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use crate::source::Span;
use crate::syntax::ast;
use std::collections::HashSet;

/// Resolves all histories.
pub(super) fn resolve(draft: &mut Draft<'_>) {
    let mut facts = Vec::new();
    let mut all: Vec<Gathered> = Vec::new();
    for (treaty, lines) in &draft.histories {
        let mut context = draft.context(*treaty);
        for line in *lines {
            self::line(&mut context, line, &mut facts);
        }
        all.push(context.finish());
    }
    draft.book.history = facts;
    for gathered in all {
        draft.gather(gathered);
    }
}

/// `signed D` in the head of a treaty: those whom its list names without dates of their own signed it that day.
pub(super) fn signatures(book: &mut Rulebook) {
    let Some(sign) = book.predicate_names.get("sign").copied() else {
        return;
    };
    let stated = book
        .history
        .iter()
        .filter(|fact| fact.atom.predicate == sign);
    let known: HashSet<_> = stated.map(|fact| fact.atom.arguments).collect();
    for treaty in &book.treaties {
        let Some(day) = treaty.signed else { continue };
        for party in treaty
            .parties
            .iter()
            .filter(|party| party.dates == Days::ALWAYS)
        {
            let arguments = [Some(party.actor), Some(treaty.entity), None, None];
            if known.contains(&arguments) {
                continue;
            }
            book.history.push(Fact {
                atom: Atom {
                    predicate: sign,
                    arguments,
                    place: None,
                    amount: None,
                },
                negated: false,
                from: day,
                to: Some(day),
                asserted_by: Vec::new(),
                denied_by: Vec::new(),
                contested: false,
                label: None,
                source: None,
                span: treaty.span,
            });
        }
    }
}

fn line(context: &mut Context<'_>, line: &ast::Fact, facts: &mut Vec<Fact>) {
    let until = match (&line.to, line.lasting) {
        (Some(to), _) => Some(to),
        (None, true) => None,
        (None, false) => Some(&line.from),
    };
    if let Some(until) = until
        && until.value.last() < line.from.value.first()
    {
        let (from, to) = (line.from.value.to_string(), until.value.to_string());
        context.report(codes::end_before_beginning(until.span, &from, &to));
    }
    for GroundSentence {
        atom,
        negated,
        perfect,
    } in ground_all(context, &line.sentence)
    {
        if perfect {
            let help = "state the act itself on its day: `attacks`, not `has attacked`";
            let why = "it speaks of the past";
            context.report(codes::not_a_fact(line.sentence.span, why, help));
            continue;
        }
        let days = Days {
            first: line.from.value.last(),
            last: until.map_or(line.from.value.last(), |until| until.value.first()),
        };
        if let Some((id, exists)) = outside_existence(&atom, days, context.book) {
            context.report(existence(context.book, id, exists, line.sentence.span));
        }
        facts.push(Fact {
            atom,
            negated,
            from: line.from.value,
            to: until.map(|until| until.value),
            asserted_by: Vec::new(),
            denied_by: Vec::new(),
            contested: false,
            label: None,
            source: None,
            span: line.span,
        });
    }
}

/// Somebody in the sentence who did not exist from the first to the last of those days, with its existence.
pub fn outside_existence<'b>(
    atom: &Atom,
    days: Days,
    book: &'b Rulebook,
) -> Option<(EntityId, &'b Existence)> {
    atom.arguments.iter().flatten().find_map(|id| {
        let exists = &book.entities.get(id.index())?.exists;
        let mut spells = exists.spells().iter();
        let inside = spells.any(|spell| spell.contains(days.first) && days.last <= spell.last);
        (!inside).then_some((*id, exists))
    })
}

fn existence(
    book: &Rulebook,
    id: EntityId,
    exists: &Existence,
    span: Span,
) -> crate::diagnostic::Diagnostic {
    let entity = &book.entities[id.index()];
    let words = format!("it existed {exists}");
    codes::outside_existence(span, &entity.name, &words, entity.span)
}
