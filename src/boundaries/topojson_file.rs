//! Boundaries as TopoJSON, whose areas share their borders as arcs.

use std::collections::BTreeMap;

use geo::Coord;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::attributes::{Unit, attributes};
use super::rings::{assembled, ring};

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<Vec<f64>>>,
    transform: Option<Transform>,
    objects: BTreeMap<String, Shape>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Shape {
    GeometryCollection {
        geometries: Vec<Shape>,
    },
    Polygon {
        arcs: Vec<Vec<i64>>,
        properties: Option<Map<String, Value>>,
        id: Option<Value>,
    },
    MultiPolygon {
        arcs: Vec<Vec<Vec<i64>>>,
        properties: Option<Map<String, Value>>,
        id: Option<Value>,
    },
    #[serde(other)]
    Other,
}

/// The areas of the object that has the most; what is no area is left out.
pub(super) fn units(text: &str) -> Result<Vec<Unit>, String> {
    let topology: Topology = serde_json::from_str(text).map_err(|e| format!("is no TopoJSON: {e}"))?;
    let transform = topology.transform.as_ref();
    let arcs = topology.arcs.iter().map(|arc| decoded(arc, transform)).collect::<Option<Vec<_>>>();
    let arcs =
        arcs.ok_or_else(|| "has an arc whose positions are not two numbers; write it anew".to_owned())?;
    let mut objects: Vec<Vec<Shape>> = topology.objects.into_values().map(flat).collect();
    objects.sort_by_key(Vec::len);
    let shapes = objects.pop().unwrap_or_default();
    shapes.into_iter().enumerate().filter_map(|(at, shape)| unit(at + 1, shape, &arcs).transpose()).collect()
}

fn flat(shape: Shape) -> Vec<Shape> {
    match shape {
        Shape::GeometryCollection { geometries } => geometries.into_iter().flat_map(flat).collect(),
        shape => vec![shape],
    }
}

fn unit(number: usize, shape: Shape, arcs: &[Vec<Coord>]) -> Result<Option<Unit>, String> {
    let (rings, properties, id) = match shape {
        Shape::Polygon { arcs, properties, id } => (arcs, properties, id),
        Shape::MultiPolygon { arcs, properties, id } => (arcs.concat(), properties, id),
        Shape::GeometryCollection { .. } | Shape::Other => return Ok(None),
    };
    let mut properties = properties.unwrap_or_default();
    if let Some(id) = id {
        properties.entry("id").or_insert(id);
    }
    let joined = rings.iter().map(|r| joined(r, arcs)).collect::<Option<Vec<_>>>();
    let rings =
        joined.ok_or_else(|| format!("unit {number} names an arc that is not there; write it anew"))?;
    Ok(Some(Unit { number, attributes: attributes(Some(&properties)), shape: assembled(rings) }))
}

/// The arcs of a ring end to end; `!n` is arc n backwards.
fn joined(ring_arcs: &[i64], arcs: &[Vec<Coord>]) -> Option<Vec<Coord>> {
    let mut points: Vec<Coord> = Vec::new();
    for arc in ring_arcs {
        let line = arcs.get(usize::try_from(if *arc < 0 { !*arc } else { *arc }).ok()?)?;
        points.pop();
        if *arc < 0 {
            points.extend(line.iter().rev());
        } else {
            points.extend(line);
        }
    }
    Some(ring(points))
}

/// The positions of an arc in degrees; those of a file with a transform are steps.
fn decoded(arc: &[Vec<f64>], transform: Option<&Transform>) -> Option<Vec<Coord>> {
    let mut at = [0.0, 0.0];
    arc.iter()
        .map(|position| {
            let [x, y, ..] = position.as_slice() else { return None };
            let Some(t) = transform else { return Some(Coord { x: *x, y: *y }) };
            at = [at[0] + x, at[1] + y];
            Some(Coord { x: at[0] * t.scale[0] + t.translate[0], y: at[1] * t.scale[1] + t.translate[1] })
        })
        .collect()
}
