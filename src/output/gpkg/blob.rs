//! Geometries as GeoPackage stores them: a header, then well-known binary (OGC 12-128r18, 2.1.3).

use geo::{BoundingRect, MultiPolygon, Point, Polygon, Rect};

use super::schema::WGS84;

/// Little-endian, and no box.
const PLAIN: u8 = 0b0000_0001;
/// Little-endian, with a box of x and y.
const BOXED: u8 = 0b0000_0011;

/// A shape of a layer.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    Point(Point),
    Area(MultiPolygon),
}

impl Shape {
    /// The box around it; None where it is empty.
    pub(super) fn bounds(&self) -> Option<Rect> {
        match self {
            Shape::Point(p) => Some(Rect::new(p.0, p.0)),
            Shape::Area(a) => a.bounding_rect(),
        }
    }

    /// Its bytes.
    pub(super) fn to_blob(&self) -> Vec<u8> {
        let mut out = b"GP\0".to_vec();
        let envelope = self.bounds().filter(|_| matches!(self, Shape::Area(_)));
        out.push(if envelope.is_some() { BOXED } else { PLAIN });
        out.extend(WGS84.to_le_bytes());
        if let Some(b) = envelope {
            real(&mut out, &[b.min().x, b.max().x, b.min().y, b.max().y]);
        }
        match self {
            Shape::Point(p) => {
                head(&mut out, 1);
                real(&mut out, &[p.x(), p.y()]);
            }
            Shape::Area(area) => {
                head(&mut out, 6);
                count(&mut out, area.0.len());
                area.0.iter().for_each(|p| polygon(&mut out, p));
            }
        }
        out
    }
}

fn polygon(out: &mut Vec<u8>, polygon: &Polygon) {
    head(out, 3);
    count(out, 1 + polygon.interiors().len());
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        count(out, ring.0.len());
        ring.0.iter().for_each(|c| real(out, &[c.x, c.y]));
    }
}

/// The order of bytes and the type of what follows.
fn head(out: &mut Vec<u8>, kind: u32) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

fn count(out: &mut Vec<u8>, n: usize) {
    out.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
}

fn real(out: &mut Vec<u8>, numbers: &[f64]) {
    numbers.iter().for_each(|n| out.extend(n.to_le_bytes()));
}
