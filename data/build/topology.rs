//! TopoJSON as arcs on the 5-decimal grid, so that what is shared stays shared to the last digit.

use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiPolygon, Polygon};
use naqsha::error::Error;
use topojson::{TopoJson, TransformParams, Value};

use crate::layer::on_grid;
use crate::tables::malformed;

/// The arcs of a file, and the units of one of its objects.
pub(crate) struct Topology {
    file: String,
    arcs: Vec<Vec<Coord>>,
    pub(crate) units: Vec<Unit>,
}

/// A unit by its name in the source. A ring is a list of arc numbers; `!n` is arc n reversed.
pub(crate) struct Unit {
    pub(crate) name: String,
    pub(crate) polygons: Vec<Vec<Vec<i32>>>,
}

impl Topology {
    /// Parses a file and keeps the geometries of one object.
    pub(crate) fn parse(bytes: &[u8], file: &str, object: &str) -> Result<Topology, Error> {
        let text = std::str::from_utf8(bytes).map_err(|e| malformed(file, &e))?;
        let parsed: TopoJson = text.parse().map_err(|e: topojson::Error| malformed(file, &e))?;
        let TopoJson::Topology(topology) = parsed else {
            return Err(malformed(file, &"is not a topology"));
        };
        let units = topology
            .objects
            .into_iter()
            .find(|o| o.name == object)
            .map(|o| units(o.geometry))
            .ok_or_else(|| malformed(file, &format!("has no object {object}")))?;
        let arcs = topology.arcs.iter().map(|arc| decode(arc, topology.transform.as_ref())).collect();
        Ok(Topology { file: file.to_owned(), arcs, units })
    }

    /// The coordinates of an arc, in the direction asked for.
    pub(crate) fn line(&self, arc: i32) -> Vec<Coord> {
        let (index, reversed) = place(arc);
        let mut line = self.arcs[index].clone();
        if reversed {
            line.reverse();
        }
        line
    }

    /// Puts other coordinates in the place of an arc, given in the direction asked for.
    pub(crate) fn replace(&mut self, arc: i32, mut line: Vec<Coord>) {
        let (index, reversed) = place(arc);
        if reversed {
            line.reverse();
        }
        self.arcs[index] = line;
    }

    /// Moves the ends of all arcs that end at one of the old positions to its new one.
    pub(crate) fn move_ends(&mut self, moves: &[(Coord, Coord)]) {
        for arc in &mut self.arcs {
            let last = arc.len() - 1;
            for end in [0, last] {
                if let Some((_, new)) = moves.iter().find(|(old, _)| *old == arc[end]) {
                    arc[end] = *new;
                }
            }
        }
    }

    /// The area of a unit.
    pub(crate) fn area(&self, unit: &Unit) -> MultiPolygon {
        unit.polygons
            .iter()
            .map(|rings| {
                let mut rings = rings.iter().map(|r| self.ring(r));
                Polygon::new(rings.next().unwrap_or(LineString::new(Vec::new())), rings.collect())
            })
            .collect()
    }

    /// The closed line around all units together: the arcs that bound one unit only, end to end.
    pub(crate) fn outline(&self) -> Result<Vec<Coord>, Error> {
        let all = || self.units.iter().flat_map(|u| &u.polygons).flatten().flatten().copied();
        let mut uses = vec![0; self.arcs.len()];
        all().for_each(|arc| uses[place(arc).0] += 1);
        let mut by_start: BTreeMap<_, _> = all()
            .filter(|&arc| uses[place(arc).0] == 1)
            .map(|arc| self.line(arc))
            .map(|line| (key(line[0]), line))
            .collect();
        let Some((_, mut ring)) = by_start.pop_first() else {
            return Err(malformed(&self.file, &"has no outer arc"));
        };
        while let Some(next) = ring.last().and_then(|end| by_start.remove(&key(*end))) {
            ring.extend_from_slice(&next[1..]);
        }
        if by_start.is_empty() && ring.first() == ring.last() {
            return Ok(ring);
        }
        Err(malformed(&self.file, &"the outer arcs do not form one ring"))
    }

    fn ring(&self, arcs: &[i32]) -> LineString {
        let mut ring: Vec<Coord> = Vec::new();
        for &arc in arcs {
            ring.pop();
            ring.extend(self.line(arc));
        }
        LineString::new(ring)
    }
}

fn units(geometry: topojson::Geometry) -> Vec<Unit> {
    let name = geometry.properties.as_ref().and_then(|p| p.get("name")).and_then(|n| n.as_str());
    let name = name.unwrap_or_default().to_owned();
    match geometry.value {
        Value::GeometryCollection(members) => members.into_iter().flat_map(units).collect(),
        Value::MultiPolygon(polygons) => vec![Unit { name, polygons }],
        Value::Polygon(rings) => vec![Unit { name, polygons: vec![rings] }],
        _ => Vec::new(),
    }
}

fn decode(arc: &[Vec<f64>], transform: Option<&TransformParams>) -> Vec<Coord> {
    let Some(t) = transform else {
        return arc.iter().map(|p| on_grid(Coord { x: p[0], y: p[1] })).collect();
    };
    let mut sum = [0.0, 0.0];
    let absolute = arc.iter().map(|step| {
        sum = [sum[0] + step[0], sum[1] + step[1]];
        Coord { x: sum[0] * t.scale[0] + t.translate[0], y: sum[1] * t.scale[1] + t.translate[1] }
    });
    let mut line: Vec<Coord> = absolute.map(on_grid).collect();
    line.dedup();
    line
}

fn place(arc: i32) -> (usize, bool) {
    let index = if arc < 0 { !arc } else { arc };
    (usize::try_from(index).unwrap_or_default(), arc < 0)
}

fn key(c: Coord) -> (u64, u64) {
    (c.x.to_bits(), c.y.to_bits())
}
