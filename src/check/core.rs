//! Norms printed as rules of the small core language, for `casus show --core`.

use super::vocabulary::word_name;
use crate::model::condition::{Class, Comparison, Condition, Scope, Tense, Threshold};
use crate::model::ids::VariableId;
use crate::model::norm::{Deadline, Head, Modality, Mode, Norm, PositionHead};
use crate::model::rulebook::Rulebook;
use crate::model::sentence::{Pattern, PlaceTest, Spot, Term};
use crate::model::vocabulary::{PredicateKind, Word};
use std::fmt::Write as _;

/// `duty(Q assists P against A) <- attacks(A, P), at-war(P, A) [russia-dprk-2024 article 4]`
pub fn core_text(norm: &Norm, book: &Rulebook) -> String {
    let printer = Printer { norm, book };
    let head = match &norm.head {
        Head::Deem(pattern) => printer.plain(pattern),
        Head::Position(position) => printer.position(position),
    };
    let mut body: Vec<String> = norm
        .conditions
        .iter()
        .map(|condition| printer.condition(condition))
        .collect();
    body.extend(norm.parties.iter().map(|(term, role)| {
        let role = role.as_deref().unwrap_or("party");
        format!("bound-as-{role}({})", printer.term(*term))
    }));
    let arrow = if norm.triggered { "<-" } else { "<=" };
    let body = if body.is_empty() {
        "true".to_owned()
    } else {
        body.join(", ")
    };
    format!("{head} {arrow} {body} [{}]", printer.place())
}

/// `shall`, `shall not`, `may`, `has power to`
pub(super) fn modality_words(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty => "shall",
        Modality::Prohibition => "shall not",
        Modality::Permission => "may",
        Modality::Power => "has power to",
    }
}

/// `russia-dprk-2024 article 4 (1)`
pub(super) fn scope_text(book: &Rulebook, scope: &Scope) -> String {
    let Some(treaty) = scope.treaty.map(|id| book.treaty(id)) else {
        return "every treaty".to_owned();
    };
    let mut text = treaty.name.clone();
    if let Some(article) = scope.article {
        let article = treaty.articles.get(usize::from(article));
        let label = article.map_or("?", |article| article.label.as_str());
        let _ = write!(text, " article {label}");
    }
    if let Some(clause) = &scope.clause {
        let _ = write!(text, " ({clause})");
    }
    text
}

/// A class as people write it.
pub(super) fn class_text(
    book: &Rulebook,
    this: Option<crate::model::ids::TreatyId>,
    class: &Class,
) -> String {
    match class {
        Class::Status(status) => word_name(book, *status).to_owned(),
        Class::Party(treaty, role) => {
            let role = role.as_deref().unwrap_or("party");
            if Some(*treaty) == this {
                role.to_owned()
            } else {
                format!("{role} of {}", book.treaty(*treaty).name)
            }
        }
        other => other.word().to_owned(),
    }
}

struct Printer<'a> {
    norm: &'a Norm,
    book: &'a Rulebook,
}

impl Printer<'_> {
    fn place(&self) -> String {
        match self.norm.treaty {
            None => "definition".to_owned(),
            Some(treaty) => scope_text(
                self.book,
                &Scope {
                    treaty: Some(treaty),
                    article: Some(self.norm.article),
                    clause: self.norm.clause.clone(),
                },
            ),
        }
    }

    fn variable(&self, id: VariableId) -> &str {
        let names = &self.norm.variables;
        names.get(id.index()).map_or("?", String::as_str)
    }

    fn term(&self, term: Term) -> String {
        match term {
            Term::Entity(id) => self.book.name(id),
            Term::Variable(id) => self.variable(id).to_owned(),
            Term::Possession(word, id) => {
                let word = self.book.possessions.get(word.index());
                let word = word.map_or("?", |word| word.name.as_str());
                format!("{word} of {}", self.variable(id))
            }
            Term::Any => "any".to_owned(),
        }
    }

    fn class(&self, class: &Class) -> String {
        class_text(self.book, self.norm.treaty, class)
    }

    /// A filled or restricted slot.
    fn slot(&self, pattern: &Pattern, at: usize) -> Option<String> {
        match (pattern.terms[at], &pattern.classes[at]) {
            (Term::Any, None) => None,
            (Term::Any, Some(class)) => Some(format!("any {}", self.class(class))),
            (term, _) => Some(self.term(term)),
        }
    }

    /// `attacks(A, P) in europe`
    fn literal(&self, pattern: &Pattern, name: &str) -> String {
        let last = (1..pattern.terms.len())
            .rev()
            .find(|at| self.slot(pattern, *at).is_some());
        let slots: Vec<String> = (0..=last.unwrap_or(0))
            .map(|at| self.slot(pattern, at).unwrap_or_else(|| "_".to_owned()))
            .collect();
        format!("{name}({}){}", slots.join(", "), self.rest(pattern))
    }

    fn plain(&self, pattern: &Pattern) -> String {
        self.literal(pattern, &self.word(pattern, Tense::Present))
    }

    /// `A attacks P against X in europe`
    fn act(&self, pattern: &Pattern) -> String {
        let subject = self.slot(pattern, 0);
        let mut text = subject.unwrap_or_else(|| "_".to_owned());
        text.push(' ');
        text.push_str(&self.word(pattern, Tense::Present));
        let roles = &self.book.predicate(pattern.predicate).roles;
        for (at, role) in roles.iter().enumerate() {
            let Some(term) = self.slot(pattern, at + 1) else {
                continue;
            };
            if role != "object" {
                text.push(' ');
                text.push_str(role);
            }
            text.push(' ');
            text.push_str(&term);
        }
        text + &self.rest(pattern)
    }

    fn rest(&self, pattern: &Pattern) -> String {
        let mut text = pattern
            .place
            .as_ref()
            .map_or_else(String::new, |place| self.test(place));
        if let Some(amount) = &pattern.amount {
            let _ = write!(text, " with {}", crate::wording::amount_text(amount));
        }
        text
    }

    fn word(&self, pattern: &Pattern, tense: Tense) -> String {
        match &self.book.predicate(pattern.predicate).kind {
            PredicateKind::Verb { past, .. } if tense != Tense::Present => format!("has-{past}"),
            PredicateKind::Verb { third, .. } => third.clone(),
            PredicateKind::Refusal { of } => format!("refuses-to-{}", word_name(self.book, *of)),
            PredicateKind::Status { name } => name.clone(),
        }
    }

    fn test(&self, place: &PlaceTest) -> String {
        let spot = |spot: &Spot| match spot {
            Spot::In(term) => self.term(*term),
            Spot::TerritoryOf(term) => format!("territory of {}", self.term(*term)),
            Spot::AdministeredBy(term) => {
                format!("territory administered by {}", self.term(*term))
            }
        };
        let spots: Vec<String> = place.spots.iter().map(spot).collect();
        let word = if place.outside { "outside" } else { "in" };
        format!(" {word} {}", spots.join(" or "))
    }

    fn list(&self, parts: &[Condition], with: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.condition(part)).collect();
        format!("({})", parts.join(with))
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Sentence { pattern, tense } => {
                let text = self.literal(pattern, &self.word(pattern, *tense));
                match tense {
                    Tense::Perfect(Some(period)) => format!("{text} within {period}"),
                    _ => text,
                }
            }
            Condition::Is(term, class) => format!("{}({})", self.class(class), self.term(*term)),
            Condition::Same(one, two) => format!("{} = {}", self.term(*one), self.term(*two)),
            Condition::InForce { treaty, party } => match party {
                Term::Any => format!("in-force({})", self.term(*treaty)),
                party => format!("in-force({}, {})", self.term(*treaty), self.term(*party)),
            },
            Condition::Position { .. } | Condition::Breach { .. } => {
                self.position_literal(condition)
            }
            Condition::Considers { who, what } => {
                format!("considers({}, {})", self.term(*who), self.condition(what))
            }
            Condition::Count { .. } => self.count(condition),
            Condition::Reading(dispute, at) => {
                let dispute = self.book.disputes.get(dispute.index());
                let reading = dispute.and_then(|found| found.readings.get(usize::from(*at)));
                format!(
                    "reading({})",
                    reading.map_or("?", |reading| reading.name.as_str())
                )
            }
            Condition::Layer(layer) => format!("layer({})", layer.0),
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Same(one, two) => {
                    format!("{} != {}", self.term(*one), self.term(*two))
                }
                inner => format!("not {}", self.condition(inner)),
            },
            Condition::All(parts) => self.list(parts, ", "),
            Condition::Any(parts) => self.list(parts, " or "),
        }
    }

    fn position_literal(&self, condition: &Condition) -> String {
        let named = |term: &Term| match term {
            Term::Any => String::new(),
            term => format!(" towards {}", self.term(*term)),
        };
        match condition {
            Condition::Position {
                modality,
                bearer,
                under,
                act,
                towards,
            } => {
                let what = act
                    .as_ref()
                    .map_or_else(|| self.term(*bearer), |act| self.act(act));
                let under = scope_text(self.book, under);
                format!(
                    "{}({what}){} under {under}",
                    word(*modality),
                    named(towards)
                )
            }
            Condition::Breach {
                bearer,
                under,
                against,
                perfect,
            } => {
                let verb = if *perfect { "has-breached" } else { "breaches" };
                let under = scope_text(self.book, under);
                format!("{verb}({}, {under}){}", self.term(*bearer), named(against))
            }
            _ => String::new(),
        }
    }

    fn count(&self, condition: &Condition) -> String {
        let Condition::Count {
            comparison,
            threshold,
            counted,
            class,
            except,
            body,
        } = condition
        else {
            return String::new();
        };
        let sign = match comparison {
            Comparison::AtLeast => ">=",
            Comparison::AtMost => "<=",
            Comparison::FewerThan => "<",
            Comparison::MoreThan => ">",
        };
        let threshold = match threshold {
            Threshold::Number(number) => number.to_string(),
            Threshold::Fraction(over, under) => format!("{over}/{under}"),
        };
        let mut but = String::new();
        for except in except {
            let _ = write!(but, " but {}", self.condition(except));
        }
        format!(
            "count({} {}{but}: {}) {sign} {threshold}",
            self.class(class),
            self.variable(*counted),
            self.condition(body)
        )
    }

    fn position(&self, head: &PositionHead) -> String {
        let mut act = self.act(&head.act);
        if let Some(group) = &head.group {
            let group = self.class(group);
            let how = match head.mode {
                Mode::Together => "together",
                Mode::AnyOne => "any one",
                Mode::Each => "each",
            };
            act = format!("{how} {group}: {act}");
        }
        let mut text = format!("{}({act})", word(head.modality));
        let mut add = |part: String| {
            text.push_str("; ");
            text.push_str(&part);
        };
        let named =
            |words: &[Word], at: usize| words.get(at).map_or("?".to_owned(), |w| w.name.clone());
        for at in &head.means {
            add(format!("with {}", named(&self.book.means, *at)));
        }
        if let Some(amount) = &head.amount {
            add(format!("with {}", crate::wording::amount_text(amount)));
        }
        if head.own_choice {
            add("by means of its own choice".to_owned());
        }
        if head.immediately {
            add("immediately".to_owned());
        }
        for at in &head.manners {
            add(named(&self.book.manners, *at));
        }
        for what in &head.in_accordance {
            add(format!("in accordance with its {what}"));
        }
        match head.deadline {
            Some(Deadline::Within(period)) => add(format!("within {period}")),
            Some(Deadline::By(day)) => add(format!("by {day}")),
            None => {}
        }
        for (word, condition) in [("until", &head.until), ("before", &head.before)] {
            if let Some(condition) = condition {
                add(format!("{word} {}", self.condition(condition)));
            }
        }
        if head.outlives {
            add("also after this treaty has ended".to_owned());
        }
        if head.lapses_on_breach {
            add("lapses on breach".to_owned());
        }
        for scope in &head.prevails_over {
            add(format!("notwithstanding {}", scope_text(self.book, scope)));
        }
        for scope in &head.subject_to {
            add(format!("subject to {}", scope_text(self.book, scope)));
        }
        text
    }
}

fn word(modality: Modality) -> &'static str {
    match modality {
        Modality::Duty => "duty",
        Modality::Prohibition => "prohibition",
        Modality::Permission => "permission",
        Modality::Power => "power",
    }
}
