//! What binds somebody on a day, by the record: its allies and against whom, its treaties and their articles.

use super::Catalogue;
use super::who::Members;
use crate::calendar::{Day, Days};
use crate::model::ids::{EntityId, NormId, TreatyId};
use crate::model::norm::{Head, Modality, Norm, PositionHead};
use crate::model::sentence::Term;
use crate::model::vocabulary::SLOTS;
use crate::wording;

/// Everything that binds somebody on a day.
#[derive(Clone, Debug)]
pub struct Bonds {
    /// Whom.
    pub actor: EntityId,
    /// When.
    pub on: Day,
    /// Duties to help it, or of it to help.
    pub alliances: Vec<Alliance>,
    /// Its treaties.
    pub bonds: Vec<Bond>,
}

/// A duty to help somebody against somebody.
#[derive(Clone, Debug)]
pub struct Alliance {
    /// Whom it is owed to, or by whom.
    pub with: String,
    /// Which of the two.
    pub way: Way,
    /// `assist, with all-forces`
    pub duty: String,
    /// Against whom.
    pub against: String,
    /// The conditions, in the variables of the clause.
    pub when: Vec<String>,
    /// Where it stands.
    pub under: String,
}

/// Who owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Whom we look at.
    Owes,
    /// The others, to it.
    IsOwed,
    /// Each to the other.
    Both,
}

/// A treaty that binds.
#[derive(Clone, Debug)]
pub struct Bond {
    /// Which.
    pub treaty: TreatyId,
    /// As what.
    pub role: Option<String>,
    /// From when to when.
    pub days: Days,
    /// Not on every reading of the record.
    pub disputed: bool,
    /// Kept secret on that day.
    pub secret: bool,
    /// Its articles under which something is, or can come to be, asked of it; by index, with `shall assist` and the like.
    pub articles: Vec<(usize, Vec<String>)>,
}

impl Catalogue<'_> {
    /// Everything that binds an actor on a day, by the record.
    pub fn bonds(&self, actor: EntityId, on: Day) -> Bonds {
        let treaties = 0..self.rulebook().treaties.len() as u32;
        let mut found = Bonds {
            actor,
            on,
            alliances: Vec::new(),
            bonds: Vec::new(),
        };
        for treaty in treaties.map(TreatyId) {
            let members = Members::on(self, treaty, on);
            if !members.hold(actor) {
                continue;
            }
            found.bonds.push(self.bond(treaty, &members, actor));
            let norms = self.norms_on(treaty, on);
            let alliances = norms.filter_map(|norm| self.alliance(norm, &members, actor));
            found.alliances.extend(alliances);
        }
        found
    }

    fn bond(&self, treaty: TreatyId, members: &Members<'_>, actor: EntityId) -> Bond {
        let own = members.of(actor);
        let head = self.rulebook().treaty(treaty);
        let layer = head
            .layer
            .map(|layer| &self.rulebook().layers[layer.index()]);
        let secret = |day: Option<Day>| day.is_none_or(|day| members.on < day);
        Bond {
            treaty,
            role: own.and_then(|member| member.role.clone()),
            days: own.map_or(Days::ALWAYS, |member| member.days),
            disputed: own.is_some_and(|member| !member.certain),
            secret: layer.is_some_and(|layer| secret(layer.until)),
            articles: self.articles(treaty, members, actor),
        }
    }

    fn articles(
        &self,
        treaty: TreatyId,
        members: &Members<'_>,
        actor: EntityId,
    ) -> Vec<(usize, Vec<String>)> {
        let mut articles: Vec<(usize, Vec<String>)> = Vec::new();
        for norm in self.norms_on(treaty, members.on) {
            let Head::Position(head) = &norm.head else {
                continue;
            };
            if !members.bearers(norm, head).may_be(actor) {
                continue;
            }
            let article = usize::from(norm.article);
            let (verb, words) = (
                self.word(head.act.predicate),
                wording::modality(head.modality),
            );
            let asked = format!("{words} {verb}");
            match articles.iter_mut().find(|(known, _)| *known == article) {
                Some((_, known)) if known.contains(&asked) => {}
                Some((_, known)) => known.push(asked),
                None => articles.push((article, vec![asked])),
            }
        }
        articles.sort_by_key(|(article, _)| *article);
        articles
    }

    /// The norms of a treaty of which the article is part of it on a day.
    fn norms_on(&self, treaty: TreatyId, on: Day) -> impl Iterator<Item = &Norm> {
        let all = (0..self.rulebook().norms.len() as u32).map(NormId);
        let norms = all.map(|id| self.rulebook().norm(id));
        norms.filter(move |norm| norm.treaty == Some(treaty) && norm.dates.contains(on))
    }

    fn alliance(&self, norm: &Norm, members: &Members<'_>, actor: EntityId) -> Option<Alliance> {
        let Head::Position(head) = &norm.head else {
            return None;
        };
        let (helped, adversary) = self.sides(norm, head)?;
        let terms = [head.act.terms[0], helped];
        let bearers = members.bearers(norm, head);
        let helped = members.who(norm, helped);
        let owes = bearers.may_be(actor) && helped.has_others(actor);
        let is_owed = helped.may_be(actor) && bearers.has_others(actor);
        let (way, others) = match (owes, is_owed) {
            (true, true) if bearers == helped => (Way::Both, helped),
            (true, _) => (Way::Owes, helped),
            (false, true) => (Way::IsOwed, bearers),
            (false, false) => return None,
        };
        let with = others.without(actor).told(self.rulebook());
        let mut duty = vec![self.word(head.act.predicate).to_owned()];
        duty.extend(wording::qualifiers(self.rulebook(), head));
        let names = self.sides_named(norm, terms, way, &with, actor);
        let told = norm
            .conditions
            .iter()
            .filter(|part| !part.is_housekeeping());
        let when = told.map(|part| wording::condition(self.rulebook(), part, &[], &names));
        Some(Alliance {
            way,
            duty: duty.join(", "),
            against: members
                .who(norm, adversary)
                .without(actor)
                .named(self.rulebook(), letter(norm, adversary)),
            when: when.collect(),
            under: wording::citation(self.rulebook(), norm),
            with,
        })
    }

    /// The names of a norm's variables, those of its bearer and of whom it helps said from where the actor stands.
    fn sides_named(
        &self,
        norm: &Norm,
        [bearer, helped]: [Term; 2],
        way: Way,
        with: &str,
        actor: EntityId,
    ) -> Vec<String> {
        let own = self.rulebook().name(actor);
        let ally = if with.contains(',') { "the ally" } else { with };
        let (bears, is_helped) = match way {
            Way::Owes => (own.as_str(), ally),
            Way::IsOwed => (ally, own.as_str()),
            Way::Both => ("the other", "one of them"),
        };
        let mut names = norm.variables.clone();
        for (term, name) in [(bearer, bears), (helped, is_helped)] {
            if let Term::Variable(id) = term
                && let Some(variable) = names.get_mut(id.index())
            {
                name.clone_into(variable);
            }
        }
        names
    }

    /// Whom a duty that arises helps, and against whom; `None` if it is no such duty.
    fn sides(&self, norm: &Norm, head: &PositionHead) -> Option<(Term, Term)> {
        let implied = self.rulebook().implied(head.act.predicate, [None; SLOTS]);
        let mut implied = implied.iter().map(|(id, _)| self.rulebook().predicate(*id));
        let helps =
            implied.any(|word| word.takes_sides || word.roles.iter().any(|role| role == "for"));
        if head.modality != Modality::Duty || !norm.triggered || !helps {
            return None;
        }
        let adversary = self.filled(head, "against")?;
        let named = self
            .filled(head, "object")
            .or_else(|| self.filled(head, "for"));
        let victim = || {
            let parties = norm.parties.iter().map(|(party, _)| *party);
            parties
                .into_iter()
                .find(|party| *party != head.act.terms[0])
        };
        let helped = named.or_else(victim)?;
        (helped != head.act.terms[0]).then_some((helped, adversary))
    }

    /// What fills a role of an act.
    fn filled(&self, head: &PositionHead, role: &str) -> Option<Term> {
        let word = self.rulebook().predicate(head.act.predicate);
        let slot = word.roles.iter().position(|known| known == role)? + 1;
        let term = head.act.terms[slot];
        (term != Term::Any).then_some(term)
    }
}

/// The letter by which the conditions of a norm speak of somebody.
fn letter(norm: &Norm, term: Term) -> Option<&str> {
    let Term::Variable(id) = term else {
        return None;
    };
    let name = norm.variables.get(id.index())?;
    (!name.starts_with('_')).then_some(name.as_str())
}
