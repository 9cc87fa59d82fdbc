//! Worlds made up for measuring: states, treaties and events of any number, as texts of the language and as data.
//!
//! The same seed gives the same world everywhere. Treaties are like those of the rulebook: most have two parties, some have many; they
//! begin, end, and gain and lose parties; their articles promise assistance (everywhere or in a region, with or without an
//! exception), consultation in time, neutrality and non-aggression.

use casus::calendar::{Day, PartialDate};
use casus::model::fact::{Fact, Scenario};
use casus::model::ids::EntityId;
use casus::model::rulebook::Rulebook;
use casus::model::sentence::Atom;
use casus::source::Span;
use std::fmt::Write as _;

/// How much of everything.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) states: usize,
    pub(crate) treaties: usize,
    pub(crate) seed: u64,
}

/// What an article promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Promise {
    Assist,
    /// In this region only.
    AssistIn(usize),
    /// Not a party that has attacked the attacker.
    AssistUnlessAggressor,
    Consult,
    StayNeutral,
    NotAttack,
}

/// A state bound by a treaty, in days from the first day of the world; both included.
#[derive(Clone, Copy)]
pub(crate) struct Party {
    pub(crate) state: usize,
    pub(crate) from: i32,
    pub(crate) until: i32,
}

pub(crate) struct Treaty {
    pub(crate) from: i32,
    pub(crate) until: i32,
    pub(crate) parties: Vec<Party>,
    pub(crate) promises: Vec<Promise>,
}

/// What somebody does to somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Attack { place: usize, until: i32 },
    Threaten,
}

#[derive(Clone, Copy)]
pub(crate) struct Event {
    pub(crate) by: usize,
    pub(crate) to: usize,
    pub(crate) on: i32,
    pub(crate) act: Act,
}

/// A world and the source of its events.
pub(crate) struct World {
    pub(crate) states: usize,
    pub(crate) treaties: Vec<Treaty>,
    random: Random,
}

/// The first day of every world.
pub(crate) const FIRST: (i16, i8, i8) = (1815, 1, 1);
/// Its last day, two hundred years later.
pub(crate) const LAST: i32 = 73_000;
/// Regions, each with as many places.
pub(crate) const REGIONS: usize = 8;

impl World {
    pub(crate) fn new(size: Size) -> Self {
        let mut random = Random(size.seed);
        let treaties = (0..size.treaties)
            .map(|_| treaty(size.states, &mut random))
            .collect();
        let states = size.states;
        Self {
            states,
            treaties,
            random,
        }
    }

    /// So many events within `span` days from a random day on.
    pub(crate) fn events(&mut self, count: usize, span: i32) -> Vec<Event> {
        let start = self.random.below(LAST - span + 1);
        (0..count).map(|_| self.event(start, span)).collect()
    }

    fn event(&mut self, start: i32, span: i32) -> Event {
        let random = &mut self.random;
        let by = random.index(self.states);
        let to = (by + 1 + random.index(self.states - 1)) % self.states;
        let on = start + random.below(span);
        let act = if random.below(3) == 0 {
            Act::Threaten
        } else {
            Act::Attack {
                place: random.index(REGIONS * REGIONS),
                until: on + random.below(900),
            }
        };
        Event { by, to, on, act }
    }

    /// The rulebook as text.
    pub(crate) fn text(&self) -> String {
        let mut text = VOCABULARY.to_owned();
        for state in 0..self.states {
            let _ = writeln!(text, "state s{state} \"State {state}\"");
        }
        for region in 0..REGIONS {
            let _ = writeln!(text, "place region-{region}");
        }
        for place in 0..REGIONS * REGIONS {
            let _ = writeln!(text, "place p{place} in region-{}", place / REGIONS);
        }
        for (number, treaty) in self.treaties.iter().enumerate() {
            treaty.write(number, &mut text);
        }
        text
    }

    /// A scenario as text.
    pub(crate) fn yaml(&self, events: &[Event]) -> String {
        let mut text = String::from("scenario: Made up\nevents:\n");
        for event in events {
            let Event { by, to, on, act } = event;
            let from = day(*on);
            let _ = match act {
                Act::Threaten => {
                    writeln!(text, "  - what: s{by} threatens s{to}\n    on: {from}")
                }
                Act::Attack { place, until } => writeln!(
                    text,
                    "  - what: s{by} attacks s{to} in p{place}\n    from: {from}\n    to: {}",
                    day(*until)
                ),
            };
        }
        text
    }

    /// The same scenario as facts.
    pub(crate) fn scenario(&self, words: &Words, events: &[Event]) -> Scenario {
        Scenario::of(events.iter().map(|event| words.fact(event)).collect())
    }
}

/// The numbers that a rulebook gives to the things of a world.
pub(crate) struct Words {
    pub(crate) states: Vec<EntityId>,
    places: Vec<EntityId>,
    attack: casus::model::ids::PredicateId,
    threaten: casus::model::ids::PredicateId,
    span: Span,
}

impl Words {
    pub(crate) fn new(world: &World, rulebook: &Rulebook) -> Self {
        let entity = |name: String| rulebook.entity(&name).expect("a name of the world");
        Self {
            states: (0..world.states)
                .map(|at| entity(format!("s{at}")))
                .collect(),
            places: (0..REGIONS * REGIONS)
                .map(|at| entity(format!("p{at}")))
                .collect(),
            attack: rulebook.predicate_names["attack"],
            threaten: rulebook.predicate_names["threaten"],
            span: rulebook.norms[0].span,
        }
    }

    fn fact(&self, event: &Event) -> Fact {
        let (predicate, place, to) = match event.act {
            Act::Threaten => (self.threaten, None, PartialDate::Day(day(event.on))),
            Act::Attack { place, until } => {
                let to = PartialDate::Day(day(until));
                (self.attack, Some(self.places[place]), to)
            }
        };
        let (by, to_whom) = (self.states[event.by], self.states[event.to]);
        Fact {
            atom: Atom {
                predicate,
                arguments: [Some(by), Some(to_whom), None, None],
                place,
                amount: None,
            },
            negated: false,
            from: PartialDate::Day(day(event.on)),
            to: Some(to),
            asserted_by: Vec::new(),
            denied_by: Vec::new(),
            contested: false,
            label: None,
            source: None,
            span: self.span,
        }
    }
}

/// A day of the world.
pub(crate) fn day(number: i32) -> Day {
    let (year, month, day) = FIRST;
    let first = Day::new(year, month, day).expect("a day");
    Day(first.0 + number)
}

fn treaty(states: usize, random: &mut Random) -> Treaty {
    let from = random.below(LAST - 4_000);
    let until = from + 2_000 + random.below(15_000);
    let count = match random.below(10) {
        0 => 6 + random.index(12),
        1..=3 => 3 + random.index(3),
        _ => 2,
    };
    let mut parties: Vec<Party> = Vec::new();
    while parties.len() < count.min(states) {
        let state = random.index(states);
        if parties.iter().all(|party| party.state != state) {
            let late = random.below(4) == 0 && parties.len() > 1;
            let early = random.below(6) == 0 && parties.len() > 1;
            parties.push(Party {
                state,
                from: if late {
                    from + random.below(1_500)
                } else {
                    from
                },
                until: if early {
                    until - random.below(400)
                } else {
                    until
                },
            });
        }
    }
    Treaty {
        from,
        until,
        parties,
        promises: promises(random),
    }
}

fn promises(random: &mut Random) -> Vec<Promise> {
    let assist = match random.below(4) {
        0 => Promise::AssistIn(random.index(REGIONS)),
        1 => Promise::AssistUnlessAggressor,
        _ => Promise::Assist,
    };
    let others = [Promise::Consult, Promise::StayNeutral, Promise::NotAttack];
    let others = others.into_iter().filter(|_| random.below(3) == 0);
    std::iter::once(assist).chain(others).collect()
}

impl Treaty {
    fn write(&self, number: usize, text: &mut String) {
        let _ = writeln!(text, "\ntreaty t{number} \"Treaty {number}\"");
        for Party { state, from, until } in &self.parties {
            let _ = writeln!(
                text,
                "  party s{state} from {} until {}",
                day(*from),
                day(*until)
            );
        }
        let _ = writeln!(
            text,
            "  in force from {} until {}",
            day(self.from),
            day(self.until)
        );
        for (article, promise) in self.promises.iter().enumerate() {
            let _ = writeln!(text, "article {}\n  {}", article + 1, promise.clause());
        }
    }
}

impl Promise {
    fn clause(self) -> String {
        let assist = "each other party Q shall assist P against A, immediately.";
        match self {
            Self::Assist => format!("when a state A attacks a party P, {assist}"),
            Self::AssistIn(region) => {
                format!("when a state A attacks a party P in region-{region}, {assist}")
            }
            Self::AssistUnlessAggressor => {
                format!("when a state A attacks a party P, unless P has attacked A, {assist}")
            }
            Self::Consult => "when a state A threatens a party P, each other party Q shall consult P about A, within 15 days."
                .to_owned(),
            Self::StayNeutral => "when a state A attacks a party P, each other party Q shall not assist A against P.".to_owned(),
            Self::NotAttack => "no party shall attack another party.".to_owned(),
        }
    }
}

const VOCABULARY: &str = r"
verb use-force, uses-force, used-force
  takes against
  lasts
verb attack, attacks, attacked
  takes object, in
  lasts
  a kind of use-force with object as against
verb threaten, threatens, threatened
verb consult, consults, consulted
  takes object, about
verb assist, assists, assisted
  takes object, against
  takes sides
  lasts
";

/// Steele, Lea and Flood 2014 (splitmix64): small, and the same on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: i32) -> i32 {
        (self.next() % u64::from(limit.unsigned_abs())) as i32
    }

    pub(crate) fn index(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}
