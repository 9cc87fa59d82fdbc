//! What has been edited between two versions of a rulebook, and a rulebook with only some of it.

use super::align::phrases;
use super::canonical;
use super::piece::{Piece, Place};
use super::walk::{Both, Side, Walk};
use crate::check;
use crate::model::rulebook::Rulebook;
use crate::model::treaty::Entry;
use crate::project::Project;
use crate::source::Span;
use crate::syntax::ast::{Article, Attribute, ClauseBody, Content, File, Item, Part};
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;

/// What has become of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It reads otherwise.
    Changed,
}

/// A piece in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// In the canonical layout, without comments.
    pub text: String,
    /// Where; in the sources that both versions share.
    pub span: Span,
}

/// One edit: a clause, a line of a head or of an area, a fact of record, a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What was edited: `north-atlantic-treaty article 5 (1)`.
    pub place: String,
    /// In which treaty.
    pub treaty: Option<String>,
    /// In which article.
    pub article: Option<String>,
    /// What has become of it.
    pub change: Change,
    /// As it was.
    pub old: Option<Wording>,
    /// As it is now.
    pub new: Option<Wording>,
    /// It is a clause of an article.
    pub(super) is_clause: bool,
    /// Its number among all differences, those that change nothing included.
    difference: usize,
}

impl Edit {
    /// The phrases that are gone, and those that are new. A label that has not changed is none.
    pub fn phrases(&self) -> (Vec<String>, Vec<String>) {
        let text = |wording: &Option<Wording>| -> String {
            wording
                .as_ref()
                .map_or_else(String::new, |wording| wording.text.clone())
        };
        let (old, new) = (text(&self.old), text(&self.new));
        let labels = (label(&old), label(&new));
        if self.change == Change::Changed && labels.0 != labels.1 {
            return phrases(&old, &new);
        }
        phrases(&old[labels.0.len()..], &new[labels.1.len()..])
    }

    /// Where it stands, in the new version if it stands there.
    pub fn span(&self) -> Option<Span> {
        self.new
            .as_ref()
            .or(self.old.as_ref())
            .map(|wording| wording.span)
    }
}

/// `(2) ` at the head of a clause.
fn label(text: &str) -> &str {
    let end = text.starts_with('(').then(|| text.find(") ")).flatten();
    end.map_or("", |end| &text[..end + 2])
}

/// The most of a phrase that a name shows.
const LONGEST_PHRASE: usize = 90;

/// `north-atlantic-treaty area treaty-area: + territory of turkey from 1952-02-15`
impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (gone, new) = self.phrases();
        let marked = |mark: &str, phrases: Vec<String>| {
            let text = phrases.join(", ");
            (!text.is_empty())
                .then(|| format!("{mark} {}", super::screen::shortened(&text, LONGEST_PHRASE)))
        };
        let parts = [marked("−", gone), marked("+", new)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let whole = self.change != Change::Changed && self.is_long();
        match (self.change, parts.as_slice()) {
            (Change::Added, _) if whole => write!(f, "{}: added", self.place),
            (Change::Removed, _) if whole => write!(f, "{}: removed", self.place),
            (_, []) => write!(f, "{}: in another order", self.place),
            (_, parts) => write!(f, "{}: {}", self.place, parts.join(" ")),
        }
    }
}

impl Edit {
    /// Whether only one version has it.
    pub(super) fn is_one_sided(&self) -> bool {
        self.change != Change::Changed
    }

    pub(super) fn is_long(&self) -> bool {
        let wording = self.new.as_ref().or(self.old.as_ref());
        wording.is_some_and(|wording| wording.text.lines().count() > 1)
    }
}

/// Two versions of a rulebook side by side.
pub struct Comparison<'p> {
    old: &'p Project,
    new: &'p Project,
    /// What was edited and may mean something else now.
    pub edits: Vec<Edit>,
    /// What reads otherwise and means the same.
    pub untouched: Vec<Edit>,
}

impl<'p> Comparison<'p> {
    /// Compares two versions. Their texts should stand in one list of sources ([`beside`]), so that spans tell them apart.
    pub fn new(old: &'p Project, new: &'p Project) -> Self {
        let meanings = (Meanings::of(&old.rulebook), Meanings::of(&new.rulebook));
        Self::judged(old, new, |both, place| {
            means_the_same(both, place, &meanings)
        })
    }

    /// Compares two texts that are not fit for use, such as one file of many: whatever reads otherwise is an edit.
    pub fn of_texts(old: &'p Project, new: &'p Project) -> Self {
        Self::judged(old, new, |_, _| false)
    }

    fn judged(old: &'p Project, new: &'p Project, same: impl Fn(Both<'_>, &Place) -> bool) -> Self {
        let mut found: Vec<(Edit, bool)> = Vec::new();
        let mut note = |place: &Place, both: Both<'_>| {
            let untouched = same(both, place);
            let edit = edit(place, both, found.len());
            found.push((edit, untouched));
            Side::New
        };
        let mut walk = Walk {
            choose: &mut note,
            place: Place::default(),
        };
        walk.files(&old.files, &new.files);
        let (untouched, edits): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, same)| *same);
        let only = |edits: Vec<(Edit, bool)>| edits.into_iter().map(|(edit, _)| edit).collect();
        Self {
            old,
            new,
            edits: only(edits),
            untouched: only(untouched),
        }
    }

    /// The old version and the new one.
    pub(super) fn versions(&self) -> (&'p Project, &'p Project) {
        (self.old, self.new)
    }

    /// The old version with these edits (by their numbers in `edits`) and all that changes nothing; `None` if they cannot
    /// stand without others (a clause that uses a word which another edit declares).
    pub fn with(&self, chosen: &[usize]) -> Option<Project> {
        let files = self.files_with(chosen);
        let (rulebook, diagnostics) = check::rulebook(&files);
        (!crate::diagnostic::any_error(&diagnostics)).then(|| Project {
            sources: self.new.sources.clone(),
            files,
            rulebook,
            diagnostics,
        })
    }

    fn files_with(&self, chosen: &[usize]) -> Vec<File> {
        let all: FxHashSet<usize> = self.edits.iter().map(|edit| edit.difference).collect();
        let chosen: FxHashSet<usize> = chosen
            .iter()
            .filter_map(|at| self.edits.get(*at))
            .map(|edit| edit.difference)
            .collect();
        let mut next = 0;
        let mut choose = |_: &Place, _: Both<'_>| {
            let this = next;
            next += 1;
            if all.contains(&this) && !chosen.contains(&this) {
                Side::Old
            } else {
                Side::New
            }
        };
        let mut walk = Walk {
            choose: &mut choose,
            place: Place::default(),
        };
        walk.files(&self.old.files, &self.new.files)
    }
}

/// A second version, its texts behind those of the first in one list of sources.
pub fn beside(first: &Project, texts: Vec<(String, String)>) -> Project {
    let sources = first.sources.clone();
    Project {
        sources,
        ..Project::default()
    }
    .with(texts)
}

fn edit(place: &Place, (old, new): Both<'_>, difference: usize) -> Edit {
    let wording = |piece: Piece<'_>| Wording {
        text: piece.text(),
        span: piece.span(),
    };
    let change = match (old, new) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ => Change::Changed,
    };
    let treaty = match new.or(old) {
        Some(Piece::Item(Item::Treaty(treaty))) => Some(treaty.name.text.clone()),
        _ => place.treaty.clone(),
    };
    let article = match new.or(old) {
        Some(Piece::Part(Part::Article(article))) => Some(article.label.text.clone()),
        _ => place.article.clone(),
    };
    Edit {
        place: new
            .or(old)
            .map_or_else(String::new, |piece| piece.name(place)),
        treaty,
        article,
        change,
        is_clause: matches!(new.or(old), Some(Piece::Clause(_))),
        old: old.map(wording),
        new: new.map(wording),
        difference,
    }
}

/// The canonical texts of the norms of each clause of a version, made when they are wanted.
struct Meanings<'r> {
    book: &'r Rulebook,
    by_span: FxHashMap<Span, Vec<usize>>,
}

impl<'r> Meanings<'r> {
    fn of(book: &'r Rulebook) -> Self {
        let mut by_span: FxHashMap<Span, Vec<usize>> = FxHashMap::default();
        for (at, norm) in book.norms.iter().enumerate() {
            by_span.entry(norm.span).or_default().push(at);
        }
        Self { book, by_span }
    }

    fn at(&self, span: Span) -> Vec<String> {
        let norms = self.by_span.get(&span).into_iter().flatten();
        let mut found: Vec<String> = norms
            .map(|at| canonical::norm(self.book, &self.book.norms[*at]))
            .collect();
        found.sort();
        found
    }

    /// The norms of an article, which reservations and narrowings add conditions to.
    fn article(&self, treaty: Option<&String>, label: &str) -> Option<Vec<String>> {
        let id = self.book.treaty_of(self.book.entity(treaty?)?)?;
        let articles = &self.book.treaty(id).articles;
        let at = articles.iter().position(|article| article.label == label)?;
        let norms = self.book.norms.iter();
        let norms = norms.filter(|norm| norm.treaty == Some(id) && usize::from(norm.article) == at);
        let mut found: Vec<String> = norms.map(|norm| canonical::norm(self.book, norm)).collect();
        found.sort();
        Some(found)
    }

    fn entry(&self, treaty: Option<&String>) -> Option<String> {
        let id = self.book.treaty_of(self.book.entity(treaty?)?)?;
        match &self.book.treaty(id).entry {
            Entry::When(condition) => Some(canonical::condition(self.book, condition)),
            _ => None,
        }
    }
}

fn means_the_same(
    both: Both<'_>,
    place: &Place,
    (old, new): &(Meanings<'_>, Meanings<'_>),
) -> bool {
    let (Some(before), Some(after)) = both else {
        return matches!(
            both.0.or(both.1),
            Some(Piece::Attribute(
                Attribute::Also(_) | Attribute::Cite(_) | Attribute::Source(_) | Attribute::Note(_)
            ))
        );
    };
    let article_same = |label: &str| {
        let norms = |meanings: &Meanings<'_>| meanings.article(place.treaty.as_ref(), label);
        norms(old).is_some() && norms(old) == norms(new)
    };
    match (before, after) {
        (Piece::Title(_), Piece::Title(_)) => true,
        (Piece::ArticleHead(one), Piece::ArticleHead(other)) => untitled(one) == untitled(other),
        (Piece::Clause(one), Piece::Clause(other)) => match (&one.body, &other.body) {
            (ClauseBody::Norms { .. }, ClauseBody::Norms { .. }) => {
                old.at(one.span) == new.at(other.span)
            }
            (
                ClauseBody::Narrowing { article, .. },
                ClauseBody::Narrowing { article: same, .. },
            ) => article.text == same.text && article_same(&article.text),
            _ => false,
        },
        (Piece::Part(Part::Reservation(one)), Piece::Part(Part::Reservation(other))) => {
            one.article.text == other.article.text && article_same(&one.article.text)
        }
        (Piece::Item(Item::Define(one)), Piece::Item(Item::Define(other))) => {
            old.at(one.span) == new.at(other.span)
        }
        (Piece::Item(one), Piece::Item(other)) => {
            super::titles::untitled(one) == super::titles::untitled(other)
        }
        (Piece::Attribute(one), Piece::Attribute(other)) => {
            let entry = |meanings: &Meanings<'_>| meanings.entry(place.treaty.as_ref());
            same_line(one, other) || both_conditions(one, other) && entry(old) == entry(new)
        }
        (Piece::Part(Part::Article(one)), Piece::Part(Part::Article(other))) => {
            untitled_article(one).is_some() && untitled_article(one) == untitled_article(other)
        }
        _ => false,
    }
}

fn untitled(article: &Article) -> String {
    let bare = Article {
        title: None,
        ..article.clone()
    };
    Piece::ArticleHead(&bare).text()
}

/// An article without clauses, by what counts of it.
fn untitled_article(article: &Article) -> Option<String> {
    let content = match &article.content {
        Content::Clauses(_) => return None,
        Content::NoPosition => Content::NoPosition,
        Content::NotEncoded(_) => Content::NotEncoded(None),
    };
    let bare = Article {
        title: None,
        content,
        ..article.clone()
    };
    Some(Piece::Part(&Part::Article(bare)).text())
}

/// Remarks count for nothing, nor does the order of names in a list.
fn same_line(one: &Attribute, other: &Attribute) -> bool {
    let sorted = |attribute: &Attribute| match attribute {
        Attribute::Parties { names, role } => {
            let mut names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
            names.sort_unstable();
            Some((names.join(" "), role.as_ref().map(|role| role.text.clone())))
        }
        _ => None,
    };
    let remark = |attribute: &Attribute| {
        matches!(
            attribute,
            Attribute::Also(_) | Attribute::Cite(_) | Attribute::Source(_) | Attribute::Note(_)
        )
    };
    remark(one) && remark(other) || sorted(one).is_some() && sorted(one) == sorted(other)
}

fn both_conditions(one: &Attribute, other: &Attribute) -> bool {
    matches!(
        (one, other),
        (Attribute::EntersWhen(_), Attribute::EntersWhen(_))
    )
}
