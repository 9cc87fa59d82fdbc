//! Verbs and statuses: their forms, their roles, and which is a kind of which.

use super::cycle::find_cycle;
use super::declare::text;
use super::draft::Draft;
use crate::diagnostic::codes::check as codes;
use crate::diagnostic::phrase::nearest;
use crate::model::ids::PredicateId;
use crate::model::rulebook::{CoreVerbs, Rulebook};
use crate::model::vocabulary::{Broader, Predicate, PredicateKind, SLOTS};
use crate::source::Span;
use crate::syntax::ast;

/// Declares a verb and its refusal.
pub(super) fn verb<'a>(draft: &mut Draft<'a>, verb: &'a ast::Verb) {
    let Some((id, refusal)) = next_ids(draft, verb.base.span) else {
        return;
    };
    let fallback = vec!["object".to_owned()];
    let roles = verb.roles.as_ref().map_or(fallback, |roles| {
        role_names(draft, &verb.base, roles.as_slice())
    });
    named(draft, &verb.base, id);
    for form in [&verb.base, &verb.third, &verb.past] {
        form_of(draft, form, id);
    }
    let kind = PredicateKind::Verb {
        base: verb.base.text.clone(),
        third: verb.third.text.clone(),
        past: verb.past.text.clone(),
        refusal,
    };
    let predicate = Predicate {
        kind,
        title: text(verb.title.as_ref()),
        roles,
        lasts: verb.lasts,
        open: verb.open,
        symmetric: false,
        takes_sides: verb.takes_sides,
        broader: Vec::new(),
        span: verb.base.span,
    };
    let refusal = Predicate {
        kind: PredicateKind::Refusal { of: id },
        title: None,
        roles: predicate.roles.clone(),
        lasts: false,
        open: false,
        symmetric: false,
        takes_sides: false,
        broader: Vec::new(),
        span: verb.base.span,
    };
    draft.book.predicates.extend([predicate, refusal]);
    draft.kinds.push((id, &verb.kinds));
}

/// Declares a status.
pub(super) fn status<'a>(draft: &mut Draft<'a>, status: &'a ast::Status) {
    let Some((id, _)) = next_ids(draft, status.name.span) else {
        return;
    };
    let roles = role_names(draft, &status.name, &status.roles);
    if status.symmetric && roles.is_empty() {
        let diagnostic = codes::unknown_role(status.name.span, &status.name.text, "with", &roles);
        draft
            .diagnostics
            .push(diagnostic.help("a symmetric status takes a role: `takes with`"));
    }
    named(draft, &status.name, id);
    draft.book.predicates.push(Predicate {
        kind: PredicateKind::Status {
            name: status.name.text.clone(),
        },
        title: text(status.title.as_ref()),
        roles,
        lasts: true,
        open: status.open,
        symmetric: status.symmetric,
        takes_sides: false,
        broader: Vec::new(),
        span: status.name.span,
    });
    draft.kinds.push((id, &status.kinds));
}

fn next_ids(draft: &mut Draft<'_>, span: Span) -> Option<(PredicateId, PredicateId)> {
    let next = draft.book.predicates.len();
    if let (Ok(id), Ok(refusal)) = (u16::try_from(next), u16::try_from(next + 1)) {
        return Some((PredicateId(id), PredicateId(refusal)));
    }
    let limit = usize::from(u16::MAX);
    let diagnostic = codes::too_many(span, "verbs and statuses", limit);
    draft.diagnostics.push(diagnostic);
    None
}

/// The roles but the place, which is always allowed; at most three.
fn role_names(draft: &mut Draft<'_>, word: &ast::Name, roles: &[ast::Name]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for role in roles.iter().filter(|role| role.text != "in") {
        if names.contains(&role.text) {
            let diagnostic = codes::role_twice(role.span, &role.text);
            draft.diagnostics.push(diagnostic);
        } else if names.len() + 1 >= SLOTS {
            let diagnostic = codes::too_many_roles(role.span, &word.text);
            draft.diagnostics.push(diagnostic);
        } else {
            names.push(role.text.clone());
        }
    }
    names
}

fn named(draft: &mut Draft<'_>, name: &ast::Name, id: PredicateId) {
    match draft.book.predicate_names.get(&name.text) {
        Some(first) => {
            let span = draft.book.predicate(*first).span;
            draft.twice("the word", name, span);
        }
        None => {
            draft.book.predicate_names.insert(name.text.clone(), id);
        }
    }
}

fn form_of(draft: &mut Draft<'_>, form: &ast::Name, id: PredicateId) {
    match draft.book.forms.get(&form.text) {
        Some(first) if *first == id => {}
        Some(first) => {
            // The base is compared with all words by `named`.
            if let Some(span) = draft.book.predicates.get(first.index()).map(|p| p.span)
                && !draft.book.predicate_names.contains_key(&form.text)
            {
                draft.twice("the form", form, span);
            }
        }
        None => {
            draft.book.forms.insert(form.text.clone(), id);
        }
    }
}

/// Resolves `a kind of` for verbs, statuses and means.
pub(super) fn resolve_kinds(draft: &mut Draft<'_>) {
    for (id, kinds) in draft.kinds.clone() {
        for kind in kinds {
            if let Some(broader) = broader(draft, id, kind) {
                draft.book.predicates[id.index()].broader.push(broader);
            }
        }
    }
    report_cycle(draft);
    for (at, kind_of) in draft.means.clone() {
        let known = &draft.book.means;
        if let Some(broader) = known.iter().position(|word| word.name == kind_of.text) {
            draft.book.means[at].kind_of = Some(broader);
            continue;
        }
        let near = nearest(&kind_of.text, known.iter().map(|word| word.name.as_str()));
        let diagnostic = codes::unknown_means(kind_of.span, &kind_of.text, near);
        draft.diagnostics.push(diagnostic);
    }
    means_cycle(draft);
    draft.book.core = core_verbs(&draft.book);
}

fn broader(draft: &mut Draft<'_>, id: PredicateId, kind: &ast::KindOf) -> Option<Broader> {
    let book = &draft.book;
    let Some(wide) = book.predicate_names.get(&kind.broader.text).copied() else {
        let near = nearest(
            &kind.broader.text,
            book.predicate_names.keys().map(String::as_str),
        );
        let diagnostic = codes::unknown_verb(kind.broader.span, &kind.broader.text, near);
        draft.diagnostics.push(diagnostic);
        return None;
    };
    let (own, theirs) = (&book.predicate(id).roles, &book.predicate(wide).roles);
    let mut diagnostics = Vec::new();
    for (from, to) in &kind.renamed {
        if !own.contains(&from.text) && from.text != "in" {
            let word = word_name(book, id);
            diagnostics.push(codes::unknown_role(from.span, word, &from.text, own));
        }
        if !theirs.contains(&to.text) && to.text != "in" {
            let word = word_name(book, wide);
            diagnostics.push(codes::unknown_role(to.span, word, &to.text, theirs));
        }
    }
    let mut slots = [None; SLOTS];
    slots[0] = Some(0);
    for (at, role) in theirs.iter().enumerate() {
        let renamed = kind.renamed.iter().find(|(_, to)| to.text == *role);
        let taken = kind.renamed.iter().any(|(from, _)| from.text == *role);
        let name = match renamed {
            Some((from, _)) => Some(&from.text),
            None if taken => None,
            None => Some(role),
        };
        let slot = name.and_then(|name| own.iter().position(|own| own == name));
        slots[at + 1] = slot.map(|slot| slot as u8 + 1);
    }
    draft.diagnostics.extend(diagnostics);
    Some(Broader {
        predicate: wide,
        slots,
    })
}

/// The base form or the name of a status.
pub(super) fn word_name(book: &Rulebook, id: PredicateId) -> &str {
    match &book.predicate(id).kind {
        PredicateKind::Verb { base, .. } => base,
        PredicateKind::Status { name } => name,
        PredicateKind::Refusal { of } => word_name(book, *of),
    }
}

fn report_cycle(draft: &mut Draft<'_>) {
    let book = &draft.book;
    let next = |at: usize| -> Vec<usize> {
        let broader = &book.predicates[at].broader;
        broader.iter().map(|wide| wide.predicate.index()).collect()
    };
    let Some(cycle) = find_cycle(book.predicates.len(), next) else {
        return;
    };
    let name = |at: &usize| word_name(book, PredicateId(*at as u16)).to_owned();
    let names: Vec<String> = cycle.iter().map(name).collect();
    let span = book.predicates[cycle[0]].span;
    draft.diagnostics.push(codes::kind_cycle(span, &names));
    // A circle has no broadest word; without its first step the rest can still be checked.
    draft.book.predicates[cycle[0]].broader.clear();
    report_cycle(draft);
}

fn means_cycle(draft: &mut Draft<'_>) {
    let means = &draft.book.means;
    let next = |at: usize| means[at].kind_of.into_iter().collect::<Vec<_>>();
    let Some(cycle) = find_cycle(means.len(), next) else {
        return;
    };
    let names: Vec<String> = cycle.iter().map(|at| means[*at].name.clone()).collect();
    let span = means[cycle[0]].span;
    draft.diagnostics.push(codes::kind_cycle(span, &names));
    draft.book.means[cycle[0]].kind_of = None;
    means_cycle(draft);
}

fn core_verbs(book: &Rulebook) -> CoreVerbs {
    let verb = |name: &str| book.predicate_names.get(name).copied();
    CoreVerbs {
        accede: verb("accede"),
        denounce: verb("denounce"),
        withdraw: verb("withdraw"),
        suspend: verb("suspend"),
        release: verb("release"),
        terminate: verb("terminate"),
    }
}
