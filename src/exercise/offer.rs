//! What a question offers to choose from, with what is right: made from the derivation, so that nobody has to write it.

use super::key::{key, verdict_of};
use super::load::Pack;
use super::missing::without_letters;
use super::near_miss::{duties, near_misses};
use super::order::{choose, seed};
use super::outline::{Keyed, Obligations, Question, QuestionKind, RoleId};
use super::untold::judge;
use super::world::{Viewer, World};
use crate::engine::{Attempt, Options};
use crate::explain::{About, Explainer, Explanation, Reason, Standing, explain};
use crate::model::entity::EntityKind;
use crate::model::fact::{Fact, PositionQuery, Scenario, Verdict};
use crate::model::ids::EntityId;
use crate::model::rulebook::Rulebook;
use crate::wording;

/// Of a condition on which the accounts differ.
const CONTESTED: &str = "it may be met: that is contested";
/// Of a condition of which nothing is known.
const UNSAID: &str = "it may be met: nobody has said whether it is so";

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// How it is named in an answer: of a decision its short name, else its words.
    pub id: String,
    /// How it is shown.
    pub text: String,
    /// Whether it is right; a decision is neither right nor wrong.
    pub right: Option<bool>,
    /// Why it is right or wrong, shown with the key.
    pub why: String,
}

/// All that a question offers to a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// In the order in which it is shown.
    pub options: Vec<Offered>,
    /// More than one may be chosen.
    pub several: bool,
}

/// Makes the offer of a question to a role.
pub fn offer(pack: &Pack, world: &World, question: &Question, role: RoleId) -> Offer {
    let Some(exercise) = &pack.exercise else {
        return Offer::default();
    };
    // Nothing is offered that the role could not know, whatever it is graded on.
    let made = options(pack, world, question, role, Viewer::Seat(role));
    let (mut offered, several) = made.unwrap_or_default();
    if question.view == Keyed::Truth {
        let truth = options(pack, world, question, role, Viewer::Truth);
        judge(&mut offered, &truth.unwrap_or_default().0, several);
    }
    if !matches!(question.kind, QuestionKind::Decide(_)) {
        let seed = seed(exercise, question, exercise.role(role));
        choose(&mut offered, seed);
    }
    Offer {
        options: offered,
        several,
    }
}

/// All that could be offered by what a viewer knows, and whether several may be chosen.
fn options(
    pack: &Pack,
    world: &World,
    question: &Question,
    role: RoleId,
    viewer: Viewer,
) -> Option<(Vec<Offered>, bool)> {
    let maker = Maker {
        pack,
        world,
        viewer,
        scenario: &world.scenario(pack, viewer)?,
        party: pack.exercise.as_ref()?.role(role).party,
    };
    Some(maker.options(&question.kind))
}

/// Whose facts count for the key of a question put to a role.
pub fn viewer(question: &Question, role: RoleId) -> Viewer {
    match question.view {
        Keyed::Seat => Viewer::Seat(role),
        Keyed::Truth => Viewer::Truth,
    }
}

struct Maker<'a> {
    pack: &'a Pack,
    world: &'a World,
    viewer: Viewer,
    scenario: &'a Scenario,
    party: Option<EntityId>,
}

impl Maker<'_> {
    fn options(&self, kind: &QuestionKind) -> (Vec<Offered>, bool) {
        match kind {
            QuestionKind::Obligations(asked) => (self.obligations(asked), true),
            QuestionKind::Decide(choices) => {
                let decided = choices.iter().map(|choice| Offered {
                    id: choice.id.clone(),
                    text: choice.label.clone(),
                    right: None,
                    why: String::new(),
                });
                (decided.collect(), false)
            }
            QuestionKind::Why(query) => (self.why(query), true),
            QuestionKind::WhyNot(query) => (self.why_not(query.as_ref()), false),
            QuestionKind::WhatIf(query) => (self.what_if(query), false),
            QuestionKind::WhoseAccount(query) => (self.whose_account(query), true),
            QuestionKind::Order => (self.order(), false),
            QuestionKind::Text => (Vec::new(), false),
        }
    }

    /// The positions that hold, and those that almost do; each with its article.
    fn obligations(&self, asked: &Obligations) -> Vec<Offered> {
        let key = key(self.pack, self.world, self.viewer, asked, self.party);
        let mut found: Vec<Offered> = key
            .iter()
            .map(|item| {
                let text = format!("{} under {}", item.sentence, item.citation);
                right(text, format!("{} says so", item.citation))
            })
            .collect();
        for miss in near_misses(
            self.pack,
            self.world,
            self.viewer,
            asked,
            &self.bearers(asked),
        ) {
            let text = format!("{} under {}", miss.sentence, miss.citation);
            found.push(wrong(text, miss.failing.join("; ")));
        }
        found
    }

    /// Whose near misses are of interest: one's own, or those of all parties that play.
    fn bearers(&self, asked: &Obligations) -> Vec<EntityId> {
        if asked.own {
            return self.party.into_iter().collect();
        }
        let roles = self
            .pack
            .exercise
            .iter()
            .flat_map(|exercise| &exercise.roles);
        roles.filter_map(|role| role.party).collect()
    }

    /// The facts on which a position rests, among all that are known.
    fn why(&self, query: &PositionQuery) -> Vec<Offered> {
        let explanation = self.derive(query);
        let mut used = Vec::new();
        for instance in &explanation.held {
            instance
                .reasons
                .iter()
                .for_each(|reason| facts(reason, &mut used));
        }
        let rulebook = &self.pack.project.rulebook;
        let known = self.scenario.facts.iter();
        let known = known.map(|fact| (fact, wording::fact(rulebook, fact)));
        let known: Vec<(&Fact, String)> = known.collect();
        let decides = known.iter().find_map(|(fact, text)| {
            let organ = fact.atom.arguments[0].filter(|it| decides(rulebook, *it))?;
            used.contains(text).then(|| rulebook.name(organ))
        });
        let without = match decides {
            Some(organ) => format!("the decision binds, whatever moved {organ} to it"),
            None => "the derivation does without it".to_owned(),
        };
        let offered = known.into_iter().map(|(_, text)| {
            if used.contains(&text) {
                right(text, "the derivation rests on it".to_owned())
            } else {
                wrong(text, without.clone())
            }
        });
        offered.collect()
    }

    /// The condition that fails, among those that do not.
    fn why_not(&self, query: Option<&PositionQuery>) -> Vec<Offered> {
        let asked = Obligations {
            own: true,
            ..duties()
        };
        let nearest = || {
            let bearers: Vec<EntityId> = self.party.into_iter().collect();
            let misses = near_misses(self.pack, self.world, self.viewer, &asked, &bearers);
            misses.into_iter().next().map(|miss| miss.query)
        };
        let Some(query) = query.cloned().or_else(nearest) else {
            return Vec::new();
        };
        let explanation = self.derive(&query);
        let Some(miss) = explanation.not_held.first() else {
            return Vec::new();
        };
        let rulebook = &self.pack.project.rulebook;
        let norm = rulebook.norm(miss.attempt.norm);
        let offered = miss.reasons.iter().map(|reason| {
            let said = asked_for(rulebook, reason, &miss.attempt);
            let said = without_letters(&said, norm, rulebook);
            let text = without_letters(&reason.text, norm, rulebook);
            let contested = !reason.facts.is_empty();
            match reason.standing {
                Standing::Fails => right(said, text),
                Standing::Holds if said == text => wrong(said, "it is met".to_owned()),
                Standing::Holds => wrong(said, format!("it is met: {text}")),
                Standing::Open if contested => wrong(said, CONTESTED.to_owned()),
                Standing::Open => wrong(said, UNSAID.to_owned()),
            }
        });
        offered.collect()
    }

    /// Changes that would make or end a position, among facts that could be otherwise without changing it.
    fn what_if(&self, query: &PositionQuery) -> Vec<Offered> {
        let explanation = self.explain(query);
        let ends = explanation.held.iter().flat_map(|held| &held.would_end);
        let makes = explanation
            .not_held
            .iter()
            .flat_map(|miss| &miss.would_make);
        let mut found: Vec<Offered> = ends
            .chain(makes)
            .map(|would| {
                let verdict = wording::verdict_words(would.verdict);
                right(would.changes.join(" and "), format!("then it is {verdict}"))
            })
            .collect();
        found.truncate(2);
        let rulebook = &self.pack.project.rulebook;
        for at in 0..self.scenario.facts.len() {
            let mut without = self.scenario.clone();
            let fact = without.facts.remove(at);
            let then = verdict_of(self.pack.engine(), &without, query);
            let text = format!("without this: {}", wording::fact(rulebook, &fact));
            let known = found.iter().any(|offered| offered.text == text);
            if then == explanation.verdict && !known {
                found.push(wrong(text, "nothing would change".to_owned()));
            }
        }
        found
    }

    /// Whoever tells the facts so that the position is owed.
    fn whose_account(&self, query: &PositionQuery) -> Vec<Offered> {
        let explanation = self.derive(query);
        let rulebook = &self.pack.project.rulebook;
        let held = explanation.held.iter().flat_map(|held| &held.accounts);
        let mut found: Vec<Offered> = Vec::new();
        for (actor, verdict) in held {
            let text = format!("on the account of {}", rulebook.name(*actor));
            let why = match verdict {
                Verdict::Owed => "it is owed if that account is right",
                Verdict::OwedIf => "it stays open even if that account is right",
                Verdict::NotOwed => "it is not owed if that account is right",
            };
            let owed = *verdict == Verdict::Owed;
            if found.iter().all(|known| known.text != text) {
                found.push(judged(text, owed, why.to_owned()));
            }
        }
        let said = match explanation.verdict {
            Verdict::Owed => "it is owed whoever is right",
            Verdict::OwedIf => "it depends on who is right",
            Verdict::NotOwed => "it is not owed whoever is right",
        };
        let on = |text: &str, verdict: Verdict| {
            judged(
                text.to_owned(),
                explanation.verdict == verdict,
                said.to_owned(),
            )
        };
        found.push(on("on every account", Verdict::Owed));
        found.push(on("on no account", Verdict::NotOwed));
        found
    }

    /// What falls due first, among all that falls due.
    fn order(&self) -> Vec<Offered> {
        let key = key(self.pack, self.world, self.viewer, &duties(), self.party);
        let first = key.iter().filter_map(|item| item.due).min();
        let due = key.iter().filter_map(|item| Some((item, item.due?)));
        due.map(|(item, day)| {
            let text = format!("{} under {}", item.sentence, item.citation);
            judged(text, Some(day) == first, format!("it is due {day}"))
        })
        .collect()
    }

    /// Why or why not, without what would change it.
    fn derive(&self, query: &PositionQuery) -> Explanation {
        let options = Options {
            asked: vec![query.clone()],
            ..Options::default()
        };
        let mut explainer = Explainer::new(self.pack.engine(), self.scenario, &options);
        explainer.derivation(query, self.world.day)
    }

    fn explain(&self, query: &PositionQuery) -> Explanation {
        let options = Options::default();
        explain(self.pack.engine(), self.scenario, &options, query)
    }
}

/// What a step of an attempt asks for, whether it is met or not.
pub(crate) fn asked_for(rulebook: &Rulebook, reason: &Reason, attempt: &Attempt) -> String {
    let norm = rulebook.norm(attempt.norm);
    let treaty = norm.treaty.map(|treaty| rulebook.treaty(treaty));
    let name = treaty.map_or("", |treaty| treaty.name.as_str());
    match (reason.about, reason.condition) {
        (About::InForce, _) => format!("{name} is in force"),
        (About::Bound, _) => reason.text.replace("is not bound as a ", "is a "),
        (About::Condition, Some(index)) => {
            let condition = &norm.conditions[index];
            wording::condition(rulebook, condition, &attempt.binding, &norm.variables)
        }
        (About::Condition, None) => {
            let citation = wording::citation(rulebook, norm);
            format!("{citation} is part of the text")
        }
    }
}

/// Who decides for others: an organisation, or an organ of one.
fn decides(rulebook: &Rulebook, actor: EntityId) -> bool {
    let entity = rulebook.entities.get(actor.index());
    entity.is_some_and(|entity| matches!(entity.kind, EntityKind::Organisation))
}

fn facts(reason: &Reason, found: &mut Vec<String>) {
    found.extend(reason.facts.iter().map(|fact| fact.text.clone()));
    reason.children.iter().for_each(|child| facts(child, found));
}

fn right(text: String, why: String) -> Offered {
    judged(text, true, why)
}

fn wrong(text: String, why: String) -> Offered {
    judged(text, false, why)
}

fn judged(text: String, right: bool, why: String) -> Offered {
    Offered {
        id: text.clone(),
        text,
        right: Some(right),
        why,
    }
}
