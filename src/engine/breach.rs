//! When a position is violated (M7).

use super::left_open::left_open;
use super::performance::Wanted;
use super::run::Run;
use crate::calendar::{Day, Days};
use crate::extent::Extent;
use crate::model::ids::PredicateId;
use crate::model::norm::{Head, Modality, Norm, PositionHead};

impl<'e> Run<'_, 'e> {
    /// Violation (M7): a deadline passed, a refusal, or what was forbidden.
    pub(super) fn violate(&mut self, index: usize) {
        let norm = self.engine.rulebook.norm(self.positions[index].norm);
        let Head::Position(head) = &norm.head else {
            return;
        };
        let event = match head.modality {
            Modality::Duty if self.cannot_be_broken(head, index) => Extent::never(),
            Modality::Duty => {
                let refused = self.refusals(head, norm, index);
                let before = match &*left_open(norm) {
                    [] => self.comes_too_soon(index),
                    _ => Extent::never(),
                };
                let fulfilled = &self.positions[index].fate().fulfilled;
                let too_late = before.without(fulfilled, &mut self.space);
                let event = refused.or(&too_late, &mut self.space);
                let event = self.while_live(index, &event);
                event.or(&self.missed(index), &mut self.space)
            }
            Modality::Prohibition => {
                let done = self.forbidden(head, norm, index);
                self.while_live(index, &done)
            }
            Modality::Permission | Modality::Power => return,
        };
        let position = &self.positions[index];
        let violated = if event.is_never() {
            event
        } else {
            let anew = &position.fate().anew;
            position.arisen.latch_anew(&event, anew, &mut self.space)
        };
        self.positions[index].set(|fate| &mut fate.violated, violated);
    }

    /// Whether a duty has no deadline, and nobody refuses what it asks.
    fn cannot_be_broken(&self, head: &PositionHead, index: usize) -> bool {
        let position = &self.positions[index];
        let refusal = self.engine.rulebook.refusal(head.act.predicate);
        position.due.is_empty()
            && position
                .fate()
                .turns
                .iter()
                .all(|turn| turn.before.is_never())
            && refusal.is_none_or(|refusal| self.finds_nothing(refusal, [None, None]))
    }

    /// The days on which the `before` condition comes true by a way that has led to the position since it arose.
    pub(crate) fn comes_too_soon(&mut self, index: usize) -> Extent {
        let (position, space) = (&self.positions[index], &mut self.space);
        let fate = position.fate();
        let each = fate.turns.iter();
        each.fold(Extent::never(), |any, turn| {
            let since = position
                .arisen
                .latch_anew(&turn.conditions, &fate.anew, space);
            any.or(&turn.before.and(&since, space), space)
        })
    }

    /// Narrowed to the days on which a position holds, neither displaced nor suspended.
    fn while_live(&mut self, index: usize, extent: &Extent) -> Extent {
        if extent.is_never() {
            return Extent::never();
        }
        let (position, space) = (&self.positions[index], &mut self.space);
        let live = extent.and(&position.holds, space);
        let live = live.without(&position.fate().displaced, space);
        live.without(&position.fate().suspended, space)
    }

    /// The days after deadlines that passed without performance.
    fn missed(&mut self, index: usize) -> Extent {
        let position = &self.positions[index];
        let mut found = Extent::never();
        let fate = position.fate();
        for due in &position.due {
            let space = &mut self.space;
            let began = Days {
                first: due.arose,
                last: Day(due.arose.0 + i32::from(due.arose == Day::FIRST)),
            };
            // What has ceased meanwhile and arisen anew counts anew.
            let began = Extent::days(began, due.readings);
            let since = position.arisen.latch_anew(&began, &fate.anew, space);
            let mut late = since.at(due.last);
            for excuse in [
                &fate.fulfilled,
                &fate.discharged,
                &fate.displaced,
                &fate.suspended,
            ] {
                late = space.without(late, excuse.at(due.last));
            }
            let day = due.last.next();
            found = found.or(
                &Extent::days(
                    Days {
                        first: day,
                        last: day,
                    },
                    late,
                ),
                space,
            );
        }
        found
    }

    /// The days on which a bearer refuses what a duty asks.
    fn refusals(&mut self, head: &'e PositionHead, norm: &'e Norm, index: usize) -> Extent {
        match self.engine.rulebook.refusal(head.act.predicate) {
            Some(refusal) if !self.finds_nothing(refusal, [None, None]) => {
                self.done_by_bearers(refusal, None, (head, norm), index)
            }
            _ => Extent::never(),
        }
    }

    /// The days on which a bearer does what is forbidden.
    fn forbidden(&mut self, head: &'e PositionHead, norm: &'e Norm, index: usize) -> Extent {
        self.done_by_bearers(head.act.predicate, Some(head), (head, norm), index)
    }

    /// The days on which one who bears a position that day does something with those whom its act names, where `place` says.
    fn done_by_bearers(
        &mut self,
        predicate: PredicateId,
        place: Option<&'e PositionHead>,
        (head, norm): (&'e PositionHead, &'e Norm),
        index: usize,
    ) -> Extent {
        let mut found = Extent::never();
        let named = self.positions[index].arguments;
        for (actor, member) in self.performers(norm, &named) {
            let mut arguments = named;
            arguments[0] = Some(actor);
            let wanted = Wanted {
                predicate,
                arguments,
                classes: head.act.classes.each_ref().map(Option::as_ref),
                head: place,
            };
            let days = self
                .matching_acts(&wanted, index, norm)
                .and(&member, &mut self.space);
            found = found.or(&days, &mut self.space);
        }
        found
    }
}
