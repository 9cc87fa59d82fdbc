//! A draft: proposals for an exercise as they would stand in its files, nothing of which is changed otherwise.

use super::place::{Place, after_inject, after_questions, injects};
use super::proposal::{Proposal, proposals};
use super::text::{list, prose};
use crate::exercise::document::InjectDocument;
use crate::exercise::{Exercise, Inject, Pack};
use std::collections::BTreeMap;

/// Minutes after which somebody is reminded, if the question does not say how long it may take.
const REMINDED_AFTER: u32 = 10;

/// What is proposed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// How many questions.
    pub questions: usize,
    /// How many injects for the case that nobody answers.
    pub contingencies: usize,
    /// How many of the questions have a place in the files: an inject or questions in one line have none.
    pub placed_questions: usize,
    /// How many of the injects.
    pub placed_contingencies: usize,
    /// To be pasted: for each inject its name and what belongs into it, or behind it.
    pub pieces: Vec<(String, String)>,
    /// The files with all of it in its place, by their names; those that stay as they are are left out.
    pub files: Vec<(String, String)>,
}

/// Makes a draft.
pub fn draft(pack: &Pack, exercise: &Exercise) -> Draft {
    let proposed = proposals(pack, exercise, &[]);
    let documents = injects(pack);
    let mut found = Draft::default();
    let mut edits: Vec<(Place, String)> = Vec::new();
    for (at, (inject, document)) in exercise.injects.iter().zip(&documents).enumerate() {
        let own = proposed.iter().filter(|one| one.inject.0 == at);
        let own: Vec<&Proposal> = own.collect();
        found.questions += own.len();
        let reminder = reminds(inject, &own);
        found.contingencies += usize::from(reminder.is_some());
        let (into, behind) = (
            after_questions(pack, document),
            after_inject(pack, document),
        );
        let paste = Paste {
            exercise,
            inject,
            questions: &own,
            reminder: reminder.as_deref(),
        };
        if !paste.is_empty() {
            found
                .pieces
                .push((inject.id.clone(), paste.whole(document, 4)));
        }
        if let Some(behind) = behind {
            edits.extend(paste.edits(document, into, behind));
            found.placed_contingencies += usize::from(reminder.is_some());
            if into.is_some() || document.questions.is_empty() {
                found.placed_questions += own.len();
            }
        }
    }
    found.files = written(pack, edits);
    found
}

/// The question whose silence somebody ought to be reminded of.
fn reminds(inject: &Inject, proposed: &[&Proposal]) -> Option<String> {
    if inject.contingency.is_some() || inject.shelf {
        return None;
    }
    let first = inject.questions.first().map(|question| &question.id);
    let first = first.or_else(|| proposed.first().map(|one| &one.question.id));
    first.cloned()
}

struct Paste<'a> {
    exercise: &'a Exercise,
    inject: &'a Inject,
    questions: &'a [&'a Proposal],
    reminder: Option<&'a str>,
}

impl Paste<'_> {
    fn is_empty(&self) -> bool {
        self.questions.is_empty() && self.reminder.is_none()
    }

    /// All of it one below the other, the keys of the inject at this column.
    fn whole(&self, document: &InjectDocument, keys: usize) -> String {
        let head = format!("{:keys$}questions:\n", "");
        let head = if document.questions.is_empty() && !self.questions.is_empty() {
            head
        } else {
            String::new()
        };
        head + &self.entries(keys + 2) + &self.contingency(keys) + &self.reminder(keys)
    }

    /// The same, each part where it belongs.
    fn edits(
        &self,
        document: &InjectDocument,
        into: Option<Place>,
        behind: Place,
    ) -> Vec<(Place, String)> {
        let keys = behind.indent;
        let tail = self.contingency(keys) + &self.reminder(keys);
        match into {
            Some(into) => vec![(into, self.entries(into.indent)), (behind, tail)],
            None if document.questions.is_empty() => vec![(behind, self.whole(document, keys))],
            // Questions between brackets: nothing can be added to them.
            None => vec![(behind, tail)],
        }
    }

    fn entries(&self, indent: usize) -> String {
        let questions = self.questions.iter();
        questions
            .map(|one| one.yaml(self.exercise, indent))
            .collect()
    }

    fn contingency(&self, keys: usize) -> String {
        let Some(question) = self.reminder else {
            return String::new();
        };
        let asked = self
            .inject
            .questions
            .iter()
            .find(|asked| asked.id == question);
        let after = asked
            .and_then(|asked| asked.minutes)
            .unwrap_or(REMINDED_AFTER);
        // Whoever is reminded has as much time again before the story goes on.
        let after = self
            .room()
            .map_or(after, |room| after.min((room / 2).max(1)));
        let id = self.reminder_id();
        let rule = format!("{{unanswered: {question}, after: {after} minutes, send: {id}}}");
        format!("{:keys$}contingency: {rule}\n", "")
    }

    /// Minutes until the next inject.
    fn room(&self) -> Option<u32> {
        let at = self.inject.at?;
        let later = self.exercise.injects.iter().filter_map(|inject| inject.at);
        later.filter(|then| *then > at).min().map(|then| then - at)
    }

    fn reminder_id(&self) -> String {
        let name = |number: usize| match number {
            1 => format!("{}-reminder", self.inject.id),
            number => format!("{}-reminder-{number}", self.inject.id),
        };
        let free = |name: &String| self.exercise.inject_named(name).is_none();
        // One of so many names is free: there are fewer injects.
        let most = self.exercise.injects.len() + 1;
        (1..=most).map(name).find(free).unwrap_or_default()
    }

    /// An inject of its own, right behind this one.
    fn reminder(&self, keys: usize) -> String {
        let Some(question) = self.reminder else {
            return String::new();
        };
        let dash = keys.saturating_sub(2);
        let to = self.inject.to.iter();
        let to = list(to.map(|role| &self.exercise.role(*role).id));
        let said = format!(
            "The minister asks for your answer to {question}. A short one now is worth more than a full one later."
        );
        let mut text = format!("{:dash$}- id: {}\n", "", self.reminder_id());
        let story = self.inject.story.to_string();
        for (key, value) in [
            ("shelf", "true"),
            ("story", &story),
            ("to", &to),
            ("channel", "call"),
        ] {
            text.push_str(&format!("{:keys$}{key}: {value}\n", ""));
        }
        text += &prose(keys, "text", &said);
        text + &format!("{:keys$}review: pending\n", "")
    }
}

/// The files with the edits made.
fn written(pack: &Pack, edits: Vec<(Place, String)>) -> Vec<(String, String)> {
    let mut by_file: BTreeMap<u32, Vec<(usize, String)>> = BTreeMap::new();
    for (place, text) in edits.into_iter().filter(|(_, text)| !text.is_empty()) {
        let file = by_file.entry(place.source.0).or_default();
        match file.iter_mut().find(|(at, _)| *at == place.at) {
            Some((_, known)) => known.push_str(&text),
            None => file.push((place.at, text)),
        }
    }
    let files = by_file.into_iter().map(|(source, mut edits)| {
        let source = pack.project.sources.get(crate::source::SourceId(source));
        let mut text = source.text.clone();
        edits.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        for (at, added) in edits {
            let open = at > 0 && text.as_bytes().get(at - 1) != Some(&b'\n');
            let line = if open { "\n" } else { "" };
            text.insert_str(at, &format!("{line}{added}"));
        }
        (source.name.clone(), text)
    });
    files.collect()
}
