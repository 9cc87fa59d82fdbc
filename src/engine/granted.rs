//! Which positions each norm has yielded, and for whom.

use super::position::Position;
use crate::model::ids::{EntityId, NormId};
use crate::model::vocabulary::SLOTS;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Of so many positions of one norm, each is looked at.
const FEW: usize = 8;

/// Whoever fills the roles of an act.
type Arguments = [Option<EntityId>; SLOTS];

/// Positions by the norm that yields them.
#[derive(Clone, Default)]
pub(crate) struct Granted(FxHashMap<NormId, OfNorm>);

#[derive(Clone, Default)]
struct OfNorm {
    all: SmallVec<[u32; 4]>,
    /// Empty while there are few.
    by_arguments: FxHashMap<Arguments, u32>,
}

impl Granted {
    /// Whether the norm has yielded a position.
    pub(crate) fn has(&self, norm: NormId) -> bool {
        self.0.contains_key(&norm)
    }

    /// The positions of a norm, in the order in which they were found.
    pub(crate) fn of(&self, norm: NormId) -> &[u32] {
        self.0.get(&norm).map_or(&[], |own| own.all.as_slice())
    }

    /// The position of a norm with these arguments.
    pub(crate) fn find(
        &self,
        norm: NormId,
        arguments: &Arguments,
        positions: &[Position],
    ) -> Option<u32> {
        let own = self.0.get(&norm)?;
        if own.all.len() > FEW {
            return own.by_arguments.get(arguments).copied();
        }
        let mut all = own.all.iter().copied();
        all.find(|at| positions[*at as usize].arguments == *arguments)
    }

    /// Adds the last of these positions.
    pub(crate) fn add(&mut self, positions: &[Position]) {
        let Some(position) = positions.last() else {
            return;
        };
        if self.0.is_empty() {
            // Enough for most scenarios, so that the table need not grow.
            self.0.reserve(14);
        }
        let own = self.0.entry(position.norm).or_default();
        own.all.push(positions.len() as u32 - 1);
        let new = match own.all.len() {
            ..=FEW => return,
            count if count == FEW + 1 => own.all.as_slice(),
            count => &own.all[count - 1..],
        };
        let arguments = new
            .iter()
            .map(|at| (positions[*at as usize].arguments, *at));
        own.by_arguments.extend(arguments);
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
