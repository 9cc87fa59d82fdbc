//! A log without anything that somebody wrote in own words and without the names of those who took part. What was claimed and
//! decided stays, so that the grades come out the same.

use super::entry::{Actor, Ask, ClaimText, Entry, Happening, Response};
use super::state::Session;
use crate::exercise::{QuestionKind, Standing, due, offer, read, viewer};

/// What stands for something that was taken out.
const REMOVED: &str = "(removed)";

impl Session<'_> {
    /// The log, redacted.
    pub fn redacted(&self) -> Vec<Entry> {
        let mut session = Session::new(self.pack);
        let mut people: Vec<String> = Vec::new();
        let mut log = Vec::new();
        for entry in &self.log {
            let now = session.as_ref().unwrap_or(self);
            log.push(Entry {
                actor: nameless(&entry.actor, &mut people),
                happening: now.without_words(entry, &mut people),
                ..entry.clone()
            });
            // What was answered is understood in the world in which it was asked.
            if let Some(session) = &mut session {
                let _ = session.take(entry);
            }
        }
        log
    }

    fn without_words(&self, entry: &Entry, people: &mut Vec<String>) -> Happening {
        let removed = || REMOVED.to_owned();
        let mut happening = entry.happening.clone();
        match &mut happening {
            Happening::Joined { name, .. } => *name = number(name, people),
            Happening::Released { text, .. } => *text = text.take().map(|_| removed()),
            Happening::Inserted {
                from, text, fact, ..
            } => {
                *from = from.take().map(|_| removed());
                *text = removed();
                // A fact is a sentence of the language; only what follows `#` is not read.
                *fact = fact.take().map(|fact| bare(&fact).to_owned());
            }
            Happening::Answered {
                role,
                question,
                response,
                receipt,
            } => {
                let ask = super::state::ask(role, question);
                *response = self.without_own_words(&ask, response);
                *receipt = format!("receipt-{}", entry.sequence);
            }
            Happening::Overridden { reason, .. } | Happening::Dissented { reason, .. } => {
                *reason = removed();
            }
            Happening::Noted {
                role,
                objective,
                rating,
                text,
            } => {
                let exercise = self.exercise;
                role.take_if(|role| exercise.role_named(role).is_none());
                objective.take_if(|id| exercise.objectives.iter().all(|it| it.id != **id));
                rating.take_if(|rating| !"PSMU".contains(*rating));
                *text = removed();
            }
            Happening::Argued {
                claim,
                reasons,
                against,
                ..
            } => {
                *claim = removed();
                *reasons = removed();
                *against = removed();
            }
            Happening::Settled { reason, .. } => *reason = removed(),
            Happening::Bookmarked { text } => *text = removed(),
            Happening::Reflected { prompt, text } => {
                // What the exercise asks is nobody's own word.
                if !self.exercise.hotwash.prompts.contains(prompt) {
                    *prompt = removed();
                }
                *text = removed();
            }
            Happening::Began { .. }
            | Happening::Held { .. }
            | Happening::Undone { .. }
            | Happening::Effected { .. }
            | Happening::Hinted { .. }
            | Happening::Granted { .. }
            | Happening::Closed { .. }
            | Happening::Revealed { .. }
            | Happening::ClockSet { .. }
            | Happening::Paused
            | Happening::Resumed
            | Happening::Ended => {}
        }
        happening
    }

    fn without_own_words(&self, ask: &Ask, response: &Response) -> Response {
        match response {
            Response::NoObligation => Response::NoObligation,
            Response::Text(_) => Response::Text(REMOVED.to_owned()),
            Response::Claims(claims) => {
                let claims = claims.iter().map(|claim| self.bare_claim(ask, claim));
                Response::Claims(claims.collect())
            }
            Response::Chosen {
                options,
                confidence,
            } => {
                let offered = self.offered(ask);
                let kept = |option: &String| {
                    let known = offered.contains(option);
                    if known {
                        option.clone()
                    } else {
                        REMOVED.to_owned()
                    }
                };
                Response::Chosen {
                    options: options.iter().map(kept).collect(),
                    confidence: *confidence,
                }
            }
        }
    }

    /// The short names of what a question offers to a role.
    fn offered(&self, ask: &Ask) -> Vec<String> {
        let found = self.exercise.question(&ask.question);
        let role = self.exercise.role_named(&ask.role);
        let world = self.world_of(&ask.question);
        let (Some((_, question)), Some(role), Some(world)) = (found, role, world) else {
            return Vec::new();
        };
        if let QuestionKind::Decide(choices) = &question.kind {
            return choices.iter().map(|choice| choice.id.clone()).collect();
        }
        let offer = offer(self.pack, world, question, role);
        offer.options.into_iter().map(|option| option.id).collect()
    }

    /// A sentence that the rulebook understands says nothing but what it means; another one may say anything.
    fn bare_claim(&self, ask: &Ask, claim: &ClaimText) -> ClaimText {
        let found = self.exercise.question(&ask.question);
        let role = self.exercise.role_named(&ask.role);
        let world = self.world_of(&ask.question);
        let scenario = found
            .zip(role)
            .zip(world)
            .and_then(|(((_, question), role), world)| {
                world.scenario(self.pack, viewer(question, role))
            });
        let understood =
            scenario.is_some_and(|scenario| read(&claim.sentence, self.pack, &scenario).is_ok());
        ClaimText {
            sentence: if understood {
                bare(&claim.sentence).to_owned()
            } else {
                REMOVED.to_owned()
            },
            due: claim.due.clone().filter(|day| due(day).is_some()),
            standing: claim
                .standing
                .clone()
                .filter(|word| Standing::of_word(word).is_some()),
            confidence: claim.confidence,
        }
    }
}

/// Without a comment.
fn bare(sentence: &str) -> &str {
    let sentence = sentence.split_once('#').map_or(sentence, |(read, _)| read);
    sentence.trim_end()
}

fn nameless(actor: &Actor, people: &mut Vec<String>) -> Actor {
    match actor {
        Actor::Evaluator(name) => Actor::Evaluator(number(name, people)),
        other => other.clone(),
    }
}

/// The same somebody is the same number throughout.
fn number(name: &str, people: &mut Vec<String>) -> String {
    let known = people.iter().position(|known| known == name);
    let at = known.unwrap_or_else(|| {
        people.push(name.to_owned());
        people.len() - 1
    });
    format!("person {}", at + 1)
}
