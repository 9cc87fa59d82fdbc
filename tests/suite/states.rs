//! The table of states: every code well-formed, no two states alike, nobody missing.

use crate::scenarios::rulebook;
use casus::calendar::Days;
use casus::model::entity::{Entity, EntityKind};
use casus::model::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

struct State<'a> {
    entity: &'a Entity,
    code: Option<&'a str>,
    cow: Option<u32>,
}

impl<'a> State<'a> {
    fn of(entity: &'a Entity) -> Option<Self> {
        match &entity.kind {
            EntityKind::State { code, cow, .. } => Some(Self {
                entity,
                code: code.as_deref(),
                cow: *cow,
            }),
            _ => None,
        }
    }
}

fn states(rulebook: &Rulebook) -> Vec<State<'_>> {
    rulebook.entities.iter().filter_map(State::of).collect()
}

#[test]
fn codes_are_well_formed_and_unique() {
    let project = rulebook();
    let mut seen = BTreeMap::new();
    for state in states(&project.rulebook) {
        let Some(code) = state.code else { continue };
        let capitals = code.chars().all(|c| c.is_ascii_uppercase());
        // ISO 3166-1 alpha-2, or ISO 3166-3 for names no longer used.
        assert!(capitals && [2, 4].contains(&code.len()), "{code}");
        let ended = state.entity.exists.spells().last().unwrap().last < Days::ALWAYS.last;
        assert_eq!(code.len() == 4, ended, "{}", state.entity.name);
        let other = seen.insert(code, &state.entity.name);
        assert_eq!(other, None, "{code}");
    }
}

/// A number may stand for a line of states that followed one another, never for two at a time.
#[test]
fn numbers_are_unique_on_each_day() {
    let project = rulebook();
    let states = states(&project.rulebook);
    for (at, one) in states.iter().enumerate() {
        let Some(number) = one.cow else { continue };
        assert!((2..=999).contains(&number), "{}", one.entity.name);
        for other in &states[at + 1..] {
            let spells = other.entity.exists.spells();
            let together = spells.iter().any(|spell| one.entity.exists.meets(*spell));
            assert!(
                other.cow != Some(number) || !together,
                "{} and {} have the number {number} at one time",
                one.entity.name,
                other.entity.name
            );
        }
    }
}

/// The members of the United Nations, by their code.
const MEMBERS: &str = "AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF \
    TD CL CN CO KM CG CR CI HR CU CY CZ KP CD DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY \
    HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MC \
    MN ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA KR MD RO RU RW KN LC VC WS SM ST SA SN RS \
    SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TH TL TG TO TT TN TR TM TV UG UA AE GB TZ US UY UZ VU VE VN YE ZM ZW";

#[test]
fn every_member_of_the_united_nations_is_there() {
    let project = rulebook();
    let known: BTreeSet<&str> = states(&project.rulebook)
        .iter()
        .filter_map(|state| state.code)
        .collect();
    let members: Vec<&str> = MEMBERS.split_whitespace().collect();
    assert_eq!(members.len(), 193);
    let missing: Vec<&&str> = members
        .iter()
        .filter(|code| !known.contains(**code))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    for observer in ["VA", "PS"] {
        assert!(known.contains(observer), "{observer}");
    }
}

/// No two things are found under one name, but for a treaty and the organisation that it made.
#[test]
fn no_two_states_are_called_alike() {
    let project = rulebook();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for state in states(&project.rulebook) {
        let entity = state.entity;
        let names: BTreeSet<String> = std::iter::once(&entity.name)
            .chain(&entity.title)
            .chain(&entity.also)
            .map(|name| name.to_lowercase())
            .collect();
        for name in names {
            if let Some(other) = seen.insert(name.clone(), &entity.name) {
                panic!("`{name}` is both {other} and {}", entity.name);
            }
        }
    }
}
