//! Who takes part: of those who are alike as far as the clauses can tell, a few stand for all.

use super::patterns::{Mentions, conditions};
use super::world::{HORIZON, Side};
use crate::calendar::Day;
use crate::extent::Extent;
use crate::model::condition::{Condition, Threshold};
use crate::model::entity::EntityKind;
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use indexmap::IndexMap;
use std::fmt::Write as _;

/// Those who take part.
#[derive(Clone, Debug, Default)]
pub(super) struct Cast {
    /// Their names.
    pub(super) names: Vec<String>,
    /// Every class of actors has as many here as the clauses have variables, or all that it has.
    pub(super) all: bool,
    /// How many there must be for one of each kind to take part: whom clauses name, and whom the same treaties bind.
    pub(super) kinds: usize,
    /// One of each kind takes part.
    pub(super) each: bool,
}

/// Actors whom the clauses cannot tell apart.
struct Alike {
    names: Vec<String>,
    /// What they are bound by and named as, whenever.
    kind: String,
    /// Named by an edited clause.
    edited: bool,
    /// Named by a clause.
    named: bool,
    /// For how long they are bound by the treaties asked about, in days; 0: never.
    bound: i64,
    state: bool,
}

/// Chooses at most `size` actors.
pub(super) fn cast(sides: &[Side<'_>], size: usize, day: Day) -> Cast {
    let variables = sides.iter().map(most_variables).max().unwrap_or(1).max(1);
    let mut alike = classes(sides, day);
    alike.sort_by_key(|class| {
        let rank = match class {
            Alike { edited: true, .. } => 0,
            Alike { bound: 1.., .. } => 1,
            Alike { named: true, .. } => 3,
            Alike { state: true, .. } => 2,
            _ => 4,
        };
        (rank, -class.bound)
    });
    let wanted: usize = alike
        .iter()
        .map(|class| class.names.len().min(variables))
        .sum();
    let mut names: Vec<String> = Vec::new();
    // One of each class that matters most, then more of each in turn.
    let best = alike
        .iter()
        .position(|class| class.bound > 0 && !class.edited);
    let outsider = alike
        .iter()
        .position(|class| class.bound == 0 && class.state && !class.edited);
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (at, class) in alike.iter().enumerate().filter(|(_, class)| class.edited) {
        order.extend((0..class.names.len().min(1)).map(|nth| (at, nth)));
    }
    order.extend(best.map(|at| (at, 0)));
    order.extend(outsider.map(|at| (at, 0)));
    for nth in 1..variables {
        order.extend(best.map(|at| (at, nth)));
    }
    let mut kinds: Vec<&String> = Vec::new();
    for (at, class) in alike.iter().enumerate() {
        if !kinds.contains(&&class.kind) {
            kinds.push(&class.kind);
            order.push((at, 0));
        }
    }
    let everybody = sides.iter().any(counts_shares);
    let members = alike
        .iter()
        .enumerate()
        .filter(|(_, class)| class.bound > 0);
    let members: Vec<(usize, usize)> = members
        .flat_map(|(at, class)| (0..class.names.len()).map(move |nth| (at, nth)))
        .collect();
    if everybody {
        order.extend(&members);
    }
    for nth in 0..variables {
        order.extend((0..alike.len()).map(|at| (at, nth)));
    }
    for (at, nth) in order {
        if let Some(name) = alike[at].names.get(nth)
            && names.len() < size
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    let is_here = |kind: &String| {
        let mut own = alike.iter().filter(|class| class.kind == *kind);
        own.any(|class| class.names.iter().any(|name| names.contains(name)))
    };
    let all_members = members
        .iter()
        .all(|(at, nth)| names.contains(&alike[*at].names[*nth]));
    let wanted_members = if everybody { members.len() } else { 0 };
    Cast {
        all: names.len() >= wanted,
        kinds: kinds.len() + variables.saturating_sub(1) + wanted_members,
        each: kinds.iter().all(|kind| is_here(kind)) && (all_members || !everybody),
        names,
    }
}

/// More who are alike never take part.
const MOST_ALIKE: usize = 16;

/// How many actors who are alike a norm may tell from each other at most: by its variables, and by counting them.
fn most_variables(side: &Side<'_>) -> usize {
    let counts = side.book.norms.iter().map(|norm| {
        let mut others: Vec<usize> = Vec::new();
        let mut counted = 0;
        conditions(norm, &mut |part| {
            if let Condition::Count {
                threshold: Threshold::Number(number),
                ..
            } = part
            {
                counted += (*number as usize).saturating_sub(1);
            }
            if let crate::model::condition::Condition::Is(term, class) = part
                && let Some(variable) = crate::engine::term_variable(*term)
                && matches!(
                    class,
                    crate::model::condition::Class::Place
                        | crate::model::condition::Class::Thing
                        | crate::model::condition::Class::Treaty
                )
            {
                others.push(variable.index());
            }
        });
        others.sort_unstable();
        others.dedup();
        let variables = norm.variables.len() - others.len().min(norm.variables.len());
        (variables + counted).min(MOST_ALIKE)
    });
    counts.max().unwrap_or(1)
}

/// Whether a clause asks for a share of those who are bound: all of them must be there to make it up.
fn counts_shares(side: &Side<'_>) -> bool {
    let mut found = false;
    for norm in &side.book.norms {
        conditions(norm, &mut |part| {
            found |= matches!(
                part,
                Condition::Count {
                    threshold: Threshold::Fraction(..),
                    ..
                }
            );
        });
    }
    found
}

/// Whether a name is that of somebody who can act, in either version.
pub(super) fn names_actor(sides: &[Side<'_>], name: &str) -> bool {
    let mut books = sides.iter().map(|side| side.book);
    books.any(|book| book.entity(name).is_some_and(|id| is_actor(book, id)))
}

/// Whether it is somebody who can act.
pub(super) fn is_actor(book: &Rulebook, id: EntityId) -> bool {
    matches!(
        book.entities[id.index()].kind,
        EntityKind::State { .. }
            | EntityKind::Organisation
            | EntityKind::Organ { .. }
            | EntityKind::Group
    )
}

fn classes(sides: &[Side<'_>], day: Day) -> Vec<Alike> {
    let seen: Vec<Seen> = sides.iter().map(Seen::new).collect();
    let mut classes: IndexMap<String, Alike> = IndexMap::new();
    let mut names: Vec<&String> = Vec::new();
    for side in sides {
        let book = side.book;
        names.extend(
            book.names
                .iter()
                .filter(|(_, id)| is_actor(book, **id))
                .map(|(name, _)| name),
        );
    }
    names.dedup();
    let mut ordered: Vec<(bool, &String)> = Vec::new();
    for name in names {
        let away = sides.iter().any(|side| {
            let exists = side
                .book
                .entity(name)
                .map(|id| &side.book.entities[id.index()].exists);
            !exists.is_some_and(|days| days.contains(day) && days.contains(HORIZON))
        });
        ordered.push((away, name));
    }
    // Those who are there all the time come first.
    ordered.sort();
    ordered.dedup();
    for (_, name) in ordered {
        let (mut signature, mut kind) = (String::new(), String::new());
        let mut parts = Vec::new();
        let (mut edited, mut named, mut bound, mut state) = (false, false, 0, false);
        for (side, seen) in sides.iter().zip(&seen) {
            let Some(id) = side.book.entity(name) else {
                signature.push_str("absent;");
                continue;
            };
            let start = signature.len();
            let one = seen.of(side, id, &mut signature);
            kind.push_str(&one.kind);
            parts.push(signature[start..].to_owned());
            edited |= one.edited;
            named |= one.named;
            bound = bound.max(one.bound);
            state |= one.state;
        }
        // Bound otherwise in the other version: this is one whom an edit is about.
        edited |= parts.windows(2).any(|pair| pair[0] != pair[1]);
        let class = classes.entry(signature).or_insert_with(|| Alike {
            names: Vec::new(),
            kind,
            edited,
            named,
            bound,
            state,
        });
        class.names.push(name.clone());
    }
    classes.into_values().collect()
}

/// Somebody is bound by a treaty.
struct Membership {
    actor: EntityId,
    /// By which, as what.
    role: String,
    /// The same, and when.
    text: String,
    /// For how long, in days.
    length: i64,
}

/// What one version knows of actors.
struct Seen {
    members: Vec<Membership>,
    named: Vec<EntityId>,
    edited: Vec<EntityId>,
    recorded: Vec<EntityId>,
}

impl Seen {
    fn new(side: &Side<'_>) -> Self {
        let mut members = Vec::new();
        for treaty in &side.treaties {
            let asked = side.asked.contains(treaty);
            for (actor, role, extent) in side.recorded(*treaty).members {
                let role = format!("{} {role:?};", treaty.0);
                members.push(Membership {
                    actor,
                    text: format!("{role} {:?};", extent.changes()),
                    role,
                    length: if asked { length(&extent) } else { 0 },
                });
            }
        }
        let named = |norm: &crate::model::norm::Norm| Mentions::of(norm).entities;
        let norms = side.book.norms.iter();
        let edited = side.edited.iter().map(|id| side.book.norm(*id));
        let declared = side.named.iter().filter_map(|name| side.book.entity(name));
        let spoken: Vec<_> = norms
            .clone()
            .flat_map(|norm| Mentions::of(norm).predicates)
            .collect();
        let history = side.book.history.iter().filter(|fact| {
            let implied = side.book.implied(fact.atom.predicate, fact.atom.arguments);
            implied
                .iter()
                .any(|(id, _)| spoken.iter().any(|(said, _)| said == id))
        });
        Self {
            named: norms.flat_map(named).chain(declared.clone()).collect(),
            edited: edited.flat_map(named).chain(declared).collect(),
            recorded: history
                .flat_map(|fact| fact.atom.arguments.iter().flatten().copied())
                .collect(),
            members,
        }
    }

    fn of(&self, side: &Side<'_>, id: EntityId, signature: &mut String) -> Alike {
        let kind = &side.book.entities[id.index()].kind;
        let tag = match kind {
            EntityKind::State { .. } => "state",
            EntityKind::Organisation => "organisation",
            EntityKind::Organ { .. } => "organ",
            _ => "group",
        };
        let (named, edited) = (self.named.contains(&id), self.edited.contains(&id));
        let mut whole = tag.to_owned();
        if named || self.recorded.contains(&id) {
            let _ = write!(whole, " {}", side.book.name(id));
        }
        let mut kind = if named { whole.clone() } else { tag.to_owned() };
        let mut bound = 0;
        for one in self.members.iter().filter(|one| one.actor == id) {
            whole.push_str(&one.text);
            kind.push_str(&one.role);
            bound = bound.max(one.length);
        }
        signature.push_str(&whole);
        Alike {
            names: Vec::new(),
            kind,
            edited,
            named,
            bound,
            state: tag == "state",
        }
    }
}

/// On how many days, up to the horizon.
fn length(extent: &Extent) -> i64 {
    let changes = extent.changes();
    let mut total = 0;
    for (at, (from, readings)) in changes.iter().enumerate() {
        if *readings != crate::extent::Readings::NONE {
            let until = changes
                .get(at + 1)
                .map_or(HORIZON, |(next, _)| (*next).min(HORIZON));
            total += i64::from(until.0) - i64::from(from.0.max(-200_000));
        }
    }
    total.max(1)
}
