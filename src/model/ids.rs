//! Small numbers that stand for named things.

/// A thing one can speak of: a state, place, treaty, area, thing, or a possession of one (`forces of russia`).
///
/// The low 24 bits index [`Rulebook::entities`](super::rulebook::Rulebook::entities); the high 8 bits are 0 or one more
/// than the [`PossessionId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    const OWNER: u32 = 0x00ff_ffff;

    /// `forces of owner`
    #[must_use]
    pub fn possession(word: PossessionId, owner: Self) -> Self {
        Self((u32::from(word.0) + 1) << 24 | owner.0 & Self::OWNER)
    }

    /// The possession word and the owner, if it is a possession.
    pub fn possessed(self) -> Option<(PossessionId, Self)> {
        let word = (self.0 >> 24) as u8;
        (word > 0).then(|| (PossessionId(word - 1), Self(self.0 & Self::OWNER)))
    }

    /// The entity itself, or the owner of a possession, as an index.
    pub fn index(self) -> usize {
        (self.0 & Self::OWNER) as usize
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
