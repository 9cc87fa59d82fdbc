//! Whom an edit can reach: the clauses that read differently, those that speak of what was declared anew, and all that depend on
//! either.

use super::declared::{Word, declarations, full_name, predicate_name};
use super::edited::{named_by, treaties_of};
use super::patterns::Mentions;
use super::slice::Dependencies;
use crate::change::canonical;
use crate::model::entity::EntityKind;
use crate::model::geography::{AreaBase, Holder};
use crate::model::ids::{NormId, TreatyId};
use crate::model::norm::Norm;
use crate::model::rulebook::Rulebook;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// What an edit reaches.
#[derive(Clone, Debug, Default)]
pub struct Affected {
    /// Norms of the old version whose effect may have changed.
    pub old: Vec<NormId>,
    /// Norms of the new version whose effect may have changed.
    pub new: Vec<NormId>,
    /// Norms that read differently.
    pub edited: (Vec<NormId>, Vec<NormId>),
    /// Treaties whose life may have changed, by name.
    pub lives: BTreeSet<String>,
    /// What only one version declares: scenarios that speak of it cannot be told to the other.
    pub one_sided: BTreeSet<String>,
    /// Actors whom a declaration names in one version only.
    pub named: BTreeSet<String>,
    /// Treaties of which something was edited, by name.
    pub treaties: BTreeSet<String>,
}

/// What differs between two versions, and what that can reach. Clauses that differ in order and names of variables only are the
/// same.
pub(super) fn affected(before: &Dependencies<'_>, after: &Dependencies<'_>) -> Affected {
    let (old, new) = (before.book, after.book);
    let (words, one_sided) = changed_words(old, new);
    let edited = edited_norms(old, new);
    let mut found = Affected {
        edited: edited.clone(),
        one_sided,
        named: named_by([old, new], &words),
        treaties: treaties_of([old, new], &words, &edited),
        ..Affected::default()
    };
    if words.is_empty() && edited.0.is_empty() && edited.1.is_empty() {
        return found;
    }
    let sides = [(before, edited.0), (after, edited.1)].map(|(dependencies, direct)| {
        let book = dependencies.book;
        let reach = Reach::new(book, &words);
        let touched = reach.norms(book).chain(direct).collect();
        let mut norms: Vec<NormId> = dependencies.dependants(&touched).into_iter().collect();
        norms.sort_unstable();
        let lives = reach.lives.iter().map(|id| book.treaty(*id).name.clone());
        (norms, lives.collect::<Vec<String>>())
    });
    let [(in_old, old_lives), (in_new, new_lives)] = sides;
    (found.old, found.new) = (in_old, in_new);
    found.lives = old_lives.into_iter().chain(new_lives).collect();
    found
}

fn changed_words(old: &Rulebook, new: &Rulebook) -> (BTreeSet<Word>, BTreeSet<String>) {
    let (before, after) = (declarations(old), declarations(new));
    let mut changed = BTreeSet::new();
    let mut one_sided = BTreeSet::new();
    for (word, text) in &before {
        if after.get(word) != Some(text) {
            changed.insert(word.clone());
        }
    }
    changed.extend(
        after
            .keys()
            .filter(|word| !before.contains_key(*word))
            .cloned(),
    );
    for word in &changed {
        if let (false, Word::Entity(name) | Word::Predicate(name)) =
            (before.contains_key(word) && after.contains_key(word), word)
        {
            one_sided.insert(name.clone());
        }
    }
    (changed, one_sided)
}

/// Norms of either version without a twin in the other.
fn edited_norms(old: &Rulebook, new: &Rulebook) -> (Vec<NormId>, Vec<NormId>) {
    let same_numbers = old.names == new.names && old.predicate_names == new.predicate_names;
    let (before, after) = (by_treaty(old), by_treaty(new));
    let mut edited = (Vec::new(), Vec::new());
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let none = Vec::new();
        let (ones, others) = (
            before.get(name).unwrap_or(&none),
            after.get(name).unwrap_or(&none),
        );
        let mut pairs = ones.iter().zip(others);
        if same_numbers
            && ones.len() == others.len()
            && pairs.all(|(one, other)| same(old.norm(*one), new.norm(*other)))
        {
            continue;
        }
        let mut texts: FxHashMap<String, Vec<NormId>> = FxHashMap::default();
        for one in ones {
            texts
                .entry(canonical::norm(old, old.norm(*one)))
                .or_default()
                .push(*one);
        }
        for other in others {
            let text = canonical::norm(new, new.norm(*other));
            if texts.get_mut(&text).and_then(Vec::pop).is_none() {
                edited.1.push(*other);
            }
        }
        edited.0.extend(texts.into_values().flatten());
    }
    edited.0.sort_unstable();
    edited.1.sort_unstable();
    edited
}

fn by_treaty(book: &Rulebook) -> FxHashMap<String, Vec<NormId>> {
    let mut found: FxHashMap<String, Vec<NormId>> = FxHashMap::default();
    for (index, norm) in book.norms.iter().enumerate() {
        let treaty = norm
            .treaty
            .map_or_else(String::new, |id| book.treaty(id).name.clone());
        found.entry(treaty).or_default().push(NormId(index as u32));
    }
    found
}

/// Whether two norms read alike; names stand for the same numbers in both.
fn same(one: &Norm, other: &Norm) -> bool {
    (
        one.treaty,
        one.article,
        &one.clause,
        one.triggered,
        one.dates,
        one.layer,
    ) == (
        other.treaty,
        other.article,
        &other.clause,
        other.triggered,
        other.dates,
        other.layer,
    ) && one.conditions == other.conditions
        && one.parties == other.parties
        && one.head == other.head
}

/// What changed declarations reach in one version.
struct Reach {
    entities: FxHashSet<String>,
    predicates: FxHashSet<String>,
    lives: FxHashSet<TreatyId>,
    places: bool,
}

impl Reach {
    fn new(book: &Rulebook, words: &BTreeSet<Word>) -> Self {
        let mut reach = Self {
            entities: FxHashSet::default(),
            predicates: FxHashSet::default(),
            lives: FxHashSet::default(),
            places: false,
        };
        for word in words {
            reach.add(book, word);
        }
        reach.spread_lives(book);
        reach.spread_areas(book);
        reach
    }

    fn add(&mut self, book: &Rulebook, word: &Word) {
        let treaty = |name: &str| book.entity(name).and_then(|id| book.treaty_of(id));
        match word {
            Word::Entity(name) => {
                self.entities.insert(name.clone());
                let kind = book.entity(name).map(|id| &book.entities[id.index()].kind);
                self.places |= matches!(kind, Some(EntityKind::Place(_)));
                if let Some(id) = book.entity(name)
                    && matches!(kind, Some(EntityKind::State { .. }))
                {
                    let all = (0..book.treaties.len() as u32).map(TreatyId);
                    self.lives.extend(all.filter(|treaty| {
                        let treaty = book.treaty(*treaty);
                        treaty.open_to_every_state
                            || treaty.parties.iter().any(|party| party.actor == id)
                    }));
                }
            }
            Word::Predicate(name) => {
                self.predicates.insert(name.clone());
            }
            Word::Treaty(name) => self.lives.extend(treaty(name)),
            Word::Record(name, named) => {
                self.predicates.insert(name.clone());
                self.lives.extend(named.as_deref().and_then(treaty));
            }
        }
    }

    /// The life of a treaty may hang on that of another, or on what somebody does.
    fn spread_lives(&mut self, book: &Rulebook) {
        loop {
            let before = self.lives.len();
            for (index, treaty) in book.treaties.iter().enumerate() {
                let mut on: Vec<TreatyId> = treaty.while_in_force.into_iter().collect();
                on.extend(treaty.parties_of);
                let mut said = false;
                for condition in treaty.life_conditions() {
                    let mentions = Mentions::of_condition(condition);
                    on.extend(mentions.treaties_in(book));
                    said |= mentions
                        .predicates
                        .iter()
                        .any(|(id, _)| self.knows(book, *id));
                }
                if said || on.iter().any(|id| self.lives.contains(id)) {
                    self.lives.insert(TreatyId(index as u32));
                }
                if self.lives.contains(&TreatyId(index as u32)) {
                    self.lives.extend(&treaty.replaces);
                }
            }
            if before == self.lives.len() {
                return;
            }
        }
    }

    fn knows(&self, book: &Rulebook, id: crate::model::ids::PredicateId) -> bool {
        self.predicates.contains(&predicate_name(book, id))
    }

    /// An area may be made of others, of places, and of what parties hold.
    fn spread_areas(&mut self, book: &Rulebook) {
        loop {
            let before = self.entities.len();
            for (name, id) in &book.names {
                let EntityKind::Area(index) = book.entities[id.index()].kind else {
                    continue;
                };
                let changed = book.areas[index].lines.iter().any(|line| {
                    let base = match &line.base {
                        AreaBase::Named(id) => self.entities.contains(&full_name(book, *id)),
                        AreaBase::Territory(Holder::Class(class))
                        | AreaBase::Islands(Holder::Class(class))
                        | AreaBase::Administered(Holder::Class(class)) => match class {
                            crate::model::condition::Class::Party(id, _) => self.lives.contains(id),
                            _ => false,
                        },
                        _ => false,
                    };
                    let within = line.within.iter().flatten();
                    let mut within = within.map(|id| full_name(book, *id));
                    base || self.places || within.any(|name| self.entities.contains(&name))
                });
                if changed {
                    self.entities.insert(name.clone());
                }
            }
            if before == self.entities.len() {
                return;
            }
        }
    }

    /// The norms that speak of something reached.
    fn norms<'a>(&'a self, book: &'a Rulebook) -> impl Iterator<Item = NormId> + 'a {
        let implied: FxHashSet<String> = self.implied(book);
        let quiet = self.entities.is_empty() && implied.is_empty() && self.lives.is_empty();
        let norms = book.norms.iter().enumerate();
        let reached = norms.filter(move |(_, norm)| {
            if quiet && !self.places {
                return false;
            }
            let mentions = Mentions::of(norm);
            (self.places && mentions.places)
                || mentions
                    .treaties_in(book)
                    .iter()
                    .any(|id| self.lives.contains(id))
                || mentions
                    .entities
                    .iter()
                    .any(|id| self.entities.contains(&full_name(book, *id)))
                || mentions
                    .predicates
                    .iter()
                    .any(|(id, _)| implied.contains(&predicate_name(book, *id)))
        });
        reached.map(|(index, _)| NormId(index as u32))
    }

    /// A changed word with what it is a kind of.
    fn implied(&self, book: &Rulebook) -> FxHashSet<String> {
        let ids = (0..book.predicates.len() as u16).map(crate::model::ids::PredicateId);
        let changed = ids.filter(|id| self.knows(book, *id));
        let all = changed.flat_map(|id| book.implied(id, [None; 4]));
        all.map(|(id, _)| predicate_name(book, id)).collect()
    }
}
