//! What an evaluation showed of a norm: whether it fired, and what was at some time the only thing that kept it from firing.
//! Worked out afterwards and only if asked, so that an evaluation costs the same.

use super::compiled::Engine;
use super::element::{Element, elements};
use super::inspect::Inspection;
use super::plan::{Pivot, Plan, pattern_variables, pivot_pattern};
use super::position::Binding;
use super::run::Run;
use super::solve::{bind, unbound, unify, value};
use super::steps::Step;
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings};
use crate::model::condition::{Class, Condition, Tense};
use crate::model::ids::NormId;
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;

/// How many steps are taken for one question about a norm; what is not seen by then counts as not seen.
const MOST_STEPS: usize = 2_000;

/// What is asked of a norm: of the whole, and without each of its elements.
pub struct Probes {
    /// Which norm.
    pub norm: NormId,
    whole: Probe,
    without: Vec<(Element, Probe)>,
}

/// A norm and the order in which its conditions are asked.
struct Probe {
    norm: Norm,
    steps: Vec<Step>,
}

/// What one evaluation showed of a norm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "an observation each")]
pub struct Trace {
    /// Its conditions held and its treaty applied, on some reading.
    pub fired: bool,
    /// What was, for somebody on some day, the only thing missing.
    pub missed: Vec<Element>,
    /// The same, also after the last day of which the scenario speaks.
    pub missed_ever: Vec<Element>,
    /// From the first to the last day on which its conditions held, in force or not.
    pub days: Option<Days>,
    /// Somebody met its deadline.
    pub met: bool,
    /// Somebody let it pass.
    pub passed: bool,
    /// There was too much to look at: what is not told here may be so all the same.
    pub unfinished: bool,
}

impl Trace {
    /// Whether there is anything to tell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Probes {
    /// For a norm.
    pub fn new(rulebook: &Rulebook, id: NormId) -> Self {
        let norm = rulebook.norm(id);
        let without = elements(norm).into_iter().map(|element| {
            let mut relaxed = norm.clone();
            relaxed.conditions[element.condition] = element.left(norm);
            (element, Probe::new(relaxed, rulebook))
        });
        Self {
            norm: id,
            without: without.collect(),
            whole: Probe::new(norm.clone(), rulebook),
        }
    }

    /// Whether a trace shows every scenario to which leaving out one of these elements can matter: a position that facts start.
    pub fn are_exact(&self, engine: &Engine<'_>) -> bool {
        let norm = &self.whole.norm;
        let pivot = &engine.plans[self.norm.index()].pivot;
        let first = |condition: &Condition| pivot_pattern(condition).is_some();
        norm.triggered
            && matches!(norm.head, Head::Position(_))
            && matches!(pivot, Pivot::Fact(index) if norm.conditions.iter().position(first) == Some(*index))
    }

    /// What can be left out of the norm.
    pub fn elements(&self) -> impl Iterator<Item = Element> + '_ {
        self.without.iter().map(|(element, _)| *element)
    }
}

impl Probe {
    fn new(norm: Norm, rulebook: &Rulebook) -> Self {
        let mut bound = vec![false; norm.variables.len()];
        let known = match seed(&norm) {
            Some(Seed::Act) => match &norm.head {
                Head::Position(head) => pattern_variables(&head.act),
                Head::Deem(_) => Vec::new(),
            },
            Some(Seed::Sentence(index)) => {
                pivot_pattern(&norm.conditions[index]).map_or_else(Vec::new, pattern_variables)
            }
            None => Vec::new(),
        };
        for variable in known {
            bound[variable.index()] = true;
        }
        Self {
            steps: Plan::with_bound(&norm, rulebook, bound),
            norm,
        }
    }
}

/// Where to begin with a norm.
enum Seed {
    /// With what was done: the norm stands, and speaks of it.
    Act,
    /// With facts that fit this condition.
    Sentence(usize),
}

fn seed(norm: &Norm) -> Option<Seed> {
    if matches!(norm.head, Head::Position(_)) && !norm.triggered {
        return Some(Seed::Act);
    }
    let says = |condition: &Condition| pivot_pattern(condition).is_some();
    norm.conditions.iter().position(says).map(Seed::Sentence)
}

/// What to do with each way to make the conditions of a norm hold; false: it has seen enough.
type Found<'f, 'a, 'e> = &'f mut dyn FnMut(&mut Run<'a, 'e>, &Binding, &Extent) -> bool;

/// One walk through the steps of a norm.
struct Walk<'f, 'a, 'e> {
    norm: &'e Norm,
    left: usize,
    enough: bool,
    found: Found<'f, 'a, 'e>,
}

impl<'e> Inspection<'_, 'e> {
    /// Whether the scenario counts the treaty of a norm.
    pub fn counts(&self, probes: &Probes) -> bool {
        let treaty = self.run.engine.rulebook.norm(probes.norm).treaty;
        treaty.is_none_or(|treaty| self.run.is_allowed(treaty))
    }

    /// What this run showed of a norm.
    pub fn trace(&mut self, probes: &'e Probes) -> Trace {
        let mut trace = Trace::default();
        self.positions_of(probes.norm, &mut trace);
        trace.days = self.days(&probes.whole, &mut trace.unfinished);
        if matches!(probes.whole.norm.head, Head::Deem(_)) {
            trace.fired = trace.days.is_some()
                && self
                    .run
                    .defined
                    .keys()
                    .any(|(norm, ..)| *norm == probes.norm);
        }
        for (element, probe) in &probes.without {
            self.note_missing(&probes.whole.norm, *element, probe, &mut trace);
        }
        trace
    }

    fn positions_of(&self, norm: NormId, trace: &mut Trace) {
        let horizon = self.run.horizon;
        let numbers = self.run.positions_of(norm).into_iter();
        for position in numbers.map(|at| &self.run.positions[at as usize]) {
            let begun = |extent: &Extent| extent.first_day().is_some_and(|day| day <= horizon);
            trace.fired |= !position.silent && begun(&position.start);
            let last = position.due.iter().map(|due| due.last).min();
            if let Some(last) = last {
                let done = position.fate().fulfilled.first_day();
                trace.met |= done.is_some_and(|day| day <= last && day <= horizon);
                trace.passed |= begun(&position.fate().violated);
            }
        }
    }

    /// From the first to the last day on which all conditions hold for somebody.
    fn days(&mut self, probe: &'e Probe, unfinished: &mut bool) -> Option<Days> {
        // Where no fact is asked for, every day will do, which tells nothing.
        seed(&probe.norm)?;
        let horizon = self.run.horizon;
        let mut days: Option<Days> = None;
        *unfinished |= self.fulfilments(probe, &mut |_, _, extent| {
            for spell in upto(extent, horizon) {
                let known = days.get_or_insert(spell);
                known.first = known.first.min(spell.first);
                known.last = known.last.max(spell.last);
            }
            true
        });
        days
    }

    /// Notes whether all but this element held for somebody, and it did not.
    fn note_missing(
        &mut self,
        whole: &'e Norm,
        element: Element,
        probe: &'e Probe,
        trace: &mut Trace,
    ) {
        let horizon = self.run.horizon;
        let condition = &whole.conditions[element.condition];
        let (mut missed, mut ever) = (false, false);
        let cut = self.fulfilments(probe, &mut |run, binding, extent| {
            let applies = run.applies(whole, binding);
            let all = extent.and(&applies, &mut run.space);
            if !all.is_never() {
                let there = run.truth(condition, whole.treaty, &mut binding.clone());
                let without = all.without(&there, &mut run.space);
                ever |= !without.is_never();
                missed = !upto(&without, horizon).is_empty();
            }
            !missed
        });
        trace.unfinished |= cut && !missed;
        trace.missed.extend(missed.then_some(element));
        trace.missed_ever.extend(ever.then_some(element));
    }

    /// Every way to make the conditions of a norm hold for somebody of whom the scenario speaks. True: there were too many.
    fn fulfilments(
        &mut self,
        probe: &'e Probe,
        found: &mut dyn FnMut(&mut Run<'_, 'e>, &Binding, &Extent) -> bool,
    ) -> bool {
        let norm = &probe.norm;
        let binding = unbound(norm);
        let seeds = match seed(norm) {
            Some(Seed::Act) => acts(&mut self.run, norm, &binding),
            Some(Seed::Sentence(index)) => facts(&mut self.run, norm, index, &binding),
            None => vec![(binding, Extent::always(Readings::ALL))],
        };
        let mut walk = Walk {
            norm,
            left: MOST_STEPS,
            enough: false,
            found: &mut |run, binding, extent| found(run, binding, extent),
        };
        for (mut binding, extent) in seeds {
            walk.steps(&mut self.run, &probe.steps, &mut binding, &extent);
        }
        walk.left == 0 && !walk.enough
    }
}

/// Ways to begin with what was done.
fn acts<'e>(run: &mut Run<'_, 'e>, norm: &'e Norm, binding: &Binding) -> Vec<(Binding, Extent)> {
    let Head::Position(head) = &norm.head else {
        return Vec::new();
    };
    let record = run.engine.base.facts.len() as u32;
    let mut found = Vec::new();
    for index in run.find(head.act.predicate, [None, None]) {
        let mut own = binding.clone();
        let fact = run.fact(index);
        if index >= record && unify(&head.act.terms, &fact.arguments, &mut own) {
            found.push((own, fact.extent.clone()));
        }
    }
    found
}

/// Ways to begin with facts of which a condition speaks; of record only if their subject is named in the scenario.
fn facts<'e>(
    run: &mut Run<'_, 'e>,
    norm: &'e Norm,
    index: usize,
    binding: &Binding,
) -> Vec<(Binding, Extent)> {
    let condition = &norm.conditions[index];
    let Some(pattern) = pivot_pattern(condition) else {
        return Vec::new();
    };
    let tense = match condition {
        Condition::Sentence { tense, .. } => *tense,
        _ => Tense::Perfect(None),
    };
    let record = run.engine.base.facts.len() as u32;
    let mut found = Vec::new();
    for at in run.find(pattern.predicate, [None, None]) {
        let subject = run.fact(at).arguments[0];
        let named = subject.is_some_and(|actor| run.cast.binary_search(&actor).is_ok());
        let mut own = binding.clone();
        if (at >= record || named)
            && let Some((extent, _)) = run.match_fact(at, pattern, tense, norm.treaty, &mut own)
        {
            found.extend(accounts(run, condition, own, extent));
        }
    }
    found
}

/// Whoever may consider something to be so: anyone of the cast, if nothing else tells. What they consider, a later step asks.
fn accounts(
    run: &Run<'_, '_>,
    condition: &Condition,
    binding: Binding,
    extent: Extent,
) -> Vec<(Binding, Extent)> {
    let Condition::Considers { who, .. } = condition else {
        return vec![(binding, extent)];
    };
    let always = Extent::always(Readings::ALL);
    if value(*who, &binding).is_some() {
        return vec![(binding, always)];
    }
    let each = run.cast.iter().filter_map(|actor| {
        let mut own = binding.clone();
        bind(*who, Some(*actor), &mut own).then(|| (own, always.clone()))
    });
    each.collect()
}

impl<'a, 'e> Walk<'_, 'a, 'e> {
    /// False: enough has been seen.
    fn steps(
        &mut self,
        run: &mut Run<'a, 'e>,
        steps: &'e [Step],
        binding: &mut Binding,
        extent: &Extent,
    ) {
        if self.left == 0 || self.enough || extent.is_never() {
            return;
        }
        self.left -= 1;
        let Some((step, rest)) = steps.split_first() else {
            self.enough = !(self.found)(run, binding, extent);
            return;
        };
        match step {
            Step::Test(index) => {
                let truth = run.truth(&self.norm.conditions[*index], self.norm.treaty, binding);
                let both = extent.and(&truth, &mut run.space);
                self.steps(run, rest, binding, &both);
            }
            Step::Join(index) => {
                let condition = &self.norm.conditions[*index];
                run.solutions(
                    condition,
                    self.norm.treaty,
                    binding,
                    &mut |run, way, held, _| {
                        if self.left > 0 {
                            let both = extent.and(held, &mut run.space);
                            self.steps(run, rest, &mut way.clone(), &both);
                        }
                    },
                );
            }
            Step::Party(index) => self.party(run, *index, rest, binding, extent),
            Step::Bound(_) | Step::Done(_) => self.steps(run, rest, binding, extent),
        }
    }

    fn party(
        &mut self,
        run: &mut Run<'a, 'e>,
        index: usize,
        rest: &'e [Step],
        binding: &Binding,
        extent: &Extent,
    ) {
        let (Some((term, role)), Some(treaty)) = (self.norm.parties.get(index), self.norm.treaty)
        else {
            return;
        };
        let mut members = run.class_members(&Class::Party(treaty, role.clone()));
        // Those of whom the scenario speaks come first: there may be more than are looked at.
        members.sort_by_key(|actor| run.cast.binary_search(actor).is_err());
        for actor in members {
            let mut own = binding.clone();
            if bind(*term, Some(actor), &mut own) {
                self.steps(run, rest, &mut own, extent);
            }
        }
    }
}

/// The spells of an extent, as far as the scenario goes.
fn upto(extent: &Extent, horizon: Day) -> Vec<Days> {
    let spells = extent.spells().into_iter();
    let begun = spells.filter(|days| days.first <= horizon);
    begun
        .map(|days| Days {
            first: days.first,
            last: days.last.min(horizon),
        })
        .collect()
}
