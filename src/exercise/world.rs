//! What is so at a moment of an exercise, and what each audience knows of it.

use super::load::Pack;
use super::outline::{Change, Exercise, InjectId, QuestionKind, RoleId};
use crate::calendar::Day;
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::fact::{Fact, Scenario, View};
use crate::scenario::{Document, Event};
use crate::yaml::{Flag, Many, Text};
use indexmap::IndexMap;

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Viewer {
    /// The exercise staff: everything.
    Truth,
    /// A role: what it was told.
    Seat(RoleId),
    /// Everybody: what all that play were told.
    Public,
}

/// The facts of an exercise at a moment.
#[derive(Clone, Debug)]
pub struct World {
    /// The facts in the order in which they came up, by name.
    facts: IndexMap<String, Held>,
    /// The roles that play a party: what all of them know is public.
    playing: Vec<RoleId>,
    /// The day of the story.
    pub day: Day,
}

/// A fact with who knows it.
#[derive(Clone, Debug)]
struct Held {
    event: Event,
    /// `None`: everybody.
    known_to: Option<Vec<RoleId>>,
    /// What the staff decided about it.
    established: Option<bool>,
}

impl World {
    /// Before the first inject.
    pub fn new(pack: &Pack) -> Self {
        let mut world = Self {
            facts: IndexMap::new(),
            playing: pack.exercise.iter().flat_map(Exercise::playing).collect(),
            day: Day::FIRST,
        };
        let events = pack.start.iter().flat_map(|start| &start.events);
        for event in events.cloned() {
            world.hold(event, None);
        }
        world
    }

    /// Goes on to the day of an inject and changes what it changes.
    pub fn release(&mut self, exercise: &Exercise, id: InjectId) {
        let inject = exercise.inject(id);
        self.day = self.day.max(inject.story);
        self.apply(&inject.changes);
    }

    /// Changes the facts.
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Add(event, known_to) => self.hold((**event).clone(), Some(known_to)),
                Change::Amend(event) => self.amend(event),
                Change::Retract(id) => {
                    self.facts.shift_remove(id);
                }
                Change::Establish(id, so) => self.with(id, |held| held.established = Some(*so)),
                Change::Account(id, party, so) => {
                    self.with(id, |held| take_side(&mut held.event, party, *so));
                }
                Change::Reveal(id, roles) => self.with(id, |held| {
                    if let Some(known_to) = &mut held.known_to {
                        known_to.extend(roles);
                    }
                }),
            }
        }
    }

    /// A fact that the staff bring on the day, known to these roles.
    pub fn insert(&mut self, sentence: &str, to: &[RoleId], number: u64) {
        let text = |text: String| Text {
            text,
            ..Text::default()
        };
        let event = Event {
            id: Some(text(format!("inserted-{number}"))),
            what: text(sentence.to_owned()),
            on: None,
            from: Some(text(self.day.to_string())),
            to: None,
            asserted_by: None,
            denied_by: None,
            contested: None,
            source: None,
            note: None,
            span: Text::default().span,
        };
        self.hold(event, Some(to));
    }

    /// Whether all that play know a fact.
    pub fn is_public(&self, id: &str) -> bool {
        let held = self.facts.get(id);
        held.is_none_or(|held| self.knows(held, Viewer::Public))
    }

    /// The facts over which those who know of them may argue: contested, and not decided yet.
    pub fn contested(&self, viewer: Viewer) -> impl Iterator<Item = (&str, &Event)> {
        let facts = self.facts.iter();
        facts
            .filter(move |(_, held)| self.knows(held, viewer) && held.established.is_none())
            .filter(|(_, held)| {
                let denied = held.event.denied_by.is_some();
                denied || held.event.contested.is_some_and(|flag| flag.value)
            })
            .map(|(id, held)| (id.as_str(), &held.event))
    }

    /// What a fact says.
    pub fn says(&self, id: &str) -> Option<&str> {
        Some(self.facts.get(id)?.event.what.text.as_str())
    }

    /// Whether somebody knows of a fact.
    pub fn is_known(&self, id: &str, viewer: Viewer) -> bool {
        let held = self.facts.get(id);
        held.is_some_and(|held| self.knows(held, viewer))
    }

    fn knows(&self, held: &Held, viewer: Viewer) -> bool {
        match (viewer, &held.known_to) {
            (Viewer::Truth, _) | (_, None) => true,
            (Viewer::Seat(role), Some(roles)) => roles.contains(&role),
            (Viewer::Public, Some(roles)) => self.playing.iter().all(|role| roles.contains(role)),
        }
    }

    fn hold(&mut self, event: Event, known_to: Option<&[RoleId]>) {
        let unnamed = format!("fact {}", self.facts.len() + 1);
        let id = event.id.as_ref().map_or(unnamed, |id| id.text.clone());
        let held = Held {
            event,
            known_to: known_to.map(<[RoleId]>::to_vec),
            established: None,
        };
        self.facts.insert(id, held);
    }

    fn amend(&mut self, event: &Event) {
        if let Some(id) = &event.id {
            self.with(&id.text, |held| held.event = event.clone());
        }
    }

    fn with(&mut self, id: &str, change: impl FnOnce(&mut Held)) {
        if let Some(held) = self.facts.get_mut(id) {
            change(held);
        }
    }

    /// The facts that somebody knows, as events, in the order in which they came up.
    pub fn known(&self, viewer: Viewer) -> impl Iterator<Item = &Event> {
        self.held(viewer).map(|held| &held.event)
    }

    fn held(&self, viewer: Viewer) -> impl Iterator<Item = &Held> {
        self.facts
            .values()
            .filter(move |held| self.knows(held, viewer))
    }

    /// The scenario that somebody sees; `None` if a fact in it is wrong, which `check` has reported.
    pub fn scenario(&self, pack: &Pack, viewer: Viewer) -> Option<Scenario> {
        let (mut scenario, _) = self.lowered(pack, viewer)?;
        if let Some(scenario) = &mut scenario {
            leave_open(&mut scenario.facts, self.day);
            scenario.view = match viewer {
                Viewer::Truth => scenario.view,
                Viewer::Public => View::Public,
                Viewer::Seat(role) => {
                    let party = pack.exercise.as_ref()?.roles.get(role.0)?.party;
                    party.map_or(View::Public, View::Of)
                }
            };
        }
        scenario
    }

    /// What is wrong with the facts as they are.
    pub fn mistakes(&self, pack: &Pack) -> Vec<Diagnostic> {
        // Before anything happened the scenario is empty, which is no mistake here.
        if self.facts.is_empty() {
            return Vec::new();
        }
        let found = self.lowered(pack, Viewer::Truth);
        let found = found.map(|(_, found)| found).unwrap_or_default();
        let wrong = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        found.into_iter().filter(wrong).collect()
    }

    fn lowered(&self, pack: &Pack, viewer: Viewer) -> Option<(Option<Scenario>, Vec<Diagnostic>)> {
        let mut document: Document = pack.start.clone()?;
        document.events = self.events(viewer);
        let (rulebook, sources) = (&pack.project.rulebook, &pack.project.sources);
        let (mut scenario, found) = check::scenario::lower(&document, rulebook, sources);
        if let Some(scenario) = &mut scenario {
            scenario.as_of = Some(self.day);
            scenario.hypothetical = true;
        }
        Some((scenario, found))
    }

    /// The events as the viewer may take them; what the staff decided is contested no longer.
    pub(super) fn events(&self, viewer: Viewer) -> Vec<Event> {
        let settled = |held: &Held| match held.established {
            None => Some(held.event.clone()),
            Some(false) => None,
            Some(true) => Some(Event {
                denied_by: None,
                contested: None,
                ..held.event.clone()
            }),
        };
        self.held(viewer).filter_map(settled).collect()
    }
}

/// An end that the story has not reached yet is known to nobody: till then the fact goes on.
fn leave_open(facts: &mut [Fact], day: Day) {
    let to_come = |fact: &&mut Fact| {
        let lasts = fact.to.filter(|to| *to != fact.from);
        lasts.is_some_and(|to| to.last() > day)
    };
    facts
        .iter_mut()
        .filter(to_come)
        .for_each(|fact| fact.to = None);
}

/// A party says that it is so, or that it is not, and no longer the contrary.
fn take_side(event: &mut Event, party: &Text, so: bool) {
    let (joins, leaves) = if so {
        (&mut event.asserted_by, &mut event.denied_by)
    } else {
        (&mut event.denied_by, &mut event.asserted_by)
    };
    let joins = joins.get_or_insert_with(Many::default);
    if joins.0.iter().all(|name| name.text != party.text) {
        joins.0.push(party.clone());
    }
    if let Some(names) = leaves {
        names.0.retain(|name| name.text != party.text);
        if names.0.is_empty() {
            *leaves = None;
        }
    }
    event.contested = Some(Flag {
        value: true,
        span: party.span,
    });
}

/// Reports what is wrong with the facts of every inject and option, taken together in the order of the file.
pub(super) fn check(pack: &mut Pack) {
    let Some(exercise) = pack.exercise.clone() else {
        return;
    };
    let mut world = World::new(pack);
    let mut found = Vec::new();
    for (at, inject) in exercise.injects.iter().enumerate() {
        world.release(&exercise, InjectId(at));
        found.extend(world.mistakes(pack));
        for question in &inject.questions {
            let QuestionKind::Decide(choices) = &question.kind else {
                continue;
            };
            for choice in choices {
                let mut then = world.clone();
                then.apply(&choice.changes);
                found.extend(then.mistakes(pack));
            }
        }
    }
    pack.diagnostics.extend(found);
}
