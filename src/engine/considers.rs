//! What somebody considers to be so.

use super::asked::says_where;
use super::position::Binding;
use super::run::Run;
use super::solve::{Then, bind, copied, value};
use crate::extent::Extent;
use crate::model::condition::{Class, Condition};
use crate::model::ids::{EntityId, TreatyId};
use crate::model::sentence::Term;

impl<'a, 'e> Run<'a, 'e> {
    /// It is established, or `who` asserts it.
    pub(super) fn considers(
        &mut self,
        who: Term,
        what: &'e Condition,
        within: Option<TreatyId>,
        binding: &mut Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        if value(who, binding).is_none() && says_where(what, who) {
            // What is named only to say where waits until it is known who that is.
            for actor in self.who_considers(who, binding) {
                let mut inner = copied(binding);
                if bind(who, Some(actor), &mut inner) {
                    self.considers(who, what, within, &mut inner, then);
                }
            }
            return;
        }
        self.solutions(what, within, binding, &mut |run, binding, extent, depth| {
            let among = run.who_considers(who, binding);
            run.on_each_account((who, &among), (extent, depth), binding, then);
        });
    }

    /// Whom a term means that says who considers something: each actor, if nobody is named; nobody but actors considers anything.
    pub(crate) fn who_considers(&mut self, who: Term, binding: &Binding) -> Vec<EntityId> {
        let Some(named) = value(who, binding) else {
            return self.class_members(&Class::Actor);
        };
        let is_actor = self.engine.rulebook.is_of_kind(named, &Class::Actor) == Some(true);
        is_actor.then_some(named).into_iter().collect()
    }

    /// The days and readings on which each of these considers to be so what is so on the ones given.
    pub(crate) fn on_each_account(
        &mut self,
        (who, among): (Term, &[EntityId]),
        (extent, depth): (&Extent, u32),
        binding: &Binding,
        then: Then<'_, 'a, 'e>,
    ) {
        for actor in among {
            let mut inner = binding.clone();
            if bind(who, Some(*actor), &mut inner) {
                let whole = self.on_account(extent, *actor);
                if !whole.is_never() {
                    then(self, &mut inner, &whole, depth);
                }
            }
        }
    }

    /// The extent, or what it would be if every fact that `actor` asserts were true and every one it denies false.
    pub(crate) fn on_account(&mut self, extent: &Extent, actor: EntityId) -> Extent {
        let answers = self.asserted(actor);
        if answers.iter().all(Option::is_none) {
            return extent.clone();
        }
        let space = &mut self.space;
        let settled = extent.map(|readings| {
            space.settle(readings, &|question| {
                answers.get(question as usize).copied().flatten()
            })
        });
        extent.or(&settled, &mut self.space)
    }
}
