//! What an evaluation gives: positions over days and readings, and what stands in their way.

use super::life::Member;
use super::position::{Fate, Position, PositionId};
use super::store::{Origin, Store, StoredFact};
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings, Space};
use crate::model::condition::Class;
use crate::model::fact::{Fact, PositionQuery, Scenario, Status, Verdict};
use crate::model::ids::{EntityId, TreatyId};
use crate::model::norm::Head;
use crate::model::question::Question;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use crate::model::vocabulary::SLOTS;
use indexmap::IndexSet;
use std::sync::Arc;

pub(super) static NOTHING: Fate = Fate {
    discharged: Extent::never(),
    fulfilled: Extent::never(),
    violated: Extent::never(),
    suspended: Extent::never(),
    displaced: Extent::never(),
    displaced_by: Vec::new(),
    turns: Vec::new(),
    ways: Vec::new(),
    anew: Extent::never(),
    lapsed: Extent::never(),
};

/// Two positions that cannot both be honoured, or of which one limits the other.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// One.
    pub one: PositionId,
    /// The other; of a limit, the prohibition.
    pub other: PositionId,
    /// When.
    pub extent: Extent,
}

/// A fact as the run saw it.
#[derive(Clone, Debug)]
pub struct GivenFact<'e> {
    /// As stated, if stated.
    pub fact: Option<&'e Fact>,
    /// What it says.
    pub atom: Atom,
    /// When and on which readings.
    pub extent: Extent,
    /// Where it comes from.
    pub origin: Origin,
    /// The fact of a narrower verb that implies it.
    pub implied_by: Option<u32>,
    /// Depth in the cascade.
    pub depth: u32,
}

/// The facts of a run, by number: first those of record, which all runs of an engine share.
#[derive(Clone)]
pub struct Facts<'e> {
    pub(crate) record: Arc<Store<'e>>,
    pub(crate) own: Vec<StoredFact<'e>>,
    pub(crate) scenario: &'e Scenario,
    pub(crate) rulebook: &'e Rulebook,
}

impl<'e> Facts<'e> {
    /// The fact of this number.
    pub fn get(&self, number: usize) -> Option<GivenFact<'e>> {
        let record = &self.record.facts;
        let own = || self.own.get(number - record.len());
        let stored = record.get(number).or_else(own)?;
        Some(self.told(stored))
    }

    /// All facts in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = GivenFact<'e>> {
        let all = self.record.facts.iter().chain(&self.own);
        all.map(|stored| self.told(stored))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.record.facts.len() + self.own.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn told(&self, stored: &StoredFact<'e>) -> GivenFact<'e> {
        let fact = match stored.origin {
            Origin::Given(index) => self.scenario.facts.get(index as usize),
            Origin::Record(index) => self.rulebook.history.get(index as usize),
            _ => None,
        };
        GivenFact {
            fact,
            atom: Atom {
                predicate: stored.predicate,
                arguments: stored.arguments,
                place: stored.place,
                amount: stored.amount.cloned(),
            },
            extent: stored.extent.clone(),
            origin: stored.origin,
            implied_by: stored.implied_by,
            depth: stored.depth,
        }
    }
}

/// A treaty not in force, and what its entry into force still wants.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The treaty.
    pub treaty: TreatyId,
    /// Signed and not in force yet (true), or ended (false).
    pub pending: bool,
    /// What has not happened, as sentences without variables.
    pub missing: Vec<Atom>,
}

/// The result of one evaluation.
pub struct Outcome<'e> {
    /// The rulebook.
    pub rulebook: &'e Rulebook,
    /// The scenario.
    pub scenario: &'e Scenario,
    /// The day asked for.
    pub as_of: Day,
    /// The last day looked at.
    pub horizon: Day,
    /// In the order of norms, then of bearers and other arguments.
    pub positions: Vec<Position>,
    /// Conflicts that no precedence settles.
    pub conflicts: Vec<Conflict>,
    /// Prohibitions of one kind of a duty's performance.
    pub limits: Vec<Conflict>,
    /// The open questions; their numbers are those of [`Space`].
    pub questions: IndexSet<Question>,
    /// The algebra of this run.
    pub space: Space,
    /// All facts.
    pub facts: Facts<'e>,
    /// Treaties that matter here and are not in force on the day.
    pub not_in_force: Vec<Missing>,
    /// It was cut off at a limit before everything had settled.
    pub cut_off: bool,
    pub(crate) lives: Vec<Option<Arc<super::life::Life>>>,
}

impl Outcome<'_> {
    /// The verdict on a set of readings.
    pub fn verdict(readings: Readings) -> Verdict {
        match readings {
            Readings::ALL => Verdict::Owed,
            Readings::NONE => Verdict::NotOwed,
            _ => Verdict::OwedIf,
        }
    }

    /// The position.
    pub fn position(&self, id: PositionId) -> &Position {
        &self.positions[id.index()]
    }

    /// The days on which a treaty is in force, if this run looked at it.
    pub fn in_force(&self, treaty: TreatyId) -> Option<&Extent> {
        self.lives[treaty.index()]
            .as_ref()
            .map(|life| &life.in_force)
    }

    /// Who is bound by a treaty, and when, if this run looked at it.
    pub fn members(&self, treaty: TreatyId) -> Vec<(EntityId, Extent)> {
        let life = self.lives[treaty.index()].as_ref();
        life.map(|life| {
            life.members
                .iter()
                .map(|member| (member.actor, member.extent.clone()))
                .collect()
        })
        .unwrap_or_default()
    }

    /// The positions that a sentence may mean, whether they hold or not: of the same verb (what an act is a kind of is not owed with
    /// it), under the reference if there is one; roles that the sentence leaves out match anything. A joint position is every
    /// member's.
    pub fn matching(&self, query: &PositionQuery) -> Vec<PositionId> {
        let all = (0..self.positions.len() as u32).map(PositionId);
        all.filter(|id| self.is_meant(self.position(*id), query))
            .collect()
    }

    fn is_meant(&self, position: &Position, query: &PositionQuery) -> bool {
        let norm = self.rulebook.norm(position.norm);
        let Head::Position(head) = &norm.head else {
            return false;
        };
        let under = query
            .under
            .as_ref()
            .is_none_or(|scope| self.rulebook.in_scope(norm, scope));
        if head.modality != query.modality || !under {
            return false;
        }
        let mut arguments = position.arguments;
        if arguments[0].is_none()
            && query
                .bearer
                .is_some_and(|bearer| self.may_belong(bearer, head.group.as_ref()))
        {
            arguments[0] = query.bearer;
        }
        let mut wanted = query.act.arguments;
        wanted[0] = query.bearer;
        head.act.predicate == query.act.predicate && fits(&wanted, &arguments, &head.act.classes)
    }

    fn may_belong(&self, actor: EntityId, group: Option<&Class>) -> bool {
        match group {
            Some(Class::Party(treaty, role)) => {
                let mut spells = self.spells(*treaty, role.as_ref());
                spells.any(|member| member.actor == actor)
            }
            Some(kind) => self.rulebook.is_of_kind(actor, kind).unwrap_or(true),
            None => true,
        }
    }

    /// All spells of membership of a treaty, in a role if one is given.
    fn spells<'s>(
        &'s self,
        treaty: TreatyId,
        role: Option<&'s String>,
    ) -> impl Iterator<Item = &'s Member> {
        let life = self.lives[treaty.index()].iter();
        let all = life.flat_map(|life| &life.members);
        all.filter(move |member| role.is_none() || member.role.as_ref() == role)
    }

    /// The readings on which one of the positions that a sentence may mean holds.
    pub fn held(&mut self, query: &PositionQuery, day: Day) -> Readings {
        let all = self.matching(query).into_iter();
        all.fold(Readings::NONE, |any, id| {
            let readings = self.held_for(id, query, day);
            self.space.or(any, readings)
        })
    }

    /// The readings on which a position holds for those named: a joint one, or one towards any member, while they are members.
    pub fn held_for(&mut self, id: PositionId, query: &PositionQuery, day: Day) -> Readings {
        let position = self.position(id);
        let mut holds = position.holds.at(day);
        let Head::Position(head) = &self.rulebook.norm(position.norm).head else {
            return holds;
        };
        let others = head.act.classes.iter().zip(query.act.arguments).skip(1);
        let asked = std::iter::once((&head.group, query.bearer)).chain(others);
        for (class, who) in asked {
            if let (Some(Class::Party(treaty, role)), Some(who)) = (class, who) {
                let bound = self.bound_on(day, who, (*treaty, role.as_ref()));
                holds = self.space.and(holds, bound);
            }
        }
        holds
    }

    /// The readings on which somebody is a party on a day, or has a role in the treaty.
    fn bound_on(&mut self, day: Day, who: EntityId, of: (TreatyId, Option<&String>)) -> Readings {
        let all = self.spells(of.0, of.1).filter(|one| one.actor == who);
        let own: Vec<Readings> = all.map(|one| one.extent.at(day)).collect();
        let or = |any, readings| self.space.or(any, readings);
        own.into_iter().fold(Readings::NONE, or)
    }

    /// Who bears a position on a day: its bearer, or the members of its group.
    pub fn bearers(&self, id: PositionId, day: Day) -> Vec<EntityId> {
        let position = self.position(id);
        if let Some(bearer) = position.arguments[0] {
            return vec![bearer];
        }
        let Head::Position(head) = &self.rulebook.norm(position.norm).head else {
            return Vec::new();
        };
        let members: Vec<EntityId> = match &head.group {
            Some(Class::Party(treaty, role)) => {
                let spells = self.spells(*treaty, role.as_ref());
                let bound = spells.filter(|member| member.extent.at(day) != Readings::NONE);
                bound.map(|member| member.actor).collect()
            }
            Some(kind) => {
                let all = (0..self.rulebook.entities.len()).map(EntityId::new);
                all.filter(|entity| self.rulebook.is_of_kind(*entity, kind) == Some(true))
                    .collect()
            }
            None => Vec::new(),
        };
        let named = |actor: &EntityId| position.arguments.contains(&Some(*actor));
        let mut found: Vec<EntityId> = members.into_iter().filter(|actor| !named(actor)).collect();
        found.dedup();
        found
    }

    /// The answers that an actor's account gives to the questions.
    pub fn account(&self, actor: EntityId) -> Vec<Option<bool>> {
        super::settle::account(self.rulebook, self.scenario, &self.questions, actor)
    }

    /// The status of a position on a day, on the readings `given`: the first that fits on all of them, or on some.
    pub fn status(&mut self, id: PositionId, day: Day, given: Readings) -> Status {
        let position = &self.positions[id.index()];
        let space = &mut self.space;
        let at = |extent: &Extent, space: &mut Space| space.and(extent.at(day), given);
        let fate = position.fate();
        let checks = [
            (&fate.discharged, Status::Discharged),
            (&fate.displaced, Status::Displaced),
            (&fate.suspended, Status::Suspended),
            (&fate.violated, Status::Violated),
            (&fate.fulfilled, Status::Fulfilled),
            (&position.holds, Status::InForce),
        ];
        let arisen = at(&position.arisen, space);
        for (extent, status) in checks {
            let here = at(extent, space);
            if here != Readings::NONE && here == arisen {
                return status;
            }
        }
        if arisen != Readings::NONE {
            return Status::InForce;
        }
        let before = position.arisen.once(space);
        if space.and(before.at(day), given) == Readings::NONE {
            Status::NotYet
        } else {
            Status::Lapsed
        }
    }

    /// The readings on which a position has a status on a day (M5: the first that fits).
    pub fn status_readings(&mut self, id: PositionId, status: Status, day: Day) -> Readings {
        let position = &self.positions[id.index()];
        let space = &mut self.space;
        let arisen = position.arisen.at(day);
        let ever = position.arisen.once(space).at(day);
        let mut rest = ever;
        let fate = position.fate();
        let order = [
            (fate.discharged.at(day), Status::Discharged),
            (space.and(fate.displaced.at(day), arisen), Status::Displaced),
            (fate.suspended.at(day), Status::Suspended),
            (fate.violated.at(day), Status::Violated),
            (fate.fulfilled.at(day), Status::Fulfilled),
            (arisen, Status::InForce),
        ];
        for (readings, own) in order {
            let here = space.and(rest, readings);
            if own == status {
                return here;
            }
            rest = space.without(rest, here);
        }
        if status == Status::Lapsed {
            rest
        } else {
            space.not(ever)
        }
    }

    /// The unbroken time around `day` in which the position holds on some reading of `given`.
    pub fn stretch(&mut self, id: PositionId, day: Day, given: Readings) -> Option<Days> {
        self.positions[id.index()]
            .holds
            .stretch(day, given, &mut self.space)
    }
}

/// Whether the arguments of a position are those wanted; `any state` stands for whoever is wanted.
pub(super) fn fits(
    wanted: &[Option<EntityId>; SLOTS],
    own: &[Option<EntityId>; SLOTS],
    classes: &[Option<Class>; SLOTS],
) -> bool {
    (0..SLOTS).all(|slot| {
        wanted[slot].is_none()
            || wanted[slot] == own[slot]
            || (slot > 0 && own[slot].is_none() && classes[slot].is_some())
    })
}
