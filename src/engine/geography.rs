//! What lies where, whose it is, and on whose account.

use super::run::Run;
use crate::extent::{Extent, Readings};
use crate::model::entity::EntityKind;
use crate::model::geography::{AreaBase, AreaLine, Holder, Place};
use crate::model::ids::{EntityId, TreatyId};
use crate::model::question::{Question, Where};

/// How deep places may nest (places are checked not to lie in themselves).
const DEPTH: usize = 32;

impl<'e> Run<'_, 'e> {
    /// The days and readings on which `place` lies there.
    pub(crate) fn lies(
        &mut self,
        place: EntityId,
        there: Where,
        within: Option<TreatyId>,
    ) -> Extent {
        let within = within.filter(|_| self.is_area(there));
        if let Some(known) = self.lies.get(&(place, there, within)) {
            return known.clone();
        }
        let extent = match there {
            Where::In(region) => self.lies_in(place, region, within),
            Where::TerritoryOf(actor) => self.held_by(place, actor, false),
            Where::AdministeredBy(actor) => self.held_by(place, actor, true),
        };
        self.lies.insert((place, there, within), extent.clone());
        extent
    }

    /// What lies in an area may depend on whom a treaty deems to be what.
    fn is_area(&self, there: Where) -> bool {
        let entities = &self.engine.rulebook.entities;
        matches!(there, Where::In(region) if matches!(entities[region.index()].kind, EntityKind::Area(_)))
    }

    fn lies_in(&mut self, place: EntityId, region: EntityId, within: Option<TreatyId>) -> Extent {
        if place == region {
            return Extent::always(Readings::ALL);
        }
        let rulebook = self.engine.rulebook;
        match &rulebook.entities[region.index()].kind {
            EntityKind::Area(area) => {
                self.lies_in_area(place, &rulebook.areas[*area].lines, within)
            }
            EntityKind::State { .. } => self.held_by(place, region, false),
            _ => self.nested(place, region, DEPTH),
        }
    }

    fn nested(&mut self, place: EntityId, region: EntityId, depth: usize) -> Extent {
        if place == region {
            return Extent::always(Readings::ALL);
        }
        let rulebook = self.engine.rulebook;
        let mut found = Extent::never();
        if depth == 0 || place.possessed().is_some() {
            return found;
        }
        match &rulebook.entities[place.index()].kind {
            EntityKind::Place(index) => {
                for (parent, dates) in &rulebook.places[*index].within {
                    let up = self.nested(*parent, region, depth - 1);
                    let here = Extent::days(*dates, Readings::ALL).and(&up, &mut self.space);
                    found = found.or(&here, &mut self.space);
                }
            }
            EntityKind::State { within, .. } => {
                for parent in within {
                    let up = self.nested(*parent, region, depth - 1);
                    found = found.or(&up, &mut self.space);
                }
            }
            _ => {}
        }
        found
    }

    fn held_by(&mut self, place: EntityId, actor: EntityId, administered: bool) -> Extent {
        let mut found = Extent::never();
        for (holder, extent) in self.holders(place, administered, DEPTH) {
            if holder == actor {
                found = found.or(&extent, &mut self.space);
            }
        }
        found
    }

    /// Whose territory a place is (or who administers it), and when: by its own entry, else by what it lies in.
    fn holders(
        &mut self,
        place: EntityId,
        administered: bool,
        depth: usize,
    ) -> Vec<(EntityId, Extent)> {
        let rulebook = self.engine.rulebook;
        if place.possessed().is_some() {
            return Vec::new();
        }
        match &rulebook.entities[place.index()].kind {
            EntityKind::State { .. } => vec![(place, Extent::always(Readings::ALL))],
            EntityKind::Place(index) if administered => {
                self.administrators(place, &rulebook.places[*index], depth)
            }
            EntityKind::Place(index) => self.sovereigns(place, &rulebook.places[*index], depth),
            _ => Vec::new(),
        }
    }

    fn inherited(
        &mut self,
        own: &'e Place,
        administered: bool,
        depth: usize,
    ) -> Vec<(EntityId, Extent)> {
        let mut found = Vec::new();
        if depth > 0 {
            for (parent, dates) in &own.within {
                let dates = Extent::days(*dates, Readings::ALL);
                for (holder, extent) in self.holders(*parent, administered, depth - 1) {
                    found.push((holder, extent.and(&dates, &mut self.space)));
                }
            }
        }
        found
    }

    fn sovereigns(
        &mut self,
        place: EntityId,
        own: &'e Place,
        depth: usize,
    ) -> Vec<(EntityId, Extent)> {
        let found = self.own_sovereigns(place, own);
        let inherited = self.inherited(own, false, depth);
        self.fill_gaps(found, inherited)
    }

    fn own_sovereigns(&mut self, place: EntityId, own: &'e Place) -> Vec<(EntityId, Extent)> {
        let mut found: Vec<(EntityId, Extent)> = own
            .sovereign
            .iter()
            .map(|(actor, dates)| (*actor, Extent::days(*dates, Readings::ALL)))
            .collect();
        let mut undecided = Extent::always(Readings::ALL);
        for claim in &own.claimed {
            let question = self.question(Question::Claim(place, claim.by));
            let asserted = Extent::days(claim.dates, question).and(&undecided, &mut self.space);
            undecided = undecided.without(&asserted, &mut self.space);
            for (_, extent) in &mut found {
                *extent = extent.without(&asserted, &mut self.space);
            }
            found.push((claim.by, asserted));
        }
        found
    }

    /// On the days for which nobody holds the place by its own entry, those who hold what it lies in.
    fn fill_gaps(
        &mut self,
        mut found: Vec<(EntityId, Extent)>,
        inherited: Vec<(EntityId, Extent)>,
    ) -> Vec<(EntityId, Extent)> {
        let mut gap = Extent::always(Readings::ALL);
        for (_, extent) in &found {
            gap = gap.without(extent, &mut self.space);
        }
        for (actor, extent) in inherited {
            let extent = extent.and(&gap, &mut self.space);
            found.push((actor, extent));
        }
        found
    }

    fn administrators(
        &mut self,
        place: EntityId,
        own: &'e Place,
        depth: usize,
    ) -> Vec<(EntityId, Extent)> {
        let mut found: Vec<(EntityId, Extent)> = own
            .administered
            .iter()
            .map(|(actor, dates)| (*actor, Extent::days(*dates, Readings::ALL)))
            .collect();
        let sovereigns = self.own_sovereigns(place, own);
        found = self.fill_gaps(found, sovereigns);
        let inherited = self.inherited(own, true, depth);
        self.fill_gaps(found, inherited)
    }

    fn lies_in_area(
        &mut self,
        place: EntityId,
        lines: &'e [AreaLine],
        within: Option<TreatyId>,
    ) -> Extent {
        let (mut covered, mut excepted) = (Extent::never(), Extent::never());
        for line in lines {
            let extent = self.lies_in_line(place, line, within);
            let side = if line.except {
                &mut excepted
            } else {
                &mut covered
            };
            *side = side.or(&extent, &mut self.space);
        }
        covered.without(&excepted, &mut self.space)
    }

    fn lies_in_line(
        &mut self,
        place: EntityId,
        line: &'e AreaLine,
        within: Option<TreatyId>,
    ) -> Extent {
        let own = self.place(place);
        let (at, island) = own.map_or((None, false), |own| (own.at, own.island));
        let north = line
            .north_of
            .is_none_or(|limit| at.is_some_and(|(latitude, _)| latitude > limit));
        let south = line
            .south_of
            .is_none_or(|limit| at.is_some_and(|(latitude, _)| latitude < limit));
        if !north || !south || (matches!(line.base, AreaBase::Islands(_)) && !island) {
            return Extent::never();
        }
        let mut extent = match &line.base {
            AreaBase::Territory(holder) | AreaBase::Islands(holder) => {
                self.held_by_holder(place, holder, false, within)
            }
            AreaBase::Administered(holder) => self.held_by_holder(place, holder, true, within),
            AreaBase::Polygon(corners) => match at {
                Some(point) if in_polygon(point, corners) => Extent::always(Readings::ALL),
                _ => Extent::never(),
            },
            AreaBase::Named(region) => self.lies(place, Where::In(*region), within),
        };
        extent = extent.and(&Extent::days(line.dates, Readings::ALL), &mut self.space);
        for regions in &line.within {
            let mut one = Extent::never();
            for region in regions {
                let here = self.lies(place, Where::In(*region), within);
                one = one.or(&here, &mut self.space);
            }
            extent = extent.and(&one, &mut self.space);
        }
        extent
    }

    fn held_by_holder(
        &mut self,
        place: EntityId,
        holder: &'e Holder,
        administered: bool,
        within: Option<TreatyId>,
    ) -> Extent {
        let mut found = Extent::never();
        for (actor, extent) in self.holders(place, administered, DEPTH) {
            let fits = match holder {
                Holder::Named(named) if *named == actor => Extent::always(Readings::ALL),
                Holder::Named(_) => Extent::never(),
                Holder::Class(class) => self.class_extent(actor, class, within),
            };
            let here = extent.and(&fits, &mut self.space);
            found = found.or(&here, &mut self.space);
        }
        found
    }

    fn place(&self, id: EntityId) -> Option<&'e Place> {
        match self.engine.rulebook.entities[id.index()].kind {
            EntityKind::Place(index) => self.engine.rulebook.places.get(index),
            _ => None,
        }
    }
}

/// Whether a point lies within corners joined by rhumb lines, which are straight on Mercator's map (degrees).
pub(crate) fn in_polygon(point: (f64, f64), corners: &[(f64, f64)]) -> bool {
    let (x, y) = (point.1, mercator(point.0));
    let outline = unrolled(corners);
    // The outline may have been unrolled past the date line: look at the point on each turn of the globe.
    [-360.0, 0.0, 360.0]
        .iter()
        .any(|turn| on_border(x + turn, y, &outline) || crosses_odd(x + turn, y, &outline))
}

fn mercator(latitude: f64) -> f64 {
    let clamped = latitude.clamp(-89.999, 89.999).to_radians();
    (clamped / 2.0 + std::f64::consts::FRAC_PI_4).tan().ln()
}

/// Corners as map points, each at most half a turn from the one before.
fn unrolled(corners: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut made: Vec<(f64, f64)> = Vec::with_capacity(corners.len());
    for (latitude, longitude) in corners {
        let mut x = *longitude;
        if let Some((before, _)) = made.last() {
            while x - before > 180.0 {
                x -= 360.0;
            }
            while x - before < -180.0 {
                x += 360.0;
            }
        }
        made.push((x, mercator(*latitude)));
    }
    made
}

/// Whether a point lies on a side: between its ends, and on the line through them.
fn on_border(x: f64, y: f64, outline: &[(f64, f64)]) -> bool {
    let sides = outline.iter().zip(outline.iter().cycle().skip(1));
    let mut sides = sides.take(outline.len());
    sides.any(|((x1, y1), (x2, y2))| {
        let off = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
        let within = |at: f64, one: f64, other: f64| at >= one.min(other) && at <= one.max(other);
        off.abs() < 1e-9 && within(x, *x1, *x2) && within(y, *y1, *y2)
    })
}

fn crosses_odd(x: f64, y: f64, outline: &[(f64, f64)]) -> bool {
    let mut inside = false;
    for (index, (x1, y1)) in outline.iter().enumerate() {
        let (x2, y2) = outline[(index + 1) % outline.len()];
        if (*y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::{in_polygon, mercator};

    /// The worked example of the Aviation Formulary: Los Angeles to New York on one course of 79.3 degrees.
    #[test]
    fn the_course_from_los_angeles_to_new_york() {
        let los_angeles = (33.95_f64, -118.4_f64);
        let new_york = (40.633_333_f64, -73.783_333_f64);
        let east = (new_york.1 - los_angeles.1).to_radians();
        let north = mercator(new_york.0) - mercator(los_angeles.0);
        let course = east.atan2(north).to_degrees();
        assert!((course - 79.3).abs() < 0.05, "{course}");
    }

    /// From 15 north 120 west to 50 north 170 east a rhumb line meets 35 north at 156.4 west; a straight line on a plate of equal degrees
    /// would meet it at 160 west.
    #[test]
    fn an_edge_across_the_date_line_is_a_rhumb_line() {
        let pacific = [(15.0, -120.0), (50.0, 170.0), (50.0, -120.0)];
        assert!(in_polygon((35.0, -156.3), &pacific));
        assert!(!in_polygon((35.0, -156.5), &pacific));
        // The same point, named from the other side of the date line.
        assert!(in_polygon((49.0, 175.0), &pacific) == in_polygon((49.0, -185.0), &pacific));
    }

    #[test]
    fn the_zone_of_the_rio_treaty() {
        let zone = [
            (90.0, -10.0),
            (74.0, -10.0),
            (47.5, -50.0),
            (35.0, -60.0),
            (20.0, -60.0),
            (5.0, -24.0),
            (-90.0, -24.0),
            (-90.0, -90.0),
            (-30.0, -90.0),
            (0.0, -97.0),
            (15.0, -120.0),
            (50.0, 170.0),
            (54.0, 170.0),
            (65.5, -168.968),
            (90.0, -168.968),
        ];
        let falklands = (-51.7, -57.9);
        let honolulu = (21.3, -157.9);
        let attu = (52.9, 172.9);
        let azores = (38.7, -27.2);
        assert!(in_polygon(falklands, &zone));
        assert!(in_polygon(attu, &zone));
        assert!(!in_polygon(honolulu, &zone));
        assert!(!in_polygon(azores, &zone));
    }
}
