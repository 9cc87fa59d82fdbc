//! Questions put at a terminal, and what is typed in answer.

use super::scene::put;
use super::told::{numbers, out_of_range};
use super::{Game, PlayError};
use crate::exercise::session::{ClaimText, Response};
use crate::exercise::{
    Confidence, Field, Offer, Question, QuestionKind, RoleId, Standing, Viewer, due, offer, read,
    sentences,
};
use crate::model::norm::Modality;
use crate::report::style::wrap;
use std::ops::ControlFlow;

impl Game<'_, '_> {
    pub(super) fn response(
        &mut self,
        question: &Question,
        role: RoleId,
    ) -> Result<Option<Response>, PlayError> {
        let text = put(&self.session, question, role);
        self.say(&text)?;
        let world = self.session.world_of(&question.id).cloned();
        let offer = world.map(|world| offer(self.session.pack, &world, question, role));
        let offer = offer.unwrap_or_default();
        match &question.kind {
            QuestionKind::Obligations(asked) => {
                let fields = asked.fields.clone();
                self.claims(question, role, &offer, &fields, asked.kind())
            }
            QuestionKind::Text => Ok(self.line("> ", question, role)?.map(Response::Text)),
            _ => self.choice(question, role, &offer),
        }
    }

    fn choice(
        &mut self,
        question: &Question,
        role: RoleId,
        offer: &Offer,
    ) -> Result<Option<Response>, PlayError> {
        self.numbered(offer.options.iter().map(|option| option.text.as_str()))?;
        let prompt = if offer.several {
            "Numbers, with commas between, or `none`: "
        } else {
            "Number: "
        };
        loop {
            let Some(line) = self.line(prompt, question, role)? else {
                return Ok(None);
            };
            let chosen = numbers(&line, offer.options.len());
            match chosen {
                Some(chosen) if offer.several || chosen.len() == 1 => {
                    let options = chosen.iter().map(|at| offer.options[*at].id.clone());
                    let options = options.collect();
                    let ControlFlow::Continue(confidence) = self.sure(question, role)? else {
                        return Ok(None);
                    };
                    return Ok(Some(Response::Chosen {
                        options,
                        confidence,
                    }));
                }
                _ => self.say(&out_of_range(offer.options.len(), offer.several))?,
            }
        }
    }

    fn claims(
        &mut self,
        question: &Question,
        role: RoleId,
        offer: &Offer,
        fields: &[Field],
        kind: Modality,
    ) -> Result<Option<Response>, PlayError> {
        let sentences = sentences(offer, fields.contains(&Field::Article));
        self.numbered(sentences.iter().map(String::as_str))?;
        let prompt = "Which are so? Numbers with commas between, `none` if no obligation arises, or a sentence of your own: ";
        let picked = loop {
            let Some(line) = self.line(prompt, question, role)? else {
                return Ok(None);
            };
            match self.picked(&line, &sentences, role) {
                Ok(picked) => break picked,
                Err(why) => self.say(&why)?,
            }
        };
        if picked.is_empty() {
            return Ok(Some(Response::NoObligation));
        }
        let mut claims = Vec::new();
        for sentence in picked {
            let Some(claim) = self.claim(sentence, fields, kind, question, role)? else {
                return Ok(None);
            };
            claims.push(claim);
        }
        Ok(Some(Response::Claims(claims)))
    }

    /// The sentences that a line means: numbers, `none`, or one sentence of the player's own.
    fn picked(
        &self,
        line: &str,
        sentences: &[String],
        role: RoleId,
    ) -> Result<Vec<String>, String> {
        if let Some(chosen) = numbers(line, sentences.len()) {
            return Ok(chosen.into_iter().map(|at| sentences[at].clone()).collect());
        }
        if line
            .chars()
            .all(|c| c.is_ascii_digit() || " ,.".contains(c))
        {
            return Err(out_of_range(sentences.len(), true));
        }
        let scenario = self
            .session
            .world
            .scenario(self.session.pack, Viewer::Seat(role));
        let understood =
            scenario.is_some_and(|scenario| read(line, self.session.pack, &scenario).is_ok());
        if understood {
            Ok(vec![line.trim().to_owned()])
        } else {
            Err("Casus does not understand this; write it as in `dprk shall assist russia against ukraine`.".to_owned())
        }
    }

    fn claim(
        &mut self,
        sentence: String,
        fields: &[Field],
        kind: Modality,
        question: &Question,
        role: RoleId,
    ) -> Result<Option<ClaimText>, PlayError> {
        let mut claim = ClaimText {
            sentence,
            due: None,
            standing: None,
            confidence: None,
        };
        if !fields.is_empty() || question.confidence != Confidence::None {
            self.say(&format!("  {}", claim.sentence))?;
        }
        if fields.contains(&Field::Article) && !claim.sentence.contains(" under ") {
            loop {
                let prompt =
                    "  Under which article? as in `lakes-2030 article 2` (Enter: not known): ";
                let Some(line) = self.line(prompt, question, role)? else {
                    return Ok(None);
                };
                let cited = format!("{} under {}", claim.sentence, line.trim());
                if line.trim().is_empty() {
                    break;
                }
                if self.picked(&cited, &[], role).is_ok() {
                    claim.sentence = cited;
                    break;
                }
                self.say("  There is no such article.")?;
            }
        }
        if fields.contains(&Field::Due) {
            loop {
                let prompt = "  By when? YYYY-MM-DD (Enter: no deadline): ";
                let Some(line) = self.line(prompt, question, role)? else {
                    return Ok(None);
                };
                let empty = line.trim().is_empty();
                if empty || due(&line).is_some() {
                    claim.due = Some(line.trim().to_owned()).filter(|_| !empty);
                    break;
                }
                self.say("  Write the day as 2024-12-04.")?;
            }
        }
        if fields.contains(&Field::Status) {
            let words: Vec<&str> = Standing::ALL
                .iter()
                .map(|standing| standing.word())
                .collect();
            let told = Standing::ALL.map(|standing| standing.word_of(kind));
            let list = told
                .iter()
                .enumerate()
                .map(|(at, word)| format!("{} {word}", at + 1));
            let prompt = format!(
                "  How does it stand? {}: ",
                list.collect::<Vec<_>>().join(", ")
            );
            loop {
                let Some(line) = self.line(&prompt, question, role)? else {
                    return Ok(None);
                };
                let by_number =
                    numbers(&line, words.len()).and_then(|chosen| chosen.first().copied());
                let by_word = (0..words.len())
                    .find(|at| words[*at] == line.trim() || told[*at] == line.trim());
                if let Some(at) = by_number.or(by_word) {
                    claim.standing = Some(words[at].to_owned());
                    break;
                }
                self.say(&out_of_range(words.len(), false))?;
            }
        }
        let ControlFlow::Continue(confidence) = self.sure(question, role)? else {
            return Ok(None);
        };
        claim.confidence = confidence;
        Ok(Some(claim))
    }

    /// How sure the player is, where that is asked; a break: the player leaves.
    fn sure(
        &mut self,
        question: &Question,
        role: RoleId,
    ) -> Result<ControlFlow<(), Option<u8>>, PlayError> {
        let steps = question.confidence.steps();
        if steps.is_empty() || matches!(question.kind, QuestionKind::Decide(_)) {
            return Ok(ControlFlow::Continue(None));
        }
        let list = steps.iter().enumerate();
        let list = list.map(|(at, (_, word))| format!("{} {word}", at + 1));
        let list = list.collect::<Vec<_>>().join(", ");
        let prompt = format!("  How sure are you? {list} (Enter: not said): ");
        loop {
            let Some(line) = self.line(&prompt, question, role)? else {
                return Ok(ControlFlow::Break(()));
            };
            if line.trim().is_empty() {
                return Ok(ControlFlow::Continue(None));
            }
            let said = line.trim().trim_end_matches('%').trim_end();
            let by_number = numbers(said, steps.len()).and_then(|chosen| chosen.first().copied());
            let by_word = || {
                let mut words = steps.iter();
                words.position(|(sure, word)| sure.to_string() == said || word == said)
            };
            if let Some(at) = by_number.or_else(by_word) {
                return Ok(ControlFlow::Continue(Some(steps[at].0)));
            }
            self.say(&out_of_range(steps.len(), false))?;
        }
    }

    fn numbered<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Result<(), PlayError> {
        for (at, text) in texts.enumerate() {
            let line = format!("{} {text}", at + 1);
            self.say(&wrap(&line, 2, 4))?;
        }
        Ok(())
    }
}
