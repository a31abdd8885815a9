//! The inset: a region where the day's events crowd, drawn closer beside the country.

use std::collections::BTreeSet;

use geo::{Coord, Rect};
use serde::Deserialize;

use super::atlas::Atlas;
use super::backend::fraction;
use super::canvas::{Canvas, Stroke, boxed, corners};
use super::edition::Edition;
use super::embed::Letters;
use super::labels::{Ground, Labels};
use super::marks::{self, Spot};
use super::page;
use super::placer::{Placer, Taken, grown};
use super::plate::Plate;
use super::story::Desk;
use super::style::MapStyle;

/// Steps of the search for a place.
const STEP: f64 = 12.0;
/// A line ties the region to an inset that is no further, in pixels; to stand off the page's margin costs so many.
const TIED: f64 = 130.0;
const OFF_MARGIN: f64 = 60.0;
/// Free around the inset, and inside its edge.
const CLEAR: f64 = 10.0;
const EDGE: f64 = 4.0;

/// When a region of the country is drawn closer in an inset.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InsetStyle {
    /// So many markers crowd,
    pub(super) crowd: usize,
    /// within so many pixels of one of them.
    pub(super) reach: f64,
    /// Free around them, pixels of the map.
    pub(super) margin: f64,
    /// The inset's width and height, pixels.
    pub(super) size: [f64; 2],
    /// It shows things so many times as large at least.
    pub(super) least: f64,
}

/// A region drawn closer.
#[derive(Debug)]
pub(super) struct Inset {
    pub(super) rect: Rect,
    /// The region on the map.
    region: Rect,
    svg: String,
    pub(super) letters: Letters,
}

impl Inset {
    /// Draws the region where most markers crowd, where there is such a one and room for it, which is taken.
    pub(super) fn place(
        atlas: &Atlas,
        plate: &Plate,
        edition: &Edition<'_>,
        spots: &[Spot<'_>],
        desk: Desk<'_>,
        placer: &mut Placer,
    ) -> Option<Inset> {
        let style = atlas.style.inset();
        if plate.focus.is_some() {
            return None;
        }
        let points: Vec<Coord> = spots.iter().filter(|s| !s.mark.coarse).map(|s| s.at).collect();
        let region = crowd(&points, style)?;
        let rect = free(region, plate, style, placer)?;
        placer.take(grown(rect, 6.0), Taken::Furniture);
        let (svg, letters) = closer(atlas, plate, edition, desk, region);
        Some(Inset { rect, region, svg, letters })
    }

    pub(super) fn draw(&self, canvas: &Canvas, style: &MapStyle) {
        let line = Stroke { colour: style.palette.ink, width: style.line().leader, opacity: 1.0 };
        let (x, y) = (fraction(self.rect.min().x), fraction(self.rect.min().y));
        let (w, h) = (fraction(self.rect.width()), fraction(self.rect.height()));
        let (from, to) = nearest(self.region, self.rect);
        if (from.x - to.x).hypot(from.y - to.y) < TIED {
            canvas.lines(&[vec![from, to]], line);
        }
        canvas.outline(&[corners(self.region)], line);
        canvas.raw(&format!(
            "<clipPath id=\"inset-edge\"><rect width=\"{w}\" height=\"{h}\"/></clipPath>\n<g transform=\"translate({x} {y})\"><g clip-path=\"url(#inset-edge)\">\n{}</g></g>\n",
            self.svg
        ));
        canvas.outline(&[corners(self.rect)], line);
    }
}

/// The region around the most markers that lie near one of them, in the shape of the inset.
fn crowd(points: &[Coord], style: &InsetStyle) -> Option<Rect> {
    let near = |a: &Coord| -> Vec<Coord> {
        points.iter().filter(|b| (a.x - b.x).hypot(a.y - b.y) <= style.reach).copied().collect()
    };
    let mut crowds = points.iter().map(near).filter(|n| n.len() >= style.crowd);
    let first = crowds.next()?;
    let most = crowds.fold(first, |most, next| if next.len() > most.len() { next } else { most });
    let low = most.iter().fold(most[0], |l, c| Coord { x: l.x.min(c.x), y: l.y.min(c.y) });
    let high = most.iter().fold(most[0], |h, c| Coord { x: h.x.max(c.x), y: h.y.max(c.y) });
    let around = grown(Rect::new(low, high), style.margin);
    let factor = (style.size[0] / around.width()).min(style.size[1] / around.height());
    if factor < style.least {
        return None;
    }
    let (width, height, centre) = (style.size[0] / factor, style.size[1] / factor, around.center());
    Some(boxed(centre.x - width / 2.0, centre.y - height / 2.0, width, height))
}

/// The nearest free place beside the country.
fn free(region: Rect, plate: &Plate, style: &InsetStyle, placer: &Placer) -> Option<Rect> {
    let arrangement = &plate.arrangement;
    let [width, height] = style.size;
    let (left, right) = (arrangement.margin + arrangement.panel, plate.page[0] - arrangement.margin - width);
    let bottom = plate.page[1] - arrangement.footer - 14.0 - height;
    let steps = |low: f64, high: f64| {
        (0..=((high - low) / STEP).floor().max(-1.0) as i32).map(move |i| low + f64::from(i) * STEP)
    };
    let far = |r: &Rect| {
        let (a, b) = nearest(region, *r);
        let off = if r.min().x <= left || r.min().x >= right { 0.0 } else { OFF_MARGIN };
        (a.x - b.x).hypot(a.y - b.y) + off
    };
    steps(left, right)
        .chain([right])
        .flat_map(|x| steps(20.0, bottom).chain([bottom]).map(move |y| boxed(x, y, width, height)))
        .filter(|r| placer.is_free(grown(*r, CLEAR)) && !plate.touches_subject(grown(*r, CLEAR)))
        .min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// The corners of two boxes that lie next to one another.
fn nearest(a: Rect, b: Rect) -> (Coord, Coord) {
    let ends = |r: Rect| corners(r).into_iter();
    let pairs = ends(a).flat_map(|p| ends(b).map(move |q| (p, q)));
    let far = |(p, q): &(Coord, Coord)| (p.x - q.x).hypot(p.y - q.y);
    pairs.min_by(|x, y| far(x).total_cmp(&far(y))).unwrap_or((a.min(), b.min()))
}

/// The region's layers, their ids made different from those of the whole map.
fn closer(
    atlas: &Atlas,
    whole: &Plate,
    edition: &Edition<'_>,
    desk: Desk<'_>,
    region: Rect,
) -> (String, Letters) {
    let (style, fonts) = (&atlas.style, &atlas.fonts);
    let metres = Rect::new(whole.plane.metres(region.min()), whole.plane.metres(region.max()));
    let plate = Plate::of_region(&atlas.basemap, style, fonts, style.inset().size, metres);
    let near = Edition::of(edition.day, &plate, desk, edition.districts);
    let spots = marks::spots(&near, &plate, style);
    let [width, height] = plate.page;
    let mut placer = Placer::new(boxed(EDGE, EDGE, width - 2.0 * EDGE, height - 2.0 * EDGE));
    for spot in &spots {
        placer.take(spot.bounds(), Taken::Mark);
    }
    let ground = Ground { plate: &plate, edition: &near, style, fonts, desk };
    let mut labels = Labels::reserve(&ground, &spots, 0..0, &mut placer);
    labels.place(&ground, &BTreeSet::new(), &mut placer);
    let canvas = Canvas::new(plate.page);
    canvas.raw(&plate.under);
    canvas.raw(&page::areas(&plate, edition, atlas, desk));
    canvas.raw(&plate.over);
    page::changed(&canvas, &plate, edition, atlas);
    labels.draw(&canvas, &ground);
    canvas.group("markers", |c| marks::draw(c, &spots, style, &atlas.wording, &plate));
    let letters = canvas.letters();
    (canvas.finish().replace(" id=\"", " id=\"inset-"), letters)
}
