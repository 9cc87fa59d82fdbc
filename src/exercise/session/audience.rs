//! Who looks on, and which entries of the log each may hear of.

use super::entry::{Entry, Happening};
use super::state::Session;
use crate::exercise::{Change, Channel, InjectId, Question, RoleId, Viewer};

/// Somebody who looks on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The exercise staff.
    Facilitator,
    /// Those who watch and rate.
    Evaluator,
    /// The screen that all see.
    Projector,
    /// A role.
    Team(RoleId),
}

impl Audience {
    /// Whose facts it sees.
    pub fn viewer(self) -> Viewer {
        match self {
            Self::Facilitator | Self::Evaluator => Viewer::Truth,
            Self::Projector => Viewer::Public,
            Self::Team(role) => Viewer::Seat(role),
        }
    }

    fn is_staff(self) -> bool {
        matches!(self, Self::Facilitator | Self::Evaluator)
    }

    fn is(self, session: &Session<'_>, role: &str) -> bool {
        matches!(self, Self::Team(own) if session.exercise.role(own).id == role)
    }
}

impl Session<'_> {
    /// Whether an audience gets what is sent to these roles: the screen gets what all that play get.
    pub fn gets(&self, audience: Audience, to: &[RoleId]) -> bool {
        match audience {
            Audience::Facilitator | Audience::Evaluator => true,
            Audience::Team(role) => to.contains(&role),
            Audience::Projector => self.exercise.playing().all(|role| to.contains(&role)),
        }
    }

    /// What an audience is told of an entry; `None`: nothing.
    pub fn news(&self, audience: Audience, entry: &Entry) -> Option<String> {
        let own = |role: &str| audience.is_staff() || audience.is(self, role);
        match &entry.happening {
            Happening::Released { inject, .. } => {
                let id = self.exercise.inject_named(inject)?;
                let mut released = self.released.iter();
                let released = released.find(|it| it.sequence == entry.sequence);
                let to = released.map_or(&self.exercise.inject(id).to, |it| &it.to);
                self.gets(audience, to).then(|| self.arrives(id))
            }
            Happening::Inserted { to, .. } => {
                let to = self.roles_named(to);
                let told = || "New message".to_owned();
                self.gets(audience, &to).then(told)
            }
            Happening::Undone { entry } => {
                let undone = self
                    .log
                    .get(usize::try_from(*entry).ok()?.checked_sub(1)?)?;
                self.news(audience, undone)?;
                Some("A message was taken back".to_owned())
            }
            Happening::Answered { role, question, .. } => {
                own(role).then(|| format!("Handed in: {question}, {role}"))
            }
            Happening::Hinted { role, question } => own(role).then(|| format!("Hint: {question}")),
            Happening::Granted { role, minutes } => {
                own(role).then(|| format!("{minutes} minutes more for {role}"))
            }
            Happening::Joined { role, name } => own(role).then(|| format!("{name} joins {role}")),
            Happening::Overridden { role, question, .. }
            | Happening::Dissented { role, question, .. } => {
                own(role).then(|| format!("{question}: the record of {role} has changed"))
            }
            Happening::Effected { role, question } => {
                let touched = self.touched(role, question);
                let told = || "The situation has changed".to_owned();
                self.gets(audience, &touched).then(told)
            }
            Happening::Closed { question } => {
                let told = || format!("{question} is closed");
                self.asks(audience, question).then(told)
            }
            Happening::Revealed { question } => {
                let told = || format!("The answers to {question} are shown");
                self.asks(audience, question).then(told)
            }
            Happening::Argued { role, .. } => own(role).then(|| format!("{role} argues a point")),
            Happening::Settled { fact, .. } => {
                let told = || "The staff have decided a contested point".to_owned();
                self.world.is_known(fact, audience.viewer()).then(told)
            }
            Happening::ClockSet { .. } => Some("The clock was set".to_owned()),
            Happening::Paused => Some("The clock stands".to_owned()),
            Happening::Resumed => Some("The clock runs".to_owned()),
            Happening::Ended => Some("The exercise is over".to_owned()),
            Happening::Noted { .. } => audience.is_staff().then(|| "Noted".to_owned()),
            Happening::Began { .. }
            | Happening::Held { .. }
            | Happening::Bookmarked { .. }
            | Happening::Reflected { .. } => {
                (audience == Audience::Facilitator).then(|| "Noted".to_owned())
            }
        }
    }

    fn arrives(&self, id: InjectId) -> String {
        let inject = self.exercise.inject(id);
        let kind = match inject.channel {
            Channel::Cable => "Cable",
            Channel::News => "News",
            Channel::Intelligence => "Intelligence",
            Channel::Call => "Call",
            Channel::Map => "Mark on the map",
        };
        match &inject.from {
            Some(from) => format!("{kind} from {from}"),
            None => kind.to_owned(),
        }
    }

    /// A question concerns those asked; the screen, if all were told the inject that asks it.
    fn asks(&self, audience: Audience, question: &str) -> bool {
        let Some((inject, question)) = self.exercise.question(question) else {
            return false;
        };
        self.gets(audience, &question.to) && self.gets_inject(audience, inject)
    }

    /// A team that is asked hears of it even if it does not get the text.
    fn gets_inject(&self, audience: Audience, inject: InjectId) -> bool {
        matches!(audience, Audience::Team(_))
            || self.gets(audience, &self.exercise.inject(inject).to)
    }

    /// The roles that know of what a decision changed.
    fn touched(&self, role: &str, question: &str) -> Vec<RoleId> {
        let mut decisions = self.decisions.iter().rev();
        let decided = decisions.find(|it| it.ask.role == role && it.ask.question == question);
        let option = decided.map(|decided| decided.option.as_str());
        let changes = self.changes(question, option.unwrap_or_default());
        let everybody = || self.exercise.playing().collect::<Vec<RoleId>>();
        let mut found: Vec<RoleId> = self.exercise.role_named(role).into_iter().collect();
        for change in changes {
            match change {
                Change::Add(_, known_to) | Change::Reveal(_, known_to) => found.extend(known_to),
                _ => found.extend(everybody()),
            }
        }
        found
    }

    /// The questions that an audience may see now, with the entry that asked them, in order.
    pub fn put_to(&self, audience: Audience) -> Vec<(&Question, u64)> {
        let released = self.released.iter();
        let questions = released.flat_map(|released| {
            let inject = self.exercise.inject(released.inject);
            let questions = inject.questions.iter();
            questions.map(|question| (question, released.sequence))
        });
        questions
            .filter(|(question, _)| self.gets(audience, &question.to))
            .collect()
    }
}

/// How an inject comes, in a word.
pub fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Cable => "cable",
        Channel::News => "news",
        Channel::Intelligence => "intelligence",
        Channel::Call => "call",
        Channel::Map => "mark on the map",
    }
}
