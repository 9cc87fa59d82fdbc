//! What the texts of an exercise give away, how long they are, and where the story may get stuck.

use super::outline::{Change, Exercise, Inject, RoleId};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::exercise as codes;
use indexmap::IndexMap;

/// So many letters fit on the screen that all see.
const MOST_SHOWN: usize = 1200;

/// The warnings about texts and ends.
pub(super) fn told(exercise: &Exercise) -> Vec<Diagnostic> {
    let mut found = secrets(exercise);
    found.extend(gaps(exercise));
    for inject in &exercise.injects {
        let signs = inject.text.chars().count();
        if signs > MOST_SHOWN {
            found.push(codes::long_text(inject.span, signs, MOST_SHOWN));
        }
        if inject.text.contains("![](") {
            found.push(codes::picture_without_words(inject.span));
        }
        if is_dead_end(inject) {
            found.push(codes::dead_end(inject.span, &inject.id));
        }
    }
    found
}

/// Briefs with gaps that somebody meant to fill.
fn gaps(exercise: &Exercise) -> Vec<Diagnostic> {
    let Some(first) = exercise.injects.first() else {
        return Vec::new();
    };
    let briefs = exercise
        .roles
        .iter()
        .map(|role| (role.id.as_str(), &role.brief));
    let all = [("all", &exercise.brief)].into_iter().chain(briefs);
    let open = all.filter(|(_, brief)| brief.contains("..."));
    open.map(|(whose, _)| codes::gap_in_a_brief(first.span, whose))
        .collect()
}

fn is_dead_end(inject: &Inject) -> bool {
    let waits = inject.next.iter().all(|branch| !branch.guards.is_empty());
    !inject.next.is_empty() && waits && inject.below.is_none()
}

/// A fact that not all know: the words that would give it away, and who knows of it so far.
struct Secret {
    words: String,
    known_to: Vec<RoleId>,
}

/// Texts that quote a fact to a role that does not know it.
fn secrets(exercise: &Exercise) -> Vec<Diagnostic> {
    let all = exercise.injects.iter().flat_map(|inject| &inject.changes);
    let mut secrets: IndexMap<String, Secret> = all
        .filter_map(|change| match change {
            Change::Add(event, _) => {
                let id = event.id.as_ref()?.text.clone();
                let words = plain(&event.what.text);
                let known_to = Vec::new();
                Some((id, Secret { words, known_to }))
            }
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for inject in &exercise.injects {
        learn(&mut secrets, inject);
        let text = plain(&inject.text);
        for (id, secret) in &secrets {
            let unknowing = |role: &&RoleId| {
                exercise.role(**role).party.is_some() && !secret.known_to.contains(role)
            };
            let told = text.contains(&secret.words) || names(&inject.text, id);
            if let (true, Some(role)) = (told, inject.to.iter().find(unknowing)) {
                let role = &exercise.role(*role).id;
                found.push(codes::secret_told(inject.span, id, role));
            }
        }
    }
    found
}

/// Who knows what after an inject.
fn learn(secrets: &mut IndexMap<String, Secret>, inject: &Inject) {
    for change in &inject.changes {
        let (id, roles) = match change {
            Change::Add(event, roles) => (event.id.as_ref().map(|id| &id.text), roles),
            Change::Reveal(id, roles) => (Some(id), roles),
            _ => continue,
        };
        if let Some(secret) = id.and_then(|id| secrets.get_mut(id)) {
            secret.known_to.extend(roles);
        }
    }
}

/// Small letters and single spaces, with spaces around.
fn plain(text: &str) -> String {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// A name of several words, written as it is in the file, is no chance.
fn names(text: &str, id: &str) -> bool {
    id.contains('-')
        && text
            .split_whitespace()
            .any(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()) == id)
}
