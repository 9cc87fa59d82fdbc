//! Whether what holds in the small world holds in every scenario, however many take part and whenever it plays; and if not, why.

use super::affected::Affected;
use super::compare::Courses;
use super::kind::{Kind, terms};
use super::patterns::conditions;
use super::world::{Side, World};
use crate::change::canonical;
use crate::engine::{term_variable, variables};
use crate::extent::Extent;
use crate::model::condition::{Class, Condition, Tense};
use crate::model::ids::{NormId, VariableId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// Why agreement in the small world is not agreement everywhere; empty if it is.
pub(super) fn gaps(sides: &[Side<'_>; 2], world: &World, affected: &Affected) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if !world.cast.all {
        found.insert("more parties".to_owned());
    }
    if !world.all_places {
        found.insert("more places".to_owned());
    }
    if !world.all_days {
        found.insert("more days".to_owned());
    }
    if sides.iter().any(|side| !side.lives.is_empty()) || !affected.one_sided.is_empty() {
        found.insert("other events in the life of the treaty".to_owned());
    }
    for side in sides {
        let made: Vec<_> = side
            .book
            .norms
            .iter()
            .filter_map(|norm| match &norm.head {
                Head::Deem(pattern) => Some(side.book.implied(pattern.predicate, [None; 4])),
                Head::Position(_) => None,
            })
            .flatten()
            .map(|(id, _)| id)
            .collect();
        for norm in &side.book.norms {
            conditions(norm, &mut |part| {
                found.extend(gap(norm, part).map(str::to_owned));
                if let Condition::Sentence {
                    pattern,
                    tense: Tense::Perfect(_),
                } = part
                    && made.contains(&pattern.predicate)
                {
                    found.insert("what a definition made so before".to_owned());
                }
            });
        }
    }
    found
}

/// What in a condition reaches beyond the small world.
fn gap(norm: &Norm, part: &Condition) -> Option<&'static str> {
    match part {
        Condition::Count { .. } => Some("more of those who are counted"),
        Condition::Considers { .. } => Some("more accounts"),
        Condition::Breach { .. } => Some("other conduct"),
        Condition::Position { .. } => Some("other courses of the position asked about"),
        Condition::InForce { .. } => Some("other treaties"),
        Condition::Sentence {
            tense: Tense::Perfect(Some(_)),
            ..
        } => Some("other intervals of time"),
        Condition::Is(_, Class::Treaty | Class::Thing | Class::Place) => Some("more things"),
        Condition::Not(inner) if hides(norm, inner) => {
            Some("more of those whom an exception names")
        }
        _ => None,
    }
}

/// Whether a negation has a variable of its own.
fn hides(norm: &Norm, inner: &Condition) -> bool {
    let own = variables(inner);
    let outside = |variable: &VariableId| {
        let mut everywhere = 0;
        let mut inside = 0;
        let count = |condition: &Condition| {
            variables(condition)
                .iter()
                .filter(|one| *one == variable)
                .count()
        };
        for condition in &norm.conditions {
            everywhere += count(condition);
        }
        inside += count(inner);
        let head = super::patterns::head_pattern(norm);
        let head = crate::engine::pattern_variables(head);
        let parties = norm
            .parties
            .iter()
            .filter_map(|(term, _)| term_variable(*term));
        everywhere > inside
            || head.contains(variable)
            || parties.into_iter().any(|one| one == *variable)
    };
    !own.iter().all(outside)
}

/// Whether each clause of a kind has one partner in the other version, alike in everything but its conditions, and these hold alike:
/// then whatever becomes of the one becomes of the other, whatever the order of events.
pub(super) fn in_step(sides: &[Side<'_>; 2], courses: &[Courses; 2], kind: &Kind) -> bool {
    let [one, other] = [0, 1].map(|at| by_frame(&sides[at], &courses[at], kind));
    one.is_some() && one == other
}

type Frames = BTreeMap<(String, String), Extent>;

/// The conditions of each clause for each obligation; `None` if two clauses are too much alike to tell which is which.
fn by_frame(side: &Side<'_>, courses: &Courses, kind: &Kind) -> Option<Frames> {
    let mut found = Frames::new();
    let mut edited = BTreeSet::new();
    for (obligation, course) in courses
        .iter()
        .filter(|(obligation, _)| obligation.kind == *kind)
    {
        for (norm, extent) in &course.norms {
            let key = (
                format!("{:?}", obligation.arguments),
                frame(side, *norm, &mut edited),
            );
            if !extent.is_never() && found.insert(key, extent.clone()).is_some() {
                return None;
            }
        }
    }
    (edited.len() <= 1).then_some(found)
}

/// What a clause is known by: all of it, or if it was edited, all but its conditions.
fn frame(side: &Side<'_>, id: NormId, edited: &mut BTreeSet<NormId>) -> String {
    let norm = side.book.norm(id);
    if !side.edited.contains(&id) {
        return canonical::norm(side.book, norm);
    }
    edited.insert(id);
    outside(side.book, norm)
}

fn outside(book: &Rulebook, norm: &Norm) -> String {
    let (until, outlives, rank) = match &norm.head {
        Head::Position(head) => {
            let text = |end: &Condition| canonical::condition(book, end);
            let ends = [&head.until, &head.before].map(|end| end.as_ref().map(text));
            let rank = format!("{:?} {:?}", head.prevails_over, head.subject_to);
            (ends, head.outlives, rank)
        }
        Head::Deem(_) => ([None, None], false, String::new()),
    };
    let roles: Vec<_> = norm.parties.iter().map(|(_, role)| role).collect();
    format!(
        "{} {until:?} {outlives} {rank} {} {roles:?} {:?} {:?}",
        norm.triggered,
        terms(book, norm),
        norm.dates,
        norm.layer
    )
}
