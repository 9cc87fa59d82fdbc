//! The mark of a role's answer: points, and for each part of it what is right, what is wrong and why.

use super::entry::{Ask, ClaimText, Response};
use super::state::Session;
use crate::calendar::Day;
use crate::diagnostic::phrase::count;
use crate::exercise::{
    Answer, Claim, Grade, KeyItem, Obligations, Offer, Question, QuestionKind, RoleId, Standing,
    World, due, grade, key, offer, read, viewer,
};

/// What each hint costs, as a share of the points.
const HINT_PRICE: f64 = 0.1;

/// A marked answer.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The role and the question.
    pub ask: Ask,
    /// Points of the engine; `None`: unanswered, or only a person can say.
    pub points: Option<f64>,
    /// Points that count: those given by the staff if they gave others, less the price of hints.
    pub counted: Option<f64>,
    /// Points for a perfect answer.
    pub of: u32,
    /// How many hints were taken.
    pub hints: u32,
    /// Part by part.
    pub detail: Detail,
}

impl Mark {
    /// What hints have cost, if any were taken.
    pub fn hints_told(&self) -> String {
        if self.hints == 0 {
            return String::new();
        }
        let hints = count(self.hints as usize, "hint", "hints");
        let cost = f64::from(self.hints) * HINT_PRICE * f64::from(self.of);
        format!(" ({hints}: −{cost:.1})")
    }
}

/// The parts of a mark.
#[derive(Clone, Debug)]
pub enum Detail {
    /// Claims held against the key.
    Claims {
        /// The key.
        key: Vec<KeyItem>,
        /// The claims as written, one for each of the grade's numbers.
        claims: Vec<ClaimText>,
        /// The grade.
        grade: Grade,
        /// Sentences that could not be understood.
        unread: Vec<String>,
    },
    /// Things chosen out of an offer.
    Chosen {
        /// The offer.
        offer: Offer,
        /// What was chosen.
        chosen: Vec<String>,
        /// How sure, in percent.
        confidence: Option<u8>,
    },
    /// A text.
    Text(String),
    /// Nothing was handed in.
    Unanswered,
}

impl Session<'_> {
    /// Marks the answer of a role; `None` if the question was not put to it.
    pub fn mark(&self, ask: &Ask) -> Option<Mark> {
        let (_, question) = self.exercise.question(&ask.question)?;
        let role = self.exercise.role_named(&ask.role)?;
        let world = self.world_of(&ask.question)?;
        if !question.to.contains(&role) {
            return None;
        }
        let hints = self.hints.get(ask).copied().unwrap_or(0);
        let answered = self.answers.get(ask).map(|answered| &answered.response);
        let (points, detail) = self.judged(question, role, world, answered);
        let of = f64::from(question.points);
        let given = self.overrides.get(ask).map(|(share, _)| share * of);
        let price = f64::from(hints) * HINT_PRICE * of;
        Some(Mark {
            ask: ask.clone(),
            points,
            counted: given.or(points).map(|points| (points - price).max(0.0)),
            of: question.points,
            hints,
            detail,
        })
    }

    /// The marks of all roles on all questions put so far, in order.
    pub fn marks(&self) -> Vec<Mark> {
        let injects = self.exercise.injects.iter();
        let questions = injects.flat_map(|inject| &inject.questions);
        let asks = questions.flat_map(|question| {
            let roles = question.to.iter();
            roles.map(|role| self.ask_of(question, *role))
        });
        asks.filter_map(|ask| self.mark(&ask)).collect()
    }

    /// Whether a mark counts where points are added up: what was graded, and what the rules would grade and nobody answered.
    pub fn counts(&self, mark: &Mark) -> bool {
        let found = self.exercise.question(&mark.ask.question);
        let by_hand =
            |kind: &QuestionKind| matches!(kind, QuestionKind::Decide(_) | QuestionKind::Text);
        let by_rules = found.is_some_and(|(_, question)| !by_hand(&question.kind));
        mark.counted.is_some() || (by_rules && !self.answers.contains_key(&mark.ask))
    }

    fn judged(
        &self,
        question: &Question,
        role: RoleId,
        world: &World,
        answered: Option<&Response>,
    ) -> (Option<f64>, Detail) {
        match (&question.kind, answered) {
            (QuestionKind::Obligations(asked), answered) => {
                self.claims(question, asked, role, world, answered)
            }
            (_, None) => (None, Detail::Unanswered),
            (
                _,
                Some(Response::Chosen {
                    options,
                    confidence,
                }),
            ) => {
                let offer = offer(self.pack, world, question, role);
                let points =
                    chosen_share(&offer, options).map(|share| share * f64::from(question.points));
                let chosen = options.clone();
                let confidence = *confidence;
                let detail = Detail::Chosen {
                    offer,
                    chosen,
                    confidence,
                };
                (points, detail)
            }
            (_, Some(Response::Text(text))) => (None, Detail::Text(text.clone())),
            (_, Some(_)) => (Some(0.0), Detail::Unanswered),
        }
    }

    fn claims(
        &self,
        question: &Question,
        asked: &Obligations,
        role: RoleId,
        world: &World,
        answered: Option<&Response>,
    ) -> (Option<f64>, Detail) {
        let viewer = viewer(question, role);
        let party = self.exercise.role(role).party;
        let key = key(self.pack, world, viewer, asked, party);
        let texts: &[ClaimText] = match answered {
            Some(Response::Claims(claims)) => claims,
            _ => &[],
        };
        let scenario = world.scenario(self.pack, viewer);
        let mut claims = Vec::new();
        let mut written = Vec::new();
        let mut unread = Vec::new();
        for text in texts {
            let found = scenario
                .as_ref()
                .map(|scenario| read(&text.sentence, self.pack, scenario));
            match found {
                Some(Ok(found)) => {
                    written.extend(found.iter().map(|_| text.clone()));
                    claims.extend(found.into_iter().map(|claim| filled(claim, text)));
                }
                _ => unread.push(text.sentence.clone()),
            }
        }
        let answer = match answered {
            None => Answer::None,
            Some(Response::Claims(_)) if !claims.is_empty() => Answer::Claims(claims),
            // Claims that nobody understands say nothing; they are not "no obligation".
            Some(Response::Claims(_)) if !unread.is_empty() => Answer::None,
            Some(_) => Answer::NoObligation,
        };
        let rulebook = &self.pack.project.rulebook;
        let grade = grade(rulebook, &key, &answer, asked, question.points);
        let detail = Detail::Claims {
            key,
            claims: written,
            grade: grade.clone(),
            unread,
        };
        (grade.points, detail)
    }
}

fn filled(claim: Claim, text: &ClaimText) -> Claim {
    let day: Option<Day> = text.due.as_deref().and_then(due);
    let standing = text.standing.as_deref().and_then(Standing::of_word);
    Claim {
        due: day,
        standing,
        confidence: text.confidence,
        ..claim
    }
}

/// How right a choice is: the harmonic mean of precision and recall, as for claims; a single choice is right or wrong. `None`
/// where nothing is right or wrong.
fn chosen_share(offer: &Offer, chosen: &[String]) -> Option<f64> {
    if offer.options.iter().all(|option| option.right.is_none()) {
        return None;
    }
    let is = |id: &String, wanted: bool| {
        let mut options = offer.options.iter();
        options.any(|option| option.id == *id && option.right == Some(wanted))
    };
    let distinct: std::collections::BTreeSet<&String> = chosen.iter().collect();
    let hits = distinct.iter().filter(|id| is(id, true)).count() as u32;
    let vain = distinct.len() as u32 - hits;
    let all = offer
        .options
        .iter()
        .filter(|it| it.right == Some(true))
        .count() as u32;
    if !offer.several {
        return Some(if hits == 1 && vain == 0 { 1.0 } else { 0.0 });
    }
    if all == 0 {
        return Some(if vain == 0 { 1.0 } else { 0.0 });
    }
    Some(f64::from(2 * hits) / f64::from(hits + vain + all))
}
