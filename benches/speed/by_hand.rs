//! The yardstick: the same worlds worked out by a program written for them alone, with dense numbers and an index of who may trigger
//! what. It knows the six promises and nothing else: no contested facts, no readings, no breaches, no precedence, no reasons.

use super::generator::{Act, Event, Party, Promise, REGIONS, World};

/// A position: whose, under which article, about whom, and the days on which it holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) treaty: u32,
    pub(crate) article: u16,
    pub(crate) bearer: u16,
    pub(crate) object: Option<u16>,
    pub(crate) against: Option<u16>,
    pub(crate) holds: Vec<(i32, i32)>,
}

/// A state as party to a treaty with a promise that what befalls it may trigger.
#[derive(Clone, Copy)]
struct Entry {
    treaty: u32,
    article: u16,
    promise: Promise,
    from: i32,
    until: i32,
}

/// A world made ready.
pub(crate) struct ByHand<'w> {
    world: &'w World,
    /// For each state, the promises to it when it is attacked.
    attacked: Vec<Vec<Entry>>,
    /// When it is threatened.
    threatened: Vec<Vec<Entry>>,
    /// Its promises not to attack.
    attacking: Vec<Vec<Entry>>,
}

/// For ever.
pub(crate) const ALWAYS: i32 = i32::MAX;

impl<'w> ByHand<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        let none = vec![Vec::new(); world.states];
        let mut made = Self {
            world,
            attacked: none.clone(),
            threatened: none.clone(),
            attacking: none,
        };
        for (number, treaty) in world.treaties.iter().enumerate() {
            for (article, promise) in treaty.promises.iter().enumerate() {
                for party in &treaty.parties {
                    let (from, until) = bound(party, treaty.from, treaty.until);
                    let index = match promise {
                        Promise::Consult => &mut made.threatened,
                        Promise::NotAttack => &mut made.attacking,
                        _ => &mut made.attacked,
                    };
                    index[party.state].push(Entry {
                        treaty: number as u32,
                        article: article as u16,
                        promise: *promise,
                        from,
                        until,
                    });
                }
            }
        }
        made
    }

    /// Every position that arises, each told to `tell`.
    pub(crate) fn positions(&self, events: &[Event], tell: &mut impl FnMut(&Row)) {
        let mut sorted: Vec<Event> = events.to_vec();
        sorted.sort_by_key(|event| (event.by, event.to, event.on));
        let mut row = Row {
            treaty: 0,
            article: 0,
            bearer: 0,
            object: None,
            against: None,
            holds: Vec::new(),
        };
        for acts in sorted.chunk_by(|a, b| (a.by, a.to) == (b.by, b.to)) {
            let (by, to) = (acts[0].by, acts[0].to);
            let pair = sorted.partition_point(|event| (event.by, event.to) < (to, by));
            let back = sorted[pair..]
                .iter()
                .take_while(|event| (event.by, event.to) == (to, by))
                .find(|event| matches!(event.act, Act::Attack { .. }))
                .map(|event| event.on);
            self.of_pair((by, to), acts, back, &mut row, tell);
        }
        for acts in sorted.chunk_by(|a, b| a.by == b.by) {
            self.bans(acts, &mut row, tell);
        }
    }

    fn of_pair(
        &self,
        (by, to): (usize, usize),
        acts: &[Event],
        back: Option<i32>,
        row: &mut Row,
        tell: &mut impl FnMut(&Row),
    ) {
        let attacks = spells(acts, |_| true);
        if !attacks.is_empty() {
            for entry in &self.attacked[to] {
                let narrowed;
                let conditions = match entry.promise {
                    Promise::AssistIn(region) => {
                        narrowed = spells(acts, |place| place / REGIONS == region);
                        &narrowed
                    }
                    Promise::AssistUnlessAggressor => {
                        narrowed = before(&attacks, back);
                        &narrowed
                    }
                    _ => &attacks,
                };
                let swap = entry.promise == Promise::StayNeutral;
                row.object = Some(if swap { by } else { to } as u16);
                row.against = Some(if swap { to } else { by } as u16);
                self.others(entry, conditions, (by, to), row, tell);
            }
        }
        row.object = Some(to as u16);
        row.against = Some(by as u16);
        for entry in &self.threatened[to] {
            // A threat made before the treaty was in force starts nothing.
            let treaty = &self.world.treaties[entry.treaty as usize];
            let in_force = treaty.from..=treaty.until;
            let counts =
                |event: &&Event| event.act == Act::Threaten && in_force.contains(&event.on);
            if let Some(threat) = acts.iter().find(counts) {
                self.others(entry, &[(threat.on, ALWAYS)], (by, to), row, tell);
            }
        }
    }

    /// A promise by every other party.
    fn others(
        &self,
        entry: &Entry,
        conditions: &[(i32, i32)],
        (by, to): (usize, usize),
        row: &mut Row,
        tell: &mut impl FnMut(&Row),
    ) {
        let treaty = &self.world.treaties[entry.treaty as usize];
        (row.treaty, row.article) = (entry.treaty, entry.article);
        for party in &treaty.parties {
            if party.state == by || party.state == to {
                continue;
            }
            let from = entry.from.max(party.from);
            let until = entry.until.min(party.until);
            // What has arisen goes on while its conditions do.
            row.holds.clear();
            for (first, last) in conditions {
                let first = *first.max(&from);
                if first <= *last.min(&until) {
                    row.holds.push((first, *last));
                }
            }
            if !row.holds.is_empty() {
                row.bearer = party.state as u16;
                tell(row);
            }
        }
    }

    /// The promises not to attack of whoever attacked a party.
    fn bans(&self, acts: &[Event], row: &mut Row, tell: &mut impl FnMut(&Row)) {
        let by = acts[0].by;
        for entry in &self.attacking[by] {
            let parties = &self.world.treaties[entry.treaty as usize].parties;
            let broken = |act: &Event| {
                let attack = matches!(act.act, Act::Attack { .. });
                attack && parties.iter().any(|party| party.state == act.to)
            };
            if acts.iter().any(broken) {
                (row.treaty, row.article) = (entry.treaty, entry.article);
                (row.bearer, row.object, row.against) = (by as u16, None, None);
                row.holds.clear();
                row.holds.push((entry.from, entry.until));
                tell(row);
            }
        }
    }
}

fn bound(party: &Party, from: i32, until: i32) -> (i32, i32) {
    (party.from.max(from), party.until.min(until))
}

/// The unbroken times in which an attack goes on, of attacks in the order of their first days.
fn spells(acts: &[Event], counts: impl Fn(usize) -> bool) -> Vec<(i32, i32)> {
    let mut found: Vec<(i32, i32)> = Vec::new();
    for event in acts {
        let Act::Attack { place, until } = event.act else {
            continue;
        };
        if !counts(place) {
            continue;
        }
        match found.last_mut() {
            Some((_, last)) if event.on <= *last + 1 => *last = until.max(*last),
            _ => found.push((event.on, until)),
        }
    }
    found
}

/// The days before a day.
fn before(spells: &[(i32, i32)], day: Option<i32>) -> Vec<(i32, i32)> {
    let Some(day) = day else {
        return spells.to_vec();
    };
    let cut = spells
        .iter()
        .map(|(first, last)| (*first, *last.min(&(day - 1))));
    cut.filter(|(first, last)| first <= last).collect()
}
