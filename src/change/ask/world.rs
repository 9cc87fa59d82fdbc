//! The small world in which two versions are compared: who takes part, where and when.

use super::affected::Affected;
use super::cast::{Cast, cast};
use super::days::{days, parting};
use super::patterns::Mentions;
use super::places::places;
use super::slice::Slice;
use crate::calendar::Day;
use crate::engine::Engine;
use crate::extent::Extent;
use crate::model::ids::{EntityId, NormId, TreatyId};
use crate::model::rulebook::Rulebook;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// No day of the record is later than this: 1 January 2100.
pub(super) const HORIZON: Day = Day(47482);

/// One version, cut down to what is asked about.
pub(super) struct Side<'s> {
    pub(super) book: &'s Rulebook,
    pub(super) engine: Engine<'s>,
    /// The treaties whose life bears on it.
    pub(super) treaties: Vec<TreatyId>,
    /// The treaties under which the obligations arise that are compared.
    pub(super) asked: Vec<TreatyId>,
    /// Norms that read differently in the other version.
    pub(super) edited: Vec<NormId>,
    /// Treaties whose life may be another in the other version.
    pub(super) lives: Vec<TreatyId>,
    /// Actors whom an edited declaration names.
    pub(super) named: BTreeSet<String>,
    /// What the record says of the life of each treaty.
    recorded: FxHashMap<TreatyId, Recorded>,
}

/// The life of a treaty by the record alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorded {
    pub(super) in_force: Extent,
    /// Who is bound, as what and when.
    pub(super) members: Vec<(EntityId, Option<String>, Extent)>,
}

impl<'s> Side<'s> {
    pub(super) fn new(
        slice: &'s Slice,
        edited: &[NormId],
        affected: &Affected,
        asked: &BTreeSet<String>,
    ) -> Self {
        let book = &slice.book;
        let norms = book.norms.iter();
        let mut treaties: Vec<TreatyId> = norms
            .flat_map(|norm| Mentions::of(norm).treaties_in(book))
            .collect();
        treaties.sort_unstable();
        treaties.dedup();
        let named = |names: &BTreeSet<String>| -> Vec<TreatyId> {
            let all = (0..book.treaties.len() as u32).map(TreatyId);
            all.filter(|id| names.contains(&book.treaty(*id).name))
                .collect()
        };
        let asked = named(asked);
        let engine = Engine::new(book);
        let mut record = engine.archive(HORIZON);
        let recorded = treaties.iter().chain(&asked).map(|id| {
            let life = Recorded {
                in_force: record.in_force(*id),
                members: record.members(*id),
            };
            (*id, life)
        });
        let recorded = recorded.collect();
        drop(record);
        let positions = slice.of.iter().enumerate();
        let edited = positions.filter(|(_, id)| edited.contains(id));
        Self {
            engine,
            recorded,
            edited: edited.map(|(index, _)| NormId(index as u32)).collect(),
            asked,
            named: affected.named.clone(),
            lives: named(&affected.lives)
                .into_iter()
                .filter(|id| treaties.contains(id))
                .collect(),
            treaties,
            book,
        }
    }
}

impl Side<'_> {
    /// The life of a treaty by the record.
    pub(super) fn recorded(&self, treaty: TreatyId) -> Recorded {
        self.recorded.get(&treaty).cloned().unwrap_or_default()
    }
}

/// The names of all treaties whose life bears on either version.
pub(super) fn treaties(sides: &[Side<'_>; 2]) -> Vec<String> {
    let of = |side: &Side<'_>| {
        let names = side.treaties.iter().map(|id| &side.book.treaty(*id).name);
        names.cloned().collect::<Vec<_>>()
    };
    let all: BTreeSet<String> = sides.iter().flat_map(of).collect();
    all.into_iter().collect()
}

/// Who, where and when.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) cast: Cast,
    pub(super) places: Vec<String>,
    /// Every kind of place is among them.
    pub(super) all_places: bool,
    /// The days on which something may begin.
    pub(super) days: Vec<Day>,
    /// All days on which the versions part are among them.
    pub(super) all_days: bool,
}

/// How large a world is at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) parties: usize,
    pub(super) places: usize,
    pub(super) days: usize,
}

impl Size {
    /// From the smallest on.
    pub(super) const ALL: [Self; 6] = [
        Self::new(3, 3, 2),
        Self::new(4, 6, 3),
        Self::new(6, 12, 4),
        Self::new(8, 20, 6),
        Self::new(12, 30, 8),
        Self::new(16, 40, 10),
    ];

    pub(super) const fn new(parties: usize, places: usize, days: usize) -> Self {
        Self {
            parties,
            places,
            days,
        }
    }
}

impl World {
    /// Whether a larger world would hold nobody, no place and no day of another kind.
    pub(super) fn is_all(&self) -> bool {
        self.cast.all && self.all_places && self.all_days
    }

    /// The day on which the law of the versions parts, and no other; nothing if it parts on no day.
    pub(super) fn of_a_day(sides: &[Side<'_>; 2]) -> Option<Self> {
        let day = parting(sides)?;
        let cast = cast(sides, Size::ALL[0].parties, day);
        let (places, _) = places(sides, &cast, 1);
        Some(Self {
            cast,
            places,
            all_places: false,
            days: vec![day],
            all_days: false,
        })
    }

    /// No larger than `size`.
    pub(super) fn new(sides: &[Side<'_>], size: Size) -> Self {
        let mut days = days(sides);
        let all_days = days.len() <= size.days;
        days.truncate(size.days);
        let cast = cast(sides, size.parties, days[0]);
        let (places, all_places) = places(sides, &cast, size.places);
        Self {
            cast,
            places,
            all_places,
            days,
            all_days,
        }
    }
}
