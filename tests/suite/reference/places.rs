//! What lies where, and whose it is (M1, C8).

use super::{At, Naive};
use casus::model::condition::Class;
use casus::model::entity::EntityKind;
use casus::model::geography::{AreaBase, AreaLine, Holder, Place};
use casus::model::ids::EntityId;
use casus::model::question::{Question, Where};

impl Naive<'_> {
    /// Whether something at `place` is where it is wanted.
    pub(super) fn located(&self, at: At, place: EntityId, wanted: Where) -> bool {
        match wanted {
            Where::In(other) => self.lies_in(at, place, other),
            Where::TerritoryOf(who) => self.owners(at, place).contains(&who),
            Where::AdministeredBy(who) => self.administrators(at, place).contains(&who),
        }
    }

    fn kind(&self, id: EntityId) -> Option<&EntityKind> {
        match id.possessed() {
            None => Some(&self.rulebook.entities[id.index()].kind),
            Some(_) => None,
        }
    }

    fn place(&self, id: EntityId) -> Option<&Place> {
        match self.kind(id) {
            Some(EntityKind::Place(index)) => Some(&self.rulebook.places[*index]),
            _ => None,
        }
    }

    /// The places in which it lies directly.
    fn around(&self, at: At, id: EntityId) -> Vec<EntityId> {
        let day = self.day(at.day);
        match self.kind(id) {
            Some(EntityKind::State { within, .. }) => within.clone(),
            Some(EntityKind::Place(index)) => self.rulebook.places[*index]
                .within
                .iter()
                .filter(|(_, days)| days.contains(day))
                .map(|(outer, _)| *outer)
                .collect(),
            _ => Vec::new(),
        }
    }

    fn lies_in(&self, at: At, place: EntityId, wanted: EntityId) -> bool {
        if place == wanted {
            return true;
        }
        match self.kind(wanted) {
            Some(EntityKind::State { .. }) => self.owners(at, place).contains(&wanted),
            Some(EntityKind::Place(_)) => self
                .around(at, place)
                .into_iter()
                .any(|outer| self.lies_in(at, outer, wanted)),
            Some(EntityKind::Area(index)) => self.in_area(at, place, *index),
            _ => false,
        }
    }

    /// Whose it is of its own: by a claim that is right, or as stated.
    fn own_sovereigns(&self, at: At, id: EntityId) -> Vec<EntityId> {
        let day = self.day(at.day);
        let Some(place) = self.place(id) else {
            return Vec::new();
        };
        for claim in place
            .claimed
            .iter()
            .filter(|claim| claim.dates.contains(day))
        {
            if self.ask(at, Question::Claim(id, claim.by)) {
                return vec![claim.by];
            }
        }
        place
            .sovereign
            .iter()
            .filter(|(_, days)| days.contains(day))
            .map(|(who, _)| *who)
            .collect()
    }

    fn owners(&self, at: At, id: EntityId) -> Vec<EntityId> {
        if let Some(EntityKind::State { .. }) = self.kind(id) {
            return vec![id];
        }
        let own = self.own_sovereigns(at, id);
        if !own.is_empty() {
            return own;
        }
        self.around(at, id)
            .into_iter()
            .flat_map(|outer| self.owners(at, outer))
            .collect()
    }

    fn administrators(&self, at: At, id: EntityId) -> Vec<EntityId> {
        if let Some(EntityKind::State { .. }) = self.kind(id) {
            return vec![id];
        }
        let day = self.day(at.day);
        let own: Vec<EntityId> = self
            .place(id)
            .into_iter()
            .flat_map(|place| &place.administered)
            .filter(|(_, days)| days.contains(day))
            .map(|(who, _)| *who)
            .collect();
        if !own.is_empty() {
            return own;
        }
        let sovereigns = self.own_sovereigns(at, id);
        if !sovereigns.is_empty() {
            return sovereigns;
        }
        self.around(at, id)
            .into_iter()
            .flat_map(|outer| self.administrators(at, outer))
            .collect()
    }

    fn in_area(&self, at: At, place: EntityId, area: usize) -> bool {
        let lines = &self.rulebook.areas[area].lines;
        let covered = |except: bool| {
            lines
                .iter()
                .any(|line| line.except == except && self.on_line(at, place, line))
        };
        covered(false) && !covered(true)
    }

    fn on_line(&self, at: At, place: EntityId, line: &AreaLine) -> bool {
        let point = self.place(place).and_then(|place| place.at);
        let island = self.place(place).is_some_and(|place| place.island);
        line.dates.contains(self.day(at.day))
            && line
                .within
                .iter()
                .all(|group| group.iter().any(|outer| self.lies_in(at, place, *outer)))
            && line
                .north_of
                .is_none_or(|limit| point.is_some_and(|(latitude, _)| latitude > limit))
            && line
                .south_of
                .is_none_or(|limit| point.is_some_and(|(latitude, _)| latitude < limit))
            && match &line.base {
                AreaBase::Territory(holder) => self.held_by(at, &self.owners(at, place), holder),
                AreaBase::Islands(holder) => {
                    island && self.held_by(at, &self.owners(at, place), holder)
                }
                AreaBase::Administered(holder) => {
                    self.held_by(at, &self.administrators(at, place), holder)
                }
                AreaBase::Polygon(corners) => point.is_some_and(|point| inside(point, corners)),
                AreaBase::Named(outer) => self.lies_in(at, place, *outer),
            }
    }

    fn held_by(&self, at: At, owners: &[EntityId], holder: &Holder) -> bool {
        owners.iter().any(|owner| match holder {
            Holder::Named(who) => owner == who,
            Holder::Class(class) => self.of_class(at, *owner, class),
        })
    }

    pub(super) fn of_class(&self, at: At, who: EntityId, class: &Class) -> bool {
        self.is_of(at, who, class, super::conditions::Look::Ask)
    }
}

/// Height on a Mercator chart, on which rhumb lines are straight.
fn height(latitude: f64) -> f64 {
    let latitude = latitude.clamp(-89.999, 89.999).to_radians();
    (std::f64::consts::FRAC_PI_4 + latitude / 2.0).tan().ln()
}

/// Whether a point lies within a polygon of rhumb lines, its border included: a line to the south crosses an odd number of sides.
fn inside((latitude, longitude): (f64, f64), corners: &[(f64, f64)]) -> bool {
    let mut chart: Vec<(f64, f64)> = Vec::new();
    for (corner_latitude, corner_longitude) in corners {
        let mut x = *corner_longitude;
        if let Some((_, before)) = chart.last() {
            while x - before > 180.0 {
                x -= 360.0;
            }
            while x - before < -180.0 {
                x += 360.0;
            }
        }
        chart.push((height(*corner_latitude), x));
    }
    let y = height(latitude);
    [-360.0, 0.0, 360.0].into_iter().any(|turn| {
        let x = longitude + turn;
        let mut crossings = 0;
        let mut border = false;
        for (index, (y1, x1)) in chart.iter().enumerate() {
            let (y2, x2) = chart[(index + 1) % chart.len()];
            if (*x1 > x) != (x2 > x) && y1 + (x - x1) / (x2 - x1) * (y2 - y1) < y {
                crossings += 1;
            }
            let between = |at: f64, one: f64, other: f64| {
                one <= at && at <= other || other <= at && at <= one
            };
            let slope = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
            border |= slope.abs() < 1e-9 && between(x, *x1, x2) && between(y, *y1, y2);
        }
        border || crossings % 2 == 1
    })
}
