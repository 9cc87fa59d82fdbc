//! What a learner overlooked in a session: each miss, over-claim and wrong detail, with the clause and the part of it.

use super::card::Focus;
use super::law::condition_text;
use crate::calendar::Day;
use crate::engine::Options;
use crate::exercise::session::{Detail, Mark, Session};
use crate::exercise::{Flaw, KeyItem, QuestionKind, RoleId, Viewer, World, claim_of, read};
use crate::explain::{About, Explainer, NotHeld, Reason, Standing};
use crate::model::fact::PositionQuery;
use crate::model::ids::NormId;
use crate::model::rulebook::Rulebook;
use crate::wording;

/// Something overlooked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The clause.
    pub norm: NormId,
    /// The part of it.
    pub focus: Focus,
    /// The same in words.
    pub about: String,
    /// What was claimed or overlooked.
    pub sentence: String,
    /// The day of the story.
    pub day: Day,
    /// What the learner knew.
    pub facts: String,
    /// The answer: question, role and moment.
    pub met: String,
}

/// All that a role overlooked in answers of which it was shown what is right.
pub fn slips(session: &Session<'_>, role: RoleId) -> Vec<Slip> {
    let id = &session.exercise.role(role).id;
    let marks = session.marks().into_iter();
    let own =
        marks.filter(|mark| mark.ask.role == *id && session.revealed.contains(&mark.ask.question));
    own.flat_map(|mark| of_mark(session, role, &mark).unwrap_or_default())
        .collect()
}

fn of_mark(session: &Session<'_>, role: RoleId, mark: &Mark) -> Option<Vec<Slip>> {
    // What was not answered says nothing of what is known.
    let answered = session.answers.get(&mark.ask)?;
    let entry = session.log.get(answered.sequence as usize - 1)?;
    let world = session.world_of(&mark.ask.question)?;
    let (_, question) = session.exercise.question(&mark.ask.question)?;
    let scenario = world.scenario(session.pack, Viewer::Seat(role))?;
    let mut finder = Finder {
        session,
        world,
        explainer: Explainer::new(session.pack.engine(), &scenario, &Options::default()),
        facts: world.written(Viewer::Seat(role)),
        met: format!("{} of {}, {}", mark.ask.question, mark.ask.role, entry.wall),
        found: Vec::new(),
    };
    match &mark.detail {
        Detail::Claims {
            key, claims, grade, ..
        } => {
            for item in &grade.missed {
                finder.position(&claim_of(session.pack, &key[*item]).position);
            }
            for judged in &grade.claims {
                if let Some(item) = judged.item {
                    finder.flaws(&key[item], &judged.flaws);
                    continue;
                }
                let sentence = &claims[judged.claim].sentence;
                for claim in read(sentence, session.pack, &scenario).unwrap_or_default() {
                    finder.position(&claim.position);
                }
            }
        }
        Detail::Chosen { .. }
            if mark
                .points
                .is_some_and(|points| points < f64::from(mark.of)) =>
        {
            match &question.kind {
                QuestionKind::Why(about)
                | QuestionKind::WhyNot(Some(about))
                | QuestionKind::WhatIf(about)
                | QuestionKind::WhoseAccount(about) => finder.position(about),
                _ => {}
            }
        }
        _ => {}
    }
    Some(finder.found)
}

struct Finder<'s, 'a, 'e> {
    session: &'s Session<'s>,
    world: &'s World,
    explainer: Explainer<'a, 'e>,
    facts: String,
    met: String,
    found: Vec<Slip>,
}

impl Finder<'_, '_, '_> {
    fn book(&self) -> &Rulebook {
        &self.session.pack.project.rulebook
    }

    /// That a position holds, or on what it fails, by what the learner could know.
    fn position(&mut self, query: &PositionQuery) {
        let explanation = self.explainer.derivation(query, self.world.day);
        if let Some(held) = explanation.held.first() {
            let (norm, sentence) = (held.attempt.norm, held.sentence.clone());
            self.slip(norm, Focus::Whole, "the whole clause".to_owned(), sentence);
        } else if let Some(miss) = explanation.not_held.into_iter().next() {
            let (focus, about) = self.failing(&miss);
            self.slip(miss.attempt.norm, focus, about, query.text.clone());
        }
    }

    fn failing(&self, miss: &NotHeld) -> (Focus, String) {
        let fails = |reason: &&Reason| reason.standing == Standing::Fails;
        let book = self.book();
        let norm = book.norm(miss.attempt.norm);
        match miss.reasons.iter().find(fails) {
            Some(reason) => match (reason.about, reason.condition) {
                (About::InForce, _) => (Focus::InForce, "when the treaty is in force".to_owned()),
                (About::Bound, _) => (Focus::Bound, "who is bound".to_owned()),
                (About::Condition, Some(at)) => {
                    let condition = &norm.conditions[at];
                    let nobody = vec![None; norm.variables.len()];
                    let about = wording::condition(book, condition, &nobody, &norm.variables);
                    (Focus::Condition(condition_text(book, condition)), about)
                }
                (About::Condition, None) => (Focus::InForce, "when the article counts".to_owned()),
            },
            None => (Focus::Whole, "the whole clause".to_owned()),
        }
    }

    /// What was wrong with a claim that was right in the main, if the learner could know it.
    fn flaws(&mut self, item: &KeyItem, flaws: &[Flaw]) {
        let query = claim_of(self.session.pack, item).position;
        let explanation = self.explainer.derivation(&query, self.world.day);
        if explanation.held.is_empty() {
            return;
        }
        for flaw in flaws {
            let (focus, about) = match flaw {
                Flaw::Article | Flaw::Treaty => (Focus::Article, "the article"),
                Flaw::Due => (Focus::Deadline, "the deadline"),
                Flaw::Standing | Flaw::Broader => (Focus::Whole, "the whole clause"),
            };
            self.slip(item.norm, focus, about.to_owned(), item.sentence.clone());
        }
    }

    fn slip(&mut self, norm: NormId, focus: Focus, about: String, sentence: String) {
        // The article is known from the clause; a sentence must be readable without it.
        let sentence = sentence
            .split(" under ")
            .next()
            .unwrap_or_default()
            .to_owned();
        let slip = Slip {
            norm,
            focus,
            about,
            sentence,
            day: self.world.day,
            facts: self.facts.clone(),
            met: self.met.clone(),
        };
        if !self.found.contains(&slip) {
            self.found.push(slip);
        }
    }
}
