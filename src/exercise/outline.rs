//! An exercise, resolved: roles, injects, questions and what each changes.

pub use super::outline_question::*;
use crate::calendar::Day;
use crate::model::fact::PositionQuery;
use crate::model::ids::EntityId;
use crate::scenario::Event;
use crate::source::Span;

/// A role, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub usize);

/// An inject, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InjectId(pub usize);

/// A whole exercise.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// Its title.
    pub title: String,
    /// What stands on every page.
    pub marking: String,
    /// From 1 to 5.
    pub level: u32,
    /// Planned length, in minutes.
    pub minutes: u32,
    /// Where random choices start from.
    pub seed: u64,
    /// What everybody reads first.
    pub brief: String,
    /// A remark for the facilitator.
    pub note: Option<String>,
    /// How it is talked over at its end.
    pub hotwash: Hotwash,
    /// What is to be learnt.
    pub objectives: Vec<Objective>,
    /// Who takes part.
    pub roles: Vec<Role>,
    /// What happens.
    pub injects: Vec<Inject>,
}

/// Something to be learnt.
#[derive(Clone, Debug)]
pub struct Objective {
    /// Its short name.
    pub id: String,
    /// What it is.
    pub text: String,
    /// What an evaluator watches for.
    pub tasks: Vec<String>,
    /// The articles that it is about.
    pub articles: Vec<String>,
}

/// How an exercise is talked over at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hotwash {
    /// Planned length, in minutes, if one is planned.
    pub minutes: Option<u32>,
    /// What everybody is asked.
    pub prompts: Vec<String>,
    /// Nobody is told who said what.
    pub anonymous: bool,
}

/// A team, or an observer.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its short name.
    pub id: String,
    /// How it is shown.
    pub title: String,
    /// Whom it plays; an observer plays nobody.
    pub party: Option<EntityId>,
    /// What it alone reads first.
    pub brief: String,
    /// How many may sit there.
    pub seats: u32,
}

/// One step of the story.
#[derive(Clone, Debug)]
pub struct Inject {
    /// Its short name.
    pub id: String,
    /// Minutes after the start; `None`: by hand, or by a branch.
    pub at: Option<u32>,
    /// It comes in between, by hand or because nobody answered.
    pub shelf: bool,
    /// The day of the story.
    pub story: Day,
    /// Who gets it.
    pub to: Vec<RoleId>,
    /// Who sends it.
    pub from: Option<String>,
    /// How it comes.
    pub channel: Channel,
    /// The objective that it serves.
    pub objective: Option<usize>,
    /// What it says.
    pub text: String,
    /// What becomes so, or known.
    pub changes: Vec<Change>,
    /// What is asked.
    pub questions: Vec<Question>,
    /// What is sent if nobody answers.
    pub contingency: Option<Contingency>,
    /// What comes next.
    pub next: Vec<Branch>,
    /// The next one in the file that is not on the shelf.
    pub below: Option<InjectId>,
    /// Proposed, and not yet looked at.
    pub pending: bool,
    /// Where.
    pub span: Span,
}

/// How an inject comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A telegram between governments.
    Cable,
    /// Newspapers, wire services, broadcasts.
    News,
    /// A report of one's own service.
    Intelligence,
    /// A telephone call or a visit.
    Call,
    /// A mark on the map.
    Map,
}

impl Channel {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cable => "cable",
            Self::News => "news",
            Self::Intelligence => "intelligence",
            Self::Call => "call",
            Self::Map => "map",
        }
    }
}

/// A change of what is so, or of who knows it.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new fact, and who knows of it.
    Add(Box<Event>, Vec<RoleId>),
    /// Another wording of a fact.
    Amend(Box<Event>),
    /// A fact taken back.
    Retract(String),
    /// The staff decide whether a fact is so.
    Establish(String, bool),
    /// A party says that a fact is so, or that it is not; the party by its name.
    Account(String, crate::yaml::Text, bool),
    /// A fact becomes known to more roles.
    Reveal(String, Vec<RoleId>),
}

/// What is sent if a question stays unanswered.
#[derive(Clone, Debug)]
pub struct Contingency {
    /// The question.
    pub unanswered: String,
    /// For how many minutes.
    pub after: u32,
    /// What is sent.
    pub send: InjectId,
}

/// A way on.
#[derive(Clone, Debug)]
pub struct Branch {
    /// What must hold.
    pub guards: Vec<Guard>,
    /// What comes next; `None`: the end.
    pub go: Option<InjectId>,
}

/// What a way on waits for.
#[derive(Clone, Debug)]
pub enum Guard {
    /// A role chose this option of this question.
    Decided {
        /// Who.
        role: RoleId,
        /// The question.
        question: String,
        /// The option.
        option: String,
    },
    /// A position is owed (true), at least on some readings, or not (false), by all facts.
    Owed(PositionQuery, bool),
    /// Nobody answered the question.
    Unanswered(String),
}

impl Inject {
    /// What may come next: where its ways on lead, else the inject below; and what is sent if nobody answers.
    pub fn followers(&self) -> Vec<InjectId> {
        let mut found: Vec<InjectId> = self.next.iter().filter_map(|branch| branch.go).collect();
        let leads = !self.shelf || !self.next.is_empty();
        if leads && self.next.iter().all(|branch| !branch.guards.is_empty()) {
            found.extend(self.below);
        }
        found.extend(self.contingency.iter().map(|contingency| contingency.send));
        found
    }
}

impl Exercise {
    /// The inject.
    pub fn inject(&self, id: InjectId) -> &Inject {
        &self.injects[id.0]
    }

    /// The inject with which the story begins.
    pub fn first(&self) -> Option<InjectId> {
        let first = self.injects.iter().position(|inject| !inject.shelf);
        first.map(InjectId)
    }

    /// How many injects and questions were proposed and not yet looked at.
    pub fn pending(&self) -> usize {
        let injects = self.injects.iter();
        let pending = |inject: &Inject| {
            let questions = inject.questions.iter();
            usize::from(inject.pending) + questions.filter(|question| question.pending).count()
        };
        injects.map(pending).sum()
    }

    /// The role.
    pub fn role(&self, id: RoleId) -> &Role {
        &self.roles[id.0]
    }

    /// The roles that play a party.
    pub fn playing(&self) -> impl Iterator<Item = RoleId> {
        let roles = self.roles.iter().enumerate();
        roles
            .filter(|(_, role)| role.party.is_some())
            .map(|(at, _)| RoleId(at))
    }

    /// The question of that name, with the inject that asks it.
    pub fn question(&self, id: &str) -> Option<(InjectId, &Question)> {
        let injects = self.injects.iter().enumerate();
        injects
            .flat_map(|(at, inject)| {
                inject
                    .questions
                    .iter()
                    .map(move |question| (InjectId(at), question))
            })
            .find(|(_, question)| question.id == id)
    }

    /// The inject of that name.
    pub fn inject_named(&self, id: &str) -> Option<InjectId> {
        self.injects
            .iter()
            .position(|inject| inject.id == id)
            .map(InjectId)
    }

    /// The role of that name.
    pub fn role_named(&self, id: &str) -> Option<RoleId> {
        self.roles.iter().position(|role| role.id == id).map(RoleId)
    }
}
