//! All mutants of the rules, in the order of the text.

use super::mutant::{Change, Mutant, put};
use super::mutator::{Around, changes};
use super::{head, treaty};
use crate::change::piece::{Piece, Place};
use crate::model::entity::EntityKind;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::source::Span;
use crate::syntax::ast::{
    Area, Article, Clause, ClauseBody, Connective, Content, Item, Part, Preface, Reservation,
    Treaty,
};
use crate::syntax::format;
use rustc_hash::FxHashMap;

/// How many places above and below one are tried, and how many conditions of other clauses.
const MOST: usize = 3;

/// Of which treaties, and of which lines and clauses of them.
type Wanted<'w> = dyn Fn(&str, Span) -> bool + 'w;

/// The mutants of these treaties and clauses.
pub fn mutants(project: &Project, wanted: &Wanted<'_>) -> Vec<Mutant> {
    let places = places(&project.rulebook);
    let mut found = Vec::new();
    for (file, tree) in project.files.iter().enumerate() {
        for item in &tree.items {
            let Item::Treaty(treaty) = item else {
                continue;
            };
            let spare = spare(treaty);
            let around = Around {
                places: &places,
                spare: &spare,
            };
            let mut breed = Breed {
                treaty,
                file,
                around: &around,
                wanted,
                found: Vec::new(),
            };
            breed.head();
            breed.parts(&treaty.parts, &mut Vec::new());
            found.append(&mut breed.found);
        }
    }
    found
}

/// The mutants of one treaty.
struct Breed<'b> {
    treaty: &'b Treaty,
    file: usize,
    around: &'b Around<'b>,
    wanted: &'b Wanted<'b>,
    found: Vec<Mutant>,
}

impl Breed<'_> {
    fn wants(&self, span: Span) -> bool {
        (self.wanted)(&self.treaty.name.text, span)
    }

    fn place(&self) -> Place {
        Place {
            treaty: Some(self.treaty.name.text.clone()),
            ..Place::default()
        }
    }

    fn add(&mut self, what: String, old: Piece<'_>, operator: String, new: String, change: Change) {
        self.found.push(Mutant {
            treaty: self.treaty.name.text.clone(),
            clause: what,
            operator,
            old: old.text(),
            new,
            span: old.span(),
            file: self.file,
            change,
        });
    }

    fn head(&mut self) {
        for (at, line) in self.treaty.attributes.iter().enumerate() {
            let old = Piece::Attribute(line);
            if !self.wants(old.span()) {
                continue;
            }
            let place = self.place();
            let all = changes(&Some(line.clone()), self.around, treaty::attribute);
            for (operator, changed) in all {
                let mut own = self.treaty.clone();
                let new = changed.as_ref().map_or_else(String::new, format::attribute);
                own.attributes.splice(at..=at, changed);
                let change = Change::Treaty(Box::new(own));
                self.add(old.name(&place), old, operator, new, change);
            }
        }
    }

    /// `way` leads to these parts: the number of each protocol around them.
    fn parts(&mut self, parts: &[Part], way: &mut Vec<usize>) {
        for (at, part) in parts.iter().enumerate() {
            way.push(at);
            match part {
                Part::Article(article) => self.article(article),
                Part::Protocol(protocol) => self.parts(&protocol.parts, way),
                Part::Area(area) => self.area(area, way),
                Part::Reservation(own) => self.reservation(part, own, way),
                Part::History(_) | Part::Dispute(_) => {}
            }
            way.pop();
        }
    }

    /// The treaty with another part at the end of that way, or without one.
    fn with(&self, way: &[usize], part: Option<Part>) -> Change {
        let mut own = self.treaty.clone();
        replace(&mut own.parts, way, part);
        Change::Treaty(Box::new(own))
    }

    fn area(&mut self, area: &Area, way: &[usize]) {
        let place = Place {
            area: Some(area.name.text.clone()),
            ..self.place()
        };
        for (at, line) in area.lines.iter().enumerate() {
            let old = Piece::Line(line);
            if !self.wants(old.span()) {
                continue;
            }
            for (operator, changed) in changes(&Some(line.clone()), self.around, treaty::area_line)
            {
                let mut own = area.clone();
                let new = changed.as_ref().map_or_else(String::new, format::area_line);
                own.lines.splice(at..=at, changed);
                let change = self.with(way, Some(Part::Area(own)));
                self.add(old.name(&place), old, operator, new, change);
            }
        }
    }

    fn reservation(&mut self, part: &Part, own: &Reservation, way: &[usize]) {
        let old = Piece::Part(part);
        if !self.wants(old.span()) {
            return;
        }
        let place = self.place();
        for (operator, changed) in changes(&Some(own.clone()), self.around, treaty::reservation) {
            let changed = changed.map(Part::Reservation);
            let new = changed.as_ref().map_or_else(String::new, format::part);
            let change = self.with(way, changed);
            self.add(old.name(&place), old, operator, new, change);
        }
    }

    fn article(&mut self, article: &Article) {
        let Content::Clauses(clauses) = &article.content else {
            return;
        };
        let citation = format!("{} article {}", self.treaty.name.text, article.label.text);
        let whole = self.wants(article.label.span);
        if whole || clauses.iter().any(|clause| self.wants(clause.span)) {
            self.dates(&citation, article);
        }
        for (at, clause) in clauses.iter().enumerate() {
            let norms = matches!(clause.body, ClauseBody::Norms { .. });
            if !norms || !self.wants(clause.span) {
                continue;
            }
            let label = clause.label.as_ref();
            let label = label.map_or_else(String::new, |label| format!(" ({})", label.text));
            let what = format!("{citation}{label}");
            let drop = ("drop the clause".to_owned(), None);
            let others = changes(clause, self.around, head::clause).into_iter();
            let others = others.map(|(operator, changed)| (operator, Some(changed)));
            for (operator, changed) in std::iter::once(drop).chain(others) {
                let new = changed.as_ref().map_or_else(String::new, format::clause);
                let part = Part::Article(with_clause(article, clauses, at, changed));
                let change = Change::Clauses(Box::new(part));
                self.add(what.clone(), Piece::Clause(clause), operator, new, change);
            }
        }
    }

    /// The days on which an article becomes part of the treaty and ceases to be.
    fn dates(&mut self, citation: &str, article: &Article) {
        let old = Piece::ArticleHead(article);
        for (operator, dates) in changes(&article.dates, self.around, treaty::dates) {
            let changed = Article {
                dates,
                ..article.clone()
            };
            let new = Piece::ArticleHead(&changed).text();
            let mut own = self.treaty.clone();
            put(&mut own.parts, &Part::Article(changed));
            let change = Change::Treaty(Box::new(own));
            self.add(citation.to_owned(), old, operator, new, change);
        }
    }
}

/// An article with another clause in the place of one, or without it.
fn with_clause(
    article: &Article,
    clauses: &[Clause],
    at: usize,
    changed: Option<Clause>,
) -> Article {
    let mut own = clauses.to_vec();
    own.splice(at..=at, changed);
    Article {
        content: if own.is_empty() {
            Content::NoPosition
        } else {
            Content::Clauses(own)
        },
        ..article.clone()
    }
}

fn replace(parts: &mut Vec<Part>, way: &[usize], part: Option<Part>) {
    match way {
        [] => {}
        [at] => drop(parts.splice(at..=at, part)),
        [at, rest @ ..] => {
            if let Some(Part::Protocol(protocol)) = parts.get_mut(*at) {
                replace(&mut protocol.parts, rest, part);
            }
        }
    }
}

/// The exceptions and further conditions of a treaty's clauses, each once.
fn spare(treaty: &Treaty) -> Vec<Preface> {
    let mut found: Vec<Preface> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    of_parts(&treaty.parts, &mut |preface| {
        if let Preface::Condition(word, condition) = preface
            && *word != Connective::When
        {
            let text = format!("{word:?} {}", format::condition(condition));
            if found.len() < MOST && !texts.contains(&text) {
                texts.push(text);
                found.push(preface.clone());
            }
        }
    });
    found
}

/// What stands before the norms of all clauses.
fn of_parts(parts: &[Part], each: &mut dyn FnMut(&Preface)) {
    for part in parts {
        match part {
            Part::Article(Article {
                content: Content::Clauses(clauses),
                ..
            }) => {
                for clause in clauses {
                    if let ClauseBody::Norms { prefaces, .. } = &clause.body {
                        prefaces.iter().for_each(&mut *each);
                    }
                }
            }
            Part::Protocol(protocol) => of_parts(&protocol.parts, each),
            _ => {}
        }
    }
}

/// For each place those in which it lies, and the first few that lie in it.
fn places(book: &Rulebook) -> FxHashMap<String, Vec<String>> {
    let mut found: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for entity in &book.entities {
        let EntityKind::Place(id) = &entity.kind else {
            continue;
        };
        for (parent, _) in &book.places[*id].within {
            let parent = book.name(*parent);
            let children = found.entry(parent.clone()).or_default();
            if children.len() < MOST {
                children.push(entity.name.clone());
            }
            found.entry(entity.name.clone()).or_default().push(parent);
        }
    }
    found
}
