//! From the fields of an answer form to an answer.

use super::form::Fields;
use crate::exercise::session::{Citable, ClaimText, Response, Session};
use crate::exercise::{
    Confidence, Field, Obligations, Offer, Question, QuestionKind, RoleId, Standing, Viewer, due,
    read, sentences,
};

/// Sentences of a team's own that a form has room for.
pub(super) const OWN_ROWS: usize = 4;
/// The longest sentence and the longest text.
const LONGEST_SENTENCE: usize = 300;
const LONGEST_TEXT: usize = 8000;

/// Reads an answer; the mistake, if there is one, in words for the team.
pub(super) fn response(
    session: &Session<'_>,
    question: &Question,
    role: RoleId,
    offer: &Offer,
    fields: &Fields,
) -> Result<Response, String> {
    match &question.kind {
        QuestionKind::Text => text(fields),
        QuestionKind::Obligations(asked) => {
            let reader = Reader {
                session,
                question,
                role,
                asked,
                fields,
            };
            reader.claims(offer)
        }
        _ => chosen(question.confidence, offer, fields),
    }
}

fn text(fields: &Fields) -> Result<Response, String> {
    let text = fields.get("text");
    if text.is_empty() {
        return Err("Write something first.".to_owned());
    }
    if text.len() > LONGEST_TEXT {
        return Err(format!("This is too long: at most {LONGEST_TEXT} letters."));
    }
    Ok(Response::Text(text.to_owned()))
}

fn chosen(asked: Confidence, offer: &Offer, fields: &Fields) -> Result<Response, String> {
    let picked = fields.all("pick").filter_map(|at| at.parse::<usize>().ok());
    let options = picked.filter_map(|at| offer.options.get(at).map(|option| option.id.clone()));
    let options: Vec<String> = options.collect();
    let none = fields.ticked("none");
    match (options.len(), none) {
        (0, false) => Err("Choose first.".to_owned()),
        (1.., true) => Err("You chose something and nothing at once.".to_owned()),
        (2.., _) if !offer.several => Err("Choose one only.".to_owned()),
        _ => Ok(Response::Chosen {
            options,
            confidence: sure(asked, fields.get("sure")),
        }),
    }
}

fn sure(asked: Confidence, text: &str) -> Option<u8> {
    let sure: u8 = text.parse().ok()?;
    let mut steps = asked.steps().into_iter();
    steps.any(|(step, _)| step == sure).then_some(sure)
}

struct Reader<'a> {
    session: &'a Session<'a>,
    question: &'a Question,
    role: RoleId,
    asked: &'a Obligations,
    fields: &'a Fields,
}

impl Reader<'_> {
    fn claims(&self, offer: &Offer) -> Result<Response, String> {
        let offered = sentences(offer, self.asked.fields.contains(&Field::Article));
        let citable = self.session.citable(self.role, offer);
        let mut claims = Vec::new();
        for (row, sentence) in offered.iter().enumerate() {
            if self.fields.ticked(&format!("pick.{row}")) {
                claims.extend(self.cited(row, sentence, &citable)?);
            } else if ["under", "due"]
                .iter()
                .any(|name| self.fields.ticked(&format!("{name}.{row}")))
            {
                return Err(format!(
                    "You gave an article or a day for `{sentence}`, but did not tick it."
                ));
            }
        }
        for own in 0..OWN_ROWS {
            let row = offered.len() + own;
            let sentence = self.fields.get(&format!("own.{own}"));
            if !sentence.is_empty() {
                claims.extend(self.cited(row, sentence, &citable)?);
            }
        }
        match (claims.is_empty(), self.fields.ticked("none")) {
            (true, true) => Ok(Response::NoObligation),
            (false, false) => Ok(Response::Claims(claims)),
            (false, true) => {
                Err("You claim something, and that nothing is owed: take one away.".to_owned())
            }
            (true, false) => Err(
                "Tick what is owed, or that nothing is owed. A form left empty is no answer."
                    .to_owned(),
            ),
        }
    }

    /// A claim once for each article that was named.
    fn cited(
        &self,
        row: usize,
        sentence: &str,
        citable: &Citable,
    ) -> Result<Vec<ClaimText>, String> {
        let named = citable.read(self.fields.get(&format!("under.{row}")));
        if named.is_empty() || sentence.contains(" under ") {
            return Ok(vec![self.claim(row, sentence.to_owned())?]);
        }
        let cited = named.iter().map(|it| format!("{sentence} under {it}"));
        cited.map(|sentence| self.claim(row, sentence)).collect()
    }

    fn claim(&self, row: usize, sentence: String) -> Result<ClaimText, String> {
        let field = |name: &str| self.fields.get(&format!("{name}.{row}"));
        if sentence.len() > LONGEST_SENTENCE {
            return Err(format!(
                "A sentence has at most {LONGEST_SENTENCE} letters."
            ));
        }
        self.understood(&sentence)?;
        let day = Some(field("due")).filter(|day| !day.is_empty());
        if day.is_some_and(|day| due(day).is_none()) {
            return Err(format!("Write the day of `{sentence}` as 2024-12-04."));
        }
        let standing = Standing::of_word(field("standing"));
        Ok(ClaimText {
            due: day.map(str::to_owned),
            standing: standing.map(|standing| standing.word().to_owned()),
            confidence: sure(self.question.confidence, field("sure")),
            sentence,
        })
    }

    fn understood(&self, sentence: &str) -> Result<(), String> {
        let session = self.session;
        let world = session
            .world_of(&self.question.id)
            .unwrap_or(&session.world);
        let scenario = world.scenario(session.pack, Viewer::Seat(self.role));
        let found = scenario.map(|scenario| read(sentence, session.pack, &scenario).map(|_| ()));
        match found {
            None | Some(Ok(())) => Ok(()),
            Some(Err(mistakes)) => {
                let why = mistakes
                    .first()
                    .map(|mistake| format!(" ({})", mistake.message));
                let why = why.unwrap_or_default();
                Err(format!(
                    "Casus does not understand `{sentence}`{why}. Write it as in `dprk shall assist russia against ukraine`."
                ))
            }
        }
    }
}
