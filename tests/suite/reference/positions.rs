//! Which positions hold today, and what becomes of them (M4-M7, C16-C21).

use super::acts::Shape;
use super::facts::{arguments, visible};
use super::state::{Instance, Key, Life, Position};
use super::{At, Bindings, Naive};
use casus::calendar::Day;
use casus::model::condition::{Condition, Tense};
use casus::model::ids::{EntityId, NormId, PredicateId};
use casus::model::norm::{Deadline, Head, Modality, Mode, Norm, PositionHead};
use std::collections::BTreeMap;

/// A binding that makes the conditions true today.
struct Way {
    bindings: Bindings,
    depth: u32,
    applies: bool,
}

impl Naive<'_> {
    pub(super) fn head(&self, id: NormId) -> &PositionHead {
        match &self.norm(id).head {
            Head::Position(head) => head,
            Head::Deem(_) => panic!("a position of a norm that grants none"),
        }
    }

    /// M4 and what discharges, for all positions of a norm.
    pub(super) fn hold(&mut self, at: At, id: NormId) -> bool {
        let norm = self.norm(id);
        let at = At {
            scope: norm.treaty,
            ..at
        };
        let mut ways: BTreeMap<Key, Vec<Way>> = BTreeMap::new();
        if self.is_there(at, norm) {
            for (bindings, depth) in self.solve(at, norm) {
                if let Some(key) = self.key(id, &bindings) {
                    let applied = |day| self.counts(At { day, ..at }, norm, &bindings);
                    let applies = applied(at.day);
                    // A way in which the treaty has not yet applied keeps nothing up (C16).
                    if applies || (0..at.day).any(applied) {
                        ways.entry(key).or_default().push(Way {
                            bindings,
                            depth,
                            applies,
                        });
                    }
                }
            }
        }
        let known: Vec<Key> = self
            .yesterday(at)
            .into_iter()
            .flat_map(|yesterday| yesterday.positions.keys())
            .filter(|key| key.norm == id)
            .cloned()
            .collect();
        for key in known {
            ways.entry(key).or_default();
        }
        let mut changed = false;
        for (key, ways) in ways {
            let known = self
                .yesterday(at)
                .is_some_and(|yesterday| yesterday.positions.contains_key(&key));
            if !known && !ways.iter().any(|way| way.applies) {
                continue;
            }
            let state = self.held(at, &key, &ways);
            if !state.ever_held {
                continue;
            }
            let today = &mut self.worlds[at.world].days[at.day].positions;
            let same = today.get(&key) == Some(&state);
            if !same {
                today.insert(key, state);
                changed = true;
            }
        }
        changed
    }

    /// The position that a binding stands for; none if the bearer would owe an act to itself.
    fn key(&self, id: NormId, bindings: &Bindings) -> Option<Key> {
        let head = self.head(id);
        let arguments = arguments(&head.act, bindings);
        let bearer = arguments[0];
        assert_eq!(
            bearer.is_some(),
            head.mode == Mode::Each,
            "a bearer or a group"
        );
        if bearer.is_some() && arguments[1..].contains(&bearer) {
            return None;
        }
        Some(Key {
            norm: id,
            bearer,
            arguments,
        })
    }

    /// Who bears the position today.
    fn bearers(&self, at: At, key: &Key) -> Vec<EntityId> {
        if let Some(bearer) = key.bearer {
            return vec![bearer];
        }
        let named = self.named(key);
        self.head(key.norm)
            .group
            .iter()
            .flat_map(|group| self.members(at, group))
            .filter(|member| !named.contains(member))
            .collect()
    }

    /// The treaty applies, and every act of a moment behind `when` was done while it was in force (M4).
    fn counts(&self, at: At, norm: &Norm, bindings: &Bindings) -> bool {
        let mut conditions = norm.conditions[..norm.when].iter();
        self.applies(at, norm, bindings)
            && (!norm.triggered
                || conditions.all(|condition| self.was_done(at, norm, condition, bindings)))
    }

    fn of_a_moment(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Sentence {
                pattern,
                tense: Tense::Present,
            } => self.may_be_momentary(pattern.predicate),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().any(|part| self.of_a_moment(part))
            }
            _ => false,
        }
    }

    /// Whether the act, or a kind of it, does not last.
    fn may_be_momentary(&self, wanted: PredicateId) -> bool {
        let all = self.rulebook.predicates.iter().enumerate();
        let mut momentary = all.filter(|(_, predicate)| !predicate.lasts);
        momentary.any(|(index, _)| {
            let act = Shape {
                predicate: PredicateId(index as u16),
                arguments: Default::default(),
                classes: Default::default(),
            };
            self.broadened(act)
                .iter()
                .any(|act| act.predicate == wanted)
        })
    }

    fn was_done(&self, at: At, norm: &Norm, condition: &Condition, bindings: &Bindings) -> bool {
        match condition {
            condition if !self.of_a_moment(condition) => true,
            Condition::Sentence {
                pattern,
                tense: Tense::Present,
            } => (0..=at.day).any(|day| {
                let then = At { day, ..at };
                let said = |instance: &Instance| {
                    visible(instance, at.scope)
                        && self.occurs(then, instance)
                        && !self.matches(then, pattern, instance, bindings).is_empty()
                };
                // What has always been so was never done.
                day == 0 && self.holds(then, condition, bindings)
                    || self.today(then).instances().any(said)
                        && self.reaches(then, norm, &|life| life.in_force)
            }),
            Condition::All(parts) => parts
                .iter()
                .all(|part| self.was_done(at, norm, part, bindings)),
            Condition::Any(parts) => parts.iter().any(|part| {
                self.holds(at, part, bindings) && self.was_done(at, norm, part, bindings)
            }),
            _ => true,
        }
    }

    /// The treaty binds everyone whom it must bind; the bearers of a joint position are bound because they are its members.
    fn applies(&self, at: At, norm: &Norm, bindings: &Bindings) -> bool {
        norm.dates.contains(self.day(at.day))
            && self.reaches(at, norm, &|life| {
                life.in_force
                    && norm.parties.iter().all(|(term, role)| {
                        let who = super::facts::value(*term, bindings);
                        who.is_some_and(|who| life.is_member(who, role.as_ref()))
                    })
            })
    }

    /// It is so of the treaty today, or later if it is retroactive, or before if the norm outlives it.
    fn reaches(&self, at: At, norm: &Norm, so: &dyn Fn(&Life) -> bool) -> bool {
        let Some(treaty) = norm.treaty else {
            return false;
        };
        let later = self
            .foreseen
            .iter()
            .filter(|_| self.rulebook.treaty(treaty).retroactive)
            .flat_map(|worlds| worlds[at.world].iter().skip(at.day));
        so(&self.today(at).lives[treaty.index()])
            || later.into_iter().any(|lives| so(&lives[treaty.index()]))
            || self.outlives(norm)
                && (0..at.day).any(|day| {
                    let past = &self.today(At { day, ..at }).lives;
                    so(&past[treaty.index()])
                })
    }

    fn outlives(&self, norm: &Norm) -> bool {
        matches!(&norm.head, Head::Position(head) if head.outlives)
    }

    fn held(&self, at: At, key: &Key, ways: &[Way]) -> Position {
        let norm = self.norm(key.norm);
        let head = self.head(key.norm);
        let day = self.day(at.day);
        let before = self
            .yesterday(at)
            .and_then(|yesterday| yesterday.positions.get(key))
            .cloned()
            .unwrap_or_default();
        let bearers = self.bearers(at, key);
        let conditions = !ways.is_empty();
        let carried = norm.triggered && before.alive;
        let stays = norm.triggered
            && head.modality == Modality::Duty
            && head.deadline.is_some()
            && before.would_hold
            && !before.over();
        let by_conditions = ways.iter().any(|way| way.applies || carried);
        let would_hold = !bearers.is_empty() && (by_conditions || stays);
        let mut state = if would_hold && !before.alive {
            Position {
                arose: Some(if at.day == 0 { Day::FIRST } else { day }),
                ever_held: true,
                depth: if before.ever_held {
                    before.depth
                } else {
                    least_depth(ways, carried)
                },
                assumed: before.assumed.clone(),
                ..Position::default()
            }
        } else {
            before.clone()
        };
        state.would_hold = would_hold;
        state.conditions = conditions;
        state.bearers = bearers;
        state.suspended = false;
        state.displaced = false;
        if would_hold {
            for way in ways {
                if !state.bindings.contains(&way.bindings) {
                    state.bindings.push(way.bindings.clone());
                }
            }
            state.bindings.sort();
            self.discharge(at, key, &mut state);
        }
        // What has always been broken was never broken first.
        let lapsed = head.lapses_on_breach && state.broken && !state.always_broken;
        state.holds = would_hold && !state.discharged && !lapsed;
        state.alive = would_hold && (conditions || !state.over());
        state
    }

    fn discharge(&self, at: At, key: &Key, state: &mut Position) {
        let head = self.head(key.norm);
        if let Some(until) = &head.until {
            state.discharged |= self.comes_true(at, until, state);
        }
        let released = self.released_today(at, key, state);
        state.released.extend(released);
        state.discharged |= state
            .bearers
            .iter()
            .all(|bearer| state.released.contains(bearer));
        if head.mode == Mode::AnyOne && head.modality != Modality::Prohibition && !state.discharged
        {
            state.discharged = state
                .bearers
                .iter()
                .any(|bearer| self.acts_today(at, key, &state.bindings, *bearer));
        }
    }

    /// Performance, suspension, displacement and breach, for all positions of a norm.
    pub(super) fn come_out(&mut self, at: At, id: NormId) -> bool {
        let at = At {
            scope: self.norm(id).treaty,
            ..at
        };
        let mut changed = false;
        let keys: Vec<Key> = self
            .today(at)
            .positions
            .keys()
            .filter(|key| key.norm == id)
            .cloned()
            .collect();
        for key in keys {
            let state = self.came_out(at, &key);
            let today = &mut self.worlds[at.world].days[at.day].positions;
            if today.get(&key) != Some(&state) {
                today.insert(key, state);
                changed = true;
            }
        }
        changed
    }

    fn came_out(&self, at: At, key: &Key) -> Position {
        let head = self.head(key.norm);
        let mut state = self.today(at).positions[key].clone();
        let same_episode = |before: &&Position| before.arose == state.arose;
        let before = self
            .yesterday(at)
            .and_then(|yesterday| yesterday.positions.get(key))
            .filter(same_episode)
            .cloned()
            .unwrap_or_default();
        state.suspended = self.is_suspended(at, key, &state);
        state.displaced = self.is_displaced(at, key, &state);
        state.performed = before.performed.clone();
        if state.holds && head.modality != Modality::Prohibition && head.mode != Mode::AnyOne {
            for bearer in &state.bearers {
                if self.acts_today(at, key, &state.bindings, *bearer) {
                    state.performed.insert(*bearer);
                }
            }
        }
        state.fulfilled = before.fulfilled
            || state.would_hold
                && head.modality != Modality::Prohibition
                && head.mode != Mode::AnyOne
                && state
                    .bearers
                    .iter()
                    .all(|bearer| state.performed.contains(bearer));
        state.broken = before.broken || state.would_hold && self.breaks(at, key, &state, &before);
        state.always_broken = before.always_broken || at.day == 0 && state.broken;
        state.alive = state.would_hold && (state.conditions || !state.over());
        state
    }

    /// The day on which the position arose, and the last day for doing what it demands.
    fn deadline(&self, at: At, key: &Key, state: &Position) -> Option<(Day, Day)> {
        let arose = state.arose?;
        if !self.unbound(self.norm(key.norm)).is_empty() && !self.norm(key.norm).triggered {
            return None;
        }
        let last = match self.head(key.norm).deadline? {
            Deadline::Within(period) => self.later(at, arose, period),
            Deadline::By(day) => day,
        };
        Some((arose, last))
    }

    /// The deadline of a duty that holds or would hold; one that passed before the duty arose is none (C21).
    pub(super) fn due(&self, key: &Key, state: &Position) -> Option<(Day, Day)> {
        let at = At {
            scope: self.norm(key.norm).treaty,
            ..At::of(0, 0)
        };
        let (arose, last) = self.deadline(at, key, state)?;
        let counts = self.head(key.norm).modality == Modality::Duty && state.would_hold;
        (counts && arose > Day::FIRST && last >= arose).then_some((arose, last))
    }

    /// Whether a violation begins today (M7).
    fn breaks(&self, at: At, key: &Key, state: &Position, before: &Position) -> bool {
        let head = self.head(key.norm);
        let exposed = state.holds && !state.displaced && !state.suspended;
        let day = self.day(at.day);
        match head.modality {
            Modality::Duty => {
                let deadline = self.deadline(at, key, state);
                let kept = before.over() || before.displaced || before.suspended;
                let missed = deadline
                    .is_some_and(|(_, last)| last.next() == day && before.would_hold && !kept);
                let refused = exposed
                    && state
                        .bearers
                        .iter()
                        .any(|bearer| self.refuses_today(at, key, &state.bindings, *bearer));
                missed
                    || refused
                    || exposed && !state.fulfilled && self.comes_too_late(at, key, state)
            }
            Modality::Prohibition => {
                exposed
                    && state
                        .bearers
                        .iter()
                        .any(|bearer| self.acts_today(at, key, &state.bindings, *bearer))
            }
            Modality::Permission | Modality::Power => false,
        }
    }

    /// Whether what the act should come before comes true today.
    fn comes_too_late(&self, at: At, key: &Key, state: &Position) -> bool {
        let norm = self.norm(key.norm);
        let before = self.head(key.norm).before.as_ref();
        (norm.triggered || self.unbound(norm).is_empty())
            && before.is_some_and(|before| self.comes_true(at, before, state))
    }

    /// M9: whether what a standing duty should be done before comes true on a day on which the duty holds or would hold.
    pub(super) fn is_preceded(&self, key: &Key) -> bool {
        (0..self.worlds[0].days.len()).any(|day| {
            let at = At {
                scope: self.norm(key.norm).treaty,
                ..At::of(0, day)
            };
            let state = self.worlds[0].days[day].positions.get(key);
            state.is_some_and(|state| state.would_hold && self.comes_too_late(at, key, state))
        })
    }

    /// What has always been so does not come true.
    fn comes_true(&self, at: At, condition: &Condition, state: &Position) -> bool {
        let yesterday = at.day.checked_sub(1).map(|day| At { day, ..at });
        state.bindings.iter().any(|bindings| {
            self.holds(at, condition, bindings)
                && yesterday.is_some_and(|yesterday| !self.holds(yesterday, condition, bindings))
        })
    }
}

fn least_depth(ways: &[Way], carried: bool) -> u32 {
    ways.iter()
        .filter(|way| way.applies || carried)
        .map(|way| way.depth)
        .min()
        .unwrap_or(0)
}
