//! Random rulebooks and scenarios, small enough for brute force and using everything.

use super::random::Random;
use super::vocabulary::{Vocabulary, world};
use super::{conditions, strata};
use casus::calendar::Days;
use casus::calendar::{Day, PartialDate, Period};
use casus::model::condition::{Class, Comparison, Condition, Scope, Tense, Threshold};
use casus::model::fact::{Assume, Fact, Scenario, View};
use casus::model::ids::{DisputeId, EntityId, LayerId, PredicateId, TreatyId, VariableId};
use casus::model::norm::{Deadline, Head, Modality, Mode, Norm, PositionHead};
use casus::model::rulebook::Rulebook;
use casus::model::sentence::{Amount, Atom, Pattern, PlaceTest, Spot, Term};
use casus::model::treaty::{
    AfterTerm, Article, ArticleState, Dispute, Ending, Entry, FirstTerm, Layer, Party, Reading,
    Term as Duration, Treaty,
};
use casus::model::vocabulary::SLOTS;

/// A rulebook, a scenario and who performs.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) rulebook: Rulebook,
    pub(crate) scenario: Scenario,
    pub(crate) assume: Assume,
    /// Where engine and naive evaluator are compared: from the day before everything that the case names, to its end.
    pub(crate) days: (Day, Day),
}

/// The variables of a norm.
const A: VariableId = VariableId(0);
const P: VariableId = VariableId(1);
const Q: VariableId = VariableId(2);
const X: VariableId = VariableId(3);
const C: VariableId = VariableId(4);
const N: VariableId = VariableId(5);
const NAMES: [&str; 6] = ["A", "P", "Q", "X", "C", "N"];

/// The first day that a case names: 2024-01-25.
pub(crate) const START: Day = Day(19_747);
/// The month in which uncertain days lie; it begins within the days of a case.
const MONTH: PartialDate = PartialDate::Month(2024, 2);

/// The case of a seed.
pub(crate) fn case(seed: u64) -> Case {
    let mut random = Random::new(seed);
    let length = if random.percent(1) {
        36
    } else {
        random.between(8, 16)
    };
    let (rulebook, words) = world(&mut random, length);
    let mut made = Generator {
        random,
        rulebook,
        words,
        length,
    };
    made.treaties();
    made.norms();
    let scenario = made.scenario();
    made.history(&scenario);
    let assume = made.assume();
    let end = START.plus_days(length as i32);
    let case = Case {
        days: (START.previous(), horizon(&made.rulebook, &scenario, end)),
        rulebook: made.rulebook,
        scenario,
        assume,
    };
    assert!(strata::order(&case.rulebook).is_some(), "not stratified");
    case
}

/// The last day to look at: a retroactive treaty looks ahead to all days that the scenario names.
fn horizon(rulebook: &Rulebook, scenario: &Scenario, end: Day) -> Day {
    let retroactive = rulebook.treaties.iter().any(|treaty| treaty.retroactive);
    let named = scenario.facts.iter().filter(|_| retroactive);
    named
        .flat_map(|fact| [Some(fact.from), fact.to])
        .flatten()
        .map(PartialDate::last)
        .fold(end, Day::max)
}

struct Generator {
    random: Random,
    rulebook: Rulebook,
    words: Vocabulary,
    /// The number of days from the first named to the last.
    length: usize,
}

fn slots(terms: &[Term]) -> [Term; SLOTS] {
    let mut slots = [Term::Any; SLOTS];
    slots[..terms.len()].copy_from_slice(terms);
    slots
}

fn pattern(predicate: PredicateId, terms: &[Term]) -> Pattern {
    Pattern {
        predicate,
        terms: slots(terms),
        classes: [const { None }; SLOTS],
        place: None,
        amount: None,
    }
}

fn present(pattern: Pattern) -> Condition {
    Condition::Sentence {
        pattern,
        tense: Tense::Present,
    }
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

fn days(days: i32) -> Period {
    Period { months: 0, days }
}

impl Generator {
    fn day(&mut self) -> Day {
        START.plus_days(self.random.below(self.length) as i32)
    }

    fn state(&mut self) -> EntityId {
        let states = self.words.states.clone();
        self.random.pick(&states)
    }

    fn actor(&mut self) -> EntityId {
        let actors = self.words.actors.clone();
        self.random.pick(&actors)
    }

    fn place(&mut self) -> EntityId {
        let places = self.words.places.clone();
        self.random.pick(&places)
    }

    fn treaty(&mut self) -> TreatyId {
        TreatyId(self.random.below(self.rulebook.treaties.len()) as u32)
    }

    fn span(&mut self) -> Days {
        let first = self.day();
        Days {
            first,
            last: if self.random.percent(40) {
                first.plus_days(self.random.between(0, self.length) as i32)
            } else {
                Day::LAST
            },
        }
    }

    // Treaties

    fn treaties(&mut self) {
        let number = self.words.treaties.len();
        for index in 0..number {
            let entity = self.words.treaties[index];
            let treaty = self.one_treaty(index, entity);
            self.rulebook.treaties.push(treaty);
        }
        if self.random.percent(30) {
            self.dispute();
        }
        if self.random.percent(25) {
            let until = self.random.percent(60).then(|| self.day());
            self.rulebook.layers.push(Layer {
                until,
                known_to: Vec::new(),
            });
            if self.random.percent(30) {
                self.rulebook.treaties[0].layer = Some(LayerId(0));
            }
        }
        if strata::order(&self.rulebook).is_none() {
            for treaty in &mut self.rulebook.treaties {
                treaty.replaces.clear();
                treaty.while_in_force = None;
                treaty.parties_of = None;
            }
        }
        for index in 0..number {
            if self.random.percent(20) {
                let condition = self.entry_condition(TreatyId(index as u32));
                let before = self.rulebook.treaties[index].clone();
                self.rulebook.treaties[index].entry = Entry::When(condition);
                self.rulebook.treaties[index].retroactive = false;
                if strata::order(&self.rulebook).is_none() {
                    self.rulebook.treaties[index] = before;
                }
            }
            self.ending(TreatyId(index as u32));
        }
    }

    /// Conditions that end a treaty or prolong its term, if nothing comes to depend on its own absence.
    fn ending(&mut self, id: TreatyId) {
        let before = self.rulebook.treaties[id.index()].clone();
        if self.random.percent(15) {
            let condition = self.entry_condition(id);
            let after = days(self.random.below(5) as i32);
            let treaty = &mut self.rulebook.treaties[id.index()];
            treaty.endings.push(Ending { condition, after });
            treaty.retroactive = false;
        }
        if before.term.is_some() && self.random.percent(40) {
            let condition = self.entry_condition(id);
            let treaty = &mut self.rulebook.treaties[id.index()];
            treaty.prolonged = Some(condition);
            treaty.retroactive = false;
        }
        if strata::order(&self.rulebook).is_none() {
            self.rulebook.treaties[id.index()] = before;
        }
    }

    fn dispute(&mut self) {
        let readings = self.random.between(2, 3);
        let readings = (0..readings)
            .map(|index| Reading {
                name: format!("reading-{index}"),
                title: None,
                held_by: Vec::new(),
            })
            .collect();
        self.rulebook.disputes.push(Dispute {
            treaty: TreatyId(0),
            name: "dispute".into(),
            title: None,
            readings,
            span: self.words.span,
        });
        self.rulebook.treaties[0].disputes.push(DisputeId(0));
    }

    fn one_treaty(&mut self, index: usize, entity: EntityId) -> Treaty {
        let ancient = Days {
            first: START,
            last: Day::LAST,
        };
        let others: Vec<TreatyId> = (0..index).map(|index| TreatyId(index as u32)).collect();
        let mut parties: Vec<Party> = Vec::new();
        for state in self.words.states.clone() {
            if self.random.percent(75) {
                let role = self.random.percent(30).then(|| "guarantor".to_owned());
                let dates = if self.random.percent(15) {
                    self.span()
                } else {
                    Days::ALWAYS
                };
                parties.push(Party {
                    actor: state,
                    role,
                    dates,
                });
            }
        }
        let some = |this: &mut Self, percent| {
            let wanted = !others.is_empty() && this.random.percent(percent);
            wanted.then(|| this.random.pick(&others))
        };
        let (parties_of, while_in_force) = (some(self, 10), some(self, 10));
        let (replaces, prevails, subject) = (some(self, 15), some(self, 20), some(self, 20));
        let entry = if self.random.percent(70) {
            Entry::Stated(ancient)
        } else {
            Entry::Stated(self.span())
        };
        let period = |this: &mut Self, percent, most| {
            let wanted = this.random.percent(percent);
            wanted.then(|| days(this.random.between(0, most) as i32))
        };
        Treaty {
            entity,
            name: format!("treaty-{index}"),
            title: None,
            cite: None,
            sources: Vec::new(),
            notes: Vec::new(),
            binding: "treaty".into(),
            signed: self
                .random
                .percent(60)
                .then(|| PartialDate::Year(1990 + self.random.below(5) as i16)),
            parties,
            parties_of,
            open_to_every_state: self.random.percent(10),
            entry,
            provisional: self.random.percent(5).then(|| self.day()),
            term: self.random.percent(15).then(|| self.term()),
            ends_on: self.random.percent(10).then(|| self.day()),
            endings: Vec::new(),
            prolonged: None,
            ends_after_denunciation: period(self, 20, 5),
            leaves_after_withdrawal: period(self, 30, 5),
            replaces: replaces.into_iter().collect(),
            while_in_force,
            prevails_over: prevails.into_iter().collect(),
            prevails_over_all: self.random.percent(10),
            peremptory: self.random.percent(8),
            subject_to: subject.into_iter().collect(),
            retroactive: self.random.percent(5),
            rounding: None,
            layer: None,
            articles: (1..=6)
                .map(|label| Article {
                    label: label.to_string(),
                    title: None,
                    state: ArticleState::Encoded,
                    span: self.words.span,
                })
                .collect(),
            disputes: Vec::new(),
            span: self.words.span,
        }
    }

    fn term(&mut self) -> Duration {
        let first = match self.random.percent(70) {
            true => FirstTerm::For(days(self.random.between(3, self.length) as i32)),
            false => FirstTerm::Until(self.day()),
        };
        let then = match self.random.below(4) {
            0 => AfterTerm::Ends,
            1 => AfterTerm::UntilDenounced(days(self.random.between(0, 5) as i32)),
            _ => AfterTerm::Renewed {
                period: days(self.random.between(2, 8) as i32),
                notice: days(self.random.between(0, 3) as i32),
            },
        };
        Duration { first, then }
    }

    fn entry_condition(&mut self, treaty: TreatyId) -> Condition {
        let this = Term::Entity(self.rulebook.treaty(treaty).entity);
        let approves = present(pattern(self.words.approve, &[Term::Variable(C), this]));
        match self.random.below(3) {
            0 => Condition::Count {
                comparison: Comparison::AtLeast,
                threshold: Threshold::Fraction(1, self.random.between(1, 2) as u32),
                counted: C,
                class: Class::Party(treaty, None),
                except: Vec::new(),
                body: Box::new(approves),
            },
            1 => approves,
            _ => {
                let literal = self.literal(&[]);
                // No treaty waits for itself, or for one that waits for it.
                let mut later = false;
                super::walk(&literal, &mut |part| match part {
                    Condition::InForce {
                        treaty: Term::Entity(other),
                        ..
                    } => {
                        let other = self.rulebook.treaty_of(*other);
                        later |= other.is_some_and(|other| other >= treaty);
                    }
                    Condition::Is(_, Class::Party(other, _))
                    | Condition::Count {
                        class: Class::Party(other, _),
                        ..
                    } => later |= *other >= treaty,
                    Condition::Position { under, .. } | Condition::Breach { under, .. } => {
                        later |= under.treaty.is_none_or(|other| other >= treaty);
                    }
                    _ => {}
                });
                if later { approves } else { literal }
            }
        }
    }

    // Facts

    fn atom(&mut self) -> Atom {
        let words = &self.words;
        let verbs = [
            words.attack,
            words.attack,
            words.invade,
            words.invade,
            words.use_force,
            words.assist,
            words.supply,
            words.defend,
            words.mobilise,
            words.consult,
            words.threaten,
            words.at_war,
            words.great_power,
            words.aggressor,
            words.approve,
            words.core.accede,
            words.core.denounce,
            words.core.withdraw,
            words.core.suspend,
            words.core.release,
            words.core.terminate,
        ];
        let mut predicate = self.random.pick(&verbs);
        let mut arguments = self.arguments(predicate);
        if self.random.percent(12)
            && let Some(refusal) = self.rulebook.refusal(predicate)
        {
            predicate = refusal;
        }
        if self.random.percent(10) && predicate == self.words.attack {
            arguments[1] = arguments[1].map(|who| EntityId::possession(self.words.forces, who));
        }
        Atom {
            predicate,
            arguments,
            place: None,
            amount: None,
        }
    }

    /// Likely arguments; the later roles are sometimes left out.
    fn arguments(&mut self, predicate: PredicateId) -> [Option<EntityId>; SLOTS] {
        let roles = self.rulebook.predicate(predicate).roles.clone();
        let mut arguments = [None; SLOTS];
        arguments[0] = Some(if self.random.percent(85) {
            self.state()
        } else {
            self.actor()
        });
        for (index, role) in roles.iter().enumerate() {
            let about_treaty = self.words.about_treaties(predicate, role);
            let who = if about_treaty {
                let treaty = self.treaty();
                self.rulebook.treaty(treaty).entity
            } else {
                self.state()
            };
            let optional = index > 0 || predicate == self.words.core.suspend;
            let left_out =
                (optional && role != "object" && self.random.percent(40)) || self.random.percent(5);
            if !left_out && Some(who) != arguments[0] {
                arguments[index + 1] = Some(who);
            }
        }
        arguments
    }

    fn amount(&mut self) -> Amount {
        Amount {
            exact: self.random.percent(20),
            number: self.random.between(1, 3) as u64 * 100,
            unit: self.random.pick(&["men", "guns"]).to_owned(),
        }
    }

    /// What a norm asks about, with people filled in; or what it demands or forbids, or the refusal of it.
    fn relevant(&mut self) -> Option<Atom> {
        let norm = self.random.below(self.rulebook.norms.len().max(1));
        let norm = self.rulebook.norms.get(norm)?;
        let mut asked = Vec::new();
        for condition in &norm.conditions {
            super::walk(condition, &mut |part| {
                if let Condition::Sentence { pattern, .. } = part {
                    asked.push(pattern.clone());
                }
            });
        }
        let act = match &norm.head {
            Head::Position(head) => Some(head.act.clone()),
            Head::Deem(_) => None,
        };
        let (pattern, refused) = match act {
            Some(act) if asked.is_empty() || self.random.percent(45) => {
                (act, self.random.percent(20))
            }
            _ => (self.random.pick(asked.first().map(|_| &asked[..])?), false),
        };
        let mut arguments = [None; SLOTS];
        for slot in 0..SLOTS {
            arguments[slot] = match pattern.terms[slot] {
                Term::Entity(who) => Some(who),
                Term::Variable(variable) => Some(self.likely(variable)),
                Term::Possession(word, variable) => {
                    Some(EntityId::possession(word, self.likely(variable)))
                }
                Term::Any if slot == 0 || pattern.classes[slot].is_some() => Some(self.state()),
                Term::Any => None,
            };
        }
        let refusal = self.rulebook.refusal(pattern.predicate).filter(|_| refused);
        Some(Atom {
            predicate: refusal.unwrap_or(pattern.predicate),
            arguments,
            place: None,
            amount: None,
        })
    }

    /// Whom a variable often stands for: so facts of one case fit together.
    fn likely(&mut self, variable: VariableId) -> EntityId {
        let states = &self.words.states;
        if self.random.percent(65) {
            states[variable.index() % states.len()]
        } else {
            self.state()
        }
    }

    fn fact(&mut self) -> Fact {
        let relevant = self.random.percent(60).then(|| self.relevant()).flatten();
        let mut atom = relevant.unwrap_or_else(|| self.atom());
        if self.random.percent(40) {
            let state = self.random.percent(15);
            atom.place = Some(if state { self.state() } else { self.place() });
        }
        if self.random.percent(20) {
            atom.amount = Some(self.amount());
        }
        let first = self.day();
        let lasts = self.rulebook.predicate(atom.predicate).lasts;
        let mut to = if !lasts {
            Some(PartialDate::Day(first))
        } else if self.random.percent(70) {
            let length = self.random.below(self.length) as i32;
            Some(PartialDate::Day(first.plus_days(length)))
        } else {
            None
        };
        let mut from = PartialDate::Day(first);
        if self.random.percent(8) {
            from = MONTH;
        }
        if self.random.percent(8) && lasts {
            to = Some(MONTH);
        }
        let (mut asserted_by, mut denied_by) = (Vec::new(), Vec::new());
        if self.random.percent(25) {
            asserted_by.push(self.state());
            if self.random.percent(50) {
                denied_by.push(self.state());
                denied_by.retain(|who| !asserted_by.contains(who));
            }
        }
        let contested = !denied_by.is_empty() || self.random.percent(5);
        Fact {
            atom,
            negated: self.random.percent(8),
            from,
            to,
            asserted_by,
            denied_by,
            contested,
            label: None,
            source: None,
            span: self.words.span,
        }
    }

    /// Facts of record; only of those whom the scenario names, since others start nothing (M2).
    fn history(&mut self, scenario: &Scenario) {
        for _ in 0..self.random.below(3) {
            let mut fact = self.fact();
            fact.contested = false;
            fact.asserted_by.clear();
            fact.denied_by.clear();
            let named = |other: &Fact| other.atom.arguments[0] == fact.atom.arguments[0];
            if !scenario.facts.iter().any(named) {
                continue;
            }
            self.rulebook.history.push(fact);
        }
    }

    fn scenario(&mut self) -> Scenario {
        let number = self.random.between(1, 8);
        let facts = (0..number).map(|_| self.fact()).collect();
        let mut assumptions = Vec::new();
        if self.random.percent(15) {
            let atom = self.atom();
            assumptions.push((atom, self.random.percent(50)));
        }
        let treaties = self.random.percent(8).then(|| vec![self.treaty()]);
        Scenario {
            title: "random".into(),
            as_of: Some(START.plus_days(self.length as i32)),
            treaties,
            view: if self.random.percent(20) {
                View::Public
            } else if self.random.percent(20) {
                View::Of(self.actor())
            } else {
                View::Full
            },
            hypothetical: true,
            note: None,
            facts,
            assumptions,
            expectations: Vec::new(),
        }
    }

    fn assume(&mut self) -> Assume {
        match self.random.below(10) {
            0..=4 => Assume::None,
            5..=7 => Assume::All,
            _ => Assume::Only(vec![self.state()]),
        }
    }

    // Norms

    fn norms(&mut self) {
        for index in 0..self.rulebook.treaties.len() {
            let treaty = TreatyId(index as u32);
            for _ in 0..self.random.between(1, 5) {
                self.add(|this| this.any_norm(treaty));
            }
        }
        if self.random.percent(25) {
            self.add(|this| this.definition(None));
        }
    }

    /// Adds a norm, if nothing comes to depend on its own absence.
    fn add(&mut self, make: impl Fn(&mut Self) -> Norm) {
        for _ in 0..4 {
            let norm = make(self);
            if leaves_unsettled(&self.rulebook, &norm) {
                continue;
            }
            self.rulebook.norms.push(norm);
            if strata::order(&self.rulebook).is_some() {
                return;
            }
            self.rulebook.norms.pop();
        }
    }

    fn any_norm(&mut self, treaty: TreatyId) -> Norm {
        let opposed = self.random.percent(20).then(|| self.opposed(treaty));
        if let Some(norm) = opposed.flatten() {
            norm
        } else if self.random.percent(12) {
            self.definition(Some(treaty))
        } else if self.random.percent(70) {
            self.triggered(treaty)
        } else {
            self.standing(treaty)
        }
    }

    /// A norm that clashes with one that there is: with the same or fewer conditions, another modality, or for the other side.
    fn opposed(&mut self, treaty: TreatyId) -> Option<Norm> {
        let other = self.random.below(self.rulebook.norms.len().max(1));
        let mut norm = self.rulebook.norms.get(other)?.clone();
        let Head::Position(head) = &mut norm.head else {
            return None;
        };
        let words = &self.words;
        let assists = [words.assist, words.supply, words.defend].contains(&head.act.predicate);
        let parties = &norm.parties;
        let joint = head.group.is_some();
        match self.random.below(4) {
            0 if assists && !joint && head.act.terms[2] != Term::Any => head.act.terms.swap(1, 2),
            1 if assists => {
                head.act.predicate = self
                    .random
                    .pick(&[words.assist, words.supply, words.defend]);
                if head.act.predicate == words.supply {
                    head.act.terms[2] = Term::Any;
                }
            }
            2 if assists => {
                head.act.predicate = words.supply;
                head.act.terms[2] = Term::Any;
            }
            _ => {}
        }
        let bearer = head.act.terms[0];
        let bearer_bound = joint || parties.iter().any(|(term, _)| *term == bearer);
        if self.random.percent(75) {
            head.modality = match head.modality {
                Modality::Prohibition => Modality::Duty,
                _ => Modality::Prohibition,
            };
        }
        if self.random.percent(25) {
            head.prevails_over.push(Scope {
                treaty: norm.treaty,
                article: Some(norm.article),
                clause: None,
            });
        }
        norm.treaty = Some(treaty);
        norm.article = self.random.below(6) as u16;
        norm.dates = Days::ALWAYS;
        norm.layer = self.rulebook.treaty(treaty).layer;
        if let Some(Class::Party(of, _)) = &mut head.group {
            *of = treaty;
        }
        let same_act = conditions::free(&self.rulebook, &norm);
        let kept = same_act.iter().all(|variable| {
            norm.parties
                .iter()
                .any(|(term, _)| *term == Term::Variable(*variable))
        });
        (bearer_bound && (kept || !norm.triggered)).then_some(norm)
    }

    fn norm(&mut self, treaty: Option<TreatyId>, conditions: Vec<Condition>, head: Head) -> Norm {
        let dates = if self.random.percent(6) {
            self.span()
        } else {
            Days::ALWAYS
        };
        let layered = treaty.is_some() && !self.rulebook.layers.is_empty();
        let secret = treaty.is_some_and(|treaty| self.rulebook.treaty(treaty).layer.is_some());
        Norm {
            treaty,
            article: self.random.below(6) as u16,
            clause: self.random.percent(20).then(|| "1".to_owned()),
            variables: NAMES.iter().map(|name| (*name).to_owned()).collect(),
            triggered: true,
            when: 0,
            conditions,
            reserved: Vec::new(),
            parties: Vec::new(),
            head,
            dates,
            layer: (secret || layered && self.random.percent(25)).then_some(LayerId(0)),
            span: self.words.span,
        }
    }

    /// The trigger: binds A and P.
    fn trigger(&mut self, treaty: TreatyId) -> Condition {
        let (a, p) = (Term::Variable(A), Term::Variable(P));
        let words = &self.words;
        let (attack, use_force, assist) = (words.attack, words.use_force, words.assist);
        let (invade, at_war, threaten) = (words.invade, words.at_war, words.threaten);
        let forces = words.forces;
        match self.random.below(14) {
            0..=3 => {
                let mut attacks = pattern(attack, &[a, p]);
                attacks.place = self.place_test(&[A, P], 35);
                if self.random.percent(15) {
                    attacks.amount = Some(self.amount());
                }
                present(attacks)
            }
            4 => present(pattern(use_force, &[a, p])),
            5 => present(pattern(invade, &[a, p])),
            6 => present(pattern(at_war, &[a, p])),
            7 => present(pattern(threaten, &[a, p])),
            8 => present(pattern(attack, &[a, Term::Possession(forces, P)])),
            9 => present(pattern(assist, &[Term::Variable(X), p, a])),
            10 => Condition::Breach {
                bearer: a,
                under: self.scope(Some(treaty)),
                against: p,
                perfect: self.random.percent(30),
            },
            11 => Condition::Position {
                modality: self.random.pick(&[Modality::Duty, Modality::Permission]),
                bearer: a,
                under: self.scope(None),
                act: None,
                towards: p,
            },
            12 => Condition::Any(vec![
                present(pattern(attack, &[a, p])),
                present(pattern(at_war, &[a, p])),
            ]),
            _ => Condition::Sentence {
                pattern: pattern(attack, &[a, p]),
                tense: self.perfect(),
            },
        }
    }

    fn perfect(&mut self) -> Tense {
        Tense::Perfect(
            self.random
                .percent(60)
                .then(|| days(self.random.between(0, 6) as i32)),
        )
    }

    fn scope(&mut self, own: Option<TreatyId>) -> Scope {
        let known = self.random.below(self.rulebook.norms.len().max(1));
        if let Some(norm) = self.rulebook.norms.get(known)
            && norm.treaty.is_some()
            && self.random.percent(60)
        {
            return Scope {
                treaty: norm.treaty,
                article: Some(norm.article),
                clause: None,
            };
        }
        let treaty = match own {
            Some(own) if self.random.percent(60) => Some(own),
            _ if self.random.percent(10) => None,
            _ => Some(self.treaty()),
        };
        Scope {
            treaty,
            article: (treaty.is_some() && self.random.percent(70))
                .then(|| self.random.below(6) as u16),
            clause: None,
        }
    }

    fn place_test(&mut self, variables: &[VariableId], percent: usize) -> Option<PlaceTest> {
        if !self.random.percent(percent) {
            return None;
        }
        let spots = (0..self.random.between(1, 2))
            .map(|_| {
                let who = if variables.is_empty() || self.random.percent(50) {
                    Term::Entity(self.state())
                } else {
                    Term::Variable(self.random.pick(variables))
                };
                match self.random.below(6) {
                    0 | 1 => Spot::TerritoryOf(who),
                    2 => Spot::AdministeredBy(who),
                    3 => Spot::In(who),
                    _ => Spot::In(Term::Entity(self.anywhere())),
                }
            })
            .collect();
        Some(PlaceTest {
            outside: self.random.percent(20),
            spots,
        })
    }

    fn anywhere(&mut self) -> EntityId {
        let areas = self.words.areas.clone();
        if !areas.is_empty() && self.random.percent(50) {
            self.random.pick(&areas)
        } else {
            self.place()
        }
    }

    fn known(&mut self, bound: &[VariableId]) -> Term {
        if bound.is_empty() || self.random.percent(25) {
            Term::Entity(self.state())
        } else {
            Term::Variable(self.random.pick(bound))
        }
    }

    /// A literal about bound variables, and perhaps others that stay inside.
    fn literal(&mut self, bound: &[VariableId]) -> Condition {
        let (one, other) = (self.known(bound), self.known(bound));
        let fresh = Term::Variable(N);
        let words = &self.words;
        let binary = [
            words.attack,
            words.use_force,
            words.invade,
            words.at_war,
            words.threaten,
            words.aggressor,
            words.assist,
            words.supply,
        ];
        let status = words.great_power;
        let verb = self.random.pick(&binary);
        match self.random.below(18) {
            0 => present(pattern(status, &[one])),
            1..=3 => present(pattern(verb, &[one, other])),
            4 => not(present(pattern(verb, &[one, other]))),
            5 => not(present(pattern(verb, &[fresh, other]))),
            6 => Condition::Sentence {
                pattern: pattern(verb, &[one, other]),
                tense: self.perfect(),
            },
            7 => not(Condition::Sentence {
                pattern: pattern(verb, &[one, Term::Any]),
                tense: self.perfect(),
            }),
            8 => self.count(bound),
            9 => {
                let inner = self.literal(bound);
                Condition::Considers {
                    who: one,
                    what: Box::new(inner),
                }
            }
            10 => {
                let treaty = self.treaty();
                let in_force = Condition::InForce {
                    treaty: Term::Entity(self.rulebook.treaty(treaty).entity),
                    party: if self.random.percent(50) {
                        Term::Any
                    } else {
                        one
                    },
                };
                if self.random.percent(30) {
                    not(in_force)
                } else {
                    in_force
                }
            }
            11 if !self.rulebook.disputes.is_empty() => {
                let readings = self.rulebook.disputes[0].readings.len();
                Condition::Reading(DisputeId(0), self.random.below(readings) as u8)
            }
            12 => {
                let treaty = self.treaty();
                let role = self.random.percent(30).then(|| "guarantor".to_owned());
                let party = Condition::Is(one, Class::Party(treaty, role));
                if self.random.percent(40) {
                    not(party)
                } else {
                    party
                }
            }
            13 => {
                let (left, right) = (self.literal(bound), self.literal(bound));
                Condition::Any(vec![left, right])
            }
            14 => {
                let mut attacks = pattern(self.words.attack, &[one, Term::Any]);
                attacks.classes[1] = Some(self.class());
                attacks.place = self.place_test(bound, 30);
                present(attacks)
            }
            15 => self.obligation(one, other),
            16 => not(self.obligation(one, other)),
            _ => not(Condition::Same(one, other)),
        }
    }

    /// Somebody has broken an obligation, or bears one.
    fn obligation(&mut self, bearer: Term, other: Term) -> Condition {
        let other = if self.random.percent(50) {
            Term::Any
        } else {
            other
        };
        let under = self.scope(None);
        if self.random.percent(60) {
            return Condition::Breach {
                bearer,
                under,
                against: other,
                perfect: self.random.percent(70),
            };
        }
        let modality =
            self.random
                .pick(&[Modality::Duty, Modality::Permission, Modality::Prohibition]);
        let words = &self.words;
        let acts = [words.assist, words.supply, words.attack, words.use_force];
        let act = self.random.pick(&acts);
        let named = self.random.percent(40);
        Condition::Position {
            modality,
            bearer,
            under,
            act: named.then(|| pattern(act, &[bearer, other])),
            towards: if named { Term::Any } else { other },
        }
    }

    fn class(&mut self) -> Class {
        let treaty = self.treaty();
        let status = self.words.great_power;
        self.random.pick(&[
            Class::Actor,
            Class::State,
            Class::Party(treaty, None),
            Class::Status(status),
        ])
    }

    fn count(&mut self, bound: &[VariableId]) -> Condition {
        let class = self.class();
        let counted = Term::Variable(C);
        let other = self.known(bound);
        let verb = self
            .random
            .pick(&[self.words.attack, self.words.at_war, self.words.assist]);
        let body = match self.random.below(3) {
            0 => not(present(pattern(verb, &[counted, other]))),
            1 => present(pattern(verb, &[counted, Term::Any])),
            _ => present(pattern(verb, &[counted, other])),
        };
        let except = if self.random.percent(30) {
            let state = Term::Entity(self.state());
            let status = present(pattern(self.words.great_power, &[counted]));
            vec![self.random.pick(&[
                Condition::Same(counted, other),
                Condition::Same(counted, state),
                status,
            ])]
        } else {
            Vec::new()
        };
        Condition::Count {
            comparison: self.random.pick(&[
                Comparison::AtLeast,
                Comparison::AtMost,
                Comparison::FewerThan,
                Comparison::MoreThan,
            ]),
            threshold: if self.random.percent(50) {
                Threshold::Number(self.random.between(0, 3) as u32)
            } else {
                let lower = self.random.between(1, 3);
                Threshold::Fraction(self.random.between(1, lower) as u32, lower as u32)
            },
            counted: C,
            class,
            except,
            body: Box::new(body),
        }
    }

    fn extras(&mut self, conditions: &mut Vec<Condition>, bound: &[VariableId]) {
        for _ in 0..self.random.below(3) {
            let literal = self.literal(bound);
            conditions.push(literal);
        }
    }

    fn triggered(&mut self, treaty: TreatyId) -> Norm {
        let mut conditions = vec![self.trigger(treaty)];
        let mut parties = Vec::new();
        match self.random.below(4) {
            0 => conditions.push(Condition::Is(Term::Variable(P), Class::Party(treaty, None))),
            1 => parties.push((Term::Variable(P), None)),
            2 => conditions.push(Condition::Is(Term::Variable(A), Class::State)),
            _ => {}
        }
        self.extras(&mut conditions, &[A, P]);
        let group = self.random.percent(15);
        let bearer = if group {
            Term::Any
        } else if self.random.percent(10) {
            Term::Entity(self.state())
        } else if self.random.percent(10) {
            Term::Variable(P)
        } else {
            conditions.push(not(Condition::Same(Term::Variable(Q), Term::Variable(P))));
            Term::Variable(Q)
        };
        if !group {
            let role = self.random.percent(15).then(|| "guarantor".to_owned());
            parties.push((bearer, role));
        }
        let act = self.act(bearer, treaty);
        let mut head = self.position(treaty, act, &[A, P]);
        if group {
            head.mode = self.random.pick(&[Mode::Together, Mode::AnyOne]);
            let role = self.random.percent(30).then(|| "guarantor".to_owned());
            head.group = Some(Class::Party(treaty, role));
        }
        let whens = self.random.between(1, conditions.len());
        let mut norm = self.norm(Some(treaty), conditions, Head::Position(Box::new(head)));
        norm.when = whens;
        norm.parties = parties;
        norm
    }

    fn act(&mut self, bearer: Term, treaty: TreatyId) -> Pattern {
        let (a, p) = (Term::Variable(A), Term::Variable(P));
        let words = &self.words;
        let mut act = match self.random.below(10) {
            0..=2 => pattern(words.assist, &[bearer, p, a]),
            3 => pattern(words.assist, &[bearer, a, p]),
            4 => pattern(words.supply, &[bearer, p]),
            5 => pattern(words.use_force, &[bearer, a]),
            6 => pattern(words.attack, &[bearer, a]),
            7 => pattern(words.consult, &[bearer, p]),
            8 => pattern(words.defend, &[bearer, p, a]),
            _ => pattern(words.mobilise, &[bearer]),
        };
        if self.random.percent(8) && act.predicate == self.words.supply {
            act.terms[1] = Term::Any;
            act.classes[1] = Some(if self.random.percent(50) {
                Class::State
            } else {
                Class::Party(treaty, None)
            });
        }
        act.place = self.place_test(&[A, P], 8);
        act
    }

    fn position(&mut self, treaty: TreatyId, act: Pattern, bound: &[VariableId]) -> PositionHead {
        let modality = self.random.pick(&[
            Modality::Duty,
            Modality::Duty,
            Modality::Duty,
            Modality::Prohibition,
            Modality::Permission,
            Modality::Power,
        ]);
        let deadline = match self.random.below(10) {
            0..=2 => Some(Deadline::Within(days(self.random.between(0, 6) as i32))),
            3 => Some(Deadline::By(self.day())),
            _ => None,
        };
        let until = self.random.percent(20).then(|| self.literal(bound));
        let before = self.random.percent(12).then(|| self.literal(bound));
        let scope = |this: &mut Self, percent| {
            let wanted = this.random.percent(percent);
            wanted.then(|| this.scope(Some(treaty)))
        };
        PositionHead {
            modality,
            mode: Mode::Each,
            group: None,
            act,
            means: Vec::new(),
            amount: self.random.percent(10).then(|| self.amount()),
            own_choice: self.random.percent(15),
            immediately: false,
            manners: Vec::new(),
            in_accordance: Vec::new(),
            deadline,
            until,
            before,
            outlives: self.random.percent(8),
            lapses_on_breach: self.random.percent(12),
            prevails_over: scope(self, 15).into_iter().collect(),
            subject_to: scope(self, 15).into_iter().collect(),
        }
    }

    fn standing(&mut self, treaty: TreatyId) -> Norm {
        let (q, x) = (Term::Variable(Q), Term::Variable(X));
        let words = &self.words;
        let verbs = [
            words.attack,
            words.use_force,
            words.assist,
            words.supply,
            words.defend,
            words.mobilise,
        ];
        let verb = self.random.pick(&verbs);
        let roles = self.rulebook.predicate(verb).roles.len();
        let mut act = pattern(verb, &[q]);
        let mut conditions = Vec::new();
        let mut parties = vec![(q, None)];
        let mut bound = vec![Q];
        if roles > 0 {
            match self.random.below(5) {
                0 => {
                    parties.push((x, None));
                    act.terms[1] = x;
                }
                1 => {
                    conditions.push(Condition::Is(x, Class::Party(treaty, None)));
                    act.terms[1] = x;
                    bound.push(X);
                }
                2 => act.terms[1] = Term::Entity(self.state()),
                3 => {
                    conditions.push(Condition::Is(x, Class::State));
                    act.terms[1] = x;
                }
                _ => act.classes[1] = self.random.percent(50).then_some(Class::State),
            }
        }
        act.place = self.place_test(&[], 10);
        bound.retain(|variable| *variable != Q);
        self.extras(&mut conditions, &bound);
        let mut head = self.position(treaty, act, &[]);
        if self.random.percent(60) {
            head.modality = Modality::Prohibition;
        }
        if self.random.percent(12) {
            head.act.terms[0] = Term::Any;
            head.mode = self.random.pick(&[Mode::Together, Mode::AnyOne]);
            let role = self.random.percent(30).then(|| "guarantor".to_owned());
            head.group = Some(Class::Party(treaty, role));
            parties.remove(0);
        }
        let mut norm = self.norm(Some(treaty), conditions, Head::Position(Box::new(head)));
        norm.triggered = false;
        norm.parties = parties;
        norm
    }

    fn definition(&mut self, treaty: Option<TreatyId>) -> Norm {
        let (a, p) = (Term::Variable(A), Term::Variable(P));
        let words = &self.words;
        let (use_force, at_war, attack) = (words.use_force, words.at_war, words.attack);
        let (aggressor, threaten, forces) = (words.aggressor, words.threaten, words.forces);
        let (assist, great_power) = (words.assist, words.great_power);
        let body = match self.random.below(5) {
            0 => pattern(attack, &[a, Term::Possession(forces, P)]),
            1 => pattern(use_force, &[a, p]),
            2 => pattern(at_war, &[a, p]),
            3 => pattern(threaten, &[a, p]),
            _ => pattern(assist, &[a, p]),
        };
        let mut head = match self.random.below(7) {
            0 | 1 => pattern(attack, &[a, p]),
            2 => pattern(at_war, &[a, p]),
            3 => pattern(aggressor, &[a, p]),
            4 => pattern(assist, &[a, p]),
            5 => pattern(threaten, &[a, p]),
            _ => pattern(great_power, &[a]),
        };
        head.place = self.place_test(&[A, P], 10);
        let mut conditions = vec![present(body)];
        self.extras(&mut conditions, &[A, P]);
        let norm = self.norm(treaty, conditions, Head::Deem(head));
        debug_assert!(conditions::free(&self.rulebook, &norm).is_empty());
        norm
    }
}

/// Whom a variable stands for that is told by an open sentence and otherwise only by a place, or by an alternative that says who
/// considers something, the manual does not settle.
fn leaves_unsettled(rulebook: &Rulebook, norm: &Norm) -> bool {
    let (mut open, mut vague) = (false, false);
    for condition in &norm.conditions {
        super::walk(condition, &mut |part| match part {
            Condition::Sentence { pattern, .. } => {
                open |= rulebook.predicate(pattern.predicate).open;
                vague |= says_only_where(pattern);
            }
            Condition::Any(parts) => {
                let considers = |part: &Condition| match part {
                    Condition::Considers { who, .. } => matches!(who, Term::Variable(_)),
                    _ => false,
                };
                vague |= parts.iter().any(considers);
            }
            _ => {}
        });
    }
    open && vague
}

/// Whether a sentence names a variable only to say where.
fn says_only_where(pattern: &Pattern) -> bool {
    let spots = pattern.place.iter().flat_map(|place| &place.spots);
    let mut terms = spots.map(|spot| match spot {
        Spot::In(term) | Spot::TerritoryOf(term) | Spot::AdministeredBy(term) => term,
    });
    terms.any(|term| matches!(term, Term::Variable(_)) && !pattern.terms.contains(term))
}
