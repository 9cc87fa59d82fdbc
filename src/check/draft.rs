//! A rulebook in the making: what is declared, and the trees whose names are still to be resolved.

use super::context::Context;
use super::index::Clauses;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::check as codes;
use crate::model::ids::{DisputeId, EntityId, LayerId, PredicateId, TreatyId};
use crate::model::rulebook::Rulebook;
use crate::syntax::ast;
use rustc_hash::FxHashSet;

/// A rulebook in the making.
#[derive(Default)]
pub(super) struct Draft<'a> {
    /// What is known so far.
    pub(super) book: Rulebook,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Clauses by article.
    pub(super) clauses: Clauses,
    /// Treaties by id.
    pub(super) treaties: Vec<&'a ast::Treaty>,
    /// Their parts, those of protocols too.
    pub(super) parts: Vec<TreatyPart<'a>>,
    /// States.
    pub(super) states: Vec<(EntityId, &'a ast::State)>,
    /// Organs and whose they are.
    pub(super) organs: Vec<(EntityId, &'a ast::Name)>,
    /// Places, by index.
    pub(super) places: Vec<(EntityId, &'a ast::Place)>,
    /// Areas, by index.
    pub(super) areas: Vec<(TreatyId, EntityId, &'a ast::Area)>,
    /// Words with what they are a kind of.
    pub(super) kinds: Vec<(PredicateId, &'a [ast::KindOf])>,
    /// Means with what they are a kind of.
    pub(super) means: Vec<(usize, &'a ast::Name)>,
    /// Readings with who holds them.
    pub(super) readings: Vec<(DisputeId, &'a [ast::Reading])>,
    /// Layers with who knew.
    pub(super) layers: Vec<(LayerId, &'a [ast::Name])>,
    /// General definitions.
    pub(super) defines: Vec<&'a ast::Define>,
    /// Histories.
    pub(super) histories: Vec<(Option<TreatyId>, &'a [ast::Fact])>,
    /// Areas spoken of.
    pub(super) used_areas: FxHashSet<EntityId>,
    /// Readings on which a clause depends.
    pub(super) used_readings: FxHashSet<(DisputeId, u8)>,
}

/// A part of a treaty with the layer in which it stands.
#[derive(Clone, Copy)]
pub(super) struct TreatyPart<'a> {
    /// Of which treaty.
    pub(super) treaty: TreatyId,
    /// The layer of the protocol around it.
    pub(super) layer: Option<LayerId>,
    /// The part; never a protocol.
    pub(super) part: &'a ast::Part,
}

/// What a context has gathered.
pub(super) struct Gathered {
    diagnostics: Vec<Diagnostic>,
    areas: FxHashSet<EntityId>,
    readings: FxHashSet<(DisputeId, u8)>,
}

impl Context<'_> {
    /// Lets go of the rulebook.
    pub(super) fn finish(self) -> Gathered {
        Gathered {
            diagnostics: self.diagnostics,
            areas: self.areas,
            readings: self.readings,
        }
    }
}

impl Draft<'_> {
    /// A context that reads names against what is known so far.
    pub(super) fn context(&self, treaty: Option<TreatyId>) -> Context<'_> {
        Context {
            clauses: Some(&self.clauses),
            ..Context::new(&self.book, treaty)
        }
    }

    /// Takes over what a context has gathered.
    pub(super) fn gather(&mut self, gathered: Gathered) {
        self.diagnostics.extend(gathered.diagnostics);
        self.used_areas.extend(gathered.areas);
        self.used_readings.extend(gathered.readings);
    }

    /// Reports a second declaration.
    pub(super) fn twice(&mut self, what: &str, name: &ast::Name, first: crate::source::Span) {
        let diagnostic = codes::declared_twice(name.span, what, &name.text, first);
        self.diagnostics.push(diagnostic);
    }
}
