//! A state, organisation, organ or group: when it existed, its treaties, its statuses.

use super::{Shown, heading, span};
use crate::model::entity::{Entity, EntityKind};
use crate::model::ids::EntityId;
use crate::model::vocabulary::PredicateKind;
use std::fmt::Write as _;

impl Shown<'_> {
    pub(super) fn actor(&self, id: EntityId, entity: &Entity) -> String {
        let mut text = heading(&entity.name, entity.title.as_deref()) + "\n";
        let _ = writeln!(text, "  {}{}", self.kind(entity), span(entity.exists));
        if let EntityKind::State {
            continues, within, ..
        } = &entity.kind
        {
            for (predecessor, day) in continues {
                let _ = writeln!(
                    text,
                    "  continues {} from {day}",
                    self.rulebook.name(*predecessor)
                );
            }
            for place in within {
                let _ = writeln!(text, "  in {}", self.rulebook.name(*place));
            }
        }
        for line in self.statuses(id) {
            let _ = writeln!(text, "  {line}");
        }
        for line in self.memberships(id) {
            let _ = writeln!(text, "  party to {line}");
        }
        text
    }

    fn kind(&self, entity: &Entity) -> String {
        match &entity.kind {
            EntityKind::State {
                code: Some(code), ..
            } => format!("state ({code})"),
            EntityKind::State { .. } => "state".to_owned(),
            EntityKind::Organisation => "organisation".to_owned(),
            EntityKind::Organ { of } => format!("organ of {}", self.rulebook.name(*of)),
            _ => "group".to_owned(),
        }
    }

    /// What the record says that it is, `great-power` and the like.
    fn statuses(&self, id: EntityId) -> Vec<String> {
        let own = self
            .rulebook
            .history
            .iter()
            .filter(|fact| fact.atom.arguments[0] == Some(id) && !fact.negated);
        let status = |fact: &crate::model::fact::Fact| {
            let PredicateKind::Status { name } = &self.rulebook.predicate(fact.atom.predicate).kind
            else {
                return None;
            };
            let alone = fact.atom.arguments[1..].iter().all(Option::is_none);
            let until = fact.to.map(|to| format!(" until {to}")).unwrap_or_default();
            alone.then(|| format!("{name} from {}{until}", fact.from))
        };
        own.filter_map(status).collect()
    }

    fn memberships(&self, id: EntityId) -> Vec<String> {
        let entries = self
            .rulebook
            .treaties
            .iter()
            .flat_map(|treaty| treaty.parties.iter().map(move |party| (treaty, party)));
        let own = entries.filter(|(_, party)| party.actor == id);
        let line = own.map(|(treaty, party)| {
            let role = party
                .role
                .as_ref()
                .map(|role| format!(" as {role}"))
                .unwrap_or_default();
            format!("{}{role}{}", treaty.name, span(party.dates))
        });
        line.collect()
    }
}
