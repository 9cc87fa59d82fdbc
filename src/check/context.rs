//! Names looked up in a rulebook, with a diagnostic for each that is not there.

use super::index::Clauses;
use super::plural::singular;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::check as codes;
use crate::diagnostic::phrase::nearest;
use crate::model::condition::{Class, Scope};
use crate::model::entity::EntityKind;
use crate::model::ids::{DisputeId, EntityId, PossessionId, PredicateId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::model::vocabulary::PredicateKind;
use crate::source::Span;
use crate::syntax::ast;
use rustc_hash::FxHashSet;

/// What a sentence is read against: the rulebook so far, and the treaty and article around it.
pub(super) struct Context<'a> {
    /// Everything declared.
    pub(super) book: &'a Rulebook,
    /// The treaty around the sentence.
    pub(super) treaty: Option<TreatyId>,
    /// The article around it.
    pub(super) article: Option<u16>,
    /// Which clauses there are, while norms are not yet in the rulebook.
    pub(super) clauses: Option<&'a Clauses>,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Areas spoken of.
    pub(super) areas: FxHashSet<EntityId>,
    /// Readings on which a clause depends.
    pub(super) readings: FxHashSet<(DisputeId, u8)>,
}

impl<'a> Context<'a> {
    /// Against a finished rulebook.
    pub(super) fn new(book: &'a Rulebook, treaty: Option<TreatyId>) -> Self {
        Self {
            book,
            treaty,
            article: None,
            clauses: None,
            diagnostics: Vec::new(),
            areas: FxHashSet::default(),
            readings: FxHashSet::default(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The entity of this name: an area of this treaty first.
    pub(super) fn find(&self, name: &str) -> Option<EntityId> {
        let own = self.treaty.and_then(|treaty| {
            let key = area_key(&self.book.treaty(treaty).name, name);
            self.book.entity(&key)
        });
        own.or_else(|| self.book.entity(name))
            .or_else(|| self.only_area(name))
    }

    /// Outside a treaty, an area whose name no other treaty uses.
    fn only_area(&self, name: &str) -> Option<EntityId> {
        if self.treaty.is_some() || name.is_empty() {
            return None;
        }
        let mut found = self
            .book
            .names
            .iter()
            .filter(|(key, _)| key.split_once('/').is_some_and(|(_, area)| area == name));
        let first = found.next().map(|(_, id)| *id);
        if found.next().is_some() { None } else { first }
    }

    /// The entity of this name.
    pub(super) fn entity(&mut self, name: &ast::Name, expected: &str) -> Option<EntityId> {
        let found = self.find(&name.text);
        let Some(id) = found else {
            let near = self.book.known_as(&name.text, |_| true);
            let near = near.or_else(|| nearest(&name.text, self.entity_names()));
            self.report(codes::unknown_name(name.span, &name.text, expected, near));
            return None;
        };
        if matches!(self.kind(id), Some(EntityKind::Area(_))) {
            self.areas.insert(id);
        }
        found
    }

    fn entity_names(&self) -> impl Iterator<Item = &'a str> {
        let own = self
            .treaty
            .map(|treaty| self.book.treaty(treaty).name.as_str());
        self.book
            .names
            .keys()
            .filter_map(move |key| match key.split_once('/') {
                Some((treaty, area)) => (Some(treaty) == own).then_some(area),
                None => Some(key.as_str()),
            })
    }

    fn kind(&self, id: EntityId) -> Option<&'a EntityKind> {
        self.book
            .entities
            .get(id.index())
            .map(|entity| &entity.kind)
    }

    /// The entity of this name if it is of a kind that fits.
    pub(super) fn entity_of(
        &mut self,
        name: &ast::Name,
        expected: &str,
        fits: fn(&EntityKind) -> bool,
    ) -> Option<EntityId> {
        let id = self.entity(name, expected)?;
        let entity = self.book.entities.get(id.index())?;
        if fits(&entity.kind) {
            return Some(id);
        }
        self.report(codes::wrong_kind(
            name.span,
            &name.text,
            kind_words(&entity.kind),
            expected,
            entity.span,
        ));
        None
    }

    /// A state, organisation, organ or group.
    pub(super) fn actor(&mut self, name: &ast::Name) -> Option<EntityId> {
        self.entity_of(name, "an actor", is_actor)
    }

    /// A place, an area or a state's territory.
    pub(super) fn place(&mut self, name: &ast::Name) -> Option<EntityId> {
        self.entity_of(name, "a place", is_place)
    }

    /// A treaty.
    pub(super) fn treaty(&mut self, name: &ast::Name) -> Option<TreatyId> {
        if let Some(id) = self.find(&name.text) {
            if let Some(treaty) = self.book.treaty_of(id) {
                return Some(treaty);
            }
            return self
                .entity_of(name, "a treaty", |kind| {
                    matches!(kind, EntityKind::Treaty(_))
                })
                .and_then(|id| self.book.treaty_of(id));
        }
        let names = self.book.treaties.iter().map(|treaty| treaty.name.as_str());
        let treaty = |kind: &EntityKind| matches!(kind, EntityKind::Treaty(_));
        let near = self.book.known_as(&name.text, treaty);
        let near = near.or_else(|| nearest(&name.text, names));
        self.report(codes::unknown_treaty(name.span, &name.text, near));
        None
    }

    /// The treaty around the sentence.
    pub(super) fn this_treaty(&mut self, span: Span, what: &str) -> Option<TreatyId> {
        if self.treaty.is_none() {
            self.report(codes::needs_treaty(span, what));
        }
        self.treaty
    }

    /// The possession word.
    pub(super) fn possession(&mut self, word: &ast::Name) -> Option<PossessionId> {
        let known = &self.book.possessions;
        let found = known.iter().position(|known| known.name == word.text);
        if found.is_none() {
            let near = nearest(&word.text, known.iter().map(|known| known.name.as_str()));
            self.report(codes::unknown_possession(word.span, &word.text, near));
        }
        found.and_then(|at| u8::try_from(at).ok()).map(PossessionId)
    }

    /// The status of this name, if there is one.
    pub(super) fn status(&self, name: &str) -> Option<PredicateId> {
        let id = *self.book.predicate_names.get(name)?;
        matches!(self.book.predicate(id).kind, PredicateKind::Status { .. }).then_some(id)
    }

    /// The class of this name, of that treaty or of this one.
    pub(super) fn class(&mut self, name: &ast::Name, of: Option<&ast::Name>) -> Option<Class> {
        let text = name.text.as_str();
        let treaty = match of {
            Some(of) => Some(self.treaty(of)?),
            None => self.treaty,
        };
        if let Some(class) = plain_class(text) {
            return Some(class);
        }
        let single = singular(text);
        if matches!(single.as_str(), "party" | "member") {
            let treaty = match treaty {
                Some(treaty) => treaty,
                None => self.this_treaty(name.span, &format!("`a {single}`"))?,
            };
            return Some(Class::Party(treaty, None));
        }
        if let Some(treaty) = treaty
            && self.roles(treaty).any(|role| role == single)
        {
            return Some(Class::Party(treaty, Some(single)));
        }
        let status = self.status(text).or_else(|| self.status(&single));
        if let Some(status) = status
            && self.book.predicate(status).roles.is_empty()
        {
            return Some(Class::Status(status));
        }
        let near = nearest(&single, self.class_names(treaty));
        let thing = self.find(text).is_some();
        self.report(codes::unknown_class(name.span, text, thing, near));
        None
    }

    fn roles(&self, treaty: TreatyId) -> impl Iterator<Item = &'a str> {
        let parties = &self.book.treaty(treaty).parties;
        parties.iter().filter_map(|party| party.role.as_deref())
    }

    fn class_names(&self, treaty: Option<TreatyId>) -> Vec<&'a str> {
        let plain = ["party", "member", "actor", "state", "organisation", "organ"];
        let more = ["group", "place", "thing", "treaty"];
        let roles = treaty.into_iter().flat_map(|treaty| self.roles(treaty));
        let names = self.book.predicate_names.iter();
        let statuses = names
            .filter(|(name, id)| {
                self.status(name).is_some() && self.book.predicate(**id).roles.is_empty()
            })
            .map(|(name, _)| name.as_str());
        plain
            .into_iter()
            .chain(more)
            .chain(roles)
            .chain(statuses)
            .collect()
    }

    /// The index of an article in its treaty.
    pub(super) fn article(&mut self, treaty: TreatyId, label: &ast::Name) -> Option<u16> {
        let this = self.book.treaty(treaty);
        let articles = &this.articles;
        let found = articles
            .iter()
            .position(|article| article.label == label.text);
        if found.is_none() {
            let known: Vec<&str> = articles
                .iter()
                .map(|article| article.label.as_str())
                .collect();
            let diagnostic =
                codes::unknown_article(label.span, &label.text, &this.name, &known, this.span);
            self.report(diagnostic);
        }
        found.and_then(|at| u16::try_from(at).ok())
    }

    /// What a reference means.
    pub(super) fn reference(&mut self, reference: &ast::Reference) -> Option<Scope> {
        let whole = |treaty| Scope {
            treaty,
            article: None,
            clause: None,
        };
        match &reference.target {
            ast::Target::ThisTreaty => self
                .this_treaty(reference.span, "`this treaty`")
                .map(|treaty| whole(Some(treaty))),
            ast::Target::EveryTreaty => Some(whole(None)),
            ast::Target::Treaty(name) => self.treaty(name).map(|treaty| whole(Some(treaty))),
            ast::Target::Article {
                treaty,
                label,
                clause,
            } => {
                let treaty = match treaty {
                    Some(name) => self.treaty(name)?,
                    None => self.this_treaty(
                        reference.span,
                        &format!("`article {}` without a treaty", label.text),
                    )?,
                };
                let article = self.article(treaty, label)?;
                self.scope(treaty, article, clause.as_ref())
            }
            ast::Target::Clause(clause) => {
                let what = format!("`({})` without an article", clause.text);
                let treaty = self.this_treaty(reference.span, &what)?;
                let Some(article) = self.article else {
                    self.report(codes::needs_treaty(reference.span, &what));
                    return None;
                };
                self.scope(treaty, article, Some(clause))
            }
        }
    }

    fn scope(
        &mut self,
        treaty: TreatyId,
        article: u16,
        clause: Option<&ast::Name>,
    ) -> Option<Scope> {
        if let Some(clause) = clause {
            let known = self.labels(treaty, article);
            if !known.contains(&clause.text) {
                let label = &self.book.treaty(treaty).articles[usize::from(article)].label;
                let diagnostic = codes::unknown_clause(clause.span, &clause.text, label, &known);
                self.report(diagnostic);
                return None;
            }
        }
        Some(Scope {
            treaty: Some(treaty),
            article: Some(article),
            clause: clause.map(|clause| clause.text.clone()),
        })
    }

    fn labels(&self, treaty: TreatyId, article: u16) -> Vec<String> {
        if let Some(clauses) = self.clauses {
            return clauses.labels(treaty, article);
        }
        let mut labels = Vec::new();
        for norm in &self.book.norms {
            if norm.treaty == Some(treaty)
                && norm.article == article
                && let Some(label) = &norm.clause
                && !labels.contains(label)
            {
                labels.push(label.clone());
            }
        }
        labels
    }
}

/// The name under which an area is registered.
pub(super) fn area_key(treaty: &str, area: &str) -> String {
    format!("{treaty}/{area}")
}

/// Classes by kind, singular or plural.
fn plain_class(text: &str) -> Option<Class> {
    Some(match singular(text).as_str() {
        "actor" => Class::Actor,
        "state" => Class::State,
        "organisation" => Class::Organisation,
        "organ" => Class::Organ,
        "group" => Class::Group,
        "place" => Class::Place,
        "thing" => Class::Thing,
        "treaty" => Class::Treaty,
        _ => return None,
    })
}

/// State, organisation, organ or group.
pub(super) fn is_actor(kind: &EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::State { .. }
            | EntityKind::Organisation
            | EntityKind::Organ { .. }
            | EntityKind::Group
    )
}

/// What can stand after `in`.
pub(super) fn is_place(kind: &EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Place(_) | EntityKind::Area(_) | EntityKind::State { .. }
    )
}

/// A kind in words.
pub(super) fn kind_words(kind: &EntityKind) -> &'static str {
    match kind {
        EntityKind::State { .. } => "a state",
        EntityKind::Organisation => "an organisation",
        EntityKind::Organ { .. } => "an organ",
        EntityKind::Group => "a group",
        EntityKind::Place(_) => "a place",
        EntityKind::Area(_) => "an area",
        EntityKind::Thing => "a thing",
        EntityKind::Treaty(_) => "a treaty",
    }
}
