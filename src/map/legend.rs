//! The legend: every class with its count, a proportional bar, the kinds of event that are drawn.

use geo::Coord;

use super::canvas::{Anchor, Canvas, Fill, Setting, Stroke, boxed, corners};
use super::edition::{CLASSES, Edition, class_name};
use super::flow::Flow;
use super::fonts::Fonts;
use super::marks::{Look, Spot, disc};
use super::plate::Plate;
use super::style::{MapStyle, Role};
use super::wording::{Glyph, Wording, fill};
use crate::control::ControlStatus;

/// Distances inside the card, CSS pixels.
const PAD: f64 = 15.0;
const ROW: f64 = 21.0;
const LEAST_ROW: f64 = 16.0;
/// From a picture's left edge to its label.
const DISC_TEXT: f64 = 23.0;
const SWATCH: [f64; 2] = [26.0, 14.0];
const BAR: f64 = 9.0;

/// The fill of a class.
pub(super) fn class_fill(class: ControlStatus, style: &MapStyle) -> Fill {
    let palette = &style.palette;
    match class {
        ControlStatus::Taliban => Fill::Flat(palette.taliban, 1.0),
        ControlStatus::Government => Fill::Flat(palette.government, 1.0),
        ControlStatus::Contested => Fill::Server("hatch-contested"),
        ControlStatus::ClaimedTaliban => Fill::Server("hatch-claimed-taliban"),
        ControlStatus::ClaimedGovernment => Fill::Server("hatch-claimed-government"),
        ControlStatus::Unknown => Fill::Flat(palette.none, 1.0),
    }
}

/// The legend, measured before it is placed.
pub(super) struct Legend<'a> {
    width: f64,
    row: f64,
    /// Pictures with their offset from the left and their row.
    glyphs: Vec<(&'a Glyph, f64, usize)>,
    claimed: bool,
    coarse: bool,
    dots: bool,
    stale: bool,
}

impl<'a> Legend<'a> {
    /// Measures the legend; where it is higher than `room`, rows move together.
    pub(super) fn new(
        edition: &Edition<'_>,
        spots: &[Spot<'_>],
        plate: &Plate,
        style: &MapStyle,
        fonts: &Fonts,
        (glyphs, wording): (&'a [Glyph], &Wording),
        room: f64,
    ) -> Legend<'a> {
        let width = plate.arrangement.legend;
        let set = style.text(Role::Legend, &plate.arrangement);
        let (mut x, mut row) = (0.0, 0);
        let shown = glyphs.iter().filter(|g| edition.glyphs.contains_key(g.name.as_str()));
        let glyphs = shown
            .map(|glyph| {
                let wide = DISC_TEXT + fonts.width(wording.label(&glyph.name), set);
                if x > 0.0 && x + wide > width - 2.0 * PAD {
                    (x, row) = (0.0, row + 1);
                }
                let at = x;
                x += wide + 15.0;
                (glyph, at, row)
            })
            .collect();
        let mut legend = Legend {
            width,
            row: ROW,
            glyphs,
            claimed: spots.iter().any(|s| s.mark.claimed && !s.mark.coarse),
            coarse: spots.iter().any(|s| s.mark.coarse),
            dots: edition.dots,
            stale: edition.stale > 0,
        };
        while legend.size()[1] > room && legend.row > LEAST_ROW {
            legend.row -= 0.5;
        }
        legend
    }

    pub(super) fn size(&self) -> [f64; 2] {
        let rows = CLASSES.len() + 1 + usize::from(self.stale) + usize::from(self.dots);
        let mut height = PAD + 14.0 + 8.0 + BAR + 9.0 + rows as f64 * self.row;
        if let Some((_, _, last)) = self.glyphs.last() {
            height += 26.0 + 8.0 + (last + 1) as f64 * (self.row + 4.0);
            height += 2.0 + 17.0 * f64::from(u8::from(self.claimed) + u8::from(self.coarse));
        }
        [self.width, height + PAD - 4.0]
    }

    pub(super) fn draw(
        &self,
        canvas: &Canvas,
        at: Coord,
        edition: &Edition<'_>,
        plate: &Plate,
        style: &MapStyle,
        wording: &Wording,
    ) {
        let pen = Pen {
            canvas,
            plate,
            style,
            flow: Flow::new(at.x + PAD, at.x + self.width - PAD, style.is_leftward()),
            row: self.row,
        };
        let [width, height] = self.size();
        canvas.rect(boxed(at.x, at.y, width, height), Fill::Flat(style.palette.paper, style.opacity().card));
        let words = &wording.legend;
        let mut y = at.y + PAD + 10.0;
        pen.start_text(&words.head, Role::LegendHead, 0.0, y);
        pen.end_text(
            if edition.districts { &words.districts } else { &words.provinces },
            Role::LegendUnit,
            y,
        );
        y += 8.0;
        bar(&pen, y, edition);
        y += BAR + 9.0;
        for (class, count) in CLASSES.iter().zip(edition.counts) {
            pen.swatch(y, class_fill(*class, style));
            pen.row(y, class_name(*class, wording), Some(count));
            y += self.row;
        }
        y = self.other_rows(&pen, y, edition, wording);
        if !self.glyphs.is_empty() {
            self.events(&pen, y, edition, wording);
        }
    }

    fn other_rows(&self, pen: &Pen<'_>, mut y: f64, edition: &Edition<'_>, wording: &Wording) -> f64 {
        let palette = &pen.style.palette;
        let box_ =
            pen.flow.box_along(1.0, y + (pen.row - SWATCH[1]) / 2.0 + 1.0, SWATCH[0] - 2.0, SWATCH[1] - 2.0);
        let stroke = Stroke { colour: palette.changed, width: 2.0, opacity: 1.0 };
        pen.canvas.outline(&[corners(box_)], stroke);
        let before = edition.day.date.yesterday().unwrap_or(edition.day.date);
        let before = wording.date(before, &wording.page.short_date);
        let text =
            fill(&wording.legend.changed, |s| (s == "date").then(|| before.clone())).unwrap_or_default();
        pen.row(y, &text, Some(edition.changed.len()));
        y += self.row;
        if self.stale {
            let half = pen.flow.box_along(0.0, y + (pen.row - SWATCH[1]) / 2.0, SWATCH[0], SWATCH[1]);
            pen.canvas.rect(half, Fill::Flat(palette.none, 1.0));
            pen.canvas.rect(half, Fill::Flat(palette.taliban, pen.style.opacity().stale));
            pen.row(y, &wording.legend.stale, Some(edition.stale));
            y += self.row;
        }
        if self.dots {
            let centre = Coord { x: pen.flow.along(SWATCH[0] / 2.0), y: y + pen.row / 2.0 };
            let (mark, line) = (pen.style.mark(), Stroke { colour: palette.ink, width: 1.4, opacity: 1.0 });
            pen.canvas.disc(centre, mark.capital_ring, palette.taliban);
            pen.canvas.ring(centre, mark.capital_ring - 0.7, line);
            pen.canvas.disc(centre, mark.capital_dot, palette.ink);
            pen.row(y, &wording.legend.place, None);
            y += self.row;
        }
        y
    }

    fn events(&self, pen: &Pen<'_>, y: f64, edition: &Edition<'_>, wording: &Wording) {
        let near = pen.plate.focus.is_some();
        let coarse = if near { &wording.focus.coarse_event } else { &wording.legend.coarse_event };
        let style = pen.style;
        let mut y = y + 6.0;
        pen.canvas
            .rect(pen.flow.box_along(0.0, y, pen.flow.length(), 0.9), Fill::Flat(style.palette.rule, 1.0));
        y += 20.0;
        pen.start_text(&wording.legend.events, Role::LegendHead, 0.0, y);
        let total: usize = edition.glyphs.values().sum();
        pen.end_text(&total.to_string(), Role::LegendCount, y);
        y += 20.0;
        let step = self.row + 4.0;
        for (glyph, dx, row) in &self.glyphs {
            let at = Coord { x: pen.flow.along(dx + 9.0), y: y + *row as f64 * step };
            disc(pen.canvas, at, 8.4, &glyph.name, Look::Plain, style);
            pen.start_text(wording.label(&glyph.name), Role::Legend, dx + DISC_TEXT, at.y + 4.5);
        }
        y += self.glyphs.last().map_or(0.0, |(_, _, row)| *row as f64 * step) + 27.0;
        for (shown, text) in [(self.claimed, &wording.legend.claimed_event), (self.coarse, coarse)] {
            if shown {
                pen.start_text(text, Role::LegendUnit, 0.0, y);
                y += 17.0;
            }
        }
    }
}

/// The proportional bar, a white line between its parts.
fn bar(pen: &Pen<'_>, y: f64, edition: &Edition<'_>) {
    let total = edition.counts.iter().sum::<usize>().max(1) as f64;
    let mut way = 0.0;
    for (class, count) in CLASSES.iter().zip(edition.counts).filter(|(_, n)| *n > 0) {
        let width = pen.flow.length() * count as f64 / total;
        let part = pen.flow.box_along(way, y, (width - 1.0).max(0.6), BAR);
        pen.canvas.rect(part, class_fill(*class, pen.style));
        way += width;
    }
}

/// Writes rows between the card's text edges.
struct Pen<'a> {
    canvas: &'a Canvas,
    plate: &'a Plate,
    style: &'a MapStyle,
    flow: Flow,
    row: f64,
}

impl Pen<'_> {
    fn swatch(&self, y: f64, filling: Fill) {
        let swatch = self.flow.box_along(0.0, y + (self.row - SWATCH[1]) / 2.0, SWATCH[0], SWATCH[1]);
        self.canvas.rect(swatch, filling);
    }

    fn row(&self, y: f64, text: &str, count: Option<usize>) {
        let base = y + self.row / 2.0 + 4.5;
        self.start_text(text, Role::Legend, SWATCH[0] + 9.0, base);
        if let Some(count) = count {
            self.end_text(&count.to_string(), Role::LegendCount, base);
        }
    }

    fn start_text(&self, text: &str, role: Role, dx: f64, y: f64) {
        self.text(text, role, self.flow.along(dx), y, self.flow.start_anchor());
    }

    fn end_text(&self, text: &str, role: Role, y: f64) {
        self.text(text, role, self.flow.end(), y, self.flow.end_anchor());
    }

    fn text(&self, text: &str, role: Role, x: f64, y: f64, anchor: Anchor) {
        let set = self.style.text(role, &self.plate.arrangement);
        let colour = match role {
            Role::LegendUnit | Role::LegendHead => self.style.palette.ink2,
            _ => self.style.palette.ink,
        };
        self.canvas.text(text, Setting { at: Coord { x, y }, set, colour, anchor, halo: None });
    }
}
