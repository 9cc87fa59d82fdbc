//! Questions put at a terminal, and what is typed in answer.

use super::scene::put;
use super::told::{number, numbers, out_of_range};
use super::{Game, PlayError};
use crate::exercise::session::{Citable, ClaimText, Response};
use crate::exercise::{
    Confidence, Field, Offer, Question, QuestionKind, RoleId, Standing, Viewer, due, offer, read,
    sentences,
};
use crate::model::norm::Modality;
use std::ops::ControlFlow;

/// A sentence where nothing is offered.
const EXAMPLE: &str = "dprk shall assist russia against ukraine";

impl Game<'_, '_> {
    /// The answer of a player; `back` begins the question anew.
    pub(super) fn response(
        &mut self,
        question: &Question,
        role: RoleId,
    ) -> Result<Option<Response>, PlayError> {
        loop {
            let answer = self.once(question, role)?;
            if answer.is_some() || !std::mem::take(&mut self.turn.back) {
                return Ok(answer);
            }
        }
    }

    fn once(&mut self, question: &Question, role: RoleId) -> Result<Option<Response>, PlayError> {
        let text = put(&self.session, question, role, self.width());
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
        let options = offer.options.iter();
        let options: Vec<String> = options.map(|option| option.text.clone()).collect();
        self.prompter.numbered(&options)?;
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
        self.prompter.numbered(&sentences)?;
        let how = "Numbers with commas between, `none` if no obligation arises, or a sentence of your own.";
        self.tell(how, 0, 0)?;
        let prompt = "Which are so? ";
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
        let citable = self.session.citable(role, offer);
        for sentence in picked {
            let Some(cited) = self.cited(sentence, fields, question, role, &citable)? else {
                return Ok(None);
            };
            for sentence in cited {
                let Some(claim) = self.claim(sentence, fields, kind, question, role)? else {
                    return Ok(None);
                };
                claims.push(claim);
            }
        }
        Ok(Some(Response::Claims(claims)))
    }

    /// A claim once for each article named, where articles are asked for.
    fn cited(
        &mut self,
        sentence: String,
        fields: &[Field],
        question: &Question,
        role: RoleId,
        citable: &Citable,
    ) -> Result<Option<Vec<String>>, PlayError> {
        if !fields.contains(&Field::Article) || sentence.contains(" under ") {
            return Ok(Some(vec![sentence]));
        }
        self.tell(&sentence, 2, 4)?;
        let prompt = format!(
            "  Under which article? as in `{}`; several with commas between (Enter: not known): ",
            citable.example()
        );
        loop {
            let Some(line) = self.line(&prompt, question, role)? else {
                return Ok(None);
            };
            if line.trim().is_empty() {
                return Ok(Some(vec![sentence]));
            }
            let named = citable.read(&line).into_iter();
            let cited: Vec<String> = named.map(|it| format!("{sentence} under {it}")).collect();
            if cited
                .iter()
                .all(|cited| self.picked(cited, &[], role).is_ok())
            {
                return Ok(Some(cited));
            }
            self.tell(&citable.unknown(&line), 2, 4)?;
        }
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
            let example = sentences.first().map_or("", String::as_str);
            let example = Some(example).filter(|it| !it.is_empty()).unwrap_or(EXAMPLE);
            Err(format!(
                "Casus does not understand this; write it as in `{example}`."
            ))
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
            self.tell(&claim.sentence, 2, 4)?;
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
            let all = Standing::ALL;
            let list = all.iter().enumerate();
            let list = list.map(|(at, it)| format!("{} {}", at + 1, it.told(kind)));
            let list = list.collect::<Vec<_>>().join(", ");
            let line = format!("How does it stand? {list}");
            self.tell(&line, 2, 4)?;
            loop {
                let Some(line) = self.line("  Number: ", question, role)? else {
                    return Ok(None);
                };
                let said = line.trim();
                let by_number = number(said, all.len()).map(|at| all[at]);
                let by_word = all.into_iter().find(|it| it.told(kind) == said);
                let found = by_number.or(by_word).or_else(|| Standing::of_word(said));
                if let Some(standing) = found {
                    claim.standing = Some(standing.word().to_owned());
                    break;
                }
                self.say(&out_of_range(all.len(), false))?;
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
            let by_number = number(said, steps.len());
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
}
