//! Rings: which are outlines and which are holes, by what lies in what.

use std::collections::HashMap;

use geo::{Area, BoundingRect, Contains, Coord, InteriorPoint, LineString, MultiPolygon, Polygon};

/// Degrees at the five decimals at which layers are written, so that what is shared stays shared.
pub(super) fn on_grid(c: Coord) -> Coord {
    let grid = |v: f64| (v * 1e5).round() / 1e5;
    Coord { x: grid(c.x), y: grid(c.y) }
}

/// A ring on the grid, closed, without repeated points.
pub(super) fn ring(points: impl IntoIterator<Item = Coord>) -> Vec<Coord> {
    let mut ring: Vec<Coord> = points.into_iter().map(on_grid).collect();
    ring.dedup();
    if let Some(first) = ring.first().copied()
        && ring.last() != Some(&first)
    {
        ring.push(first);
    }
    ring
}

/// Square degrees, some ten square metres, below which a ring bounds nothing.
const NOTHING: f64 = 1e-9;

/// The areas that rings bound: a ring within an even number of others is an outline, else a hole of the smallest of them.
pub(super) fn assembled(rings: Vec<Vec<Coord>>) -> MultiPolygon<f64> {
    let mut rings: Vec<Polygon<f64>> =
        rings.into_iter().map(|r| Polygon::new(LineString::new(r), Vec::new())).collect();
    rings.retain(|r| r.unsigned_area() > NOTHING);
    rings.sort_by(|a, b| b.unsigned_area().total_cmp(&a.unsigned_area()));
    let mut outlines: Vec<Polygon<f64>> = Vec::new();
    let mut around: Vec<(Polygon<f64>, Option<usize>)> = Vec::new();
    for ring in rings {
        let within = |outer: &Polygon<f64>| {
            let boxes = outer.bounding_rect().zip(ring.bounding_rect());
            let boxed = boxes.is_some_and(|(o, i)| o.contains(&i) || o == i);
            boxed && ring.interior_point().is_some_and(|p| outer.contains(&p))
        };
        let parents: Vec<usize> = (0..around.len()).filter(|i| within(&around[*i].0)).collect();
        let hole_of = parents.last().filter(|_| parents.len() % 2 == 1).and_then(|i| around[*i].1);
        match hole_of {
            Some(outline) => {
                outlines[outline].interiors_push(ring.exterior().clone());
                around.push((ring, None));
            }
            None => {
                outlines.push(ring.clone());
                around.push((ring, Some(outlines.len() - 1)));
            }
        }
    }
    MultiPolygon::new(outlines)
}

/// A closed line that meets itself at corners, as rings that do not.
pub(super) fn untangled(line: &[Coord]) -> Vec<Vec<Coord>> {
    let key = |c: &Coord| (c.x.to_bits(), c.y.to_bits());
    let mut rings = Vec::new();
    let mut path: Vec<Coord> = Vec::with_capacity(line.len());
    let mut seen: HashMap<(u64, u64), usize> = HashMap::new();
    for corner in line {
        if let Some(at) = seen.get(&key(corner)).copied() {
            let mut ring: Vec<Coord> = path.drain(at..).collect();
            for c in &ring {
                seen.remove(&key(c));
            }
            ring.push(*corner);
            if ring.len() > 3 {
                rings.push(ring);
            }
        }
        seen.insert(key(corner), path.len());
        path.push(*corner);
    }
    rings
}
