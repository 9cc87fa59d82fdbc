//! A review: facts invented anew for the clause of a card, and what the engine says of them.

use super::card::{Card, Focus};
use super::cast::{Dice, retell};
use super::law::focused;
use crate::calendar::Day;
use crate::engine::{Attempt, Options};
use crate::exercise::session::digest;
use crate::exercise::{Pack, Standing, asked_for, fact_line, read};
use crate::explain::{
    Change, Explanation, Instance, Reason, Standing as Stands, Would, changed, explain,
};
use crate::model::condition::Scope;
use crate::model::fact::{PositionQuery, Scenario, Verdict};
use crate::model::ids::NormId;
use crate::model::norm::Modality;
use crate::report::row::rows;
use crate::wording;

/// How often something new is sought.
const TRIES: u64 = 24;
/// How many ways are tried to turn an answer.
const MOST_TURNS: usize = 6;

/// What is asked in a review.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The clause, as it is today.
    pub norm: NormId,
    /// What kind of position.
    pub modality: Modality,
    /// The day.
    pub day: Day,
    /// The facts, a line each.
    pub facts: Vec<String>,
    /// Whether this is so is asked.
    pub sentence: String,
    /// What is right.
    pub right: Right,
    /// What the clause asks for, and whether it is met.
    pub conditions: Vec<(String, bool)>,
    /// Why, a sentence a step: all steps if it holds and what was done about it, else those that fail.
    pub reasons: Vec<String>,
}

/// What is asked, and the right answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// How it stands; `None`: it does not follow.
    Stands(Option<Standing>),
    /// Under which article: those offered, and which is right.
    Article(Vec<String>, usize),
    /// By when.
    Due(Option<Day>),
}

impl Asked {
    /// All that is shown, as a hash: no two reviews of late are the same.
    pub fn hash(&self) -> String {
        let shown = self.facts.iter().map(String::as_str);
        digest(shown.chain([self.sentence.as_str()]))
    }
}

/// Draws what to ask of a card whose clause is this norm; `None`: its facts fit the rules no longer.
pub fn draw(pack: &mut Pack, card: &Card, norm: NormId, seed: u64) -> Option<Asked> {
    let reviews = card.memory.as_ref().map_or(0, |memory| memory.reviews);
    let mut best = None;
    for attempt in 0..TRIES {
        let mut dice = Dice(mixed(seed, card, reviews, attempt));
        let at = dice.below(card.situations.len());
        let situation = &card.situations[at];
        let day = super::card::day_of(&situation.day)?;
        let party = situation.party.as_deref();
        let Some(scenario) = pack.recalled(&situation.facts, day, party) else {
            continue;
        };
        let mut drawing = Drawing {
            pack,
            norm,
            focus: &card.focus,
            // At first as it was overlooked; then either way.
            turn: reviews > 0 && dice.below(2) == 1,
            dice,
        };
        let Some(asked) = drawing.of(&scenario, &situation.sentence) else {
            continue;
        };
        if !card.shown.contains(&asked.hash()) {
            return Some(asked);
        }
        best = Some(asked);
    }
    best
}

fn mixed(seed: u64, card: &Card, reviews: u32, attempt: u64) -> u64 {
    let bytes = card.id().into_bytes().into_iter();
    let bytes = bytes
        .chain(reviews.to_le_bytes())
        .chain(attempt.to_le_bytes());
    bytes.fold(seed ^ 0x9e37_79b9_7f4a_7c15, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

struct Drawing<'d> {
    pack: &'d Pack,
    norm: NormId,
    focus: &'d Focus,
    /// The answer shall be the contrary of what it was.
    turn: bool,
    dice: Dice,
}

impl Drawing<'_> {
    fn of(&mut self, scenario: &Scenario, sentence: &str) -> Option<Asked> {
        let claim = read(sentence, self.pack, scenario)
            .ok()?
            .into_iter()
            .next()?;
        let book = &self.pack.project.rulebook;
        let norm = book.norm(self.norm);
        let query = PositionQuery {
            under: Some(Scope {
                treaty: norm.treaty,
                article: Some(norm.article),
                clause: norm.clause.clone(),
            }),
            ..claim.position
        };
        let before = self.holds(&self.explain(scenario, &query));
        let (told, query) = retell(book, self.norm, scenario, &query, &mut self.dice);
        let explanation = self.explain(&told, &query);
        // Article and deadline can be asked of what holds only.
        let positive = matches!(self.focus, Focus::Article | Focus::Deadline);
        let wanted = positive || before != self.turn;
        if self.holds(&explanation) == wanted {
            return self.asked(&told, &query, &explanation);
        }
        match self.turned(&told, &query, &explanation, wanted) {
            Some((told, explanation)) => self.asked(&told, &query, &explanation),
            None if positive => None,
            None => self.asked(&told, &query, &explanation),
        }
    }

    fn explain(&self, scenario: &Scenario, query: &PositionQuery) -> Explanation {
        let options = Options::default();
        explain(self.pack.engine(), scenario, &options, query)
    }

    fn holds(&self, explanation: &Explanation) -> bool {
        let mut held = explanation.held.iter();
        explanation.verdict != Verdict::NotOwed && held.any(|it| it.attempt.norm == self.norm)
    }

    /// A change of the facts that makes or ends the position, if possible by what was overlooked.
    fn turned(
        &mut self,
        told: &Scenario,
        query: &PositionQuery,
        explanation: &Explanation,
        wanted: bool,
    ) -> Option<(Scenario, Explanation)> {
        let held = explanation.held.iter().flat_map(|it| &it.would_end);
        let missed = explanation.not_held.iter().flat_map(|it| &it.would_make);
        let mut ways: Vec<Would> = held.chain(missed).cloned().collect();
        self.dice.shuffle(&mut ways);
        let mut other = None;
        for way in ways.into_iter().take(MOST_TURNS) {
            let then = stated(told, &way.steps, told.as_of?);
            let explanation = self.explain(&then, query);
            if self.holds(&explanation) != wanted {
                continue;
            }
            if wanted || self.fails_there(&explanation) {
                return Some((then, explanation));
            }
            other.get_or_insert((then, explanation));
        }
        other
    }

    /// Whether what was overlooked is what fails.
    fn fails_there(&self, explanation: &Explanation) -> bool {
        let book = &self.pack.project.rulebook;
        let focused = focused(book, self.norm, self.focus);
        let mut misses = explanation.not_held.iter();
        misses.any(|miss| {
            let mut reasons = miss.reasons.iter();
            miss.attempt.norm == self.norm
                && reasons.any(|it| it.standing == Stands::Fails && it.condition == focused)
        })
    }

    fn asked(
        &mut self,
        told: &Scenario,
        query: &PositionQuery,
        explanation: &Explanation,
    ) -> Option<Asked> {
        let book = &self.pack.project.rulebook;
        let held = explanation
            .held
            .iter()
            .find(|it| it.attempt.norm == self.norm);
        let missed = explanation.not_held.iter();
        let missed = missed.clone().find(|it| it.attempt.norm == self.norm);
        let (attempt, reasons) = match (held, missed) {
            (Some(held), _) => (&held.attempt, &held.reasons),
            (None, Some(miss)) if !miss.to_itself => (&miss.attempt, &miss.reasons),
            _ => return None,
        };
        // The nearest way may speak of somebody else than is asked about.
        let mut named = query.act.arguments;
        named[0] = query.bearer;
        let mut pairs = named.iter().zip(&attempt.arguments);
        if pairs.any(|(asked, found)| asked.is_some() && found.is_some() && asked != found) {
            return None;
        }
        let stands = held.map(|held| Standing::of(held.status, held.verdict));
        if stands == Some(Standing::Displaced) {
            return None;
        }
        let due = held.and_then(|_| self.due(told, query));
        let right = match self.focus {
            Focus::Article => self.articles(),
            Focus::Deadline => Right::Due(due),
            _ => Right::Stands(stands),
        };
        Some(Asked {
            norm: self.norm,
            modality: query.modality,
            day: told.as_of?,
            facts: facts(self.pack, told),
            sentence: wording::position(book, book.norm(self.norm), &named, &attempt.binding),
            conditions: self.conditions(attempt, reasons),
            reasons: self.reasons(held, reasons, due),
            right,
        })
    }

    /// Each thing that the clause asks for, once, in no order.
    fn conditions(&mut self, attempt: &Attempt, reasons: &[Reason]) -> Vec<(String, bool)> {
        let book = &self.pack.project.rulebook;
        let mut found: Vec<(String, bool)> = Vec::new();
        for reason in reasons {
            let text = asked_for(book, reason, attempt);
            if found.iter().all(|(known, _)| *known != text) {
                found.push((text, reason.standing != Stands::Fails));
            }
        }
        self.dice.shuffle(&mut found);
        found
    }

    fn reasons(
        &self,
        held: Option<&Instance>,
        reasons: &[Reason],
        due: Option<Day>,
    ) -> Vec<String> {
        let shown = reasons
            .iter()
            .filter(|reason| held.is_some() || reason.standing == Stands::Fails);
        let mut told: Vec<String> = shown
            .map(|reason| match reason.standing {
                Stands::Open => format!("{}, which is open", reason.text),
                Stands::Holds | Stands::Fails => reason.text.clone(),
            })
            .collect();
        let acts = held.iter().flat_map(|held| &held.acts);
        told.extend(acts.map(|act| format!("{} ({})", act.text, act.days)));
        let asked = matches!(self.focus, Focus::Deadline);
        told.extend(due.filter(|_| !asked).map(|due| format!("it is due {due}")));
        told
    }

    /// The article among others of its treaty.
    fn articles(&mut self) -> Right {
        let book = &self.pack.project.rulebook;
        let own = book.norm(self.norm);
        let right = wording::citation(book, own);
        let others = book.norms.iter().filter(|it| it.treaty == own.treaty);
        let mut offered: Vec<String> = others.map(|it| wording::citation(book, it)).collect();
        offered.sort();
        offered.dedup();
        offered.retain(|citation| *citation != right);
        self.dice.shuffle(&mut offered);
        offered.truncate(3);
        offered.push(right.clone());
        offered.sort();
        let at = offered.iter().position(|it| *it == right);
        Right::Article(offered, at.unwrap_or_default())
    }

    fn due(&self, told: &Scenario, query: &PositionQuery) -> Option<Day> {
        let options = Options {
            asked: vec![query.clone()],
            ..Options::default()
        };
        let mut outcome = self.pack.engine().evaluate(told, &options);
        let meant: Vec<_> = outcome.matching(query).into_iter().collect();
        let rows = rows(&mut outcome, None, false);
        rows.iter().find(|row| meant.contains(&row.id))?.due
    }
}

/// A scenario after changes, all of them as facts that can be told.
fn stated(told: &Scenario, steps: &[Change], day: Day) -> Scenario {
    let mut then = changed(told, steps, day);
    for (atom, so) in std::mem::take(&mut then.assumptions) {
        let same = then.facts.iter_mut().find(|fact| fact.atom == atom);
        match (same, so) {
            (Some(fact), true) => {
                fact.contested = false;
                fact.denied_by.clear();
            }
            (Some(_), false) => then.facts.retain(|fact| fact.atom != atom),
            (None, so) => {
                let mut fact = crate::model::fact::Fact::from_day(atom, day);
                fact.negated = !so;
                then.facts.push(fact);
            }
        }
    }
    then
}

/// The facts in the order of their days.
fn facts(pack: &Pack, told: &Scenario) -> Vec<String> {
    let book = &pack.project.rulebook;
    let mut facts: Vec<_> = told.facts.iter().collect();
    facts.sort_by_key(|fact| fact.from.first());
    let names = |actors: &[_]| actors.iter().map(|actor| book.name(*actor)).collect();
    let lines = facts.into_iter().map(|fact| {
        let lasts = book.predicate(fact.atom.predicate).lasts;
        // What is of a moment has its day, and goes on no longer.
        let to = if lasts { fact.to } else { Some(fact.from) };
        let (by, denied) = (names(&fact.asserted_by), names(&fact.denied_by));
        fact_line(&wording::fact(book, fact), fact.from, to, by, denied)
    });
    lines.collect()
}
