//! Mutants held against the scenarios, and survivors against the question whether any scenario tells them from the real rules.

use super::baseline::{Baseline, Known};
use super::mutant::Mutant;
use crate::change::ask::{Answer, Bounds, Contradiction, Goal, Versions, Witness};
use crate::change::page;
use crate::change::reach::Edited;
use crate::change::told::Told;
use crate::engine::{Element, Engine, Options, Part, elements};
use crate::expect::verify;
use crate::model::ids::NormId;
use crate::model::norm::Norm;
use crate::model::rulebook::Rulebook;
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
}

impl<'b, 'p> Patient<'b, 'p> {
    /// Nothing if the mutant is no rulebook.
    pub(super) fn new(baseline: &'b Baseline<'p>, mutant: &'b Mutant) -> Option<Self> {
        let book = mutant.rulebook(baseline.project, &baseline.anew)?;
        Some(Self {
            baseline,
            mutant,
            book,
        })
    }

    /// Whether a scenario notices, one whose expectations do if there is one.
    pub(super) fn noticed(&self, every: bool) -> Option<Fate> {
        let candidates = self.candidates(every);
        if candidates.is_empty() {
            return None;
        }
        let engine = Engine::new(&self.book);
        let first = |notices: Notices| {
            let mut all = candidates.iter();
            let found = all.find(|known| self.is_noticed(&engine, known, notices));
            found.map(|known| known.source.name.clone())
        };
        let asserted = first(is_unmet).map(Fate::Asserted);
        asserted.or_else(|| first(is_moved).map(Fate::Snapshot))
    }

    /// Whether one scenario notices, in this way.
    fn is_noticed(&self, engine: &Engine<'_>, known: &Known, notices: Notices) -> bool {
        let Some(clauses) = &known.clauses else {
            return notices(engine, known);
        };
        let project = self.baseline.project;
        let own = self.mutant.rulebook_with(project, Some(clauses));
        // Without it, what its clauses speak of is not there any more.
        own.is_none_or(|own| notices(&Engine::new(&own), known))
    }

    /// The scenarios that may notice, those that show something of the clause first.
    fn candidates(&self, every: bool) -> Vec<&'b Known> {
        let all = &self.baseline.known;
        if every {
            return all.iter().collect();
        }
        let own = norms_at(&self.baseline.project.rulebook, self.mutant.span);
        let expects = |known: &Known| !known.scenario.expectations.is_empty();
        let shows = |known: &Known| {
            let mut traces = known.traces.iter();
            traces.any(|(norm, trace)| own.contains(norm) && trace.fired)
        };
        let mut found: Vec<&Known> = if self.mutant.is_of_clauses() {
            self.touched_by_clause(&own)
        } else {
            let [old, new] = self.edited();
            let touched =
                |known: &&Known| old.may_touch(&known.reach) || new.may_touch(&known.reach);
            all.iter().filter(touched).collect()
        };
        found.sort_by_key(|known| (!expects(known), !shows(known), known.clauses.is_some()));
        found
    }

    /// The treaty as it is and as the mutant has it.
    fn edited(&self) -> [Edited<'_>; 2] {
        let treaties = || std::iter::once(self.mutant.treaty.clone()).collect();
        [&self.baseline.project.rulebook, &self.book].map(|book| Edited::new(book, treaties()))
    }

    /// Scenarios to which one clause may matter, whose norms are these.
    fn touched_by_clause(&self, own: &[NormId]) -> Vec<&'b Known> {
        let real = &self.baseline.project.rulebook;
        let edited = self.edited();
        let left_out = self.left_out(own);
        let treaty = own.first().and_then(|norm| real.norm(*norm).treaty);
        let inside = |norm: &Norm| is_inside(norm, self.mutant.span);
        let counts = |known: &Known| {
            let listed = known.reach.listed.as_ref();
            listed.is_none_or(|list| list.contains(&self.mutant.treaty))
        };
        let starts = |known: &Known| {
            let mut versions = edited.iter();
            versions.any(|one| one.may_start(&known.reach, &inside))
        };
        let explains = |known: &Known| {
            let looked_at = known.reach.treaties.contains(&self.mutant.treaty);
            let mut of = known.explained.iter();
            looked_at && of.any(|of| of.is_none() || *of == treaty)
        };
        let matters = |known: &&Known| {
            counts(known)
                && (explains(known)
                    || starts(known)
                        && left_out.is_none_or(|(norm, element)| may_matter(known, norm, element)))
        };
        self.baseline.known.iter().filter(matters).collect()
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
        let answers = versions.ask_all(bounds, Goal::AnyDifference, &mut || true)?;
        if answers.is_empty() {
            let why = "no obligation depends on it".to_owned();
            return Ok(Fate::Inconclusive(why));
        }
        let (mut parties, mut complete, mut inconclusive) = (usize::MAX, true, None);
        for answer in answers.into_values() {
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

/// In which way a scenario may notice.
type Notices = fn(&Engine<'_>, &Known) -> bool;

/// An expectation is not met under these rules.
fn is_unmet(engine: &Engine<'_>, known: &Known) -> bool {
    !verify(engine, &known.scenario, &Options::default()).is_empty()
}

/// The outcome is not the one that was agreed to.
fn is_moved(engine: &Engine<'_>, known: &Known) -> bool {
    known.outcome.as_ref().is_some_and(|agreed| {
        let mut outcome = engine.evaluate(&known.scenario, &Options::default());
        page::text(&Told::of(&mut outcome)) != *agreed
    })
}
