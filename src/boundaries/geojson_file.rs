//! Boundaries as GeoJSON.

use geo::MultiPolygon;
use geojson::FeatureCollection;

use super::attributes::{Unit, attributes};
use super::rings::{assembled, ring};

/// The areas of a collection; what is no area is left out.
pub(super) fn units(text: &str) -> Result<Vec<Unit>, String> {
    let collection: FeatureCollection =
        text.parse().map_err(|e| format!("is no GeoJSON feature collection: {e}"))?;
    let unit = |(at, feature): (usize, geojson::Feature)| {
        let shape = match geo::Geometry::try_from(feature.geometry?).ok()? {
            geo::Geometry::Polygon(polygon) => MultiPolygon::new(vec![polygon]),
            geo::Geometry::MultiPolygon(shape) => shape,
            _ => return None,
        };
        let mut attributes = attributes(feature.properties.as_ref());
        if let Some(geojson::feature::Id::String(id)) = feature.id {
            attributes.entry("id".to_owned()).or_insert(id);
        }
        Some(Unit { number: at + 1, attributes, shape: regular(&shape) })
    };
    Ok(collection.features.into_iter().enumerate().filter_map(unit).collect())
}

/// The same rings on the grid, which is an outline and which a hole decided by what lies in what.
fn regular(shape: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let rings = shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    assembled(rings.map(|r| ring(r.0.iter().copied())).collect())
}
