//! From the texts of an exercise file to the exercise, all names resolved.

use super::document::{
    BranchDocument, ContingencyDocument, ExerciseDocument, InjectDocument, RoleDocument,
};
use super::lower_story::put_in_order;
use super::outline::{
    Branch, Channel, Contingency, Exercise, Guard, Inject, InjectId, Role, RoleId,
};
use crate::calendar::Day;
use crate::check::scenario as speech;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::exercise as codes;
use crate::model::fact::PositionQuery;
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use crate::scenario::Event;
use crate::source::{Sources, Span};
use crate::yaml::{Many, Number, Text};
use std::collections::HashMap;

/// What stands on every page if the file does not say.
const MARKING: &str = "EXERCISE EXERCISE EXERCISE";
/// Where a way on leads that leads to no inject.
pub(super) const END: &str = "end";
pub(super) const CHANNELS: [(&str, Channel); 5] = [
    ("cable", Channel::Cable),
    ("news", Channel::News),
    ("intelligence", Channel::Intelligence),
    ("call", Channel::Call),
    ("map", Channel::Map),
];

/// Resolves an exercise; all mistakes are reported. `files` gives the text of a path named in it, or says why not.
pub(super) fn lower(
    document: &ExerciseDocument,
    baseline: &[Event],
    rulebook: &Rulebook,
    sources: &Sources,
    files: &dyn Fn(&str) -> Result<String, String>,
) -> (Exercise, Vec<Diagnostic>) {
    let mut lowering = Lowering {
        document,
        baseline,
        rulebook,
        sources,
        files,
        diagnostics: Vec::new(),
    };
    let exercise = lowering.exercise();
    (exercise, lowering.diagnostics)
}

pub(super) struct Lowering<'a> {
    pub(super) document: &'a ExerciseDocument,
    /// The events that everybody knows from the beginning.
    pub(super) baseline: &'a [Event],
    pub(super) rulebook: &'a Rulebook,
    sources: &'a Sources,
    files: &'a dyn Fn(&str) -> Result<String, String>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    fn exercise(&mut self) -> Exercise {
        let document = self.document;
        self.names_once();
        self.nothing_missing();
        let roles = document.roles.iter().map(|role| self.role(role)).collect();
        let injects = document.injects.iter();
        let mut injects: Vec<Inject> = injects.map(|inject| self.inject(inject)).collect();
        put_in_order(&mut injects);
        self.story_goes_on(&injects);
        self.format();
        self.one_world();
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.text.clone());
        Exercise {
            title: document.title.text.clone(),
            marking: text(&document.marking).unwrap_or_else(|| MARKING.to_owned()),
            level: self.number(document.level.as_ref(), "level", 1, 5, 1),
            minutes: self.number(document.minutes.as_ref(), "minutes", 1, 24 * 60, 60),
            seed: document.seed.map_or(1, |seed| u64::from(seed.value)),
            brief: self.prose(document.brief.as_ref()),
            note: text(&document.note),
            hotwash: self.hotwash(),
            objectives: document.objectives.iter().map(|it| self.goal(it)).collect(),
            roles,
            injects,
        }
    }

    fn role(&mut self, role: &RoleDocument) -> Role {
        let party = role.party.as_ref().and_then(|party| self.actor(party));
        let title = role.title.as_ref().map(|title| title.text.clone());
        let full = party.and_then(|party| self.rulebook.entities[party.index()].title.clone());
        Role {
            id: role.id.text.clone(),
            title: title.or(full).unwrap_or_else(|| role.id.text.clone()),
            party,
            brief: self.prose(role.brief.as_ref()),
            seats: self.number(role.seats.as_ref(), "seats", 1, 50, 8),
        }
    }

    fn inject(&mut self, inject: &'a InjectDocument) -> Inject {
        let to = self.roles(inject.to.as_ref(), None);
        let story = self.day(&inject.story, "story");
        Inject {
            id: inject.id.text.clone(),
            at: inject.at.as_ref().and_then(|at| self.minutes(at)),
            shelf: inject.shelf.is_some_and(|shelf| shelf.value),
            story: story.unwrap_or(Day::FIRST),
            from: inject.from.as_ref().map(|from| from.text.clone()),
            channel: self
                .word(inject.channel.as_ref(), "channel", &CHANNELS)
                .unwrap_or(Channel::News),
            objective: self.objective(inject.objective.as_ref()),
            text: self.prose(Some(&inject.text)),
            changes: self.changes(&inject.facts, &to),
            questions: inject
                .questions
                .iter()
                .filter_map(|question| self.question(question, inject, &to))
                .collect(),
            contingency: inject
                .contingency
                .as_ref()
                .and_then(|contingency| self.contingency(contingency)),
            next: inject
                .next
                .iter()
                .filter_map(|branch| self.branch(branch))
                .collect(),
            to,
            below: None,
            pending: self.pending(inject.review.as_ref()),
            span: inject.id.span,
        }
    }

    pub(super) fn pending(&mut self, review: Option<&Text>) -> bool {
        let words = [("pending", true), ("done", false)];
        self.word(review, "review", &words).unwrap_or(false)
    }

    fn contingency(&mut self, contingency: &ContingencyDocument) -> Option<Contingency> {
        let unanswered = self.question_name(&contingency.unanswered);
        let after = self.minutes(&contingency.after);
        let send = self.inject_name(&contingency.send);
        Some(Contingency {
            unanswered: unanswered?,
            after: after?,
            send: send?,
        })
    }

    fn branch(&mut self, branch: &BranchDocument) -> Option<Branch> {
        let mut guards = Vec::new();
        if let Some(role) = &branch.decision {
            guards.extend(self.decision(role, branch));
        }
        for (text, owed) in [(&branch.owed, true), (&branch.not_owed, false)] {
            let query = text.as_ref().and_then(|text| self.position(text));
            guards.extend(query.map(|query| Guard::Owed(query, owed)));
        }
        let unanswered = branch.unanswered.as_ref();
        let unanswered = unanswered.and_then(|name| self.question_name(name));
        guards.extend(unanswered.map(Guard::Unanswered));
        let injects = &self.document.injects;
        let named_so = injects.iter().any(|inject| inject.id.text == END);
        let go = if branch.go.text == END && !named_so {
            None
        } else {
            Some(self.inject_name(&branch.go)?)
        };
        Some(Branch { guards, go })
    }

    fn decision(&mut self, role: &Text, branch: &BranchDocument) -> Option<Guard> {
        let who = self.role_name(role);
        let (Some(on), Some(is)) = (&branch.on, &branch.is) else {
            let missing = if branch.on.is_none() { "on" } else { "is" };
            self.diagnostics
                .push(codes::lacks(role.span, "`decision`", missing));
            return None;
        };
        let question = self.question_name(on)?;
        let asked = self.questions().find(|asked| asked.id.text == question)?;
        let known = asked.options.iter().map(|option| option.id.text.as_str());
        if known.clone().all(|option| option != is.text) {
            self.diagnostics
                .push(codes::unknown(is.span, "option", &is.text, known));
            return None;
        }
        Some(Guard::Decided {
            role: who?,
            question,
            option: is.text.clone(),
        })
    }

    /// A text, or the file that it names.
    fn prose(&mut self, text: Option<&Text>) -> String {
        let Some(text) = text else {
            return String::new();
        };
        if !is_path(&text.text) {
            return text.text.clone();
        }
        (self.files)(&text.text).unwrap_or_else(|why| {
            self.diagnostics
                .push(codes::no_file(text.span, &text.text, &why));
            String::new()
        })
    }

    fn nothing_missing(&mut self) {
        let document = self.document;
        let span = document.title.span;
        for (empty, what) in [
            (document.roles.is_empty(), "roles"),
            (document.injects.is_empty(), "injects"),
        ] {
            if empty {
                self.diagnostics.push(codes::nothing_to_play(span, what));
            }
        }
    }

    fn names_once(&mut self) {
        let document = self.document;
        self.once("objective", document.objectives.iter().map(|it| &it.id));
        self.once("role", document.roles.iter().map(|it| &it.id));
        self.once("inject", document.injects.iter().map(|it| &it.id));
        let questions: Vec<&Text> = self.questions().map(|it| &it.id).collect();
        self.once("question", questions.into_iter());
    }

    fn once<'t>(&mut self, kind: &str, names: impl Iterator<Item = &'t Text>) {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for name in names {
            if let Some(&span) = first.get(name.text.as_str()) {
                let twice = codes::named_twice(name.span, kind, &name.text, span);
                self.diagnostics.push(twice);
            } else {
                first.insert(&name.text, name.span);
            }
        }
    }

    pub(super) fn questions(
        &self,
    ) -> impl Iterator<Item = &'a super::document::QuestionDocument> + Clone + use<'a> {
        self.document
            .injects
            .iter()
            .flat_map(|inject| &inject.questions)
    }

    /// The roles named; if none are, the default; if there is none, all.
    pub(super) fn roles(
        &mut self,
        names: Option<&Many>,
        default: Option<&[RoleId]>,
    ) -> Vec<RoleId> {
        match (names, default) {
            (Some(names), _) if names.0.iter().all(|name| name.text != "all") => {
                let names = names.0.iter();
                names.filter_map(|name| self.role_name(name)).collect()
            }
            (None, Some(default)) => default.to_vec(),
            _ => (0..self.document.roles.len()).map(RoleId).collect(),
        }
    }

    fn role_name(&mut self, name: &Text) -> Option<RoleId> {
        let roles = self.document.roles.iter();
        self.named(name, "role", roles.map(|role| &role.id))
            .map(RoleId)
    }

    fn inject_name(&mut self, name: &Text) -> Option<InjectId> {
        let injects = self.document.injects.iter();
        self.named(name, "inject", injects.map(|inject| &inject.id))
            .map(InjectId)
    }

    fn question_name(&mut self, name: &Text) -> Option<String> {
        let questions = self.questions();
        self.named(name, "question", questions.map(|question| &question.id))
            .map(|_| name.text.clone())
    }

    pub(super) fn objective(&mut self, name: Option<&Text>) -> Option<usize> {
        let objectives = self.document.objectives.iter();
        self.named(
            name?,
            "objective",
            objectives.map(|objective| &objective.id),
        )
    }

    fn named<'t>(
        &mut self,
        name: &Text,
        kind: &str,
        mut known: impl Iterator<Item = &'t Text> + Clone,
    ) -> Option<usize> {
        let texts = known.clone().map(|known| known.text.as_str());
        let found = known.position(|known| known.text == name.text);
        if found.is_none() {
            self.diagnostics
                .push(codes::unknown(name.span, kind, &name.text, texts));
        }
        found
    }

    pub(super) fn word<T: Copy>(
        &mut self,
        text: Option<&Text>,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = text?;
        let found = words.iter().find(|(word, _)| *word == text.text);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let wrong = crate::diagnostic::codes::scenario::unknown_word;
            self.diagnostics
                .push(wrong(text.span, key, &text.text, &known));
        }
        found.map(|(_, value)| *value)
    }

    pub(super) fn number(
        &mut self,
        number: Option<&Number>,
        key: &str,
        least: u32,
        most: u32,
        default: u32,
    ) -> u32 {
        let Some(number) = number else { return default };
        if number.value < least || number.value > most {
            self.diagnostics
                .push(codes::out_of_range(number.span, key, least, most));
        }
        number.value.clamp(least, most)
    }

    fn minutes(&mut self, text: &Text) -> Option<u32> {
        let found = minutes(&text.text);
        if found.is_none() {
            self.diagnostics
                .push(codes::not_minutes(text.span, &text.text));
        }
        found
    }

    pub(super) fn actor(&mut self, name: &Text) -> Option<EntityId> {
        speech::actor(name, self.rulebook, &mut self.diagnostics)
    }

    fn day(&mut self, text: &Text, key: &str) -> Option<Day> {
        speech::day(text, key, &mut self.diagnostics)
    }

    pub(super) fn position(&mut self, text: &Text) -> Option<PositionQuery> {
        speech::position(text, self.rulebook, self.sources, &mut self.diagnostics)
    }
}

/// One word that ends in `.md`.
fn is_path(text: &str) -> bool {
    std::path::Path::new(text)
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
        && !text.contains(char::is_whitespace)
}

/// `20 minutes`, `20min`, `2 hours`, at most a week.
fn minutes(text: &str) -> Option<u32> {
    let split = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(split);
    let factor = match unit.trim() {
        "min" | "minute" | "minutes" => 1,
        "h" | "hour" | "hours" => 60,
        _ => return None,
    };
    let found = number.parse::<u32>().ok()?.checked_mul(factor)?;
    (found <= 7 * 24 * 60).then_some(found)
}
