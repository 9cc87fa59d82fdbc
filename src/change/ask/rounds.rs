//! A treaty examined in one small world after the other, until there is nothing that a larger one could show.

use super::affected::Affected;
use super::answer::Bounds;
use super::clinic::{Clash, Clinic, Example, Findings, Patient, Verdict};
use super::compare::questions;
use super::joint::Told;
use super::kind::Kind;
use super::maker::candidates;
use super::patterns::conditions;
use super::switch::switched;
use super::world::{Side, Size, World};
use crate::engine::{Element, Part};
use crate::model::condition::{Class, Condition};
use crate::model::ids::{NormId, PredicateId, TreatyId};
use crate::model::norm::{Head, Modality, Mode, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;

impl Clinic<'_> {
    /// Examines the clauses of a treaty: first in a small world, then those about which that did not settle everything in larger
    /// ones, until one of each kind of actor, place and day takes part.
    pub fn examine(&self, treaty: TreatyId, bounds: Bounds) -> Findings {
        let book = self.dependencies.book;
        let own: Vec<NormId> = (0..book.norms.len() as u32)
            .map(NormId)
            .filter(|id| book.norm(*id).treaty == Some(treaty))
            .collect();
        self.examine_norms(&own, bounds)
    }

    /// Looks for clashes between clauses of two treaties.
    pub fn between(&self, treaties: [TreatyId; 2], bounds: Bounds) -> Findings {
        let book = self.dependencies.book;
        let own = facing(book, treaties);
        if own.is_empty() {
            return Findings::default();
        }
        let size = Size::new(bounds.parties, 6, 3);
        let round = self.round(&[], &own, size, bounds);
        let Some(round) = round else {
            return Findings {
                inconclusive: true,
                ..Findings::default()
            };
        };
        let mut found = round.findings;
        let apart = |clash: &Clash| book.norm(clash.one).treaty != book.norm(clash.other).treaty;
        found.clashes.retain(apart);
        found
    }

    /// Examines some clauses of a treaty, in the same way.
    pub fn examine_norms(&self, own: &[NormId], bounds: Bounds) -> Findings {
        let mut found = Findings::default();
        let mut open = own.to_vec();
        let mut kinds = 0;
        for round in 0..ROUNDS {
            let size = size(round, bounds.parties, kinds);
            let Some(next) = self.round(&open, own, size, bounds) else {
                break;
            };
            kinds = next.kinds;
            found.join(next.findings);
            open = found.open(self.dependencies.book);
            if round == 0 && next.candidates <= FEW {
                open = own.to_vec();
            }
            if next.is_whole || open.is_empty() {
                return found;
            }
        }
        if found.parties == 0 && own.len() > 1 {
            return self.apart(own, bounds);
        }
        found.unsettled = found.open(self.dependencies.book);
        found.inconclusive = found.parties == 0 || !found.unsettled.is_empty();
        found
    }

    /// All at once is too much: half of the clauses, then the other half.
    fn apart(&self, own: &[NormId], bounds: Bounds) -> Findings {
        let (one, other) = own.split_at(own.len() / 2);
        let mut found = self.examine_norms(one, bounds);
        let rest = self.examine_norms(other, bounds);
        found.inconclusive |= rest.inconclusive;
        found.unsettled.extend(rest.unsettled.iter().copied());
        found.join(rest);
        found.apart = true;
        found
    }

    /// Examines clauses in one world; `None` if there is too much in it.
    fn round(&self, open: &[NormId], own: &[NormId], size: Size, bounds: Bounds) -> Option<Round> {
        let book = self.dependencies.book;
        let kinds: Vec<Kind> = open
            .iter()
            .filter_map(|id| Kind::of(book, book.norm(*id)))
            .collect();
        let like = self.dependencies.of_kinds(&kinds).into_iter();
        let like: Vec<NormId> = if open.is_empty() {
            own.to_vec()
        } else {
            like.filter(|id| own.contains(id)).collect()
        };
        let cone = self.dependencies.cone(open.iter().copied().chain(like));
        let wanted = |id, part| open.contains(&id) && (self.finely || part == Part::Whole);
        let (slice, switches) = switched(self.dependencies.slice(cone), wanted);
        let treaties = own.iter().filter_map(|id| book.norm(*id).treaty);
        let asked = treaties.map(|id| book.treaty(id).name.clone()).collect();
        let sides = [Side::new(&slice, &[], &Affected::default(), &asked)];
        let world = World::new(&sides, size);
        let candidates = candidates(&sides, &world, true);
        let side = &sides[0];
        if candidates.len() > bounds.facts {
            return None;
        }
        let numbered = candidates.iter().enumerate();
        let told = Told::new(
            side,
            &world,
            numbered.map(|(at, candidate)| (at as u32, candidate)),
        );
        let outcome = told.suppose(side, questions(side, &world), bounds.sets);
        if outcome.space.is_exhausted() {
            return None;
        }
        let mut patient = Patient {
            slice: &slice,
            side,
            world: &world,
            candidates: &candidates,
            switches,
            outcome,
        };
        let findings = patient.findings(open, own);
        (!patient.outcome.space.is_exhausted()).then(|| Round {
            findings,
            kinds: world.cast.kinds,
            candidates: candidates.len(),
            is_whole: world.cast.each
                && world.all_places
                && world.all_days
                && !open.iter().any(|id| speaks_of_treaties(book.norm(*id))),
        })
    }
}

/// The clauses of two treaties of which one forbids somebody what the other asks of, or allows, somebody.
fn facing(book: &Rulebook, treaties: [TreatyId; 2]) -> Vec<NormId> {
    let heads = |treaty: TreatyId| {
        let norms = book.norms.iter().enumerate();
        norms.filter_map(move |(at, norm)| match &norm.head {
            Head::Position(head) if norm.treaty == Some(treaty) => {
                Some((NormId(at as u32), norm, head))
            }
            _ => None,
        })
    };
    let mut found = Vec::new();
    for (one, norm, head) in heads(treaties[0]) {
        for (other, counter, against) in heads(treaties[1]) {
            let forbids = [head, against].map(|head| head.modality == Modality::Prohibition);
            let [own, others] = [head, against].map(|head| head.act.predicate);
            let is_kind = |of: PredicateId, than: PredicateId| {
                let mut broader = book.implied(of, [None; SLOTS]).into_iter();
                broader.any(|(id, _)| id == than)
            };
            let alike = own == others || is_kind(own, others) || is_kind(others, own);
            let meet =
                norm.dates.first <= counter.dates.last && counter.dates.first <= norm.dates.last;
            if forbids[0] != forbids[1] && alike && meet {
                found.extend([one, other]);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What came out of one world.
struct Round {
    findings: Findings,
    /// How many must take part for one of each kind to do so.
    kinds: usize,
    candidates: usize,
    /// One of each kind of actor, place and day takes part.
    is_whole: bool,
}

/// A duty of which one may ask whether it can be performed; what all owe together wants more than take part.
pub fn wants_performance(norm: &Norm) -> bool {
    matches!(&norm.head, Head::Position(head)
        if head.modality == Modality::Duty && head.mode != Mode::Together)
}

/// Whether a variable stands for a treaty: only a few treaties take part.
fn speaks_of_treaties(norm: &Norm) -> bool {
    let mut found = false;
    conditions(norm, &mut |part| {
        found |= matches!(part, Condition::Is(_, Class::Treaty));
    });
    found
}

/// How many worlds are tried.
const ROUNDS: usize = 3;

/// With so few candidates in the smallest world all clauses are looked at in the next one too.
const FEW: usize = 150;

/// More do not take part, whatever the clauses name.
const MOST_PARTIES: usize = 12;

/// How large the worlds are, one after the other.
fn size(round: usize, parties: usize, kinds: usize) -> Size {
    match round {
        0 => Size::new(parties.min(3), 6, 2),
        1 => Size::new(parties, 3 * parties, 3),
        _ => Size::new(kinds.clamp(parties, MOST_PARTIES.max(parties)), 20, 6),
    }
}

impl Findings {
    /// Takes in what was found in another world, or of other clauses.
    fn join(&mut self, other: Self) {
        self.parties = self.parties.max(other.parties);
        for verdict in other.verdicts {
            let known = self
                .verdicts
                .iter_mut()
                .find(|own| own.norm == verdict.norm);
            match known {
                Some(own) => own.join(verdict),
                None => self.verdicts.push(verdict),
            }
        }
        for clash in other.clashes {
            let pair = (clash.one, clash.other);
            if !self.clashes.iter().any(|own| (own.one, own.other) == pair) {
                self.clashes.push(clash);
            }
        }
        for rivalry in other.rivalries {
            let pair = (rivalry.one, rivalry.other);
            if !self
                .rivalries
                .iter()
                .any(|own| (own.one, own.other) == pair)
            {
                self.rivalries.push(rivalry);
            }
        }
    }

    /// Clauses of which something was not seen that ought to be there.
    fn open(&self, book: &Rulebook) -> Vec<NormId> {
        let open = self.verdicts.iter().filter(|verdict| verdict.is_open(book));
        open.map(|verdict| verdict.norm).collect()
    }
}

impl Verdict {
    fn join(&mut self, other: Self) {
        self.applies = self.applies.take().or(other.applies);
        for (own, new) in self.elements.iter_mut().zip(other.elements) {
            own.1 = own.1.take().or(new.1);
        }
        self.shadowed &= other.shadowed;
        self.discharged |= other.discharged;
    }

    fn is_open(&self, book: &Rulebook) -> bool {
        let is_duty = wants_performance(book.norm(self.norm));
        let idle = |(element, example): &(Element, Option<Example>)| {
            element.part == Part::Whole && example.is_none()
        };
        self.applies.is_none()
            || self.shadowed
            || (is_duty && !self.discharged)
            || self.elements.iter().any(idle)
    }
}
