//! Mutants told to people and to programs.

use super::{Fate, Judged};
use crate::change::ask::Witness;
use crate::change::coverage::percent;
use crate::change::data::{Data, json};
use crate::diagnostic::phrase::count;
use crate::report::finding::{Finding, Level, TestCase};
use crate::report::style::{Style, wrap};
use crate::source::Sources;
use std::fmt::Write as _;

/// How many mutants met which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// No rulebooks.
    pub invalid: usize,
    /// Killed by an expectation.
    pub asserted: usize,
    /// Killed by a snapshot only.
    pub snapshot: usize,
    /// The same in every scenario.
    pub equal: usize,
    /// Survivors that a scenario would kill.
    pub gaps: usize,
    /// Survivors of which it is not known.
    pub undecided: usize,
    /// Survivors that nobody minds.
    pub allowed: usize,
}

impl Score {
    /// Of these.
    pub fn of(judged: &[Judged]) -> Self {
        let mut score = Self::default();
        for one in judged {
            let number = match &one.fate {
                _ if one.allowed.is_some() => &mut score.allowed,
                Fate::Invalid => &mut score.invalid,
                Fate::Asserted(_) => &mut score.asserted,
                Fate::Snapshot(_) => &mut score.snapshot,
                Fate::Equal => &mut score.equal,
                Fate::Gap(_) => &mut score.gaps,
                Fate::Bounded(_) | Fate::Inconclusive(_) => &mut score.undecided,
            };
            *number += 1;
        }
        score
    }

    /// The mutants that count: equal, invalid and allowed ones left out.
    pub fn all(self) -> usize {
        self.asserted + self.snapshot + self.gaps + self.undecided
    }

    /// In percent: killed by an expectation.
    pub fn asserted_percent(self) -> f64 {
        percent(self.asserted, self.all())
    }

    /// In percent: killed by an expectation or a snapshot.
    pub fn snapshot_percent(self) -> f64 {
        percent(self.asserted + self.snapshot, self.all())
    }
}

/// The numbers, and each survivor with the scenario that kills it.
pub fn text(judged: &[Judged], sources: &Sources, style: Style) -> String {
    let score = Score::of(judged);
    let mut text = String::new();
    let survivors = judged
        .iter()
        .filter(|one| is_survivor(one) && one.allowed.is_none());
    for one in survivors {
        tell(&mut text, one, sources, style);
    }
    let head = format!(
        "{} mutants   killed by expect {}   only by snapshot {}   equal (proved) {}   SURVIVED {}",
        judged.len() - score.invalid,
        score.asserted,
        score.snapshot,
        score.equal,
        score.gaps + score.undecided
    );
    let _ = writeln!(text, "{}", style.heading(&head));
    let _ = writeln!(
        text,
        "asserted score {:.1} %   snapshot score {:.1} %",
        score.asserted_percent(),
        score.snapshot_percent()
    );
    let by_the_way = format!(
        "{} discarded as no rules; {} survivors not decided; {} allowed",
        score.invalid, score.undecided, score.allowed
    );
    let _ = writeln!(text, "{}", style.quiet(&by_the_way));
    text
}

fn is_survivor(one: &Judged) -> bool {
    matches!(
        one.fate,
        Fate::Gap(_) | Fate::Bounded(_) | Fate::Inconclusive(_)
    )
}

fn tell(text: &mut String, one: &Judged, sources: &Sources, style: Style) {
    let mutant = &one.mutant;
    let line = sources.position(mutant.span).line;
    let place = style.quiet(&format!("{}:{line}", sources.get(mutant.span.source).name));
    let _ = writeln!(text, "{}  {}  {place}", mutant.clause, mutant.operator);
    let _ = writeln!(
        text,
        "{}",
        style.bad(&wrap(&format!("− {}", mutant.old), 2, 4))
    );
    if !mutant.new.is_empty() {
        let _ = writeln!(
            text,
            "{}",
            style.good(&wrap(&format!("+ {}", mutant.new), 2, 4))
        );
    }
    match &one.fate {
        Fate::Gap(witness) => tell_witness(text, witness),
        other => {
            let _ = writeln!(text, "  survives; {}", told(other));
        }
    }
    text.push('\n');
}

fn tell_witness(text: &mut String, witness: &Witness) {
    let _ = writeln!(
        text,
        "  survives; killed by a scenario of {} and {}:",
        count(witness.parties, "party", "parties"),
        count(witness.facts.len(), "fact", "facts")
    );
    for fact in &witness.facts {
        let by = fact.asserted_by.as_ref();
        let by = by.map_or_else(String::new, |by| {
            format!(", asserted by {by} and contested")
        });
        let _ = writeln!(text, "    {}, {}{by}", fact.what, fact.days());
    }
    let _ = writeln!(
        text,
        "    on {}: {}: now {}; under the mutant {}",
        witness.day, witness.sentence, witness.verdicts[1], witness.verdicts[0]
    );
}

fn told(fate: &Fate) -> String {
    match fate {
        Fate::Invalid => "no rules".to_owned(),
        Fate::Asserted(name) => format!("killed by an expectation of {name}"),
        Fate::Snapshot(name) => format!("killed by the snapshot of {name} only"),
        Fate::Equal => "equal: no scenario tells it from the rules (checked)".to_owned(),
        Fate::Gap(_) => "a scenario would kill it".to_owned(),
        Fate::Bounded(parties) => {
            format!("not decided: no scenario with up to {parties} parties kills it")
        }
        Fate::Inconclusive(why) => format!("not decided: {why}"),
    }
}

/// As data: `casus-mutate/1`.
pub fn data(judged: &[Judged], sources: &Sources) -> Data {
    let score = Score::of(judged);
    let one = |one: &Judged| {
        let mutant = &one.mutant;
        let (fate, scenario) = match &one.fate {
            Fate::Invalid => ("invalid", None),
            Fate::Asserted(name) => ("killed-by-expect", Some(name.clone())),
            Fate::Snapshot(name) => ("killed-by-snapshot", Some(name.clone())),
            Fate::Equal => ("equal", None),
            Fate::Gap(witness) => ("survived", Some(witness.scenario("Proposed"))),
            Fate::Bounded(_) | Fate::Inconclusive(_) => ("not-decided", None),
        };
        json!({
            "clause": mutant.clause,
            "file": sources.get(mutant.span.source).name,
            "line": sources.position(mutant.span).line,
            "operator": mutant.operator,
            "wording": super::Entry::of(mutant).wording,
            "old": mutant.old,
            "new": mutant.new,
            "fate": fate,
            "why": told(&one.fate),
            "scenario": scenario,
            "allowed": one.allowed,
        })
    };
    json!({
        "format": "casus-mutate/1",
        "asserted_percent": score.asserted_percent(),
        "snapshot_percent": score.snapshot_percent(),
        "mutants": judged.iter().map(one).collect::<Vec<_>>(),
    })
}

/// Each survivor as a finding.
pub fn findings(judged: &[Judged], sources: &Sources) -> Vec<Finding> {
    let open = judged
        .iter()
        .filter(|one| is_survivor(one) && one.allowed.is_none());
    let finding = |one: &Judged| Finding {
        kind: "mutant",
        level: Level::Warning,
        message: format!(
            "{}: no scenario notices: {}",
            one.mutant.clause, one.mutant.operator
        ),
        steps: Vec::new(),
        details: vec![one.mutant.new.clone(), told(&one.fate)],
        file: sources.get(one.mutant.span.source).name.clone(),
        line: sources.position(one.mutant.span).line,
    };
    open.map(finding).collect()
}

/// Each mutant as a case that fails if it survives.
pub fn cases(judged: &[Judged]) -> Vec<TestCase> {
    let counted = judged
        .iter()
        .filter(|one| !matches!(one.fate, Fate::Invalid | Fate::Equal));
    let case = |one: &Judged| {
        let open = is_survivor(one) && one.allowed.is_none();
        TestCase {
            name: format!("{}: {}", one.mutant.clause, one.mutant.operator),
            failures: open
                .then(|| (told(&one.fate), one.mutant.new.clone()))
                .into_iter()
                .collect(),
        }
    };
    counted.map(case).collect()
}
