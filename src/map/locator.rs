//! The locator: the country in small, with what a closer map shows of it framed.

use geo::{Coord, MultiPolygon, Rect};

use super::canvas::{Canvas, Fill, Stroke, boxed, corners};
use super::mesh::Mesh;
use super::placer::grown;
use super::plane::Plane;
use super::plate::Plate;
use super::style::MapStyle;
use super::{Basemap, Lambert};

/// The card and what is free inside it, CSS pixels.
const SIZE: [f64; 2] = [124.0, 104.0];
const PAD: f64 = 9.0;
/// The smallest frame.
const LEAST: f64 = 9.0;
/// From the page's top.
const TOP: f64 = 22.0;

/// The country in small.
#[derive(Debug)]
pub(super) struct Locator {
    pub(super) rect: Rect,
    country: Vec<Vec<Coord>>,
    frame: Rect,
}

impl Locator {
    /// At the upper end of the page beside the title or, where the subject lies there, in another corner of the map.
    pub(super) fn new(plate: &Plate, basemap: &Basemap, style: &MapStyle) -> Locator {
        let window = plate.window;
        let margin = plate.arrangement.margin;
        let (right, bottom) = (plate.page[0] - margin - SIZE[0], window.max().y - 14.0 - SIZE[1]);
        // A title across the page from right to left leaves the other corner.
        let mirrored = style.is_leftward() && plate.arrangement.panel <= 0.0;
        let x = if mirrored { margin } else { right };
        let corners = [[x, TOP], [x, bottom]];
        let place = |[x, y]: [f64; 2]| boxed(x, y, SIZE[0], SIZE[1]);
        let free = corners.into_iter().map(place).find(|r| !plate.touches_subject(*r));
        let rect = free.unwrap_or_else(|| place(corners[0]));
        let room = boxed(rect.min().x + PAD, rect.min().y + PAD, SIZE[0] - 2.0 * PAD, SIZE[1] - 2.0 * PAD);
        let shapes = || basemap.provinces().map(|(_, a)| &a.shape);
        let plane = Plane::fit(Lambert::new(style.conic()), shapes(), room, room);
        let small: Vec<MultiPolygon<f64>> = shapes().map(|s| plane.areas(s)).collect();
        let country = Mesh::new(&small, style.geometry().tolerance).outline(|_| true);
        let corner = |at: Coord| plane.point(plate.plane.degrees(at));
        let seen = Rect::new(corner(window.min()), corner(window.max()));
        let (width, height) = (seen.width().max(LEAST), seen.height().max(LEAST));
        let centre = seen.center();
        let frame = boxed(centre.x - width / 2.0, centre.y - height / 2.0, width, height);
        let frame = within(frame, grown(rect, -3.0));
        Locator { rect, country, frame }
    }

    pub(super) fn draw(&self, canvas: &Canvas, style: &MapStyle) {
        let palette = &style.palette;
        canvas.rect(self.rect, Fill::Flat(palette.paper, style.opacity().card));
        canvas.shape(&self.country, Fill::Flat(palette.globe_land, 1.0));
        canvas.outline(&self.country, Stroke { colour: palette.border, width: 0.8, opacity: 1.0 });
        let corners = corners(self.frame);
        canvas.shape(std::slice::from_ref(&corners), Fill::Flat(palette.accent, 0.25));
        canvas.outline(&[corners], Stroke { colour: palette.accent, width: 1.6, opacity: 1.0 });
    }
}

/// As much of a box as lies in another.
fn within(rect: Rect, outer: Rect) -> Rect {
    let (low, high) = (outer.min(), outer.max());
    let inside = |c: Coord| Coord { x: c.x.clamp(low.x, high.x), y: c.y.clamp(low.y, high.y) };
    Rect::new(inside(rect.min()), inside(rect.max()))
}
