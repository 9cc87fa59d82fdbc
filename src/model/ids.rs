//! Small numbers that stand for named things.

use std::num::NonZeroU32;

/// A thing one can speak of: a state, place, treaty, area, thing, or a possession of one (`forces of russia`).
///
/// The low 24 bits are one more than an index in [`Rulebook::entities`](super::rulebook::Rulebook::entities); the high 8 bits
/// are 0 or one more than the [`PossessionId`].
// Never 0, so that `Option<EntityId>` is as small.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(NonZeroU32);

impl EntityId {
    const OWNER: u32 = 0x00ff_ffff;

    /// The entity with this index.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index as u32))
    }

    /// The entity of which `Debug` tells this number.
    pub(crate) fn told(number: u32) -> Self {
        let own = Self::new((number & Self::OWNER) as usize).0;
        Self(own | number & !Self::OWNER)
    }

    /// `forces of owner`
    #[must_use]
    pub fn possession(word: PossessionId, owner: Self) -> Self {
        let word = (u32::from(word.0) + 1) << 24;
        Self(Self::new(owner.index()).0 | word)
    }

    /// The possession word and the owner, if it is a possession.
    pub fn possessed(self) -> Option<(PossessionId, Self)> {
        let word = (self.0.get() >> 24) as u8;
        (word > 0).then(|| (PossessionId(word - 1), Self::new(self.index())))
    }

    /// The entity itself, or the owner of a possession, as an index.
    pub fn index(self) -> usize {
        (self.0.get() & Self::OWNER) as usize - 1
    }
}

impl std::fmt::Debug for EntityId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = self.0.get() & !Self::OWNER;
        f.debug_tuple("EntityId")
            .field(&(word | self.index() as u32))
            .finish()
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl $name {
            /// As an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A verb, the refusal of a verb, or a status.
    PredicateId(u16);
    /// A possession word (`forces`).
    PossessionId(u8);
    /// A treaty.
    TreatyId(u32);
    /// A norm: one sentence of a clause.
    NormId(u32);
    /// A variable of one norm.
    VariableId(u16);
    /// A dispute of law.
    DisputeId(u32);
    /// A secret layer.
    LayerId(u32);
}
