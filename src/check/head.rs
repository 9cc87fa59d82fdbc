//! The head of a treaty: its parties, its life, its rank.

use super::context::Context;
use super::cycle::find_cycle;
use super::dates::days;
use super::draft::{Draft, Gathered};
use super::plural::singular;
use crate::calendar::{Days, Period, Rounding};
use crate::diagnostic::codes::{check as codes, lint};
use crate::diagnostic::phrase::nearest;
use crate::model::ids::TreatyId;
use crate::model::treaty::{AfterTerm, Entry, FirstTerm, Party, Term, Treaty};
use crate::source::Span;
use crate::syntax::ast;

/// What kinds of bond there are.
const BONDS: [&str; 6] = [
    "treaty",
    "political",
    "unpublished",
    "unilateral",
    "customary",
    "decision",
];
pub(super) const NO_TIME: Period = Period { months: 0, days: 0 };

/// Resolves everything in the heads but the conditions of entry into force, which may speak of areas and roles.
pub(super) fn resolve(draft: &mut Draft<'_>) {
    secret_treaties(draft);
    let trees = draft.treaties.clone();
    let mut heads: Vec<Treaty> = Vec::new();
    let mut all: Vec<Gathered> = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let id = TreatyId(at as u32);
        let mut reader = Reader {
            treaty: draft.book.treaty(id).clone(),
            context: draft.context(Some(id)),
            entry: None,
            seen: Vec::new(),
        };
        for attribute in &tree.attributes {
            reader.attribute(attribute);
        }
        reader.complete(tree);
        heads.push(reader.treaty);
        all.push(reader.context.finish());
    }
    draft.book.treaties = heads;
    for gathered in all {
        draft.gather(gathered);
    }
    for (how, next) in DEPENDENCIES {
        report_cycle(draft, how, *next);
    }
}

fn secret_treaties(draft: &mut Draft<'_>) {
    let trees = draft.treaties.clone();
    for (at, tree) in trees.iter().enumerate() {
        for attribute in &tree.attributes {
            if let ast::Attribute::Secret {
                until, known_to, ..
            } = attribute
            {
                let layer = draft.layer(until.as_ref(), known_to);
                draft.book.treaties[at].layer = Some(layer);
            }
        }
    }
}

struct Reader<'a> {
    treaty: Treaty,
    context: Context<'a>,
    /// Where the entry into force is stated.
    entry: Option<Span>,
    /// Attributes that may stand once.
    seen: Vec<&'static str>,
}

impl Reader<'_> {
    fn attribute(&mut self, attribute: &ast::Attribute) {
        match attribute {
            ast::Attribute::Cite(text) => {
                self.once("where it was made", text.span);
                self.treaty.cite = Some(text.text.clone());
            }
            // Taken when the treaty was given its name.
            ast::Attribute::Also(_) => {}
            ast::Attribute::Source(text) => self.treaty.sources.push(text.text.clone()),
            ast::Attribute::Note(text) => self.treaty.notes.push(text.text.clone()),
            ast::Attribute::Binding(name) => self.binding(name),
            ast::Attribute::Parties { names, role } => {
                for name in names {
                    self.party(name, role.as_ref(), Days::ALWAYS);
                }
            }
            ast::Attribute::Party { name, role, dates } => {
                let days = days(dates, &mut self.context.diagnostics);
                self.party(name, role.as_ref(), days);
            }
            ast::Attribute::PartiesOf(name) => {
                self.once("whose parties are its parties", name.span);
                self.treaty.parties_of = self.context.treaty(name);
            }
            ast::Attribute::OpenToEveryState(_) => self.treaty.open_to_every_state = true,
            ast::Attribute::Peremptory(_) => self.treaty.peremptory = true,
            ast::Attribute::Retroactive(_) => self.treaty.retroactive = true,
            ast::Attribute::Signed(_)
            | ast::Attribute::Provisional(_)
            | ast::Attribute::InForce(..)
            | ast::Attribute::EntersOn(_)
            | ast::Attribute::EntersWhen(_)
            | ast::Attribute::Term(_)
            | ast::Attribute::EndsOn(_)
            | ast::Attribute::EndsWhen(..)
            | ast::Attribute::EndsAfterDenunciation(..)
            | ast::Attribute::LeavesAfterWithdrawal(..)
            | ast::Attribute::Rounds(..)
            | ast::Attribute::Secret { .. } => self.time(attribute),
            ast::Attribute::Replaces(_)
            | ast::Attribute::While(_)
            | ast::Attribute::PrevailsOver(_)
            | ast::Attribute::PrevailsOverAll(_)
            | ast::Attribute::SubjectTo(_) => self.rank(attribute),
        }
    }

    fn once(&mut self, what: &'static str, span: Span) {
        if self.seen.contains(&what) {
            self.context.report(codes::said_twice(span, what, None));
        }
        self.seen.push(what);
    }

    fn binding(&mut self, name: &ast::Name) {
        self.once("what kind of bond it is", name.span);
        if BONDS.contains(&name.text.as_str()) {
            self.treaty.binding.clone_from(&name.text);
        } else {
            let near = nearest(&name.text, BONDS);
            let diagnostic = codes::unknown_bond(name.span, &name.text, &BONDS, near);
            self.context.report(diagnostic);
        }
    }

    fn party(&mut self, name: &ast::Name, role: Option<&ast::Name>, dates: Days) {
        let Some(actor) = self.context.actor(name) else {
            return;
        };
        let role = role.map(|role| singular(&role.text));
        let clash = self.treaty.parties.iter().any(|party| {
            party.actor == actor
                && party.role == role
                && party.dates.first <= dates.last
                && dates.first <= party.dates.last
        });
        if clash {
            let what = "who is a party (in the same role, at the same time)";
            self.context
                .report(codes::said_twice(name.span, what, None));
        }
        self.treaty.parties.push(Party { actor, role, dates });
    }

    fn entry_at(&mut self, span: Span) {
        if self.entry.is_some() {
            let what = "when it enters into force";
            self.context
                .report(codes::said_twice(span, what, self.entry));
        } else {
            self.entry = Some(span);
        }
    }

    fn time(&mut self, attribute: &ast::Attribute) {
        match attribute {
            ast::Attribute::Signed(date) => {
                self.once("when it was signed", date.span);
                self.treaty.signed = Some(date.value);
            }
            ast::Attribute::Provisional(date) => {
                self.once("since when it is applied provisionally", date.span);
                self.treaty.provisional = Some(date.value.first());
            }
            ast::Attribute::InForce(dates, span) => self.in_force(dates, *span),
            ast::Attribute::EntersOn(date) => {
                self.entry_at(date.span);
                let first = date.value.first();
                self.treaty.entry = Entry::Stated(Days {
                    first,
                    ..Days::ALWAYS
                });
            }
            ast::Attribute::EntersWhen(condition) => {
                if let Some(span) = super::spans::condition(condition) {
                    self.entry_at(span);
                }
            }
            ast::Attribute::Term(term) => self.term(term),
            ast::Attribute::EndsOn(date) => {
                self.once("on which day it ends", date.span);
                self.treaty.ends_on = Some(date.value.last());
            }
            ast::Attribute::EndsAfterDenunciation(after, span) => {
                self.once("what a denunciation does", *span);
                let after = after.as_ref().map_or(NO_TIME, |at| at.value);
                self.treaty.ends_after_denunciation = Some(after);
            }
            ast::Attribute::LeavesAfterWithdrawal(after, span) => {
                self.once("what a withdrawal does", *span);
                let after = after.as_ref().map_or(NO_TIME, |at| at.value);
                self.treaty.leaves_after_withdrawal = Some(after);
            }
            ast::Attribute::Rounds(up, span) => {
                self.once("how months are rounded", *span);
                let rounding = if *up { Rounding::Up } else { Rounding::Down };
                self.treaty.rounding = Some(rounding);
            }
            ast::Attribute::Secret { span, .. } => self.once("that it is secret", *span),
            _ => {}
        }
    }

    fn term(&mut self, term: &ast::Term) {
        self.once("for how long it runs", term.span);
        let first = match &term.first {
            ast::FirstTerm::For(period) => FirstTerm::For(period.value),
            ast::FirstTerm::Until(day) => FirstTerm::Until(day.value.last()),
        };
        let then = match (&term.renewal, &term.then) {
            (Some(renewal), then) => {
                if let Some(again) = then {
                    self.context.report(codes::said_twice(
                        again.span,
                        "what follows the term",
                        Some(renewal.span),
                    ));
                }
                AfterTerm::Renewed {
                    period: renewal.value,
                    notice: term.notice.as_ref().map_or(NO_TIME, |at| at.value),
                }
            }
            (None, Some(then)) => AfterTerm::UntilDenounced(then.value),
            (None, None) => AfterTerm::Ends,
        };
        self.treaty.term = Some(Term { first, then });
    }

    fn in_force(&mut self, dates: &ast::Dates, span: Span) {
        self.entry_at(span);
        let stated = days(dates, &mut self.context.diagnostics);
        if dates.from.is_none() {
            self.context.report(codes::date_missing(
                span,
                "on which the treaty enters into force",
                "write `in force from DATE`",
            ));
        }
        self.treaty.entry = Entry::Stated(stated);
    }

    fn rank(&mut self, attribute: &ast::Attribute) {
        let treaties = |context: &mut Context<'_>, names: &[ast::Name]| -> Vec<TreatyId> {
            names.iter().filter_map(|n| context.treaty(n)).collect()
        };
        match attribute {
            ast::Attribute::Replaces(names) => {
                let found = treaties(&mut self.context, names);
                self.treaty.replaces.extend(found);
            }
            ast::Attribute::While(name) => {
                self.once("while which treaty it is valid", name.span);
                self.treaty.while_in_force = self.context.treaty(name);
            }
            ast::Attribute::PrevailsOver(names) => {
                let found = treaties(&mut self.context, names);
                self.treaty.prevails_over.extend(found);
            }
            ast::Attribute::PrevailsOverAll(_) => self.treaty.prevails_over_all = true,
            ast::Attribute::SubjectTo(names) => {
                let found = treaties(&mut self.context, names);
                self.treaty.subject_to.extend(found);
            }
            _ => {}
        }
    }

    /// What only the whole head shows.
    fn complete(&mut self, tree: &ast::Treaty) {
        let treaty = &self.treaty;
        let anybody = !treaty.parties.is_empty()
            || treaty.parties_of.is_some()
            || treaty.open_to_every_state
            || tree
                .attributes
                .iter()
                .any(|attribute| matches!(attribute, ast::Attribute::PartiesOf(_)));
        let named = tree
            .attributes
            .iter()
            .any(|attribute| matches!(attribute, ast::Attribute::Parties { .. }));
        if !anybody && !named {
            self.context
                .report(codes::no_party(tree.name.span, &tree.name.text));
        }
        if self.entry.is_none() && self.treaty.provisional.is_none() {
            self.context
                .report(lint::never_in_force(tree.name.span, &tree.name.text));
        }
        self.end_after_beginning(tree);
        self.months(tree);
    }

    fn end_after_beginning(&mut self, tree: &ast::Treaty) {
        let (Entry::Stated(days), Some(end)) = (&self.treaty.entry, self.treaty.ends_on) else {
            return;
        };
        let first = days.first;
        let written = tree
            .attributes
            .iter()
            .find_map(|attribute| match attribute {
                ast::Attribute::EndsOn(date) => Some(date.span),
                _ => None,
            });
        if let Some(span) = written
            && end <= first
        {
            let diagnostic =
                codes::end_before_beginning(span, &first.to_string(), &end.to_string());
            self.context.report(diagnostic);
        }
    }

    /// A fixed term whose end the calendar does not give.
    fn months(&mut self, tree: &ast::Treaty) {
        let (Entry::Stated(days), Some(term)) = (&self.treaty.entry, self.treaty.term) else {
            return;
        };
        let FirstTerm::For(period) = term.first else {
            return;
        };
        let (first, rounding) = (days.first, self.treaty.rounding);
        let span = tree
            .attributes
            .iter()
            .find_map(|attribute| match attribute {
                ast::Attribute::Term(term) => Some(term.span),
                _ => None,
            });
        if let (Some(span), Err(two)) = (span, first.plus(period, rounding)) {
            self.context.report(codes::ambiguous_months(
                span,
                &first.to_string(),
                &period.to_string(),
                &two.down.to_string(),
                &two.up.to_string(),
            ));
        }
    }
}

type Next = fn(&Treaty) -> Vec<TreatyId>;

const DEPENDENCIES: &[(&str, Next)] = &[
    ("is valid while in force:", |treaty| {
        treaty.while_in_force.into_iter().collect()
    }),
    ("replaces", |treaty| treaty.replaces.clone()),
    ("has the parties of", |treaty| {
        treaty.parties_of.into_iter().collect()
    }),
];

fn report_cycle(draft: &mut Draft<'_>, how: &str, next: Next) {
    let book = &draft.book;
    let edges = |at: usize| {
        next(&book.treaties[at])
            .iter()
            .map(|id| id.index())
            .collect()
    };
    if let Some(cycle) = find_cycle(book.treaties.len(), edges) {
        let name = |at: &usize| format!("`{}`", book.treaties[*at].name);
        let names: Vec<String> = cycle.iter().map(name).collect();
        let span = book.treaties[cycle[0]].span;
        draft
            .diagnostics
            .push(codes::treaty_cycle(span, how, &names));
    }
}
