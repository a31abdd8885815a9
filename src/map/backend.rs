//! The plotters backend that writes SVG, in tenths of a CSS pixel.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::embed::Letters;

/// Units a CSS pixel: plotters draws on whole numbers.
pub(super) const UNITS: f64 = 10.0;

/// What plotters cannot say, for the shapes that follow.
#[derive(Debug, Clone, Default)]
pub(super) struct Extra {
    /// Attributes of the element, as they stand in the SVG (` id="..."`), escaped.
    pub(super) attributes: String,
    /// A paint server in place of the fill colour.
    pub(super) fill: Option<String>,
    /// The element's title, not yet escaped.
    pub(super) title: Option<String>,
}

/// The SVG as far as it is written, and the side channel to the backend.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) svg: String,
    pub(super) extra: Extra,
    /// The letters set so far, by face.
    pub(super) letters: Letters,
    /// While some, rings are gathered to one path with holes.
    pub(super) rings: Option<String>,
}

/// Writes SVG elements to a sheet.
#[derive(Debug)]
pub(super) struct SvgBackend {
    pub(super) sheet: Rc<RefCell<Sheet>>,
    pub(super) size: (u32, u32),
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for SvgBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Done {
        let at = format!("<rect x=\"{}\" y=\"{}\" width=\".1\" height=\".1\"", Tenths(x), Tenths(y));
        self.sheet.borrow_mut().element(&at, &fill(color), "rect");
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (x0, y0): BackendCoord,
        (x1, y1): BackendCoord,
        style: &S,
        filled: bool,
    ) -> Done {
        let shape = format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            Tenths(x0),
            Tenths(y0),
            Tenths(x1 - x0),
            Tenths(y1 - y0)
        );
        self.sheet.borrow_mut().element(&shape, &paint(style, filled), "rect");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        let mut sheet = self.sheet.borrow_mut();
        let line = ring(path, false);
        match &mut sheet.rings {
            Some(rings) => rings.push_str(&line),
            None => sheet.element(&format!("<path d=\"{line}\""), &paint(style, false), "path"),
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        filled: bool,
    ) -> Done {
        let radius = i32::try_from(radius).unwrap_or(i32::MAX);
        let shape = format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", Tenths(x), Tenths(y), Tenths(radius));
        self.sheet.borrow_mut().element(&shape, &paint(style, filled), "circle");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Done {
        let mut sheet = self.sheet.borrow_mut();
        let outline = ring(corners, true);
        match &mut sheet.rings {
            Some(rings) => rings.push_str(&outline),
            None => sheet.element(&format!("<path d=\"{outline}\""), &fill(style.color()), "path"),
        }
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Done {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let start = format!(
            "<text x=\"{}\" y=\"{}\" class=\"{}\" font-size=\"{}\"{anchor}",
            Tenths(x),
            Tenths(y),
            style.family().as_str(),
            Tenths((style.size()).round() as i32)
        );
        let mut sheet = self.sheet.borrow_mut();
        let face = style.family().as_str().split(' ').next().unwrap_or_default().to_owned();
        sheet.letters.entry(face).or_default().extend(text.chars());
        let extra = std::mem::take(&mut sheet.extra);
        let colour = fill(style.color());
        let _ = writeln!(sheet.svg, "{start}{colour}{}>{}</text>", extra.attributes, escaped(text));
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        // Layout measures with the faces themselves (fonts.rs); plotters' charts, which would ask, are not used.
        let em = style.size();
        Ok(((em * text.chars().count() as f64 / 2.0) as u32, em as u32))
    }
}

impl Sheet {
    /// Closes an element that has been begun, with its paint, its extra attributes and its title.
    pub(super) fn element(&mut self, begun: &str, paint: &str, name: &str) {
        let extra = std::mem::take(&mut self.extra);
        let paint = match &extra.fill {
            Some(server) => format!(" fill=\"{server}\""),
            None => paint.to_owned(),
        };
        let _ = match &extra.title {
            Some(title) => writeln!(
                self.svg,
                "{begun}{paint}{}><title>{}</title></{name}>",
                extra.attributes,
                escaped(title)
            ),
            None => writeln!(self.svg, "{begun}{paint}{}/>", extra.attributes),
        };
    }
}

/// A whole number of tenths, written as CSS pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tenths(pub(super) i32);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, tenth) = (self.0.abs() / 10, self.0.abs() % 10);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        match (whole, tenth) {
            (_, 0) => write!(f, "{whole}"),
            (0, _) => write!(f, ".{tenth}"),
            _ => write!(f, "{whole}.{tenth}"),
        }
    }
}

/// Path data: absolute start, then relative steps; equal corners are written once.
fn ring(corners: impl IntoIterator<Item = BackendCoord>, closed: bool) -> String {
    let mut data = String::new();
    let mut last: Option<BackendCoord> = None;
    let mut first = (0, 0);
    let mut corners = corners.into_iter().peekable();
    while let Some((x, y)) = corners.next() {
        match last {
            None => {
                let _ = write!(data, "M{} {}", Tenths(x), Tenths(y));
                first = (x, y);
            }
            Some(before) if before == (x, y) => continue,
            Some(_) if closed && corners.peek().is_none() && (x, y) == first => continue,
            Some((bx, by)) if bx == x => {
                let _ = write!(data, "v{}", Tenths(y - by));
            }
            Some((bx, by)) if by == y => {
                let _ = write!(data, "h{}", Tenths(x - bx));
            }
            Some((bx, by)) => {
                let space = if y < by { "" } else { " " };
                let _ = write!(data, "l{}{space}{}", Tenths(x - bx), Tenths(y - by));
            }
        }
        last = Some((x, y));
    }
    if closed {
        data.push('z');
    }
    data
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

fn fill(colour: BackendColor) -> String {
    if colour.alpha >= 1.0 {
        return format!(" fill=\"{}\"", hex(colour.rgb));
    }
    format!(" fill=\"{}\" fill-opacity=\"{}\"", hex(colour.rgb), fraction(colour.alpha))
}

pub(super) fn paint<S: BackendStyle>(style: &S, filled: bool) -> String {
    if filled {
        return fill(style.color());
    }
    let width = Tenths(i32::try_from(style.stroke_width()).unwrap_or(0));
    let mut stroke = format!(" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"", hex(style.color().rgb));
    if style.color().alpha < 1.0 {
        let _ = write!(stroke, " stroke-opacity=\"{}\"", fraction(style.color().alpha));
    }
    stroke
}

/// A fraction with at most three decimals.
pub(super) fn fraction(n: f64) -> String {
    let text = format!("{n:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text as it may stand in XML: markup escaped, control characters dropped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
