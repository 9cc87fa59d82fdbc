//! Who lies where, who holds what, who continues whom, and the areas of treaties.

use super::context::{Context, is_actor, is_place};
use super::cycle::find_cycle;
use super::dates::days;
use super::draft::{Draft, Gathered};
use crate::calendar::Days;
use crate::diagnostic::codes::{check as codes, lint};
use crate::model::entity::EntityKind;
use crate::model::geography::{Area, AreaBase, AreaLine, Claim, Holder, Place};
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use crate::syntax::ast;

const OF_WHOM: &str = "an organ is one of an organisation: declare what the parties are together, as in `organisation pact-parties \"the parties in meeting\"`";

/// Resolves states, organs and places.
pub(super) fn resolve(draft: &mut Draft<'_>) {
    let mut context = draft.context(None);
    let mut kinds: Vec<(EntityId, EntityKind)> = Vec::new();
    for (id, state) in &draft.states {
        kinds.push((*id, state_kind(&mut context, *id, state)));
    }
    for (id, of) in &draft.organs {
        let before = context.diagnostics.len();
        if let Some(of) = context.actor(of) {
            kinds.push((*id, EntityKind::Organ { of }));
        } else if let Some(told) = context.diagnostics.get_mut(before) {
            told.help.get_or_insert_with(|| OF_WHOM.to_owned());
        }
    }
    let places: Vec<Place> = draft
        .places
        .iter()
        .map(|(_, tree)| place(&mut context, tree))
        .collect();
    let gathered = context.finish();
    for (id, kind) in kinds {
        draft.book.entities[id.index()].kind = kind;
    }
    draft.book.places = places;
    draft.gather(gathered);
    report_cycles(draft);
}

fn state_kind(context: &mut Context<'_>, id: EntityId, state: &ast::State) -> EntityKind {
    let first = context.book.entities[id.index()].exists.first();
    let mut continues = Vec::new();
    for (name, from) in &state.continues {
        let found = context.entity_of(name, "a state", |kind| {
            matches!(kind, EntityKind::State { .. })
        });
        let (Some(before), from) = (found, from.as_ref().map(|date| date.value.first())) else {
            continue;
        };
        if from.is_none()
            && state
                .exists
                .first()
                .is_none_or(|spell| spell.from.is_none())
        {
            context.report(codes::date_missing(
                name.span,
                &format!("from which `{}` continues `{}`", state.name.text, name.text),
                "write `continues X from DATE` or `exists from DATE`",
            ));
        }
        continues.push((before, from.unwrap_or(first)));
    }
    let within = state.within.iter();
    EntityKind::State {
        code: state.code.as_ref().map(|code| code.text.clone()),
        cow: state.cow,
        continues,
        within: within.filter_map(|name| context.place(name)).collect(),
    }
}

fn place(context: &mut Context<'_>, tree: &ast::Place) -> Place {
    let holders = |context: &mut Context<'_>, list: &[(ast::Name, ast::Dates)]| {
        dated(context, list, "an actor", is_actor)
    };
    Place {
        within: dated(context, &tree.within, "a place", is_place),
        at: tree.at,
        island: tree.island,
        sea: tree.sea,
        sovereign: holders(context, &tree.sovereign),
        administered: holders(context, &tree.administered),
        claimed: tree
            .claimed
            .iter()
            .filter_map(|tree| claim(context, tree))
            .collect(),
    }
}

fn dated(
    context: &mut Context<'_>,
    list: &[(ast::Name, ast::Dates)],
    expected: &str,
    fits: fn(&EntityKind) -> bool,
) -> Vec<(EntityId, Days)> {
    let mut found = Vec::new();
    for (name, dates) in list {
        let days = days(dates, &mut context.diagnostics);
        if let Some(id) = context.entity_of(name, expected, fits) {
            found.push((id, days));
        }
    }
    found
}

fn claim(context: &mut Context<'_>, tree: &ast::Claim) -> Option<Claim> {
    let dates = days(&tree.dates, &mut context.diagnostics);
    let accepted = tree.accepted_by.iter();
    let accepted_by = accepted.filter_map(|name| context.actor(name)).collect();
    Some(Claim {
        by: context.actor(&tree.by)?,
        accepted_by,
        dates,
    })
}

/// Where a place or the territory of a state lies.
fn within(book: &Rulebook, at: usize) -> Vec<usize> {
    match &book.entities[at].kind {
        EntityKind::Place(place) => {
            let within = &book.places[*place].within;
            within.iter().map(|(id, _)| id.index()).collect()
        }
        EntityKind::State { within, .. } => within.iter().map(|id| id.index()).collect(),
        EntityKind::Area(area) => area_names(&book.areas[*area]),
        _ => Vec::new(),
    }
}

fn area_names(area: &Area) -> Vec<usize> {
    let mut names = Vec::new();
    for line in &area.lines {
        if let AreaBase::Named(id) = line.base {
            names.push(id.index());
        }
        names.extend(line.within.iter().flatten().map(|id| id.index()));
    }
    names
}

fn report_cycles(draft: &mut Draft<'_>) {
    let names = |book: &Rulebook, cycle: &[usize]| -> Vec<String> {
        let name = |at: &usize| book.entities[*at].name.clone();
        cycle.iter().map(name).collect()
    };
    let book = &draft.book;
    if let Some(cycle) = find_cycle(book.entities.len(), |at| within(book, at)) {
        let span = book.entities[cycle[0]].span;
        let diagnostic = codes::place_cycle(span, &names(book, &cycle));
        draft.diagnostics.push(diagnostic);
    }
    let book = &draft.book;
    let continued = |at: usize| match &book.entities[at].kind {
        EntityKind::State { continues, .. } => continues.iter().map(|(id, _)| id.index()).collect(),
        _ => Vec::new(),
    };
    if let Some(cycle) = find_cycle(book.entities.len(), continued) {
        let span = book.entities[cycle[0]].span;
        let diagnostic = codes::succession_cycle(span, &names(book, &cycle));
        draft.diagnostics.push(diagnostic);
    }
}

/// Resolves the areas of all treaties.
pub(super) fn areas(draft: &mut Draft<'_>) {
    let mut found: Vec<Area> = Vec::new();
    let mut all: Vec<Gathered> = Vec::new();
    for (treaty, _, tree) in &draft.areas {
        let mut context = draft.context(Some(*treaty));
        let lines = tree
            .lines
            .iter()
            .filter_map(|tree| line(&mut context, tree))
            .collect();
        found.push(Area { lines });
        all.push(context.finish());
    }
    draft.book.areas = found;
    for gathered in all {
        draft.gather(gathered);
    }
    let places_only = draft.areas.iter().map(|(_, id, _)| id.index());
    let starts: Vec<usize> = places_only.collect();
    let book = &draft.book;
    let next = |at: usize| {
        if starts.contains(&at) {
            within(book, at)
        } else {
            Vec::new()
        }
    };
    if let Some(cycle) = find_cycle(book.entities.len(), next) {
        let name = |at: &usize| book.entities[*at].name.clone();
        let names: Vec<String> = cycle.iter().map(name).collect();
        let span = book.entities[cycle[0]].span;
        draft.diagnostics.push(codes::place_cycle(span, &names));
    }
}

fn line(context: &mut Context<'_>, tree: &ast::AreaLine) -> Option<AreaLine> {
    let dates = days(&tree.dates, &mut context.diagnostics);
    let within = tree
        .within
        .iter()
        .map(|names| {
            names
                .iter()
                .filter_map(|name| context.place(name))
                .collect()
        })
        .collect();
    let base = match &tree.base {
        ast::AreaBase::Territory(holder) => AreaBase::Territory(self::holder(context, holder)?),
        ast::AreaBase::Islands(holder) => AreaBase::Islands(self::holder(context, holder)?),
        ast::AreaBase::Administered(holder) => {
            AreaBase::Administered(self::holder(context, holder)?)
        }
        ast::AreaBase::Polygon(corners) => {
            if let Some(why) = strange_side(corners) {
                context.report(lint::strange_side(tree.span, &why));
            }
            AreaBase::Polygon(corners.clone())
        }
        ast::AreaBase::Named(name) => AreaBase::Named(context.place(name)?),
    };
    Some(AreaLine {
        except: tree.except,
        base,
        within,
        north_of: tree.north_of,
        south_of: tree.south_of,
        dates,
    })
}

/// A side of which nobody can say which way it goes, or that is none.
fn strange_side(corners: &[(f64, f64)]) -> Option<String> {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).find_map(|(one, other)| {
        let between = format!("from ({} {}) to ({} {})", one.0, one.1, other.0, other.1);
        let (up, turn) = ((one.0 - other.0).abs(), (one.1 - other.1).abs());
        // A pole has every longitude.
        if one.0.abs().max(other.0.abs()) >= 90.0 {
            return None;
        }
        if (turn - 180.0).abs() < SAME_PLACE {
            return Some(format!("{between} may go either way round the globe"));
        }
        let round = up < SAME_PLACE && turn % 360.0 < SAME_PLACE;
        round.then(|| format!("{between} has no length"))
    })
}

/// Degrees by which nothing differs.
const SAME_PLACE: f64 = 1e-9;

fn holder(context: &mut Context<'_>, tree: &ast::Holder) -> Option<Holder> {
    match tree {
        ast::Holder::Class(name) => context.class(name, None).map(Holder::Class),
        ast::Holder::Named(name) => context.actor(name).map(Holder::Named),
    }
}
