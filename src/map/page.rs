//! The page: what lies where, drawn layer by layer.

use geo::{BoundingRect, Coord, LineString, Rect};

use super::atlas::Atlas;
use super::callouts;
use super::canvas::{Canvas, Fill, Stroke, boxed};
use super::edition::{CLASSES, Edition};
use super::embed::Letters;
use super::furniture::{self, Heading, ScaleBar};
use super::inset::Inset;
use super::labels::{Ground, Labels};
use super::legend::{Legend, class_fill};
use super::marks::{self, Spot};
use super::placer::{Placer, Taken, grown};
use super::plate::Plate;
use super::story::Desk;
use super::unit::Unit;
use crate::control::ControlStatus;

/// The layers of a day, as SVG elements.
#[derive(Debug, Default)]
pub(super) struct Layers {
    /// The status fills, which lie between the plate's two parts.
    pub(super) areas: String,
    /// All that lies above.
    pub(super) above: String,
    /// The letters they set, by face.
    pub(super) letters: Letters,
    /// The boxes of all names and texts that may not touch, with what they say.
    pub(super) boxes: Vec<(String, Rect)>,
}

/// The furniture of a page, which takes its room before anything else.
struct Furniture<'a> {
    heading: Heading,
    legend: Legend<'a>,
    /// The box of the legend.
    card: Rect,
    scale: Option<ScaleBar>,
    /// The panel tells the leading event.
    summarised: bool,
}

impl<'a> Furniture<'a> {
    fn reserve(
        atlas: &'a Atlas,
        plate: &Plate,
        edition: &Edition<'_>,
        spots: &[Spot<'_>],
        placer: &mut Placer,
    ) -> Furniture<'a> {
        let (style, fonts, wording) = (&atlas.style, &atlas.fonts, &atlas.wording);
        let ([width, height], arrangement) = (plate.page, &plate.arrangement);
        let mut heading = Heading::new(edition, plate, style, fonts);
        let room = height - arrangement.footer - 28.0 - heading.bottom;
        let legend = Legend::new(edition, spots, plate, style, fonts, (&atlas.glyphs, wording), room);
        let [w, h] = legend.size();
        let card = if arrangement.panel > 0.0 {
            boxed(arrangement.margin - 14.0, height - arrangement.footer - 14.0 - h, w, h)
        } else {
            boxed(width - arrangement.margin - w, height - arrangement.footer - 22.0 - h, w, h)
        };
        let mut summarised = false;
        if arrangement.panel > 0.0 {
            summarised = heading.summarise(edition, plate, style, fonts, wording, card.min().y - 10.0);
            placer.take(boxed(0.0, 0.0, arrangement.panel + 8.0, height), Taken::Furniture);
        } else {
            placer.take(boxed(0.0, 0.0, width, heading.bottom + 8.0), Taken::Furniture);
        }
        placer.take(grown(card, 6.0), Taken::Furniture);
        if let Some(locator) = &plate.locator {
            placer.take(grown(locator.rect, 6.0), Taken::Furniture);
        } else if arrangement.globe {
            let (centre, r) = (furniture::globe_centre(plate, style), style.geometry().globe_radius + 8.0);
            placer.take(boxed(centre.x - r, centre.y - r, 2.0 * r, 2.0 * r), Taken::Furniture);
        }
        for spot in spots {
            placer.take(spot.bounds(), Taken::Mark);
        }
        let anchor = if arrangement.panel > 0.0 { width - arrangement.margin } else { card.min().x };
        let scale = ScaleBar::place(plate, style, anchor, placer);
        Furniture { heading, legend, card, scale, summarised }
    }

    fn draw(&self, canvas: &Canvas, atlas: &Atlas, plate: &Plate, edition: &Edition<'_>) {
        let (style, wording) = (&atlas.style, &atlas.wording);
        if plate.focus.is_some() {
            canvas.group("title-ground", |c| plate.veil(c, style));
        }
        canvas.group("title-block", |c| self.heading.draw(c, plate, style));
        canvas.group("legend", |c| self.legend.draw(c, self.card.min(), edition, plate, style, wording));
        if let Some(scale) = &self.scale {
            canvas.group("scale", |c| scale.draw(c, plate, style, wording));
        }
        if let Some(locator) = &plate.locator {
            canvas.group("locator", |c| locator.draw(c, style));
        } else if plate.arrangement.globe {
            canvas.group("globe", |c| furniture::globe(c, &atlas.basemap, plate, style));
        }
        canvas.group("footer", |c| furniture::footer(c, edition, plate, style, &atlas.fonts, wording));
    }

    fn boxes(&self, plate: &Plate) -> impl Iterator<Item = (String, Rect)> {
        let titles = self.heading.rects.iter().map(|r| ("title", *r));
        let locator = plate.locator.iter().map(|l| ("locator", l.rect));
        let scale = self.scale.iter().map(|s| ("scale", s.rect()));
        let all = titles.chain([("legend", self.card)]).chain(locator).chain(scale);
        all.map(|(name, rect)| (name.to_owned(), rect))
    }
}

/// Draws a day on a plate.
pub(super) fn draw(atlas: &Atlas, plate: &Plate, edition: &Edition<'_>, desk: Desk<'_>) -> Layers {
    let (style, fonts, wording) = (&atlas.style, &atlas.fonts, &atlas.wording);
    let ([width, height], arrangement) = (plate.page, &plate.arrangement);
    let mut placer = Placer::new(boxed(6.0, 10.0, width - 12.0, height - arrangement.footer - 14.0));
    let spots = marks::spots(edition, plate, style);
    let furniture = Furniture::reserve(atlas, plate, edition, &spots, &mut placer);
    let inset = Inset::place(atlas, plate, edition, &spots, desk, &mut placer);
    let ground = Ground { plate, edition, style, fonts, desk };
    // What the panel tells needs no callout.
    let first = usize::from(furniture.summarised).min(spots.len());
    let mut labels = Labels::reserve(&ground, &spots, first..first + arrangement.callouts, &mut placer);
    let callouts = callouts::place(&spots[first..], edition, (plate, style, fonts, wording), &mut placer);
    let leads = |s: &Spot<'_>| callouts.iter().any(|c| c.event == s.mark.events[0].id);
    let called = (0..spots.len()).filter(|i| leads(&spots[*i])).collect();
    labels.place(&ground, &called, &mut placer);

    let canvas = Canvas::new(plate.page);
    changed(&canvas, plate, edition, atlas);
    if let Some(inset) = &inset {
        canvas.group("inset", |c| inset.draw(c, style));
    }
    labels.draw(&canvas, &ground);
    callouts::draw(&canvas, &callouts, style, plate);
    canvas.group("markers", |c| marks::draw(c, &spots, style, wording, plate));
    furniture.draw(&canvas, atlas, plate, edition);
    let mut boxes: Vec<(String, Rect)> = labels.boxes().map(|(text, rect)| (text.to_owned(), rect)).collect();
    boxes.extend(callouts.iter().map(|c| (c.name(), c.rect())));
    boxes.extend(furniture.boxes(plate));
    boxes.extend(inset.iter().map(|i| ("inset".to_owned(), i.rect)));
    let mut letters = canvas.letters();
    for (face, more) in inset.into_iter().flat_map(|i| i.letters) {
        letters.entry(face).or_default().extend(more);
    }
    Layers { areas: areas(plate, edition, atlas, desk), letters, above: canvas.finish(), boxes }
}

/// The status fills.
pub(super) fn areas(plate: &Plate, edition: &Edition<'_>, atlas: &Atlas, desk: Desk<'_>) -> String {
    let canvas = Canvas::new(plate.page);
    canvas.group("provinces", |c| {
        for unit in &plate.provinces {
            area(c, unit, edition, atlas, desk);
        }
    });
    if edition.districts {
        canvas.group("districts", |c| districts(c, plate, edition, atlas, desk));
        // A closer map draws them anyway.
        if plate.exact && plate.focus.is_none() {
            plate.draw_district_lines(&canvas, &atlas.style);
        }
    }
    canvas.finish()
}

fn area(canvas: &Canvas, unit: &Unit, edition: &Edition<'_>, atlas: &Atlas, desk: Desk<'_>) {
    let status = edition.status(&unit.id);
    if edition.is_stale(&unit.id) {
        canvas.shape(&unit.rings, Fill::Flat(atlas.style.palette.none, 1.0));
        canvas.with(&stale(atlas));
    }
    canvas.name(unit.id.as_str(), &edition.area_title(&unit.id, &unit.name, desk));
    canvas.shape(&unit.rings, class_fill(status, &atlas.style));
}

fn stale(atlas: &Atlas) -> String {
    format!(" opacity=\"{}\"", super::backend::fraction(atlas.style.opacity().stale))
}

/// Districts of one class are painted as one shape, so that no seam shows between them; each then lies over it
/// unpainted, for its id and title.
fn districts(canvas: &Canvas, plate: &Plate, edition: &Edition<'_>, atlas: &Atlas, desk: Desk<'_>) {
    let class_of =
        |i: usize| plate.districts.get(i).map(|u| (edition.status(&u.id), edition.is_stale(&u.id)));
    for class in CLASSES.into_iter().filter(|c| *c != ControlStatus::Unknown) {
        for is_stale in [false, true] {
            let rings = plate.district_mesh.outline(|i| class_of(i) == Some((class, is_stale)));
            if rings.is_empty() {
                continue;
            }
            canvas.shape(&rings, Fill::Flat(atlas.style.palette.none, 1.0));
            if is_stale {
                canvas.with(&stale(atlas));
            }
            canvas.shape(&rings, class_fill(class, &atlas.style));
        }
    }
    for unit in plate.districts.iter().filter(|u| edition.status(&u.id) != ControlStatus::Unknown) {
        canvas.name(unit.id.as_str(), &edition.area_title(&unit.id, &unit.name, desk));
        canvas.shape(&unit.rings, Fill::Flat(atlas.style.palette.none, 0.0));
    }
}

/// How wide and high a small area is at most, in radii of a marker.
const SMALL: f64 = 3.6;

/// Areas whose status is not that of the day before: a white line, then ink.
pub(super) fn changed(canvas: &Canvas, plate: &Plate, edition: &Edition<'_>, atlas: &Atlas) {
    let (units, mesh) = if edition.districts {
        (&plate.districts, &plate.district_mesh)
    } else {
        (&plate.provinces, &plate.province_mesh)
    };
    let rings = plate.seen(mesh.outline(|i| units.get(i).is_some_and(|u| edition.changed.contains(&&u.id))));
    // A marker would hide most of a small area: a broad line around it would look out as a blot.
    let is_small = |ring: &Vec<Coord>| {
        let reach = SMALL * atlas.style.mark().disc;
        bounds(ring).is_none_or(|b| b.width() < reach && b.height() < reach)
    };
    let (small, large): (Vec<_>, Vec<_>) = rings.into_iter().partition(is_small);
    let (palette, line) = (&atlas.style.palette, atlas.style.line());
    canvas.group("changed", |c| {
        let white = (palette.changed_casing, line.changed_casing);
        for (colour, width) in [white, (palette.changed, line.changed)] {
            for (rings, share) in [(&small, 0.5), (&large, 1.0)] {
                let stroke = Stroke { colour, width: width * share, opacity: 1.0 };
                if plate.is_cut() { c.lines(rings, stroke) } else { c.outline(rings, stroke) }
            }
        }
    });
}

fn bounds(ring: &[Coord]) -> Option<Rect> {
    LineString::new(ring.to_vec()).bounding_rect()
}
