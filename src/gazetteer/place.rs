//! A place: something with a name and a position.

use std::fmt;
use std::sync::Arc;

use geo::Point;
use serde::{Deserialize, Serialize};

/// Identifies a place: an ISO 3166-2 code for a province (`AF-BDG`), a P-code for a district (`AF3101`),
/// `gn` and a number for a GeoNames settlement, `nq-` and a word for what the project added.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceId(Arc<str>);

impl PlaceId {
    /// The id spelled `id`.
    #[must_use]
    pub fn new(id: &str) -> PlaceId {
        PlaceId(Arc::from(id))
    }

    /// Its spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The country whose places have provinces and districts.
pub(super) const HOME: &str = "AF";

/// What sort of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// One of the 34 provinces.
    Province,
    /// A district of a province.
    District,
    /// A provincial capital or a town.
    City,
    /// A smaller settlement or a neighbourhood.
    Village,
    /// A base, airport, dam, prison, bridge or building.
    Facility,
    /// A border crossing.
    Crossing,
    /// A road or highway.
    Road,
    /// A river.
    River,
    /// A pass or tunnel.
    Pass,
    /// A part of a country that is no unit: a plain, a valley.
    Region,
    /// A country.
    Country,
}

impl PlaceKind {
    /// Every kind.
    pub(super) const ALL: [PlaceKind; 11] = [
        PlaceKind::Province,
        PlaceKind::District,
        PlaceKind::City,
        PlaceKind::Village,
        PlaceKind::Facility,
        PlaceKind::Crossing,
        PlaceKind::Road,
        PlaceKind::River,
        PlaceKind::Pass,
        PlaceKind::Region,
        PlaceKind::Country,
    ];

    /// The kind spelled `name` in tables.
    #[must_use]
    pub fn named(name: &str) -> Option<PlaceKind> {
        PlaceKind::ALL.into_iter().find(|k| k.as_str() == name)
    }

    /// As spelled in tables and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceKind::Province => "province",
            PlaceKind::District => "district",
            PlaceKind::City => "city",
            PlaceKind::Village => "village",
            PlaceKind::Facility => "facility",
            PlaceKind::Crossing => "crossing",
            PlaceKind::Road => "road",
            PlaceKind::River => "river",
            PlaceKind::Pass => "pass",
            PlaceKind::Region => "region",
            PlaceKind::Country => "country",
        }
    }
}

/// Something with a name and a position.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Its English name, as newsrooms write it.
    pub name: String,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// The province it lies in; for a province, itself; None abroad.
    pub admin1: Option<PlaceId>,
    /// The district it lies in; for a district, itself; None for a province and where unknown.
    pub admin2: Option<PlaceId>,
    /// ISO 3166-1 code of its country, `AF` for Afghanistan.
    pub country: String,
    /// WGS 84 degrees; x is the longitude.
    pub position: Point,
    /// How far off the position may be, in km.
    pub accuracy_km: f64,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// The unit whose centre it is: a province for a provincial capital, else a district.
    pub seat_of: Option<PlaceId>,
    /// Its name in Dari.
    pub name_fa: Option<String>,
    /// Its name in Pashto.
    pub name_ps: Option<String>,
}

impl Place {
    /// Whether it lies outside Afghanistan.
    #[must_use]
    pub fn is_abroad(&self) -> bool {
        self.country != HOME
    }
}
