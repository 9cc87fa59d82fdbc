//! One version examined clause by clause: whether it ever applies, what each condition decides, what it clashes with, and in which
//! smallest scenario.

use super::candidate::Candidate;
use super::cast::is_actor;
use super::kind::{Kind, terms};
use super::rivals::Rivalry;
use super::search::{Found, Search, Target};
use super::slice::{Dependencies, Slice};
use super::switch::Switch;
use super::witness::Stated;
use super::world::{Side, World};
use crate::calendar::Day;
use crate::engine::{Element, Outcome};
use crate::extent::{Extent, Readings, Space};
use crate::model::ids::{EntityId, NormId};
use crate::model::norm::{Head, Modality, Norm};
use crate::model::question::Question;
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::SLOTS;
use rustc_hash::FxHashMap;

/// A rulebook to be examined.
pub struct Clinic<'r> {
    pub(super) dependencies: Dependencies<'r>,
    /// Not whole conditions only are left out, but also the place, amount or period of one.
    pub(super) finely: bool,
}

/// A smallest scenario in which something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The first day on which it does.
    pub day: Day,
    /// How many take part.
    pub parties: usize,
    /// What is stated.
    pub facts: Vec<Stated>,
    /// The treaties that count.
    pub treaties: Vec<String>,
}

/// What was found out about a clause.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The norm, in the whole rulebook.
    pub norm: NormId,
    /// A scenario in which it applies; `None`: there is none in the small world.
    pub applies: Option<Example>,
    /// For each element that can be left out: a scenario in which it is the only thing missing.
    pub elements: Vec<(Element, Option<Example>)>,
    /// Others of its kind grant all that it grants, on the same terms.
    pub shadowed: bool,
    /// It can be performed, or end otherwise than by a breach.
    pub discharged: bool,
}

/// Two clauses that clash, with no priority between them.
#[derive(Clone, Debug)]
pub struct Clash {
    /// What is owed or allowed.
    pub one: NormId,
    /// What forbids it.
    pub other: NormId,
    /// Both as sentences.
    pub sentences: [String; 2],
    /// The scenario.
    pub example: Example,
}

/// What was found out about the clauses of a treaty.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Each clause that grants a position.
    pub verdicts: Vec<Verdict>,
    /// Clauses that clash.
    pub clashes: Vec<Clash>,
    /// Clauses that both stand in place of a third, on different terms.
    pub rivalries: Vec<Rivalry>,
    /// How many took part.
    pub parties: usize,
    /// It was too much to find everything out.
    pub inconclusive: bool,
    /// Clauses of which nothing may be said but what was seen: not everybody whom they could tell apart took part.
    pub unsettled: Vec<NormId>,
    /// They were too many to be examined together: clashes between some were not looked for.
    pub apart: bool,
}

impl<'r> Clinic<'r> {
    /// Makes a rulebook ready.
    pub fn new(book: &'r Rulebook) -> Self {
        Self {
            dependencies: Dependencies::new(book),
            finely: false,
        }
    }

    /// Looks also at the place, amount and period of a sentence, not at whole conditions only.
    #[must_use]
    pub fn finely(self) -> Self {
        Self {
            finely: true,
            ..self
        }
    }
}

/// A rulebook applied to every scenario of a small world at once.
pub(super) struct Patient<'p, 'e> {
    pub(super) slice: &'p Slice,
    pub(super) side: &'p Side<'e>,
    pub(super) world: &'p World,
    pub(super) candidates: &'p [Candidate],
    pub(super) switches: Vec<Switch>,
    pub(super) outcome: Outcome<'e>,
}

/// Everything that can be told apart of what a clause grants.
type Grant = (Kind, [Option<EntityId>; SLOTS], String);

impl Patient<'_, '_> {
    /// What there is to say of the clauses `open`, and of clashes between any of `own`.
    pub(super) fn findings(&mut self, open: &[NormId], own: &[NormId]) -> Findings {
        let numbers = self.switch_numbers();
        let plain = self.settled(&numbers, None);
        let mut by_grant: FxHashMap<Grant, Vec<(NormId, Extent)>> = FxHashMap::default();
        for (at, position) in self.outcome.positions.iter().enumerate() {
            let norm = self.side.book.norm(position.norm);
            if let Some(kind) = Kind::of(self.side.book, norm) {
                let grant = (kind, position.arguments, footing(self.side.book, norm));
                by_grant
                    .entry(grant)
                    .or_default()
                    .push((position.norm, plain[at].clone()));
            }
        }
        let mut verdicts = Vec::new();
        for local in (0..self.side.book.norms.len() as u32).map(NormId) {
            let norm = self.side.book.norm(local);
            if open.contains(&self.slice.of[local.index()])
                && matches!(norm.head, Head::Position(_))
            {
                verdicts.push(self.verdict(local, &plain, &by_grant, &numbers));
            }
        }
        Findings {
            verdicts,
            clashes: self.clashes(own, &numbers),
            rivalries: self.rivalries(own, &|space, extent| settle(space, extent, &numbers, None)),
            parties: self.world.cast.names.len(),
            ..Findings::default()
        }
    }

    /// The numbers of the questions that the switches are.
    fn switch_numbers(&self) -> FxHashMap<u32, (NormId, Element)> {
        let mut found = FxHashMap::default();
        for (norm, element, dispute) in &self.switches {
            let question = Question::Reading(*dispute, 0);
            if let Some(number) = self.outcome.questions.get_index_of(&question) {
                found.insert(number as u32, (*norm, *element));
            }
        }
        found
    }

    /// When each position holds, with one condition left out or none.
    fn settled(
        &mut self,
        numbers: &FxHashMap<u32, (NormId, Element)>,
        without: Option<(NormId, Element)>,
    ) -> Vec<Extent> {
        let space = &mut self.outcome.space;
        let positions = self.outcome.positions.iter();
        positions
            .map(|position| settle(space, &position.holds, numbers, without))
            .collect()
    }

    fn verdict(
        &mut self,
        norm: NormId,
        plain: &[Extent],
        by_grant: &FxHashMap<Grant, Vec<(NormId, Extent)>>,
        numbers: &FxHashMap<u32, (NormId, Element)>,
    ) -> Verdict {
        let own: Vec<usize> = (0..plain.len())
            .filter(|at| self.outcome.positions[*at].norm == norm)
            .collect();
        let applies = self.example(
            &own.iter()
                .map(|at| (*at, plain[*at].clone()))
                .collect::<Vec<_>>(),
        );
        let mut elements = Vec::new();
        let switches: Vec<Element> = self
            .switches
            .iter()
            .filter(|(of, ..)| *of == norm)
            .map(|(_, element, _)| *element)
            .collect();
        for element in switches {
            let mut failing = Vec::new();
            for at in &own {
                let space = &mut self.outcome.space;
                let holds = &self.outcome.positions[*at].holds;
                let without = settle(space, holds, numbers, Some((norm, element)));
                failing.push((*at, without.without(&plain[*at], space)));
            }
            elements.push((element, self.example(&failing)));
        }
        Verdict {
            norm: self.slice.of[norm.index()],
            shadowed: applies.is_some() && self.is_shadowed(norm, by_grant),
            discharged: self.is_discharged(&own),
            applies,
            elements,
        }
    }

    fn is_shadowed(
        &mut self,
        norm: NormId,
        by_grant: &FxHashMap<Grant, Vec<(NormId, Extent)>>,
    ) -> bool {
        let space = &mut self.outcome.space;
        let book = self.side.book;
        // What one sentence says in two ways is one clause.
        let is_own = |of: NormId| book.norm(of).span == book.norm(norm).span;
        by_grant.values().all(|grants| {
            let (mut own, mut others) = (Extent::never(), Extent::never());
            for (of, extent) in grants {
                let side = if is_own(*of) { &mut own } else { &mut others };
                *side = side.or(extent, space);
            }
            own.without(&others, space).is_never()
        })
    }

    fn is_discharged(&self, own: &[usize]) -> bool {
        own.iter().any(|at| {
            let position = &self.outcome.positions[*at];
            let fate = position.fate();
            !fate.fulfilled.is_never() || !fate.discharged.is_never()
        })
    }

    fn clashes(
        &mut self,
        own: &[NormId],
        numbers: &FxHashMap<u32, (NormId, Element)>,
    ) -> Vec<Clash> {
        let mut found: Vec<Clash> = Vec::new();
        for conflict in std::mem::take(&mut self.outcome.conflicts) {
            let ids = [conflict.one, conflict.other].map(|id| self.outcome.position(id).norm);
            let [one, other] = ids.map(|id| self.slice.of[id.index()]);
            let known = found
                .iter()
                .any(|clash| (clash.one, clash.other) == (one, other));
            // Duties towards both sides of a war among the parties are no matter of drafting.
            let forbidden = ids.iter().filter(|id| self.forbids(**id)).count();
            if known || forbidden != 1 || !own.contains(&one) || !own.contains(&other) {
                continue;
            }
            let extent = settle(&mut self.outcome.space, &conflict.extent, numbers, None);
            let Some(example) = self.example(&[(conflict.one.index(), extent)]) else {
                continue;
            };
            let sentences = [conflict.one, conflict.other].map(|id| {
                let position = self.outcome.position(id);
                let norm = self.side.book.norm(position.norm);
                crate::wording::position(
                    self.side.book,
                    norm,
                    &position.arguments,
                    &position.binding,
                )
            });
            found.push(Clash {
                one,
                other,
                sentences,
                example,
            });
        }
        found
    }

    fn forbids(&self, norm: NormId) -> bool {
        let head = &self.side.book.norm(norm).head;
        matches!(head, Head::Position(head) if head.modality == Modality::Prohibition)
    }

    /// The smallest scenario in which one of these positions does what the extent beside it says.
    pub(super) fn example(&self, wanted: &[(usize, Extent)]) -> Option<Example> {
        let book = self.side.book;
        let names: Vec<Vec<String>> = wanted
            .iter()
            .map(|(at, _)| {
                let arguments = self.outcome.positions[*at].arguments;
                arguments
                    .iter()
                    .flatten()
                    .map(|id| book.name(*id))
                    .collect()
            })
            .collect();
        let targets: Vec<Target<'_>> = wanted
            .iter()
            .zip(&names)
            .map(|((_, extent), names)| Target {
                extent,
                names: names.iter().map(String::as_str).collect(),
            })
            .collect();
        let actor = |name: &str| book.entity(name).is_some_and(|id| is_actor(book, id));
        let stated = |question: u32| match self.outcome.questions.get_index(question as usize) {
            Some(Question::Stated(at)) => Some(*at as u32),
            _ => None,
        };
        let search = Search::new(
            &self.outcome.space,
            self.candidates,
            &self.world.days,
            &stated,
            &actor,
        );
        search.smallest(&targets).map(|found| self.told(&found))
    }

    fn told(&self, found: &Found) -> Example {
        let book = self.side.book;
        let facts = found.facts.iter().map(|at| &self.candidates[*at as usize]);
        let treaties = self.side.treaties.iter();
        Example {
            day: found.day,
            parties: found.parties,
            facts: facts.map(|fact| Stated::of(&[book], fact)).collect(),
            treaties: treaties.map(|id| book.treaty(*id).name.clone()).collect(),
        }
    }
}

/// On which terms a clause grants something, and what it prevails over.
fn footing(book: &Rulebook, norm: &Norm) -> String {
    let Head::Position(head) = &norm.head else {
        return String::new();
    };
    let terms = terms(book, norm);
    format!("{terms} {:?} {:?}", head.prevails_over, head.subject_to)
}

/// An extent with every switch off but one.
fn settle(
    space: &mut Space,
    extent: &Extent,
    numbers: &FxHashMap<u32, (NormId, Element)>,
    without: Option<(NormId, Element)>,
) -> Extent {
    extent.map(|set: Readings| {
        space.settle(set, &|question| {
            numbers
                .get(&question)
                .map(|switch| Some(*switch) == without)
        })
    })
}
