//! Whether the areas of a file can be drawn: degrees, longitude first, rings that do not cross.

use geo::{Area, BooleanOps, BoundingRect, CoordsIter, MultiPolygon, Point, Rect, Validation};

use super::attributes::{Attributes, Unit};
use crate::map::Basemap;

/// Points of a file, at most; the finest known has a hundred thousand.
const MOST_POINTS: usize = 5_000_000;

/// Says what is wrong with the units as a whole or with the first that is wrong.
pub(super) fn check(units: &[Unit], attributes: &Attributes, basemap: &Basemap) -> Result<(), String> {
    if units.is_empty() {
        return Err("holds no area; give a layer of district polygons".to_owned());
    }
    let points: usize = units.iter().map(|u| u.shape.coords_count()).sum();
    if points > MOST_POINTS {
        return Err(format!("has {points} points, and {MOST_POINTS} is the most; simplify it"));
    }
    let bounds = units.iter().filter_map(|u| u.shape.bounding_rect());
    let bounds = bounds.reduce(around).ok_or_else(|| "holds only empty areas".to_owned())?;
    let country = basemap.provinces().filter_map(|(_, a)| a.shape.bounding_rect()).reduce(around);
    if let Some(country) = country {
        let centre = Point::from(bounds.center());
        let lies_in = |p: Point| within(&country, p);
        if !lies_in(centre) && lies_in(Point::new(centre.y(), centre.x())) {
            return Err("has latitude before longitude; swap them (RFC 7946 puts longitude first)".to_owned());
        }
        if !lies_in(centre) {
            let (min, max) = (bounds.min(), bounds.max());
            return Err(format!(
                "lies at {:.1} to {:.1}, {:.1} to {:.1}, not in the country; give longitude and latitude in degrees \
                 (WGS 84)",
                min.x, max.x, min.y, max.y
            ));
        }
    }
    for unit in units {
        if let Some(problem) = problem(&unit.shape).filter(|_| !is_rounding(&unit.shape)) {
            let label = attributes.label(unit);
            return Err(format!(
                "{label} is not valid: {problem}; mend it (in QGIS: Fix geometries) and import again"
            ));
        }
    }
    Ok(())
}

/// Square degrees, a hectare, by which an area may change once its crossings are undone, if they come of rounding.
const ROUNDING: f64 = 1e-6;

/// Whether all that is wrong with an area is a border that crosses itself by a rounding error, as files on a coarse grid
/// have them; simplifying its borders undoes that.
fn is_rounding(shape: &MultiPolygon<f64>) -> bool {
    let area = shape.unsigned_area();
    let undone = shape.union(&MultiPolygon::new(Vec::new())).unsigned_area();
    area > 0.0 && (undone - area).abs() <= ROUNDING
}

/// What is wrong with an area.
pub(super) fn problem(shape: &MultiPolygon<f64>) -> Option<String> {
    if shape.0.is_empty() {
        return Some("it is empty".to_owned());
    }
    shape.iter().find_map(|polygon| polygon.check_validation().err()).map(|e| e.to_string())
}

fn around(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    let (low, high) = ((a.min(), b.min()), (a.max(), b.max()));
    Rect::new((low.0.x.min(low.1.x), low.0.y.min(low.1.y)), (high.0.x.max(high.1.x), high.0.y.max(high.1.y)))
}

fn within(rect: &Rect<f64>, p: Point) -> bool {
    let (min, max) = (rect.min(), rect.max());
    p.x() >= min.x && p.x() <= max.x && p.y() >= min.y && p.y() <= max.y
}
