//! The gazetteer's tables, out of the packages and the hand-written tables beside this file.

mod hand;
mod lists;
mod names;
mod places;

use std::path::Path;

use naqsha::error::Error;
use naqsha::gazetteer::PlaceKind;
use serde::Serialize;

use crate::packages::Packages;
use crate::tables::malformed;
use hand::Hand;
use lists::{HOME, Lists};
use names::{NameRow, Names, is_near, is_written_name, key};

/// A row of `places.csv`.
#[derive(Serialize)]
struct Row {
    id: String,
    name: String,
    kind: PlaceKind,
    admin1: Option<String>,
    admin2: Option<String>,
    country: String,
    longitude: f64,
    latitude: f64,
    accuracy_km: f64,
    population: Option<u32>,
    seat_of: Option<String>,
    name_fa: Option<String>,
    name_ps: Option<String>,
}

/// Writes the tables under `gazetteer/`.
pub(crate) fn build(packages: &Packages, data: &Path) -> Result<(), Error> {
    let hand = Hand::read(data)?;
    let lists = Lists::read(packages)?;
    let places = places::all(&hand, &lists, data)?;
    let names = names(&hand, &lists, &places)?;
    save(data, "gazetteer/places.csv", &places)?;
    save(data, "gazetteer/names.csv", &names)
}

/// The names written by hand, then what GeoNames adds.
fn names(hand: &Hand, lists: &Lists, places: &[Row]) -> Result<Vec<NameRow>, Error> {
    let mut names = Names::of(places);
    for district in &hand.districts {
        names.add(&district.id, &district.listed_as, "en");
    }
    for alias in &hand.aliases {
        if !names.add(&alias.place, &alias.name, &alias.lang) {
            let problem = format!("{} names a place {} that is not there", alias.name, alias.place);
            return Err(malformed("build/hand/aliases.csv", &problem));
        }
    }
    for road in &hand.roads {
        for name in road.names() {
            if !names.add(&road.road, &name, "en") {
                let problem = format!("{} is not there", road.road);
                return Err(malformed("build/hand/roads.csv", &problem));
            }
        }
    }
    for city in lists.cities.iter().filter(|c| c.countrycode == HOME) {
        let id = city.id();
        let own = places.iter().find(|p| p.id == id).and_then(|p| key(&p.name)).unwrap_or_default();
        for name in std::iter::once(&city.name).chain(&city.alternatenames) {
            let left_out = hand.left_out.iter().any(|l| l.name == *name);
            let latin = name.chars().any(char::is_lowercase);
            let near = !latin || key(name).is_some_and(|k| is_near(&k, &own));
            if is_written_name(name) && near && !left_out && !names.is_taken(&id, name) {
                names.add(&id, name, if latin { "en" } else { "fa" });
            }
        }
    }
    Ok(names.into_rows())
}

fn save(data: &Path, name: &str, rows: &[impl Serialize]) -> Result<(), Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).map_err(|e| malformed(name, &e))?;
    }
    let bytes = writer.into_inner().map_err(|e| malformed(name, &e))?;
    crate::write(data, name, &bytes)
}
