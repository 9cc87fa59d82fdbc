//! Events of a scenario as facts.

use super::{Lowering, dates, joined};
use crate::calendar::{Days, PartialDate};
use crate::check::sentence::GroundSentence;
use crate::diagnostic::codes::scenario as codes;
use crate::model::fact::Fact;
use crate::model::sentence::Atom;
use crate::scenario::{Event, Text};
use crate::source::Span;
use std::collections::HashMap;

impl Lowering<'_> {
    /// The facts of all events that can be understood.
    pub(super) fn facts(&mut self) -> Vec<Fact> {
        let document = self.document;
        self.report_same_ids(&document.events);
        let facts: Vec<Fact> = document
            .events
            .iter()
            .flat_map(|event| self.event(event))
            .collect();
        self.report_contradictions(&facts);
        facts
    }

    fn report_same_ids(&mut self, events: &[Event]) {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for id in events.iter().filter_map(|event| event.id.as_ref()) {
            match first.get(id.text.as_str()) {
                Some(&span) => self
                    .diagnostics
                    .push(codes::same_id(id.span, &id.text, span)),
                None => {
                    first.insert(&id.text, id.span);
                }
            }
        }
    }

    /// The facts of one event: one, or one for each of the names joined by `and`.
    fn event(&mut self, event: &Event) -> Vec<Fact> {
        let sentences = self.sentences(&event.what);
        let dates = self.event_dates(event);
        let asserted_by = self.actors(event.asserted_by.as_ref());
        let denied_by = self.actors(event.denied_by.as_ref());
        let contested = self.is_contested(event);
        let (Some((from, to)), Some(first)) = (dates, sentences.first()) else {
            return Vec::new();
        };
        self.check_tense(first, event);
        for ground in &sentences {
            self.check_existence(&ground.atom, event.what.span, from, to);
        }
        let fact = |ground: GroundSentence| Fact {
            atom: ground.atom,
            negated: ground.negated,
            from,
            to,
            asserted_by: asserted_by.clone(),
            denied_by: denied_by.clone(),
            contested,
            label: event.id.as_ref().map(|id| id.text.clone()),
            source: joined([event.source.as_ref(), event.note.as_ref()]),
            span: event.what.span,
        };
        sentences.into_iter().map(fact).collect()
    }

    /// First and last day.
    fn event_dates(&mut self, event: &Event) -> Option<(PartialDate, Option<PartialDate>)> {
        let diagnostics = &mut self.diagnostics;
        let mut read = |text: &Option<Text>| {
            text.as_ref()
                .map(|text| (text.span, dates::date(text, diagnostics)))
        };
        let (on, from, to) = (read(&event.on), read(&event.from), read(&event.to));
        if let (Some((on, _)), Some((other, _))) = (on, from.or(to)) {
            self.diagnostics.push(codes::on_with_from(on, other));
            return None;
        }
        if let Some((_, day)) = on {
            return day.map(|day| (day, Some(day)));
        }
        let Some((from_span, from)) = from else {
            let undated = codes::undated(event.what.span, to.map(|(span, _)| span));
            self.diagnostics.push(undated);
            return None;
        };
        let from = from?;
        let Some((to_span, to)) = to else {
            return Some((from, None));
        };
        let to = to?;
        if to.last() < from.first() {
            self.diagnostics
                .push(codes::ends_before_it_begins(to_span, from_span));
            return None;
        }
        Some((from, Some(to)))
    }

    fn is_contested(&mut self, event: &Event) -> bool {
        if let (Some(asserted), Some(denied)) = (&event.asserted_by, &event.denied_by) {
            for name in &denied.0 {
                let Some(other) = asserted.0.iter().find(|other| other.text == name.text) else {
                    continue;
                };
                self.diagnostics
                    .push(codes::asserts_and_denies(name.span, &name.text, other.span));
            }
        }
        match (
            event.contested,
            event.denied_by.as_ref().and_then(|names| names.0.first()),
        ) {
            (Some(flag), Some(denied)) if !flag.value => {
                self.diagnostics
                    .push(codes::denied_but_not_contested(flag.span, denied.span));
                true
            }
            (Some(flag), _) => flag.value,
            (None, denied) => denied.is_some(),
        }
    }

    /// Nobody acts, or is acted upon, before or after his time.
    fn check_existence(
        &mut self,
        atom: &Atom,
        what: Span,
        from: PartialDate,
        to: Option<PartialDate>,
    ) {
        for id in atom.arguments.iter().flatten() {
            let Some(entity) = self.rulebook.entities.get(id.index()) else {
                continue;
            };
            let inside = entity.exists.spells().iter().any(|Days { first, last }| {
                let too_early = from.last() < *first;
                let too_late = from.first() > *last || to.is_some_and(|to| to.first() > *last);
                !too_early && !too_late
            });
            if !inside {
                let dates = format!("it existed {}", entity.exists);
                let wrong = codes::did_not_exist(what, &entity.name, &dates, entity.span);
                self.diagnostics.push(wrong);
            }
        }
    }

    /// An event is told in the present, and the act of a moment has no last day.
    fn check_tense(&mut self, ground: &GroundSentence, event: &Event) {
        let what = event.what.span;
        if ground.perfect {
            self.diagnostics.push(codes::told_in_the_perfect(what));
        }
        let lasts = self.rulebook.predicate(ground.atom.predicate).lasts;
        let later = event.to.as_ref().filter(|to| {
            let from = event.from.as_ref();
            from.is_none_or(|from| from.text != to.text)
        });
        if let (Some(to), false) = (later, lasts) {
            self.diagnostics
                .push(codes::last_day_of_a_moment(to.span, what));
        }
    }
}
