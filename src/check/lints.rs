//! What can be read but probably does not say what was meant.

use super::context::kind_words;
use super::draft::Draft;
use super::elsewhere;
use super::rivals;
use crate::calendar::Days;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::lint;
use crate::model::condition::{Class, Condition};
use crate::model::entity::EntityKind;
use crate::model::ids::{DisputeId, EntityId, VariableId};
use crate::model::norm::{Head, Norm};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Term;
use crate::model::treaty::Entry;
use crate::syntax::ast;

/// All warnings that need the whole rulebook.
pub(super) fn lints(draft: &Draft<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    unused_areas(draft, &mut found);
    unused_readings(draft, &mut found);
    empty_articles(draft, &mut found);
    for norm in &draft.book.norms {
        if let Some(why) = never_fires(&draft.book, norm) {
            found.push(lint::never_fires(norm.span, &why));
        }
    }
    found.extend(rivals::exceptions(&draft.book));
    found.extend(elsewhere::precedence(&draft.book));
    found
}

fn unused_areas(draft: &Draft<'_>, found: &mut Vec<Diagnostic>) {
    let (used, all) = (&draft.used_areas, &draft.areas);
    for (_, id, tree) in all.iter().filter(|(_, id, _)| !used.contains(id)) {
        // A second area of one name is reported as such.
        if draft.book.names.values().any(|known| known == id) {
            found.push(lint::unused_area(tree.name.span, &tree.name.text));
        }
    }
}

fn unused_readings(draft: &Draft<'_>, found: &mut Vec<Diagnostic>) {
    for (dispute, readings) in &draft.readings {
        let used = |at: usize| {
            u8::try_from(at).is_ok_and(|at| draft.used_readings.contains(&(*dispute, at)))
        };
        // The last reading may be what remains: the clause as it stands.
        if (0..readings.len()).any(used) {
            continue;
        }
        if let Some(first) = readings.first() {
            found.push(lint::unused_reading(first.name.span, &first.name.text));
        }
    }
}

fn empty_articles(draft: &Draft<'_>, found: &mut Vec<Diagnostic>) {
    for part in &draft.parts {
        if let ast::Part::Article(article) = part.part
            && matches!(&article.content, ast::Content::Clauses(clauses) if clauses.is_empty())
        {
            found.push(lint::empty_article(article.label.span, &article.label.text));
        }
    }
}

/// Why the conditions of a norm contradict each other whatever the facts, if they do.
fn never_fires(book: &Rulebook, norm: &Norm) -> Option<String> {
    let life = norm.treaty.and_then(|treaty| life(book, treaty));
    if let (Some(life), Head::Position(_)) = (life, &norm.head)
        && (norm.dates.last < life.first || life.last < norm.dates.first)
    {
        return Some(
            "the article is part of the treaty only while the treaty is not in force".into(),
        );
    }
    readings(norm)
        .or_else(|| contradiction(norm))
        .or_else(|| {
            (0..norm.variables.len()).find_map(|at| kinds(book, norm, VariableId(at as u16)))
        })
        .or_else(|| named(book, norm, life))
        .or_else(|| breach_against_nobody(book, norm))
}

/// A breach against somebody, of norms whose acts name nobody.
fn breach_against_nobody(book: &Rulebook, norm: &Norm) -> Option<String> {
    let names_somebody = |norm: &Norm| match &norm.head {
        Head::Position(head) => head.act.terms[1..].iter().any(|term| *term != Term::Any),
        Head::Deem(_) => false,
    };
    norm.conditions.iter().find_map(|condition| {
        let Condition::Breach { under, against, .. } = condition else {
            return None;
        };
        let mut meant = book.norms.iter().filter(|other| book.in_scope(other, under));
        let never = *against != Term::Any && !meant.any(names_somebody);
        never.then(|| {
            let what = crate::wording::scope(book, under);
            format!(
                "no clause of {what} names whom a breach would be against: write `another party Q`, say, with a variable, there"
            )
        })
    })
}

fn life(book: &Rulebook, treaty: crate::model::ids::TreatyId) -> Option<Days> {
    let head = book.treaty(treaty);
    match head.entry {
        Entry::Stated(days) if head.provisional.is_none() && !head.retroactive => Some(days),
        _ => None,
    }
}

fn readings(norm: &Norm) -> Option<String> {
    let mut seen: Vec<(DisputeId, u8)> = Vec::new();
    for condition in &norm.conditions {
        if let Condition::Reading(dispute, at) = condition {
            if seen
                .iter()
                .any(|(known, other)| known == dispute && other != at)
            {
                return Some("it stands on two readings of one dispute".into());
            }
            seen.push((*dispute, *at));
        }
    }
    None
}

fn contradiction(norm: &Norm) -> Option<String> {
    let denied = norm
        .conditions
        .iter()
        .filter_map(|condition| match condition {
            Condition::Not(inner) => Some(inner.as_ref()),
            _ => None,
        });
    for denied in denied {
        if norm.conditions.contains(denied) {
            return Some("one of its conditions is the negation of another".into());
        }
        if let Condition::Same(one, two) = denied
            && one == two
        {
            return Some("somebody would have to be other than itself".into());
        }
    }
    None
}

/// A variable that would have to be of two kinds.
fn kinds(book: &Rulebook, norm: &Norm, id: VariableId) -> Option<String> {
    let term = Term::Variable(id);
    let mut kinds: Vec<Class> = Vec::new();
    for condition in &norm.conditions {
        match condition {
            Condition::Is(known, class) if *known == term && is_kind(class) => {
                kinds.push(class.clone());
            }
            Condition::Same(one, Term::Entity(named))
            | Condition::Same(Term::Entity(named), one)
                if *one == term =>
            {
                kinds.extend(kind_class(book, *named));
            }
            _ => {}
        }
    }
    let first = kinds.first()?;
    let other = kinds.iter().find(|other| !compatible(first, other))?;
    let name = norm.variables.get(id.index()).map_or("?", String::as_str);
    Some(format!(
        "`{name}` would have to be both {} and {}",
        class_words(first),
        class_words(other)
    ))
}

fn is_kind(class: &Class) -> bool {
    !matches!(class, Class::Party(..) | Class::Status(_))
}

fn compatible(one: &Class, two: &Class) -> bool {
    let actor = |class: &Class| {
        matches!(
            class,
            Class::State | Class::Organisation | Class::Organ | Class::Group
        )
    };
    one == two
        || (*one == Class::Actor && actor(two))
        || (*two == Class::Actor && actor(one))
        // A state may stand where a place is wanted.
        || matches!((one, two), (Class::State, Class::Place) | (Class::Place, Class::State))
}

fn kind_class(book: &Rulebook, id: EntityId) -> Option<Class> {
    Some(match book.entities.get(id.index())?.kind {
        EntityKind::State { .. } => Class::State,
        EntityKind::Organisation => Class::Organisation,
        EntityKind::Organ { .. } => Class::Organ,
        EntityKind::Group => Class::Group,
        EntityKind::Place(_) | EntityKind::Area(_) => Class::Place,
        EntityKind::Thing => Class::Thing,
        EntityKind::Treaty(_) => Class::Treaty,
    })
}

fn class_words(class: &Class) -> &'static str {
    match class {
        Class::State => "a state",
        Class::Organisation => "an organisation",
        Class::Organ => "an organ",
        Class::Group => "a group",
        Class::Place => "a place",
        Class::Thing => "a thing",
        Class::Treaty => "a treaty",
        _ => "an actor",
    }
}

/// Somebody named who is not of the class asked, or did not exist while the treaty was in force.
fn named(book: &Rulebook, norm: &Norm, life: Option<Days>) -> Option<String> {
    for condition in &norm.conditions {
        if let Condition::Is(Term::Entity(id), class) = condition
            && is_kind(class)
            && let Some(own) = kind_class(book, *id)
            && !compatible(&own, class)
        {
            let entity = &book.entities[id.index()];
            let (name, is) = (&entity.name, kind_words(&entity.kind));
            return Some(format!("`{name}` is {is}, not {}", class_words(class)));
        }
    }
    let (Some(life), Head::Position(head)) = (life, &norm.head) else {
        return None;
    };
    let Term::Entity(bearer) = head.act.terms[0] else {
        return None;
    };
    let entity = book.entities.get(bearer.index())?;
    (!entity.exists.meets(life)).then(|| {
        format!(
            "`{}` did not exist while the treaty was in force",
            entity.name
        )
    })
}
