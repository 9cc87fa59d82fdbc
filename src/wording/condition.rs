//! Conditions in words, with the variables replaced by whom they stand for.

use super::Bound;
use super::name::{amount_text, class_noun, modality, modality_noun, scope, with_article};
use super::question::reading;
use super::sentence::{Form, clause, own_name};
use crate::model::condition::{Condition, Scope, Tense};
use crate::model::ids::{EntityId, VariableId};
use crate::model::norm::Modality;
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, PlaceTest, Spot, Term};
use crate::model::vocabulary::SLOTS;

/// A condition in words.
pub fn condition(
    rulebook: &Rulebook,
    of: &Condition,
    binding: Bound,
    variables: &[String],
) -> String {
    Speaker::new(rulebook, binding, variables).condition(of)
}

/// The contrary of a condition in words.
pub fn negated(
    rulebook: &Rulebook,
    of: &Condition,
    binding: Bound,
    variables: &[String],
) -> String {
    Speaker::new(rulebook, binding, variables).negated(of)
}

/// Says conditions of one norm, for one binding.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    pub(super) rulebook: &'a Rulebook,
    binding: Bound<'a>,
    variables: &'a [String],
    /// The variable for which there is nobody, while that is said.
    nobody: Option<VariableId>,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(rulebook: &'a Rulebook, binding: Bound<'a>, variables: &'a [String]) -> Self {
        Self {
            rulebook,
            binding,
            variables,
            nobody: None,
        }
    }

    pub(super) fn condition(self, of: &Condition) -> String {
        match of {
            Condition::Sentence { pattern, tense } => self.sentence(pattern, *tense),
            Condition::Is(one, class) => {
                let noun = with_article(&class_noun(self.rulebook, class));
                format!("{} is {noun}", self.who(*one))
            }
            Condition::Same(a, b) => format!("{} is {}", self.who(*a), self.who(*b)),
            Condition::InForce { treaty, party } => {
                format!(
                    "{} is in-force{}",
                    self.who(*treaty),
                    self.after(" for", *party)
                )
            }
            Condition::Position {
                modality,
                bearer,
                under,
                act,
                towards,
            } => self.position(*modality, *bearer, under, act.as_ref(), *towards),
            Condition::Breach {
                bearer,
                under,
                against,
                perfect,
            } => {
                let verb = if *perfect { "has breached" } else { "breaches" };
                let under = scope(self.rulebook, under);
                let against = self.after(" against", *against);
                format!("{} {verb} {under}{against}", self.who(*bearer))
            }
            Condition::Considers { who, what } => {
                format!("{} considers that {}", self.who(*who), self.condition(what))
            }
            Condition::Count {
                comparison,
                threshold,
                counted,
                class,
                except,
                body,
            } => self.open(*counted, |open| {
                let who = open.counted(*comparison, *threshold, class, except);
                format!("{who} {}", open.done_by_many(body))
            }),
            Condition::Reading(dispute, number) => reading(self.rulebook, *dispute, *number),
            Condition::Layer(_) => "the secret text counts".to_owned(),
            Condition::Not(inner) => match self.nobody_in(inner) {
                Some(name) => format!("there is no {name} such that {}", self.condition(inner)),
                None => self.negated(inner),
            },
            Condition::All(parts) => self.each(&telling(parts), Self::condition).join(" and "),
            Condition::Any(parts) => {
                let parts: Vec<&Condition> = parts.iter().collect();
                format!("either {}", self.each(&parts, Self::condition).join(" or "))
            }
        }
    }

    /// The contrary of a condition.
    pub(super) fn negated(self, of: &Condition) -> String {
        match of {
            Condition::Sentence { pattern, tense } => {
                if let Some(nobody) = self.missing(pattern) {
                    let nobody = Some(nobody);
                    return Self { nobody, ..self }.sentence(pattern, *tense);
                }
                let form = match tense {
                    Tense::Present => Form::PresentNot,
                    Tense::Perfect(_) => Form::PerfectNot,
                };
                self.pattern(pattern, form)
            }
            Condition::Is(one, class) => {
                let noun = with_article(&class_noun(self.rulebook, class));
                format!("{} is not {noun}", self.who(*one))
            }
            Condition::Same(a, b) => format!("{} is not {}", self.who(*a), self.who(*b)),
            Condition::Not(inner) => self.condition(inner),
            Condition::Any(parts) => {
                let parts: Vec<&Condition> = parts.iter().collect();
                self.each(&parts, Self::negated).join(" and ")
            }
            Condition::All(parts) => match self.each(&telling(parts), Self::negated).as_slice() {
                [one] => one.clone(),
                all => format!("either {}", all.join(" or ")),
            },
            Condition::Count {
                comparison,
                threshold,
                counted,
                class,
                except,
                body,
            } => self.open(*counted, |open| {
                let who = open.not_counted(*comparison, *threshold, class, except);
                format!("{who} {}", open.done_by_many(body))
            }),
            other => format!("it is not so that {}", self.condition(other)),
        }
    }

    fn sentence(self, pattern: &Pattern, tense: Tense) -> String {
        match tense {
            Tense::Present => self.pattern(pattern, Form::Present),
            Tense::Perfect(window) => {
                let within = window.map_or_else(String::new, |period| format!(" within {period}"));
                self.pattern(pattern, Form::Perfect) + &within
            }
        }
    }

    fn position(
        self,
        kind: Modality,
        bearer: Term,
        under: &Scope,
        act: Option<&Pattern>,
        towards: Term,
    ) -> String {
        let what = match act {
            Some(act) => format!("{} {}", modality(kind), self.pattern(act, Form::Base)),
            None => format!("owes a {}", modality_noun(kind)),
        };
        let under = scope(self.rulebook, under);
        let towards = self.after(" towards", towards);
        format!("{} {what} under {under}{towards}", self.who(bearer))
    }

    pub(super) fn pattern(self, pattern: &Pattern, form: Form) -> String {
        let name = |slot: usize| {
            let class = pattern.classes[slot]
                .as_ref()
                .map(|class| format!("any {}", class_noun(self.rulebook, class)));
            self.term(pattern.terms[slot]).or(class)
        };
        let names: Vec<Option<String>> = (0..SLOTS).map(name).collect();
        let mut text = clause(self.rulebook, pattern.predicate, &names, form);
        if let Some(place) = &pattern.place {
            text.push_str(&self.place_test(place));
        }
        if let Some(amount) = &pattern.amount {
            let least = if amount.exact { "" } else { "at least " };
            text.push_str(&format!(" with {least}{}", amount_text(amount)));
        }
        text
    }

    /// ` in kursk-oblast or territory of russia`
    pub(super) fn place_test(self, test: &PlaceTest) -> String {
        let name = |one: Term| self.term(one).unwrap_or_else(|| "any place".to_owned());
        let spots: Vec<String> = test
            .spots
            .iter()
            .map(|spot| match spot {
                Spot::In(one) => own_name(&name(*one)),
                Spot::TerritoryOf(one) => format!("territory of {}", name(*one)),
                Spot::AdministeredBy(one) => format!("territory administered by {}", name(*one)),
            })
            .collect();
        let preposition = if test.outside { "outside" } else { "in" };
        format!(" {preposition} {}", spots.join(" or "))
    }

    pub(super) fn term(self, term: Term) -> Option<String> {
        match term {
            Term::Entity(entity) => Some(self.rulebook.name(entity)),
            Term::Variable(id) => Some(self.variable(id)),
            Term::Possession(word, id) => {
                let word = self.rulebook.possessions.get(word.index());
                let word = word.map_or("?", |word| word.name.as_str());
                Some(format!("{word} of {}", self.variable(id)))
            }
            Term::Any => None,
        }
    }

    fn variable(self, id: VariableId) -> String {
        if let Some(entity) = self.bound(id) {
            return self.rulebook.name(entity);
        }
        let name = self.variables.get(id.index());
        let name = name.filter(|name| !name.starts_with('_'));
        match (self.nobody, name) {
            (Some(nobody), Some(name)) if nobody == id => format!("no {name}"),
            (Some(nobody), None) if nobody == id => "nobody".to_owned(),
            (Some(_), Some(name)) => format!("any {name}"),
            (None, Some(name)) => name.clone(),
            (_, None) => "anyone".to_owned(),
        }
    }

    /// The first variable of a sentence for which the case that is told has nobody.
    fn missing(self, pattern: &Pattern) -> Option<VariableId> {
        let tells_a_case = self.binding.iter().any(Option::is_some);
        let mut open = pattern.terms.iter().filter_map(|term| match term {
            Term::Variable(id) if self.bound(*id).is_none() => Some(*id),
            _ => None,
        });
        open.next().filter(|_| tells_a_case)
    }

    fn bound(self, id: VariableId) -> Option<EntityId> {
        self.binding.get(id.index()).copied().flatten()
    }

    fn who(self, term: Term) -> String {
        self.term(term).unwrap_or_else(|| "somebody".to_owned())
    }

    /// A preposition and whom it introduces, if anybody.
    fn after(self, preposition: &str, term: Term) -> String {
        self.term(term)
            .map_or_else(String::new, |name| format!("{preposition} {name}"))
    }

    fn each(self, parts: &[&Condition], say: impl Fn(Self, &Condition) -> String) -> Vec<String> {
        parts.iter().map(|part| say(self, part)).collect()
    }

    /// Says something with one variable left open.
    fn open(self, variable: VariableId, say: impl FnOnce(Speaker<'_>) -> String) -> String {
        let mut binding = self.binding.to_vec();
        if let Some(slot) = binding.get_mut(variable.index()) {
            *slot = None;
        }
        say(Speaker {
            binding: &binding,
            ..self
        })
    }

    /// The variable that stays inside a negated conjunction: `unless P is aggressor against a state B and A assists B`. Where one
    /// sentence tells all, it says of nobody what it says.
    fn nobody_in(self, of: &Condition) -> Option<&'a str> {
        let Condition::All(parts) = of else {
            return None;
        };
        if telling(parts).len() < 2 && self.binding.iter().any(Option::is_some) {
            return None;
        }
        let terms = parts.iter().filter_map(|part| match part {
            Condition::Sentence { pattern, .. } => Some(pattern.terms),
            _ => None,
        });
        let mut open = terms.flatten().filter_map(|term| match term {
            Term::Variable(id) if self.bound(id).is_none() => self.variables.get(id.index()),
            _ => None,
        });
        open.find(|name| !name.starts_with('_')).map(String::as_str)
    }
}

/// The parts of a conjunction that tell something: without those that only say who a variable may be.
fn telling(parts: &[Condition]) -> Vec<&Condition> {
    let told: Vec<&Condition> = parts
        .iter()
        .filter(|part| !part.is_housekeeping())
        .collect();
    if told.is_empty() {
        parts.iter().collect()
    } else {
        told
    }
}
