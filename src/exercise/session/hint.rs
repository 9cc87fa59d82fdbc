//! Hints in three steps, made from the derivation: where to look, what matters there, and nearly all of it.

use super::entry::Ask;
use super::state::Session;
use crate::exercise::{Obligations, QuestionKind, Viewer, key, near_misses, offer};

impl Session<'_> {
    /// The hint after so many; `None`: there are no more.
    pub fn hint(&self, ask: &Ask, taken: u32) -> Option<String> {
        let (_, question) = self.exercise.question(&ask.question)?;
        let role = self.exercise.role_named(&ask.role)?;
        let world = self.world_of(&ask.question)?;
        if let QuestionKind::Obligations(asked) = &question.kind {
            return self.hint_on_obligations(ask, asked, taken);
        }
        let offer = offer(self.pack, world, question, role);
        let rights = offer
            .options
            .iter()
            .filter(|it| it.right == Some(true))
            .count();
        let wrong = offer.options.iter().find(|it| it.right == Some(false));
        match taken {
            0 if offer.several => Some(format!("{rights} of them are right")),
            0 => wrong.map(|wrong| format!("it is not this: {}", wrong.text)),
            1 if offer.several => wrong.map(|wrong| format!("it is not this: {}", wrong.text)),
            _ => None,
        }
    }

    fn hint_on_obligations(&self, ask: &Ask, asked: &Obligations, taken: u32) -> Option<String> {
        let role = self.exercise.role_named(&ask.role)?;
        let world = self.world_of(&ask.question)?;
        // A hint says nothing that the role could not find out.
        let viewer = Viewer::Seat(role);
        let party = self.exercise.role(role).party;
        let key = key(self.pack, world, viewer, asked, party);
        match (taken, key.first()) {
            (0, Some(item)) => Some(format!("look at {}", item.citation)),
            (0, None) => Some("look at what each clause asks for before it binds".to_owned()),
            (1, _) => {
                let bearers: Vec<_> = party.into_iter().collect();
                let miss = near_misses(self.pack, world, viewer, asked, &bearers);
                let miss = miss.into_iter().next()?;
                let failing = miss.failing.first()?;
                Some(format!(
                    "one clause comes close, but {failing} ({})",
                    miss.citation
                ))
            }
            (2, Some(item)) => {
                let act = item.sentence.split_once(' ').map_or("", |(_, act)| act);
                Some(format!("somebody {act}"))
            }
            _ => None,
        }
    }
}
