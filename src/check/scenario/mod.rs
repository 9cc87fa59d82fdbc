//! From the texts of a scenario file to its facts and expectations, resolved against a rulebook.

mod consistency;
mod dates;
mod events;
mod expectations;
mod names;
mod speech;

pub use dates::day;
pub use names::actor;
pub use speech::position;

use crate::calendar::Day;
use crate::diagnostic::codes::check::UNKNOWN;
use crate::diagnostic::codes::scenario as codes;
use crate::diagnostic::{Diagnostic, any_error, sort};
use crate::model::fact::{Fact, Scenario, View};
use crate::model::ids::{EntityId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::Atom;
use crate::scenario::Document;
use crate::source::{Sources, Span};

/// Resolves a scenario; all its mistakes are reported at once. There is a scenario only if none of them is an error.
///
/// Treaties of its own block `treaties:` must be in the rulebook already (see [`Document::own_clauses`]): they count whether
/// `rules:` names them or not.
pub fn lower(
    document: &Document,
    rulebook: &Rulebook,
    sources: &Sources,
) -> (Option<Scenario>, Vec<Diagnostic>) {
    let mut lowering = Lowering {
        document,
        rulebook,
        sources,
        rules: None,
        foreign: Vec::new(),
        diagnostics: Vec::new(),
    };
    let scenario = lowering.scenario();
    lowering.without_echoes();
    let mut diagnostics = lowering.diagnostics;
    sort(&mut diagnostics);
    diagnostics.dedup();
    (
        Some(scenario).filter(|_| !any_error(&diagnostics)),
        diagnostics,
    )
}

struct Lowering<'a> {
    document: &'a Document,
    rulebook: &'a Rulebook,
    sources: &'a Sources,
    /// The treaties that count; `None`: all.
    rules: Option<Vec<TreatyId>>,
    /// Where `rules:` names a treaty that the rulebook has nothing like.
    foreign: Vec<Span>,
    diagnostics: Vec<Diagnostic>,
}

impl Lowering<'_> {
    fn scenario(&mut self) -> Scenario {
        let document = self.document;
        self.rules = self.listed_rules();
        if document.events.is_empty() && document.expect.is_empty() && document.treaties.is_none() {
            let empty = crate::diagnostic::codes::yaml::empty(document.title.span);
            self.diagnostics.push(empty);
        }
        let as_of = document.as_of.as_ref();
        let as_of = as_of.and_then(|text| dates::day(text, "as-of", &mut self.diagnostics));
        let facts = self.facts();
        let assumptions = self.assumptions(&facts);
        let expectations = self.expectations();
        self.warn_of_single_days(as_of, &facts, &expectations);
        Scenario {
            title: document.title.text.clone(),
            as_of,
            treaties: self.rules.clone(),
            view: self.view(),
            hypothetical: document.hypothetical.is_some_and(|flag| flag.value),
            note: joined([document.note.as_ref(), document.source.as_ref()]),
            facts,
            assumptions,
            expectations,
        }
    }

    /// Whose treaty is missing, its words are too: that is told once.
    fn without_echoes(&mut self) {
        if self.foreign.is_empty() {
            return;
        }
        let (foreign, sources) = (&self.foreign, self.sources);
        let names: Vec<&str> = foreign.iter().map(|span| sources.text(*span)).collect();
        self.diagnostics
            .retain(|found| match (found.code, found.span()) {
                ("F027", Some(span)) => {
                    foreign.contains(&span) || !names.contains(&sources.text(span))
                }
                (code, _) => !UNKNOWN.contains(&code),
            });
    }

    /// The treaties that `rules:` lists, and those of the scenario's own.
    fn listed_rules(&mut self) -> Option<Vec<TreatyId>> {
        let listed = self.document.rules.as_ref()?;
        let mut treaties = Vec::new();
        for name in &listed.0 {
            treaties.extend(self.treaty(name));
            let unlike = self
                .diagnostics
                .last()
                .filter(|told| told.suggestion.is_none());
            if let Some(span) = unlike.and_then(Diagnostic::span)
                && span == name.span
            {
                self.foreign.push(span);
            }
        }
        let own = self.document.title.span.source;
        for (index, treaty) in self.rulebook.treaties.iter().enumerate() {
            if treaty.span.source == own {
                treaties.push(TreatyId(index as u32));
            }
        }
        treaties.sort_unstable();
        treaties.dedup();
        Some(treaties)
    }

    fn view(&mut self) -> View {
        let document = self.document;
        let view = document.view.as_ref();
        let view = view.and_then(|text| match text.text.as_str() {
            "full" => Some(View::Full),
            "public" => Some(View::Public),
            _ => self.viewer(text).map(View::Of),
        });
        view.unwrap_or_default()
    }

    /// The actor whose view it is.
    fn viewer(&mut self, text: &crate::scenario::Text) -> Option<EntityId> {
        let mut wrong = Vec::new();
        let found = actor(text, self.rulebook, &mut wrong);
        let help = "a view is `full`, `public`, or the name of a state or organisation";
        let told = wrong.into_iter().map(|diagnostic| diagnostic.help(help));
        self.diagnostics.extend(told);
        found
    }

    /// A word of a short list.
    fn word<T: Copy>(
        &mut self,
        key: &str,
        text: &crate::scenario::Text,
        words: &[(&str, T)],
    ) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text.text);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.diagnostics
                .push(codes::unknown_word(text.span, key, &text.text, &known));
        }
        found.map(|(_, value)| *value)
    }

    fn assumptions(&mut self, facts: &[Fact]) -> Vec<(Atom, bool)> {
        let mut assumptions = Vec::new();
        for text in &self.document.assume {
            for ground in self.sentences(text) {
                if !self.is_open(&ground.atom, facts) {
                    let warning = codes::nothing_to_assume(text.span);
                    self.diagnostics.push(warning);
                }
                assumptions.push((ground.atom, !ground.negated));
            }
        }
        assumptions
    }
}

/// Texts in one.
fn joined<'t>(
    texts: impl IntoIterator<Item = Option<&'t crate::scenario::Text>>,
) -> Option<String> {
    let texts: Vec<&str> = texts
        .into_iter()
        .flatten()
        .map(|text| text.text.as_str())
        .collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

/// The days on which it is certain that a fact holds; of a momentary act only its day.
fn certain_days(fact: &Fact, lasts: bool) -> (Day, Day) {
    let last = match fact.to {
        _ if !lasts => fact.from.first(),
        Some(to) => to.first(),
        None => Day::LAST,
    };
    (fact.from.last(), last)
}
