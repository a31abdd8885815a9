//! How precisely a mention places an event.

use serde::Serialize;

/// How precisely a place is known, numbered as UCDP does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "u8")]
pub enum GeoPrecision {
    /// The place itself.
    Exact,
    /// Near it, or meant by "the city" and the like.
    Near,
    /// Somewhere in the district.
    District,
    /// Somewhere in the province.
    Province,
    /// Part of a province, or a road.
    Part,
    /// A region.
    Region,
    /// The country.
    Country,
}

impl From<GeoPrecision> for u8 {
    fn from(p: GeoPrecision) -> u8 {
        p as u8 + 1
    }
}
