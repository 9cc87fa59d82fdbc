//! Several roles at one keyboard: who holds it, and what only that role may read.

use super::scene::arrival;
use super::told::prose;
use super::{Game, PlayError};
use crate::exercise::{InjectId, RoleId};

/// What changes while seats take turns.
#[derive(Default)]
pub struct Turn {
    /// The player wants to begin the question anew.
    pub(super) back: bool,
    /// Who holds the keyboard; `None`: all look.
    seat: Option<RoleId>,
    /// Who has read its brief.
    briefed: Vec<RoleId>,
    /// What was sent to some only, and not read yet.
    unread: Vec<(RoleId, InjectId)>,
}

impl Game<'_, '_> {
    /// Whether several roles share this keyboard.
    pub(super) fn is_shared(&self) -> bool {
        self.roles.len() > 1
    }

    /// What was sent waits for those who may read it, if they are not all that look.
    pub(super) fn keep_unread(&mut self, id: InjectId, to: &[RoleId]) {
        let own = self.roles.iter().filter(|role| to.contains(role));
        self.turn.unread.extend(own.map(|role| (*role, id)));
    }

    /// All may look again.
    pub(super) fn put_down(&mut self) {
        self.turn.seat = None;
    }

    /// Gives the keyboard to a role, which then reads what is for it alone.
    pub(super) fn hand_over(&mut self, role: RoleId) -> Result<(), PlayError> {
        if !self.is_shared() || self.turn.seat == Some(role) {
            return Ok(());
        }
        self.prompter
            .hand_over(&self.session.exercise.role(role).title)?;
        self.turn.seat = Some(role);
        if !self.turn.briefed.contains(&role) {
            self.turn.briefed.push(role);
            self.brief(role)?;
        }
        let unread = std::mem::take(&mut self.turn.unread);
        let (own, rest) = unread.into_iter().partition(|(to, _)| *to == role);
        self.turn.unread = rest;
        let own: Vec<(RoleId, InjectId)> = own;
        for (_, id) in own {
            let sent = &self.session.exercise.inject(id).text;
            let text = arrival(&self.session, id, sent, self.width());
            self.say(&text)?;
        }
        Ok(())
    }

    /// What a role reads first.
    pub(super) fn brief(&mut self, role: RoleId) -> Result<(), PlayError> {
        let role = self.session.exercise.role(role);
        let brief = prose(&role.brief, self.width());
        self.say(&format!("\nYour part: {}\n{brief}", role.title))
    }
}
