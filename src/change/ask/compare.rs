//! What the versions give, side by side: for each obligation, when and on which answers it holds, on what terms, and what has
//! become of it.

use super::candidate::{entity, predicate};
use super::joint::{Import, Joint, Told};
use super::kind::{Kind, terms};
use super::world::{Side, World};
use crate::calendar::Day;
use crate::engine::{Outcome, Position, PositionId};
use crate::extent::{Extent, Space};
use crate::model::condition::{Class, Condition};
use crate::model::fact::PositionQuery;
use crate::model::ids::NormId;
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Atom, Term};
use crate::model::vocabulary::SLOTS;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// An obligation of somebody, in names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Obligation {
    /// Of what kind.
    pub kind: Kind,
    /// Bearer (nobody for a joint one), object and roles.
    pub arguments: [Option<String>; SLOTS],
}

/// In what the versions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// It holds in the new version only.
    Gained,
    /// It holds in the old version only.
    Lost,
    /// Its means, amount, manner or deadline are others.
    Terms,
    /// It is violated in one version only.
    Violated,
    /// It is fulfilled in one version only.
    Fulfilled,
    /// It is discharged in one version only.
    Discharged,
    /// It is suspended in one version only.
    Suspended,
    /// Another clause stands in its place in one version only.
    Displaced,
}

/// What becomes of an obligation in one version.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Course {
    pub(super) holds: Extent,
    /// By terms, when it holds on them and nothing stands in its place.
    pub(super) terms: BTreeMap<String, Extent>,
    /// When it holds on any terms and nothing stands in its place.
    pub(super) effective: Extent,
    pub(super) violated: Extent,
    pub(super) fulfilled: Extent,
    pub(super) discharged: Extent,
    pub(super) suspended: Extent,
    /// How a person would name it.
    pub(super) sentence: String,
    /// Where it stands.
    pub(super) citation: String,
    /// The conditions of each norm that yields it.
    pub(super) norms: Vec<(NormId, Extent)>,
}

/// All obligations of some kinds in one version.
pub(super) type Courses = IndexMap<Obligation, Course>;

/// One difference: on which days and answers.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) obligation: Obligation,
    pub(super) aspect: Aspect,
    pub(super) extent: Extent,
}

/// Reads the obligations of these kinds from an outcome.
pub(super) fn courses(
    outcome: &mut Outcome<'_>,
    told: &Told,
    joint: &mut Joint,
    wanted: &dyn Fn(&Kind, NormId) -> bool,
) -> Courses {
    let numbers = joint.numbers(outcome, &told.of);
    let mut import = Import::new(&numbers);
    let mut found = Courses::default();
    let positions = std::mem::take(&mut outcome.positions);
    for position in &positions {
        let book = outcome.rulebook;
        let norm = book.norm(position.norm);
        let Some(kind) = Kind::of(book, norm).filter(|kind| wanted(kind, position.norm)) else {
            continue;
        };
        let obligation = Obligation {
            kind,
            arguments: position
                .arguments
                .map(|argument| argument.map(|id| book.name(id))),
        };
        let course = found.entry(obligation).or_default();
        if course.sentence.is_empty() {
            course.sentence =
                crate::wording::position(book, norm, &position.arguments, &position.binding);
            course.citation = crate::wording::citation(book, norm);
        }
        let mut take = |extent: &Extent| joint.extent(&outcome.space, extent, &mut import);
        let parts = parts(position).map(&mut take);
        let conditions = take(&position.conditions);
        course.norms.push((position.norm, conditions));
        course.add(parts, terms(book, norm), &mut joint.space);
    }
    outcome.positions = positions;
    found
}

/// The positions of which an obligation is made.
pub(super) fn positions(outcome: &Outcome<'_>, obligation: &Obligation) -> Vec<PositionId> {
    let book = outcome.rulebook;
    let all = (0..).map(PositionId).zip(&outcome.positions);
    let own = all.filter(|(_, position)| {
        let names = position.arguments.map(|name| name.map(|id| book.name(id)));
        let kind = Kind::of(book, book.norm(position.norm));
        names == obligation.arguments && kind.as_ref() == Some(&obligation.kind)
    });
    own.map(|(id, _)| id).collect()
}

/// A joint obligation as a scenario file says it: of one of those who bear it together.
pub(super) fn of_one(outcome: &Outcome<'_>, obligation: &Obligation, day: Day) -> Option<String> {
    let book = outcome.rulebook;
    let id = *positions(outcome, obligation).first()?;
    let position = outcome.position(id);
    let bearers = outcome.bearers(id, day);
    let mut arguments = position.arguments;
    arguments[0] = Some(*bearers.first()?);
    let norm = book.norm(position.norm);
    let sentence = crate::wording::position(book, norm, &arguments, &position.binding);
    Some(sentence)
}

fn parts(position: &Position) -> [&Extent; 6] {
    let fate = position.fate();
    [
        &position.holds,
        &fate.violated,
        &fate.fulfilled,
        &fate.discharged,
        &fate.suspended,
        &fate.displaced,
    ]
}

impl Course {
    fn add(&mut self, parts: [Extent; 6], terms: String, space: &mut Space) {
        let [holds, violated, fulfilled, discharged, suspended, displaced] = parts;
        let effective = holds.without(&displaced, space);
        let own = self.terms.entry(terms).or_default();
        *own = own.or(&effective, space);
        for (all, one) in [
            (&mut self.effective, effective),
            (&mut self.holds, holds),
            (&mut self.violated, violated),
            (&mut self.fulfilled, fulfilled),
            (&mut self.discharged, discharged),
            (&mut self.suspended, suspended),
        ] {
            *all = all.or(&one, space);
        }
    }

    /// When it holds and what becomes of it.
    pub(super) fn extents(&self) -> [&Extent; 6] {
        [
            &self.holds,
            &self.effective,
            &self.violated,
            &self.fulfilled,
            &self.discharged,
            &self.suspended,
        ]
    }

    /// When it holds and something else stands in its place.
    pub(super) fn displaced(&self, space: &mut Space) -> Extent {
        self.holds.without(&self.effective, space)
    }

    fn statuses(&self) -> [(Aspect, &Extent); 4] {
        [
            (Aspect::Violated, &self.violated),
            (Aspect::Fulfilled, &self.fulfilled),
            (Aspect::Discharged, &self.discharged),
            (Aspect::Suspended, &self.suspended),
        ]
    }
}

/// Where the courses of the two versions part.
pub(super) fn differences(old: &Courses, new: &Courses, space: &mut Space) -> Vec<Difference> {
    let mut found = Vec::new();
    let none = Course::default();
    let all = old
        .keys()
        .chain(new.keys().filter(|key| !old.contains_key(*key)));
    for obligation in all {
        let before = old.get(obligation).unwrap_or(&none);
        let after = new.get(obligation).unwrap_or(&none);
        let mut note = |aspect, extent: Extent| {
            if !extent.is_never() {
                found.push(Difference {
                    obligation: obligation.clone(),
                    aspect,
                    extent,
                });
            }
        };
        note(Aspect::Gained, after.holds.without(&before.holds, space));
        note(Aspect::Lost, before.holds.without(&after.holds, space));
        let never = Extent::never();
        let mut other_terms = Extent::never();
        for terms in before.terms.keys().chain(after.terms.keys()) {
            let one = before.terms.get(terms).unwrap_or(&never);
            let other = after.terms.get(terms).unwrap_or(&never);
            let apart = apart(one, other, space);
            other_terms = other_terms.or(&apart, space);
        }
        let both = before.holds.and(&after.holds, space);
        note(Aspect::Terms, other_terms.and(&both, space));
        for ((aspect, one), (_, other)) in before.statuses().into_iter().zip(after.statuses()) {
            note(aspect, apart(one, other, space));
        }
        let [old, new] = [before, after].map(|course| course.displaced(space));
        note(
            Aspect::Displaced,
            apart(&old, &new, space).and(&both, space),
        );
    }
    found
}

fn apart(one: &Extent, other: &Extent, space: &mut Space) -> Extent {
    if one == other {
        return Extent::never();
    }
    let (only, rest) = (one.without(other, space), other.without(one, space));
    only.or(&rest, space)
}

/// Standing clauses speak up only when asked: about everybody in the small world.
pub(super) fn questions(side: &Side<'_>, world: &World) -> Vec<PositionQuery> {
    let mut found: Vec<PositionQuery> = Vec::new();
    for norm in &side.book.norms {
        if let (Head::Position(head), false) = (&norm.head, norm.triggered) {
            ask_about(side, world, norm, head, &mut found);
        }
    }
    found
}

/// Asks about one obligation by name: a standing clause says nothing of somebody whom no event names.
pub(super) fn question(book: &Rulebook, obligation: &Obligation) -> Option<PositionQuery> {
    let predicate = predicate(book, &obligation.kind.act)?;
    let named = |name: &Option<String>| name.as_ref().and_then(|name| entity(book, name));
    let arguments = obligation.arguments.each_ref().map(named);
    Some(PositionQuery {
        modality: obligation.kind.modality,
        bearer: arguments[0],
        act: Atom {
            predicate,
            arguments,
            place: None,
            amount: None,
        },
        under: None,
        text: String::new(),
    })
}

fn ask_about(
    side: &Side<'_>,
    world: &World,
    norm: &Norm,
    head: &crate::model::norm::PositionHead,
    found: &mut Vec<PositionQuery>,
) {
    let cast = world
        .cast
        .names
        .iter()
        .filter_map(|name| side.book.entity(name));
    let cast: Vec<_> = cast.collect();
    // Only a variable that nothing else binds must be asked for by name.
    let bound: Vec<_> = norm
        .conditions
        .iter()
        .filter(|part| {
            !matches!(
                part,
                Condition::Not(_) | Condition::Is(_, Class::Actor | Class::State)
            )
        })
        .flat_map(crate::engine::variables)
        .chain(
            norm.parties
                .iter()
                .filter_map(|(term, _)| crate::engine::term_variable(*term)),
        )
        .collect();
    let slots = head.act.terms.map(|term| match term {
        Term::Variable(variable) if !bound.contains(&variable) => {
            cast.iter().copied().map(Some).collect()
        }
        _ => vec![None],
    });
    for one in &slots[0] {
        for other in &slots[1] {
            for third in &slots[2] {
                let query = PositionQuery {
                    modality: head.modality,
                    bearer: *one,
                    act: Atom {
                        predicate: head.act.predicate,
                        arguments: [*one, *other, *third, None],
                        place: None,
                        amount: None,
                    },
                    under: None,
                    text: String::new(),
                };
                if !found.contains(&query) {
                    found.push(query);
                }
            }
        }
    }
}
