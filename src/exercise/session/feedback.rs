//! What a team is told about its answer: for each part why it is right, what was missed and since when it could be known, and
//! what was claimed in vain and on what it fails.

use super::choice::{nothing_right, on_choice};
use super::entry::ClaimText;
use super::mark::{Detail, Mark};
use super::remark::{how_it_stands, instead, of_flaw, remark, same_act};
use super::state::Session;
use crate::engine::Options;
use crate::exercise::effect::all;
use crate::exercise::{
    Change, Element, Exercise, Judged, KeyItem, NOT_TOLD, Question, QuestionKind, RoleId, Viewer,
    World, element, read, viewer, without_letters,
};
use crate::explain::{Explainer, FactLine, Reason, Standing};
use crate::model::condition::Scope;
use crate::model::fact::{PositionQuery, Scenario};
use crate::model::sentence::Atom;

/// How one part of an answer turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Right, but perhaps for a detail.
    Hit,
    /// As right as what was chosen, where one was enough.
    Also,
    /// Owed, and not claimed.
    Missed,
    /// Claimed, and not owed.
    Vain,
    /// Not understood.
    Unread,
}

/// Feedback on one part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// How it turned out.
    pub outcome: Outcome,
    /// The position or the thing chosen.
    pub subject: String,
    /// Treaty and article, where there is one.
    pub citation: Option<String>,
    /// What is wrong or worth saying, a sentence each.
    pub remarks: Vec<String>,
    /// The steps or failing conditions, a sentence each.
    pub reasons: Vec<String>,
    /// The legal element that was overlooked.
    pub element: Option<Element>,
    /// What it earned, from 0 to 1.
    pub credit: f64,
}

impl Feedback {
    /// How it turned out, in a word or two.
    pub fn word(&self) -> &'static str {
        match self.outcome {
            Outcome::Hit if self.credit > 0.999 => "right",
            Outcome::Hit => "right in the main",
            Outcome::Also => "also right",
            Outcome::Missed => "missed",
            Outcome::Vain => "not so",
            Outcome::Unread => "not understood",
        }
    }

    /// With nothing to say beyond the outcome.
    pub(super) fn of(outcome: Outcome, subject: &str) -> Self {
        Self {
            outcome,
            subject: subject.to_owned(),
            citation: None,
            remarks: Vec::new(),
            reasons: Vec::new(),
            element: None,
            credit: 0.0,
        }
    }
}

/// What all parts rest on that were derived from a clause, where there are several: taken out of them, to be told once.
pub fn take_common(parts: &mut [Feedback]) -> Vec<String> {
    let derived = |part: &&mut Feedback| {
        let so = matches!(part.outcome, Outcome::Hit | Outcome::Missed);
        so && part.citation.is_some() && !part.reasons.is_empty()
    };
    let mut derived: Vec<&mut Feedback> = parts.iter_mut().filter(derived).collect();
    let [first, others @ ..] = derived.as_slice() else {
        return Vec::new();
    };
    if others.is_empty() {
        return Vec::new();
    }
    let shared = |reason: &&String| others.iter().all(|part| part.reasons.contains(reason));
    let common: Vec<String> = first.reasons.iter().filter(shared).cloned().collect();
    for part in &mut derived {
        part.reasons.retain(|reason| !common.contains(reason));
    }
    common
}

impl Session<'_> {
    /// Feedback on a marked answer, part by part, for those who know all.
    pub fn feedback(&self, mark: &Mark) -> Vec<Feedback> {
        self.feedback_to(mark, viewer)
    }

    /// The same for the role itself: what it was not told stays untold, also where it was graded on that.
    pub fn feedback_to_role(&self, mark: &Mark) -> Vec<Feedback> {
        self.feedback_to(mark, |_, role| Viewer::Seat(role))
    }

    fn feedback_to(
        &self,
        mark: &Mark,
        whom: impl Fn(&Question, RoleId) -> Viewer,
    ) -> Vec<Feedback> {
        let Some((_, question)) = self.exercise.question(&mark.ask.question) else {
            return Vec::new();
        };
        let Some(role) = self.exercise.role_named(&mark.ask.role) else {
            return Vec::new();
        };
        match &mark.detail {
            Detail::Claims { .. } => self.on_claims(mark, question, role, whom(question, role)),
            Detail::Chosen { offer, chosen, .. } => on_choice(offer, chosen),
            Detail::Text(_) | Detail::Unanswered => Vec::new(),
        }
    }

    fn on_claims(
        &self,
        mark: &Mark,
        question: &Question,
        role: RoleId,
        told: Viewer,
    ) -> Vec<Feedback> {
        let Detail::Claims {
            key,
            claims,
            grade,
            unread,
        } = &mark.detail
        else {
            return Vec::new();
        };
        let Some(world) = self.world_of(&question.id) else {
            return Vec::new();
        };
        let Some(scenario) = world.scenario(self.pack, told) else {
            return Vec::new();
        };
        // What can be told: all that was graded, or what of it the role could derive itself.
        let known = match &question.kind {
            QuestionKind::Obligations(asked) if told != viewer(question, role) => {
                let party = self.exercise.role(role).party;
                crate::exercise::key(self.pack, world, told, asked, party)
            }
            _ => key.clone(),
        };
        let same = |item: &KeyItem| {
            let mut known = known.iter();
            known.find(|own| (&own.sentence, &own.citation) == (&item.sentence, &item.citation))
        };
        let engine = self.pack.engine();
        let mut teller = Teller {
            session: self,
            world,
            told,
            scenario: &scenario,
            explainer: Explainer::new(engine, &scenario, &Options::default()),
        };
        let worth = grade.worth(question);
        let judged = grade.claims.iter().map(|judged| match judged.item {
            Some(item) => match same(&key[item]) {
                Some(own) if *own == key[item] => {
                    teller.hit(own, judged, &claims[judged.claim], worth)
                }
                _ => untold(Outcome::Hit, &claims[judged.claim].sentence, judged.credit),
            },
            None => teller.vain(&claims[judged.claim].sentence, &known),
        });
        let mut found: Vec<Feedback> = judged.collect();
        let missed = grade.missed.iter().map(|item| match same(&key[*item]) {
            Some(own) => teller.missed(own),
            None => untold(Outcome::Missed, "another position", 0.0),
        });
        found.extend(missed.collect::<Vec<_>>());
        found.extend(unread.iter().map(|sentence| Feedback {
            remarks: vec!["this is no sentence that the rulebook understands".to_owned()],
            ..Feedback::of(Outcome::Unread, sentence)
        }));
        if key.is_empty() {
            let given = claims.is_empty() && unread.is_empty();
            found.push(nothing_right("no obligation arises", given));
        }
        found
    }
}

struct Teller<'s, 'a, 'e> {
    session: &'s Session<'s>,
    world: &'s World,
    /// Whose facts may be told.
    told: Viewer,
    scenario: &'s Scenario,
    explainer: Explainer<'a, 'e>,
}

impl Teller<'_, '_, '_> {
    /// A claim that is right at least in the main; a whole one is worth so many points.
    fn hit(&mut self, item: &KeyItem, judged: &Judged, said: &ClaimText, worth: f64) -> Feedback {
        let (flaws, credit) = (&judged.flaws, judged.credit);
        let remarks = flaws.iter().map(|flaw| remark(*flaw, item, said));
        let mut remarks: Vec<String> = remarks.collect();
        if let Some(last) = remarks.last_mut() {
            *last += &format!(" (−{:.1})", (1.0 - credit) * worth);
        }
        Feedback {
            citation: Some(item.citation.clone()),
            remarks,
            reasons: self.steps(item),
            element: flaws.first().and_then(|flaw| of_flaw(*flaw)),
            credit,
            ..Feedback::of(Outcome::Hit, &item.sentence)
        }
    }

    fn missed(&mut self, item: &KeyItem) -> Feedback {
        Feedback {
            citation: Some(item.citation.clone()),
            remarks: how_it_stands(item),
            reasons: self.steps(item),
            element: Some(Element::Trigger),
            ..Feedback::of(Outcome::Missed, &item.sentence)
        }
    }

    fn vain(&mut self, sentence: &str, key: &[KeyItem]) -> Feedback {
        let claims = read(sentence, self.session.pack, self.scenario).unwrap_or_default();
        let mut feedback = Feedback::of(Outcome::Vain, sentence);
        let Some(claim) = claims.into_iter().next() else {
            return feedback;
        };
        let same_kind = |item: &&KeyItem| item.modality == claim.position.modality;
        let acts = |item: &&KeyItem| same_act(&claim.position, item);
        let twice = key.iter().filter(same_kind).find(acts);
        if let Some(item) = twice {
            let remark = format!(
                "this duty is owed under {}, and was claimed already",
                item.citation
            );
            feedback.remarks.push(remark);
            feedback.element = Some(Element::Article);
            return feedback;
        }
        let known = all(self.session.pack, self.world, self.told);
        if let Some(item) = known.iter().find(acts) {
            feedback.citation = Some(item.citation.clone());
            feedback.remarks.push(instead(&claim.position, item));
            feedback.element = Some(Element::Article);
            return feedback;
        }
        let explanation = self.explainer.derivation(&claim.position, self.world.day);
        if !explanation.held.is_empty() {
            // By what was told it would be so.
            return untold(Outcome::Vain, sentence, 0.0);
        }
        let Some(miss) = explanation.not_held.first() else {
            let remark = if explanation.no_clause {
                "no clause that counts here speaks of such an act between them"
            } else {
                "this is no answer to what was asked"
            };
            feedback.remarks.push(remark.to_owned());
            feedback.element = Some(Element::Actor);
            return feedback;
        };
        let failing = miss.reasons.iter();
        let failing: Vec<&Reason> = failing
            .filter(|it| it.standing == Standing::Fails)
            .collect();
        let rulebook = &self.session.pack.project.rulebook;
        let norm = rulebook.norm(miss.attempt.norm);
        feedback.citation = Some(miss.citation.clone());
        feedback.element = failing.first().map(|reason| element(reason, norm));
        let told = failing
            .iter()
            .map(|reason| without_letters(&reason.text, norm, rulebook));
        feedback.reasons = told.collect();
        feedback
    }

    /// The derivation in short sentences; each fact with the inject that brought it.
    fn steps(&mut self, item: &KeyItem) -> Vec<String> {
        let norm = self.session.pack.project.rulebook.norm(item.norm);
        let query = PositionQuery {
            modality: item.modality,
            bearer: item.arguments[0],
            act: Atom {
                predicate: item.predicate,
                arguments: item.arguments,
                place: None,
                amount: None,
            },
            under: Some(Scope {
                treaty: norm.treaty,
                article: Some(norm.article),
                clause: norm.clause.clone(),
            }),
            text: item.sentence.clone(),
        };
        let explanation = self.explainer.derivation(&query, self.world.day);
        let held = explanation.held.first();
        let reasons = held.into_iter().flat_map(|held| &held.reasons);
        reasons.map(|reason| self.step(reason)).collect()
    }

    fn step(&self, reason: &Reason) -> String {
        let exercise = self.session.exercise;
        let since = reason
            .facts
            .iter()
            .find_map(|fact| brought_by(exercise, fact));
        let open = match reason.standing {
            Standing::Open => ", which is open",
            Standing::Holds | Standing::Fails => "",
        };
        let since = since.map(|inject| format!(" (you have this since {inject})"));
        format!("{}{open}{}", reason.text, since.unwrap_or_default())
    }
}

/// Feedback that says no more than that there is something else.
fn untold(outcome: Outcome, subject: &str, credit: f64) -> Feedback {
    Feedback {
        remarks: vec![NOT_TOLD.to_owned()],
        credit,
        ..Feedback::of(outcome, subject)
    }
}

/// The inject that brought a fact.
fn brought_by(exercise: &Exercise, fact: &FactLine) -> Option<String> {
    let span = fact.span?;
    let brings = |change: &Change| match change {
        Change::Add(event, _) | Change::Amend(event) => event.what.span == span,
        _ => false,
    };
    let mut injects = exercise.injects.iter();
    let found = injects.find(|inject| inject.changes.iter().any(brings));
    found.map(|inject| inject.id.clone())
}
