//! The life of a treaty (M3): when it is in force, and for whom.

use super::bearing::{asked, asks_any};
use super::gathered::walk;
use super::run::Run;
use crate::calendar::{Day, Days};
use crate::extent::{Extent, Readings, Space};
use crate::model::condition::Condition;
use crate::model::ids::{EntityId, PredicateId, TreatyId};
use crate::model::treaty::{Entry, Treaty};
use std::ops::Deref;
use std::sync::Arc;

/// The most times that a life which leads back to itself is worked out; each settles at least one more day.
const MOST_TURNS: usize = 1_000;

/// When a treaty is in force, and who is bound when.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Life {
    pub(crate) in_force: Extent,
    /// From the first day on which it is in force to the last.
    pub(crate) hull: Option<Days>,
    /// Sorted by actor; days out of force are left out already.
    pub(crate) members: Vec<Member>,
}

/// One spell of membership.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) actor: EntityId,
    pub(crate) role: Option<String>,
    pub(crate) extent: Extent,
}

impl Life {
    pub(super) fn new(in_force: Extent, members: Vec<Member>) -> Self {
        Self {
            hull: in_force.hull(),
            in_force,
            members,
        }
    }

    /// All spells of an actor.
    pub(crate) fn of(&self, actor: EntityId) -> &[Member] {
        let first = self.members.partition_point(|member| member.actor < actor);
        let count = self.members[first..].partition_point(|member| member.actor == actor);
        &self.members[first..first + count]
    }
}

/// A life as a run knows it: worked out for it alone, or once for all runs.
#[derive(Clone)]
pub(crate) enum KnownLife<'a> {
    Own(Arc<Life>),
    Recorded(&'a Arc<Life>),
}

impl Deref for KnownLife<'_> {
    type Target = Arc<Life>;

    fn deref(&self) -> &Arc<Life> {
        match self {
            Self::Own(life) => life,
            Self::Recorded(life) => life,
        }
    }
}

impl<'a, 'e> Run<'a, 'e> {
    /// The life of a treaty under the facts of this run.
    pub(crate) fn life(&mut self, id: TreatyId) -> KnownLife<'a> {
        if let Some(known) = &self.lives[id.index()] {
            return known.clone();
        }
        // A treaty whose life leads back to itself sees itself as not in force, at first.
        self.lives[id.index()] = Some(KnownLife::Own(Arc::default()));
        let life = if self.is_touched(id) || self.engine.derived_lives[id.index()] {
            KnownLife::Own(self.own_life(id))
        } else {
            self.recorded_life(id)
        };
        self.lives[id.index()] = Some(life.clone());
        life
    }

    /// The life by the record alone, worked out once for all runs where it raises no question.
    fn recorded_life(&mut self, id: TreatyId) -> KnownLife<'a> {
        let engine = self.engine;
        let known = engine.lives[id.index()].get_or_init(|| {
            let mut alone = Run::of_record(engine, self.horizon);
            let life = alone.life(id);
            let settled = alone.questions.is_empty() && !alone.cut_off;
            settled.then(|| Arc::clone(&life))
        });
        // A term may be renewed beyond the horizon of the run that worked it out.
        match known {
            Some(life) if engine.rulebook.treaty(id).term.is_none() => KnownLife::Recorded(life),
            _ => KnownLife::Own(self.own_life(id)),
        }
    }

    /// The life under the facts of this run; one that leads back to itself is the least that it comes to.
    fn own_life(&mut self, id: TreatyId) -> Arc<Life> {
        self.living.push(id);
        let mut life = Arc::new(self.make_life(id));
        if self.engine.leads_back[id.index()] {
            let mut before = Arc::default();
            for turn in 0.. {
                self.cut_off |= turn == MOST_TURNS;
                if life == before || turn == MOST_TURNS {
                    break;
                }
                self.lives[id.index()] = Some(KnownLife::Own(Arc::clone(&life)));
                self.forget_what_leans_on(id);
                before = life;
                life = Arc::new(self.make_life(id));
            }
        }
        self.living.pop();
        life
    }

    /// The lives that rest on another are to be worked out again, but for those that are being worked out.
    fn forget_what_leans_on(&mut self, id: TreatyId) {
        let engine = self.engine;
        let mut open: Vec<TreatyId> = engine.dependants[id.index()].clone();
        let mut seen = self.living.clone();
        while let Some(treaty) = open.pop() {
            if !seen.contains(&treaty) {
                seen.push(treaty);
                self.lives[treaty.index()] = None;
                open.extend(&engine.dependants[treaty.index()]);
            }
        }
    }

    /// The lives that rest on norms of a level are to be worked out again: its norms may have given rise to more.
    pub(crate) fn forget_lives_made_on(&mut self, level: usize) {
        let engine = self.engine;
        for treaty in &engine.lives_made[level] {
            self.lives[treaty.index()] = None;
            self.forget_what_leans_on(*treaty);
        }
    }

    fn make_life(&mut self, id: TreatyId) -> Life {
        let treaty = self.engine.rulebook.treaty(id);
        let entered = self.entered(treaty, id);
        let begun = match treaty.provisional {
            Some(day) => entered.or(&Extent::from(day, Readings::ALL), &mut self.space),
            None => entered.clone(),
        };
        let validity = match treaty.while_in_force {
            Some(on) => self.life(on).in_force.and(&begun, &mut self.space),
            None => begun,
        };
        // Who has left is no party any more when it is asked whether the parties want an end.
        let leavers = self.leavers(treaty, &validity);
        let ended = self.ended(treaty, id, &leavers);
        let before = validity.without(&ended, &mut self.space);
        let leavers = self.leavers(treaty, &before);
        let renounced = self.renounced(treaty, id, &entered, &leavers);
        let in_force = before.without(&renounced, &mut self.space);
        let members = self.members(treaty, &in_force, Some(&leavers));
        Life::new(in_force, members)
    }

    /// From its entry into force on, provisional application left aside.
    pub(crate) fn entered(&mut self, treaty: &'e Treaty, id: TreatyId) -> Extent {
        match &treaty.entry {
            Entry::Stated(days) => Extent::days(*days, Readings::ALL),
            Entry::When(condition) => self
                .own_condition(condition, treaty, id, &[])
                .once(&mut self.space),
            Entry::Never => Extent::never(),
        }
    }

    /// A condition on which the life of the treaty depends: `party` means whoever is listed or has acceded.
    pub(super) fn own_condition(
        &mut self,
        condition: &'e Condition,
        treaty: &'e Treaty,
        id: TreatyId,
        leavers: &[Event],
    ) -> Extent {
        let own = Arc::new(self.signatories(treaty, leavers));
        self.know_lives(condition, id);
        let before = self.lives[id.index()].replace(KnownLife::Own(own));
        let mut binding = super::position::Binding::new();
        let extent = self.truth(condition, Some(id), &mut binding);
        self.lives[id.index()] = before;
        extent
    }

    /// Works out the lives of the other treaties about which a condition asks: to them the treaty itself is what it is, not what
    /// its own condition takes it to be.
    pub(crate) fn know_lives(&mut self, condition: &Condition, id: TreatyId) {
        let rulebook = self.engine.rulebook;
        let mut asked = asked(condition, rulebook);
        let mut any = false;
        walk(condition, &mut |part| any |= asks_any(part));
        if any {
            asked = (0..rulebook.treaties.len() as u32).map(TreatyId).collect();
        }
        for other in asked.into_iter().filter(|other| *other != id) {
            self.life(other);
        }
    }

    /// Facts of a verb of treaty life that name the treaty in slot 1.
    pub(super) fn events_about(
        &self,
        predicate: Option<PredicateId>,
        treaty: EntityId,
    ) -> Vec<Event> {
        let Some(predicate) = predicate else {
            return Vec::new();
        };
        let facts = self.find(predicate, [None, Some(treaty)]);
        let event = |index: u32| {
            let fact = self.fact(index);
            Some(Event {
                subject: fact.arguments[0]?,
                extent: fact.extent.clone(),
                denounces: false,
            })
        };
        facts.into_iter().filter_map(event).collect()
    }
}

/// Each day on which it begins to hold, what always held included, and the readings on which it then does.
pub(crate) fn beginnings(extent: &Extent, space: &mut Space) -> Vec<(Day, Readings)> {
    let onsets = extent.onsets(space);
    std::iter::once(&(Day::FIRST, extent.at(Day::FIRST)))
        .chain(onsets.changes())
        .filter(|(_, readings)| *readings != Readings::NONE)
        .copied()
        .collect()
}

/// Something done about a treaty.
#[derive(Clone)]
pub(crate) struct Event {
    pub(super) subject: EntityId,
    pub(super) extent: Extent,
    /// Whether it denounces the treaty itself.
    pub(super) denounces: bool,
}
