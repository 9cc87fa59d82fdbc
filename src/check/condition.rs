//! Conditions of clauses to conditions of the model.

use super::builder::{Builder, all};
use super::clause::reading;
use super::expand;
use super::index::modality;
use crate::diagnostic::codes::check as codes;
use crate::model::condition::{Class, Comparison, Condition, Threshold};
use crate::model::norm::Modality;
use crate::model::sentence::Term;
use crate::source::Span;
use crate::syntax::ast;

impl Builder<'_, '_> {
    /// A condition of any form.
    pub(super) fn condition(&mut self, condition: &ast::Condition) -> Condition {
        match condition {
            ast::Condition::All(parts) => {
                all(parts.iter().map(|part| self.condition(part)).collect())
            }
            ast::Condition::Any(parts) => {
                self.branch += 1;
                let branches = parts.iter().map(|part| self.condition(part)).collect();
                self.branch -= 1;
                Condition::Any(branches)
            }
            ast::Condition::Sentence(sentence) => self.sentence(sentence),
            ast::Condition::Position(modal) => self.position_literal(modal),
            ast::Condition::Reading(name, _) => {
                reading(self.context, name).unwrap_or(Condition::All(Vec::new()))
            }
            ast::Condition::Owes {
                who,
                what,
                under,
                towards,
                ..
            } => {
                let bearer = self.noun(who);
                let towards = self.optional(towards.as_ref());
                self.owes(bearer, what, under, towards)
            }
            ast::Condition::Breach {
                who,
                perfect,
                what,
                against,
                ..
            } => {
                let bearer = self.noun(who);
                let against = self.optional(against.as_ref());
                let under = self.context.reference(what);
                let literal = under.map_or(Condition::All(Vec::new()), |under| Condition::Breach {
                    bearer,
                    under,
                    against,
                    perfect: *perfect,
                });
                self.tested(literal)
            }
            ast::Condition::Considers { who, what, .. } => {
                let who = self.noun(who);
                let tests = std::mem::take(&mut self.tests);
                // What is only considered binds nobody to the treaty.
                self.branch += 1;
                let (what, classes) = without_classes(self.condition(what));
                self.branch -= 1;
                self.tests = tests;
                self.tests.extend(classes);
                let what = Box::new(what);
                self.tested(Condition::Considers { who, what })
            }
            ast::Condition::Count {
                comparison,
                threshold,
                of,
                predicate,
                span,
            } => self.count((*comparison, *threshold), of, predicate, *span),
        }
    }

    fn optional(&mut self, noun: Option<&ast::Noun>) -> Term {
        noun.map_or(Term::Any, |noun| self.noun(noun))
    }

    fn owes(
        &mut self,
        bearer: Term,
        what: &ast::Name,
        under: &ast::Reference,
        towards: Term,
    ) -> Condition {
        let modality = match what.text.as_str() {
            "permission" => Modality::Permission,
            "prohibition" => Modality::Prohibition,
            "power" => Modality::Power,
            _ => Modality::Duty,
        };
        let under = self.context.reference(under);
        let literal = under.map_or(Condition::All(Vec::new()), |under| Condition::Position {
            modality,
            bearer,
            under,
            act: None,
            towards,
        });
        self.tested(literal)
    }

    /// `P shall assist X against A under T article 3` as a condition.
    fn position_literal(&mut self, modal: &ast::Modal) -> Condition {
        let (modals, or) = expand::modals(modal);
        if modals.len() > 1 {
            if or {
                self.branch += 1;
            }
            let each = modals.iter().map(|one| self.one_position(one)).collect();
            if or {
                self.branch -= 1;
                return Condition::Any(each);
            }
            return all(each);
        }
        modals
            .first()
            .map_or(Condition::All(Vec::new()), |one| self.one_position(one))
    }

    fn one_position(&mut self, modal: &ast::Modal) -> Condition {
        let ast::Subject::Noun(subject) = &modal.subject else {
            let help = "name who has the position: `P shall ...`, `a party P shall ...`";
            self.context.report(codes::bad_subject(
                modal.span,
                "a condition speaks of one bearer",
                help,
            ));
            return Condition::All(Vec::new());
        };
        let bearer = self.noun(subject);
        let verb = self.verb(&modal.verb, &modal.phrase);
        let under = match &modal.phrase.under {
            Some(under) => self.context.reference(under),
            None => Some(crate::model::condition::Scope {
                treaty: None,
                article: None,
                clause: None,
            }),
        };
        let Some(predicate) = verb else {
            return Condition::All(Vec::new());
        };
        let act = self.pattern(predicate, bearer, &modal.phrase);
        let literal = under.map_or(Condition::All(Vec::new()), |under| Condition::Position {
            modality: modality(modal),
            bearer,
            under,
            act: Some(act),
            towards: Term::Any,
        });
        self.tested(literal)
    }

    fn count(
        &mut self,
        (comparison, threshold): (ast::Comparison, ast::Threshold),
        of: &ast::Noun,
        predicate: &ast::Predicate,
        span: Span,
    ) -> Condition {
        let threshold = match (comparison, threshold) {
            (ast::Comparison::All, _) => Threshold::Fraction(1, 1),
            (_, ast::Threshold::Number(number)) => Threshold::Number(number),
            (_, ast::Threshold::Fraction(over, under)) => Threshold::Fraction(over, under),
        };
        let comparison = match comparison {
            ast::Comparison::AtLeast | ast::Comparison::All => Comparison::AtLeast,
            ast::Comparison::AtMost => Comparison::AtMost,
            ast::Comparison::FewerThan => Comparison::FewerThan,
            ast::Comparison::MoreThan => Comparison::MoreThan,
        };
        self.within(|builder| {
            let (counted, class, except) = builder.counted(of, span);
            let name = ast::Name {
                text: builder.variables[counted.index()].name.clone(),
                span,
            };
            let sentence = ast::Sentence {
                subject: ast::Noun::Variable(name),
                predicate: predicate.clone(),
                span,
            };
            let body = Box::new(builder.sentence(&sentence));
            Condition::Count {
                comparison,
                threshold,
                counted,
                class,
                except,
                body,
            }
        })
    }

    /// Who is counted: always somebody new.
    fn counted(
        &mut self,
        of: &ast::Noun,
        span: Span,
    ) -> (crate::model::ids::VariableId, Class, Vec<Condition>) {
        match of {
            ast::Noun::Class(noun) => {
                let class = self.context.class(&noun.class, noun.of.as_ref());
                let id = match &noun.variable {
                    Some(name) => self.shadowing(&name.text, name.span),
                    None => self.invented(noun.span),
                };
                let except = self.other_than(Term::Variable(id), noun);
                (id, class.unwrap_or(Class::Actor), except)
            }
            ast::Noun::Variable(name) => {
                let id = self.shadowing(&name.text, name.span);
                (id, Class::Actor, Vec::new())
            }
            _ => {
                let help = "count a class: `at least 2 great-power A attack P`";
                self.context.report(codes::list_misplaced(span, help));
                (self.invented(span), Class::Actor, Vec::new())
            }
        }
    }
}

/// A literal and the tests of its nouns apart: of what class somebody is, is no matter of opinion.
fn without_classes(condition: Condition) -> (Condition, Vec<Condition>) {
    let is_class = |part: &Condition| matches!(part, Condition::Is(..));
    match condition {
        Condition::All(mut parts) if !parts.is_empty() && parts[1..].iter().all(is_class) => {
            let classes = parts.split_off(1);
            (parts.remove(0), classes)
        }
        other => (other, Vec::new()),
    }
}
