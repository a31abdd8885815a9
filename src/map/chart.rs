//! The chart of a run: area and capitals by status, stacked, day by day.

use std::sync::Arc;

use geo::Coord;
use jiff::civil::Date;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::atlas::Atlas;
use super::canvas::{Anchor, Canvas, Fill, Setting, Stroke, boxed};
use super::edition::{CLASSES, class_name};
use super::flow::Flow;
use super::fonts::Fonts;
use super::legend::class_fill;
use super::palette::Colour;
use super::style::Role;
use super::tally::Tally;
use super::wording::fill;
use super::{Frame, document, embed, png};
use crate::control::{ControlStatus, Level};
use crate::error::Error;

/// The page, CSS pixels, and its two panels: left, top, width, height.
const PAGE: [f64; 2] = [1200.0, 675.0];
const AREAS: [f64; 4] = [76.0, 172.0, 1072.0, 232.0];
const CAPITALS: [f64; 4] = [76.0, 446.0, 1072.0, 148.0];
const MARGIN: f64 = 28.0;
/// Labels below the time axis, at most.
const LABELS: usize = 9;

/// A drawn chart.
#[derive(Debug, Clone)]
pub struct Chart {
    svg: String,
    fonts: Arc<Fonts>,
}

impl Chart {
    /// The chart as SVG 1.1, with the letters it uses.
    #[must_use]
    pub fn to_svg(&self) -> &str {
        &self.svg
    }

    /// The chart as PNG, `scale` image pixels to a CSS pixel.
    ///
    /// # Errors
    /// `Error::Usage` where the scale is not within 1 to 4.
    pub fn to_png(&self, scale: f32) -> Result<Vec<u8>, Error> {
        let wrong = || Error::Usage(format!("a chart's scale must be within 1 to 4, not {scale}"));
        if !(1.0..=4.0).contains(&scale) {
            return Err(wrong());
        }
        let [width, height] = PAGE.map(|n| (n * f64::from(scale)).round() as u32);
        let mut pixmap = Pixmap::new(width, height).ok_or_else(wrong)?;
        let options = usvg::Options { fontdb: self.fonts.database(), ..usvg::Options::default() };
        let tree = usvg::Tree::from_str(&self.svg, &options).map_err(|e| {
            Error::Usage(format!("the chart is no SVG, which is a fault of the program: {e}"))
        })?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        png::encode(pixmap.data(), width, height)
    }
}

/// Draws tallies; None where there is no day.
pub(super) fn draw(atlas: &Atlas, tallies: &[Tally]) -> Option<Chart> {
    let areas: Vec<&Tally> = tallies.iter().filter(|t| t.level != Level::Capital).collect();
    let capitals: Vec<&Tally> = tallies.iter().filter(|t| t.level == Level::Capital).collect();
    let (first, last) = (areas.first()?, areas.last()?);
    let pen = Pen { atlas, canvas: Canvas::new(PAGE) };
    let (words, palette) = (&atlas.wording.statistics, &atlas.style.palette);
    let span = [first.date, last.date].map(|d| atlas.wording.date(d, &atlas.wording.page.date));
    let subtitle = filled(&words.subtitle, &[("days", &atlas.wording.days(first.date, last.date))]);
    pen.canvas.rect(boxed(0.0, 0.0, PAGE[0], PAGE[1]), Fill::Flat(palette.paper, 1.0));
    let page = Flow::new(MARGIN, PAGE[0] - MARGIN, atlas.style.is_leftward());
    let [start, end] = [(page.along(0.0), page.start_anchor()), (page.end(), page.end_anchor())];
    pen.text(&words.title, Role::Title, [start.0, 56.0], palette.ink, start.1);
    pen.text(&subtitle, Role::Subtitle, [start.0, 82.0], palette.ink2, start.1);
    pen.legend(&page);
    let unit = if first.level == Level::District {
        &atlas.wording.legend.districts
    } else {
        &atlas.wording.legend.provinces
    };
    let share = |t: &Tally, s| t.share(s).unwrap_or(0.0);
    pen.panel("areas", &filled(&words.areas, &[("unit", unit)]), AREAS, 100.0, 25.0, &areas, share);
    let count = |t: &Tally, s| t.count(s) as f64;
    let total = capitals.first().map_or(1, |t| t.total().max(1)) as f64;
    pen.panel("capitals", &words.capitals, CAPITALS, total, total / 2.0, &capitals, count);
    pen.days(&areas);
    let foot = PAGE[1] - 22.0;
    pen.text(&atlas.wording.page.caveat, Role::Footer, [start.0, foot], palette.ink2, start.1);
    let page_words = &atlas.wording.page;
    let approximate = Some(&page_words.approximate).filter(|_| first.level == Level::District);
    let notes: Vec<&str> = [Some(&page_words.boundaries), approximate, Some(&words.note)]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|note| !note.is_empty())
        .collect();
    let note = notes.join(" ");
    pen.text(&note, Role::Footer, [end.0, foot], palette.ink3, end.1);
    let say = |tallies: &[&Tally]| -> String {
        let last = tallies.last();
        let each = CLASSES.iter().filter_map(|c| {
            let n = last?.count(*c);
            (n > 0).then(|| format!("{} {n}", class_name(*c, &atlas.wording)))
        });
        each.collect::<Vec<_>>().join("; ")
    };
    let [of_areas, of_capitals] = [say(&areas), say(&capitals)];
    let said = [("from", &span[0]), ("to", &span[1]), ("areas", &of_areas), ("capitals", &of_capitals)];
    let description = filled(&words.description, &said);
    let rules = embed::rules(&pen.canvas.letters(), &atlas.style, &atlas.fonts);
    let head = document::chart_head(atlas, PAGE, &rules, [&words.title, &description]);
    let svg = [&head, &pen.canvas.finish(), document::FOOT].concat();
    Some(Chart { svg, fonts: atlas.fonts.clone() })
}

fn filled<S: AsRef<str>>(template: &str, slots: &[(&str, S)]) -> String {
    let of = |name: &str| slots.iter().find(|(slot, _)| *slot == name).map(|(_, s)| s.as_ref().to_owned());
    fill(template, of).unwrap_or_default()
}

struct Pen<'a> {
    atlas: &'a Atlas,
    canvas: Canvas,
}

impl Pen<'_> {
    fn text(&self, text: &str, role: Role, [x, y]: [f64; 2], colour: Colour, anchor: Anchor) {
        let set = self.atlas.style.text(role, self.atlas.style.arrangement(Frame::Article));
        self.canvas.text(text, Setting { at: Coord { x, y }, set, colour, anchor, halo: None });
    }

    /// Every class, in the order of the stack from below.
    fn legend(&self, page: &Flow) {
        let style = &self.atlas.style;
        let set = style.text(Role::Legend, style.arrangement(Frame::Article));
        let mut way = 0.0;
        self.canvas.group("legend", |canvas| {
            for class in CLASSES {
                canvas.rect(page.box_along(way, 106.0, 26.0, 14.0), class_fill(class, style));
                let name = class_name(class, &self.atlas.wording);
                let at = [page.along(way + 33.0), 117.5];
                self.text(name, Role::Legend, at, style.palette.ink, page.start_anchor());
                way += 33.0 + self.atlas.fonts.width(name, set) + 20.0;
            }
        });
    }

    /// A stack of areas by status, with a line at each step of the scale.
    #[allow(clippy::too_many_arguments, reason = "a panel is its place, its scale and what it shows")]
    fn panel(
        &self,
        id: &str,
        title: &str,
        [left, top, width, height]: [f64; 4],
        most: f64,
        step: f64,
        tallies: &[&Tally],
        value: impl Fn(&Tally, ControlStatus) -> f64,
    ) {
        let (style, palette) = (&self.atlas.style, &self.atlas.style.palette);
        let days = tallies.len().max(1) as f64;
        let ground = boxed(left, top, width, height);
        let flow = Flow::new(left, left + width, style.is_leftward());
        let at = [flow.along(0.0), top - 10.0];
        self.text(title, Role::LegendHead, at, palette.ink2, flow.start_anchor());
        self.canvas.group(id, |canvas| {
            let mut base = vec![0.0; tallies.len()];
            for class in CLASSES {
                let upper: Vec<f64> = base.iter().zip(tallies).map(|(b, t)| b + value(t, class)).collect();
                if upper.iter().zip(&base).any(|(u, b)| u > b) {
                    let mut corners = steps(&upper);
                    corners.extend(steps(&base).into_iter().rev());
                    canvas.name(&format!("{id}-{}", class.as_str()), class_name(class, &self.atlas.wording));
                    canvas.plot(ground, [days, most], &corners, class_fill(class, style));
                    let between = Stroke { colour: palette.paper, width: 0.9, opacity: 1.0 };
                    canvas.plot_line(ground, [days, most], &steps(&upper), between);
                }
                base = upper;
            }
        });
        let mut mark = 0.0;
        while mark <= most + 1e-9 {
            let y = top + height * (1.0 - mark / most);
            let line = Stroke { colour: palette.ink, width: 0.6, opacity: 0.28 };
            self.canvas.lines(&[vec![Coord { x: left, y }, Coord { x: left + width, y }]], line);
            self.text(&format!("{mark:.0}"), Role::Scale, [left - 8.0, y + 3.6], palette.ink2, Anchor::End);
            mark += step;
        }
    }

    /// Days below both panels, and a fine line up from each.
    fn days(&self, tallies: &[&Tally]) {
        let (wording, palette) = (&self.atlas.wording, &self.atlas.style.palette);
        let [left, _, width, _] = AREAS;
        let [_, top, _, height] = CAPITALS;
        let every = tallies.len().div_ceil(LABELS).max(1);
        let every = if every > 3 { every.next_multiple_of(7) } else { every };
        for (at, tally) in tallies.iter().enumerate().step_by(every) {
            let x = left + width * (at as f64 + 0.5) / tallies.len() as f64;
            let tick = vec![Coord { x, y: top + height }, Coord { x, y: top + height + 5.0 }];
            self.canvas.lines(&[tick], Stroke { colour: palette.ink2, width: 0.8, opacity: 1.0 });
            let date: Date = tally.date;
            let name = wording.date(date, &wording.page.short_date);
            self.text(&name, Role::Scale, [x, top + height + 18.0], palette.ink2, Anchor::Middle);
        }
    }
}

/// A day's value holds for all of the day.
fn steps(values: &[f64]) -> Vec<(f64, f64)> {
    values.iter().enumerate().flat_map(|(at, v)| [(at as f64, *v), (at as f64 + 1.0, *v)]).collect()
}
