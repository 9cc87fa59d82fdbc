//! Expectations of a scenario held against what the engine derives.

use crate::calendar::Day;
use crate::engine::{Engine, Options, Outcome, PositionId};
use crate::explain::{self, Explainer, Explanation, Reason, Standing};
use crate::extent::Readings;
use crate::model::fact::{Assume, Claim, Expectation, PositionQuery, Scenario, Verdict};
use crate::model::ids::TreatyId;
use crate::model::rulebook::Rulebook;
use crate::source::Span;
use crate::wording::{self, status_words, verdict_words};

/// An expectation that is not met.
#[derive(Clone, Debug)]
pub struct Unmet {
    /// What was expected, as written.
    pub expected: String,
    /// What there is instead.
    pub found: Vec<String>,
    /// Where the expectation stands.
    pub span: Span,
}

/// Holds every expectation of a scenario against the engine.
pub fn verify(engine: &Engine, scenario: &Scenario, options: &Options) -> Vec<Unmet> {
    let mut runs: Vec<Tried> = Vec::new();
    let mut unmet = Vec::new();
    let options = &Options {
        asked: asked(scenario),
        ..options.clone()
    };
    for expectation in &scenario.expectations {
        let assume = expectation
            .assume
            .clone()
            .unwrap_or_else(|| options.assume.clone());
        // One run serves every day: only what a treaty still wants is worked out for the day asked for.
        let asked = if matches!(expectation.claim, Claim::NotInForce(..)) {
            expectation.on
        } else {
            None
        };
        let known = runs
            .iter()
            .position(|tried| tried.asked == asked && tried.assume == assume);
        let at = known.unwrap_or_else(|| {
            let options = Options {
                assume: assume.clone(),
                as_of: asked.or(options.as_of),
                ..options.clone()
            };
            runs.push(Tried::new(engine, scenario, asked, &options));
            runs.len() - 1
        });
        let Tried {
            outcome, explainer, ..
        } = &mut runs[at];
        let mut check = Checking {
            explainer,
            expectation,
            day: expectation.on.unwrap_or(outcome.as_of),
            found: Vec::new(),
        };
        check.claim(outcome);
        if !check.found.is_empty() {
            unmet.push(Unmet {
                expected: say(outcome, expectation),
                found: check.found,
                span: expectation.span,
            });
        }
    }
    unmet
}

/// A scenario run once for all expectations that speak of the same.
struct Tried<'a, 'e> {
    /// The day for which it is run.
    asked: Option<Day>,
    /// Who performs.
    assume: Assume,
    outcome: Outcome<'e>,
    explainer: Explainer<'a, 'e>,
}

impl<'a, 'e> Tried<'a, 'e> {
    fn new<'r: 'e>(
        engine: &'a Engine<'r>,
        scenario: &'e Scenario,
        asked: Option<Day>,
        options: &Options,
    ) -> Self {
        let inspection = engine.inspect(scenario, options);
        Self {
            asked,
            assume: options.assume.clone(),
            outcome: inspection.outcome(),
            explainer: Explainer::of(inspection),
        }
    }
}

/// The positions that expectations speak of.
fn asked(scenario: &Scenario) -> Vec<PositionQuery> {
    let claims = scenario
        .expectations
        .iter()
        .map(|expectation| &expectation.claim);
    claims
        .flat_map(|claim| match claim {
            Claim::Position(_, query) => vec![query.clone()],
            Claim::Conflict(one, other)
            | Claim::NoConflict(one, other)
            | Claim::Limit(one, other) => {
                vec![one.clone(), other.clone()]
            }
            Claim::InForce(_) | Claim::NotInForce(..) => Vec::new(),
        })
        .collect()
}

struct Checking<'c, 'a, 'e> {
    explainer: &'c mut Explainer<'a, 'e>,
    expectation: &'e Expectation,
    day: Day,
    found: Vec<String>,
}

impl Checking<'_, '_, '_> {
    fn claim(&mut self, outcome: &mut Outcome) {
        match &self.expectation.claim {
            Claim::Position(verdict, query) => self.position(outcome, *verdict, query),
            Claim::InForce(treaty) => {
                if !self.is_in_force(outcome, *treaty) {
                    self.found.push("it is not in force".to_owned());
                }
            }
            Claim::NotInForce(treaty, missing) => self.not_in_force(outcome, *treaty, missing),
            Claim::Conflict(one, other) => self.pair(outcome, one, other, true),
            Claim::NoConflict(one, other) => self.no_conflict(outcome, one, other),
            Claim::Limit(one, other) => self.pair(outcome, one, other, false),
        }
    }

    fn is_in_force(&self, outcome: &Outcome, treaty: TreatyId) -> bool {
        outcome
            .in_force(treaty)
            .is_some_and(|extent| extent.at(self.day) != Readings::NONE)
    }

    fn not_in_force(&mut self, outcome: &Outcome, treaty: TreatyId, missing: &[String]) {
        if self.is_in_force(outcome, treaty) {
            self.found.push("it is in force".to_owned());
        }
        if missing.is_empty() {
            return;
        }
        let entry = outcome
            .not_in_force
            .iter()
            .find(|entry| entry.treaty == treaty);
        let found: Vec<String> = entry
            .into_iter()
            .flat_map(|entry| &entry.missing)
            .map(|atom| wording::atom(outcome.rulebook, atom))
            .collect();
        for sentence in missing {
            if !found.contains(sentence) {
                self.found.push(format!(
                    "`{sentence}` is not missing; missing: {}",
                    list(&found)
                ));
            }
        }
    }

    fn position(&mut self, outcome: &mut Outcome, verdict: Verdict, query: &PositionQuery) {
        let ids = outcome.matching(query);
        let readings = self.union(outcome, query, &ids, verdict);
        let found = Outcome::verdict(readings);
        let holding: Vec<PositionId> = ids
            .iter()
            .copied()
            .filter(|id| outcome.position(*id).holds.at(self.day) != Readings::NONE)
            .collect();
        let status_asked = self.expectation.status.is_some();
        if found != verdict && verdict == Verdict::NotOwed && status_asked {
            let mut statuses = self.statuses(outcome, &holding);
            statuses.dedup();
            self.found.push(format!(
                "it is {}: its status is {}",
                verdict_words(found),
                list(&statuses)
            ));
        } else if found != verdict {
            let status = self.expectation.status.map_or_else(String::new, |status| {
                format!(" as {}", status_words(status))
            });
            self.found
                .push(format!("it is {}{status}", verdict_words(found)));
            if found == Verdict::OwedIf {
                self.found.push(format!(
                    "it hinges on: {}",
                    list(&explain::hinges(outcome, readings))
                ));
            }
        }
        // What is not there has no days, no depth and no reasons; what is there has no reasons not to be.
        if found != verdict && (holding.is_empty() || verdict == Verdict::NotOwed) {
            return;
        }
        if found == verdict && verdict == Verdict::NotOwed {
            self.status(outcome, &ids);
        }
        self.hinges(outcome, readings);
        for (actor, wanted) in &self.expectation.on_account_of {
            let on_account = explain::on_account(outcome, readings, *actor);
            if on_account != *wanted {
                let name = outcome.rulebook.name(*actor);
                self.found.push(format!(
                    "on the account of {name} it is {}",
                    verdict_words(on_account)
                ));
            }
        }
        self.dates(outcome, &holding);
        self.displacement(outcome, &ids);
        if let Some(depth) = self.expectation.depth
            && !holding
                .iter()
                .any(|id| outcome.position(*id).depth == depth)
        {
            let depths: Vec<String> = holding
                .iter()
                .map(|id| outcome.position(*id).depth.to_string())
                .collect();
            self.found.push(format!("its depth is {}", list(&depths)));
        }
        self.because(outcome.rulebook, query);
    }

    /// The readings on which one of the positions holds; if a status is expected of it, on which it has that status.
    fn union(
        &self,
        outcome: &mut Outcome,
        query: &PositionQuery,
        ids: &[PositionId],
        verdict: Verdict,
    ) -> Readings {
        let status = self
            .expectation
            .status
            .filter(|_| verdict != Verdict::NotOwed);
        ids.iter().fold(Readings::NONE, |all, id| {
            let readings = match status {
                Some(status) => outcome.status_readings(*id, status, self.day),
                None => outcome.held_for(*id, query, self.day),
            };
            outcome.space.or(all, readings)
        })
    }

    fn status(&mut self, outcome: &mut Outcome, ids: &[PositionId]) {
        let Some(wanted) = self.expectation.status else {
            return;
        };
        let statuses = self.statuses(outcome, ids);
        if !statuses.iter().any(|found| found == status_words(wanted)) {
            self.found
                .push(format!("its status is {}", list(&statuses)));
        }
    }

    fn statuses(&self, outcome: &mut Outcome, ids: &[PositionId]) -> Vec<String> {
        let statuses = ids
            .iter()
            .map(|id| outcome.status(*id, self.day, Readings::ALL));
        statuses
            .map(|status| status_words(status).to_owned())
            .collect()
    }

    fn hinges(&mut self, outcome: &Outcome, readings: Readings) {
        let Some(wanted) = &self.expectation.hinges_on else {
            return;
        };
        let found = explain::hinge_names(outcome, readings);
        let met = |names: &Vec<String>, wanted: &String| {
            names.contains(wanted) || says(outcome.rulebook, &names[0], wanted)
        };
        let all_found = wanted
            .iter()
            .all(|wanted| found.iter().any(|names| met(names, wanted)));
        let all_wanted = found
            .iter()
            .all(|names| wanted.iter().any(|wanted| met(names, wanted)));
        if !all_found || !all_wanted {
            self.found.push(format!(
                "it hinges on: {}",
                list(&explain::hinges(outcome, readings))
            ));
        }
    }

    fn dates(&mut self, outcome: &mut Outcome, ids: &[PositionId]) {
        let expectation = self.expectation;
        let stretches: Vec<_> = ids
            .iter()
            .filter_map(|id| outcome.stretch(*id, self.day, Readings::ALL))
            .collect();
        if let Some(from) = expectation.from
            && !stretches.iter().any(|days| days.first == from)
        {
            let found: Vec<String> = stretches
                .iter()
                .map(|days| days.first.to_string())
                .collect();
            self.found.push(format!("it holds from {}", list(&found)));
        }
        if let Some(until) = expectation.until
            && !stretches.iter().any(|days| days.last == until)
        {
            let found: Vec<String> = stretches.iter().map(|days| days.last.to_string()).collect();
            self.found.push(format!("it holds until {}", list(&found)));
        }
        if let Some(due) = expectation.due {
            let all: Vec<String> = ids
                .iter()
                .flat_map(|id| &outcome.position(*id).due)
                .map(|deadline| deadline.last.to_string())
                .collect();
            if !all.contains(&due.to_string()) {
                self.found.push(format!("it is due {}", list(&all)));
            }
        }
    }

    fn displacement(&mut self, outcome: &Outcome, ids: &[PositionId]) {
        let Some(scope) = &self.expectation.displaced_by else {
            return;
        };
        let norms = ids
            .iter()
            .flat_map(|id| &outcome.position(*id).fate().displaced_by);
        let now = norms.filter(|displacement| displacement.extent.at(self.day) != Readings::NONE);
        let winners: Vec<_> = now
            .map(|displacement| {
                outcome
                    .rulebook
                    .norm(outcome.position(displacement.by).norm)
            })
            .collect();
        if !winners
            .iter()
            .any(|norm| outcome.rulebook.in_scope(norm, scope))
        {
            let found: Vec<String> = winners
                .iter()
                .map(|norm| wording::citation(outcome.rulebook, norm))
                .collect();
            self.found
                .push(format!("it is displaced by {}", list(&found)));
        }
    }

    fn because(&mut self, rulebook: &Rulebook, query: &PositionQuery) {
        if self.expectation.because.is_empty() {
            return;
        }
        let explanation = self.explainer.derivation(query, self.day);
        let reasons = given_reasons(&explanation);
        let mut others: Option<Vec<String>> = None;
        for wanted in &self.expectation.because {
            let said = |reasons: &[String]| {
                let mut all = reasons.iter();
                all.any(|reason| says(rulebook, reason, wanted))
            };
            if !said(&reasons) && !said(others.get_or_insert_with(|| self.other_ways(query))) {
                self.found.push(format!(
                    "`{wanted}` is not among the reasons: {}",
                    list(&reasons)
                ));
            }
        }
    }

    /// What leads to it, whichever of several ways a derivation tells.
    fn other_ways(&mut self, query: &PositionQuery) -> Vec<String> {
        let mut all = Vec::new();
        for reason in self.explainer.all_ways(query, self.day) {
            collect(&reason, &mut all);
        }
        all
    }

    fn pair(
        &mut self,
        outcome: &Outcome,
        one: &PositionQuery,
        other: &PositionQuery,
        conflict: bool,
    ) {
        if !self.is_listed(outcome, one, other, conflict) {
            self.found.push(format!(
                "no such {} on that day",
                if conflict { "conflict" } else { "limit" }
            ));
        }
    }

    /// Both must be there to be in no conflict, or the expectation would be met by a slip of the pen.
    fn no_conflict(&mut self, outcome: &Outcome, one: &PositionQuery, other: &PositionQuery) {
        for query in [one, other] {
            if outcome.matching(query).is_empty() {
                self.found.push(format!("`{}` never arises", query.text));
            }
        }
        if self.is_listed(outcome, one, other, true) {
            self.found.push("they are in conflict".to_owned());
        }
    }

    fn is_listed(
        &self,
        outcome: &Outcome,
        one: &PositionQuery,
        other: &PositionQuery,
        conflict: bool,
    ) -> bool {
        let (ones, others) = (outcome.matching(one), outcome.matching(other));
        let listed = if conflict {
            &outcome.conflicts
        } else {
            &outcome.limits
        };
        listed.iter().any(|pair| {
            let straight = ones.contains(&pair.one) && others.contains(&pair.other);
            let crossed = conflict && ones.contains(&pair.other) && others.contains(&pair.one);
            (straight || crossed) && pair.extent.at(self.day) != Readings::NONE
        })
    }
}

/// The reasons of an explanation: for what holds, its steps and facts; for what does not, the steps that fail.
fn given_reasons(explanation: &Explanation) -> Vec<String> {
    let mut all = Vec::new();
    for reason in explanation
        .held
        .iter()
        .flat_map(|instance| &instance.reasons)
    {
        collect(reason, &mut all);
    }
    all.extend(
        explanation
            .held
            .iter()
            .flat_map(|instance| &instance.acts)
            .map(|fact| fact.text.clone()),
    );
    for miss in &explanation.not_held {
        for reason in miss
            .reasons
            .iter()
            .filter(|reason| reason.standing == Standing::Fails)
        {
            collect(reason, &mut all);
        }
        if miss.to_itself {
            all.push("nobody owes an act to, or against, itself".to_owned());
        }
    }
    all.dedup();
    all
}

fn collect(reason: &Reason, all: &mut Vec<String>) {
    all.push(reason.text.clone());
    all.extend(reason.parts.iter().cloned());
    all.extend(reason.facts.iter().map(|fact| fact.text.clone()));
    for child in &reason.children {
        collect(child, all);
    }
}

/// Whether a reason says what is wanted: the same words in the same order, with roles left out, in whatever tense; and not its
/// contrary.
fn says(rulebook: &Rulebook, reason: &str, wanted: &str) -> bool {
    let negative = |text: &str| text.split_whitespace().any(|word| word == "not");
    let verb = |word| rulebook.forms.get(word);
    let same = |one, other| one == other || verb(one).is_some_and(|id| Some(id) == verb(other));
    let mut words = reason.split_whitespace();
    let mut wanted_words = wanted
        .split_whitespace()
        .filter(|word| !TENSES.contains(word));
    negative(reason) == negative(wanted)
        && wanted_words.all(|wanted| words.any(|word| same(word, wanted)))
}

/// What shows the tense of a verb and nothing else.
const TENSES: [&str; 4] = ["has", "have", "does", "do"];

fn list(items: &[String]) -> String {
    if items.is_empty() {
        "nothing".to_owned()
    } else {
        items.join("; ")
    }
}

fn say(outcome: &Outcome, expectation: &Expectation) -> String {
    let treaty = |id: TreatyId| outcome.rulebook.treaty(id).name.clone();
    let what = match &expectation.claim {
        Claim::Position(verdict, query) => format!(
            "{}: {}",
            verdict_words(*verdict).replace(' ', "-"),
            query.text
        ),
        Claim::InForce(id) => format!("in-force: {}", treaty(*id)),
        Claim::NotInForce(id, _) => format!("not-in-force: {}", treaty(*id)),
        Claim::Conflict(one, other) => format!("conflict: [{}, {}]", one.text, other.text),
        Claim::NoConflict(one, other) => format!("no-conflict: [{}, {}]", one.text, other.text),
        Claim::Limit(one, other) => format!("limit: [{}, {}]", one.text, other.text),
    };
    match expectation.on {
        Some(day) => format!("{what} on {day}"),
        None => what,
    }
}
