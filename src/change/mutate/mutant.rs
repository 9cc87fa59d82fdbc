//! Mutants: rules that differ from the real ones in one place of one clause.

use super::head;
use super::mutator::{Around, changes};
use crate::check;
use crate::diagnostic::any_error;
use crate::model::entity::EntityKind;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::source::Span;
use crate::syntax::ast::{
    Article, Clause, ClauseBody, Content, Dates, File, Item, Part, Preface, Treaty,
};
use crate::syntax::format;
use rustc_hash::FxHashMap;

/// One mutant.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// In which treaty.
    pub treaty: String,
    /// Treaty, article and clause.
    pub clause: String,
    /// What was changed, in words.
    pub operator: String,
    /// The clause as it is.
    pub old: String,
    /// The clause as the mutant has it; empty: it has it not.
    pub new: String,
    /// Where the clause stands.
    pub span: Span,
    file: usize,
    article: Article,
}

/// How many places above and below one are tried.
const MOST_PLACES: usize = 3;

/// The mutants of these treaties and clauses, in the order of the text.
pub fn mutants(project: &Project, wanted: &dyn Fn(&str, Span) -> bool) -> Vec<Mutant> {
    let places = places(&project.rulebook);
    let mut found = Vec::new();
    for (file, tree) in project.files.iter().enumerate() {
        for item in &tree.items {
            if let Item::Treaty(treaty) = item {
                let spare = spare(treaty);
                let around = Around {
                    places: &places,
                    spare: &spare,
                };
                of_parts(&treaty.parts, &mut |article| {
                    found.extend(of_article(
                        &treaty.name.text,
                        file,
                        article,
                        &around,
                        wanted,
                    ));
                });
            }
        }
    }
    found
}

fn of_parts(parts: &[Part], each: &mut dyn FnMut(&Article)) {
    for part in parts {
        match part {
            Part::Article(article) => each(article),
            Part::Protocol(protocol) => of_parts(&protocol.parts, each),
            _ => {}
        }
    }
}

fn of_article(
    treaty: &str,
    file: usize,
    article: &Article,
    around: &Around<'_>,
    wanted: &dyn Fn(&str, Span) -> bool,
) -> Vec<Mutant> {
    let Content::Clauses(clauses) = &article.content else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let citation = format!("{treaty} article {}", article.label.text);
    let mut add = |clause: &Clause, operator: String, new: String, article: Article| {
        let label = clause.label.as_ref();
        let label = label.map_or_else(String::new, |label| format!(" ({})", label.text));
        found.push(Mutant {
            treaty: treaty.to_owned(),
            clause: format!("{citation}{label}"),
            operator,
            old: format::clause(clause),
            new,
            span: clause.span,
            file,
            article,
        });
    };
    for (at, clause) in clauses.iter().enumerate() {
        let norms = matches!(clause.body, ClauseBody::Norms { .. });
        if !norms || !wanted(treaty, clause.span) {
            continue;
        }
        let with = |changed: Option<Clause>| {
            let mut own = clauses.clone();
            match changed {
                Some(changed) => own[at] = changed,
                None => drop(own.remove(at)),
            }
            Article {
                content: if own.is_empty() {
                    Content::NoPosition
                } else {
                    Content::Clauses(own)
                },
                ..article.clone()
            }
        };
        add(
            clause,
            "drop the clause".to_owned(),
            String::new(),
            with(None),
        );
        for (operator, changed) in changes(clause, around, head::clause) {
            let new = format::clause(&changed);
            add(clause, operator, new, with(Some(changed)));
        }
        if at == 0 {
            for (operator, dates) in dated(&article.dates) {
                let new = format!("{} ({operator})", format::clause(clause));
                let dated = Article {
                    dates,
                    ..article.clone()
                };
                add(clause, operator, new, dated);
            }
        }
    }
    found
}

/// The days of an article, each moved by one.
fn dated(dates: &Dates) -> Vec<(String, Dates)> {
    let mut found = Vec::new();
    for by in [-1, 1] {
        let words = if by < 0 {
            "a day earlier"
        } else {
            "a day later"
        };
        let moved = |date: &crate::syntax::ast::Date| match date.value {
            crate::calendar::PartialDate::Day(day) => Some(crate::syntax::ast::Date {
                value: crate::calendar::PartialDate::Day(day.plus_days(by)),
                span: date.span,
            }),
            _ => None,
        };
        if let Some(from) = dates.from.as_ref().and_then(moved) {
            let own = Dates {
                from: Some(from),
                ..dates.clone()
            };
            found.push((format!("let the article begin {words}"), own));
        }
        if let Some(until) = dates.until.as_ref().and_then(moved) {
            let own = Dates {
                until: Some(until),
                ..dates.clone()
            };
            found.push((format!("let the article end {words}"), own));
        }
    }
    found
}

impl Mutant {
    /// The rules with the mutant in them; nothing if they are no rules any more.
    pub fn rulebook(&self, project: &Project) -> Option<(Vec<File>, Rulebook)> {
        let mut files = project.files.clone();
        let items = files.get_mut(self.file)?.items.iter_mut();
        for item in items {
            if let Item::Treaty(treaty) = item {
                put(&mut treaty.parts, &self.article);
            }
        }
        let (rulebook, diagnostics) = check::rulebook(&files);
        (!any_error(&diagnostics)).then_some((files, rulebook))
    }
}

fn put(parts: &mut [Part], article: &Article) {
    for part in parts {
        match part {
            Part::Article(own) if own.span == article.span => own.clone_from(article),
            Part::Protocol(protocol) => put(&mut protocol.parts, article),
            _ => {}
        }
    }
}

/// The exceptions and further conditions of a treaty's clauses, each once.
fn spare(treaty: &Treaty) -> Vec<Preface> {
    let mut found: Vec<Preface> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    of_parts(&treaty.parts, &mut |article| {
        let Content::Clauses(clauses) = &article.content else {
            return;
        };
        for clause in clauses {
            let ClauseBody::Norms { prefaces, .. } = &clause.body else {
                continue;
            };
            for preface in prefaces {
                if let Preface::Condition(word, condition) = preface
                    && *word != crate::syntax::ast::Connective::When
                {
                    let text = format!("{word:?} {}", format::condition(condition));
                    if found.len() < MOST_PLACES && !texts.contains(&text) {
                        texts.push(text);
                        found.push(preface.clone());
                    }
                }
            }
        }
    });
    found
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
            if children.len() < MOST_PLACES {
                children.push(entity.name.clone());
            }
            found.entry(entity.name.clone()).or_default().push(parent);
        }
    }
    found
}
