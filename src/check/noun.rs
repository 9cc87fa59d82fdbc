//! Nouns to terms: who is spoken of, and what must be true of them.

use super::builder::{Builder, not};
use super::spans;
use crate::diagnostic::codes::check as codes;
use crate::model::condition::{Class, Condition};
use crate::model::entity::EntityKind;
use crate::model::ids::EntityId;
use crate::model::sentence::{PlaceTest, Spot, Term};
use crate::source::Span;
use crate::syntax::ast;

impl Builder<'_, '_> {
    /// A noun in a condition.
    pub(super) fn noun(&mut self, noun: &ast::Noun) -> Term {
        match noun {
            ast::Noun::Name(name) => self.name(name),
            ast::Noun::Variable(name) => self.variable_noun(name),
            ast::Noun::ThisTreaty(span) => self.this_treaty(*span),
            ast::Noun::Class(class) => self.class_noun(class),
            ast::Noun::Possession { word, owner, .. } => {
                let owner = self.noun(owner);
                self.possession(word, owner)
            }
            ast::Noun::List { .. } => {
                if let Some(span) = spans::noun(noun) {
                    let help = "write one sentence for each";
                    self.context.report(codes::list_misplaced(span, help));
                }
                Term::Any
            }
            ast::Noun::Amount(amount) => {
                self.context.report(codes::amount_misplaced(amount.span));
                Term::Any
            }
        }
    }

    /// `this treaty`
    pub(super) fn this_treaty(&mut self, span: Span) -> Term {
        match self.context.this_treaty(span, "`this treaty`") {
            Some(treaty) => Term::Entity(self.context.book.treaty(treaty).entity),
            None => Term::Any,
        }
    }

    /// A named thing.
    pub(super) fn name(&mut self, name: &ast::Name) -> Term {
        let Some(id) = self.context.entity(name, "a name") else {
            return Term::Any;
        };
        self.call_named(id);
        Term::Entity(id)
    }

    /// Somebody named is spoken of as what they are.
    fn call_named(&mut self, id: EntityId) {
        let Some(entity) = self.context.book.entities.get(id.index()) else {
            return;
        };
        let class = match entity.kind {
            EntityKind::State { .. } => Class::State,
            EntityKind::Organisation => Class::Organisation,
            EntityKind::Organ { .. } => Class::Organ,
            EntityKind::Group => Class::Group,
            _ => return,
        };
        self.call(Term::Entity(id), &class);
        if let Some(treaty) = self.treaty()
            && self.listed(id)
        {
            self.call(Term::Entity(id), &Class::Party(treaty, None));
        }
    }

    /// Whether somebody named is, or may become, a party by the words of this treaty's head.
    pub(super) fn listed(&self, id: EntityId) -> bool {
        let Some(mut treaty) = self.treaty() else {
            return false;
        };
        for _ in 0..self.context.book.treaties.len() {
            let head = self.context.book.treaty(treaty);
            let state = self.context.book.entities.get(id.index());
            let state = state.is_some_and(|e| matches!(e.kind, EntityKind::State { .. }));
            let named = head.parties.iter().any(|party| party.actor == id);
            if named || (head.open_to_every_state && state) {
                return true;
            }
            match head.parties_of {
                Some(other) => treaty = other,
                None => return false,
            }
        }
        false
    }

    /// `forces of P`
    pub(super) fn possession(&mut self, word: &ast::Name, owner: Term) -> Term {
        let Some(id) = self.context.possession(word) else {
            return Term::Any;
        };
        match owner {
            Term::Entity(owner) if owner.possessed().is_none() => {
                Term::Entity(EntityId::possession(id, owner))
            }
            Term::Variable(owner) => Term::Possession(id, owner),
            Term::Any => Term::Any,
            Term::Entity(_) | Term::Possession(..) => {
                let help = "a possession of a possession cannot be said";
                self.context.report(codes::list_misplaced(word.span, help));
                Term::Any
            }
        }
    }

    fn variable_noun(&mut self, name: &ast::Name) -> Term {
        let (id, new) = self.variable(&name.text, name.span);
        let term = Term::Variable(id);
        if new
            && !self.inside()
            && let Some(class) = self.declared.get(&name.text).cloned()
        {
            let tests = self.class_tests(term, &class);
            self.tests.extend(tests);
        }
        term
    }

    /// `a party P of T other than X` in a condition.
    fn class_noun(&mut self, noun: &ast::ClassNoun) -> Term {
        if matches!(
            noun.determiner,
            ast::Determiner::Each | ast::Determiner::The
        ) {
            let diagnostic = codes::each_in_condition(noun.span, &noun.class.text);
            self.context.report(diagnostic);
            return Term::Any;
        }
        let id = match &noun.variable {
            Some(name) => self.variable(&name.text, name.span).0,
            None => self.invented(noun.span),
        };
        let term = Term::Variable(id);
        let before = self.called.clone();
        let tests = self.class_tests(term, noun);
        self.tests.extend(tests);
        if matches!(
            noun.determiner,
            ast::Determiner::Another | ast::Determiner::EachOther
        ) {
            let differs = self.differs(term, noun, &before);
            self.tests.extend(differs);
        }
        term
    }

    /// The class of a noun and its `other than`, as conditions on a term.
    pub(super) fn class_tests(&mut self, term: Term, noun: &ast::ClassNoun) -> Vec<Condition> {
        let mut tests = Vec::new();
        if let Some(class) = self.context.class(&noun.class, noun.of.as_ref()) {
            tests.extend(self.class_test(term, class));
        }
        let except = self.other_than(term, noun);
        tests.extend(except.into_iter().map(not));
        tests
    }

    /// Each of `other than` as a condition that a term may not fit.
    pub(super) fn other_than(&mut self, term: Term, noun: &ast::ClassNoun) -> Vec<Condition> {
        let mut found = Vec::new();
        for other in &noun.other_than {
            match other {
                ast::Noun::Class(class) => {
                    let class = self.context.class(&class.class, class.of.as_ref());
                    found.extend(class.map(|class| Condition::Is(term, class)));
                }
                ast::Noun::Name(name) => {
                    let entity = self.context.entity(name, "a name");
                    found.extend(entity.map(|id| Condition::Same(term, Term::Entity(id))));
                }
                ast::Noun::Variable(name) => {
                    let other = Term::Variable(self.variable(&name.text, name.span).0);
                    found.push(Condition::Same(term, other));
                }
                ast::Noun::List { nouns, .. } => {
                    let flat = ast::ClassNoun {
                        other_than: nouns.clone(),
                        ..noun.clone()
                    };
                    found.extend(self.other_than(term, &flat));
                }
                _ => {
                    let other = self.noun(other);
                    found.push(Condition::Same(term, other));
                }
            }
        }
        found
    }

    /// That a term is none of those called the same before.
    pub(super) fn differs(
        &mut self,
        term: Term,
        noun: &ast::ClassNoun,
        before: &[(Term, Class)],
    ) -> Vec<Condition> {
        let Some(class) = self.context.class(&noun.class, noun.of.as_ref()) else {
            return Vec::new();
        };
        let others = others(term, &class, before);
        others
            .into_iter()
            .map(|other| not(Condition::Same(term, other)))
            .collect()
    }

    /// `in ...`, `outside ...`
    pub(super) fn place(&mut self, place: &ast::Where) -> PlaceTest {
        let mut spots = Vec::new();
        for spot in &place.spots {
            match spot {
                ast::Spot::Named(ast::Noun::List { nouns, .. }) => {
                    let each = nouns.iter().cloned().map(ast::Spot::Named);
                    spots.extend(each.map(|spot| self.spot(&spot)));
                }
                spot => spots.push(self.spot(spot)),
            }
        }
        PlaceTest {
            outside: place.outside,
            spots,
        }
    }

    fn spot(&mut self, spot: &ast::Spot) -> Spot {
        match spot {
            ast::Spot::TerritoryOf(holder) => Spot::TerritoryOf(self.holder(holder)),
            ast::Spot::AdministeredBy(holder) => Spot::AdministeredBy(self.holder(holder)),
            ast::Spot::Named(ast::Noun::Name(name)) => {
                let place = self.context.place(name);
                Spot::In(place.map_or(Term::Any, Term::Entity))
            }
            ast::Spot::Named(noun) => Spot::In(self.noun(noun)),
        }
    }

    fn holder(&mut self, noun: &ast::Noun) -> Term {
        match noun {
            ast::Noun::Name(name) => self.context.actor(name).map_or(Term::Any, Term::Entity),
            _ => self.noun(noun),
        }
    }
}

/// Those among `before` who were called the same class (in whatever role), but the term itself.
pub(super) fn others(term: Term, class: &Class, before: &[(Term, Class)]) -> Vec<Term> {
    let mut found: Vec<Term> = Vec::new();
    for (other, called) in before {
        let same = match (class, called) {
            (Class::Party(one, _), Class::Party(two, _)) => one == two,
            (one, two) => one == two,
        };
        if same && *other != term && !found.contains(other) {
            found.push(*other);
        }
    }
    found
}
