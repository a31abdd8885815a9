//! The layers of a day: events and places as points, areas as polygons.

use std::io;

use geo::orient::Direction;
use geo::{Geometry, MapCoords, MultiPolygon, Orient, Point, RemoveRepeatedPoints};

use super::layer::LayerWriter;
use super::record::{Record, degrees};
use super::{EventRecord, RecordFormat, RecordWriter, StatusRecord};
use crate::control::{Day, Level};
use crate::event::Event;
use crate::gazetteer::Gazetteer;
use crate::map::Basemap;

/// The events as a layer of points.
///
/// # Errors
/// None in practice: memory is written to.
pub fn events(events: &[Event]) -> io::Result<Vec<u8>> {
    let mut writer = RecordWriter::new::<EventRecord<'_>>(Vec::new(), RecordFormat::GeoJson)?;
    events.iter().try_for_each(|event| writer.write(EventRecord::from(event)))?;
    writer.finish()
}

/// The statuses of a day that have no area: settlements and bases, and districts whose outline is not known, at
/// their centres.
///
/// # Errors
/// None in practice: memory is written to.
pub fn places(day: &Day, gazetteer: &Gazetteer, basemap: &Basemap) -> io::Result<Vec<u8>> {
    let mut layer = LayerWriter::new(Vec::new());
    for status in &day.statuses {
        let is_point = match status.level {
            Level::Province => false,
            Level::District => basemap.district(&status.unit).is_none(),
            Level::Capital | Level::Settlement | Level::Facility => true,
        };
        let place = gazetteer.by_id(status.unit.as_str()).filter(|_| is_point);
        if let Some(place) = place {
            let at = gazetteer.get(place).position;
            let point = Geometry::Point(Point::new(degrees(at.x()), degrees(at.y())));
            let record = StatusRecord::from(status).into_properties();
            layer.feature(status.unit.as_str(), Some(&point), &record)?;
        }
    }
    layer.finish()
}

/// The statuses of a day that have an area: provinces, and districts whose outline is known.
///
/// # Errors
/// None in practice: memory is written to.
pub fn areas(day: &Day, basemap: &Basemap) -> io::Result<Vec<u8>> {
    let mut layer = LayerWriter::new(Vec::new());
    for status in &day.statuses {
        let area = match status.level {
            Level::Province => basemap.province(&status.unit),
            Level::District => basemap.district(&status.unit),
            Level::Capital | Level::Settlement | Level::Facility => None,
        };
        if let Some(area) = area {
            let area = Geometry::MultiPolygon(published(area));
            let record = StatusRecord::from(status).into_properties();
            layer.feature(status.unit.as_str(), Some(&area), &record)?;
        }
    }
    layer.finish()
}

/// An area at five decimals, outer rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6).
fn published(area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let rounded = area.map_coords(|c| geo::coord! { x: degrees(c.x), y: degrees(c.y) });
    rounded.remove_repeated_points().orient(Direction::Default)
}
