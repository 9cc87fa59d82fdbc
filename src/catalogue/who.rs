//! Whom a term of a norm may stand for on a day: those named, the parties that fit, or anyone of a class.

use super::Catalogue;
use crate::calendar::{Day, PartialDate};
use crate::engine::Membership;
use crate::model::condition::{Class, Condition};
use crate::model::ids::{EntityId, PredicateId, TreatyId, VariableId};
use crate::model::norm::{Norm, PositionHead};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Term;
use crate::wording::class_noun;

/// More are counted, not named.
const MOST_NAMED: usize = 12;

/// Those bound by a treaty on a day.
pub(super) struct Members<'c> {
    catalogue: &'c Catalogue<'c>,
    pub(super) on: Day,
    all: Vec<Membership>,
}

/// Whom a term may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// One of these.
    These(Vec<EntityId>),
    /// Anyone of a class, but not these.
    Any(String, Vec<EntityId>),
}

impl Who {
    pub(super) fn may_be(&self, actor: EntityId) -> bool {
        match self {
            Self::These(all) => all.contains(&actor),
            Self::Any(..) => false,
        }
    }

    pub(super) fn has_others(&self, than: EntityId) -> bool {
        match self {
            Self::These(all) => all.iter().any(|one| *one != than),
            Self::Any(..) => true,
        }
    }

    pub(super) fn without(mut self, actor: EntityId) -> Self {
        if let Self::These(all) = &mut self {
            all.retain(|one| *one != actor);
        }
        self
    }

    /// `germany or italy`, `any state other than russia`
    pub(super) fn told(&self, rulebook: &Rulebook) -> String {
        let names =
            |all: &[EntityId]| -> Vec<String> { all.iter().map(|id| rulebook.name(*id)).collect() };
        match self {
            Self::These(all) if all.len() > MOST_NAMED => {
                let named = names(&all[..MOST_NAMED]).join(", ");
                format!("{named} and {} more", all.len() - MOST_NAMED)
            }
            Self::These(all) => names(all).join(", "),
            Self::Any(class, except) if except.is_empty() => class.clone(),
            Self::Any(class, except) => format!("{class} other than {}", names(except).join(", ")),
        }
    }

    /// `any state A`: with the letter by which conditions speak of somebody who has no name.
    pub(super) fn named(&self, rulebook: &Rulebook, letter: Option<&str>) -> String {
        match (self, letter) {
            (Self::Any(class, except), Some(letter)) => {
                Self::Any(format!("{class} {letter}"), except.clone()).told(rulebook)
            }
            _ => self.told(rulebook),
        }
    }
}

impl<'c> Members<'c> {
    pub(super) fn on(catalogue: &'c Catalogue<'c>, treaty: TreatyId, on: Day) -> Self {
        let members = catalogue.record.members(treaty);
        Self {
            catalogue,
            on,
            all: members.filter(|member| member.days.contains(on)).collect(),
        }
    }

    pub(super) fn hold(&self, actor: EntityId) -> bool {
        self.of(actor).is_some()
    }

    pub(super) fn of(&self, actor: EntityId) -> Option<&Membership> {
        self.all.iter().find(|member| member.actor == actor)
    }

    /// Who may bear a position.
    pub(super) fn bearers(&self, norm: &Norm, head: &PositionHead) -> Who {
        match &head.group {
            Some(Class::Party(_, role)) => Who::These(self.in_role(role.as_deref())),
            Some(class) => Who::Any(class_noun(self.rulebook(), class), Vec::new()),
            None => self.who(norm, head.act.terms[0]),
        }
    }

    /// Whom a term may stand for.
    pub(super) fn who(&self, norm: &Norm, term: Term) -> Who {
        match term {
            Term::Entity(id) => Who::These(vec![EntityId::new(id.index())]),
            Term::Variable(id) | Term::Possession(_, id) => self.variable(norm, id),
            Term::Any => Who::Any("anyone".to_owned(), Vec::new()),
        }
    }

    fn variable(&self, norm: &Norm, id: VariableId) -> Who {
        let term = Term::Variable(id);
        let party = norm.parties.iter().find(|(party, _)| *party == term);
        let mut who = match party {
            Some((_, role)) => Who::These(self.in_role(role.as_deref())),
            None => Who::Any(self.class(norm, term), Vec::new()),
        };
        for condition in &norm.conditions {
            self.narrow(&mut who, condition, term);
        }
        who
    }

    /// `any state`
    fn class(&self, norm: &Norm, term: Term) -> String {
        let class = norm
            .conditions
            .iter()
            .find_map(|condition| match condition {
                Condition::Is(one, class) if *one == term => Some(class),
                _ => None,
            });
        let noun = class.map(|class| class_noun(self.rulebook(), class));
        noun.map_or_else(|| "anyone".to_owned(), |noun| format!("any {noun}"))
    }

    /// Leaves out those for whom a condition cannot hold.
    fn narrow(&self, who: &mut Who, condition: &Condition, term: Term) {
        if let Some(only) = named(condition, term) {
            match who {
                Who::These(all) => all.retain(|one| only.contains(one)),
                Who::Any(..) => *who = Who::These(only),
            }
        }
        if let Condition::Not(inner) = condition
            && let Some(not) = named(inner, term)
        {
            match who {
                Who::These(all) => all.retain(|one| !not.contains(one)),
                Who::Any(_, except) => except.extend(not),
            }
        }
        if let (Condition::Is(one, Class::Status(status)), Who::These(all)) = (condition, who)
            && *one == term
            && self.is_of_record(*status)
        {
            all.retain(|one| self.is_then(*one, *status));
        }
    }

    fn in_role(&self, role: Option<&str>) -> Vec<EntityId> {
        let fits = |member: &&Membership| role.is_none() || member.role.as_deref() == role;
        let mut found: Vec<EntityId> = self
            .all
            .iter()
            .filter(fits)
            .map(|member| member.actor)
            .collect();
        found.dedup();
        found
    }

    /// Whether the record says who has a status, so that nobody else has it.
    fn is_of_record(&self, status: PredicateId) -> bool {
        let closed = !self.rulebook().predicate(status).open;
        let mut history = self.rulebook().history.iter();
        closed && history.any(|fact| fact.atom.predicate == status)
    }

    fn is_then(&self, actor: EntityId, status: PredicateId) -> bool {
        self.rulebook().history.iter().any(|fact| {
            let to = fact.to.map(PartialDate::last);
            fact.atom.predicate == status
                && fact.atom.arguments[0] == Some(actor)
                && fact.from.first() <= self.on
                && to.is_none_or(|to| self.on <= to)
        })
    }

    fn rulebook(&self) -> &Rulebook {
        self.catalogue.rulebook()
    }
}

/// Those of whom a condition says that the term is one.
fn named(condition: &Condition, term: Term) -> Option<Vec<EntityId>> {
    match condition {
        Condition::Same(one, Term::Entity(id)) | Condition::Same(Term::Entity(id), one)
            if *one == term =>
        {
            Some(vec![*id])
        }
        Condition::Any(parts) => {
            let all: Option<Vec<Vec<EntityId>>> =
                parts.iter().map(|part| named(part, term)).collect();
            all.map(|all| all.concat())
        }
        _ => None,
    }
}
