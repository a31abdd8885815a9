//! The legend: every class with its count, a proportional bar, the kinds of event that are drawn.

use geo::Coord;

use super::canvas::{Anchor, Canvas, Fill, Setting, Stroke, boxed};
use super::edition::{CLASSES, Edition, class_name};
use super::fonts::Fonts;
use super::marks::{Look, Spot, disc};
use super::plate::Plate;
use super::style::{MapStyle, Role};
use super::wording::{Glyph, Wording, fill};
use crate::control::ControlStatus;

/// Distances inside the card, CSS pixels.
const PAD: f64 = 15.0;
const ROW: f64 = 21.0;
const SWATCH: [f64; 2] = [26.0, 14.0];
const BAR: f64 = 9.0;

/// The fill of a class.
pub(super) fn class_fill(class: ControlStatus, style: &MapStyle) -> Fill {
    let palette = &style.palette;
    match class {
        ControlStatus::Taliban => Fill::Flat(palette.taliban, 1.0),
        ControlStatus::Government => Fill::Flat(palette.government, 1.0),
        ControlStatus::Contested => Fill::Hatch("hatch-contested"),
        ControlStatus::ClaimedTaliban => Fill::Hatch("hatch-claimed-taliban"),
        ControlStatus::ClaimedGovernment => Fill::Hatch("hatch-claimed-government"),
        ControlStatus::Unknown => Fill::Flat(palette.none, 1.0),
    }
}

/// The legend, measured before it is placed.
pub(super) struct Legend<'a> {
    width: f64,
    glyphs: Vec<&'a Glyph>,
    columns: usize,
    claimed: bool,
    coarse: bool,
    dots: bool,
}

impl<'a> Legend<'a> {
    pub(super) fn new(
        edition: &Edition<'_>,
        spots: &[Spot<'_>],
        plate: &Plate,
        style: &MapStyle,
        fonts: &Fonts,
        glyphs: &'a [Glyph],
    ) -> Legend<'a> {
        let width = plate.arrangement.legend;
        let set = style.text(Role::Legend, &plate.arrangement);
        let glyphs: Vec<&Glyph> =
            glyphs.iter().filter(|g| edition.glyphs.contains_key(g.name.as_str())).collect();
        let widest = glyphs.iter().map(|g| fonts.width(&g.label, set)).fold(0.0, f64::max) + 30.0;
        let columns = ((width - 2.0 * PAD) / widest).floor().clamp(1.0, 3.0) as usize;
        let columns = columns.min(glyphs.len().max(1));
        Legend {
            width,
            columns,
            glyphs,
            claimed: spots.iter().any(|s| s.mark.claimed && !s.mark.coarse),
            coarse: spots.iter().any(|s| s.mark.coarse),
            dots: edition.statuses.values().any(|s| {
                use crate::control::Level;
                matches!(s.level, Level::Settlement | Level::Facility | Level::Capital)
                    && s.status != ControlStatus::Unknown
            }),
        }
    }

    fn rows(edition: &Edition<'_>) -> usize {
        CLASSES.len() + 1 + usize::from(edition.stale > 0)
    }

    pub(super) fn size(&self, edition: &Edition<'_>) -> [f64; 2] {
        let rows = Legend::rows(edition) + usize::from(self.dots);
        let mut height = PAD + 14.0 + 8.0 + BAR + 9.0 + rows as f64 * ROW;
        if !self.glyphs.is_empty() {
            height += 13.0 + 20.0 + self.glyphs.len().div_ceil(self.columns) as f64 * 25.0;
            height += 19.0 * f64::from(u8::from(self.claimed) + u8::from(self.coarse));
        }
        [self.width, height + PAD - 5.0]
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
        let pen = Pen { canvas, plate, style, left: at.x + PAD, right: at.x + self.width - PAD };
        let [width, height] = self.size(edition);
        canvas.rect(boxed(at.x, at.y, width, height), Fill::Flat(style.palette.paper, style.opacity().card));
        let words = &wording.legend;
        let mut y = at.y + PAD + 10.0;
        pen.left_text(&words.head, Role::LegendHead, 0.0, y);
        pen.right_text(
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
            y += ROW;
        }
        y = self.other_rows(&pen, y, edition, wording);
        if !self.glyphs.is_empty() {
            self.events(&pen, y, edition, wording);
        }
    }

    fn other_rows(&self, pen: &Pen<'_>, mut y: f64, edition: &Edition<'_>, wording: &Wording) -> f64 {
        let palette = &pen.style.palette;
        let box_ = boxed(pen.left + 1.0, y + (ROW - SWATCH[1]) / 2.0 + 1.0, SWATCH[0] - 2.0, SWATCH[1] - 2.0);
        let corners = [
            box_.min(),
            Coord { x: box_.max().x, y: box_.min().y },
            box_.max(),
            Coord { x: box_.min().x, y: box_.max().y },
        ];
        let stroke = Stroke { colour: palette.changed, width: 2.0, opacity: 1.0 };
        pen.canvas.outline(&[corners.to_vec()], stroke);
        let before = edition.day.date.yesterday().unwrap_or(edition.day.date);
        let before = wording.date(before, &wording.page.short_date);
        let text =
            fill(&wording.legend.changed, |s| (s == "date").then(|| before.clone())).unwrap_or_default();
        pen.row(y, &text, Some(edition.changed.len()));
        y += ROW;
        if edition.stale > 0 {
            let half = boxed(pen.left, y + (ROW - SWATCH[1]) / 2.0, SWATCH[0], SWATCH[1]);
            pen.canvas.rect(half, Fill::Flat(palette.none, 1.0));
            pen.canvas.rect(half, Fill::Flat(palette.taliban, pen.style.opacity().stale));
            pen.row(y, &wording.legend.stale, Some(edition.stale));
            y += ROW;
        }
        if self.dots {
            let centre = Coord { x: pen.left + SWATCH[0] / 2.0, y: y + ROW / 2.0 };
            let (mark, line) = (pen.style.mark(), Stroke { colour: palette.ink, width: 1.4, opacity: 1.0 });
            pen.canvas.disc(centre, mark.capital_ring, palette.taliban);
            pen.canvas.ring(centre, mark.capital_ring - 0.7, line);
            pen.canvas.disc(centre, mark.capital_dot, palette.ink);
            pen.row(y, &wording.legend.place, None);
            y += ROW;
        }
        y
    }

    fn events(&self, pen: &Pen<'_>, y: f64, edition: &Edition<'_>, wording: &Wording) {
        let style = pen.style;
        let mut y = y + 6.0;
        pen.canvas.rect(boxed(pen.left, y, pen.right - pen.left, 0.9), Fill::Flat(style.palette.rule, 1.0));
        y += 20.0;
        pen.left_text(&wording.legend.events, Role::LegendHead, 0.0, y);
        let total: usize = edition.glyphs.values().sum();
        pen.right_text(&total.to_string(), Role::LegendCount, y);
        y += 19.0;
        let step = (pen.right - pen.left) / self.columns as f64;
        let rows = self.glyphs.len().div_ceil(self.columns);
        for (i, glyph) in self.glyphs.iter().enumerate() {
            let (column, row) = (i / rows, i % rows);
            let (dx, cy) = (column as f64 * step, y + row as f64 * 25.0);
            disc(pen.canvas, Coord { x: pen.left + dx + 10.0, y: cy }, 8.6, &glyph.name, Look::Plain, style);
            pen.left_text(&glyph.label, Role::Legend, dx + 25.0, cy + 4.5);
        }
        y += rows as f64 * 25.0 - 2.0;
        for (shown, text) in
            [(self.claimed, &wording.legend.claimed_event), (self.coarse, &wording.legend.coarse_event)]
        {
            if shown {
                pen.left_text(text, Role::LegendUnit, 0.0, y);
                y += 19.0;
            }
        }
    }
}

/// The proportional bar, a white line between its parts.
fn bar(pen: &Pen<'_>, y: f64, edition: &Edition<'_>) {
    let total = edition.counts.iter().sum::<usize>().max(1) as f64;
    let mut x = pen.left;
    for (class, count) in CLASSES.iter().zip(edition.counts).filter(|(_, n)| *n > 0) {
        let width = (pen.right - pen.left) * count as f64 / total;
        pen.canvas.rect(boxed(x, y, (width - 1.0).max(0.6), BAR), class_fill(*class, pen.style));
        x += width;
    }
}

/// Writes rows between the card's left and right text edges.
struct Pen<'a> {
    canvas: &'a Canvas,
    plate: &'a Plate,
    style: &'a MapStyle,
    left: f64,
    right: f64,
}

impl Pen<'_> {
    fn swatch(&self, y: f64, filling: Fill) {
        self.canvas.rect(boxed(self.left, y + (ROW - SWATCH[1]) / 2.0, SWATCH[0], SWATCH[1]), filling);
    }

    fn row(&self, y: f64, text: &str, count: Option<usize>) {
        let base = y + ROW / 2.0 + 4.5;
        self.left_text(text, Role::Legend, SWATCH[0] + 9.0, base);
        if let Some(count) = count {
            self.right_text(&count.to_string(), Role::LegendCount, base);
        }
    }

    fn left_text(&self, text: &str, role: Role, dx: f64, y: f64) {
        self.text(text, role, self.left + dx, y, Anchor::Start);
    }

    fn right_text(&self, text: &str, role: Role, y: f64) {
        self.text(text, role, self.right, y, Anchor::End);
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
