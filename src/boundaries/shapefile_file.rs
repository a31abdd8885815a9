//! Boundaries as a Shapefile: areas in the .shp, their attributes in the .dbf beside it.

use std::collections::BTreeMap;
use std::io::Cursor;

use geo::Coord;
use shapefile::dbase::{self, FieldValue};
use shapefile::{Shape, ShapeReader};

use super::attributes::Unit;
use super::rings::{assembled, ring};

const HEADER: usize = 100;
const RECORD_HEADER: usize = 8;
/// Bytes of an area's record before its points: kind, box, numbers of parts and points.
const AREA_HEADER: usize = 44;

/// The areas of a Shapefile.
pub(super) fn units(shp: &[u8], dbf: &[u8]) -> Result<Vec<Unit>, String> {
    is_whole(shp)?;
    let reader = ShapeReader::new(Cursor::new(shp)).map_err(|e| format!("is no Shapefile: {e}"))?;
    let shapes = reader.read().map_err(|e| format!("breaks off: {e}; take the whole file"))?;
    let mut table =
        dbase::Reader::new(Cursor::new(dbf)).map_err(|e| format!("its .dbf cannot be read: {e}"))?;
    let rows = table.read().map_err(|e| format!("its .dbf cannot be read: {e}"))?;
    if rows.len() != shapes.len() {
        let (areas, rows) = (shapes.len(), rows.len());
        return Err(format!("has {areas} areas and its .dbf {rows} rows; take both from the same place"));
    }
    let unit = |(at, (shape, row)): (usize, (Shape, dbase::Record))| {
        let rings = rings(shape)?;
        Some(Unit { number: at + 1, attributes: attributes(row), shape: assembled(rings) })
    };
    Ok(shapes.into_iter().zip(rows).enumerate().filter_map(unit).collect())
}

/// Whether every record lies in the file and is as long as the points it says it has, so that none makes the reader
/// take more memory than the file.
fn is_whole(shp: &[u8]) -> Result<(), String> {
    let broken = || "breaks off in a record; take the whole file".to_owned();
    let mut at = HEADER;
    while at < shp.len() {
        let words = shp.get(at + 4..at + RECORD_HEADER).ok_or_else(broken)?;
        let length = 2 * u32::from_be_bytes([words[0], words[1], words[2], words[3]]) as usize;
        let record = shp.get(at + RECORD_HEADER..).and_then(|r| r.get(..length)).ok_or_else(broken)?;
        if let Some(counts) = record.get(AREA_HEADER - 8..AREA_HEADER) {
            let number = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize;
            let (parts, points) = (number(&counts[..4]), number(&counts[4..]));
            if parts.saturating_mul(4).saturating_add(points.saturating_mul(16)) > length {
                return Err(broken());
            }
        }
        at += RECORD_HEADER + length;
    }
    Ok(())
}

fn rings(shape: Shape) -> Option<Vec<Vec<Coord>>> {
    let on_grid = |points: Vec<Coord>| ring(points);
    Some(match shape {
        Shape::Polygon(area) => area
            .rings()
            .iter()
            .map(|r| on_grid(r.points().iter().map(|p| Coord { x: p.x, y: p.y }).collect()))
            .collect(),
        Shape::PolygonM(area) => area
            .rings()
            .iter()
            .map(|r| on_grid(r.points().iter().map(|p| Coord { x: p.x, y: p.y }).collect()))
            .collect(),
        Shape::PolygonZ(area) => area
            .rings()
            .iter()
            .map(|r| on_grid(r.points().iter().map(|p| Coord { x: p.x, y: p.y }).collect()))
            .collect(),
        _ => return None,
    })
}

fn attributes(row: dbase::Record) -> BTreeMap<String, String> {
    let text = |value: FieldValue| match value {
        FieldValue::Character(text) => text,
        FieldValue::Numeric(number) => number.map(|n| n.to_string()),
        FieldValue::Integer(number) => Some(number.to_string()),
        _ => None,
    };
    let each = row.into_iter();
    each.filter_map(|(name, value)| {
        let text = text(value)?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| (name.to_lowercase(), text))
    })
    .collect()
}
