//! The keys of an exercise as a text that is kept beside it, so that a change of the rules that moves one is noticed.

use super::key::{KeyItem, key};
use super::load::Pack;
use super::offer::{offer, viewer};
use super::outline::{Exercise, InjectId, Question, QuestionKind, RoleId};
use super::world::World;
use std::fmt::Write as _;

/// The name of the file in the folder of an exercise.
pub const KEYS: &str = "keys.txt";

/// A question put to a role, with what was so then.
pub struct Put<'p> {
    /// The inject that asks it.
    pub inject: InjectId,
    /// The question.
    pub question: &'p Question,
    /// To whom.
    pub role: RoleId,
    /// What was so.
    pub world: World,
}

/// Every question of an exercise, put in the order of the file, no decision having taken effect.
pub fn all_put<'p>(pack: &Pack, exercise: &'p Exercise) -> Vec<Put<'p>> {
    let mut world = World::new(pack);
    let mut found = Vec::new();
    for (at, inject) in exercise.injects.iter().enumerate() {
        world.release(exercise, InjectId(at));
        for question in &inject.questions {
            found.extend(question.to.iter().map(|role| Put {
                inject: InjectId(at),
                question,
                role: *role,
                world: world.clone(),
            }));
        }
    }
    found
}

/// The keys of all questions that have one, as text.
pub fn pinned(pack: &Pack, exercise: &Exercise) -> String {
    let mut text = String::new();
    for put in all_put(pack, exercise) {
        let lines = expected(pack, exercise, &put);
        let Some(lines) = lines else { continue };
        let inject = &exercise.inject(put.inject).id;
        let (question, role) = (&put.question.id, &exercise.role(put.role).id);
        let _ = writeln!(text, "{inject} {question} {role}");
        if lines.is_empty() {
            text.push_str("  nothing\n");
        }
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// What a right answer to a question names, a line each; `None`: there is no right answer.
pub fn expected(pack: &Pack, exercise: &Exercise, put: &Put<'_>) -> Option<Vec<String>> {
    let mut lines: Vec<String> = match &put.question.kind {
        QuestionKind::Obligations(asked) => {
            let viewer = viewer(put.question, put.role);
            let party = exercise.role(put.role).party;
            let key = key(pack, &put.world, viewer, asked, party);
            key.iter().map(line).collect()
        }
        QuestionKind::Decide(_) | QuestionKind::Text => return None,
        _ => {
            let offer = offer(pack, &put.world, put.question, put.role);
            let rights = offer
                .options
                .into_iter()
                .filter(|it| it.right == Some(true));
            rights.map(|option| option.text).collect()
        }
    };
    lines.sort();
    Some(lines)
}

fn line(item: &KeyItem) -> String {
    let due = item
        .due
        .map(|due| format!(" | due {due}"))
        .unwrap_or_default();
    format!(
        "{} | {}{due} | {}",
        item.sentence,
        item.citation,
        item.standing.word_of(item.modality)
    )
}

/// The lines in which two texts of keys differ, under the question to which they belong; `-` was so, `+` is so.
pub fn moved(before: &str, now: &str) -> Vec<String> {
    let (before, now) = (sections(before), sections(now));
    let mut found = Vec::new();
    let heads = before
        .keys()
        .chain(now.keys().filter(|head| !before.contains_key(*head)));
    for head in heads {
        let none = Vec::new();
        let (old, new) = (
            before.get(head).unwrap_or(&none),
            now.get(head).unwrap_or(&none),
        );
        let gone = old.iter().filter(|line| !new.contains(line));
        let come = new.iter().filter(|line| !old.contains(line));
        let lines: Vec<String> = gone
            .map(|line| format!("  - {line}"))
            .chain(come.map(|line| format!("  + {line}")))
            .collect();
        if !lines.is_empty() {
            found.push((*head).to_owned());
            found.extend(lines);
        }
    }
    found
}

fn sections(text: &str) -> indexmap::IndexMap<&str, Vec<&str>> {
    let mut found: indexmap::IndexMap<&str, Vec<&str>> = indexmap::IndexMap::new();
    let mut head = "";
    for line in text.lines() {
        if let Some(line) = line.strip_prefix("  ") {
            found.entry(head).or_default().push(line);
        } else {
            head = line;
            found.entry(head).or_default();
        }
    }
    found
}
