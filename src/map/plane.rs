//! The page's plane: degrees to CSS pixels, fitted once for every layer.

use geo::{BooleanOps, Coord, LineString, MapCoords, MultiLineString, MultiPolygon, Rect};

use super::Lambert;

/// Where the projected country lies on the page. Pixels grow to the right and down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    lambert: Lambert,
    /// Pixels a metre.
    scale: f64,
    origin: Coord,
    page: Rect,
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
        let scale = (room.width() / (high.x - low.x)).min(room.height() / (high.y - low.y));
        let centre = room.center();
        let origin = Coord {
            x: centre.x - scale * (low.x + high.x) / 2.0,
            y: centre.y + scale * (low.y + high.y) / 2.0,
        };
        Plane { lambert, scale, origin, page }
    }

    /// Degrees to pixels.
    pub(super) fn point(&self, degrees: Coord) -> Coord {
        let at = self.lambert.project(degrees);
        Coord { x: self.origin.x + self.scale * at.x, y: self.origin.y - self.scale * at.y }
    }

    /// Pixels to degrees.
    pub(super) fn degrees(&self, at: Coord) -> Coord {
        self.lambert
            .invert(Coord { x: (at.x - self.origin.x) / self.scale, y: (self.origin.y - at.y) / self.scale })
    }

    /// Pixels a kilometre.
    pub(super) fn kilometre(&self) -> f64 {
        self.scale * 1000.0
    }

    pub(super) fn areas(&self, degrees: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        degrees.map_coords(|c| self.point(c))
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
