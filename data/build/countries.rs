//! Afghanistan and what lies around it, meeting the provinces along one and the same border.
//!
//! The national border of the country file and the outline of the province file are the same line, rounded to
//! different grids (up to 0.3 km apart). The provinces' is the finer one: it takes the place of the other, also on the
//! neighbours' side, so that no sliver is left between them.

use std::path::Path;

use geo::{BooleanOps, BoundingRect, Contains, Coord, MapCoords, MultiPolygon, Rect};
use naqsha::error::Error;
use serde::Deserialize;

use crate::layer::{Shape, on_grid, save};
use crate::packages::Packages;
use crate::tables::{malformed, rows};
use crate::topology::{Topology, Unit};

const PACKAGE: &str = "world-atlas";
const FILE: &str = "package/countries-10m.json";
const HOME: &str = "Afghanistan";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    source_name: String,
    id: String,
    name: String,
}

/// The frame that all layers but the globe are cut to, degrees.
pub(crate) fn frame() -> Rect {
    Rect::new(Coord { x: 52.0, y: 24.0 }, Coord { x: 84.0, y: 44.0 })
}

/// Writes `basemap/countries.geojson`; `outline` is the closed line around the provinces.
pub(crate) fn build(packages: &Packages, outline: &[Coord], data: &Path) -> Result<(), Error> {
    let mut countries = Topology::parse(&packages.read(PACKAGE, FILE)?, FILE, "countries")?;
    adopt(&mut countries, outline)?;
    let rows: Vec<Row> = rows(data, "build/countries.csv")?;
    let mut shapes = Vec::new();
    for unit in &countries.units {
        let area = clipped(countries.area(unit));
        if area.0.is_empty() {
            continue;
        }
        let row = rows
            .iter()
            .find(|r| r.source_name == unit.name)
            .ok_or_else(|| malformed("build/countries.csv", &format!("has no {}", unit.name)))?;
        shapes.push(Shape {
            id: row.id.clone(),
            name: row.name.clone(),
            more: Vec::new(),
            geometry: area.into(),
        });
    }
    save(data, "basemap/countries.geojson", shapes)
}

/// Puts the stretches of the outline in the place of the national border's arcs.
fn adopt(countries: &mut Topology, outline: &[Coord]) -> Result<(), Error> {
    let home: Option<&Unit> = countries.units.iter().find(|u| u.name == HOME);
    let Some([rings]) = home.map(|u| u.polygons.as_slice()) else {
        return Err(malformed(FILE, &"has no Afghanistan in one part"));
    };
    let arcs: Vec<i32> = rings.iter().flatten().copied().collect();
    let open = &outline[..outline.len() - 1];
    let ring: Vec<Coord> =
        match is_clockwise(&arcs.iter().flat_map(|a| countries.line(*a)).collect::<Vec<_>>())
            == is_clockwise(open)
        {
            true => open.to_vec(),
            false => open.iter().rev().copied().collect(),
        };
    let mut moves = Vec::new();
    for arc in arcs {
        let line = countries.line(arc);
        let (first, last) = (line[0], line[line.len() - 1]);
        let (from, to) = (nearest(&ring, first), nearest(&ring, last));
        let steps = (to + ring.len() - from) % ring.len();
        countries.replace(arc, (0..=steps).map(|i| ring[(from + i) % ring.len()]).collect());
        moves.push((first, ring[from]));
    }
    countries.move_ends(&moves);
    Ok(())
}

fn nearest(ring: &[Coord], to: Coord) -> usize {
    let squared = |c: &Coord| (c.x - to.x).powi(2) + (c.y - to.y).powi(2);
    (0..ring.len()).min_by(|&a, &b| squared(&ring[a]).total_cmp(&squared(&ring[b]))).unwrap_or_default()
}

fn is_clockwise(ring: &[Coord]) -> bool {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>() < 0.0
}

fn clipped(area: MultiPolygon) -> MultiPolygon {
    let frame = frame();
    match area.bounding_rect() {
        Some(bounds) if frame.contains(&bounds) => area,
        _ => area.intersection(&MultiPolygon::from(frame.to_polygon())).map_coords(on_grid),
    }
}
