//! The places: provinces, districts, settlements, what was added by hand, and what lies abroad.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use geo::{Area, MultiPolygon, Point};
use naqsha::error::Error;
use naqsha::gazetteer::PlaceKind;
use naqsha::text::fold;

use super::Row;
use super::hand::{Abroad, District, Hand, HandPlace, LOCAL_NAMES, LocalName, Settlement};
use super::lists::{City, Country, HOME, Lists};
use crate::tables::malformed;

/// Settlements of at least so many people are listed as cities.
const CITY: u32 = 20_000;
/// How far a listed settlement may stand from its place on the ground, in km.
const SETTLEMENT_ACCURACY: f64 = 2.0;
/// How far a foreign city may, in km.
const ABROAD_ACCURACY: f64 = 5.0;
/// Countries of fewer people are not listed: their names read as persons' and words.
const COUNTRY: u64 = 300_000;
/// How finely the point inside a province is sought, in degrees.
const INSIDE: f64 = 0.01;

/// Every place, a containing one before what it contains.
pub(super) fn all(hand: &Hand, lists: &Lists, data: &Path) -> Result<Vec<Row>, Error> {
    let mut places = provinces(hand, data)?;
    places.extend(hand.districts.iter().map(district));
    places.extend(settlements(hand, lists)?);
    for place in &hand.places {
        places.push(by_hand(place, &hand.districts, lists)?);
    }
    name_locally(&mut places, &hand.local_names)?;
    let known: BTreeSet<String> = places.iter().map(|p| fold(&p.name)).collect();
    let abroad = abroad(hand, lists);
    let by_hand: BTreeSet<&str> = hand.abroad.iter().map(|a| a.id.as_str()).collect();
    places.extend(
        abroad.into_iter().filter(|p| by_hand.contains(p.id.as_str()) || !known.contains(&fold(&p.name))),
    );
    Ok(places)
}

/// Gives places their names in Dari and Pashto: their own, or those of the unit whose centre they are if they share its name.
fn name_locally(places: &mut [Row], names: &[LocalName]) -> Result<(), Error> {
    let by_id: BTreeMap<&str, &LocalName> = names.iter().map(|n| (n.id.as_str(), n)).collect();
    let units: BTreeMap<String, String> =
        places.iter().filter(|p| p.seat_of.is_none()).map(|p| (p.id.clone(), p.name.clone())).collect();
    let mut left: BTreeSet<&str> = by_id.keys().copied().collect();
    for place in places {
        left.remove(place.id.as_str());
        let unit = place.seat_of.as_ref().filter(|unit| units.get(*unit) == Some(&place.name));
        let own = by_id.get(place.id.as_str()).or_else(|| by_id.get(unit?.as_str()));
        place.name_fa = own.map(|n| n.name_fa.clone());
        place.name_ps = own.map(|n| n.name_ps.clone());
    }
    match left.first() {
        Some(id) => Err(malformed(LOCAL_NAMES, &format!("names a place {id} that is not there"))),
        None => Ok(()),
    }
}

fn provinces(hand: &Hand, data: &Path) -> Result<Vec<Row>, Error> {
    const FILE: &str = "basemap/provinces.geojson";
    let text = std::fs::read_to_string(data.join(FILE)).map_err(|e| malformed(FILE, &e))?;
    let json: geojson::FeatureCollection = text.parse().map_err(|e: geojson::Error| malformed(FILE, &e))?;
    let mut areas: BTreeMap<String, MultiPolygon> = BTreeMap::new();
    for feature in json.features {
        if let (Some(geojson::feature::Id::String(id)), Some(geometry)) = (feature.id, feature.geometry) {
            let area = geo::Geometry::try_from(geometry).map_err(|e| malformed(FILE, &e))?;
            let area = match area {
                geo::Geometry::Polygon(p) => MultiPolygon::from(p),
                geo::Geometry::MultiPolygon(m) => m,
                _ => return Err(malformed(FILE, &format!("{id} is no area"))),
            };
            areas.insert(id, area);
        }
    }
    let row = |p: &super::hand::Province| {
        let area = areas.get(&p.id).ok_or_else(|| malformed(FILE, &format!("has no {}", p.id)))?;
        let inside = inside(area).ok_or_else(|| malformed(FILE, &format!("{} is empty", p.id)))?;
        let km2: f64 = hand.districts.iter().filter(|d| d.province == p.id).map(|d| d.area_km2).sum();
        Ok(Row {
            accuracy_km: spread(km2),
            admin1: Some(p.id.clone()),
            ..at(&p.id, &p.name, PlaceKind::Province, inside)
        })
    };
    hand.provinces.iter().map(row).collect()
}

/// The point farthest from the border, within the largest part of an area.
fn inside(area: &MultiPolygon) -> Option<Point> {
    let largest = area.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    polylabel::polylabel(largest, &INSIDE).ok()
}

/// How far a point of an area may lie from its middle, in km: half the side of a square of that size.
fn spread(km2: f64) -> f64 {
    (km2.sqrt() / 2.0).round().max(1.0)
}

fn district(d: &District) -> Row {
    Row {
        accuracy_km: spread(d.area_km2),
        admin1: Some(d.province.clone()),
        admin2: Some(d.id.clone()),
        ..at(&d.id, &d.name, PlaceKind::District, Point::new(d.longitude, d.latitude))
    }
}

fn settlements(hand: &Hand, lists: &Lists) -> Result<Vec<Row>, Error> {
    let mut cities: Vec<&City> = lists.cities.iter().filter(|c| c.countrycode == HOME).collect();
    cities.sort_by_key(|c| c.geonameid);
    cities.into_iter().map(|city| settlement(city, hand, lists)).collect()
}

fn settlement(city: &City, hand: &Hand, lists: &Lists) -> Result<Row, Error> {
    let id = city.id();
    let ours: Option<&Settlement> = hand.settlements.iter().find(|s| s.id == id);
    let code = lists.district_code(city);
    let district = match ours.and_then(|s| s.district.as_deref()) {
        Some(district) => hand.districts.iter().find(|d| d.id == district),
        None => hand.districts.iter().find(|d| code.is_some() && d.geonames_admin2.as_deref() == code),
    };
    let district =
        district.ok_or_else(|| malformed("build/hand/settlements.csv", &format!("where lies {id}?")))?;
    let province = hand.provinces.iter().find(|p| p.capital == id);
    let seat = hand.districts.iter().find(|d| d.seat.as_deref() == Some(id.as_str()));
    let kind = match ours.and_then(|s| s.kind) {
        Some(kind) => kind,
        None if city.population >= CITY => PlaceKind::City,
        None => PlaceKind::Village,
    };
    let name = ours.map_or(city.name.as_str(), |s| s.name.as_str());
    Ok(Row {
        admin1: Some(district.province.clone()),
        admin2: Some(district.id.clone()),
        accuracy_km: SETTLEMENT_ACCURACY,
        population: (city.population > 0).then_some(city.population),
        seat_of: province.map(|p| p.id.clone()).or_else(|| seat.map(|d| d.id.clone())),
        ..at(&id, name, kind, Point::new(city.longitude, city.latitude))
    })
}

fn by_hand(place: &HandPlace, districts: &[District], lists: &Lists) -> Result<Row, Error> {
    let listed = place.airport.as_ref().and_then(|code| lists.airports.get(code)).copied();
    let position = match (listed, place.longitude, place.latitude) {
        (Some((longitude, latitude)), _, _) | (None, Some(longitude), Some(latitude)) => {
            Point::new(longitude, latitude)
        }
        _ => return Err(malformed("build/hand/places.csv", &format!("{} has no position", place.id))),
    };
    let district = districts.iter().find(|d| d.id == place.within);
    let province = district.map(|d| d.province.clone());
    let is_province = place.within.starts_with("AF-");
    let home = district.is_some() || is_province;
    Ok(Row {
        admin1: province.or_else(|| is_province.then(|| place.within.clone())),
        admin2: district.map(|d| d.id.clone()),
        country: if home { HOME.to_owned() } else { place.within.clone() },
        accuracy_km: place.accuracy_km,
        ..at(&place.id, &place.name, place.kind, position)
    })
}

/// What was written by hand, then every country and its capital.
fn abroad(hand: &Hand, lists: &Lists) -> Vec<Row> {
    let by_hand = |a: &Abroad| Row {
        country: a.country.clone(),
        accuracy_km: ABROAD_ACCURACY,
        ..at(&a.id, &a.name, a.kind, Point::new(a.longitude, a.latitude))
    };
    let mut rows: Vec<Row> = hand.abroad.iter().map(by_hand).collect();
    let mut countries: Vec<&Country> =
        lists.countries.iter().filter(|c| c.iso != HOME && c.population >= COUNTRY).collect();
    countries.sort_by(|a, b| a.iso.cmp(&b.iso));
    for country in countries {
        let seat = lists.cities.iter().find(|c| c.countrycode == country.iso && c.name == country.capital);
        let Some(seat) = seat else { continue };
        let position = Point::new(seat.longitude, seat.latitude);
        let found = [
            (&country.name, PlaceKind::Country, spread(country.areakm2)),
            (&country.capital, PlaceKind::City, ABROAD_ACCURACY),
        ];
        for (name, kind, accuracy_km) in found {
            let id = format!("nq-{}", name.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
            let known = rows.iter().any(|r| r.id == id || r.name == *name);
            if !known && !hand.left_out.iter().any(|l| l.name == *name) {
                rows.push(Row { country: country.iso.clone(), accuracy_km, ..at(&id, name, kind, position) });
            }
        }
    }
    rows
}

fn at(id: &str, name: &str, kind: PlaceKind, position: Point) -> Row {
    let degrees = |d: f64| (d * 1e5).round() / 1e5;
    Row {
        id: id.to_owned(),
        name: name.to_owned(),
        kind,
        admin1: None,
        admin2: None,
        country: HOME.to_owned(),
        longitude: degrees(position.x()),
        latitude: degrees(position.y()),
        accuracy_km: 0.0,
        population: None,
        seat_of: None,
        name_fa: None,
        name_ps: None,
    }
}
