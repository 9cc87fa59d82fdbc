//! Who is let in as what: cards with codes, devices with cookies, the lobby, the lock.

use super::secret;
use crate::exercise::Exercise;
use crate::exercise::session::{Audience, Device, Store, StoreError};

/// A card that lets devices in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) code: String,
    pub(super) audience: Audience,
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) hash: String,
    /// `None`: it waits in the lobby.
    pub(super) audience: Option<Audience>,
    pub(super) name: String,
    /// The facilitator gave it a seat, and it has not come for it yet.
    pub(super) called: bool,
}

/// What became of somebody at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entered {
    /// Let in, with a cookie.
    In(Audience, String),
    /// Waits, with a cookie.
    Waits(String),
    /// There is no such code.
    Unknown,
    /// The card is good, but not now.
    Refused(&'static str),
}

/// The door of the room.
#[derive(Debug)]
pub(super) struct Access {
    /// Opens the lobby.
    pub(super) room_code: String,
    /// Makes one device the facilitator's.
    token: Option<String>,
    pub(super) cards: Vec<Card>,
    pub(super) seats: Vec<Seat>,
    /// No card lets anybody in.
    pub(super) locked: bool,
}

/// The longest name.
const LONGEST_NAME: usize = 40;
/// No more devices than this, waiting ones included.
const MOST_DEVICES: usize = 300;

/// What an audience is called in the file.
pub(super) fn word(exercise: &Exercise, audience: Audience) -> String {
    match audience {
        Audience::Facilitator => "facilitator".to_owned(),
        Audience::Evaluator => "evaluator".to_owned(),
        Audience::Projector => "projector".to_owned(),
        Audience::Team(role) => format!("team:{}", exercise.role(role).id),
    }
}

/// The audience of a word.
pub(super) fn of_word(exercise: &Exercise, word: &str) -> Option<Audience> {
    match word {
        "facilitator" => Some(Audience::Facilitator),
        "evaluator" => Some(Audience::Evaluator),
        "projector" => Some(Audience::Projector),
        other => {
            let role = other.strip_prefix("team:")?;
            exercise.role_named(role).map(Audience::Team)
        }
    }
}

impl Access {
    /// What the file remembers, with a fresh token for the facilitator.
    pub(super) fn open(store: &Store, exercise: &Exercise) -> Result<Option<Self>, StoreError> {
        store.furnish()?;
        let (Some(fresh), Some(token)) = (secret::room_code(), secret::card_code()) else {
            return Ok(None);
        };
        let room_code = store.setting("room-code").unwrap_or(fresh);
        store.set("room-code", &room_code)?;
        let cards = store.cards()?.into_iter().filter_map(|(code, word)| {
            let audience = of_word(exercise, &word)?;
            Some(Card { code, audience })
        });
        let seats = store.devices()?.into_iter().map(|device| Seat {
            audience: of_word(exercise, &device.audience),
            hash: device.hash,
            name: device.name,
            called: false,
        });
        let mut access = Self {
            room_code,
            token: Some(token),
            cards: cards.collect(),
            seats: seats.collect(),
            locked: store.setting("locked").is_some_and(|text| text == "yes"),
        };
        let teams = exercise.playing().map(Audience::Team);
        for audience in teams.chain([Audience::Evaluator, Audience::Projector]) {
            if access.card(audience).is_none() {
                access.issue(store, exercise, audience)?;
            }
        }
        Ok(Some(access))
    }

    /// The token of the facilitator, until somebody used it.
    pub(super) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    pub(super) fn card(&self, audience: Audience) -> Option<&Card> {
        self.cards.iter().find(|card| card.audience == audience)
    }

    /// Makes a card; an older one of the same audience is worth nothing any more.
    pub(super) fn issue(
        &mut self,
        store: &Store,
        exercise: &Exercise,
        audience: Audience,
    ) -> Result<(), StoreError> {
        let Some(code) = secret::card_code() else {
            return Ok(());
        };
        store.set_card(&code, &word(exercise, audience))?;
        self.cards.retain(|card| card.audience != audience);
        self.cards.push(Card { code, audience });
        Ok(())
    }

    /// Somebody comes with a code.
    pub(super) fn enter(
        &mut self,
        store: &Store,
        exercise: &Exercise,
        code: &str,
        name: &str,
    ) -> Result<Entered, StoreError> {
        let code = secret::typed(code);
        if code.is_empty() {
            return Ok(Entered::Unknown);
        }
        let name = trimmed(name);
        if self.seats.len() >= MOST_DEVICES {
            return Ok(Entered::Refused("the room is full"));
        }
        if self
            .token
            .as_ref()
            .is_some_and(|token| secret::typed(token) == code)
        {
            let entered = self.seat(store, exercise, Audience::Facilitator, name)?;
            self.token = None;
            return Ok(entered);
        }
        let mut cards = self.cards.iter();
        if let Some(card) = cards.find(|card| secret::typed(&card.code) == code) {
            let audience = card.audience;
            if let Some(why) = self.full(exercise, audience) {
                return Ok(Entered::Refused(why));
            }
            return self.seat(store, exercise, audience, name);
        }
        if secret::typed(&self.room_code) == code {
            return self.wait(store, name);
        }
        Ok(Entered::Unknown)
    }

    fn full(&self, exercise: &Exercise, audience: Audience) -> Option<&'static str> {
        if self.locked && audience != Audience::Facilitator {
            return Some("the room is locked: ask the facilitator");
        }
        let Audience::Team(role) = audience else {
            return None;
        };
        let taken = self
            .seats
            .iter()
            .filter(|seat| seat.audience == Some(audience))
            .count();
        let seats = exercise.role(role).seats as usize;
        (taken >= seats).then_some("all seats of this team are taken: ask the facilitator")
    }

    /// Gives a device a seat.
    pub(super) fn seat(
        &mut self,
        store: &Store,
        exercise: &Exercise,
        audience: Audience,
        name: String,
    ) -> Result<Entered, StoreError> {
        let Some(cookie) = secret::cookie() else {
            return Ok(Entered::Refused("this machine has no randomness to give"));
        };
        let seat = Seat {
            hash: secret::hashed(&cookie),
            audience: Some(audience),
            name,
            called: false,
        };
        keep(store, exercise, &seat)?;
        self.seats.push(seat);
        Ok(Entered::In(audience, cookie))
    }

    fn wait(&mut self, store: &Store, name: String) -> Result<Entered, StoreError> {
        let Some(cookie) = secret::cookie() else {
            return Ok(Entered::Refused("this machine has no randomness to give"));
        };
        let hash = secret::hashed(&cookie);
        let device = Device {
            hash: hash.clone(),
            audience: String::new(),
            name: name.clone(),
        };
        store.set_device(&device)?;
        self.seats.push(Seat {
            hash,
            audience: None,
            name,
            called: false,
        });
        Ok(Entered::Waits(cookie))
    }

    /// The seat of a cookie.
    pub(super) fn known(&self, cookie: &str) -> Option<&Seat> {
        let hash = secret::hashed(cookie);
        self.seats.iter().find(|seat| seat.hash == hash)
    }

    /// The facilitator gives somebody who waits a seat.
    pub(super) fn admit(&mut self, hash: &str, audience: Audience) {
        if let Some(seat) = self.seats.iter_mut().find(|seat| seat.hash == hash)
            && seat.audience.is_none()
        {
            seat.audience = Some(audience);
            seat.called = true;
        }
    }

    /// Somebody who was called comes for the seat.
    pub(super) fn fetch(
        &mut self,
        store: &Store,
        exercise: &Exercise,
        cookie: &str,
    ) -> Result<Option<Entered>, StoreError> {
        let Some(seat) = self.known(cookie).filter(|seat| seat.called).cloned() else {
            return Ok(None);
        };
        let Some(audience) = seat.audience else {
            return Ok(None);
        };
        self.dismiss(store, &seat.hash)?;
        self.seat(store, exercise, audience, seat.name).map(Some)
    }

    /// Takes a device its seat.
    pub(super) fn dismiss(&mut self, store: &Store, hash: &str) -> Result<(), StoreError> {
        store.drop_device(hash)?;
        self.seats.retain(|seat| seat.hash != hash);
        Ok(())
    }

    /// Gives somebody another name.
    pub(super) fn rename(
        &mut self,
        store: &Store,
        exercise: &Exercise,
        hash: &str,
        name: &str,
    ) -> Result<(), StoreError> {
        if let Some(seat) = self.seats.iter_mut().find(|seat| seat.hash == hash) {
            seat.name = trimmed(name);
            keep(store, exercise, seat)?;
        }
        Ok(())
    }

    /// Locks the room, or opens it again.
    pub(super) fn lock(&mut self, store: &Store, locked: bool) -> Result<(), StoreError> {
        store.set("locked", if locked { "yes" } else { "no" })?;
        self.locked = locked;
        Ok(())
    }
}

fn keep(store: &Store, exercise: &Exercise, seat: &Seat) -> Result<(), StoreError> {
    let audience = seat.audience.map(|audience| word(exercise, audience));
    store.set_device(&Device {
        hash: seat.hash.clone(),
        audience: audience.unwrap_or_default(),
        name: seat.name.clone(),
    })
}

fn trimmed(name: &str) -> String {
    let name = crate::exercise::report::clean(name).replace('\n', " ");
    let name: String = name.trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() {
        "somebody".to_owned()
    } else {
        name
    }
}
