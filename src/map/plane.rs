//! The page's plane: degrees to CSS pixels, fitted once for every layer.

use geo::{
    BooleanOps, BoundingRect, Coord, LineString, MapCoords, MultiLineString, MultiPolygon, Polygon, Rect,
};

use super::Lambert;
use super::canvas::boxed;

/// How far beyond the page areas reach where a part of the country is shown, and the longest step of a border there,
/// CSS pixels.
const HELD: f64 = 200.0;
const STEP: f64 = 40.0;

/// Where the projected country lies on the page. Pixels grow to the right and down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    lambert: Lambert,
    /// Pixels a metre.
    scale: f64,
    origin: Coord,
    page: Rect,
    /// Areas reach no further.
    hold: Option<Rect>,
}

impl Plane {
    /// Fits `shapes` (degrees) into `room`, centred, on a page that reaches over `page`.
    pub(super) fn fit<'a>(
        lambert: Lambert,
        shapes: impl Iterator<Item = &'a MultiPolygon<f64>>,
        room: Rect,
        page: Rect,
    ) -> Plane {
        let mut low = Coord { x: f64::MAX, y: f64::MAX };
        let mut high = Coord { x: f64::MIN, y: f64::MIN };
        for corner in shapes.flat_map(geo::CoordsIter::coords_iter) {
            let at = lambert.project(corner);
            low = Coord { x: low.x.min(at.x), y: low.y.min(at.y) };
            high = Coord { x: high.x.max(at.x), y: high.y.max(at.y) };
        }
        Plane::new(lambert, Rect::new(low, high), room, page)
    }

    /// Fits a box of metres into `room`, centred, on a page that reaches over `page`; areas are drawn no further than
    /// is needed.
    pub(super) fn close(lambert: Lambert, metres: Rect, room: Rect, page: Rect) -> Plane {
        let hold = boxed(
            page.min().x - HELD,
            page.min().y - HELD,
            page.width() + 2.0 * HELD,
            page.height() + 2.0 * HELD,
        );
        Plane { hold: Some(hold), ..Plane::new(lambert, metres, room, page) }
    }

    fn new(lambert: Lambert, metres: Rect, room: Rect, page: Rect) -> Plane {
        let (low, high) = (metres.min(), metres.max());
        let scale = (room.width() / (high.x - low.x)).min(room.height() / (high.y - low.y));
        let centre = room.center();
        let origin = Coord {
            x: centre.x - scale * (low.x + high.x) / 2.0,
            y: centre.y + scale * (low.y + high.y) / 2.0,
        };
        Plane { lambert, scale, origin, page, hold: None }
    }

    /// Degrees to pixels.
    pub(super) fn point(&self, degrees: Coord) -> Coord {
        self.pixel(self.lambert.project(degrees))
    }

    /// Metres to pixels.
    pub(super) fn pixel(&self, metres: Coord) -> Coord {
        Coord { x: self.origin.x + self.scale * metres.x, y: self.origin.y - self.scale * metres.y }
    }

    /// Pixels to degrees.
    pub(super) fn degrees(&self, at: Coord) -> Coord {
        self.lambert.invert(self.metres(at))
    }

    /// Pixels to metres.
    pub(super) fn metres(&self, at: Coord) -> Coord {
        Coord { x: (at.x - self.origin.x) / self.scale, y: (self.origin.y - at.y) / self.scale }
    }

    /// Pixels a kilometre.
    pub(super) fn kilometre(&self) -> f64 {
        self.scale * 1000.0
    }

    pub(super) fn areas(&self, degrees: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let shape = degrees.map_coords(|c| self.point(c));
        match self.hold {
            Some(rect) => held(&shape, rect),
            None => shape,
        }
    }

    /// Whether areas in pixels come near the page.
    pub(super) fn reaches(&self, areas: &MultiPolygon<f64>) -> bool {
        const NEAR: f64 = 40.0;
        let (low, high) = (self.page.min(), self.page.max());
        areas.bounding_rect().is_some_and(|b| {
            b.max().x > low.x - NEAR
                && b.min().x < high.x + NEAR
                && b.max().y > low.y - NEAR
                && b.min().y < high.y + NEAR
        })
    }

    /// Lines in pixels, cut at the page's edge.
    pub(super) fn lines(&self, degrees: &MultiLineString<f64>) -> MultiLineString<f64> {
        self.clip(&degrees.map_coords(|c| self.point(c)))
    }

    pub(super) fn clip(&self, lines: &MultiLineString<f64>) -> MultiLineString<f64> {
        self.page.to_polygon().clip(lines, false)
    }

    /// Meridians and parallels every so many degrees, sampled so that they bend.
    pub(super) fn graticule(&self, every: f64) -> MultiLineString<f64> {
        let corners = [
            Coord { x: self.page.min().x, y: self.page.min().y },
            Coord { x: self.page.max().x, y: self.page.min().y },
            Coord { x: self.page.min().x, y: self.page.max().y },
            Coord { x: self.page.max().x, y: self.page.max().y },
        ]
        .map(|c| self.degrees(c));
        let low = |f: fn(&Coord) -> f64| corners.iter().map(f).fold(f64::MAX, f64::min) - every;
        let high = |f: fn(&Coord) -> f64| corners.iter().map(f).fold(f64::MIN, f64::max) + every;
        let (west, east) = (low(|c| c.x), high(|c| c.x));
        let (south, north) = (low(|c| c.y), high(|c| c.y));
        let steps = |from: f64, to: f64, step: f64| {
            let first = (from / step).ceil();
            (0..=((to / step).floor() - first) as i32).map(move |i| (first + f64::from(i)) * step)
        };
        let fine = every / 8.0;
        let meridians = steps(west, east, every)
            .map(|x| LineString::from_iter(steps(south, north, fine).map(|y| self.point(Coord { x, y }))));
        let parallels = steps(south, north, every)
            .map(|y| LineString::from_iter(steps(west, east, fine).map(|x| self.point(Coord { x, y }))));
        self.clip(&MultiLineString::new(meridians.chain(parallels).collect()))
    }
}

/// Areas whose corners outside a box are moved to its edge, which keeps neighbours joined.
fn held(shape: &MultiPolygon<f64>, rect: Rect) -> MultiPolygon<f64> {
    let rings = |p: &Polygon<f64>| {
        let interiors = p.interiors().iter().map(|r| held_ring(r, rect)).filter(|r| r.0.len() > 3).collect();
        Polygon::new(held_ring(p.exterior(), rect), interiors)
    };
    MultiPolygon::new(shape.iter().map(rings).filter(|p| p.exterior().0.len() > 3).collect())
}

fn held_ring(ring: &LineString<f64>, rect: Rect) -> LineString<f64> {
    let (low, high) = (rect.min(), rect.max());
    let inside = |c: Coord| Coord { x: c.x.clamp(low.x, high.x), y: c.y.clamp(low.y, high.y) };
    let mut corners: Vec<Coord> = ring.0.first().map(|c| inside(*c)).into_iter().collect();
    for line in ring.lines() {
        let (a, b) = (line.start, line.end);
        let leaves = a != inside(a) || b != inside(b);
        let pieces = if leaves { ((b - a).x.hypot((b - a).y) / STEP).ceil().max(1.0) as u32 } else { 1 };
        // The same points whichever way a shared border runs.
        let forth = (a.x, a.y) < (b.x, b.y);
        let (from, to) = if forth { (a, b) } else { (b, a) };
        for i in 1..=pieces {
            let at = f64::from(if forth { i } else { pieces - i }) / f64::from(pieces);
            let corner = if i == pieces { b } else { from + (to - from) * at };
            if corners.last() != Some(&inside(corner)) {
                corners.push(inside(corner));
            }
        }
    }
    LineString::new(corners)
}
