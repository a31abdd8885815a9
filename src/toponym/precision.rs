//! How precisely a mention places an event.

use serde::{Deserialize, Serialize};

use crate::gazetteer::PlaceKind;

/// How precisely a place is known, numbered as UCDP does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
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

impl GeoPrecision {
    /// The precision of a place of this kind, where the text gives `self`: a district is no finer than a district.
    #[must_use]
    pub fn within(self, kind: PlaceKind) -> GeoPrecision {
        match kind {
            PlaceKind::District => self.max(GeoPrecision::District),
            PlaceKind::Province => self.max(GeoPrecision::Province),
            PlaceKind::Road | PlaceKind::River => self.max(GeoPrecision::Part),
            PlaceKind::Region => self.max(GeoPrecision::Region),
            PlaceKind::Country => GeoPrecision::Country,
            _ => self,
        }
    }
}

impl From<GeoPrecision> for u8 {
    fn from(p: GeoPrecision) -> u8 {
        p as u8 + 1
    }
}

impl TryFrom<u8> for GeoPrecision {
    type Error = String;

    fn try_from(number: u8) -> Result<GeoPrecision, String> {
        use GeoPrecision as P;
        let all = [P::Exact, P::Near, P::District, P::Province, P::Part, P::Region, P::Country];
        all.into_iter()
            .find(|p| u8::from(*p) == number)
            .ok_or_else(|| format!("{number} is not within 1 to 7"))
    }
}
