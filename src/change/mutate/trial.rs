//! Mutants held against the scenarios, and survivors against the question whether any scenario tells them from the real rules.

use super::baseline::{Baseline, Known};
use super::mutant::Mutant;
use crate::case::Case;
use crate::change::ask::{Answer, Bounds, Contradiction, Versions, Witness};
use crate::change::page;
use crate::change::reach::Edited;
use crate::change::told::Told;
use crate::engine::{Element, Engine, Options, Part, elements};
use crate::expect::verify;
use crate::model::ids::NormId;
use crate::model::norm::Norm;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::source::Span;

/// What has become of a mutant.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It is no rulebook: a variable stands for nobody, a word for nothing.
    Invalid,
    /// An expectation of this scenario notices.
    Asserted(String),
    /// No expectation, but the outcome of this scenario that somebody agreed to.
    Snapshot(String),
    /// It means the same in every scenario; the proof was checked.
    Equal,
    /// No scenario notices, and this one would.
    Gap(Box<Witness>),
    /// No scenario notices; with so many parties none would.
    Bounded(usize),
    /// No scenario notices; whether one would was not found out, and why.
    Inconclusive(String),
}

/// A mutant, ready to be tried.
pub(super) struct Patient<'b, 'p> {
    pub(super) baseline: &'b Baseline<'p>,
    pub(super) mutant: &'b Mutant,
    pub(super) book: Rulebook,
    pub(super) own: Project,
}

impl<'b, 'p> Patient<'b, 'p> {
    /// Nothing if the mutant is no rulebook.
    pub(super) fn new(baseline: &'b Baseline<'p>, mutant: &'b Mutant) -> Option<Self> {
        let (files, book) = mutant.rulebook(baseline.project)?;
        let own = Project {
            sources: baseline.project.sources.clone(),
            files,
            rulebook: book.clone(),
            diagnostics: baseline.project.diagnostics.clone(),
        };
        Some(Self {
            baseline,
            mutant,
            book,
            own,
        })
    }

    /// Whether a scenario notices, one whose expectations do if there is one.
    pub(super) fn noticed(&mut self, every: bool) -> Option<Fate> {
        let book = self.book.clone();
        let engine = Engine::new(&book);
        let mut snapshot = None;
        for known in self.candidates(every) {
            match noticed(&engine, known, &mut self.own) {
                Some(Fate::Asserted(name)) => return Some(Fate::Asserted(name)),
                other => snapshot = snapshot.or(other),
            }
        }
        snapshot
    }

    /// The scenarios that may notice, those that show something of the clause first.
    fn candidates(&self, every: bool) -> Vec<&'b Known> {
        let all = &self.baseline.known;
        if every {
            return all.iter().collect();
        }
        let real = &self.baseline.project.rulebook;
        let treaties = || std::iter::once(self.mutant.treaty.clone()).collect();
        let edited = [
            Edited::new(real, treaties()),
            Edited::new(&self.book, treaties()),
        ];
        let own = norms_at(real, self.mutant.span);
        let left_out = self.left_out(&own);
        let treaty = own.first().and_then(|norm| real.norm(*norm).treaty);
        let shows = |known: &Known| {
            let mut traces = known.traces.iter();
            traces.any(|(norm, trace)| own.contains(norm) && trace.fired)
        };
        let inside = |norm: &Norm| is_inside(norm, self.mutant.span);
        let starts = |known: &Known| {
            let mut versions = edited.iter();
            versions.any(|one| one.may_start(&known.reach, &inside))
        };
        let explains = |known: &Known| {
            let looked_at = known.reach.treaties.contains(&self.mutant.treaty);
            let mut of = known.explained.iter();
            looked_at && of.any(|of| of.is_none() || *of == treaty)
        };
        let matters = |known: &Known| {
            explains(known)
                || starts(known)
                    && left_out.is_none_or(|(norm, element)| may_matter(known, norm, element))
        };
        let mut found: Vec<&Known> = all.iter().filter(|known| matters(known)).collect();
        found.sort_by_key(|known| !shows(known));
        found
    }

    /// The one element that the mutant leaves out of the one norm that it changes, where traces show all that can matter.
    fn left_out(&self, own: &[NormId]) -> Option<(NormId, Element)> {
        let real = &self.baseline.project.rulebook;
        let mutated = norms_at(&self.book, self.mutant.span);
        if own.len() != mutated.len() || real.norms.len() != self.book.norms.len() {
            return None;
        }
        let changed = own.iter().zip(&mutated);
        let mut changed = changed.filter(|(old, new)| {
            let (old, new) = (real.norm(**old), self.book.norm(**new));
            format!("{old:?}") != format!("{new:?}")
        });
        let (old, new) = changed.next()?;
        if changed.next().is_some() {
            return None;
        }
        let condition = without_one(real.norm(*old), self.book.norm(*new))?;
        let element = Element {
            condition,
            part: Part::Whole,
        };
        let exact =
            self.baseline.exact[old.index()] && elements(real.norm(*old)).contains(&element);
        exact.then_some((*old, element))
    }

    /// Whether any scenario would notice.
    pub(super) fn question(&self, bounds: Bounds) -> Result<Fate, Contradiction> {
        // The real rules come second: a witness expects what they say.
        let versions = Versions::new(&self.book, &self.baseline.project.rulebook);
        if versions.mean_the_same() {
            return Ok(Fate::Equal);
        }
        let kinds = versions.kinds();
        if kinds.is_empty() {
            let why = "no obligation depends on it".to_owned();
            return Ok(Fate::Inconclusive(why));
        }
        let (mut parties, mut complete, mut inconclusive) = (usize::MAX, true, None);
        for kinds in kinds.values() {
            for answer in versions.ask(kinds, bounds)?.into_values() {
                match answer {
                    Answer::Differs(witnesses) => {
                        if let Some(witness) = witnesses.into_iter().next() {
                            return Ok(Fate::Gap(Box::new(witness)));
                        }
                    }
                    Answer::Agrees(agreement) => {
                        complete &= agreement.is_complete() && agreement.checked.left == 0;
                        parties = parties.min(agreement.parties);
                    }
                    Answer::Inconclusive(why) => inconclusive = Some(why),
                }
            }
        }
        Ok(match inconclusive {
            Some(why) => Fate::Inconclusive(why),
            None if complete => Fate::Equal,
            None => Fate::Bounded(parties),
        })
    }
}

/// Whether a norm is one of the clause there.
fn is_inside(norm: &Norm, span: Span) -> bool {
    norm.span.source == span.source && span.start <= norm.span.start && norm.span.end <= span.end
}

/// The norms of the clause there.
fn norms_at(book: &Rulebook, span: Span) -> Vec<NormId> {
    let all = (0..).map(NormId).zip(&book.norms);
    all.filter(|(_, norm)| is_inside(norm, span))
        .map(|(id, _)| id)
        .collect()
}

/// The condition without which one norm is the other.
fn without_one(old: &Norm, new: &Norm) -> Option<usize> {
    let alike = old.variables == new.variables
        && old.head == new.head
        && old.parties == new.parties
        && old.triggered == new.triggered
        && old.dates == new.dates
        && old.conditions.len() == new.conditions.len() + 1;
    if !alike {
        return None;
    }
    (0..old.conditions.len()).find(|at| {
        let mut rest = old.conditions.clone();
        rest.remove(*at);
        rest == new.conditions
    })
}

/// Whether leaving that out can matter in a scenario.
fn may_matter(known: &Known, norm: NormId, element: Element) -> bool {
    let own = known.traces.iter().find(|(own, _)| *own == norm);
    known.assumes
        || known.reach.everything
        || own.is_some_and(|(_, trace)| trace.unfinished || trace.missed_ever.contains(&element))
}

/// Whether one scenario notices.
pub(super) fn noticed(engine: &Engine<'_>, known: &Known, own: &mut Project) -> Option<Fate> {
    let name = || known.source.name.clone();
    let anew = match &known.scenario {
        Some(_) => None,
        None => Some(Case::of_text(
            &known.source.name,
            known.source.text.clone(),
            own,
        )),
    };
    let extended = anew.as_ref().and_then(|case| case.own_rulebook.as_ref());
    let extended = extended.map(Engine::new);
    let engine = extended.as_ref().unwrap_or(engine);
    let read = anew.as_ref().and_then(|case| case.scenario.as_ref());
    let Some(scenario) = known.scenario.as_ref().or(read) else {
        // What it expects cannot even be said any more.
        return Some(Fate::Asserted(name()));
    };
    if !verify(engine, scenario, &Options::default()).is_empty() {
        return Some(Fate::Asserted(name()));
    }
    let agreed = known.outcome.as_ref()?;
    let mut outcome = engine.evaluate(scenario, &Options::default());
    (page::text(&Told::of(&mut outcome)) != *agreed).then(|| Fate::Snapshot(name()))
}
