//! The canvas: what layers draw with, in CSS pixels, on the plotters backend.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use geo::{Coord, Rect};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};

use super::backend::{Sheet, SvgBackend, UNITS, escaped, fraction};
use super::embed::Letters;
use super::fonts::shown;
use super::palette::Colour;
use super::style::{Family, Type};

type ChartPlane = Cartesian2d<RangedCoordf64, RangedCoordf64>;

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fill {
    /// A flat colour, with how far it covers.
    Flat(Colour, f64),
    /// The hatch or gradient of this name.
    Server(&'static str),
}

/// A line's colour, width in CSS pixels and how far it covers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) colour: Colour,
    pub(super) width: f64,
    pub(super) opacity: f64,
}

/// Which end of text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A piece of text: its baseline point, type and colours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) at: Coord,
    pub(super) set: Type,
    pub(super) colour: Colour,
    pub(super) anchor: Anchor,
    /// The class of the halo in the style sheet.
    pub(super) halo: Option<&'a str>,
}

/// Draws on a page; finished, gives SVG elements without their root.
pub(super) struct Canvas {
    area: DrawingArea<SvgBackend, Shift>,
    sheet: Rc<RefCell<Sheet>>,
}

impl Canvas {
    pub(super) fn new(size: [f64; 2]) -> Canvas {
        let sheet = Rc::new(RefCell::new(Sheet::default()));
        let size = ((size[0] * UNITS).round() as u32, (size[1] * UNITS).round() as u32);
        let page = SvgBackend { sheet: sheet.clone(), size }.into_drawing_area();
        // Plotters moves what lies outside an area to its edge.
        let area = page.margin(-BEYOND, -BEYOND, -BEYOND, -BEYOND);
        Canvas { area, sheet }
    }

    /// The elements drawn so far.
    pub(super) fn finish(self) -> String {
        std::mem::take(&mut self.sheet.borrow_mut().svg)
    }

    /// The letters set so far, by face.
    pub(super) fn letters(&self) -> Letters {
        self.sheet.borrow().letters.clone()
    }

    fn draw<'a, E, B>(&self, element: &'a E)
    where
        B: plotters::element::CoordMapper,
        &'a E: PointCollection<'a, (i32, i32), B>,
        E: Drawable<SvgBackend, B>,
    {
        // The backend cannot fail: it writes to memory.
        let _ = self.area.draw(element);
    }

    /// Draws what `inside` draws as a group.
    pub(super) fn group(&self, id: &str, inside: impl FnOnce(&Canvas)) {
        self.raw(&format!("<g id=\"{id}\">\n"));
        inside(self);
        self.raw("</g>\n");
    }

    /// Writes SVG as it stands.
    pub(super) fn raw(&self, svg: &str) {
        self.sheet.borrow_mut().svg.push_str(svg);
    }

    /// Adds an id and a title to the next shape.
    pub(super) fn name(&self, id: &str, title: &str) {
        let mut sheet = self.sheet.borrow_mut();
        let _ = write!(sheet.extra.attributes, " id=\"{}\"", escaped(id));
        sheet.extra.title = Some(title.to_owned());
    }

    /// Adds attributes to the next shape.
    pub(super) fn with(&self, attributes: &str) {
        self.sheet.borrow_mut().extra.attributes.push_str(attributes);
    }

    /// An area of rings, holes by the even-odd rule.
    pub(super) fn shape(&self, rings: &[Vec<Coord>], filling: Fill) {
        let colour = self.paint(filling);
        if rings.len() > 1 {
            self.with(" fill-rule=\"evenodd\"");
        }
        self.compound(
            rings,
            |canvas, ring| canvas.draw(&Polygon::new(units(ring), colour)),
            &colour.filled(),
        );
    }

    /// Lines as one element.
    pub(super) fn lines(&self, lines: &[Vec<Coord>], stroke: Stroke) {
        if lines.is_empty() {
            return;
        }
        self.with(" stroke-linejoin=\"round\"");
        let style = self.stroke(stroke);
        self.compound(lines, |canvas, line| canvas.draw(&PathElement::new(units(line), style)), &style);
    }

    /// Closed lines as one element.
    pub(super) fn outline(&self, rings: &[Vec<Coord>], stroke: Stroke) {
        if rings.is_empty() {
            return;
        }
        self.with(" stroke-linejoin=\"round\"");
        let style = self.stroke(stroke);
        self.compound(rings, |canvas, ring| canvas.draw(&Polygon::new(units(ring), style.color)), &style);
    }

    /// The colour of a filling; a hatch or gradient goes by its name, beside plotters.
    fn paint(&self, filling: Fill) -> RGBAColor {
        match filling {
            Fill::Flat(colour, opacity) => colour.0.mix(opacity),
            Fill::Server(name) => {
                self.sheet.borrow_mut().extra.fill = Some(format!("url(#{name})"));
                RGBAColor(0, 0, 0, 1.0)
            }
        }
    }

    fn stroke(&self, stroke: Stroke) -> ShapeStyle {
        let width = (stroke.width * UNITS).round() as u32;
        ShapeStyle { color: stroke.colour.0.mix(stroke.opacity), filled: false, stroke_width: width }
    }

    /// Gathers what `each` draws into one path, painted once.
    fn compound(&self, parts: &[Vec<Coord>], each: impl Fn(&Canvas, &[Coord]), style: &ShapeStyle) {
        self.sheet.borrow_mut().rings = Some(String::new());
        for part in parts {
            each(self, part);
        }
        let mut sheet = self.sheet.borrow_mut();
        let data = sheet.rings.take().unwrap_or_default();
        let paint = super::backend::paint(style, style.filled);
        sheet.element(&format!("<path d=\"{data}\""), &paint, "path");
    }

    /// An area of a chart: corners in days and values, on a ground that shows 0 to `most` of both.
    pub(super) fn plot(&self, ground: Rect, most: [f64; 2], corners: &[(f64, f64)], filling: Fill) {
        let colour = self.paint(filling);
        let _ = self.plane(ground, most).draw(&Polygon::new(corners.to_vec(), colour));
    }

    /// A line of a chart.
    pub(super) fn plot_line(&self, ground: Rect, most: [f64; 2], points: &[(f64, f64)], stroke: Stroke) {
        let _ = self.plane(ground, most).draw(&PathElement::new(points.to_vec(), self.stroke(stroke)));
    }

    fn plane(&self, ground: Rect, most: [f64; 2]) -> DrawingArea<SvgBackend, ChartPlane> {
        let (low, high) = (tenths(ground.min()), tenths(ground.max()));
        // Pixels count downwards, values upwards.
        let pixels = (low.0..high.0, high.1..low.1);
        self.area.apply_coord_spec(Cartesian2d::new(0.0..most[0], 0.0..most[1], pixels))
    }

    pub(super) fn disc(&self, at: Coord, radius: f64, colour: Colour) {
        self.draw(&Circle::new(unit(at), (radius * UNITS).round() as i32, colour.0.filled()));
    }

    pub(super) fn ring(&self, at: Coord, radius: f64, stroke: Stroke) {
        self.draw(&Circle::new(unit(at), (radius * UNITS).round() as i32, self.stroke(stroke)));
    }

    pub(super) fn rect(&self, rect: Rect, filling: Fill) {
        let colour = self.paint(filling);
        self.draw(&Rectangle::new([unit(rect.min()), unit(rect.max())], colour.filled()));
    }

    pub(super) fn text(&self, text: &str, setting: Setting<'_>) {
        let set = setting.set;
        let h_pos = match setting.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let mut at = setting.at;
        if set.tracking > 0.0 {
            self.with(&format!(" letter-spacing=\"{}\"", fraction(set.tracking)));
            // Tracking follows the last letter too: what centres or ends there must make up for it.
            at.x += match setting.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => set.tracking / 2.0,
                Anchor::End => set.tracking,
            };
        }
        let class = class(set.family, set.weight);
        let class = setting.halo.map_or_else(|| class.clone(), |halo| format!("{class} {halo}"));
        let font = FontDesc::new(FontFamily::Name(&class), set.size * UNITS, FontStyle::Normal);
        let pos = Pos::new(h_pos, VPos::Bottom);
        let style = TextStyle { font, color: setting.colour.0.to_backend_color(), pos };
        let text = shown(text, set);
        let text = if set.family == Family::Arabic { embedded(&text) } else { text };
        self.draw(&Text::new(text, unit(at), style));
    }
}

/// Text marked to run from right to left, whatever it begins with (Unicode Standard Annex 9): not every viewer heeds
/// the attribute `direction`.
fn embedded(text: &str) -> String {
    format!("\u{202B}{text}\u{202C}")
}

/// The class of a face in the style sheet.
pub(super) fn class(family: Family, weight: u16) -> String {
    match family {
        Family::Sans => format!("s{weight}"),
        Family::Serif => format!("r{weight}"),
        Family::Arabic => format!("a{weight}"),
    }
}

/// How far lines may run beyond the page, in the backend's units.
const BEYOND: i32 = 4000;

/// A point in the backend's units, from the corner of what is drawn on.
fn unit(at: Coord) -> (i32, i32) {
    let (x, y) = tenths(at);
    (x + BEYOND, y + BEYOND)
}

fn tenths(at: Coord) -> (i32, i32) {
    ((at.x * UNITS).round() as i32, (at.y * UNITS).round() as i32)
}

fn units(line: &[Coord]) -> Vec<(i32, i32)> {
    line.iter().map(|c| unit(*c)).collect()
}

/// A rectangle from its corner and size.
pub(super) fn boxed(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect::new(Coord { x, y }, Coord { x: x + width, y: y + height })
}

/// The corners of a rectangle, in order.
pub(super) fn corners(rect: Rect) -> Vec<Coord> {
    let (low, high) = (rect.min(), rect.max());
    vec![low, Coord { x: high.x, y: low.y }, high, Coord { x: low.x, y: high.y }]
}
