//! Laying a user's table over the gazetteer: each row is checked against what is known, then adds or overrides.

use std::collections::BTreeMap;

use geo::{Contains, Coord, Distance, Euclidean, MapCoords, MultiPolygon, Point};
use geojson::FeatureCollection;
use geojson::feature::Id;

use super::place::HOME;
use super::user_table::{self, UserRow, unfit};
use super::{Gazetteer, Place, PlaceId, PlaceKind, PlaceRef};
use crate::data::DataFiles;
use crate::error::{Error, Notice};

/// The outlines are that coarse, in km: a position so far outside may still lie inside.
const OUTLINE_ACCURACY: f64 = 10.0;
/// A position without a stated accuracy is taken to be good to so many km.
const ACCURACY: f64 = 5.0;
/// Length of a degree of latitude, in km.
const DEGREE: f64 = 111.2;
const PROVINCES: &str = "basemap/provinces.geojson";

impl Gazetteer {
    /// Lays the table of further places over this gazetteer, if there is one.
    pub(super) fn lay_over(&mut self, data: &DataFiles) -> Result<(), Error> {
        let Some((file, bytes)) = data.further_places() else { return Ok(()) };
        let outlines = Outlines::from_data(data)?;
        let (mut rows, mut notices) = user_table::read(file, bytes);
        // A district comes before what lies in it.
        rows.sort_by_key(|row| (row.kind != Some(PlaceKind::District), row.line));
        for row in rows {
            let line = row.line;
            let problems = self.take(row, &outlines).unwrap_or_else(|problem| vec![problem]);
            notices.extend(problems.into_iter().map(|p| Notice::skipped(file, p).at_line(line)));
        }
        self.link();
        notices.sort_by_key(|notice| notice.line);
        self.notices = notices;
        Ok(())
    }

    /// Adds or overrides a place. Returns the aliases that it cannot have, or why it cannot be taken at all.
    fn take(&mut self, mut row: UserRow, outlines: &Outlines) -> Result<Vec<String>, String> {
        let known = self.by_id(&row.id);
        let aliases = std::mem::take(&mut row.aliases);
        let place = self.with_row(known, row)?;
        self.check_parents(&place)?;
        self.check_position(&place, outlines)?;
        let own = [Some(&place.name), place.name_fa.as_ref(), place.name_ps.as_ref()];
        let own: Vec<String> = own.into_iter().flatten().cloned().collect();
        for name in &own {
            self.check_name(&place, known, name)?;
        }
        let at = self.put(known, place);
        for name in &own {
            self.add_name(at, name, true);
        }
        let mut left_out = Vec::new();
        for alias in aliases {
            match self.check_name(&self.get(at).clone(), Some(at), &alias) {
                Ok(()) => self.add_name(at, &alias, false),
                Err(problem) => left_out.push(format!("an alias is left out: {problem}")),
            }
        }
        Ok(left_out)
    }

    /// The place that a row describes; an empty cell leaves what is known.
    fn with_row(&self, known: Option<PlaceRef>, row: UserRow) -> Result<Place, String> {
        let mut place = match known {
            Some(at) => self.get(at).clone(),
            None => new_place(&row)?,
        };
        let id = |text: String| PlaceId::new(&text);
        if known.is_some() && is_unit(place.kind) && moves(&place, &row) {
            return Err(format!(
                "{} is a {} and stays one, where it is; leave its kind, country, admin1 and admin2 empty",
                place.id,
                place.kind.as_str()
            ));
        }
        place.name = row.name.unwrap_or(place.name);
        place.kind = row.kind.unwrap_or(place.kind);
        place.country = row.country.unwrap_or(place.country);
        let (longitude, latitude) = (place.position.x(), place.position.y());
        place.position = Point::new(row.longitude.unwrap_or(longitude), row.latitude.unwrap_or(latitude));
        place.accuracy_km = row.accuracy_km.unwrap_or(place.accuracy_km);
        place.population = row.population.unwrap_or(place.population);
        place.seat_of = row.seat_of.map(id).or(place.seat_of);
        place.name_fa = row.name_fa.or(place.name_fa);
        place.name_ps = row.name_ps.or(place.name_ps);
        if place.kind == PlaceKind::District {
            if row.admin2.is_some_and(|given| given != place.id.as_str()) {
                return Err("a district lies in no other; leave its admin2 empty".to_owned());
            }
            place.admin2 = Some(place.id.clone());
        } else if let Some(district) = row.admin2 {
            // The district says in which province, unless the row does.
            let province = self.by_id(&district).and_then(|d| self.get(d).admin1.clone());
            place.admin1 = province.or(place.admin1);
            place.admin2 = Some(id(district));
        }
        place.admin1 = row.admin1.map(id).or(place.admin1);
        Ok(place)
    }

    fn check_parents(&self, place: &Place) -> Result<(), String> {
        if place.country.len() != 2 || !place.country.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(format!(
                "country {:?} is no code of two capitals such as {HOME}; write it so",
                place.country
            ));
        }
        if place.is_abroad() {
            let has_parent = place.admin1.is_some() || place.admin2.is_some();
            return if has_parent {
                Err(format!(
                    "admin1 and admin2 are for places in {HOME}; leave them empty or correct country"
                ))
            } else {
                Ok(())
            };
        }
        let unit = |id: &PlaceId, kind: PlaceKind| {
            let found = self.by_id(id.as_str()).filter(|p| self.get(*p).kind == kind);
            let remedy = || match self.unit_meant(id.as_str(), kind) {
                Some(meant) => format!("write {meant}"),
                None => "write its id as in data/gazetteer/places.csv".to_owned(),
            };
            found.map(|p| self.get(p)).ok_or_else(|| format!("{id} is no {}; {}", kind.as_str(), remedy()))
        };
        if let Some(admin1) = &place.admin1 {
            unit(admin1, PlaceKind::Province).map_err(|e| format!("admin1 {e}"))?;
        } else if !spans_provinces(place.kind) {
            return Err("the place has no admin1; give the id of its province, such as AF-KDZ".to_owned());
        }
        if let Some(admin2) = place.admin2.as_ref().filter(|id| **id != place.id) {
            let district = unit(admin2, PlaceKind::District).map_err(|e| format!("admin2 {e}"))?;
            if let (Some(right), Some(given)) = (&district.admin1, &place.admin1)
                && right != given
            {
                return Err(format!(
                    "{admin2} {} lies in {right}, not in {given}; correct one of them",
                    district.name
                ));
            }
        }
        match &place.seat_of {
            Some(seat) if !self.by_id(seat.as_str()).is_some_and(|p| is_unit(self.get(p).kind)) => {
                Err(format!("seat_of {seat} is no province or district; write its id or leave it empty"))
            }
            _ => Ok(()),
        }
    }

    /// The id of the province or district whose name was written in place of its id.
    fn unit_meant(&self, name: &str, kind: PlaceKind) -> Option<String> {
        let found = self.locate(name, None).candidates;
        found.into_iter().find(|c| c.kind == kind).map(|c| c.place_id)
    }

    fn check_position(&self, place: &Place, outlines: &Outlines) -> Result<(), String> {
        let allowed = OUTLINE_ACCURACY.max(place.accuracy_km);
        let outside = |area: Option<&PlaceId>| {
            outlines.distance_km(area, place.position).filter(|km| *km > allowed).map(f64::round)
        };
        if place.is_abroad() {
            return Ok(());
        }
        if let Some(km) = outside(None) {
            let swapped = Point::new(place.position.y(), place.position.x());
            let is_swapped = outlines.distance_km(None, swapped).is_some_and(|km| km <= allowed);
            let remedy = if is_swapped {
                "longitude and latitude are swapped"
            } else {
                "correct longitude and latitude, or give its country"
            };
            return Err(format!("the position lies {km} km outside the country; {remedy}"));
        }
        match place.admin1.as_ref().filter(|_| !spans_provinces(place.kind)) {
            Some(province) => match outside(Some(province)) {
                Some(km) => Err(format!(
                    "the position lies {km} km outside {province}; correct it, or admin1 and admin2"
                )),
                None => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// Whether a name is fit and free: no place of the same sort in the same province may bear it.
    fn check_name(&self, place: &Place, known: Option<PlaceRef>, name: &str) -> Result<(), String> {
        if let Some(problem) = unfit(name) {
            return Err(problem);
        }
        let is_its_own = known.is_some() && self.bearers(name).any(|other| Some(other) == known);
        let bearer = self.bearers(name).filter(|_| !is_its_own).find(|other| {
            let held = self.get(*other);
            sort(held.kind) == sort(place.kind)
                && held.admin1 == place.admin1
                && held.country == place.country
        });
        bearer.map_or(Ok(()), |other| {
            let held = self.get(other);
            let within = held.admin1.as_ref().map_or(held.country.as_str(), PlaceId::as_str);
            Err(format!(
                "the name {name:?} is that of {} ({}, in {within}) already and nothing tells the two apart; \
                 take another name, or that id to override it",
                held.id,
                held.kind.as_str(),
            ))
        })
    }

    fn put(&mut self, known: Option<PlaceRef>, place: Place) -> PlaceRef {
        let (id, seat_of) = (place.id.clone(), place.seat_of.clone());
        let at = match known {
            Some(at) => {
                self.seats.retain(|_, seat| *seat != at);
                *self.place_mut(at) = place;
                at
            }
            None => self.push(place),
        };
        self.by_id.insert(id, at);
        if let Some(unit) = seat_of
            && let Some(former) = self.seats.insert(unit, at).filter(|former| *former != at)
        {
            self.place_mut(former).seat_of = None;
        }
        at
    }
}

fn new_place(row: &UserRow) -> Result<Place, String> {
    let missing = |column: &str| format!("{} is a new place and has no {column}; give it one", row.id);
    let kind = row.kind.ok_or_else(|| missing("kind"))?;
    if kind == PlaceKind::Province {
        return Err("a new province would have no outline; take the kind district or region".to_owned());
    }
    let longitude = row.longitude.ok_or_else(|| missing("longitude"))?;
    let latitude = row.latitude.ok_or_else(|| missing("latitude"))?;
    Ok(Place {
        id: PlaceId::new(&row.id),
        name: row.name.clone().ok_or_else(|| missing("name"))?,
        kind,
        admin1: None,
        admin2: None,
        country: HOME.to_owned(),
        position: Point::new(longitude, latitude),
        accuracy_km: ACCURACY,
        population: 0,
        seat_of: None,
        name_fa: None,
        name_ps: None,
    })
}

fn is_unit(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Province | PlaceKind::District)
}

/// Whether a row gives a unit another kind or another parent.
fn moves(place: &Place, row: &UserRow) -> bool {
    let differs = |given: &Option<String>, held: Option<&str>| given.is_some() && given.as_deref() != held;
    row.kind.is_some_and(|kind| kind != place.kind)
        || differs(&row.country, Some(&place.country))
        || differs(&row.admin1, place.admin1.as_ref().map(PlaceId::as_str))
        || differs(&row.admin2, place.admin2.as_ref().map(PlaceId::as_str))
}

/// A road, river or mountain may belong to no single province.
fn spans_provinces(kind: PlaceKind) -> bool {
    matches!(
        kind,
        PlaceKind::Road | PlaceKind::River | PlaceKind::Pass | PlaceKind::Region | PlaceKind::Country
    )
}

/// Kinds that a text does not tell apart by their name: a city and a village.
fn sort(kind: PlaceKind) -> PlaceKind {
    if kind == PlaceKind::Village { PlaceKind::City } else { kind }
}

/// The outlines of the provinces, to see whether a position lies in them.
struct Outlines(BTreeMap<PlaceId, MultiPolygon>);

impl Outlines {
    fn from_data(data: &DataFiles) -> Result<Outlines, Error> {
        let malformed = |problem: String| Error::Data { file: PROVINCES.to_owned(), line: None, problem };
        let layer: FeatureCollection =
            data.text(PROVINCES)?.parse().map_err(|e: geojson::Error| malformed(e.to_string()))?;
        let outline = |feature: geojson::Feature| {
            let Some(Id::String(id)) = feature.id else {
                return Err(malformed("a province has no id".to_owned()));
            };
            match feature.geometry.and_then(|g| geo::Geometry::try_from(g).ok()) {
                Some(geo::Geometry::Polygon(area)) => Ok((PlaceId::new(&id), area.into())),
                Some(geo::Geometry::MultiPolygon(area)) => Ok((PlaceId::new(&id), area)),
                _ => Err(malformed(format!("{id} is no area"))),
            }
        };
        layer.features.into_iter().map(outline).collect::<Result<_, _>>().map(Outlines)
    }

    /// How far a position lies outside a province, or outside all of them, in km, about; 0 inside. None for a province without an
    /// outline.
    fn distance_km(&self, province: Option<&PlaceId>, position: Point) -> Option<f64> {
        let asked = |id: &PlaceId| province.is_none_or(|p| p == id);
        let areas = || self.0.iter().filter(|(id, _)| asked(id)).map(|(_, area)| area);
        if areas().any(|area| area.contains(&position)) {
            return Some(0.0);
        }
        areas().map(|area| distance_km(position, area)).min_by(f64::total_cmp)
    }
}

/// In a plane where a degree is equally long both ways, which is right to a few per cent where it matters: nearby.
fn distance_km(position: Point, area: &MultiPolygon) -> f64 {
    let squeeze = libm::cos(position.y().to_radians()).max(0.01);
    let flat = |c: Coord| Coord { x: c.x * squeeze, y: c.y };
    Euclidean.distance(&position.map_coords(flat), &area.map_coords(flat)) * DEGREE
}
