//! A scan: whether points lie in a shape, for many points on few lines across the page.

use std::cell::RefCell;

use geo::{Contains, Coord, Line, MultiPolygon, Polygon};
use rustc_hash::FxHashMap;

/// A point this close to a border, or on a line this close to a corner, is looked at for itself; CSS pixels.
const CLOSE: f64 = 1e-3;

/// A shape, with where each line that was asked for crosses its borders.
pub(super) struct Scan<'s> {
    shape: &'s MultiPolygon<f64>,
    /// By the bits of y; for each part of the shape, from left to right.
    lines: RefCell<FxHashMap<u64, Vec<Option<Vec<f64>>>>>,
}

impl<'s> Scan<'s> {
    pub(super) fn new(shape: &'s MultiPolygon<f64>) -> Scan<'s> {
        Scan { shape, lines: RefCell::default() }
    }

    /// As the shape's own `contains`.
    pub(super) fn contains(&self, at: Coord) -> bool {
        let mut lines = self.lines.borrow_mut();
        let line = lines
            .entry(at.y.to_bits())
            .or_insert_with(|| self.shape.iter().map(|part| crossings(part, at.y)).collect());
        self.shape.iter().zip(line).any(|(part, borders)| contains(part, borders.as_deref(), at))
    }
}

/// Where the borders of a shape cross the line at `y`, from left to right; None where a corner lies on it.
fn crossings(shape: &Polygon<f64>, y: f64) -> Option<Vec<f64>> {
    let mut found = Vec::new();
    for ring in std::iter::once(shape.exterior()).chain(shape.interiors()) {
        for Line { start, end } in ring.lines() {
            if (start.y - y).abs() < CLOSE {
                return None;
            }
            if (start.y < y) != (end.y < y) {
                found.push(start.x + (end.x - start.x) * (y - start.y) / (end.y - start.y));
            }
        }
    }
    found.sort_by(f64::total_cmp);
    Some(found)
}

/// Whether a shape contains a point on a line that its borders cross there.
fn contains(shape: &Polygon<f64>, borders: Option<&[f64]>, at: Coord) -> bool {
    let Some(borders) = borders else { return shape.contains(&at) };
    let before = borders.partition_point(|x| *x < at.x);
    let near = [before.checked_sub(1), Some(before)].into_iter().flatten();
    let is_close = near.filter_map(|i| borders.get(i)).any(|x| (x - at.x).abs() < CLOSE);
    if is_close { shape.contains(&at) } else { before % 2 == 1 }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn a_scan_says_what_the_shape_says() {
        let ring = polygon!(
            exterior: [(x: 0., y: 0.), (x: 9., y: 1.), (x: 8., y: 9.), (x: 4., y: 3.), (x: 1., y: 8.)],
            interiors: [[(x: 2., y: 2.), (x: 3., y: 2.), (x: 2., y: 3.)]],
        );
        let other = polygon![(x: 6., y: 0.), (x: 12., y: 2.), (x: 10., y: 6.)];
        let shape = MultiPolygon::new(vec![ring, other]);
        let scan = Scan::new(&shape);
        for at in
            (0..27).flat_map(|x| (0..21).map(move |y| Coord { x: f64::from(x) / 2.0, y: f64::from(y) / 2.0 }))
        {
            assert_eq!(scan.contains(at), shape.contains(&at), "{at:?}");
        }
    }
}
