//! The layers of a day and of a run: events and places as points, areas as polygons.

use std::io;

use geo::orient::Direction;
use geo::{Geometry, MapCoords, MultiPolygon, Orient, Point, RemoveRepeatedPoints};

use super::layer::LayerWriter;
use super::record::{Record, degrees};
use super::spells::{Spell, spells};
use super::{EventRecord, RecordFormat, RecordWriter, StatusRecord};
use crate::control::{Day, Level, UnitStatus};
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
        if let Some(point) = point(status, gazetteer, basemap) {
            let record = StatusRecord::from(status).into_properties();
            layer.feature(status.unit.as_str(), Some(&Geometry::Point(point)), &record)?;
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
        if let Some(area) = area(status, basemap) {
            let record = StatusRecord::from(status).into_properties();
            layer.feature(status.unit.as_str(), Some(&Geometry::MultiPolygon(area)), &record)?;
        }
    }
    layer.finish()
}

/// As [`places`], of a whole run: a feature for the days on which the same is told of a unit, from `valid_from` to
/// `valid_to`. Evidence and confidence are those of the last of the days.
///
/// # Errors
/// None in practice: memory is written to.
pub fn places_of_run(days: &[Day], gazetteer: &Gazetteer, basemap: &Basemap) -> io::Result<Vec<u8>> {
    of_run(days, |status| point(status, gazetteer, basemap).map(Geometry::Point))
}

/// As [`areas`], of a whole run; see [`places_of_run`].
///
/// # Errors
/// None in practice: memory is written to.
pub fn areas_of_run(days: &[Day], basemap: &Basemap) -> io::Result<Vec<u8>> {
    of_run(days, |status| area(status, basemap).map(Geometry::MultiPolygon))
}

fn of_run(days: &[Day], shape: impl Fn(&UnitStatus) -> Option<Geometry>) -> io::Result<Vec<u8>> {
    let mut layer = LayerWriter::new(Vec::new());
    for (spell, shape) in shaped(days, shape) {
        layer.feature(&spell.id(), Some(&shape), &spell.record())?;
    }
    layer.finish()
}

/// The spells of a run that have a shape.
pub(super) fn shaped<'d, S>(
    days: &'d [Day],
    shape: impl Fn(&UnitStatus) -> Option<S>,
) -> impl Iterator<Item = (Spell<'d>, S)> {
    spells(days).into_iter().filter_map(move |spell| shape(spell.status).map(|s| (spell, s)))
}

/// Where a status lies that has no area.
pub(super) fn point(status: &UnitStatus, gazetteer: &Gazetteer, basemap: &Basemap) -> Option<Point> {
    let is_point = match status.level {
        Level::Province => false,
        Level::District => basemap.district(&status.unit).is_none(),
        Level::Capital | Level::Settlement | Level::Facility => true,
    };
    let place = gazetteer.by_id(status.unit.as_str()).filter(|_| is_point)?;
    let at = gazetteer.get(place).position;
    Some(Point::new(degrees(at.x()), degrees(at.y())))
}

/// The area of a status that has one.
pub(super) fn area(status: &UnitStatus, basemap: &Basemap) -> Option<MultiPolygon> {
    let area = match status.level {
        Level::Province => basemap.province(&status.unit),
        Level::District => basemap.district(&status.unit),
        Level::Capital | Level::Settlement | Level::Facility => None,
    };
    area.map(published)
}

/// An area at five decimals, outer rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6).
pub(super) fn published(area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let rounded = area.map_coords(|c| geo::coord! { x: degrees(c.x), y: degrees(c.y) });
    rounded.remove_repeated_points().orient(Direction::Default)
}
