//! What somebody knew at a moment, as a text that can be kept, and back: the facts of a learner's mistake.

use super::author::text;
use super::load::Pack;
use super::world::{Viewer, World};
use crate::calendar::Day;
use crate::check;
use crate::model::fact::{Scenario, View};

impl World {
    /// The facts that somebody knows, as the entries of `events:`.
    pub fn written(&self, viewer: Viewer) -> String {
        self.events(viewer).iter().map(text::event).collect()
    }
}

impl Pack {
    /// The facts of such a text on a day, as a party sees them and under the rules as they are; `None` if they no longer fit those.
    pub fn recalled(&mut self, facts: &str, day: Day, party: Option<&str>) -> Option<Scenario> {
        let text = format!("scenario: Recalled\nevents:\n{facts}");
        let sources = &mut self.project.sources;
        let id = sources.add("facts that were kept", text.clone());
        let (document, _) = crate::scenario::read(id, &text);
        let mut start = self.start.clone()?;
        start.events = document?.events;
        let rulebook = &self.project.rulebook;
        let (scenario, _) = check::scenario::lower(&start, rulebook, &self.project.sources);
        let seat = party.and_then(|party| rulebook.entity(party));
        Some(Scenario {
            as_of: Some(day),
            hypothetical: true,
            view: seat.map_or(View::Full, View::Of),
            ..scenario?
        })
    }
}
