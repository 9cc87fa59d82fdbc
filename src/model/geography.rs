//! Places, what lies where, and areas.

use super::condition::Class;
use super::ids::EntityId;
use crate::calendar::Days;

/// A place.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Where it lies.
    pub within: Vec<(EntityId, Days)>,
    /// Latitude and longitude, degrees.
    pub at: Option<(f64, f64)>,
    /// An island.
    pub island: bool,
    /// A sea.
    pub sea: bool,
    /// Whose it is.
    pub sovereign: Vec<(EntityId, Days)>,
    /// Who administers it.
    pub administered: Vec<(EntityId, Days)>,
    /// Who else says it is his.
    pub claimed: Vec<Claim>,
}

/// A claim to a place.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The claimant.
    pub by: EntityId,
    /// Those who share the claimant's view.
    pub accepted_by: Vec<EntityId>,
    /// When.
    pub dates: Days,
}

/// An area: the union of its lines, less the exceptions.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its lines.
    pub lines: Vec<AreaLine>,
}

/// A line of an area.
#[derive(Clone, Debug)]
pub struct AreaLine {
    /// It is taken away.
    pub except: bool,
    /// What it covers.
    pub base: AreaBase,
    /// Must lie in one of each of these.
    pub within: Vec<Vec<EntityId>>,
    /// Degrees of latitude; a place without coordinates fails the test.
    pub north_of: Option<f64>,
    /// Degrees of latitude; a place without coordinates fails the test.
    pub south_of: Option<f64>,
    /// When.
    pub dates: Days,
}

/// What a line of an area covers.
#[derive(Clone, Debug)]
pub enum AreaBase {
    /// Territory of these.
    Territory(Holder),
    /// Islands of these.
    Islands(Holder),
    /// Territory administered by these.
    Administered(Holder),
    /// Corners (latitude, longitude) in degrees, joined by rhumb lines.
    Polygon(Vec<(f64, f64)>),
    /// A place, an area, or a state's territory.
    Named(EntityId),
}

/// Whose territory.
#[derive(Clone, Debug, PartialEq)]
pub enum Holder {
    /// Of anyone of the class on the day.
    Class(Class),
    /// Of this one.
    Named(EntityId),
}
