//! The main rivers in and around the country.

use std::io::Cursor;
use std::path::Path;

use geo::{BooleanOps, LineString, MapCoords, MultiLineString, Simplify};
use naqsha::error::Error;
use serde::Deserialize;
use shapefile::dbase::{FieldValue, Record};
use shapefile::{Polyline, ShapeReader};

use crate::countries::frame;
use crate::layer::{Shape, on_grid, save};
use crate::packages::Packages;
use crate::tables::{malformed, rows};

const PACKAGE: &str = "libmagics++-data";
const FILE: &str = "usr/share/magics/10m/ne_10m_rivers_lake_centerlines";
/// Degrees; a fifth of a pixel on the largest page.
const TOLERANCE: f64 = 0.002;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    source_name: String,
    id: String,
    name: String,
}

/// Writes `basemap/rivers.geojson`: the rivers that `rivers.csv` names, the lakes they pass included.
pub(crate) fn build(packages: &Packages, data: &Path) -> Result<(), Error> {
    let lines = read(packages)?;
    let rows: Vec<Row> = rows(data, "build/rivers.csv")?;
    let shapes = rows.into_iter().map(|row| {
        let parts = lines.iter().filter(|(name, _)| *name == row.source_name);
        let line: MultiLineString = parts.flat_map(|(_, line)| line.clone()).collect();
        let inside = frame().to_polygon().clip(&line, false).simplify(TOLERANCE).map_coords(on_grid);
        match inside.0.is_empty() {
            true => Err(malformed(FILE, &format!("has no river {}", row.source_name))),
            false => Ok(Shape { id: row.id, name: row.name, more: Vec::new(), geometry: inside.into() }),
        }
    });
    save(data, "basemap/rivers.geojson", shapes.collect::<Result<_, _>>()?)
}

fn read(packages: &Packages) -> Result<Vec<(String, MultiLineString)>, Error> {
    let names = [format!("{FILE}.shp"), format!("{FILE}.dbf")];
    let mut files = packages.read_all(PACKAGE, &[&names[0], &names[1]])?;
    let (table, shapes) = (files.swap_remove(1), files.swap_remove(0));
    let shapes = ShapeReader::new(Cursor::new(shapes)).map_err(|e| malformed(FILE, &e))?;
    let table = shapefile::dbase::Reader::new(Cursor::new(table)).map_err(|e| malformed(FILE, &e))?;
    shapefile::Reader::new(shapes, table)
        .iter_shapes_and_records_as::<Polyline, Record>()
        .map(|row| row.map(|(line, record)| (name_of(&record), line_of(&line))))
        .collect::<Result<_, _>>()
        .map_err(|e| malformed(FILE, &e))
}

fn name_of(record: &Record) -> String {
    match record.get("name") {
        Some(FieldValue::Character(Some(name))) => name.clone(),
        _ => String::new(),
    }
}

fn line_of(line: &Polyline) -> MultiLineString {
    line.parts().iter().map(|part| part.iter().map(|p| (p.x, p.y)).collect::<LineString>()).collect()
}
