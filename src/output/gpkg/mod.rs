//! GeoPackage: events, places and areas of a whole run in one file, each layer with its index and its style.

mod blob;
mod layer;
mod schema;

use std::io;

use geo::Point;
use rusqlite::{Connection, MAIN_DB, params};
use serde::Serialize;
use serde_json::Value as Json;

use super::layers::{area, point, published, shaped};
use super::qgis::Styles;
use super::record::Kind;
use super::{EventRecord, StatusRecord};
use crate::control::Timeline;
use crate::gazetteer::Gazetteer;
use crate::map::Basemap;
use blob::Shape;
use layer::Layer;
use schema::{CONTENT, PRAGMAS, TABLES};

/// A run as a GeoPackage: the layers `events`, `places` and `areas`, and `provinces`, the outlines without a status.
/// Fields are those of the records. A place or area stands once for each of its spells, the days from `valid_from` to
/// `valid_to` on which the same is told of it. Coordinates are WGS 84 degrees.
///
/// The same run gives the same bytes: where the format asks for the time of a change, the last day stands.
///
/// # Errors
/// What the database in memory gives; none in practice.
pub fn geopackage(
    timeline: &Timeline,
    gazetteer: &Gazetteer,
    basemap: &Basemap,
    styles: &Styles,
) -> io::Result<Vec<u8>> {
    write(timeline, gazetteer, basemap, styles).map_err(io::Error::other)
}

fn write(
    timeline: &Timeline,
    gazetteer: &Gazetteer,
    basemap: &Basemap,
    styles: &Styles,
) -> rusqlite::Result<Vec<u8>> {
    let mut file = Connection::open_in_memory()?;
    file.execute_batch(PRAGMAS)?;
    file.execute_batch("BEGIN")?;
    file.execute_batch(TABLES)?;
    let days = timeline.days();
    let last = days.last().map(|d| d.date).unwrap_or_default();
    let changed = &format!("{last}T00:00:00.000Z");
    let events = timeline.events.iter().map(|event| {
        let record = EventRecord::from(event);
        (Shape::Point(Point::new(record.longitude, record.latitude)), json(&record))
    });
    events_layer(styles.events()).write(&file, events, changed)?;
    let places = shaped(days, |s| point(s, gazetteer, basemap).map(Shape::Point));
    let places = places.map(|(spell, shape)| (shape, json(&spell.record())));
    status_layer("places", "POINT", PLACES, styles.places()).write(&file, places, changed)?;
    let areas = shaped(days, |s| area(s, basemap).map(Shape::Area));
    let areas = areas.map(|(spell, shape)| (shape, json(&spell.record())));
    status_layer("areas", "MULTIPOLYGON", AREAS, styles.areas()).write(&file, areas, changed)?;
    let provinces = basemap.provinces().map(|(id, area)| {
        let record = serde_json::json!({ "unit_id": id.as_str(), "name": area.name });
        (Shape::Area(published(&area.shape)), record)
    });
    outlines(styles.provinces()).write(&file, provinces, changed)?;
    let nothing = None::<f64>;
    let listed =
        params!["layer_styles", "attributes", STYLES, changed, nothing, nothing, nothing, nothing, 0];
    file.execute(CONTENT, listed)?;
    file.execute_batch("COMMIT")?;
    Ok(file.serialize(MAIN_DB)?.to_vec())
}

const EVENTS: &str = "What happened";
const PLACES: &str = "Settlements and bases with a status, from valid_from to valid_to";
const AREAS: &str = "Provinces and districts with a status, from valid_from to valid_to";
const PROVINCES: &str = "Outlines of the provinces";
const STYLES: &str = "Styles of the layers, as QGIS reads them";

fn events_layer(style: &str) -> Layer<'_> {
    Layer {
        table: "events",
        about: EVENTS,
        geometry: "POINT",
        fields: EventRecord::FIELDS,
        kinds: EventRecord::KINDS,
        left_out: "",
        style,
    }
}

fn status_layer<'s>(
    table: &'static str,
    geometry: &'static str,
    about: &'static str,
    style: &'s str,
) -> Layer<'s> {
    let (fields, kinds) = (StatusRecord::FIELDS, StatusRecord::KINDS);
    Layer { table, about, geometry, fields, kinds, left_out: "date", style }
}

fn outlines(style: &str) -> Layer<'_> {
    Layer {
        table: "provinces",
        about: PROVINCES,
        geometry: "MULTIPOLYGON",
        fields: &["unit_id", "name"],
        kinds: &[Kind::Text, Kind::Text],
        left_out: "",
        style,
    }
}

/// A record by its keys; every record can be written so.
fn json(record: &impl Serialize) -> Json {
    serde_json::to_value(record).unwrap_or_default()
}
