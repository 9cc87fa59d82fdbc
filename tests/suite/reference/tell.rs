//! Tells a case in words, for those who must find out who is wrong.

use super::generate::Case;
use casus::calendar::Days;
use casus::model::condition::{Class, Condition, Scope, Tense};
use casus::model::entity::{EntityKind, Existence};
use casus::model::fact::Fact;
use casus::model::ids::{EntityId, PredicateId};
use casus::model::norm::{Head, Norm};
use casus::model::rulebook::Rulebook;
use casus::model::sentence::{Atom, Pattern, Spot, Term};
use std::fmt::Write as _;

/// The case in words.
pub(crate) fn tell(case: &Case) -> String {
    let teller = Teller(&case.rulebook);
    let mut text = String::new();
    let rulebook = &case.rulebook;
    for (index, norm) in rulebook.norms.iter().enumerate() {
        let _ = writeln!(text, "norm {index}: {}", teller.norm(norm));
    }
    for (index, treaty) in rulebook.treaties.iter().enumerate() {
        let parties: Vec<String> = treaty
            .parties
            .iter()
            .map(|party| {
                format!(
                    "{}{}{}",
                    rulebook.name(party.actor),
                    party.role.as_ref().map_or("", |_| " as guarantor"),
                    days(party.dates)
                )
            })
            .collect();
        let entry = match &treaty.entry {
            casus::model::treaty::Entry::When(condition) => {
                format!("when {}", teller.condition(condition))
            }
            casus::model::treaty::Entry::Stated(span) => days(*span),
            casus::model::treaty::Entry::Never => "never".into(),
        };
        let _ = writeln!(text, "treaty {index}: {} entry {entry}", parties.join(", "));
        for ending in &treaty.endings {
            let condition = teller.condition(&ending.condition);
            let _ = writeln!(text, "  ends {:?} after {condition}", ending.after);
        }
        for condition in &treaty.prolonged {
            let _ = writeln!(text, "  prolonged while {}", teller.condition(condition));
        }
        let _ = writeln!(
            text,
            "  signed {:?} of {:?} open {} provisional {:?} term {:?} ends {:?} denunciation {:?} leaves {:?} replaces {:?} while {:?} over {:?} all {} under {:?} peremptory {} retroactive {} layer {:?}",
            treaty.signed,
            treaty.parties_of,
            treaty.open_to_every_state,
            treaty.provisional,
            treaty.term,
            treaty.ends_on,
            treaty.ends_after_denunciation,
            treaty.leaves_after_withdrawal,
            treaty.replaces,
            treaty.while_in_force,
            treaty.prevails_over,
            treaty.prevails_over_all,
            treaty.subject_to,
            treaty.peremptory,
            treaty.retroactive,
            treaty.layer,
        );
    }
    for (index, fact) in case.scenario.facts.iter().enumerate() {
        let _ = writeln!(text, "fact {index}: {}", teller.fact(fact));
    }
    for fact in &rulebook.history {
        let _ = writeln!(text, "record: {}", teller.fact(fact));
    }
    for (atom, so) in &case.scenario.assumptions {
        let _ = writeln!(text, "assumed {so}: {}", teller.atom(atom));
    }
    for entity in &rulebook.entities {
        match &entity.kind {
            EntityKind::State {
                continues, within, ..
            } => {
                if !continues.is_empty()
                    || !within.is_empty()
                    || entity.exists != Existence::always()
                {
                    let _ = writeln!(
                        text,
                        "{}{} continues {:?} within {:?}",
                        entity.name,
                        spells(&entity.exists),
                        continues
                            .iter()
                            .map(|(who, day)| format!("{} {day}", rulebook.name(*who)))
                            .collect::<Vec<_>>(),
                        teller.names(within)
                    );
                }
            }
            EntityKind::Place(index) => {
                let place = &rulebook.places[*index];
                let held = |list: &[(EntityId, Days)]| -> Vec<String> {
                    list.iter()
                        .map(|(who, span)| format!("{}{}", rulebook.name(*who), days(*span)))
                        .collect()
                };
                let claims: Vec<_> = place
                    .claimed
                    .iter()
                    .map(|claim| format!("{}{}", rulebook.name(claim.by), days(claim.dates)))
                    .collect();
                let _ = writeln!(
                    text,
                    "{} at {:?} island {} in {:?} sovereign {:?} administered {:?} claimed {claims:?}",
                    entity.name,
                    place.at,
                    place.island,
                    held(&place.within),
                    held(&place.sovereign),
                    held(&place.administered),
                );
            }
            _ => {}
        }
    }
    for area in &rulebook.areas {
        let _ = writeln!(text, "area {area:?}");
    }
    for predicate in &rulebook.predicates {
        if predicate.open || predicate.symmetric || !predicate.broader.is_empty() {
            let _ = writeln!(
                text,
                "{:?} lasts {} open {} symmetric {} broader {:?}",
                predicate.kind,
                predicate.lasts,
                predicate.open,
                predicate.symmetric,
                predicate
                    .broader
                    .iter()
                    .map(|broader| teller.predicate(broader.predicate))
                    .collect::<Vec<_>>()
            );
        }
    }
    let _ = writeln!(
        text,
        "assume {:?} view {:?} treaties {:?} layers {:?}",
        case.assume, case.scenario.view, case.scenario.treaties, rulebook.layers
    );
    text
}

fn days(span: Days) -> String {
    if span == Days::ALWAYS {
        String::new()
    } else {
        format!(" [{} to {}]", span.first, span.last)
    }
}

fn spells(existence: &Existence) -> String {
    let all = existence.spells().iter();
    all.map(|spell| days(*spell)).collect()
}

struct Teller<'a>(&'a Rulebook);

impl Teller<'_> {
    fn names(&self, who: &[EntityId]) -> Vec<String> {
        who.iter().map(|who| self.0.name(*who)).collect()
    }

    fn predicate(&self, id: PredicateId) -> String {
        self.0
            .predicate_names
            .get_index(id.index())
            .map_or("?".into(), |(name, _)| name.clone())
    }

    fn fact(&self, fact: &Fact) -> String {
        format!(
            "{}{} from {} to {:?} asserted {:?} denied {:?} contested {} (lasts {})",
            if fact.negated { "NOT " } else { "" },
            self.atom(&fact.atom),
            fact.from,
            fact.to.map(|to| to.to_string()),
            self.names(&fact.asserted_by),
            self.names(&fact.denied_by),
            fact.contested,
            self.0.predicate(fact.atom.predicate).lasts,
        )
    }

    fn atom(&self, atom: &Atom) -> String {
        let mut text = self.predicate(atom.predicate);
        let roles = self.0.predicate(atom.predicate).roles.len();
        let arguments: Vec<String> = atom.arguments[..=roles]
            .iter()
            .map(|who| who.map_or("-".into(), |who| self.0.name(who)))
            .collect();
        let _ = write!(text, "({})", arguments.join(", "));
        if let Some(place) = atom.place {
            let _ = write!(text, " in {}", self.0.name(place));
        }
        if let Some(amount) = &atom.amount {
            let _ = write!(text, " with {} {}", amount.number, amount.unit);
        }
        text
    }

    fn term(&self, term: Term) -> String {
        match term {
            Term::Entity(id) => self.0.name(id),
            Term::Variable(variable) => ["A", "P", "Q", "X", "C", "N"][variable.index()].into(),
            Term::Possession(_, variable) => {
                format!("forces of {}", self.term(Term::Variable(variable)))
            }
            Term::Any => "_".into(),
        }
    }

    fn pattern(&self, pattern: &Pattern) -> String {
        let roles = self.0.predicate(pattern.predicate).roles.len();
        let terms: Vec<String> = (0..=roles)
            .map(|slot| {
                let class = &pattern.classes[slot];
                class.as_ref().map_or_else(
                    || self.term(pattern.terms[slot]),
                    |class| format!("any {}", self.class(class)),
                )
            })
            .collect();
        let mut text = format!(
            "{}({})",
            self.predicate(pattern.predicate),
            terms.join(", ")
        );
        if let Some(place) = &pattern.place {
            let spots: Vec<String> = place
                .spots
                .iter()
                .map(|spot| match spot {
                    Spot::In(term) => self.term(*term),
                    Spot::TerritoryOf(term) => format!("territory of {}", self.term(*term)),
                    Spot::AdministeredBy(term) => {
                        format!("territory administered by {}", self.term(*term))
                    }
                })
                .collect();
            let word = if place.outside { "outside" } else { "in" };
            let _ = write!(text, " {word} {}", spots.join(" or "));
        }
        if let Some(amount) = &pattern.amount {
            let _ = write!(text, " with {} {}", amount.number, amount.unit);
        }
        text
    }

    fn class(&self, class: &Class) -> String {
        match class {
            Class::Status(predicate) => self.predicate(*predicate),
            Class::Party(treaty, role) => {
                format!("party of {} {}", treaty.0, role.clone().unwrap_or_default())
            }
            other => format!("{other:?}"),
        }
    }

    fn scope(&self, scope: &Scope) -> String {
        format!(
            "[treaty {:?} article {:?}]",
            scope.treaty.map(|treaty| treaty.0),
            scope.article
        )
    }

    fn condition(&self, condition: &Condition) -> String {
        let all = |parts: &[Condition], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| self.condition(part)).collect();
            format!("({})", parts.join(word))
        };
        match condition {
            Condition::Sentence { pattern, tense } => {
                let has = match tense {
                    Tense::Present => String::new(),
                    Tense::Perfect(None) => "has ".into(),
                    Tense::Perfect(Some(period)) => format!("within {period} has "),
                };
                format!("{has}{}", self.pattern(pattern))
            }
            Condition::Is(term, class) => {
                format!("{} is a {}", self.term(*term), self.class(class))
            }
            Condition::Same(one, other) => {
                format!("{} is {}", self.term(*one), self.term(*other))
            }
            Condition::InForce { treaty, party } => {
                format!("{} in force for {}", self.term(*treaty), self.term(*party))
            }
            Condition::Position {
                modality,
                bearer,
                under,
                act,
                towards,
            } => format!(
                "{} owes a {modality:?} under {} act {:?} towards {}",
                self.term(*bearer),
                self.scope(under),
                act.as_ref().map(|act| self.pattern(act)),
                self.term(*towards)
            ),
            Condition::Breach {
                bearer,
                under,
                against,
                perfect,
            } => format!(
                "{} breaches {} against {} (perfect {perfect})",
                self.term(*bearer),
                self.scope(under),
                self.term(*against)
            ),
            Condition::Considers { who, what } => {
                format!(
                    "{} considers that {}",
                    self.term(*who),
                    self.condition(what)
                )
            }
            Condition::Count {
                comparison,
                threshold,
                class,
                except,
                body,
                ..
            } => format!(
                "{comparison:?} {threshold:?} {} C other than {} {}",
                self.class(class),
                all(except, ", "),
                self.condition(body)
            ),
            Condition::Not(inner) => format!("not {}", self.condition(inner)),
            Condition::All(parts) => all(parts, " and "),
            Condition::Any(parts) => all(parts, " or "),
            other => format!("{other:?}"),
        }
    }

    fn norm(&self, norm: &Norm) -> String {
        let conditions: Vec<String> = norm
            .conditions
            .iter()
            .map(|condition| self.condition(condition))
            .collect();
        let head = match &norm.head {
            Head::Deem(pattern) => format!("deem {}", self.pattern(pattern)),
            Head::Position(head) => {
                let mut text = format!(
                    "{:?} {:?} {}",
                    head.mode,
                    head.modality,
                    self.pattern(&head.act)
                );
                if let Some(group) = &head.group {
                    let _ = write!(text, " group {}", self.class(group));
                }
                if let Some(amount) = &head.amount {
                    let _ = write!(text, " amount {amount:?}");
                }
                if let Some(deadline) = &head.deadline {
                    let _ = write!(text, " deadline {deadline:?}");
                }
                if let Some(until) = &head.until {
                    let _ = write!(text, " until {}", self.condition(until));
                }
                if let Some(before) = &head.before {
                    let _ = write!(text, " before {}", self.condition(before));
                }
                if head.outlives {
                    text.push_str(" outlives");
                }
                if head.own_choice {
                    text.push_str(" own choice");
                }
                if head.lapses_on_breach {
                    text.push_str(" lapses");
                }
                for scope in &head.prevails_over {
                    let _ = write!(text, " over {}", self.scope(scope));
                }
                for scope in &head.subject_to {
                    let _ = write!(text, " subject to {}", self.scope(scope));
                }
                text
            }
        };
        let parties: Vec<String> = norm
            .parties
            .iter()
            .map(|(term, role)| {
                format!("{} {}", self.term(*term), role.clone().unwrap_or_default())
            })
            .collect();
        format!(
            "(treaty {:?} article {}{}{}) {} {} => {head} parties [{}]",
            norm.treaty.map(|treaty| treaty.0),
            norm.article,
            days(norm.dates),
            norm.layer.map_or(String::new(), |_| " secret".into()),
            if norm.triggered { "when" } else { "standing" },
            conditions.join(", "),
            parties.join(", ")
        )
    }
}
