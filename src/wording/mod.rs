//! Model things in the words of the language: facts, positions, conditions and questions as sentences.

mod verdict;

pub use verdict::{status_words, verdict_words};

use crate::model::condition::{Class, Comparison, Condition, Scope, Tense, Threshold};
use crate::model::fact::Fact;
use crate::model::ids::{EntityId, PredicateId};
use crate::model::norm::{Deadline, Head, Modality, Mode, Norm, PositionHead};
use crate::model::question::{Question, Where};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Amount, Atom, Pattern, PlaceTest, Spot, Term};
use crate::model::vocabulary::{PredicateKind, SLOTS};

/// Whom the variables of a norm stand for; a variable that is not bound is printed by its name.
pub type Bound<'b> = &'b [Option<EntityId>];

/// The form of a verb.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `attacks`
    Present,
    /// `does not attack`
    PresentNot,
    /// `has attacked`
    Perfect,
    /// `has not attacked`
    PerfectNot,
    /// `attack`
    Base,
}

/// A sentence without variables: `ukraine attacks russia in kursk-oblast`.
pub fn atom(rulebook: &Rulebook, atom: &Atom) -> String {
    sentence(rulebook, atom, Form::Present)
}

/// The same in the perfect where the act is done at a moment: `france has provoked germany`.
pub fn atom_so_far(rulebook: &Rulebook, atom: &Atom) -> String {
    let lasts = rulebook.predicate(atom.predicate).lasts;
    sentence(
        rulebook,
        atom,
        if lasts { Form::Present } else { Form::Perfect },
    )
}

/// The contrary of a sentence.
pub fn atom_denied(rulebook: &Rulebook, atom: &Atom) -> String {
    let lasts = rulebook.predicate(atom.predicate).lasts;
    sentence(
        rulebook,
        atom,
        if lasts {
            Form::PresentNot
        } else {
            Form::PerfectNot
        },
    )
}

fn sentence(rulebook: &Rulebook, atom: &Atom, form: Form) -> String {
    let names: Vec<Option<String>> = atom
        .arguments
        .iter()
        .map(|argument| argument.map(|id| rulebook.name(id)))
        .collect();
    let mut text = clause(rulebook, atom.predicate, &names, form);
    if let Some(place) = atom.place {
        text.push_str(&format!(" in {}", place_name(rulebook, place)));
    }
    if let Some(amount) = &atom.amount {
        text.push_str(&format!(" with {}", amount_text(amount)));
    }
    text
}

/// A fact as stated, negation included.
pub fn fact(rulebook: &Rulebook, fact: &Fact) -> String {
    if fact.negated {
        sentence(rulebook, &fact.atom, Form::PresentNot)
    } else {
        atom(rulebook, &fact.atom)
    }
}

/// An area is known to readers by its own name, not with that of its treaty.
fn place_name(rulebook: &Rulebook, place: EntityId) -> String {
    let name = rulebook.name(place);
    name.rsplit('/')
        .next()
        .map_or_else(|| name.clone(), str::to_owned)
}

fn clause(
    rulebook: &Rulebook,
    predicate: PredicateId,
    names: &[Option<String>],
    form: Form,
) -> String {
    let subject = names[0].clone().unwrap_or_else(|| "somebody".to_owned());
    let mut text = if form == Form::Base {
        verb(rulebook, predicate, form)
    } else {
        format!("{subject} {}", verb(rulebook, predicate, form))
    };
    for (role, name) in rulebook.predicate(predicate).roles.iter().zip(&names[1..]) {
        match (role.as_str(), name) {
            (_, None) => {}
            ("object", Some(name)) => text.push_str(&format!(" {name}")),
            (preposition, Some(name)) => text.push_str(&format!(" {preposition} {name}")),
        }
    }
    text
}

fn verb(rulebook: &Rulebook, predicate: PredicateId, form: Form) -> String {
    match (&rulebook.predicate(predicate).kind, form) {
        (PredicateKind::Verb { third, .. }, Form::Present) => third.clone(),
        (PredicateKind::Verb { base, .. }, Form::PresentNot) => format!("does not {base}"),
        (PredicateKind::Verb { past, .. }, Form::Perfect) => format!("has {past}"),
        (PredicateKind::Verb { past, .. }, Form::PerfectNot) => format!("has not {past}"),
        (PredicateKind::Verb { base, .. }, Form::Base) => base.clone(),
        (PredicateKind::Refusal { of }, Form::PresentNot | Form::PerfectNot) => {
            format!("does not refuse to {}", verb(rulebook, *of, Form::Base))
        }
        (PredicateKind::Refusal { of }, Form::Base) => {
            format!("refuse to {}", verb(rulebook, *of, Form::Base))
        }
        (PredicateKind::Refusal { of }, _) => {
            format!("refuses to {}", verb(rulebook, *of, Form::Base))
        }
        (PredicateKind::Status { name }, Form::PresentNot | Form::PerfectNot) => {
            format!("is not {name}")
        }
        (PredicateKind::Status { name }, _) => format!("is {name}"),
    }
}

/// `shall`, `shall not`, `may`, `has power to`
pub fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty => "shall",
        Modality::Prohibition => "shall not",
        Modality::Permission => "may",
        Modality::Power => "has power to",
    }
}

/// `duty`, `prohibition`, `permission`, `power`
pub fn modality_noun(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty => "duty",
        Modality::Prohibition => "prohibition",
        Modality::Permission => "permission",
        Modality::Power => "power",
    }
}

/// A position: `dprk shall assist russia against ukraine`.
pub fn position(
    rulebook: &Rulebook,
    norm: &Norm,
    arguments: &[Option<EntityId>; SLOTS],
    binding: Bound,
) -> String {
    let Head::Position(head) = &norm.head else {
        return String::new();
    };
    let bearer = arguments[0].map_or_else(|| group(rulebook, norm, head), |id| rulebook.name(id));
    format!(
        "{bearer} {} {}",
        modality(head.modality),
        act(rulebook, head, arguments, binding)
    )
}

/// What a position asks for: `assist russia against ukraine`.
pub fn act(
    rulebook: &Rulebook,
    head: &PositionHead,
    arguments: &[Option<EntityId>; SLOTS],
    binding: Bound,
) -> String {
    let name = |slot: usize| {
        let class = head.act.classes[slot]
            .as_ref()
            .map(|class| format!("any {}", class_noun(rulebook, class)));
        arguments[slot].map(|id| rulebook.name(id)).or(class)
    };
    let names: Vec<Option<String>> = (0..SLOTS).map(name).collect();
    let mut text = clause(rulebook, head.act.predicate, &names, Form::Base);
    if let Some(place) = &head.act.place {
        text.push_str(&place_test(rulebook, place, binding, &[]));
    }
    text
}

/// `the parties to russia-dprk-2024 together`
fn group(rulebook: &Rulebook, norm: &Norm, head: &PositionHead) -> String {
    let (role, treaty) = match &head.group {
        Some(Class::Party(treaty, role)) => (role.clone(), Some(*treaty)),
        _ => (None, norm.treaty),
    };
    let treaty = treaty.map_or("the treaty", |id| rulebook.treaty(id).name.as_str());
    let plural = role.map_or_else(|| "parties".to_owned(), |role| format!("{role}s"));
    match head.mode {
        Mode::AnyOne => format!("any one of the {plural} to {treaty}"),
        _ => format!("the {plural} to {treaty} together"),
    }
}

/// What a position carries besides its act: means, amount, manner, deadline.
pub fn qualifiers(rulebook: &Rulebook, head: &PositionHead) -> Vec<String> {
    let mut found: Vec<String> = head
        .means
        .iter()
        .map(|index| format!("with {}", rulebook.means[*index].name))
        .collect();
    if let Some(amount) = &head.amount {
        found.push(format!("with {}", amount_text(amount)));
    }
    if head.own_choice {
        found.push("by means of its own choice".to_owned());
    }
    if head.immediately {
        found.push("immediately".to_owned());
    }
    found.extend(
        head.manners
            .iter()
            .map(|index| rulebook.manners[*index].name.clone()),
    );
    match head.deadline {
        Some(Deadline::Within(period)) => found.push(format!("within {period}")),
        Some(Deadline::By(day)) => found.push(format!("by {day}")),
        None => {}
    }
    found.extend(
        head.in_accordance
            .iter()
            .map(|with| format!("in accordance with its {with}")),
    );
    found
}

/// `300000 men`, `exactly 2 crowns`
pub fn amount_text(amount: &Amount) -> String {
    let exactly = if amount.exact { "exactly " } else { "" };
    format!("{exactly}{} {}", amount.number, amount.unit)
}

/// Where a norm stands: `russia-dprk-2024 article 4`, `un-charter article 51 (1)`.
pub fn citation(rulebook: &Rulebook, norm: &Norm) -> String {
    let Some(treaty) = norm.treaty else {
        return "general definition".to_owned();
    };
    let treaty = rulebook.treaty(treaty);
    let article = treaty
        .articles
        .get(norm.article as usize)
        .map_or("?", |article| article.label.as_str());
    let clause = norm
        .clause
        .as_ref()
        .map_or_else(String::new, |clause| format!(" ({clause})"));
    format!("{} article {article}{clause}", treaty.name)
}

/// A reference: `un-charter article 51`.
pub fn scope(rulebook: &Rulebook, scope: &Scope) -> String {
    let Some(treaty) = scope.treaty else {
        return "every treaty".to_owned();
    };
    let treaty = rulebook.treaty(treaty);
    let article = scope
        .article
        .and_then(|index| treaty.articles.get(index as usize))
        .map(|article| format!(" article {}", article.label));
    let clause = scope.clause.as_ref().map(|clause| format!(" ({clause})"));
    format!(
        "{}{}{}",
        treaty.name,
        article.unwrap_or_default(),
        clause.unwrap_or_default()
    )
}

/// A class as a noun: `party to north-atlantic`.
pub fn class_noun(rulebook: &Rulebook, class: &Class) -> String {
    match class {
        Class::Actor => "actor".to_owned(),
        Class::State => "state".to_owned(),
        Class::Organisation => "organisation".to_owned(),
        Class::Organ => "organ".to_owned(),
        Class::Group => "group".to_owned(),
        Class::Place => "place".to_owned(),
        Class::Thing => "thing".to_owned(),
        Class::Treaty => "treaty".to_owned(),
        Class::Party(treaty, role) => {
            let role = role.as_deref().unwrap_or("party");
            format!("{role} to {}", rulebook.treaty(*treaty).name)
        }
        Class::Status(status) => match &rulebook.predicate(*status).kind {
            PredicateKind::Status { name } => name.clone(),
            _ => "?".to_owned(),
        },
    }
}

fn term(rulebook: &Rulebook, term: Term, binding: Bound, variables: &[String]) -> Option<String> {
    let variable =
        |id: crate::model::ids::VariableId| match binding.get(id.index()).copied().flatten() {
            Some(entity) => rulebook.name(entity),
            None => match variables.get(id.index()) {
                Some(name) if !name.starts_with('_') => name.clone(),
                _ => "anyone".to_owned(),
            },
        };
    match term {
        Term::Entity(entity) => Some(rulebook.name(entity)),
        Term::Variable(id) => Some(variable(id)),
        Term::Possession(word, id) => {
            let word = rulebook
                .possessions
                .get(word.index())
                .map_or("?", |word| word.name.as_str());
            Some(format!("{word} of {}", variable(id)))
        }
        Term::Any => None,
    }
}

fn place_test(
    rulebook: &Rulebook,
    test: &PlaceTest,
    binding: Bound,
    variables: &[String],
) -> String {
    let name = |one: Term| {
        term(rulebook, one, binding, variables).unwrap_or_else(|| "any place".to_owned())
    };
    let own = |text: String| {
        text.rsplit('/')
            .next()
            .map_or_else(|| text.clone(), str::to_owned)
    };
    let spots: Vec<String> = test
        .spots
        .iter()
        .map(|spot| match spot {
            Spot::In(one) => own(name(*one)),
            Spot::TerritoryOf(one) => format!("territory of {}", name(*one)),
            Spot::AdministeredBy(one) => format!("territory administered by {}", name(*one)),
        })
        .collect();
    format!(
        " {} {}",
        if test.outside { "outside" } else { "in" },
        spots.join(" or ")
    )
}

fn pattern(
    rulebook: &Rulebook,
    pattern: &Pattern,
    form: Form,
    binding: Bound,
    variables: &[String],
) -> String {
    let name = |slot: usize| {
        let class = pattern.classes[slot]
            .as_ref()
            .map(|class| format!("any {}", class_noun(rulebook, class)));
        term(rulebook, pattern.terms[slot], binding, variables).or(class)
    };
    let names: Vec<Option<String>> = (0..SLOTS).map(name).collect();
    let mut text = clause(rulebook, pattern.predicate, &names, form);
    if let Some(place) = &pattern.place {
        text.push_str(&place_test(rulebook, place, binding, variables));
    }
    if let Some(amount) = &pattern.amount {
        text.push_str(&format!(" with at least {}", amount_text(amount)));
    }
    text
}

/// A condition in words, with the variables replaced by whom they stand for.
pub fn condition(
    rulebook: &Rulebook,
    of: &Condition,
    binding: Bound,
    variables: &[String],
) -> String {
    let say = |part: &Condition| condition(rulebook, part, binding, variables);
    let name = |one: Term| term(rulebook, one, binding, variables);
    let who = |one: Term| name(one).unwrap_or_else(|| "somebody".to_owned());
    match of {
        Condition::Sentence {
            pattern: sentence,
            tense,
        } => match tense {
            Tense::Present => pattern(rulebook, sentence, Form::Present, binding, variables),
            Tense::Perfect(window) => {
                let within = window.map_or_else(String::new, |period| format!(" within {period}"));
                pattern(rulebook, sentence, Form::Perfect, binding, variables) + &within
            }
        },
        Condition::Is(one, class) => format!(
            "{} is {}",
            who(*one),
            with_article(&class_noun(rulebook, class))
        ),
        Condition::Same(a, b) => format!("{} is {}", who(*a), who(*b)),
        Condition::InForce { treaty, party } => {
            format!(
                "{} is in-force{}",
                who(*treaty),
                name(*party).map_or_else(String::new, |party| format!(" for {party}"))
            )
        }
        Condition::Position {
            modality: kind,
            bearer,
            under,
            act,
            towards,
        } => {
            let towards =
                name(*towards).map_or_else(String::new, |towards| format!(" towards {towards}"));
            let what = match act {
                Some(act) => format!(
                    "{} {}",
                    modality(*kind),
                    pattern(rulebook, act, Form::Base, binding, variables)
                ),
                None => format!("owes a {}", modality_noun(*kind)),
            };
            format!(
                "{} {what} under {}{towards}",
                who(*bearer),
                scope(rulebook, under)
            )
        }
        Condition::Breach {
            bearer,
            under,
            against,
            perfect,
        } => {
            let against =
                name(*against).map_or_else(String::new, |against| format!(" against {against}"));
            let verb = if *perfect { "has breached" } else { "breaches" };
            format!(
                "{} {verb} {}{against}",
                who(*bearer),
                scope(rulebook, under)
            )
        }
        Condition::Considers { who: by, what } => {
            format!("{} considers that {}", who(*by), say(what))
        }
        Condition::Count {
            comparison,
            threshold,
            counted,
            class,
            except,
            body,
        } => {
            let mut inner = binding.to_vec();
            if let Some(slot) = inner.get_mut(counted.index()) {
                *slot = None;
            }
            count(
                rulebook,
                *comparison,
                *threshold,
                class,
                except,
                body,
                &inner,
                variables,
            )
        }
        Condition::Reading(dispute, number) => reading(rulebook, *dispute, *number),
        Condition::Layer(_) => "the secret text counts".to_owned(),
        Condition::Not(inner) => match nobody(inner, binding, variables) {
            Some(name) => format!("there is no {name} such that {}", say(inner)),
            None => negated(rulebook, inner, binding, variables),
        },
        Condition::All(parts) => telling(parts)
            .into_iter()
            .map(say)
            .collect::<Vec<_>>()
            .join(" and "),
        Condition::Any(parts) => format!(
            "either {}",
            parts.iter().map(say).collect::<Vec<_>>().join(" or ")
        ),
    }
}

/// The contrary of a condition in words.
pub fn negated(
    rulebook: &Rulebook,
    of: &Condition,
    binding: Bound,
    variables: &[String],
) -> String {
    let who = |one: Term| {
        term(rulebook, one, binding, variables).unwrap_or_else(|| "somebody".to_owned())
    };
    match of {
        Condition::Sentence {
            pattern: sentence,
            tense,
        } => {
            let form = if *tense == Tense::Present {
                Form::PresentNot
            } else {
                Form::PerfectNot
            };
            pattern(rulebook, sentence, form, binding, variables)
        }
        Condition::Is(one, class) => format!(
            "{} is not {}",
            who(*one),
            with_article(&class_noun(rulebook, class))
        ),
        Condition::Same(a, b) => format!("{} is not {}", who(*a), who(*b)),
        Condition::Not(inner) => condition(rulebook, inner, binding, variables),
        Condition::Any(parts) => parts
            .iter()
            .map(|part| negated(rulebook, part, binding, variables))
            .collect::<Vec<_>>()
            .join(" and "),
        Condition::All(parts) => {
            let all: Vec<String> = telling(parts)
                .into_iter()
                .map(|part| negated(rulebook, part, binding, variables))
                .collect();
            if let [one] = all.as_slice() {
                one.clone()
            } else {
                format!("either {}", all.join(" or "))
            }
        }
        Condition::Count {
            comparison,
            threshold,
            counted,
            class,
            except,
            body,
        } => {
            let contrary = match comparison {
                Comparison::AtLeast => Comparison::FewerThan,
                Comparison::FewerThan => Comparison::AtLeast,
                Comparison::AtMost => Comparison::MoreThan,
                Comparison::MoreThan => Comparison::AtMost,
            };
            let mut inner = binding.to_vec();
            if let Some(slot) = inner.get_mut(counted.index()) {
                *slot = None;
            }
            let text = count(
                rulebook, contrary, *threshold, class, except, body, &inner, variables,
            );
            if matches!(threshold, Threshold::Fraction(a, b) if a == b) {
                text.replacen("fewer than 1/1 of the", "not all", 1)
            } else {
                text
            }
        }
        other => format!(
            "it is not so that {}",
            condition(rulebook, other, binding, variables)
        ),
    }
}

/// The variable that stays inside a negated conjunction: `unless P is aggressor against a state B and A assists B`.
fn nobody<'v>(of: &Condition, binding: Bound, variables: &'v [String]) -> Option<&'v str> {
    let Condition::All(parts) = of else {
        return None;
    };
    let terms = parts.iter().filter_map(|part| match part {
        Condition::Sentence { pattern, .. } => Some(pattern.terms),
        _ => None,
    });
    let mut open = terms.flatten().filter_map(|term| match term {
        Term::Variable(id) if binding.get(id.index()).copied().flatten().is_none() => {
            variables.get(id.index())
        }
        _ => None,
    });
    open.find(|name| !name.starts_with('_')).map(String::as_str)
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

fn with_article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {noun}", if an { "an" } else { "a" })
}

#[allow(clippy::too_many_arguments, reason = "one sentence, all its parts")]
fn count(
    rulebook: &Rulebook,
    comparison: Comparison,
    threshold: Threshold,
    class: &Class,
    except: &[Condition],
    body: &Condition,
    binding: Bound,
    variables: &[String],
) -> String {
    let words = match comparison {
        Comparison::AtLeast => "at least",
        Comparison::AtMost => "at most",
        Comparison::FewerThan => "fewer than",
        Comparison::MoreThan => "more than",
    };
    let noun = match class {
        Class::Party(_, role) => role.clone().unwrap_or_else(|| "party".to_owned()),
        other => class_noun(rulebook, other),
    };
    let who = match threshold {
        Threshold::Number(number) => format!("{words} {number} {noun}"),
        Threshold::Fraction(a, b) if a == b && comparison == Comparison::AtLeast => {
            format!("all {}", plural(&noun))
        }
        Threshold::Fraction(a, b) => format!("{words} {a}/{b} of the {}", plural(&noun)),
    };
    let others: Vec<String> = except
        .iter()
        .map(|part| excepted(rulebook, part, binding, variables))
        .collect();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!(" other than {}", others.join(" or "))
    };
    format!(
        "{who}{others} {}",
        done_by_many(rulebook, body, binding, variables)
    )
}

fn plural(noun: &str) -> String {
    if noun == "party" {
        "parties".to_owned()
    } else {
        format!("{noun}s")
    }
}

/// Whom `other than` leaves out.
fn excepted(rulebook: &Rulebook, of: &Condition, binding: Bound, variables: &[String]) -> String {
    match of {
        Condition::Same(_, other) => term(rulebook, *other, binding, variables).unwrap_or_default(),
        Condition::Is(_, class) => with_article(&class_noun(rulebook, class)),
        Condition::Any(parts) => parts
            .iter()
            .map(|part| excepted(rulebook, part, binding, variables))
            .collect::<Vec<_>>()
            .join(" or "),
        other => condition(rulebook, other, binding, variables),
    }
}

/// What those counted do: `attack poland`, `are at-war with japan`.
fn done_by_many(
    rulebook: &Rulebook,
    body: &Condition,
    binding: Bound,
    variables: &[String],
) -> String {
    let Condition::Sentence {
        pattern: sentence,
        tense,
    } = body
    else {
        return condition(rulebook, body, binding, variables);
    };
    let form = if *tense == Tense::Present {
        Form::Base
    } else {
        Form::Perfect
    };
    let text = pattern(rulebook, sentence, form, binding, variables);
    match form {
        Form::Base => match &rulebook.predicate(sentence.predicate).kind {
            PredicateKind::Status { .. } => text.replacen("is ", "are ", 1),
            _ => text,
        },
        // Without the subject: `anyone has attacked poland`.
        _ => text
            .split_once(" has ")
            .map_or(text.clone(), |(_, rest)| format!("have {rest}")),
    }
}

fn reading(rulebook: &Rulebook, dispute: crate::model::ids::DisputeId, number: u8) -> String {
    let dispute = &rulebook.disputes[dispute.index()];
    let reading = dispute.readings.get(number as usize);
    let name = reading.map_or("?", |reading| reading.name.as_str());
    let title = reading
        .and_then(|reading| reading.title.as_ref())
        .map_or_else(String::new, |title| format!(": {title}"));
    format!("the reading {name} is right{title}")
}

fn reading_name(rulebook: &Rulebook, dispute: crate::model::ids::DisputeId, number: u8) -> String {
    let readings = &rulebook.disputes[dispute.index()].readings;
    readings
        .get(number as usize)
        .map_or_else(String::new, |reading| reading.name.clone())
}

/// The last reading of a dispute as a statement: it has no question of its own.
pub fn last_reading(rulebook: &Rulebook, dispute: crate::model::ids::DisputeId) -> String {
    let count = rulebook.disputes[dispute.index()].readings.len();
    reading(rulebook, dispute, count.saturating_sub(1) as u8)
}

/// A question as a statement that may be so or not; with `yes` false, its contrary.
pub fn question(rulebook: &Rulebook, facts: &[Fact], of: &Question, yes: bool) -> String {
    let stated = |number: usize| {
        facts
            .get(number)
            .or_else(|| rulebook.history.get(number.wrapping_sub(facts.len())))
    };
    let not = if yes { "" } else { "not " };
    match of {
        Question::Stated(number) => stated(*number).map_or_else(String::new, |stated| {
            format!("it is {not}stated that {}", fact(rulebook, stated))
        }),
        Question::Fact(number) => stated(*number).map_or_else(String::new, |stated| {
            if stated.negated == yes {
                atom_denied(rulebook, &stated.atom)
            } else {
                atom_so_far(rulebook, &stated.atom)
            }
        }),
        Question::Begun(number) => stated(*number).map_or_else(String::new, |stated| {
            let day = if yes {
                stated.from.first()
            } else {
                stated.from.last()
            };
            format!("{} from {day}", fact(rulebook, stated))
        }),
        Question::WentOn(number) => stated(*number).map_or_else(String::new, |stated| {
            let to = stated.to.unwrap_or(stated.from);
            format!(
                "{} until {}",
                fact(rulebook, stated),
                if yes { to.last() } else { to.first() }
            )
        }),
        Question::Open(sentence) => {
            if yes {
                atom_so_far(rulebook, sentence)
            } else {
                atom_denied(rulebook, sentence)
            }
        }
        Question::Claim(place, claimant) => {
            format!(
                "{} is {not}territory of {}",
                rulebook.name(*place),
                rulebook.name(*claimant)
            )
        }
        Question::Place(number, there) => {
            let there = match there {
                Where::In(place) => format!("in {}", place_name(rulebook, *place)),
                Where::TerritoryOf(actor) => format!("in territory of {}", rulebook.name(*actor)),
                Where::AdministeredBy(actor) => {
                    format!("in territory administered by {}", rulebook.name(*actor))
                }
            };
            let what = stated(*number).map_or_else(String::new, |stated| fact(rulebook, stated));
            if yes {
                format!("{what} {there}")
            } else {
                format!("{what}, but not {there}")
            }
        }
        Question::Reading(dispute, number) => {
            let count = rulebook.disputes[dispute.index()].readings.len();
            // Of two readings, one is right if the other is wrong.
            match yes {
                true => reading(rulebook, *dispute, *number),
                false if count == 2 => reading(rulebook, *dispute, 1),
                false => format!(
                    "the reading {} is wrong",
                    reading_name(rulebook, *dispute, *number)
                ),
            }
        }
    }
}
