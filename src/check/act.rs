//! Heads of norms: who shall do what to whom.

use super::builder::{Builder, not};
use super::index::modality;
use super::noun::others;
use super::predicate::{amount, blank};
use crate::diagnostic::codes::{check as codes, lint};
use crate::model::condition::{Class, Condition};
use crate::model::entity::EntityKind;
use crate::model::ids::EntityId;
use crate::model::norm::{Modality, Mode, PositionHead};
use crate::model::sentence::{Pattern, Term};
use crate::source::Span;
use crate::syntax::ast;

/// Roles in which a named party is not the one to whom the act is owed.
const NOT_OWED_TO: [&str; 6] = ["against", "about", "from", "through", "by", "over"];

/// Who bears a position.
struct Bearer {
    term: Term,
    mode: Mode,
    group: Option<Class>,
}

/// What the nouns of an act depend on.
#[derive(Clone, Copy)]
struct Act {
    bearer: Term,
    triggered: bool,
    duty: bool,
}

impl Builder<'_, '_> {
    /// A position without its qualifiers; what its nouns ask for is left in the tests.
    pub(super) fn position(&mut self, modal: &ast::Modal, triggered: bool) -> Option<PositionHead> {
        let bearer = self.bearer(modal)?;
        let modality = modality(modal);
        if let Some(under) = &modal.phrase.under {
            let help = "a norm stands in its own treaty: leave `under ...` out";
            self.context
                .report(codes::under_misplaced(under.span, help));
        }
        let act = Act {
            bearer: bearer.term,
            triggered,
            duty: modality == Modality::Duty,
        };
        let predicate = self.verb(&modal.verb, &modal.phrase)?;
        let mut pattern = blank(predicate, bearer.term);
        self.act(&mut pattern, &modal.phrase, act);
        self.never_to_itself(&pattern, modal.span);
        let mut head = position_head(modality, bearer, pattern);
        head.amount = head.act.amount.take();
        Some(head)
    }

    fn bearer(&mut self, modal: &ast::Modal) -> Option<Bearer> {
        let each = |term| Bearer {
            term,
            mode: Mode::Each,
            group: None,
        };
        match &modal.subject {
            ast::Subject::AnyOneOf(class) => self.group(class, None, Mode::AnyOne),
            ast::Subject::The(class) if modal.together => self.group(class, None, Mode::Together),
            ast::Subject::The(class) => {
                let noun = plain(class, None);
                Some(each(self.bearer_class(&noun)))
            }
            ast::Subject::No { class, variable } => {
                if matches!(
                    modal.modality,
                    ast::Modality::ShallNot | ast::Modality::MayNot
                ) {
                    let help = "write `no party shall ...` or `each party shall ...`";
                    let why = "`no` and `not` together";
                    self.context
                        .report(codes::bad_subject(modal.span, why, help));
                }
                let noun = plain(class, variable.as_ref());
                Some(each(self.bearer_class(&noun)))
            }
            ast::Subject::Noun(ast::Noun::Class(noun)) if modal.together => {
                if !noun.other_than.is_empty() {
                    self.context.report(codes::together_needs_class(noun.span));
                }
                self.group(&noun.class, noun.of.as_ref(), Mode::Together)
            }
            ast::Subject::Noun(_) if modal.together => {
                self.context.report(codes::together_needs_class(modal.span));
                None
            }
            ast::Subject::Noun(noun) => self.bearer_noun(noun, modal.span).map(each),
        }
    }

    fn group(&mut self, class: &ast::Name, of: Option<&ast::Name>, mode: Mode) -> Option<Bearer> {
        let group = self.context.class(class, of)?;
        Some(Bearer {
            term: Term::Any,
            mode,
            group: Some(group),
        })
    }

    fn bearer_noun(&mut self, noun: &ast::Noun, span: Span) -> Option<Term> {
        match noun {
            ast::Noun::Name(name) => {
                let id = self.context.actor(name)?;
                self.named_bearer(id, name);
                // So that `each other` and `another` know whom they differ from.
                self.name(name);
                Some(Term::Entity(id))
            }
            ast::Noun::Variable(name) => {
                let term = Term::Variable(self.variable(&name.text, name.span).0);
                self.bound_bearer(term);
                Some(term)
            }
            ast::Noun::Class(class) => Some(self.bearer_class(class)),
            ast::Noun::Possession { word, owner, .. } => {
                let owner = self.bearer_noun(owner, span)?;
                Some(self.possession(word, owner))
            }
            ast::Noun::ThisTreaty(_) | ast::Noun::List { .. } | ast::Noun::Amount(_) => {
                let help = "the subject of `shall` or `may` is an actor";
                let why = "nobody is named who could bear it";
                self.context.report(codes::bad_subject(span, why, help));
                None
            }
        }
    }

    fn named_bearer(&mut self, id: EntityId, name: &ast::Name) {
        let listed = self.listed(id);
        let Some(entity) = self.context.book.entities.get(id.index()) else {
            return;
        };
        let state = matches!(entity.kind, EntityKind::State { .. });
        if listed || state {
            self.party(Term::Entity(id), None);
        }
        if let Some(treaty) = self.treaty()
            && state
            && !listed
            && !self.succeeds(id)
        {
            let treaty = &self.context.book.treaty(treaty).name;
            let diagnostic = lint::bearer_not_party(name.span, &name.text, treaty);
            self.context.report(diagnostic);
        }
    }

    /// Whether a state continues one that is listed, or has joined by the record.
    fn succeeds(&self, id: EntityId) -> bool {
        let book = self.context.book;
        let Some(treaty) = self.treaty() else {
            return false;
        };
        let before = match &book.entities[id.index()].kind {
            EntityKind::State { continues, .. } => continues.as_slice(),
            _ => &[],
        };
        let entity = book.treaty(treaty).entity;
        let joined = book.history.iter().any(|fact| {
            Some(fact.atom.predicate) == book.core.accede
                && fact.atom.arguments[0] == Some(id)
                && fact.atom.arguments[1] == Some(entity)
        });
        joined || before.iter().any(|(state, _)| self.listed(*state))
    }

    fn bearer_class(&mut self, noun: &ast::ClassNoun) -> Term {
        let before = self.called.clone();
        let id = match &noun.variable {
            Some(name) => self.variable(&name.text, name.span).0,
            None => self.invented(noun.span),
        };
        let term = Term::Variable(id);
        let tests = self.class_tests(term, noun);
        self.tests.extend(tests);
        if matches!(
            noun.determiner,
            ast::Determiner::EachOther | ast::Determiner::Another
        ) {
            let differs = self.differs(term, noun, &before);
            self.tests.extend(differs);
        }
        self.bound_bearer(term);
        term
    }

    /// A bearer must be bound by the treaty, unless it is of a kind that never joins one.
    fn bound_bearer(&mut self, term: Term) {
        let joins = self.called.iter().all(|(called, class)| {
            *called != term
                || matches!(
                    class,
                    Class::Actor | Class::State | Class::Party(..) | Class::Status(_)
                )
        });
        if joins {
            self.party(term, None);
        }
    }

    fn act(&mut self, pattern: &mut Pattern, phrase: &ast::Phrase, act: Act) {
        let phrase = self.split_of(pattern.predicate, phrase);
        let object = phrase.object.iter().map(|noun| ("object", noun, None));
        let roles = phrase
            .roles
            .iter()
            .map(|(role, noun)| (role.text.as_str(), noun, Some(role.span)));
        for (role, noun, at) in object.chain(roles) {
            if let ast::Noun::Amount(written) = noun
                && matches!(role, "object" | "with")
            {
                pattern.amount = Some(amount(written));
                continue;
            }
            let slot = self.slot(pattern.predicate, role, noun, at);
            let (term, class) = self.other(noun, act);
            if let Term::Entity(id) = term
                && !NOT_OWED_TO.contains(&role)
                && self.listed(id)
            {
                self.party(term, None);
            }
            let Some(slot) = slot else { continue };
            if (pattern.terms[slot] != Term::Any || pattern.classes[slot].is_some())
                && let Some(span) = super::spans::noun(noun)
            {
                self.context.report(codes::role_twice(span, role));
            }
            pattern.terms[slot] = term;
            pattern.classes[slot] = class;
        }
        pattern.place = phrase.place.as_ref().map(|place| self.place(place));
    }

    /// Somebody other than the bearer in an act.
    fn other(&mut self, noun: &ast::Noun, act: Act) -> (Term, Option<Class>) {
        match noun {
            ast::Noun::Class(class) => self.other_class(class, act),
            ast::Noun::Variable(name) => {
                let (id, _) = self.variable(&name.text, name.span);
                (Term::Variable(id), None)
            }
            ast::Noun::Possession { word, owner, .. } => {
                let owner = match owner.as_ref() {
                    ast::Noun::Class(class) => self.ranging(class, act),
                    owner => self.other(owner, act).0,
                };
                (self.possession(word, owner), None)
            }
            noun => (self.noun(noun), None),
        }
    }

    fn other_class(&mut self, noun: &ast::ClassNoun, act: Act) -> (Term, Option<Class>) {
        let every = matches!(
            noun.determiner,
            ast::Determiner::Each | ast::Determiner::EachOther | ast::Determiner::The
        );
        let Some(class) = self.context.class(&noun.class, noun.of.as_ref()) else {
            return (Term::Any, None);
        };
        let party = matches!(class, Class::Party(treaty, _) if Some(treaty) == self.treaty());
        let ranges = noun.variable.is_some()
            || !noun.other_than.is_empty()
            || (every && party && act.duty)
            || noun.determiner == ast::Determiner::EachOther;
        if ranges {
            return (self.ranging(noun, act), None);
        }
        (Term::Any, Some(class))
    }

    /// A class whose variable stands for each of its members.
    fn ranging(&mut self, noun: &ast::ClassNoun, act: Act) -> Term {
        let before = self.called.clone();
        let (id, new) = match &noun.variable {
            Some(name) => self.variable(&name.text, name.span),
            None => (self.invented(noun.span), true),
        };
        let term = Term::Variable(id);
        let tests = self.class_tests(term, noun);
        self.tests.extend(tests);
        self.differs_from(term, noun, &before, act.bearer);
        let listed = self.parties.iter().any(|(party, _)| *party == term);
        if new && act.triggered && !listed && !self.parties_as_conditions {
            let name = noun.variable.as_ref();
            let variable = name.map_or("it", |name| name.text.as_str());
            let diagnostic = codes::ranges_over_everybody(noun.span, &noun.class.text, variable);
            self.context.report(diagnostic);
        }
        term
    }

    fn differs_from(
        &mut self,
        term: Term,
        noun: &ast::ClassNoun,
        before: &[(Term, Class)],
        bearer: Term,
    ) {
        let mut different: Vec<Term> = Vec::new();
        match noun.determiner {
            ast::Determiner::Another => different.push(bearer),
            ast::Determiner::EachOther => {
                different.push(bearer);
                if let Some(class) = self.context.class(&noun.class, noun.of.as_ref()) {
                    let others = others(term, &class, before);
                    different.extend(others.into_iter().filter(|other| *other != bearer));
                }
            }
            _ => {}
        }
        let tests = different
            .into_iter()
            .filter(|other| *other != Term::Any && *other != term);
        self.tests
            .extend(tests.map(|other| not(Condition::Same(term, other))));
    }

    /// Nobody owes an act to, or against, itself.
    fn never_to_itself(&mut self, pattern: &Pattern, span: Span) {
        let bearer = pattern.terms[0];
        if bearer != Term::Any && pattern.terms[1..].contains(&bearer) {
            let why = "its bearer is also its object: nobody owes an act to, or against, itself";
            self.context.report(lint::never_fires(span, why));
        }
    }
}

/// `each CLASS [VARIABLE]`
fn plain(class: &ast::Name, variable: Option<&ast::Name>) -> ast::ClassNoun {
    ast::ClassNoun {
        determiner: ast::Determiner::Each,
        class: class.clone(),
        variable: variable.cloned(),
        of: None,
        other_than: Vec::new(),
        span: class.span,
    }
}

fn position_head(modality: Modality, bearer: Bearer, act: Pattern) -> PositionHead {
    PositionHead {
        modality,
        mode: bearer.mode,
        group: bearer.group,
        act,
        means: Vec::new(),
        amount: None,
        own_choice: false,
        immediately: false,
        manners: Vec::new(),
        in_accordance: Vec::new(),
        deadline: None,
        until: None,
        before: None,
        outlives: false,
        lapses_on_breach: false,
        prevails_over: Vec::new(),
        subject_to: Vec::new(),
    }
}
