//! The start of an exercise: a scenario cut into injects by its days, with roles, objectives and first questions.

use super::objective::{Objective, objectives};
use super::proposal::{Proposal, Wish, proposals};
use super::text::{added, list, prose, remarks, scalar};
use crate::calendar::{Day, PartialDate};
use crate::engine::{Engine, Options};
use crate::exercise::{Exercise, Pack};
use crate::model::entity::EntityKind;
use crate::model::fact::Scenario;
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use crate::project::Project;
use crate::report::row::rows;
use crate::scenario::{Document, Event, Expect};
use std::collections::BTreeMap;

/// Minutes that an inject takes with its questions.
const MINUTES_AN_INJECT: u32 = 10;
/// So many parties are proposed to play.
const PROPOSED: usize = 3;

/// The scenario from which an exercise starts.
pub struct Basis<'a> {
    /// What it says.
    pub document: &'a Document,
    /// The same, resolved.
    pub scenario: &'a Scenario,
    /// What it is called, for the remark at the head of the file.
    pub name: &'a str,
    /// The rulebook with its own clauses.
    pub rulebook: Rulebook,
    /// The treaties that go with it.
    pub project: Project,
}

/// What an author wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The title.
    pub title: String,
    /// What stands on every page.
    pub marking: String,
    /// How long it takes.
    pub minutes: u32,
    /// From 1 to 5.
    pub level: u32,
    /// The parties that play, by their names.
    pub parties: Vec<String>,
}

/// A day on which something happens.
struct Step<'a> {
    day: Day,
    events: Vec<&'a Event>,
}

impl Basis<'_> {
    /// What an author is proposed.
    pub fn proposed(&self) -> Wanted {
        let parties = self.actors().into_iter().take(PROPOSED);
        Wanted {
            title: self.document.title.text.clone(),
            marking: "EXERCISE EXERCISE EXERCISE".to_owned(),
            minutes: 60,
            level: 2,
            parties: parties.map(|actor| self.rulebook.name(actor)).collect(),
        }
    }

    /// Who might play: states and organisations that act in the facts or are bound by what follows, the most involved first.
    pub fn actors(&self) -> Vec<EntityId> {
        let rulebook = &self.rulebook;
        let engine = Engine::new(rulebook);
        let mut outcome = engine.evaluate(self.scenario, &Options::default());
        let mut weight: BTreeMap<EntityId, usize> = BTreeMap::new();
        for fact in &self.scenario.facts {
            for actor in fact.atom.arguments.into_iter().flatten() {
                *weight.entry(actor).or_default() += 2;
            }
        }
        for row in rows(&mut outcome, None, false) {
            for name in &row.bearers {
                if let Some(actor) = rulebook.entity(name) {
                    *weight.entry(actor).or_default() += 1;
                }
            }
        }
        let plays = |actor: &EntityId| {
            let entity = rulebook.entities.get(actor.index());
            let kind = entity.map(|entity| &entity.kind);
            let state = matches!(
                kind,
                Some(EntityKind::State { .. } | EntityKind::Organisation)
            );
            state && actor.possessed().is_none()
        };
        let mut found: Vec<(EntityId, usize)> = weight.into_iter().collect();
        found.retain(|(actor, _)| plays(actor));
        found.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        found.into_iter().map(|(actor, _)| actor).collect()
    }

    /// The files of the exercise, by their paths in its folder.
    ///
    /// # Errors
    /// Mistakes in what was wanted, as text.
    pub fn files(&self, wanted: &Wanted) -> Result<Vec<(String, String)>, String> {
        let steps = self.steps(wanted.minutes);
        let briefs = self.briefs(wanted);
        let bare = self.written(wanted, &steps, None);
        let pack = self.pack(&bare, &briefs);
        let Some(exercise) = &pack.exercise else {
            let said = pack.diagnostics.iter().map(|wrong| wrong.message.as_str());
            return Err(said.collect::<Vec<_>>().join("; "));
        };
        let mut found = proposals(&pack, exercise, &self.wishes());
        let objectives = objectives(&pack, &mut found);
        let questions = (exercise, found.as_slice(), objectives.as_slice());
        let whole = self.written(wanted, &steps, Some(questions));
        let mut files = vec![("exercise.yaml".to_owned(), whole)];
        files.extend(briefs);
        Ok(files)
    }

    fn pack(&self, text: &str, briefs: &[(String, String)]) -> Pack {
        let files = |path: &str| {
            let found = briefs.iter().find(|(known, _)| known == path);
            let text = found.map(|(_, text)| text.clone());
            text.ok_or_else(|| "it is not there".to_owned())
        };
        Pack::of_text(
            "exercise.yaml",
            text.to_owned(),
            self.project.clone(),
            &files,
        )
    }

    /// The last days of the scenario, as many as there is time for; what was before belongs to the first.
    fn steps(&self, minutes: u32) -> Vec<Step<'_>> {
        let mut days: BTreeMap<Day, Vec<&Event>> = BTreeMap::new();
        for event in &self.document.events {
            days.entry(first_day(event)).or_default().push(event);
        }
        if let Some(asked) = self.scenario.as_of {
            days.entry(asked).or_default();
        }
        let steps = days.into_iter().map(|(day, events)| Step { day, events });
        let mut steps: Vec<Step<'_>> = steps.collect();
        let most = (minutes / MINUTES_AN_INJECT).max(1) as usize;
        let early = steps.len().saturating_sub(most);
        let before: Vec<Step<'_>> = steps.drain(..early).collect();
        if let Some(first) = steps.first_mut() {
            let events = before.into_iter().flat_map(|step| step.events);
            first.events = events.chain(std::mem::take(&mut first.events)).collect();
        }
        steps
    }

    /// What the scenario expects is worth asking.
    fn wishes(&self) -> Vec<Wish> {
        let expected = self.document.expect.iter();
        expected.filter_map(|expect| self.wish(expect)).collect()
    }

    fn wish(&self, expect: &Expect) -> Option<Wish> {
        let (sentence, ask) = match (&expect.owed_if, &expect.owed, &expect.not_owed) {
            (Some(text), ..) if expect.on_account_of.is_some() => (text, "whose-account"),
            (Some(text), ..) => (text, "what-if"),
            (_, Some(text), _) => (text, "why"),
            (_, _, Some(text)) => (text, "why-not"),
            _ => return None,
        };
        let on = expect
            .on
            .as_ref()
            .and_then(|on| PartialDate::parse(&on.text));
        let day = on.map(PartialDate::first).or(self.scenario.as_of)?;
        let under = expect.under.as_ref();
        let under = under
            .map(|under| format!(" under {}", under.text))
            .unwrap_or_default();
        let about = format!("{}{under}", sentence.text);
        Some(Wish { day, ask, about })
    }

    /// The exercise file; questions and objectives are known only when the rest of it can be read.
    fn written(
        &self,
        wanted: &Wanted,
        steps: &[Step<'_>],
        questions: Option<(&Exercise, &[Proposal], &[Objective])>,
    ) -> String {
        let mut text = self.head(wanted);
        let objectives = questions
            .map(|(_, _, objectives)| objectives)
            .unwrap_or_default();
        if !objectives.is_empty() {
            text += "# What is to be learnt, and what an evaluator watches for.\nobjectives:\n";
            text.extend(objectives.iter().map(Objective::yaml));
        }
        text += "roles:\n";
        for party in &wanted.parties {
            text += &format!(
                "  - id: {party}\n    party: {party}\n    brief: briefs/{party}.md\n    seats: 4\n"
            );
        }
        text += "  - id: evaluator\n    title: Evaluator\n";
        text += "# What happens. `text:` is what the teams read; `facts:` is what becomes so, in the words of the language.\ninjects:\n";
        for (at, step) in steps.iter().enumerate() {
            text += &inject(at, step);
            let Some((exercise, proposed, _)) = questions else {
                continue;
            };
            let own: Vec<&Proposal> = proposed.iter().filter(|one| one.inject.0 == at).collect();
            if !own.is_empty() {
                text += "    questions:\n";
                text.extend(own.iter().map(|one| one.yaml(exercise, 6)));
            }
        }
        text
    }

    fn head(&self, wanted: &Wanted) -> String {
        let document = self.document;
        let mut text = remarks(0, [
            format!("Started from the scenario {}. What to do next:", self.name),
            "1. Write each `text:` as its sender would, and the briefs in `briefs/`.".to_owned(),
            "2. Look through the questions; take `review: pending` away from what is good, and delete the rest.".to_owned(),
            "3. casus exercise check FOLDER, preview FOLDER, print FOLDER facilitator; then check FOLDER --pin.".to_owned(),
        ]);
        let mut put = |key: &str, value: String| text.push_str(&format!("{key}: {value}\n"));
        put("exercise", scalar(&wanted.title));
        put("format", "treaty-exercise/1".to_owned());
        put("marking", scalar(&wanted.marking));
        put("level", wanted.level.to_string());
        put("minutes", wanted.minutes.to_string());
        put("brief", "briefs/all.md".to_owned());
        if let Some(rules) = &document.rules {
            put("rules", list(rules.0.iter().map(|rule| &rule.text)));
        }
        if let Some(source) = &document.source {
            put("source", scalar(&source.text));
        }
        if let Some(note) = &document.note {
            put("note", scalar(&note.text));
        }
        if let Some(clauses) = &document.treaties {
            text += "treaties: |\n";
            for line in self.project.sources.text(clauses.span).lines() {
                let line = line.strip_prefix("  ").unwrap_or(line);
                let indent = if line.is_empty() { "" } else { "  " };
                text += &format!("{indent}{}\n", line.trim_end());
            }
        }
        text
    }

    /// What teams read first, with gaps to fill.
    fn briefs(&self, wanted: &Wanted) -> Vec<(String, String)> {
        let title = &wanted.title;
        let all = format!(
            "{title}. This is an exercise: what you read here is the state of the story, not of the world.\n\n\
             You advise a government. After each message you will be asked what your state owes, to whom, under which article, and \
             on whose account of the facts. Do not answer what it did or should do: answer what it is bound to do. \"No obligation \
             arises\" is an answer.\n\n\
             The situation until now: ... (three sentences: where, since when, who wants what)\n\n\
             The treaties that matter: ... (one line each; teams can read their text in the program)\n"
        );
        let mut found = vec![("briefs/all.md".to_owned(), all)];
        for party in &wanted.parties {
            let entity = self.rulebook.entity(party);
            let full =
                entity.and_then(|entity| self.rulebook.entities[entity.index()].title.clone());
            let full = full.unwrap_or_else(|| party.clone());
            let brief = format!(
                "You advise {full}.\n\nYour government wants ... It fears ... It has promised ...\n\n\
                 What you know and others do not: ...\n\nWhat you may decide, and what only your minister may: ...\n"
            );
            found.push((format!("briefs/{party}.md"), brief));
        }
        found
    }
}

fn first_day(event: &Event) -> Day {
    let date = event.on.as_ref().or(event.from.as_ref());
    let date = date.and_then(|date| PartialDate::parse(&date.text));
    date.map_or(Day::FIRST, PartialDate::first)
}

/// One inject, without its questions.
fn inject(at: usize, step: &Step<'_>) -> String {
    let minutes = at as u32 * MINUTES_AN_INJECT;
    let mut text = format!(
        "  - id: I{}\n    at: {minutes} minutes\n    story: {}\n    channel: news\n",
        at + 1,
        step.day
    );
    let told = step.events.iter().map(|event| told(event));
    let said = match step.events.as_slice() {
        [] => format!(
            "It is {}. Nothing new has been reported; the question is what holds now.",
            step.day
        ),
        _ => told.collect::<Vec<_>>().join(" "),
    };
    text += &remarks(4, ["Write here what the sender would say."]);
    text += &prose(4, "text", &said);
    if !step.events.is_empty() {
        text += "    facts:\n";
        text.extend(step.events.iter().map(|event| added(6, event)));
    }
    text
}

/// An event as a sentence that somebody reports.
fn told(event: &Event) -> String {
    let names = |many: &crate::yaml::Many| {
        let names = many.0.iter().map(|name| name.text.clone()).collect();
        crate::diagnostic::phrase::join(names, "and")
    };
    let what = &event.what.text;
    let mut text = match &event.asserted_by {
        Some(who) => format!("According to {}, {what}.", names(who)),
        None => format!("It is reported that {what}."),
    };
    if let Some(who) = &event.denied_by {
        text += &format!(" Denied by {}.", names(who));
    }
    text
}
