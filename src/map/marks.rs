//! Markers: one disc a spot, its picture telling the kind of event.

use geo::{Coord, Rect};

use super::canvas::{Anchor, Canvas, Setting, Stroke, boxed};
use super::edition::{Edition, Mark};
use super::plate::Plate;
use super::story;
use super::style::{MapStyle, Role};
use super::wording::{Glyph, Wording, fill};

/// A marker on the page.
#[derive(Debug, Clone)]
pub(super) struct Spot<'a> {
    /// CSS pixels.
    pub(super) at: Coord,
    pub(super) radius: f64,
    pub(super) mark: Mark<'a>,
}

impl Spot<'_> {
    /// The box it covers, its ring included.
    pub(super) fn bounds(&self) -> Rect {
        let r = self.radius + 2.5;
        boxed(self.at.x - r, self.at.y - r, 2.0 * r, 2.0 * r)
    }
}

/// Markers on the page: what would lie on top of one another is joined, the most important leading.
pub(super) fn spots<'a>(edition: &Edition<'a>, plate: &Plate, style: &MapStyle) -> Vec<Spot<'a>> {
    let mark_style = style.mark();
    let factor = if plate.focus.is_some() { style.focus().marks } else { 1.0 };
    let mut spots: Vec<Spot<'a>> = Vec::new();
    for mark in &edition.marks {
        let at = mark.at;
        let near = |s: &&mut Spot<'_>| {
            (s.at.x - at.x).hypot(s.at.y - at.y) < mark_style.merge && s.mark.coarse == mark.coarse
        };
        if let Some(first) = spots.iter_mut().find(near) {
            first.mark.events.extend(&mark.events);
            first.mark.claimed &= mark.claimed;
            continue;
        }
        let radius = if spots.is_empty() { mark_style.disc_large } else { mark_style.disc };
        spots.push(Spot { at, radius: radius * factor, mark: mark.clone() });
    }
    apart(&mut spots);
    spots
}

/// Moves markers of a lower rank away from those above them, as little as keeps both whole.
fn apart(spots: &mut [Spot<'_>]) {
    for i in 1..spots.len() {
        for _ in 0..4 {
            let (above, rest) = spots.split_at_mut(i);
            let spot = &mut rest[0];
            let clash = above
                .iter()
                .find(|s| (s.at.x - spot.at.x).hypot(s.at.y - spot.at.y) < s.radius + spot.radius + 6.0);
            let Some(other) = clash else { break };
            let (dx, dy) = (spot.at.x - other.at.x, spot.at.y - other.at.y);
            let far = dx.hypot(dy);
            let need = other.radius + spot.radius + 7.0;
            let (ux, uy) = if far < 1.0 { (1.0, 0.0) } else { (dx / far, dy / far) };
            spot.at = Coord { x: other.at.x + ux * need, y: other.at.y + uy * need };
        }
    }
}

/// The pictures, to be used by name.
pub(super) fn definitions(glyphs: &[Glyph]) -> String {
    let one = |g: &Glyph| {
        let turn = if g.turn == 0.0 { String::new() } else { format!(" transform=\"rotate({})\"", g.turn) };
        format!("<path id=\"glyph-{}\" fill-rule=\"evenodd\" d=\"{}\"{turn}/>\n", g.name, g.path)
    };
    glyphs.iter().map(one).collect()
}

/// How a marker looks beside its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Claimed,
    Coarse,
}

/// A disc with its picture.
pub(super) fn disc(canvas: &Canvas, at: Coord, radius: f64, glyph: &str, look: Look, style: &MapStyle) {
    let (palette, marks) = (&style.palette, style.mark());
    let ring = |colour, width| Stroke { colour, width, opacity: 1.0 };
    let colour = match look {
        Look::Plain => {
            canvas.disc(at, radius + marks.ring, palette.disc_glyph);
            canvas.disc(at, radius, palette.disc);
            palette.disc_glyph
        }
        Look::Claimed => {
            canvas.disc(at, radius + marks.ring, palette.disc_glyph);
            canvas.ring(at, radius - 0.4, ring(palette.disc, 1.6));
            palette.disc
        }
        Look::Coarse => {
            canvas.disc(at, radius + marks.ring, palette.disc_glyph);
            canvas.with(" stroke-dasharray=\"3.2 2.4\"");
            canvas.ring(at, radius, ring(palette.disc, 1.5));
            palette.disc
        }
    };
    let [r, g, b] = [colour.0.0, colour.0.1, colour.0.2];
    let scale = super::backend::fraction(radius / 11.0);
    let (x, y) = (super::backend::fraction(at.x), super::backend::fraction(at.y));
    canvas.raw(&format!(
        "<use href=\"#glyph-{glyph}\" xlink:href=\"#glyph-{glyph}\" transform=\"translate({x} {y}) scale({scale})\" fill=\"#{r:02X}{g:02X}{b:02X}\"/>\n"
    ));
}

/// All markers, the most important on top.
pub(super) fn draw(canvas: &Canvas, spots: &[Spot<'_>], style: &MapStyle, wording: &Wording, plate: &Plate) {
    for spot in spots.iter().rev() {
        let lead = spot.mark.events[0];
        let picture = wording.glyph(lead.kind);
        let label = wording.label(picture);
        let place = story::place_head(&lead.place, wording);
        let title = fill(&wording.page.marker_title, |s| match s {
            "place" => Some(place.clone()),
            "label" => Some(label.to_owned()),
            _ => None,
        });
        let look = match (spot.mark.coarse, spot.mark.claimed) {
            (true, _) => Look::Coarse,
            (false, true) => Look::Claimed,
            (false, false) => Look::Plain,
        };
        canvas.raw(&format!(
            "<g id=\"event-{}\"><title>{}</title>\n",
            super::backend::escaped(&lead.id.0),
            super::backend::escaped(&title.unwrap_or_default())
        ));
        disc(canvas, spot.at, spot.radius, picture, look, style);
        if spot.mark.events.len() > 1 {
            badge(canvas, spot, style, plate);
        }
        canvas.raw("</g>\n");
    }
}

fn badge(canvas: &Canvas, spot: &Spot<'_>, style: &MapStyle, plate: &Plate) {
    let (palette, marks) = (&style.palette, style.mark());
    let at = Coord { x: spot.at.x + spot.radius * 0.78, y: spot.at.y - spot.radius * 0.78 };
    canvas.disc(at, marks.badge + 1.0, palette.disc_glyph);
    canvas.disc(at, marks.badge, palette.accent);
    let set = style.text(Role::Badge, &plate.arrangement);
    let base = Coord { x: at.x, y: at.y + set.size * 0.35 };
    let text = spot.mark.events.len().min(99).to_string();
    let setting = Setting { at: base, set, colour: palette.taliban_text, anchor: Anchor::Middle, halo: None };
    canvas.text(&text, setting);
}
