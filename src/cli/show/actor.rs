//! A state, organisation, organ or group: when it existed, its treaties, its statuses.

use super::{Shown, also, heading, span};
use crate::engine::Membership;
use crate::model::entity::{Entity, EntityKind};
use crate::model::ids::{EntityId, TreatyId};
use crate::model::vocabulary::PredicateKind;
use std::fmt::Write as _;

impl Shown<'_> {
    pub(super) fn actor(&self, id: EntityId, entity: &Entity) -> String {
        let mut text = heading(&entity.name, entity.title.as_deref()) + "\n";
        text.push_str(&also(&entity.also));
        let _ = writeln!(text, "  {}{}", self.kind(entity), existed(entity));
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
            EntityKind::State { code, cow, .. } => {
                let cow = cow.map(|number| format!("Correlates of War {number}"));
                let marks: Vec<String> = code.clone().into_iter().chain(cow).collect();
                if marks.is_empty() {
                    "state".to_owned()
                } else {
                    format!("state ({})", marks.join(", "))
                }
            }
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

    /// Its treaties, by the day from which they bound it; those that bind every state left out.
    fn memberships(&self, id: EntityId) -> Vec<String> {
        let line = |(treaty, member): (TreatyId, Membership)| {
            let role = member.role.map(|role| format!(" as {role}"));
            let name = &self.rulebook.treaty(treaty).name;
            format!("{name}{}{}", role.unwrap_or_default(), span(member.days))
        };
        self.catalogue
            .memberships(id)
            .into_iter()
            .map(line)
            .collect()
    }
}

/// ` from D until D, from D`
fn existed(entity: &Entity) -> String {
    let spells: Vec<String> = entity
        .exists
        .spells()
        .iter()
        .map(|days| span(*days))
        .collect();
    spells.join(",")
}
