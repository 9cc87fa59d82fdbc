//! Sentences to conditions and patterns.

use super::builder::Builder;
use super::expand;
use super::walk::{is_variable, negated};
use crate::diagnostic::codes::check as codes;
use crate::diagnostic::phrase::nearest;
use crate::model::condition::{Class, Condition, Scope, Tense};
use crate::model::ids::PredicateId;
use crate::model::norm::Modality;
use crate::model::sentence::{Amount, Pattern, Term};
use crate::model::vocabulary::{PredicateKind, SLOTS};
use crate::source::Span;
use crate::syntax::ast;
use std::borrow::Cow;

impl Builder<'_, '_> {
    /// A sentence in a condition.
    pub(super) fn sentence(&mut self, sentence: &ast::Sentence) -> Condition {
        if expand::has_list(sentence) {
            return self.condition(&expand::sentence(sentence));
        }
        if negated(&sentence.predicate) {
            let inner = self.within(|builder| builder.affirmative(sentence));
            return Condition::Not(Box::new(inner));
        }
        self.affirmative(sentence)
    }

    /// The sentence without its `not`.
    fn affirmative(&mut self, sentence: &ast::Sentence) -> Condition {
        let subject = self.noun(&sentence.subject);
        let literal = match &sentence.predicate {
            ast::Predicate::Verb {
                tense,
                verb,
                phrase,
                within,
                ..
            } => {
                let within = within.as_ref().map(|period| period.value);
                self.verb_literal(subject, *tense, verb, phrase, within)
            }
            ast::Predicate::IsA { class, of, .. } => self.is_a(subject, class, of.as_ref()),
            ast::Predicate::Is {
                complement, phrase, ..
            } => self.is(subject, complement, phrase),
        };
        let literal = literal.unwrap_or(Condition::All(Vec::new()));
        self.tested(literal)
    }

    fn verb_literal(
        &mut self,
        subject: Term,
        tense: ast::Tense,
        verb: &ast::Name,
        phrase: &ast::Phrase,
        within: Option<crate::calendar::Period>,
    ) -> Option<Condition> {
        let predicate = self.verb(verb, phrase)?;
        let (predicate, tense) = match tense {
            ast::Tense::Present => (predicate, Tense::Present),
            ast::Tense::Perfect => (predicate, Tense::Perfect(within)),
            ast::Tense::Refusal => (self.context.book.refusal(predicate)?, Tense::Present),
        };
        let pattern = self.pattern(predicate, subject, phrase);
        let towards = pattern.terms[1];
        let sentence = Condition::Sentence { pattern, tense };
        let Some(under) = &phrase.under else {
            return Some(sentence);
        };
        let scope = self.context.reference(under)?;
        let position = self.any_position(subject, &scope, towards);
        Some(Condition::All(vec![sentence, position]))
    }

    /// `under (1)`: the act is one that a position under that clause is about.
    fn any_position(&mut self, bearer: Term, under: &Scope, towards: Term) -> Condition {
        let fallback = vec![Modality::Duty, Modality::Permission];
        let clauses = self.context.clauses;
        let mut modalities = clauses.map_or(fallback, |clauses| clauses.modalities(under));
        modalities.retain(|modality| *modality != Modality::Prohibition);
        let mut positions: Vec<Condition> = modalities
            .into_iter()
            .map(|modality| Condition::Position {
                modality,
                bearer,
                under: under.clone(),
                act: None,
                towards,
            })
            .collect();
        match positions.pop() {
            Some(only) if positions.is_empty() => only,
            Some(last) => {
                positions.push(last);
                Condition::Any(positions)
            }
            None => Condition::Any(Vec::new()),
        }
    }

    /// The verb of which this is a form; if there is none, what else is wrong in its phrase is told too.
    pub(super) fn verb(&mut self, verb: &ast::Name, phrase: &ast::Phrase) -> Option<PredicateId> {
        let found = self.context.book.forms.get(&verb.text).copied();
        if found.is_none() {
            self.unknown_verb(verb, phrase);
        }
        found
    }

    fn unknown_verb(&mut self, verb: &ast::Name, phrase: &ast::Phrase) {
        let forms = &self.context.book.forms;
        if let Some(ast::Noun::Name(object)) = &phrase.object {
            let whole = format!("{}-{}", verb.text, object.text);
            if forms.contains_key(&whole) {
                let span = verb.span.to(object.span);
                let written = format!("{} {}", verb.text, object.text);
                self.context
                    .report(codes::unknown_verb(span, &written, Some(&whole)));
                return;
            }
        }
        let near = nearest(&verb.text, forms.keys().map(String::as_str));
        let mut diagnostic = codes::unknown_verb(verb.span, &verb.text, near);
        if self.context.status(&verb.text).is_some() {
            let help = format!("`{0}` is a status: write `is {0}`", verb.text);
            diagnostic = diagnostic.help(help);
        }
        self.context.report(diagnostic);
        self.nouns_only(phrase);
    }

    /// A sentence as a pattern; its `under` is left to the caller.
    pub(super) fn pattern(
        &mut self,
        predicate: PredicateId,
        subject: Term,
        phrase: &ast::Phrase,
    ) -> Pattern {
        let phrase = self.split_of(predicate, phrase);
        let mut pattern = blank(predicate, subject);
        if let Some(object) = &phrase.object {
            self.fill(&mut pattern, "object", object, None);
        }
        for (role, noun) in &phrase.roles {
            self.fill(&mut pattern, &role.text, noun, Some(role.span));
        }
        pattern.place = phrase.place.as_ref().map(|place| self.place(place));
        pattern
    }

    /// `recognises sovereignty of P` reads like `forces of P`; where `sovereignty` is no possession, `of` is a role.
    pub(super) fn split_of<'p>(
        &self,
        predicate: PredicateId,
        phrase: &'p ast::Phrase,
    ) -> Cow<'p, ast::Phrase> {
        let book = self.context.book;
        let takes_of = book
            .predicate(predicate)
            .roles
            .iter()
            .any(|role| role == "of");
        let no_possession = |noun: &ast::Noun| match noun {
            ast::Noun::Possession { word, .. } => {
                !book.possessions.iter().any(|known| known.name == word.text)
                    && self.context.find(&word.text).is_some()
            }
            _ => false,
        };
        let nouns = phrase.object.iter();
        let mut nouns = nouns.chain(phrase.roles.iter().map(|(_, noun)| noun));
        if !takes_of || !nouns.any(no_possession) {
            return Cow::Borrowed(phrase);
        }
        let mut phrase = phrase.clone();
        let objects = phrase.object.iter_mut();
        let mut found = None;
        for noun in objects.chain(phrase.roles.iter_mut().map(|(_, noun)| noun)) {
            if no_possession(noun)
                && let ast::Noun::Possession { word, owner, .. } = noun
            {
                let role = ast::Name {
                    text: "of".to_owned(),
                    span: word.span,
                };
                found = Some((role, owner.as_ref().clone()));
                *noun = ast::Noun::Name(word.clone());
            }
        }
        phrase.roles.extend(found);
        Cow::Owned(phrase)
    }

    fn fill(&mut self, pattern: &mut Pattern, role: &str, noun: &ast::Noun, at: Option<Span>) {
        if let ast::Noun::Amount(amount) = noun
            && matches!(role, "object" | "with")
        {
            pattern.amount = Some(self::amount(amount));
            return;
        }
        let slot = self.slot(pattern.predicate, role, noun, at);
        let term = self.noun(noun);
        let Some(slot) = slot else {
            return;
        };
        if pattern.terms[slot] != Term::Any
            && let Some(span) = super::spans::noun(noun)
        {
            self.context.report(codes::role_twice(span, role));
        }
        pattern.terms[slot] = term;
    }

    /// The slot of a role; a diagnostic if the word does not take it.
    pub(super) fn slot(
        &mut self,
        predicate: PredicateId,
        role: &str,
        noun: &ast::Noun,
        at: Option<Span>,
    ) -> Option<usize> {
        let book = self.context.book;
        let known = book.predicate(predicate);
        let found = known.roles.iter().position(|known| known == role);
        if found.is_none()
            && let Some(span) = at.or_else(|| super::spans::noun(noun))
        {
            let word = super::vocabulary::word_name(book, predicate);
            let diagnostic = codes::role_not_taken(span, word, role, &known.roles, known.span);
            self.context.report(diagnostic);
        }
        found.map(|at| at + 1)
    }

    /// Reads the nouns of a phrase whose verb is unknown, to report what is wrong in them too.
    fn nouns_only(&mut self, phrase: &ast::Phrase) {
        let nouns = phrase.object.iter();
        for noun in nouns.chain(phrase.roles.iter().map(|(_, noun)| noun)) {
            if !matches!(noun, ast::Noun::Amount(_) | ast::Noun::List { .. }) {
                self.noun(noun);
            }
        }
        if let Some(place) = &phrase.place {
            self.place(place);
        }
    }

    /// `is a party of T`
    fn is_a(
        &mut self,
        subject: Term,
        class: &ast::Name,
        of: Option<&ast::Name>,
    ) -> Option<Condition> {
        match self.context.class(class, of)? {
            Class::Status(status) => Some(Condition::Sentence {
                pattern: blank(status, subject),
                tense: Tense::Present,
            }),
            class => self.class_test(subject, class),
        }
    }

    /// `is at-war with A`, `is germany`, `is P`, `is in-force for P`
    fn is(
        &mut self,
        subject: Term,
        complement: &ast::Name,
        phrase: &ast::Phrase,
    ) -> Option<Condition> {
        if complement.text == "in-force" {
            return Some(self.in_force(subject, phrase));
        }
        if let Some(status) = self.context.status(&complement.text) {
            if let Some(under) = &phrase.under {
                let help = "only acts are done under a clause";
                self.context
                    .report(codes::under_misplaced(under.span, help));
            }
            let pattern = self.pattern(status, subject, phrase);
            return Some(Condition::Sentence {
                pattern,
                tense: Tense::Present,
            });
        }
        let other = self.complement(complement);
        if *phrase != ast::Phrase::default() && other.is_some() {
            let diagnostic = codes::unknown_status(complement.span, &complement.text, None);
            self.context
                .report(diagnostic.help("only a status takes roles"));
        }
        other.map(|other| match other {
            Ok(term) => Condition::Same(subject, term),
            Err(class) => Condition::Is(subject, class),
        })
    }

    fn complement(&mut self, complement: &ast::Name) -> Option<Result<Term, Class>> {
        if is_variable(complement) {
            let (id, _) = self.variable(&complement.text, complement.span);
            return Some(Ok(Term::Variable(id)));
        }
        if self.context.find(&complement.text).is_some() {
            return Some(Ok(self.name(complement)));
        }
        let before = self.context.diagnostics.len();
        if let Some(class) = self.context.class(complement, None) {
            return Some(Err(class));
        }
        self.context.diagnostics.truncate(before);
        let book = self.context.book;
        let names = book.predicate_names.iter();
        let statuses = names
            .filter(|(_, id)| matches!(book.predicate(**id).kind, PredicateKind::Status { .. }))
            .map(|(name, _)| name.as_str());
        let all = statuses.chain(book.names.keys().map(String::as_str));
        let near = nearest(&complement.text, all);
        let diagnostic = if book.forms.contains_key(&complement.text) {
            codes::no_passive(complement.span, &complement.text)
        } else {
            codes::unknown_status(complement.span, &complement.text, near)
        };
        self.context.report(diagnostic);
        None
    }

    fn in_force(&mut self, treaty: Term, phrase: &ast::Phrase) -> Condition {
        let mut party = Term::Any;
        for (role, noun) in &phrase.roles {
            if role.text == "for" {
                party = self.noun(noun);
            } else {
                let span = role.span;
                let diagnostic = codes::role_not_taken(span, "in-force", &role.text, &[], span);
                self.context
                    .report(diagnostic.help("`in-force` takes `for`"));
            }
        }
        Condition::InForce { treaty, party }
    }
}

/// A pattern with its subject only.
pub(super) fn blank(predicate: PredicateId, subject: Term) -> Pattern {
    let mut terms = [Term::Any; SLOTS];
    terms[0] = subject;
    Pattern {
        predicate,
        terms,
        classes: [const { None }; SLOTS],
        place: None,
        amount: None,
    }
}

/// A number of something.
pub(super) fn amount(amount: &ast::Amount) -> Amount {
    Amount {
        exact: amount.exactly,
        number: amount.number,
        unit: amount.unit.text.clone(),
    }
}
