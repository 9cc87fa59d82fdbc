//! Which outcomes cannot differ between two versions of the rules, because no edit can have to do with what they rest on.

use super::cache::Cache;
use super::canonical;
use super::corpus::Source;
use super::edit::{Comparison, Edit};
use super::reach::{Edited, Reach};
use super::term::hash;
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use rustc_hash::FxHashSet;

/// Tells which outcomes are the same in both versions, from what they rest on in one of them; by default of none.
#[derive(Default)]
pub struct Untouched<'c> {
    /// The edited treaties in both versions; `None`: anything may differ.
    edited: Option<[Edited<'c>; 2]>,
    /// Names that one version may not know: a scenario in which one stands is read by both.
    names: FxHashSet<String>,
    /// What is known of the outcomes in one of the versions.
    cache: Option<&'c Cache>,
}

impl<'c> Untouched<'c> {
    /// Of the two versions of a comparison.
    pub fn new(comparison: &Comparison<'c>) -> Self {
        let (old, new) = comparison.versions();
        let treaties = comparison.edits.iter().map(|edit| edit.treaty.clone());
        let treaties = treaties.collect::<Option<FxHashSet<String>>>();
        let books = [&old.rulebook, &new.rulebook];
        let clauses = comparison.edits.iter().all(|edit| edit.is_clause);
        let only_changed = clauses && !comparison.edits.iter().any(Edit::is_one_sided);
        let names = if only_changed {
            FxHashSet::default()
        } else {
            let treaties = treaties.iter().flatten();
            treaties.flat_map(|name| names(name, books)).collect()
        };
        let edited = treaties.map(|treaties| {
            let whole = books.map(|book| Edited::new(book, treaties.clone()));
            if clauses {
                rewritten(whole, books)
            } else {
                whole
            }
        });
        Self {
            edited,
            names,
            cache: None,
        }
    }

    /// With what is known from an earlier run, if that was under one of the versions; `numbers` are those of their texts.
    #[must_use]
    pub fn knowing(self, cache: &'c Cache, numbers: [u64; 2]) -> Self {
        let cache = numbers
            .iter()
            .any(|number| cache.is_of(*number))
            .then_some(cache);
        Self { cache, ..self }
    }

    /// Whether it is known, without working it out, that the outcome of this scenario is the same in both.
    pub fn has(&self, source: &Source) -> bool {
        let text = || hash(&source.text);
        let known = self.cache.and_then(|cache| cache.get(&source.name, text()));
        known.is_some_and(|known| self.is_beyond_reach(source, &known.reach.open()))
    }

    /// Whether the outcome of a scenario that rests on this in one version is the same in both.
    pub fn is_beyond_reach(&self, source: &Source, reach: &Reach) -> bool {
        let named = || self.names.iter().any(|name| source.text.contains(name));
        let edited = self.edited.as_ref();
        edited.is_some_and(|both| !both.iter().any(|edited| edited.may_touch(reach)) && !named())
    }
}

/// A treaty, with what its head gives a name to.
fn names(treaty: &str, books: [&Rulebook; 2]) -> Vec<String> {
    let mut found = vec![treaty.to_owned()];
    for book in books {
        let areas = book.names.keys().filter_map(|name| name.split_once('/'));
        let areas = areas.filter(|(of, _)| *of == treaty);
        found.extend(areas.map(|(_, area)| area.to_owned()));
        let id = book.entity(treaty).and_then(|id| book.treaty_of(id));
        let disputes = id.map(|id| &book.treaty(id).disputes).into_iter().flatten();
        for dispute in disputes.map(|id| &book.disputes[id.index()]) {
            found.push(dispute.name.clone());
            found.extend(dispute.readings.iter().map(|reading| reading.name.clone()));
        }
    }
    found
}

/// Where only clauses were edited, only norms that the versions do not share count; unless one of them is a definition, on
/// which the life of its treaty may hang.
fn rewritten<'c>(whole: [Edited<'c>; 2], books: [&'c Rulebook; 2]) -> [Edited<'c>; 2] {
    let texts = [0, 1].map(|at: usize| {
        let norms = whole[at].norms();
        let texts = norms.map(|norm| canonical::norm(books[at], norm));
        texts.collect::<FxHashSet<String>>()
    });
    let alone = |book: &Rulebook, norm: &Norm| {
        let text = canonical::norm(book, norm);
        !texts.iter().all(|version| version.contains(&text))
    };
    let defines = |at: usize| {
        let mut norms = whole[at].norms();
        norms.any(|norm| matches!(norm.head, Head::Deem(_)) && alone(books[at], norm))
    };
    if defines(0) || defines(1) {
        return whole;
    }
    let [old, new] = whole;
    [
        old.only(&|norm| alone(books[0], norm)),
        new.only(&|norm| alone(books[1], norm)),
    ]
}
