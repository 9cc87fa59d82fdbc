//! A sitting with the cards that are due, in plain lines: what is asked, what is typed, what was right, when it comes again.

use super::card::{Card, Deck};
use super::draw::{Asked, Right, draw};
use super::file::DrillError;
use super::law::Law;
use super::memory::{Memory, Rating};
use crate::calendar::Day;
use crate::exercise::play::{Prompter, indented, numbers, out_of_range};
use crate::exercise::{Confidence, Pack, Standing, due};
use crate::model::ids::NormId;
use std::io;

/// How many of the last reviews are not repeated.
const MOST_SHOWN: usize = 20;

const HELP: &str = "\
?  this help            t  the article as it is written
q  leave; every card that was rated is kept";

/// What ends a sitting early.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// Screen or keyboard are gone.
    #[error(transparent)]
    Terminal(#[from] io::Error),
    /// The file cannot be written.
    #[error(transparent)]
    File(#[from] DrillError),
}

/// Where the cards are kept: when it returns, they are on the disk.
pub type Kept<'a> = &'a mut dyn FnMut(&Deck) -> Result<(), DrillError>;

/// A sitting.
pub struct Drill<'d> {
    /// The cards.
    pub deck: &'d mut Deck,
    /// The exercises of the deck under the rules of today; `None`: one that has mistakes.
    pub packs: &'d mut [Option<Pack>],
    /// Where it is shown and typed.
    pub prompter: &'d mut dyn Prompter,
    /// Where the cards are kept.
    pub keep: Kept<'d>,
    /// The day.
    pub today: Day,
    /// Where chance begins.
    pub seed: u64,
    /// No more cards than this.
    pub most: usize,
}

/// What came of a sitting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// Cards that were rated.
    pub asked: usize,
    /// Those that were known.
    pub known: usize,
}

/// What became of a card.
enum Turn {
    /// The learner leaves.
    Left,
    /// It cannot be asked.
    Passed,
    /// It was asked: whether it was known.
    Rated(bool),
}

impl Drill<'_> {
    /// Asks the cards that are due, until there are none or the learner leaves.
    ///
    /// # Errors
    /// A terminal or disk that fails; every card rated before is kept.
    pub fn sit(&mut self) -> Result<Reviewed, Stopped> {
        self.look_for_new_law()?;
        let mut found = Reviewed::default();
        let due = self.due();
        for (done, at) in due.iter().copied().enumerate() {
            let head = format!("\n--- {} of {}", done + 1, due.len());
            match self.card(at, &head)? {
                Turn::Left => {
                    self.say("Left. Every card that was rated is kept.")?;
                    return Ok(found);
                }
                Turn::Passed => {}
                Turn::Rated(known) => {
                    found.asked += 1;
                    found.known += usize::from(known);
                }
            }
        }
        Ok(found)
    }

    /// Asks one card.
    fn card(&mut self, at: usize, head: &str) -> Result<Turn, Stopped> {
        let card = self.deck.cards[at].clone();
        let Law::Same(norm) = self.law_of(&card) else {
            return Ok(Turn::Passed);
        };
        let exercise = card.situations[0].exercise;
        let marking = self.deck.exercises[exercise].marking.clone();
        self.say(&format!("{head} · {marking}"))?;
        if card.law_changed {
            let said = format!(
                "The law changed: {} is not what it was when you learnt it. You begin with it anew. Now it says:",
                card.rule
            );
            self.tell(&said, 0, 0)?;
            self.article(exercise, norm)?;
        }
        let pack = self.packs[exercise].as_mut();
        let Some(asked) = pack.and_then(|pack| draw(pack, &card, norm, self.seed)) else {
            let said = format!("{}: its facts fit the rules no longer.", card.rule);
            self.say(&said)?;
            return Ok(Turn::Passed);
        };
        let reviews = card.memory.as_ref().map_or(0, |memory| memory.reviews);
        self.situation(&asked)?;
        let Some(right) = self.answered(&asked, reviews, exercise)? else {
            return Ok(Turn::Left);
        };
        let Some(sure) = self.sure(&asked, exercise)? else {
            return Ok(Turn::Left);
        };
        self.reveal(&card, &asked, right)?;
        self.rate(at, &asked, Rating::of(right, sure))?;
        Ok(Turn::Rated(right >= 1.0))
    }

    fn situation(&mut self, asked: &Asked) -> Result<(), Stopped> {
        self.say("Invented for this review:")?;
        for fact in &asked.facts {
            self.tell(&format!("- {fact}"), 0, 2)?;
        }
        self.say(&format!("It is {}.", asked.day))
    }

    /// How right the answer is, from 0 to 1.
    fn answered(
        &mut self,
        asked: &Asked,
        reviews: u32,
        exercise: usize,
    ) -> Result<Option<f64>, Stopped> {
        match &asked.right {
            Right::Stands(right) => self.stands(asked, *right, reviews, exercise),
            Right::Article(offered, right) => {
                self.tell(
                    &put(&asked.sentence, reviews, "under which article is it so?"),
                    0,
                    4,
                )?;
                let chosen = self.number(offered, asked, exercise)?;
                Ok(chosen.map(|chosen| f64::from(u8::from(chosen == *right))))
            }
            Right::Due(right) => {
                self.tell(&put(&asked.sentence, reviews, "by when?"), 0, 4)?;
                self.deadline(*right, asked, exercise)
            }
        }
    }

    /// Whether it follows and how it stands; who says that it does not names the condition.
    fn stands(
        &mut self,
        asked: &Asked,
        right: Option<Standing>,
        reviews: u32,
        exercise: usize,
    ) -> Result<Option<f64>, Stopped> {
        self.tell(&put(&asked.sentence, reviews, "does it follow?"), 0, 4)?;
        let mut offered: Vec<String> = Standing::ALL
            .map(|standing| format!("yes: it is {}", standing.told(asked.modality)))
            .to_vec();
        offered.push("no: it does not follow".to_owned());
        let Some(chosen) = self.number(&offered, asked, exercise)? else {
            return Ok(None);
        };
        let said = Standing::ALL.get(chosen).copied();
        if said.is_some() {
            // It follows, but not in this way: half.
            let half = if right.is_some() { 0.5 } else { 0.0 };
            return Ok(Some(if said == right { 1.0 } else { half }));
        }
        if asked.conditions.len() < 2 {
            return Ok(Some(f64::from(u8::from(right.is_none()))));
        }
        self.say("What is not met?")?;
        let conditions: Vec<String> = asked.conditions.iter().map(|(it, _)| it.clone()).collect();
        let Some(named) = self.number(&conditions, asked, exercise)? else {
            return Ok(None);
        };
        let (_, is_met) = asked.conditions[named];
        Ok(Some(match (right, is_met) {
            (Some(_), _) => 0.0,
            (None, true) => 0.5,
            (None, false) => 1.0,
        }))
    }

    fn deadline(
        &mut self,
        right: Option<Day>,
        asked: &Asked,
        exercise: usize,
    ) -> Result<Option<f64>, Stopped> {
        loop {
            let prompt = "YYYY-MM-DD (Enter: no deadline): ";
            let Some(line) = self.line(prompt, asked, exercise)? else {
                return Ok(None);
            };
            let day = due(&line);
            if !line.trim().is_empty() && day.is_none() {
                self.say("Write the day as 2024-12-04.")?;
                continue;
            }
            return Ok(Some(match (day, right) {
                (Some(day), Some(right)) if day.0.abs_diff(right.0) == 1 => 0.5,
                (day, right) => f64::from(u8::from(day == right)),
            }));
        }
    }

    fn sure(&mut self, asked: &Asked, exercise: usize) -> Result<Option<u8>, Stopped> {
        let steps = Confidence::Levels.steps();
        let words: Vec<String> = steps.iter().map(|(_, word)| word.clone()).collect();
        self.say("How sure are you?")?;
        let chosen = self.number(&words, asked, exercise)?;
        Ok(chosen.map(|chosen| steps[chosen].0))
    }

    fn reveal(&mut self, card: &Card, asked: &Asked, right: f64) -> Result<(), Stopped> {
        let head = match right {
            share if share >= 1.0 => "Right",
            share if share > 0.0 => "Right in part",
            _ => "Not right",
        };
        let answer = match &asked.right {
            Right::Stands(Some(standing)) => format!("it is {}", standing.told(asked.modality)),
            Right::Stands(None) => "it does not follow".to_owned(),
            Right::Article(offered, right) => format!("it is {}", offered[*right]),
            Right::Due(Some(day)) => format!("it is due {day}"),
            Right::Due(None) => "it has no deadline".to_owned(),
        };
        self.tell(&format!("{head}: {answer} ({}).", card.rule), 0, 4)?;
        let because = match asked.right {
            Right::Stands(None) => "fails: ",
            _ => "because ",
        };
        for reason in &asked.reasons {
            self.tell(&format!("{because}{reason}"), 4, 6)?;
        }
        let from = format!("You overlooked once: {}.", card.about);
        self.tell(&from, 0, 4)
    }

    fn rate(&mut self, at: usize, asked: &Asked, rating: Rating) -> Result<(), Stopped> {
        let card = &mut self.deck.cards[at];
        let (memory, due) = Memory::after(card.memory.as_ref(), self.today, rating);
        card.memory = Some(memory);
        card.due = due.to_string();
        card.law_changed = false;
        card.shown.push(asked.hash()[..16].to_owned());
        let old = card.shown.len().saturating_sub(MOST_SHOWN);
        card.shown.drain(..old);
        (self.keep)(self.deck)?;
        let days = due.0 - self.today.0;
        let when = if days == 1 {
            "tomorrow".to_owned()
        } else {
            format!("in {days} days")
        };
        self.say(&format!("It comes again {when}, on {due}."))
    }

    /// One of the things offered, by its number.
    fn number(
        &mut self,
        offered: &[String],
        asked: &Asked,
        exercise: usize,
    ) -> Result<Option<usize>, Stopped> {
        self.prompter.numbered(offered)?;
        loop {
            let Some(line) = self.line("Number: ", asked, exercise)? else {
                return Ok(None);
            };
            match numbers(&line, offered.len()).as_deref() {
                Some([chosen]) => return Ok(Some(*chosen)),
                _ => self.say(&out_of_range(offered.len(), false))?,
            }
        }
    }

    /// A line that is none of the keys; `None`: the learner leaves.
    fn line(
        &mut self,
        prompt: &str,
        asked: &Asked,
        exercise: usize,
    ) -> Result<Option<String>, Stopped> {
        loop {
            let Some(line) = self.prompter.ask(prompt)? else {
                return Ok(None);
            };
            match line.trim() {
                "?" => self.say(HELP)?,
                "t" => self.article(exercise, asked.norm)?,
                "q" => return Ok(None),
                _ => return Ok(Some(line)),
            }
        }
    }

    fn article(&mut self, exercise: usize, norm: NormId) -> Result<(), Stopped> {
        let Some(pack) = &self.packs[exercise] else {
            return Ok(());
        };
        let book = &pack.project.rulebook;
        let norm = book.norm(norm);
        let treaty = norm.treaty.map(|treaty| book.treaty(treaty));
        let article = treaty.and_then(|it| it.articles.get(usize::from(norm.article)));
        let span = article.map_or(norm.span, |article| article.span);
        let text = indented(pack.project.sources.text(span));
        self.say(&text)
    }

    pub(super) fn say(&mut self, text: &str) -> Result<(), Stopped> {
        Ok(self.prompter.say(text)?)
    }

    fn tell(&mut self, text: &str, first: usize, rest: usize) -> Result<(), Stopped> {
        Ok(self.prompter.tell(text, first, rest)?)
    }
}

/// A question in other words each time.
fn put(sentence: &str, reviews: u32, asked: &str) -> String {
    match reviews % 4 {
        0 => format!("{sentence}: {asked}"),
        1 => format!("Your minister asks about this: {sentence}; {asked}"),
        2 => format!("A note on your desk says: {sentence}. Look at it: {asked}"),
        _ => format!("A colleague tells you that {sentence}; {asked}"),
    }
}
