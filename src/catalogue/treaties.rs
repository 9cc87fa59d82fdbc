//! Treaties, by their parties, their days, their duties and any word about them.

use super::filter::{Filters, names};
use super::{Catalogue, known};
use crate::calendar::{Day, Days};
use crate::engine::Membership;
use crate::model::ids::{EntityId, PredicateId, TreatyId};
use crate::model::norm::Head;
use crate::model::rulebook::Rulebook;
use crate::model::treaty::{ArticleState, Treaty};
use crate::model::vocabulary::{PredicateKind, SLOTS};
use crate::report::table::{Cell, Column, Table};
use std::collections::BTreeSet;

impl Catalogue<'_> {
    /// By day of signature or entry into force.
    pub(super) fn treaties(&self, filters: &Filters) -> Table {
        let all = (0..self.rulebook().treaties.len() as u32).map(TreatyId);
        let mut found: Vec<TreatyId> = all.filter(|id| self.treaty_fits(*id, filters)).collect();
        found.sort_by_key(|id| {
            let treaty = self.rulebook().treaty(*id);
            let signed = treaty.signed.map(crate::calendar::PartialDate::first);
            let begun = self.record.in_force(*id).first().map(|days| days.first);
            (signed.or(begun), &treaty.name)
        });
        Table {
            of: "treaties",
            columns: vec![
                Column::told("name"),
                Column::told("signed"),
                Column::told("from"),
                Column::told("until"),
                Column::told("parties"),
                Column::told("title"),
                Column::silent("provisionally_applied_from"),
                Column::silent("also"),
                Column::silent("binding"),
                Column::silent("encoded"),
                Column::silent("no_position"),
                Column::silent("not_encoded"),
                Column::silent("file"),
            ],
            rows: found.into_iter().map(|id| self.treaty_row(id)).collect(),
        }
    }

    fn treaty_fits(&self, id: TreatyId, filters: &Filters) -> bool {
        let days = filters.days;
        let treaty = self.rulebook().treaty(id);
        let in_force = self.record.in_force(id);
        let then = !filters.dated || in_force.iter().any(|spell| spell.meets(days));
        let bound = |who: EntityId| {
            let mut members = self.record.members(id);
            let listed = !filters.dated && treaty.parties.iter().any(|party| party.actor == who);
            listed || members.any(|member| member.actor == who && member.days.meets(days))
        };
        then && filters.fit(&self.treaty_words(id), |who| {
            // Whoever is bound as every state is, is not told apart by it.
            who == treaty.entity || !treaty.open_to_every_state && bound(who)
        })
    }

    /// Everything that a treaty can be found by, besides its parties and days.
    fn treaty_words(&self, id: TreatyId) -> String {
        let treaty = self.rulebook().treaty(id);
        let mut words = vec![names(self.entity(treaty.entity)), treaty.binding.clone()];
        words.extend(treaty.cite.clone());
        words.extend(treaty.notes.clone());
        words.push(self.folder(treaty));
        words.extend(self.is_secret(id).then(|| "secret".to_owned()));
        words.extend(
            treaty
                .articles
                .iter()
                .filter_map(|article| article.title.clone()),
        );
        words.extend(verbs(self.rulebook(), id));
        words.join(" ")
    }

    /// Whether it, or a part of it, was kept secret.
    fn is_secret(&self, id: TreatyId) -> bool {
        let mut norms = self.rulebook().norms.iter();
        let own = self.rulebook().treaty(id).layer.is_some();
        own || norms.any(|norm| norm.treaty == Some(id) && norm.layer.is_some())
    }

    /// `between-wars`: its era.
    fn folder(&self, treaty: &Treaty) -> String {
        let file = self.file_of(treaty);
        let mut parts = file.rsplit('/').skip(1);
        parts.next().unwrap_or("").to_owned()
    }

    fn file_of(&self, treaty: &Treaty) -> String {
        self.project.sources.get(treaty.span.source).name.clone()
    }

    fn treaty_row(&self, id: TreatyId) -> Vec<Cell> {
        let treaty = self.rulebook().treaty(id);
        let entity = self.entity(treaty.entity);
        let spells = self.record.in_force(id);
        let last = spells.last().map(|days| days.last);
        vec![
            treaty.name.clone().into(),
            treaty.signed.into(),
            spells.first().and_then(|days| known(days.first)).into(),
            last.and_then(known).into(),
            self.parties(id),
            treaty.title.clone().into(),
            treaty.provisional.into(),
            Cell::List(entity.also.clone(), "names"),
            treaty.binding.clone().into(),
            articles(treaty, |state| *state == ArticleState::Encoded),
            articles(treaty, |state| *state == ArticleState::NoPosition),
            articles(treaty, |state| matches!(state, ArticleState::NotEncoded(_))),
            self.file_of(treaty).into(),
        ]
    }

    fn parties(&self, id: TreatyId) -> Cell {
        let treaty = self.rulebook().treaty(id);
        if treaty.open_to_every_state {
            return "every state".into();
        }
        let mut parties: Vec<EntityId> = treaty.parties.iter().map(|party| party.actor).collect();
        parties.extend(self.record.members(id).map(|member| member.actor));
        let mut seen = BTreeSet::new();
        parties.retain(|actor| seen.insert(*actor));
        let names = parties.into_iter().map(|actor| self.rulebook().name(actor));
        Cell::List(names.collect(), "parties")
    }

    /// The treaties that bind an actor, by their first day; those that bind every state left out.
    pub fn memberships(&self, actor: EntityId) -> Vec<(TreatyId, Membership)> {
        let all = (0..self.rulebook().treaties.len() as u32).map(TreatyId);
        let mut found: Vec<(TreatyId, Membership)> = all
            .filter(|id| !self.rulebook().treaty(*id).open_to_every_state)
            .flat_map(|id| self.record.members(id).map(move |member| (id, member)))
            .filter(|(_, member)| member.actor == actor)
            .collect();
        found.sort_by_key(|(_, member)| member.days.first);
        found
    }

    /// Whom a treaty binds on a day, by the record.
    pub fn bound(&self, treaty: TreatyId, day: Day) -> Vec<EntityId> {
        let members = self.record.members(treaty);
        let then = members.filter(|member| member.days.contains(day));
        let mut actors: Vec<EntityId> = then.map(|member| member.actor).collect();
        actors.dedup();
        actors
    }

    /// Whether a treaty binds somebody on some of these days, by the record.
    pub(super) fn binds(&self, treaty: TreatyId, actor: EntityId, days: Days) -> bool {
        let mut members = self.record.members(treaty);
        members.any(|member| member.actor == actor && member.days.meets(days))
    }
}

/// How many articles are so.
fn articles(treaty: &Treaty, is: impl Fn(&ArticleState) -> bool) -> Cell {
    let articles = treaty.articles.iter();
    Cell::Number(articles.filter(|article| is(&article.state)).count())
}

/// The words for what the treaty's norms ask, and for what that is a kind of.
fn verbs(rulebook: &Rulebook, id: TreatyId) -> BTreeSet<String> {
    let own = rulebook.norms.iter().filter(|norm| norm.treaty == Some(id));
    let asked = own.filter_map(|norm| match &norm.head {
        Head::Position(head) => Some(head.act.predicate),
        Head::Deem(_) => None,
    });
    let asked: BTreeSet<PredicateId> = asked.collect();
    let implied = asked
        .into_iter()
        .flat_map(|id| rulebook.implied(id, [None; SLOTS]));
    let words = implied.filter_map(|(id, _)| {
        let word = rulebook.predicate(id);
        match &word.kind {
            PredicateKind::Verb { base, .. } => {
                Some(format!("{base} {}", word.title.as_deref().unwrap_or("")))
            }
            _ => None,
        }
    });
    words.collect()
}
