//! A layer as GeoJSON: RFC 7946, at most 5 decimals, one feature a line, in the order of the ids.

use std::path::Path;

use geo::orient::Direction;
use geo::{BoundingRect, Coord, Geometry, GeometryCollection, MapCoords, Orient};
use geojson::{Feature, JsonObject, JsonValue, feature::Id};
use naqsha::error::Error;

use crate::write;

/// One place of a layer.
pub(crate) struct Shape {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Properties after the name.
    pub(crate) more: Vec<(&'static str, JsonValue)>,
    pub(crate) geometry: Geometry,
}

/// A coordinate rounded to 5 decimals, about a metre.
pub(crate) fn on_grid(c: Coord) -> Coord {
    rounded(c, 1e5)
}

/// A coordinate rounded to a part of a degree: `steps` per degree.
pub(crate) fn rounded(c: Coord, steps: f64) -> Coord {
    Coord { x: (c.x * steps).round() / steps, y: (c.y * steps).round() / steps }
}

/// Writes a layer into the data folder.
pub(crate) fn save(data: &Path, name: &str, mut shapes: Vec<Shape>) -> Result<(), Error> {
    shapes.sort_by(|a, b| a.id.cmp(&b.id));
    let all: GeometryCollection = shapes.iter().map(|s| s.geometry.clone()).collect();
    let bounds = all.bounding_rect().map(|r| [r.min().x, r.min().y, r.max().x, r.max().y]);
    let features: Vec<String> = shapes.into_iter().map(|s| feature(s).to_string()).collect();
    let head = JsonValue::from(bounds.unwrap_or_default().to_vec());
    let body = features.join(",\n");
    let text = format!("{{\"type\":\"FeatureCollection\",\"bbox\":{head},\"features\":[\n{body}\n]}}\n");
    write(data, name, text.as_bytes())
}

fn feature(shape: Shape) -> Feature {
    let mut properties = JsonObject::new();
    properties.insert("name".to_owned(), shape.name.into());
    properties.extend(shape.more.into_iter().map(|(key, value)| (key.to_owned(), value)));
    let geometry = wound(shape.geometry).map_coords(on_grid);
    Feature {
        bbox: None,
        geometry: Some(geojson::Geometry::new((&geometry).into())),
        id: Some(Id::String(shape.id)),
        properties: Some(properties),
        foreign_members: None,
    }
}

/// Exterior rings counter-clockwise; a single part is not a multi-part.
fn wound(geometry: Geometry) -> Geometry {
    match geometry {
        Geometry::MultiPolygon(mut m) if m.0.len() == 1 => m.0.remove(0).orient(Direction::Default).into(),
        Geometry::MultiPolygon(m) => m.orient(Direction::Default).into(),
        Geometry::Polygon(p) => p.orient(Direction::Default).into(),
        other => other,
    }
}
