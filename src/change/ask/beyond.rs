//! Beyond the scenarios that there are: for each kind of obligation that an edit reaches, a witness, agreement, or neither.

use super::answer::{Answer, Bounds, Contradiction};
use super::compare::Aspect;
use super::inquiry::Goal;
use super::kind::Kind;
use super::near::Near;
use super::proof::Checked;
use super::versions::Versions;
use super::witness::Witness;
use crate::diagnostic::phrase::count;
use crate::report::style::wrap;
use crate::wording;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What can be said of two versions whatever the scenario.
#[derive(Clone, Debug, Default)]
pub struct Beyond {
    /// The answer for each kind of obligation that the edits reach.
    pub answers: BTreeMap<Kind, Answer>,
    /// What only one version declares.
    pub one_sided: BTreeSet<String>,
    /// Treaties of which something was edited, by name; others are reached through them.
    pub edited: BTreeSet<String>,
    /// For kinds that differ the scenario that is nearest to one that there is, if that was asked.
    pub nearest: Vec<Near>,
}

impl Beyond {
    /// Looks at everything that the edits reach; `go_on` is asked before each step whether there is time.
    ///
    /// # Errors
    /// A witness that does not replay, or a proof that does not check.
    pub fn look(
        versions: &Versions<'_>,
        bounds: Bounds,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Self, Contradiction> {
        Ok(Self {
            answers: versions.ask_all(bounds, Goal::Everything, go_on)?,
            one_sided: versions.affected.one_sided.clone(),
            edited: versions.affected.treaties.clone(),
            nearest: Vec::new(),
        })
    }

    /// The answers, those on edited treaties first.
    fn in_order(&self) -> impl Iterator<Item = (&Kind, &Answer)> {
        let edited = |(kind, _): &(&Kind, &Answer)| self.edited.contains(&kind.treaty);
        let others = move |pair: &(&Kind, &Answer)| !edited(pair);
        let first = self.answers.iter().filter(edited);
        first.chain(self.answers.iter().filter(others))
    }

    /// All witnesses, those on edited treaties first.
    pub fn witnesses(&self) -> impl Iterator<Item = &Witness> {
        let each = self.in_order().filter_map(|(_, answer)| match answer {
            Answer::Differs(witnesses) => Some(witnesses),
            _ => None,
        });
        each.flatten()
    }

    /// The witnesses in the same order, those together that are one scenario.
    pub fn by_scenario(&self) -> Vec<Vec<&Witness>> {
        let mut found: Vec<Vec<&Witness>> = Vec::new();
        for witness in self.witnesses() {
            match found.iter_mut().find(|own| own[0].is_told_by(witness)) {
                Some(own) => own.push(witness),
                None => found.push(vec![witness]),
            }
        }
        found
    }

    /// The kinds of which it could not be found out.
    pub fn inconclusive(&self) -> impl Iterator<Item = (&Kind, &str)> {
        self.answers
            .iter()
            .filter_map(|(kind, answer)| match answer {
                Answer::Inconclusive(why) => Some((kind, why.as_str())),
                _ => None,
            })
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for witnesses in self.by_scenario() {
            for (at, witness) in witnesses.iter().enumerate() {
                tell(&mut text, witness, at == 0);
            }
        }
        for near in &self.nearest {
            near.tell(&mut text);
        }
        self.tell_agreement(&mut text);
        for (kind, why) in self.inconclusive() {
            let line = format!("inconclusive: {kind}: {why}");
            let _ = writeln!(text, "{}", wrap(&line, 2, 6));
        }
        if !self.one_sided.is_empty() {
            let names: Vec<&str> = self.one_sided.iter().map(String::as_str).collect();
            let line = format!("only one version knows: {}", names.join(", "));
            let _ = writeln!(text, "{}", wrap(&line, 2, 6));
        }
        text
    }

    fn tell_agreement(&self, text: &mut String) {
        let mut complete: Vec<(&Kind, Checked)> = Vec::new();
        let mut bounded: BTreeMap<(usize, String), Vec<(&Kind, Checked)>> = BTreeMap::new();
        for (kind, answer) in &self.answers {
            let Answer::Agrees(agreement) = answer else {
                continue;
            };
            let one = (kind, agreement.checked);
            if agreement.is_complete() {
                complete.push(one);
                continue;
            }
            let beyond: Vec<&str> = agreement.beyond.iter().map(String::as_str).collect();
            let key = (agreement.parties, beyond.join(", "));
            bounded.entry(key).or_default().push(one);
        }
        if !complete.is_empty() {
            let kinds = count(complete.len(), "kind of obligation", "kinds of obligation");
            let line = format!("{kinds}: equal, complete ({})", how_checked(&complete));
            let _ = writeln!(text, "{}", wrap(&line, 2, 6));
        }
        for ((parties, beyond), all) in bounded {
            let kinds: Vec<String> = all.iter().map(|(kind, _)| kind.to_string()).collect();
            let (kinds, checked) = (kinds.join("; "), how_checked(&all));
            let line = format!("agree up to {parties} parties: {kinds} ({checked})");
            let _ = writeln!(text, "{}", wrap(&line, 2, 6));
            let _ = writeln!(text, "{}", wrap(&format!("not tried: {beyond}"), 6, 10));
        }
    }
}

/// How far the proofs of some agreements were checked.
fn how_checked(all: &[(&Kind, Checked)]) -> String {
    let cases: usize = all.iter().map(|(_, checked)| checked.cases).sum();
    let unchecked = all.iter().filter(|(_, checked)| checked.left > 0).count();
    let kinds = || count(unchecked, "kind", "kinds");
    match (cases, unchecked) {
        (0, 0) => "none ever arises".to_owned(),
        (0, _) => "proof not checked: too many cases, or no time".to_owned(),
        (cases, 0) => format!("proof checked in {}", count(cases, "case", "cases")),
        (cases, _) => {
            let cases = count(cases, "case", "cases");
            format!("proof checked in {cases}, in part for {}", kinds())
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let modality = wording::modality_noun(self.modality);
        write!(f, "{} {modality} to {}", self.treaty, self.act)?;
        self.place
            .iter()
            .try_for_each(|place| write!(f, " {place}"))
    }
}

/// `gained`, `lost` ...
pub fn aspect_words(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Gained => "gained",
        Aspect::Lost => "lost",
        Aspect::Terms => "on other terms",
        Aspect::Violated => "violated in one version only",
        Aspect::Fulfilled => "fulfilled in one version only",
        Aspect::Discharged => "discharged in one version only",
        Aspect::Suspended => "suspended in one version only",
        Aspect::Displaced => "displaced in one version only",
    }
}

/// `whole`: with the scenario, which is not the one told before.
fn tell(text: &mut String, witness: &Witness, whole: bool) {
    let mut line = |line: &str, first, next| {
        let _ = writeln!(text, "{}", wrap(line, first, next));
    };
    let treaty = &witness.obligation.kind.treaty;
    let what = witness.what_differs();
    line(&format!("{what}: {} ({treaty})", witness.sentence), 2, 6);
    if whole {
        let size = size(witness);
        line(
            &format!("smallest scenario: {size}, replayed on both"),
            6,
            8,
        );
    } else {
        line("in the same scenario", 6, 8);
    }
    for fact in witness.facts.iter().filter(|_| whole) {
        let by = fact.asserted_by.as_ref();
        let by = by.map_or_else(String::new, |by| {
            format!(", asserted by {by} and contested")
        });
        line(&format!("{}, {}{by}", fact.what, fact.days()), 8, 10);
    }
    line(
        &format!("before, on {}: {}", witness.day, witness.verdicts[0]),
        6,
        8,
    );
    line(&format!("now: {}", witness.verdicts[1]), 6, 8);
    let Some(when) = &witness.differs_when else {
        return;
    };
    line("among these, that day, it differs exactly when", 6, 8);
    for (at, cube) in when.cases.iter().enumerate() {
        let or = if at == 0 { "" } else { "or " };
        line(&format!("{or}{}", cube.join(" and ")), 8, 10);
    }
    if when.more > 0 {
        line(&format!("or in other cases ({} more)", when.more), 8, 10);
    }
}

/// How much has to happen in the scenario of a witness.
fn size(witness: &Witness) -> String {
    if witness.facts.is_empty() {
        return "nothing has to happen".to_owned();
    }
    let parties = count(witness.parties, "party", "parties");
    let facts = count(witness.facts.len(), "fact", "facts");
    format!("{parties}, {facts}")
}
