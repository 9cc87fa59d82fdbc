//! Changes of what stands outside the clauses of a treaty: its days and term, its rank, its areas, reservations to it.

use super::condition::{condition, connected, period};
use super::head::{by, class};
use super::mutator::Mutator;
use crate::syntax::ast::{
    AreaBase, AreaLine, Attribute, Dates, FirstTerm, Holder, PeriodAt, Preface, Reservation, Term,
};
use crate::syntax::format;

/// Every change of one line of the head; nothing in its place: the line is dropped.
pub(super) fn attribute(m: &mut Mutator<'_>, of: &mut Option<Attribute>) {
    let Some(line) = of else {
        return;
    };
    let turned = || "turn the priority round".to_owned();
    match line {
        Attribute::Provisional(date) | Attribute::EntersOn(date) | Attribute::EndsOn(date) => {
            by(m, date);
        }
        Attribute::InForce(days, _) | Attribute::Party { dates: days, .. } => dates(m, days),
        Attribute::EntersWhen(what) => condition(m, what),
        Attribute::EndsWhen(after, what) => {
            notice(m, after);
            condition(m, what);
        }
        Attribute::Term(own) => term(m, own),
        Attribute::EndsAfterDenunciation(after, _) | Attribute::LeavesAfterWithdrawal(after, _) => {
            notice(m, after);
        }
        Attribute::Secret {
            until: Some(until), ..
        } => by(m, until),
        Attribute::PrevailsOver(names) if m.turn(turned) => {
            *line = Attribute::SubjectTo(std::mem::take(names));
        }
        Attribute::SubjectTo(names) if m.turn(turned) => {
            *line = Attribute::PrevailsOver(std::mem::take(names));
        }
        Attribute::Rounds(up, _) if m.turn(|| "round the other way".to_owned()) => *up = !*up,
        _ => {}
    }
    if can_go(of.as_ref()) {
        m.drop_one(of, |line| format!("drop: {}", format::attribute(line)));
    }
}

/// Whether a treaty without this line is another one, and still a treaty. Titles and sources mean nothing; without parties or
/// without a day of entry into force there is no treaty.
fn can_go(of: Option<&Attribute>) -> bool {
    matches!(
        of,
        Some(
            Attribute::OpenToEveryState(_)
                | Attribute::Provisional(_)
                | Attribute::Term(_)
                | Attribute::EndsOn(_)
                | Attribute::EndsWhen(..)
                | Attribute::EndsAfterDenunciation(..)
                | Attribute::LeavesAfterWithdrawal(..)
                | Attribute::Replaces(_)
                | Attribute::While(_)
                | Attribute::PrevailsOver(_)
                | Attribute::PrevailsOverAll(_)
                | Attribute::SubjectTo(_)
                | Attribute::Peremptory(_)
                | Attribute::Retroactive(_)
                | Attribute::Secret { .. }
        )
    )
}

/// The first and the last day, each moved by one.
pub(super) fn dates(m: &mut Mutator<'_>, of: &mut Dates) {
    for date in [&mut of.from, &mut of.until].into_iter().flatten() {
        by(m, date);
    }
}

/// How long after something; without it: at once.
fn notice(m: &mut Mutator<'_>, of: &mut Option<PeriodAt>) {
    if let Some(after) = of {
        period(m, after);
    }
    m.drop_one(of, |after| format!("at once, not after {}", after.value));
}

fn term(m: &mut Mutator<'_>, of: &mut Term) {
    match &mut of.first {
        FirstTerm::For(first) => period(m, first),
        FirstTerm::Until(date) => by(m, date),
    }
    for (further, word) in [
        (&mut of.renewal, "renewed for"),
        (&mut of.notice, "unless denounced before by"),
        (&mut of.then, "then until after denunciation"),
    ] {
        if let Some(further) = further {
            period(m, further);
        }
        m.drop_one(further, |own| format!("drop: {word} {}", own.value));
    }
    if let Some(prolonged) = &mut of.prolonged {
        condition(m, prolonged);
    }
    m.drop_one(&mut of.prolonged, |own| {
        format!("drop: prolonged while {}", format::condition(own))
    });
}

/// Every change of a line of an area; nothing in its place: it is dropped.
pub(super) fn area_line(m: &mut Mutator<'_>, line: &mut Option<AreaLine>) {
    m.drop_one(line, |line| format!("drop: {}", format::area_line(line)));
    let Some(of) = line else {
        return;
    };
    let turned = if of.except { "include" } else { "except" };
    if m.turn(|| format!("{turned}: {}", format::area_line(of))) {
        of.except = !of.except;
        return;
    }
    match &mut of.base {
        AreaBase::Territory(Holder::Class(name))
        | AreaBase::Islands(Holder::Class(name))
        | AreaBase::Administered(Holder::Class(name)) => class(m, name),
        AreaBase::Named(name) => m.replace_place(name),
        _ => {}
    }
    m.drop_each(&mut of.within, |_| "drop the place around it".to_owned());
    of.within
        .iter_mut()
        .flatten()
        .for_each(|name| m.replace_place(name));
    m.drop_one(&mut of.north_of, |degrees| {
        format!("drop: north of {degrees}")
    });
    m.drop_one(&mut of.south_of, |degrees| {
        format!("drop: south of {degrees}")
    });
    dates(m, &mut of.dates);
}

/// Every change of a reservation; nothing in its place: it is dropped.
pub(super) fn reservation(m: &mut Mutator<'_>, of: &mut Option<Reservation>) {
    if m.turn(|| "drop the reservation".to_owned()) {
        *of = None;
        return;
    }
    let Some(own) = of else {
        return;
    };
    // Without conditions the article would not bind at all.
    if own.conditions.len() > 1 {
        m.drop_each(&mut own.conditions, |_| {
            "drop one of several conditions".to_owned()
        });
    }
    for preface in &mut own.conditions {
        if let Preface::Condition(word, inner) = preface {
            connected(m, word, inner);
        }
    }
}
