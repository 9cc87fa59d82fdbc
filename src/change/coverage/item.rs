//! What there is to test in a rulebook.

use super::hole::Label;
use crate::calendar::{Day, Days};
use crate::engine::{Element, Part, Record, Trace, elements};
use crate::model::condition::Condition;
use crate::model::ids::{NormId, TreatyId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::source::Span;
use crate::wording;
use indexmap::IndexMap;

/// The clauses of a treaty.
#[derive(Clone, Debug)]
pub struct Treaty {
    /// Its name.
    pub name: String,
    /// Which; `None`: general definitions.
    pub id: Option<TreatyId>,
    /// What is to be tested of each, and of its dates as a whole.
    pub clauses: Vec<Clause>,
}

/// What is to be tested of a clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Treaty and article.
    pub citation: String,
    /// File and line.
    pub place: (String, u32),
    /// What is to be tested.
    pub items: Vec<Item>,
}

/// One thing to be tested.
#[derive(Clone, Debug)]
pub struct Item {
    /// Of what kind.
    pub kind: Kind,
    /// What has to happen, after "no scenario ".
    pub words: String,
    /// What has to happen.
    pub aim: Aim,
    /// A scenario in which it does.
    pub seen: Option<String>,
    /// If there is none: whether there can be one.
    pub label: Label,
}

/// Kinds of things to be tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A clause applies.
    Clause,
    /// An exception decides.
    Exception,
    /// A condition decides.
    Condition,
    /// A day on which the law changes has something on this side of it.
    Date,
    /// A deadline is met, or passes.
    Deadline,
}

impl Kind {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 5] = [
        Self::Clause,
        Self::Exception,
        Self::Condition,
        Self::Date,
        Self::Deadline,
    ];

    /// In a word, of several.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Clause => "clauses",
            Self::Exception => "exceptions",
            Self::Condition => "conditions",
            Self::Date => "dates",
            Self::Deadline => "deadlines",
        }
    }
}

/// What has to happen in a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// One of these norms applies.
    Applies(Vec<NormId>),
    /// One of these is the only thing missing.
    OnlyMissing(Vec<(NormId, Element)>),
    /// The conditions of one of these hold before the day.
    Before(Vec<NormId>, Day),
    /// They hold on the day or later.
    From(Vec<NormId>, Day),
    /// A deadline of one of these is met.
    Met(Vec<NormId>),
    /// It passes.
    Passed(Vec<NormId>),
}

impl Aim {
    /// The norms it is about.
    pub fn norms(&self) -> Vec<NormId> {
        match self {
            Self::Applies(norms)
            | Self::Before(norms, _)
            | Self::From(norms, _)
            | Self::Met(norms)
            | Self::Passed(norms) => norms.clone(),
            Self::OnlyMissing(elements) => elements.iter().map(|(norm, _)| *norm).collect(),
        }
    }

    /// Whether what a scenario shows of one of its norms is what has to happen.
    pub fn is_met(&self, norm: NormId, trace: &Trace) -> bool {
        match self {
            Self::Applies(_) => trace.fired,
            Self::OnlyMissing(elements) => elements
                .iter()
                .any(|(own, element)| *own == norm && trace.missed.contains(element)),
            Self::Before(_, day) => trace.days.is_some_and(|days| days.first < *day),
            Self::From(_, day) => trace.days.is_some_and(|days| days.last >= *day),
            Self::Met(_) => trace.met,
            Self::Passed(_) => trace.passed,
        }
    }
}

impl Clause {
    /// Whether it applies in some scenario; where there is nothing to apply, nothing is missing.
    pub fn applies(&self) -> bool {
        let own = self.items.iter().find(|item| item.kind == Kind::Clause);
        own.is_none_or(|item| item.seen.is_some())
    }

    /// Whether an item of it is tested: a condition only if the clause also applies in some scenario.
    pub fn is_covered(&self, item: &Item) -> bool {
        item.seen.is_some() && (item.kind != Kind::Condition || self.applies())
    }
}

/// Everything that is to be tested, treaty by treaty.
pub(super) fn treaties(project: &Project, record: &Record) -> Vec<Treaty> {
    let book = &project.rulebook;
    let mut clauses: IndexMap<(Option<TreatyId>, Span, String), Vec<NormId>> = IndexMap::new();
    for (at, norm) in book.norms.iter().enumerate() {
        let key = (norm.treaty, norm.span, wording::citation(book, norm));
        clauses.entry(key).or_default().push(NormId(at as u32));
    }
    let mut found: IndexMap<Option<TreatyId>, Treaty> = IndexMap::new();
    for ((treaty, span, citation), norms) in clauses {
        let name = |id| book.treaty(id).name.clone();
        let of = found.entry(treaty).or_insert_with(|| Treaty {
            name: treaty.map_or_else(|| "definitions".to_owned(), name),
            id: treaty,
            clauses: Vec::new(),
        });
        of.clauses.push(Clause {
            citation,
            place: place(project, span),
            items: items(book, &norms),
        });
    }
    let mut all: Vec<Treaty> = found.into_values().collect();
    for treaty in &mut all {
        treaty.clauses.extend(life(project, record, treaty));
    }
    all
}

fn place(project: &Project, span: Span) -> (String, u32) {
    let line = project.sources.position(span).line;
    (project.sources.get(span.source).name.clone(), line)
}

fn item(kind: Kind, words: impl Into<String>, aim: Aim) -> Item {
    Item {
        kind,
        words: words.into(),
        aim,
        seen: None,
        label: Label::NotAsked,
    }
}

fn items(book: &Rulebook, norms: &[NormId]) -> Vec<Item> {
    let all = norms.to_vec();
    let mut found = vec![item(
        Kind::Clause,
        "makes it apply",
        Aim::Applies(all.clone()),
    )];
    let mut parts: IndexMap<(Kind, String), Vec<(NormId, Element)>> = IndexMap::new();
    for id in norms {
        let norm = book.norm(*id);
        for element in elements(norm) {
            let part = parts.entry(told(book, norm, element)).or_default();
            part.push((*id, element));
        }
    }
    let each = parts.into_iter();
    found.extend(each.map(|((kind, words), parts)| item(kind, words, Aim::OnlyMissing(parts))));
    found.sort_by_key(|item| item.kind);
    let first = book.norm(norms[0]);
    found.extend(sides(
        first.dates,
        &all,
        "the article",
        ["became part of the treaty", "ceased to be"],
    ));
    if norms.iter().any(|id| has_deadline(book.norm(*id))) {
        let late = [
            ("meets its deadline", Aim::Met(all.clone())),
            ("lets its deadline pass", Aim::Passed(all)),
        ];
        found.extend(late.map(|(words, aim)| item(Kind::Deadline, words, aim)));
    }
    found
}

fn has_deadline(norm: &Norm) -> bool {
    matches!(&norm.head, Head::Position(head) if head.deadline.is_some())
}

/// What it is that some scenario should turn on.
fn told(book: &Rulebook, norm: &Norm, element: Element) -> (Kind, String) {
    let say = |condition: &Condition| wording::condition(book, condition, &[], &norm.variables);
    let whole = &norm.conditions[element.condition];
    match (element.part, whole) {
        (Part::Whole, Condition::Not(inner)) => (
            Kind::Exception,
            format!("turns on the exception: {}", say(inner)),
        ),
        (Part::Place, Condition::Sentence { pattern, tense }) => {
            let mut elsewhere = pattern.clone();
            if let Some(place) = &mut elsewhere.place {
                place.outside = !place.outside;
            }
            let elsewhere = Condition::Sentence {
                pattern: elsewhere,
                tense: *tense,
            };
            (Kind::Condition, format!("tests this: {}", say(&elsewhere)))
        }
        (part, whole) => {
            let what = match part {
                Part::Amount => "lacks only the amount",
                Part::Period => "is only too late for this",
                _ => "lacks only this",
            };
            (Kind::Condition, format!("{what}: {}", say(whole)))
        }
    }
}

/// The days on which a treaty enters into force and ends, as the record tells them.
fn life(project: &Project, record: &Record, treaty: &Treaty) -> Option<Clause> {
    let id = treaty.id?;
    let own = treaty.clauses.iter().flat_map(|clause| &clause.items);
    let norms: Vec<NormId> = own
        .filter(|item| item.kind == Kind::Clause)
        .flat_map(|item| item.aim.norms())
        .collect();
    let spells = record.in_force(id).into_iter();
    let words = ["entered into force", "ended"];
    let items: Vec<Item> = spells
        .flat_map(|days| sides(days, &norms, "the treaty", words))
        .collect();
    (!items.is_empty()).then(|| Clause {
        citation: treaty.name.clone(),
        place: place(project, project.rulebook.treaty(id).span),
        items,
    })
}

/// Both sides of the first day and of the day after the last.
fn sides(days: Days, norms: &[NormId], what: &str, verbs: [&str; 2]) -> Vec<Item> {
    let mut found = Vec::new();
    let cuts = [
        (days.first, days.first != Day::FIRST),
        (days.last.next(), days.last != Day::LAST),
    ];
    for ((day, there), verb) in cuts.into_iter().zip(verbs) {
        if !there {
            continue;
        }
        let before = format!("tests the time before {day}, when {what} {verb}");
        let after = format!(
            "tests the time from {day} on, when {what} had {}",
            had(verb)
        );
        found.push(item(Kind::Date, before, Aim::Before(norms.to_vec(), day)));
        found.push(item(Kind::Date, after, Aim::From(norms.to_vec(), day)));
    }
    found
}

fn had(verb: &str) -> String {
    verb.replacen("became", "become", 1)
}
