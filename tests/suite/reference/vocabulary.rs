//! The words, states and places of random cases.

use super::random::Random;
use casus::calendar::{Day, Days};
use casus::model::condition::Class;
use casus::model::entity::{Entity, EntityKind, Existence};
use casus::model::geography::{Area, AreaBase, AreaLine, Claim, Holder, Place};
use casus::model::ids::{EntityId, PossessionId, PredicateId, TreatyId};
use casus::model::rulebook::{CoreVerbs, Rulebook};
use casus::model::vocabulary::{Broader, Predicate, PredicateKind, SLOTS, Word};
use casus::source::{SourceId, Span};

use super::generate::START;

/// The verbs that treaties live by, all of them declared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Core {
    pub(crate) accede: PredicateId,
    pub(crate) denounce: PredicateId,
    pub(crate) withdraw: PredicateId,
    pub(crate) suspend: PredicateId,
    pub(crate) release: PredicateId,
    pub(crate) terminate: PredicateId,
}

/// What there is to speak of.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary {
    pub(crate) states: Vec<EntityId>,
    pub(crate) actors: Vec<EntityId>,
    pub(crate) places: Vec<EntityId>,
    pub(crate) areas: Vec<EntityId>,
    pub(crate) treaties: Vec<EntityId>,
    pub(crate) attack: PredicateId,
    pub(crate) invade: PredicateId,
    pub(crate) use_force: PredicateId,
    pub(crate) assist: PredicateId,
    pub(crate) supply: PredicateId,
    pub(crate) defend: PredicateId,
    pub(crate) mobilise: PredicateId,
    pub(crate) consult: PredicateId,
    pub(crate) threaten: PredicateId,
    pub(crate) approve: PredicateId,
    pub(crate) at_war: PredicateId,
    pub(crate) great_power: PredicateId,
    pub(crate) aggressor: PredicateId,
    pub(crate) core: Core,
    pub(crate) forces: PossessionId,
    pub(crate) span: Span,
}

impl Vocabulary {
    /// Whether this role of this verb is filled by a treaty.
    pub(crate) fn about_treaties(&self, predicate: PredicateId, role: &str) -> bool {
        let core = self.core;
        [
            self.approve,
            core.accede,
            core.denounce,
            core.withdraw,
            core.terminate,
        ]
        .contains(&predicate)
            || predicate == core.suspend && role == "object"
            || predicate == core.release && role == "from"
    }
}

const SPAN: Span = Span {
    source: SourceId(0),
    start: 0,
    end: 0,
};

struct Builder<'a> {
    random: &'a mut Random,
    length: usize,
    rulebook: Rulebook,
}

/// An empty rulebook with words, actors and places.
pub(crate) fn world(random: &mut Random, length: usize) -> (Rulebook, Vocabulary) {
    let mut builder = Builder {
        random,
        length,
        rulebook: Rulebook::default(),
    };
    let vocabulary = builder.build();
    (builder.rulebook, vocabulary)
}

fn broader(predicate: PredicateId, slots: &[u8]) -> Broader {
    let mut map = [None; SLOTS];
    for (to, from) in slots.iter().enumerate() {
        map[to] = Some(*from);
    }
    Broader {
        predicate,
        slots: map,
    }
}

impl Builder<'_> {
    fn build(&mut self) -> Vocabulary {
        let use_force = self.verb("use-force", &["against"]);
        let attack = self.verb("attack", &["object"]);
        let invade = self.verb("invade", &["object"]);
        let assist = self.verb("assist", &["object", "against"]);
        let supply = self.verb("supply-arms", &["to"]);
        let defend = self.verb("defend", &["object", "against"]);
        let mobilise = self.verb("mobilise", &[]);
        let consult = self.verb("consult", &["with"]);
        let threaten = self.verb("threaten", &["object"]);
        let approve = self.verb("approve", &["object"]);
        let accede = self.verb("accede", &["to"]);
        let denounce = self.verb("denounce", &["object"]);
        let withdraw = self.verb("withdraw", &["from"]);
        let suspend = self.verb("suspend", &["object", "towards"]);
        let release = self.verb("release", &["object", "from"]);
        let terminate = self.verb("terminate", &["object"]);
        let at_war = self.status("at-war", &["with"]);
        let great_power = self.status("great-power", &[]);
        let aggressor = self.status("aggressor", &["against"]);
        let lasting = self.random.percent(70);
        for predicate in [use_force, attack, assist, supply, defend, suspend] {
            let lasts = predicate == suspend || self.random.percent(70);
            self.rulebook.predicates[predicate.index()].lasts = lasts;
        }
        self.rulebook.predicates[invade.index()].lasts = lasting;
        let predicates = &mut self.rulebook.predicates;
        predicates[attack.index()].broader = vec![broader(use_force, &[0, 1])];
        predicates[invade.index()].broader = vec![broader(attack, &[0, 1])];
        predicates[supply.index()].broader = vec![broader(assist, &[0, 1])];
        predicates[defend.index()].broader = vec![broader(assist, &[0, 1, 2])];
        predicates[assist.index()].takes_sides = true;
        predicates[threaten.index()].open = true;
        predicates[at_war.index()].symmetric = true;
        predicates[aggressor.index()].open = true;
        if self.random.percent(15) {
            predicates[at_war.index()].open = true;
        }
        if self.random.percent(15) {
            predicates[attack.index()].open = true;
        }
        let core = Core {
            accede,
            denounce,
            withdraw,
            suspend,
            release,
            terminate,
        };
        self.rulebook.core = CoreVerbs {
            accede: Some(accede),
            denounce: Some(denounce),
            withdraw: Some(withdraw),
            suspend: Some(suspend),
            release: Some(release),
            terminate: Some(terminate),
        };
        self.rulebook.possessions.push(Word {
            name: "forces".into(),
            title: None,
            kind_of: None,
            span: SPAN,
        });
        let states = self.states();
        let organisation = self.entity("league", EntityKind::Organisation);
        let organ = self.entity("council", EntityKind::Organ { of: organisation });
        let group = self.entity("rebels", EntityKind::Group);
        let places = self.places(&states);
        let treaties: Vec<EntityId> = (0..self.random.between(1, 4) as u32)
            .map(|index| {
                self.entity(
                    &format!("treaty-{index}"),
                    EntityKind::Treaty(TreatyId(index)),
                )
            })
            .collect();
        let areas = self.areas(&states, &places, treaties.len());
        let mut actors = states.clone();
        actors.extend([organisation, organ, group]);
        Vocabulary {
            states,
            actors,
            places,
            areas,
            treaties,
            attack,
            invade,
            use_force,
            assist,
            supply,
            defend,
            mobilise,
            consult,
            threaten,
            approve,
            at_war,
            great_power,
            aggressor,
            core,
            forces: PossessionId(0),
            span: SPAN,
        }
    }

    fn predicate(&mut self, name: &str, kind: PredicateKind, roles: &[&str], lasts: bool) {
        self.rulebook.predicates.push(Predicate {
            kind,
            title: None,
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            lasts,
            open: false,
            symmetric: false,
            takes_sides: false,
            broader: Vec::new(),
            span: SPAN,
        });
        let id = PredicateId(self.rulebook.predicates.len() as u16 - 1);
        self.rulebook.predicate_names.insert(name.to_owned(), id);
    }

    fn verb(&mut self, name: &str, roles: &[&str]) -> PredicateId {
        let id = PredicateId(self.rulebook.predicates.len() as u16);
        let kind = PredicateKind::Verb {
            base: name.to_owned(),
            third: format!("{name}s"),
            past: format!("{name}ed"),
            refusal: PredicateId(id.0 + 1),
        };
        self.predicate(name, kind, roles, false);
        let refusal = PredicateKind::Refusal { of: id };
        self.predicate(&format!("refuse to {name}"), refusal, roles, false);
        id
    }

    fn status(&mut self, name: &str, roles: &[&str]) -> PredicateId {
        let id = PredicateId(self.rulebook.predicates.len() as u16);
        let kind = PredicateKind::Status {
            name: name.to_owned(),
        };
        self.predicate(name, kind, roles, true);
        id
    }

    fn entity(&mut self, name: &str, kind: EntityKind) -> EntityId {
        let id = EntityId::new(self.rulebook.entities.len());
        self.rulebook.entities.push(Entity {
            name: name.to_owned(),
            title: None,
            kind,
            also: Vec::new(),
            exists: Existence::always(),
            span: SPAN,
        });
        self.rulebook.names.insert(name.to_owned(), id);
        id
    }

    fn states(&mut self) -> Vec<EntityId> {
        let names = ["atlantis", "borduria", "concordia", "dystopia", "erewhon"];
        let number = self.random.between(2, 4);
        let states: Vec<EntityId> = names[..number]
            .iter()
            .map(|name| {
                let kind = EntityKind::State {
                    code: None,
                    cow: None,
                    continues: Vec::new(),
                    within: Vec::new(),
                };
                self.entity(name, kind)
            })
            .collect();
        if number > 2 && self.random.percent(20) {
            self.succession(states[number - 1], states[0]);
        }
        states
    }

    fn succession(&mut self, successor: EntityId, predecessor: EntityId) {
        let day = START.plus_days(self.random.between(1, self.length) as i32);
        let entities = &mut self.rulebook.entities;
        if let EntityKind::State { continues, .. } = &mut entities[successor.index()].kind {
            continues.push((predecessor, day));
        }
        if self.random.percent(60) {
            let mut before = vec![Days {
                first: Day::FIRST,
                last: day.previous(),
            }];
            // Now and then it comes back.
            if self.random.percent(30) {
                before.push(Days {
                    first: day.plus_days(self.random.between(2, 9) as i32),
                    last: Day::LAST,
                });
            }
            let after = vec![Days {
                first: day,
                last: Day::LAST,
            }];
            let entities = &mut self.rulebook.entities;
            entities[predecessor.index()].exists = Existence::of(before);
            entities[successor.index()].exists = Existence::of(after);
        }
    }

    fn span(&mut self) -> Days {
        if self.random.percent(70) {
            return Days::ALWAYS;
        }
        let first = START.plus_days(self.random.below(self.length) as i32);
        Days {
            first,
            last: if self.random.percent(50) {
                first.plus_days(self.random.below(self.length) as i32)
            } else {
                Day::LAST
            },
        }
    }

    fn places(&mut self, states: &[EntityId]) -> Vec<EntityId> {
        let names = ["north", "south", "march", "isle"];
        let mut made: Vec<EntityId> = Vec::new();
        for name in names {
            let index = self.rulebook.places.len();
            let mut place = Place {
                island: name == "isle" || self.random.percent(20),
                at: self
                    .random
                    .percent(70)
                    .then(|| (self.random.below(60) as f64, self.random.below(60) as f64)),
                ..Place::default()
            };
            if !made.is_empty() && self.random.percent(60) {
                place.within.push((self.random.pick(&made), self.span()));
            }
            if self.random.percent(15) {
                place.within.push((self.random.pick(states), self.span()));
            }
            if self.random.percent(60) {
                place
                    .sovereign
                    .push((self.random.pick(states), self.span()));
            }
            if self.random.percent(20) {
                place
                    .administered
                    .push((self.random.pick(states), self.span()));
            }
            for _ in 0..2 {
                if self.random.percent(12) {
                    place.claimed.push(Claim {
                        by: self.random.pick(states),
                        accepted_by: Vec::new(),
                        dates: self.span(),
                    });
                }
            }
            self.rulebook.places.push(place);
            made.push(self.entity(name, EntityKind::Place(index)));
        }
        for state in states {
            let region = self.random.pick(&made[..1]);
            if self.random.percent(40)
                && let EntityKind::State { within, .. } =
                    &mut self.rulebook.entities[state.index()].kind
                && !self.rulebook.places[0]
                    .within
                    .iter()
                    .any(|(outer, _)| outer == state)
            {
                within.push(region);
            }
        }
        made
    }

    fn areas(
        &mut self,
        states: &[EntityId],
        places: &[EntityId],
        treaties: usize,
    ) -> Vec<EntityId> {
        if self.random.percent(50) {
            return Vec::new();
        }
        let lines = (0..self.random.between(1, 3))
            .map(|index| {
                let holder = if self.random.percent(50) {
                    Holder::Named(self.random.pick(states))
                } else {
                    let treaty = TreatyId(self.random.below(treaties) as u32);
                    Holder::Class(Class::Party(treaty, None))
                };
                AreaLine {
                    except: index > 0 && self.random.percent(30),
                    base: match self.random.below(6) {
                        0 | 1 => AreaBase::Territory(holder),
                        2 => AreaBase::Islands(holder),
                        3 => AreaBase::Administered(holder),
                        4 => AreaBase::Polygon(vec![
                            (0.0, 0.0),
                            (0.0, 40.0),
                            (40.0, 50.0),
                            (50.0, 10.0),
                        ]),
                        _ => AreaBase::Named(self.random.pick(places)),
                    },
                    within: if self.random.percent(20) {
                        vec![vec![self.random.pick(places)]]
                    } else {
                        Vec::new()
                    },
                    north_of: self.random.percent(15).then_some(20.0),
                    south_of: self.random.percent(15).then_some(40.0),
                    dates: self.span(),
                }
            })
            .collect();
        self.rulebook.areas.push(Area { lines });
        vec![self.entity("zone", EntityKind::Area(0))]
    }
}
