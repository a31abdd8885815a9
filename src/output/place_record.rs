//! The place mention of the contract.

use std::borrow::Cow;

use geo::Point;

use super::record::{Record, cell, columns, degrees, hundredths, text};
use crate::event::{PlaceMention, Reading};
use crate::gazetteer::{Gazetteer, Place, PlaceKind, PlaceRef};
use crate::report::{Report, ZoneKind};

columns! {
    /// A place name where it stands in a report, with what it was taken for.
    pub struct PlaceRecord<'r> {
        /// The report.
        pub doc_id: Cow<'r, str>,
        /// The name, as printed.
        pub surface: Cow<'r, str>,
        /// First byte of the name in the report's text.
        pub start: usize,
        /// One past its last byte.
        pub end: usize,
        /// Place id, null where rivals cannot be told apart.
        pub place_id: Option<&'r str>,
        /// English name.
        pub name: Option<Cow<'r, str>>,
        /// Kind of place.
        pub kind: Option<PlaceKind>,
        /// Province.
        pub admin1: Option<Cow<'r, str>>,
        /// ISO 3166-2.
        pub admin1_code: Option<&'r str>,
        /// District.
        pub admin2: Option<Cow<'r, str>>,
        /// P-code.
        pub admin2_code: Option<&'r str>,
        /// WGS 84 degrees, 5 decimals.
        pub longitude: Option<f64>,
        /// WGS 84 degrees, 5 decimals.
        pub latitude: Option<f64>,
        /// 1 exact to 7 country.
        pub geo_precision: Option<u8>,
        /// event, mention, dateline, abroad or ambiguous.
        pub role: &'static str,
        /// 0 to 1.
        pub score: f64,
        /// Why, "; " between; of an ambiguous name, the rivals.
        pub reasons: Option<Cow<'r, str>>,
    }
}

impl<'r> PlaceRecord<'r> {
    /// The records of a reading, in the order of its text.
    pub fn all(report: &'r Report, reading: &'r Reading, places: &'r Gazetteer) -> Vec<PlaceRecord<'r>> {
        reading.places.iter().map(|mention| record(report, reading, mention, places)).collect()
    }
}

fn record<'r>(
    report: &'r Report,
    reading: &Reading,
    mention: &'r PlaceMention,
    places: &'r Gazetteer,
) -> PlaceRecord<'r> {
    let found = mention.toponym.place;
    let place = found.map(|p| places.get(p));
    let unit = |p: Option<PlaceRef>| p.map(|p| places.get(p));
    let admin1 = unit(found.and_then(|p| places.province_of(p)));
    let admin2 = unit(found.and_then(|p| places.district_of(p)));
    let happens = place.is_some_and(|p| reading.events.iter().any(|e| e.place.id == p.id));
    PlaceRecord {
        doc_id: Cow::Borrowed(&report.id),
        surface: Cow::Borrowed(mention.span.of(&report.text)),
        start: mention.span.start(),
        end: mention.span.end(),
        place_id: place.map(|p| p.id.as_str()),
        name: text(place.map(|p| p.name.as_str())),
        kind: place.map(|p| p.kind),
        admin1: text(admin1.map(|p| p.name.as_str())),
        admin1_code: admin1.map(|p| p.id.as_str()),
        admin2: text(admin2.map(|p| p.name.as_str())),
        admin2_code: admin2.map(|p| p.id.as_str()),
        longitude: place.map(|p| degrees(p.position.x())),
        latitude: place.map(|p| degrees(p.position.y())),
        geo_precision: place.map(|p| mention.toponym.precision.within(p.kind).into()),
        role: role(mention, place, happens),
        score: hundredths(mention.toponym.score),
        reasons: reasons(mention, places).map(Cow::Owned),
    }
}

fn role(mention: &PlaceMention, place: Option<&Place>, happens: bool) -> &'static str {
    match place {
        None => "ambiguous",
        Some(place) if place.is_abroad() => "abroad",
        Some(_) if mention.zone == ZoneKind::Dateline => "dateline",
        Some(_) if happens => "event",
        Some(_) => "mention",
    }
}

fn reasons(mention: &PlaceMention, places: &Gazetteer) -> Option<String> {
    let rivals = mention.toponym.rivals.iter().map(|p| format!("or {}", places.get(*p).id));
    let each: Vec<String> = mention.toponym.reasons.iter().map(|r| (*r).to_owned()).chain(rivals).collect();
    if each.is_empty() { None } else { Some(each.join("; ")) }
}

impl Record for PlaceRecord<'_> {
    const COLUMNS: &'static [&'static str] = PlaceRecord::FIELDS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}:{}", self.doc_id, self.start))
    }

    fn position(&self) -> Option<Point> {
        Some(Point::new(self.longitude?, self.latitude?))
    }

    fn into_properties(self) -> Self {
        self
    }

    fn into_cells(mut self) -> Self {
        cell(&mut self.doc_id);
        cell(&mut self.surface);
        self
    }
}
