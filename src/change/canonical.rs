//! What a norm means as one text: names for numbers, variables by where they stand, conditions in no order.

use super::term::{ALL, ANY, Node};
use crate::calendar::Days;
use crate::model::condition::{Class, Comparison, Condition, Tense, Threshold};
use crate::model::ids::LayerId;
use crate::model::norm::{Deadline, Head, Norm, PositionHead};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Amount, Pattern, PlaceTest, Spot, Term};
use crate::model::vocabulary::{PredicateKind, Word};
use crate::wording;

/// The canonical text of a norm. Norms with the same text mean the same in rulebooks that declare the same words.
pub fn norm(book: &Rulebook, norm: &Norm) -> String {
    placed(book, norm, wording::citation(book, norm))
}

/// The same wherever the norm stands: it may get another number and mean what it meant.
pub fn anywhere(book: &Rulebook, norm: &Norm) -> String {
    placed(book, norm, String::new())
}

fn placed(book: &Rulebook, norm: &Norm, place: String) -> String {
    let writer = Writer { book };
    let conditions = norm.conditions.iter();
    let conditions = conditions.map(|condition| writer.condition(condition));
    let parties = norm.parties.iter().map(|(term, role)| {
        let role = role.as_deref().unwrap_or("party");
        Node::List(format!("bound as {role}"), vec![writer.term(*term)])
    });
    let head = match &norm.head {
        Head::Deem(pattern) => Node::List("deem".to_owned(), vec![writer.pattern(pattern)]),
        Head::Position(head) => writer.position(head),
    };
    let started = if norm.triggered { "when" } else { "standing" };
    Node::List(
        started.to_owned(),
        vec![
            Node::word(place),
            Node::word(days(norm.dates)),
            Node::word(norm.layer.map_or_else(String::new, |id| writer.layer(id))),
            head,
            Node::Set("bound".to_owned(), parties.collect()),
            Node::Set(ALL.to_owned(), conditions.collect()),
        ],
    )
    .canonical()
}

/// The canonical text of a condition that stands alone, such as that of an entry into force.
pub fn condition(book: &Rulebook, condition: &Condition) -> String {
    Writer { book }.condition(condition).canonical()
}

fn days(days: Days) -> String {
    format!("{} to {}", days.first, days.last)
}

struct Writer<'a> {
    book: &'a Rulebook,
}

impl Writer<'_> {
    fn layer(&self, id: LayerId) -> String {
        let Some(layer) = self.book.layers.get(id.index()) else {
            return "a secret layer".to_owned();
        };
        let mut names: Vec<String> = layer
            .known_to
            .iter()
            .map(|id| self.book.name(*id))
            .collect();
        names.sort();
        let until = layer.until.map_or_else(String::new, |day| day.to_string());
        format!("secret until {until} known to {}", names.join(", "))
    }

    fn term(&self, term: Term) -> Node {
        match term {
            Term::Entity(id) => Node::word(self.book.name(id)),
            Term::Variable(id) => Node::Variable(id.0),
            Term::Possession(word, id) => {
                let word = name_of(&self.book.possessions, word.index());
                Node::List(format!("{word} of"), vec![Node::Variable(id.0)])
            }
            Term::Any => Node::word("_"),
        }
    }

    fn class(&self, class: &Class) -> Node {
        Node::word(wording::class_noun(self.book, class))
    }

    fn pattern(&self, pattern: &Pattern) -> Node {
        let declared = self.book.predicate(pattern.predicate);
        let mut slots: Vec<Node> = (0..=declared.roles.len().min(pattern.terms.len() - 1))
            .map(|at| self.slot(pattern, at))
            .collect();
        // Who comes first in a symmetric sentence says nothing.
        if declared.symmetric && slots.len() > 1 {
            let rest = slots.split_off(2);
            slots = vec![Node::Set("both".to_owned(), slots)];
            slots.extend(rest);
        }
        slots.extend(pattern.place.as_ref().map(|place| self.place(place)));
        slots.extend(pattern.amount.as_ref().map(amount));
        Node::List(self.predicate(pattern), slots)
    }

    fn predicate(&self, pattern: &Pattern) -> String {
        match &self.book.predicate(pattern.predicate).kind {
            PredicateKind::Verb { base, .. } => base.clone(),
            PredicateKind::Refusal { of } => {
                let verb = &self.book.predicate(*of).kind;
                match verb {
                    PredicateKind::Verb { base, .. } => format!("refuse to {base}"),
                    _ => "refuse".to_owned(),
                }
            }
            PredicateKind::Status { name } => format!("is {name}"),
        }
    }

    fn slot(&self, pattern: &Pattern, at: usize) -> Node {
        match (pattern.terms[at], &pattern.classes[at]) {
            (Term::Any, Some(class)) => Node::List("any".to_owned(), vec![self.class(class)]),
            (term, _) => self.term(term),
        }
    }

    fn place(&self, test: &PlaceTest) -> Node {
        let spot = |spot: &Spot| match spot {
            Spot::In(term) => self.term(*term),
            Spot::TerritoryOf(term) => {
                Node::List("territory of".to_owned(), vec![self.term(*term)])
            }
            Spot::AdministeredBy(term) => {
                Node::List("administered by".to_owned(), vec![self.term(*term)])
            }
        };
        let word = if test.outside { "outside" } else { "in" };
        Node::Set(word.to_owned(), test.spots.iter().map(spot).collect())
    }

    fn condition(&self, condition: &Condition) -> Node {
        let list = |label: &str, parts: Vec<Node>| Node::List(label.to_owned(), parts);
        let all = |label: &str, parts: &[Condition]| {
            let parts = parts.iter().map(|part| self.condition(part)).collect();
            Node::Set(label.to_owned(), parts)
        };
        match condition {
            Condition::Sentence { pattern, tense } => match tense {
                Tense::Present => self.pattern(pattern),
                Tense::Perfect(None) => list("has", vec![self.pattern(pattern)]),
                Tense::Perfect(Some(period)) => {
                    list(&format!("has within {period}"), vec![self.pattern(pattern)])
                }
            },
            Condition::Is(term, class) => list("is a", vec![self.term(*term), self.class(class)]),
            Condition::Same(one, other) => {
                Node::Set("same".to_owned(), vec![self.term(*one), self.term(*other)])
            }
            Condition::InForce { treaty, party } => {
                list("in force", vec![self.term(*treaty), self.term(*party)])
            }
            Condition::Position { .. } | Condition::Breach { .. } => self.about_position(condition),
            Condition::Considers { who, what } => {
                list("considers", vec![self.term(*who), self.condition(what)])
            }
            Condition::Count { .. } => self.count(condition),
            Condition::Reading(dispute, at) => {
                let dispute = self.book.disputes.get(dispute.index());
                let reading = dispute.and_then(|dispute| dispute.readings.get(usize::from(*at)));
                let names = dispute.zip(reading).map(|(dispute, reading)| {
                    let treaty = &self.book.treaty(dispute.treaty).name;
                    format!("on {treaty} {} {}", dispute.name, reading.name)
                });
                Node::word(names.unwrap_or_default())
            }
            Condition::Layer(id) => Node::word(self.layer(*id)),
            Condition::Not(inner) => Node::Not(Box::new(self.condition(inner))),
            Condition::All(parts) => all(ALL, parts),
            Condition::Any(parts) => all(ANY, parts),
        }
    }

    fn about_position(&self, condition: &Condition) -> Node {
        match condition {
            Condition::Position {
                modality,
                bearer,
                under,
                act,
                towards,
            } => Node::List(
                format!("{modality:?} under {}", wording::scope(self.book, under)),
                vec![
                    self.term(*bearer),
                    act.as_ref()
                        .map_or(Node::word("anything"), |act| self.pattern(act)),
                    self.term(*towards),
                ],
            ),
            Condition::Breach {
                bearer,
                under,
                against,
                perfect,
            } => Node::List(
                format!(
                    "{} {}",
                    if *perfect { "has breached" } else { "breaches" },
                    wording::scope(self.book, under)
                ),
                vec![self.term(*bearer), self.term(*against)],
            ),
            _ => Node::word(""),
        }
    }

    fn count(&self, condition: &Condition) -> Node {
        let Condition::Count {
            comparison,
            threshold,
            counted,
            class,
            except,
            body,
        } = condition
        else {
            return Node::word("");
        };
        let except = except.iter().map(|one| self.condition(one)).collect();
        Node::List(
            compared(*comparison, *threshold),
            vec![
                self.class(class),
                Node::Variable(counted.0),
                Node::Set(ANY.to_owned(), except),
                self.condition(body),
            ],
        )
    }

    fn position(&self, head: &PositionHead) -> Node {
        let words = |all: &[Word], chosen: &[usize]| {
            let chosen = chosen.iter().map(|at| Node::word(name_of(all, *at)));
            Node::Set("with".to_owned(), chosen.collect())
        };
        let scopes = |label: &str, scopes: &[crate::model::condition::Scope]| {
            let scopes = scopes.iter();
            let scopes = scopes.map(|scope| Node::word(wording::scope(self.book, scope)));
            Node::Set(label.to_owned(), scopes.collect())
        };
        // Each part by name, so that a new one cannot be left out.
        let PositionHead {
            modality,
            mode,
            group,
            act,
            means,
            amount: quantity,
            own_choice,
            immediately,
            manners,
            in_accordance,
            deadline: due,
            until,
            before,
            outlives,
            lapses_on_breach,
            prevails_over,
            subject_to,
        } = head;
        let flags = format!(
            "own choice {own_choice} immediately {immediately} lapses {lapses_on_breach} outlives {outlives}"
        );
        let nothing = || Node::word("");
        let end = |condition: &Option<_>| {
            let node = condition
                .as_ref()
                .map(|condition| self.condition(condition));
            node.unwrap_or_else(nothing)
        };
        Node::List(
            format!("{modality:?} {mode:?}"),
            vec![
                group
                    .as_ref()
                    .map_or_else(nothing, |class| self.class(class)),
                self.pattern(act),
                words(&self.book.means, means),
                words(&self.book.manners, manners),
                quantity.as_ref().map_or_else(nothing, amount),
                Node::word(flags),
                Node::Set(
                    "in accordance".to_owned(),
                    in_accordance.iter().map(Node::word).collect(),
                ),
                Node::word(due.map_or_else(String::new, deadline)),
                end(until),
                end(before),
                scopes("prevails over", prevails_over),
                scopes("subject to", subject_to),
            ],
        )
    }
}

fn name_of(words: &[Word], at: usize) -> String {
    words
        .get(at)
        .map_or("?", |word| word.name.as_str())
        .to_owned()
}

fn amount(amount: &Amount) -> Node {
    let Amount {
        exact,
        number,
        unit,
    } = amount;
    Node::word(format!(
        "{}{number} {unit}",
        if *exact { "exactly " } else { "" }
    ))
}

fn deadline(deadline: Deadline) -> String {
    match deadline {
        Deadline::Within(period) => format!("within {period}"),
        Deadline::By(day) => format!("by {day}"),
    }
}

/// `fewer than 3` is `at most 2`.
fn compared(comparison: Comparison, threshold: Threshold) -> String {
    match (comparison, threshold) {
        (Comparison::FewerThan, Threshold::Number(n)) if n > 0 => format!("at most {}", n - 1),
        (Comparison::AtMost, Threshold::Number(n)) => format!("at most {n}"),
        (Comparison::MoreThan, Threshold::Number(n)) => {
            format!("at least {}", u64::from(n) + 1)
        }
        (Comparison::AtLeast, Threshold::Number(n)) => format!("at least {n}"),
        (comparison, threshold) => format!("{comparison:?} {threshold:?}"),
    }
}
