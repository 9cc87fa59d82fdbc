//! A verb or status: its forms, its roles, its kinds.

use super::{Shown, heading};
use crate::model::ids::PredicateId;
use crate::model::vocabulary::{Predicate, PredicateKind};
use std::fmt::Write as _;

impl Shown<'_> {
    pub(super) fn word(&self, id: PredicateId) -> String {
        let word = self.rulebook.predicate(id);
        let mut text = heading(self.word_name(id), word.title.as_deref()) + "\n";
        if let PredicateKind::Verb {
            base, third, past, ..
        } = &word.kind
        {
            let _ = writeln!(text, "  verb: shall {base}, {third}, has {past}");
        } else {
            text.push_str("  status\n");
        }
        if !word.roles.is_empty() {
            let _ = writeln!(text, "  takes {}", word.roles.join(", "));
        }
        for (so, remark) in remarks(word) {
            if so {
                let _ = writeln!(text, "  {remark}");
            }
        }
        let broader: Vec<&str> = word
            .broader
            .iter()
            .map(|broader| self.word_name(broader.predicate))
            .collect();
        if !broader.is_empty() {
            let _ = writeln!(text, "  a kind of {}", broader.join(", "));
        }
        let all = (0..self.rulebook.predicates.len()).map(|index| PredicateId(index as u16));
        let narrower = all.filter(|other| {
            let other = self.rulebook.predicate(*other);
            !matches!(other.kind, PredicateKind::Refusal { .. })
                && other.broader.iter().any(|broader| broader.predicate == id)
        });
        let narrower: Vec<&str> = narrower.map(|other| self.word_name(other)).collect();
        if !narrower.is_empty() {
            let _ = writeln!(text, "  kinds of it: {}", narrower.join(", "));
        }
        text
    }

    fn word_name(&self, id: PredicateId) -> &str {
        match &self.rulebook.predicate(id).kind {
            PredicateKind::Verb { base: name, .. } | PredicateKind::Status { name } => name,
            PredicateKind::Refusal { of } => self.word_name(*of),
        }
    }
}

fn remarks(word: &Predicate) -> [(bool, &'static str); 4] {
    [
        (
            word.lasts && matches!(word.kind, PredicateKind::Verb { .. }),
            "lasts: goes on from its first to its last day",
        ),
        (
            word.open,
            "open: unknown, not false, where nobody states it",
        ),
        (
            word.symmetric,
            "symmetric: says the same the other way round",
        ),
        (
            word.takes_sides,
            "takes sides: helps its object against its `against`",
        ),
    ]
}
