//! The land of the world, coarse, for the globe that shows where the country lies.

use std::path::Path;

use geo::{BooleanOps, Coord, LineString, MapCoords, MultiPolygon, Polygon, Rect, Translate};
use naqsha::error::Error;

use crate::layer::{Shape, rounded, save};
use crate::packages::Packages;
use crate::topology::Topology;

const PACKAGE: &str = "world-atlas";
const FILE: &str = "package/land-110m.json";
/// Steps a degree: finer would not show at the globe's size.
const STEPS: f64 = 100.0;

/// Writes `basemap/globe.geojson`.
pub(crate) fn build(packages: &Packages, data: &Path) -> Result<(), Error> {
    let land = Topology::parse(&packages.read(PACKAGE, FILE)?, FILE, "land")?;
    let area: MultiPolygon = land.units.iter().flat_map(|u| land.area(u)).flat_map(|p| cut(&p)).collect();
    let geometry = area.map_coords(|c| rounded(c, STEPS)).into();
    let shape = Shape { id: "land".to_owned(), name: "Land".to_owned(), more: Vec::new(), geometry };
    save(data, "basemap/globe.geojson", vec![shape])
}

/// A polygon whose rings run on over the antimeridian, cut along it (RFC 7946, 3.1.9).
fn cut(polygon: &Polygon) -> MultiPolygon {
    let rings = polygon.interiors().iter().map(unrolled).collect();
    let whole = Polygon::new(unrolled(polygon.exterior()), rings);
    let turn = |turns: f64| {
        let west = 360.0 * turns - 180.0;
        let world = Rect::new(Coord { x: west, y: -90.0 }, Coord { x: west + 360.0, y: 90.0 });
        whole.intersection(&world.to_polygon()).translate(-360.0 * turns, 0.0)
    };
    [-1.0, 0.0, 1.0].into_iter().flat_map(turn).collect()
}

/// A ring without jumps in longitude, its middle between 180 W and 180 E; one that goes once around the world is
/// closed over the South Pole.
fn unrolled(ring: &LineString) -> LineString {
    let mut turns = 0.0;
    let mut line: Vec<Coord> = ring.0.first().copied().into_iter().collect();
    for pair in ring.lines() {
        match pair.dx() {
            d if d > 180.0 => turns -= 360.0,
            d if d < -180.0 => turns += 360.0,
            _ => {}
        }
        line.push(Coord { x: pair.end.x + turns, y: pair.end.y });
    }
    if let (Some(&first), Some(&last)) = (line.first(), line.last())
        && first != last
    {
        line.extend([Coord { x: last.x, y: -90.0 }, Coord { x: first.x, y: -90.0 }]);
    }
    let middle = line.iter().map(|c| c.x).sum::<f64>() / line.len() as f64;
    LineString::new(line).translate(-360.0 * (middle / 360.0).round(), 0.0)
}
