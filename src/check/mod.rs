//! From trees to a rulebook: names resolved, clauses lowered to norms, and all that is wrong reported at once.

mod act;
mod amend;
mod anew;
mod binding;
mod builder;
mod clause;
mod condition;
mod context;
mod core;
mod cycle;
mod dates;
mod declare;
mod deem;
mod dependency;
mod draft;
mod elsewhere;
mod expand;
mod forms;
mod geography;
mod head;
mod history;
mod index;
mod late;
mod lints;
mod negation;
mod noun;
mod plural;
mod precedence;
mod predicate;
mod qualifier;
mod rivals;
pub mod scenario;
pub mod sentence;
mod spans;
mod vocabulary;
mod walk;

pub use self::anew::Anew;
pub use self::core::core_text;
pub use self::history::outside_existence;

use self::clause::{Lowered, Site};
use self::draft::{Draft, Gathered, TreatyPart};
use crate::diagnostic::{Diagnostic, sort};
use crate::model::rulebook::Rulebook;
use crate::parallel;
use crate::syntax::ast;

/// The rulebook that the files declare, and everything that is wrong with them. With an error among the diagnostics the
/// rulebook is not fit for use.
pub fn rulebook<'a>(files: impl IntoIterator<Item = &'a ast::File>) -> (Rulebook, Vec<Diagnostic>) {
    let draft = draft(files);
    let mut found = circles(&draft.book);
    found.extend(lints::lints(&draft));
    let mut diagnostics = draft.diagnostics;
    diagnostics.append(&mut found);
    sort(&mut diagnostics);
    diagnostics.dedup();
    (draft.book, diagnostics)
}

/// All names resolved and all clauses lowered.
fn draft<'a>(files: impl IntoIterator<Item = &'a ast::File>) -> Draft<'a> {
    let mut draft = declare::declare(files);
    vocabulary::resolve_kinds(&mut draft);
    geography::resolve(&mut draft);
    head::resolve(&mut draft);
    late::who_knew(&mut draft);
    geography::areas(&mut draft);
    history::resolve(&mut draft);
    history::signatures(&mut draft.book);
    late::lives(&mut draft);
    let norms = norms(&mut draft);
    draft.book.norms = norms.into_iter().map(|lowered| lowered.norm).collect();
    draft
}

/// Circles of precedence and of negation.
fn circles(book: &Rulebook) -> Vec<Diagnostic> {
    let mut found = precedence::cycles(book);
    found.extend(negation::cycles(book));
    found
}

/// All norms: treaty by treaty in the order of the text, then the general definitions.
fn norms(draft: &mut Draft<'_>) -> Vec<Lowered> {
    let mut norms = Vec::new();
    let parts = draft.parts.clone();
    for (lowered, gathered) in parallel::map(&parts, |part| norms_of_part(draft, *part)) {
        norms.extend(lowered);
        draft.gather(gathered);
    }
    amendments(draft, &mut norms);
    let mut context = draft.context(None);
    for define in &draft.defines {
        norms.extend(clause::define(&mut context, define));
    }
    let gathered = context.finish();
    draft.gather(gathered);
    norms
}

/// The norms of an article; of other parts none.
fn norms_of_part(draft: &Draft<'_>, part: TreatyPart<'_>) -> (Vec<Lowered>, Gathered) {
    let mut context = draft.context(Some(part.treaty));
    let mut norms = Vec::new();
    if let ast::Part::Article(article) = part.part
        && let ast::Content::Clauses(clauses) = &article.content
    {
        let labels = &context.book.treaty(part.treaty).articles;
        let index = labels
            .iter()
            .position(|known| known.label == article.label.text);
        context.article = index.and_then(|at| u16::try_from(at).ok());
        let site = Site {
            article: context.article.unwrap_or(u16::MAX),
            layer: part.layer.or(context.book.treaty(part.treaty).layer),
            dates: dates::days(&article.dates, &mut Vec::new()),
        };
        for clause in clauses {
            norms.extend(clause::clause(&mut context, site, clause));
        }
    }
    (norms, context.finish())
}

/// Reservations and narrowings.
fn amendments(draft: &mut Draft<'_>, norms: &mut [Lowered]) {
    for part in draft.parts.clone() {
        let mut context = draft.context(Some(part.treaty));
        match part.part {
            ast::Part::Reservation(tree) => {
                amend::reservation(&mut context, part.treaty, norms, tree);
            }
            ast::Part::Article(article) => {
                let ast::Content::Clauses(clauses) = &article.content else {
                    continue;
                };
                for clause in clauses {
                    if let ast::ClauseBody::Narrowing {
                        article,
                        variable,
                        means,
                    } = &clause.body
                    {
                        let place = (part.treaty, part.layer);
                        amend::narrowing(&mut context, place, norms, (article, variable, means));
                    }
                }
            }
            _ => continue,
        }
        let gathered = context.finish();
        draft.gather(gathered);
    }
}
