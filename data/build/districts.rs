//! Where the districts lie, approximately: the parts of a province nearest to each district's known position, as large
//! as the districts are known to be.

use std::collections::BTreeMap;
use std::path::Path;

use geo::{Centroid, Contains, Coord, MapCoords, MultiPolygon, Polygon};
use naqsha::error::Error;
use serde::Deserialize;

use crate::layer::{Shape, on_grid, save};
use crate::power::Diagram;
use crate::tables::{malformed, rows};

const TABLE: &str = "build/hand/districts.csv";
/// Sites whose district would not hold its own position are moved so often, each time by this part of the way.
const ROUNDS: usize = 30;
const PART: f64 = 0.2;

/// What this layer needs of a row.
#[derive(Deserialize)]
pub(crate) struct District {
    id: String,
    name: String,
    pub(crate) province: String,
    longitude: f64,
    latitude: f64,
    area_km2: f64,
}

impl District {
    pub(crate) fn position(&self) -> Coord {
        Coord { x: self.longitude, y: self.latitude }
    }
}

/// The districts of the hand-written table.
pub(crate) fn read(data: &Path) -> Result<Vec<District>, Error> {
    rows(data, TABLE)
}

/// Writes `basemap/districts.geojson`, from the provinces' areas by id.
pub(crate) fn build(provinces: &BTreeMap<String, Polygon>, data: &Path) -> Result<(), Error> {
    let mut members: BTreeMap<String, Vec<District>> = BTreeMap::new();
    for district in read(data)? {
        members.entry(district.province.clone()).or_default().push(district);
    }
    let mut shapes = Vec::new();
    for (id, districts) in members {
        let area = provinces.get(&id).ok_or_else(|| malformed(TABLE, &format!("{id} is no province")))?;
        for (district, cell) in districts.iter().zip(cells(area, &districts)) {
            if cell.0.is_empty() {
                return Err(malformed(TABLE, &format!("no area is left for {}", district.id)));
            }
            shapes.push(Shape {
                id: district.id.clone(),
                name: district.name.clone(),
                more: vec![("province", id.clone().into()), ("approximate", true.into())],
                geometry: cell.into(),
            });
        }
    }
    save(data, "basemap/districts.geojson", shapes)
}

/// The cells of a province, reckoned in a plane where a degree is equally long both ways.
fn cells(area: &Polygon, districts: &[District]) -> Vec<MultiPolygon> {
    let squeeze = area.centroid().map_or(1.0, |c| c.y().to_radians().cos());
    let flat = |c: Coord| Coord { x: c.x * squeeze, y: c.y };
    let plane = area.map_coords(flat);
    let positions: Vec<Coord> = districts.iter().map(|d| flat(d.position())).collect();
    let shares: Vec<f64> = districts.iter().map(|d| d.area_km2).collect();
    let mut sites = positions.clone();
    let mut cells = Diagram { area: &plane, sites: sites.clone() }.cells(&shares);
    for _ in 0..ROUNDS {
        for i in astray(&plane, &positions, &cells) {
            if let Some(middle) = cells[i].centroid() {
                sites[i] = sites[i] + (positions[i] - middle.0) * PART;
            }
        }
        let moved = Diagram { area: &plane, sites: sites.clone() }.cells(&shares);
        let worse = astray(&plane, &positions, &moved).len() > astray(&plane, &positions, &cells).len();
        if worse || moved.iter().any(|c| c.0.is_empty()) {
            break;
        }
        cells = moved;
    }
    cells.iter().map(|c| c.map_coords(|c| on_grid(Coord { x: c.x / squeeze, y: c.y }))).collect()
}

/// The positions that lie in the province but not in their own cell.
fn astray(area: &Polygon, positions: &[Coord], cells: &[MultiPolygon]) -> Vec<usize> {
    let away = |i: &usize| area.contains(&positions[*i]) && !cells[*i].contains(&positions[*i]);
    (0..cells.len()).filter(away).collect()
}
