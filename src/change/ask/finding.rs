//! What was found beyond the corpus, for the machines that watch over a repository: each at the edit that it is about.

use super::answer::Answer;
use super::beyond::{Beyond, aspect_words};
use super::witness::{Stated, Witness};
use crate::change::edit::Edit;
use crate::change::screen::place;
use crate::change::trial::name;
use crate::report::finding::{Finding, Level};
use crate::source::Sources;
use std::collections::BTreeSet;

impl Beyond {
    /// Scenarios in which the versions part, and what could not be found out.
    pub fn findings(&self, edits: &[Edit], sources: &Sources) -> Vec<Finding> {
        let mut all = Vec::new();
        for (kind, answer) in &self.answers {
            let (file, line) = edit_in(&kind.treaty, edits)
                .map_or((String::new(), 1), |edit| place(&name(edit, sources).place));
            let finding = |name, level, message, steps| Finding {
                kind: name,
                level,
                message,
                details: Vec::new(),
                steps,
                file: file.clone(),
                line,
            };
            match answer {
                Answer::Differs(witnesses) => all.extend(
                    witnesses
                        .iter()
                        .map(|one| finding("witness", Level::Error, one.message(), one.steps())),
                ),
                Answer::Inconclusive(why) => {
                    let message = format!("{kind}: {why}");
                    all.push(finding("inconclusive", Level::Warning, message, Vec::new()));
                }
                Answer::Agrees(_) => {}
            }
        }
        all
    }
}

impl Beyond {
    /// Whether the versions part in something to which nobody has agreed; `agreed` are the names of edits on record.
    pub fn is_noticed(&self, edits: &[Edit], sources: &Sources, agreed: &BTreeSet<String>) -> bool {
        let is_agreed = |edit: &Edit| agreed.contains(&name(edit, sources).name);
        self.witnesses().any(|witness| {
            let treaty = &witness.obligation.kind.treaty;
            let own = edits
                .iter()
                .filter(|edit| edit.treaty.as_ref() == Some(treaty));
            let own: Vec<&Edit> = own.collect();
            if own.is_empty() {
                !edits.iter().all(is_agreed)
            } else {
                !own.into_iter().all(is_agreed)
            }
        })
    }

    /// `; beyond: assist gained, 2 equal` of one treaty, for a line of a summary.
    pub fn summary(&self, treaty: &str) -> String {
        let (mut parts, mut equal, mut bounded, mut open) = (Vec::new(), 0, 0, 0);
        for (kind, answer) in self
            .answers
            .iter()
            .filter(|(kind, _)| kind.treaty == treaty)
        {
            match answer {
                Answer::Differs(all) => parts.extend(
                    all.iter()
                        .map(|one| format!("{} {}", kind.act, aspect_words(one.aspect))),
                ),
                Answer::Agrees(agreement) if agreement.is_complete() => equal += 1,
                Answer::Agrees(_) => bounded += 1,
                Answer::Inconclusive(_) => open += 1,
            }
        }
        for (number, words) in [
            (equal, "equal"),
            (bounded, "agree as far as tried"),
            (open, "inconclusive"),
        ] {
            if number > 0 {
                parts.push(format!("{number} {words}"));
            }
        }
        if parts.is_empty() {
            return String::new();
        }
        format!("; beyond: {}", parts.join(", "))
    }
}

/// The first edit in a treaty, else the first of all.
fn edit_in<'e>(treaty: &str, edits: &'e [Edit]) -> Option<&'e Edit> {
    let own = |edit: &&Edit| edit.treaty.as_deref() == Some(treaty);
    edits.iter().find(own).or(edits.first())
}

impl Witness {
    /// `gained: italy shall assist germany (triple-alliance-1912), before not owed, now owed`
    fn message(&self) -> String {
        format!(
            "{}: {} ({}); before {}, now {}",
            aspect_words(self.aspect),
            self.sentence,
            self.obligation.kind.treaty,
            self.verdicts[0],
            self.verdicts[1]
        )
    }

    /// What happens in it, one fact after the other.
    fn steps(&self) -> Vec<String> {
        let mut facts: Vec<&Stated> = self.facts.iter().collect();
        facts.sort_by_key(|fact| fact.from);
        let told = facts
            .into_iter()
            .map(|fact| format!("{}, {}", fact.what, fact.days()));
        let day = std::iter::once(format!("on {} the versions part", self.day));
        told.chain(day).collect()
    }
}
