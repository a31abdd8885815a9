//! Units: provinces and districts as areas on the page.

use geo::{Area as _, BooleanOps, BoundingRect, Contains, Coord, MultiPolygon, Rect};
use polylabel::polylabel;

use super::basemap::Area;
use super::mesh::Mesh;
use crate::gazetteer::PlaceId;

/// An area on the page.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) id: PlaceId,
    pub(super) name: String,
    pub(super) rings: Vec<Vec<Coord>>,
    pub(super) bounds: Rect,
    /// The point furthest from its border.
    pub(super) pole: Coord,
    /// Square pixels.
    pub(super) size: f64,
    shape: MultiPolygon<f64>,
}

impl Unit {
    pub(super) fn contains(&self, at: Coord) -> bool {
        let b = self.bounds;
        at.x >= b.min().x
            && at.x <= b.max().x
            && at.y >= b.min().y
            && at.y <= b.max().y
            && self.shape.contains(&at)
    }

    /// How much of a box lies inside, 0 to 1.
    pub(super) fn share_of(&self, rect: Rect) -> f64 {
        let (columns, rows) = (14, 4);
        let inside = (0..columns * rows).filter(|i| {
            let (column, row) = (i % columns, i / columns);
            self.contains(Coord {
                x: rect.min().x + rect.width() * (f64::from(column) + 0.5) / f64::from(columns),
                y: rect.min().y + rect.height() * (f64::from(row) + 0.5) / f64::from(rows),
            })
        });
        inside.count() as f64 / f64::from(columns * rows)
    }
}

/// Areas on the page; their poles are those of what lies in `seen`.
pub(super) fn units(
    areas: &[(&PlaceId, &Area)],
    shapes: Vec<MultiPolygon<f64>>,
    mesh: &Mesh,
    seen: Option<Rect>,
) -> Vec<Unit> {
    let unit = |(i, (shape, (id, area))): (usize, (MultiPolygon<f64>, &(&PlaceId, &Area)))| {
        let largest = |s: &MultiPolygon<f64>| {
            s.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area())).cloned()
        };
        let in_sight =
            seen.and_then(|rect| largest(&shape.intersection(&MultiPolygon::from(rect.to_polygon()))));
        let pole = polylabel(&in_sight.or_else(|| largest(&shape))?, &0.5).ok()?.0;
        Some(Unit {
            id: (*id).clone(),
            name: area.name.clone(),
            rings: mesh.rings(i),
            bounds: shape.bounding_rect()?,
            pole,
            size: shape.unsigned_area(),
            shape,
        })
    };
    shapes.into_iter().zip(areas).enumerate().filter_map(unit).collect()
}
