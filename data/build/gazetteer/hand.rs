//! The tables of the gazetteer that were written by hand.

use std::path::Path;

use naqsha::error::Error;
use naqsha::gazetteer::PlaceKind;
use serde::Deserialize;

use crate::tables::rows;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Province {
    pub(super) id: String,
    pub(super) name: String,
    /// The settlement that is its capital.
    pub(super) capital: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct District {
    pub(super) id: String,
    pub(super) name: String,
    /// Its name in the list of 2014 that the codes come from.
    pub(super) listed_as: String,
    pub(super) province: String,
    pub(super) longitude: f64,
    pub(super) latitude: f64,
    pub(super) area_km2: f64,
    /// Its code at GeoNames, where it has one.
    pub(super) geonames_admin2: Option<String>,
    /// The settlement that is its centre, where known.
    pub(super) seat: Option<String>,
}

/// What newsrooms call a settlement, where GeoNames calls it otherwise or lists it in another district.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settlement {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: Option<PlaceKind>,
    pub(super) district: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HandPlace {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: PlaceKind,
    /// A district, a province, or a country code.
    pub(super) within: String,
    pub(super) longitude: Option<f64>,
    pub(super) latitude: Option<f64>,
    /// The ICAO code of the airfield whose listed position it has.
    pub(super) airport: Option<String>,
    pub(super) accuracy_km: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Abroad {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: PlaceKind,
    pub(super) country: String,
    pub(super) longitude: f64,
    pub(super) latitude: f64,
}

/// The name of a place in Dari and in Pashto. A centre that bears the name of its unit bears it there too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LocalName {
    pub(super) id: String,
    pub(super) name_fa: String,
    pub(super) name_ps: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alias {
    pub(super) place: String,
    pub(super) name: String,
    pub(super) lang: String,
}

/// The places that a road joins: it bears the names of each pair of one from `from` and one from `to`, both ways.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Road {
    pub(super) road: String,
    pub(super) from: String,
    pub(super) to: String,
}

impl Road {
    /// "Kabul-Kandahar highway", "Kandahar-Kabul highway", "Kabul-Kandahar road" ...
    pub(super) fn names(&self) -> Vec<String> {
        let pairs = self.from.split("; ").flat_map(|a| self.to.split("; ").map(move |b| (a, b)));
        let both = pairs.flat_map(|(a, b)| [format!("{a}-{b}"), format!("{b}-{a}")]);
        both.flat_map(|pair| ["highway", "road"].map(|way| format!("{pair} {way}"))).collect()
    }
}

/// A name that no list may bring in, since it reads as something else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeftOut {
    pub(super) name: String,
    #[allow(dead_code, reason = "for whoever reads the table")]
    pub(super) reason: String,
}

/// The table of names in Dari and Pashto.
pub(super) const LOCAL_NAMES: &str = "build/hand/local_names.csv";

pub(super) struct Hand {
    pub(super) provinces: Vec<Province>,
    pub(super) districts: Vec<District>,
    pub(super) settlements: Vec<Settlement>,
    pub(super) places: Vec<HandPlace>,
    pub(super) abroad: Vec<Abroad>,
    pub(super) local_names: Vec<LocalName>,
    pub(super) aliases: Vec<Alias>,
    pub(super) roads: Vec<Road>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Hand {
    pub(super) fn read(data: &Path) -> Result<Hand, Error> {
        Ok(Hand {
            provinces: rows(data, "build/hand/provinces.csv")?,
            districts: rows(data, "build/hand/districts.csv")?,
            settlements: rows(data, "build/hand/settlements.csv")?,
            places: rows(data, "build/hand/places.csv")?,
            abroad: rows(data, "build/hand/abroad.csv")?,
            local_names: rows(data, LOCAL_NAMES)?,
            aliases: rows(data, "build/hand/aliases.csv")?,
            roads: rows(data, "build/hand/roads.csv")?,
            left_out: rows(data, "build/hand/left_out.csv")?,
        })
    }
}
