//! Questions and changes of facts of an exercise file, resolved.

use super::document::{ChangeDocument, InjectDocument, QuestionDocument};
use super::lower::Lowering;
use super::outline::{
    Change, Choice, Confidence, Field, Keyed, Obligations, Question, QuestionKind, RoleId,
};
use crate::diagnostic::codes::exercise as codes;
use crate::model::fact::PositionQuery;
use crate::model::norm::Modality;
use crate::yaml::{Many, Text};

pub(super) const KINDS: [&str; 8] = [
    "obligations",
    "decide",
    "why",
    "why-not",
    "what-if",
    "whose-account",
    "order",
    "text",
];
pub(super) const MODALITIES: [(&str, Modality); 4] = [
    ("duty", Modality::Duty),
    ("prohibition", Modality::Prohibition),
    ("permission", Modality::Permission),
    ("power", Modality::Power),
];
pub(super) const FIELDS: [(&str, Field); 3] = [
    ("article", Field::Article),
    ("due", Field::Due),
    ("status", Field::Status),
];
pub(super) const VIEWS: [(&str, Keyed); 2] = [("seat", Keyed::Seat), ("truth", Keyed::Truth)];
pub(super) const CONFIDENCES: [(&str, Confidence); 3] = [
    ("none", Confidence::None),
    ("percent", Confidence::Percent),
    ("levels", Confidence::Levels),
];

impl<'a> Lowering<'a> {
    pub(super) fn question(
        &mut self,
        question: &'a QuestionDocument,
        inject: &'a InjectDocument,
        to: &[RoleId],
    ) -> Option<Question> {
        let words = KINDS.map(|kind| (kind, kind));
        // Observers read along; nothing is asked of them unless they are named.
        let plays = |role: &&RoleId| self.document.roles[role.0].party.is_some();
        let teams: Vec<RoleId> = to.iter().filter(plays).copied().collect();
        let asked = self.roles(question.to.as_ref(), Some(&teams));
        let word = self.word(Some(&question.ask), "ask", &words)?;
        let kind = self.kind(word, question, &asked)?;
        let objective = question.objective.as_ref().or(inject.objective.as_ref());
        Some(Question {
            id: question.id.text.clone(),
            kind,
            to: asked,
            text: question.text.as_ref().map(|text| text.text.clone()),
            view: self
                .word(question.view.as_ref(), "view", &VIEWS)
                .unwrap_or(Keyed::Seat),
            confidence: self
                .word(question.confidence.as_ref(), "confidence", &CONFIDENCES)
                .unwrap_or(Confidence::None),
            points: self.number(question.points.as_ref(), "points", 0, 1000, 10),
            minutes: question.minutes.as_ref().map(|minutes| minutes.value),
            objective: self.objective(objective),
            pending: self.pending(question.review.as_ref()),
            span: question.id.span,
        })
    }

    fn kind(
        &mut self,
        word: &str,
        question: &'a QuestionDocument,
        asked: &[RoleId],
    ) -> Option<QuestionKind> {
        Some(match word {
            "obligations" => QuestionKind::Obligations(self.obligations(question, asked)),
            "decide" => QuestionKind::Decide(self.choices(question, asked)),
            "why" => QuestionKind::Why(self.about(question)?),
            "why-not" => QuestionKind::WhyNot(match &question.about {
                Some(about) => Some(self.position(about)?),
                None => None,
            }),
            "what-if" => QuestionKind::WhatIf(self.about(question)?),
            "whose-account" => QuestionKind::WhoseAccount(self.about(question)?),
            "order" => QuestionKind::Order,
            _ => QuestionKind::Text,
        })
    }

    fn about(&mut self, question: &QuestionDocument) -> Option<PositionQuery> {
        let Some(about) = &question.about else {
            let what = format!("a question of the kind `{}`", question.ask.text);
            self.diagnostics
                .push(codes::lacks(question.ask.span, &what, "about"));
            return None;
        };
        self.position(about)
    }

    fn obligations(&mut self, question: &QuestionDocument, asked: &[RoleId]) -> Obligations {
        let own = [("own", true), ("all", false)];
        let own = self.word(question.of.as_ref(), "of", &own).unwrap_or(true);
        let idle = asked.iter().map(|role| &self.document.roles[role.0]);
        let idle = idle.filter(|role| own && role.party.is_none());
        let wrong: Vec<_> = idle
            .map(|role| codes::plays_nobody(question.id.span, &role.id.text, role.id.span))
            .collect();
        self.diagnostics.extend(wrong);
        let kinds = self.words(question.kinds.as_ref(), "kinds", &MODALITIES);
        Obligations {
            own,
            kinds: if kinds.is_empty() {
                vec![Modality::Duty]
            } else {
                kinds
            },
            fields: self.words(question.fields.as_ref(), "fields", &FIELDS),
            beta: self.number(question.beta.as_ref(), "beta", 1, 2, 1),
            due_tolerance: question.due_tolerance.map_or(0, |days| days.value),
        }
    }

    fn choices(&mut self, question: &'a QuestionDocument, asked: &[RoleId]) -> Vec<Choice> {
        if question.options.len() < 2 {
            let lacks = codes::lacks(question.ask.span, "a decision", "options");
            self.diagnostics.push(lacks.help("give at least two"));
        }
        self.once_named(question);
        let choices = question.options.iter().map(|option| Choice {
            id: option.id.text.clone(),
            label: option.label.text.clone(),
            changes: self.changes(&option.facts, asked),
        });
        choices.collect()
    }

    fn once_named(&mut self, question: &QuestionDocument) {
        for (at, option) in question.options.iter().enumerate() {
            let earlier = &question.options[..at];
            if let Some(first) = earlier.iter().find(|it| it.id.text == option.id.text) {
                let (span, name) = (option.id.span, &option.id.text);
                let twice = codes::named_twice(span, "option", name, first.id.span);
                self.diagnostics.push(twice);
            }
        }
    }

    fn words<T: Copy>(&mut self, texts: Option<&Many>, key: &str, words: &[(&str, T)]) -> Vec<T> {
        let texts = texts.map_or(&[][..], |texts| &texts.0);
        let found = texts
            .iter()
            .filter_map(|text| self.word(Some(text), key, words));
        found.collect()
    }

    /// What changes; those who get the inject know of it.
    pub(super) fn changes(&mut self, changes: &'a [ChangeDocument], to: &[RoleId]) -> Vec<Change> {
        let changes = changes.iter();
        changes
            .filter_map(|change| self.change(change, to))
            .collect()
    }

    fn change(&mut self, change: &'a ChangeDocument, to: &[RoleId]) -> Option<Change> {
        let given: Vec<&str> = [
            ("add", change.add.is_some()),
            ("amend", change.amend.is_some()),
            ("retract", change.retract.is_some()),
            ("establish", change.establish.is_some()),
            ("account", change.account.is_some()),
            ("reveal", change.reveal.is_some()),
        ]
        .into_iter()
        .filter_map(|(key, given)| given.then_some(key))
        .collect();
        if given.len() != 1 {
            self.diagnostics
                .push(codes::change_of_one_kind(change.span, &given));
            return None;
        }
        if let Some(event) = &change.add {
            let known_to = self.roles(change.known_to.as_ref(), Some(to));
            return Some(Change::Add(Box::new(event.clone()), known_to));
        }
        if let Some(event) = &change.amend {
            let Some(id) = &event.id else {
                let lacks = codes::lacks(event.what.span, "`amend`", "id");
                self.diagnostics.push(lacks);
                return None;
            };
            self.fact_name(id)?;
            return Some(Change::Amend(Box::new(event.clone())));
        }
        if let Some(id) = &change.retract {
            return Some(Change::Retract(self.fact_name(id)?));
        }
        if let Some(id) = &change.establish {
            let so = self.beside(change.so, id, "`establish`", "so")?;
            return Some(Change::Establish(self.fact_name(id)?, so.value));
        }
        if let Some(id) = &change.reveal {
            let to = self.roles(change.to.as_ref(), Some(to));
            return Some(Change::Reveal(self.fact_name(id)?, to));
        }
        let id = change.account.as_ref()?;
        let of = self.beside(change.of.clone(), id, "`account`", "of")?;
        let says = self.beside(change.says.clone(), id, "`account`", "says")?;
        let says = self.word(Some(&says), "says", &[("so", true), ("not-so", false)])?;
        self.actor(&of)?;
        Some(Change::Account(self.fact_name(id)?, of, says))
    }

    fn beside<T>(&mut self, given: Option<T>, at: &Text, what: &str, key: &str) -> Option<T> {
        if given.is_none() {
            self.diagnostics.push(codes::lacks(at.span, what, key));
        }
        given
    }

    /// The fact of that name, which an inject or an option adds.
    fn fact_name(&mut self, name: &Text) -> Option<String> {
        let injects = &self.document.injects;
        let options = self.questions().flat_map(|question| &question.options);
        let changes = injects
            .iter()
            .flat_map(|inject| &inject.facts)
            .chain(options.flat_map(|option| &option.facts));
        let added = changes.filter_map(|change| change.add.as_ref());
        let ids = self.baseline.iter().chain(added);
        let ids = ids.filter_map(|event| event.id.as_ref());
        let ids = ids.map(|id| id.text.as_str());
        if ids.clone().any(|id| id == name.text) {
            return Some(name.text.clone());
        }
        let unknown = codes::unknown(name.span, "fact", &name.text, ids);
        self.diagnostics.push(unknown);
        None
    }
}
