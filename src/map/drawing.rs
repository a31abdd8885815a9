//! A drawn page: SVG text, and the PNG made from it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use geo::Rect;
use resvg::tiny_skia::{Pixmap, PixmapPaint, Transform};
use resvg::usvg;

use super::document::{FOOT, apart};
use super::fonts::Fonts;
use super::page::Layers;
use super::plate::Plate;
use super::png::encode;
use crate::error::Error;

/// A drawn page.
#[derive(Debug, Clone)]
pub struct Drawing {
    svg: String,
    head: String,
    areas: String,
    above: String,
    boxes: Vec<(String, Rect)>,
    plate: Arc<Plate>,
    fonts: Arc<Fonts>,
    sheets: Arc<Sheets>,
}

/// The layers that all days of a frame share, as pixels, by frame size and scale.
#[derive(Debug, Default)]
pub(super) struct Sheets(Mutex<BTreeMap<SheetKey, Arc<Sheet>>>);

/// What lies under the status fills, and what lies over them: as much of it as the country covers, and where.
#[derive(Debug)]
struct Sheet {
    under: Pixmap,
    over: Pixmap,
    at: (i32, i32),
}

type SheetKey = (u32, u32, u32, usize);

impl Drawing {
    /// `rules` is the CSS that embeds the fonts: the rasteriser has them already.
    pub(super) fn new(
        head: String,
        rules: &str,
        layers: Layers,
        plate: Arc<Plate>,
        fonts: Arc<Fonts>,
        sheets: Arc<Sheets>,
    ) -> Drawing {
        let Layers { areas, above, boxes, .. } = layers;
        let whole_head = head.replacen("<style>\n", &format!("<style>\n{rules}"), 1);
        let svg = [&whole_head, &plate.under, &areas, &apart(&plate.over), &above, FOOT].concat();
        Drawing { svg, head, areas, above, boxes, plate, fonts, sheets }
    }

    /// The page as SVG 1.1.
    #[must_use]
    pub fn to_svg(&self) -> &str {
        &self.svg
    }

    /// The page as SVG 1.1 whose text is drawn as outlines, for a viewer that takes no embedded fonts. Title and
    /// description stay text.
    ///
    /// # Errors
    /// `Error::Usage` where the page cannot be read back, which the project's tests rule out.
    pub fn to_outlines(&self) -> Result<String, Error> {
        let options = usvg::WriteOptions {
            preserve_text: false,
            coordinates_precision: 2,
            transforms_precision: 5,
            indent: usvg::Indent::None,
            attributes_indent: usvg::Indent::None,
            ..usvg::WriteOptions::default()
        };
        let outlined = self.tree(&[&self.svg])?.to_string(&options);
        let said = self.head.find("<title").zip(self.head.find("<style>"));
        let said = said.and_then(|(from, to)| self.head.get(from..to)).unwrap_or_default();
        let root = "<svg role=\"img\" aria-labelledby=\"map-title map-description\"";
        let outlined = outlined.replacen("<svg", root, 1);
        let end = outlined.find('>').map_or(0, |i| i + 1);
        Ok([&outlined[..end], "\n", said, &outlined[end..]].concat())
    }

    /// Width and height in CSS pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.plate.out
    }

    /// The scale that suits the frame: 2, and 300 dots an inch in print.
    #[must_use]
    pub fn usual_scale(&self) -> f32 {
        self.plate.arrangement.png_scale
    }

    /// The boxes of names, callouts, title, legend and scale, in the page's own pixels: none covers another.
    #[must_use]
    pub fn text_boxes(&self) -> &[(String, Rect)] {
        &self.boxes
    }

    /// The page as PNG, `scale` image pixels to a CSS pixel.
    ///
    /// The layers that all days share are painted once for each frame and scale; the bytes are those of
    /// `to_png_afresh`.
    ///
    /// # Errors
    /// `Error::Usage` where the scale is not within 1 to 4.
    pub fn to_png(&self, scale: f32) -> Result<Vec<u8>, Error> {
        let pixels = self.pixels(scale)?;
        encode(pixels.data(), pixels.width(), pixels.height())
    }

    /// The page as opaque pixels.
    pub(super) fn pixels(&self, scale: f32) -> Result<Pixmap, Error> {
        let shared = self.shared(scale)?;
        let mut pixmap = shared.under.clone();
        self.paint(&[&self.head, &self.areas, FOOT], scale, &mut pixmap)?;
        let paint = PixmapPaint::default();
        let (x, y) = shared.at;
        pixmap.draw_pixmap(x, y, shared.over.as_ref(), &paint, Transform::identity(), None);
        self.paint(&[&self.head, &self.above, FOOT], scale, &mut pixmap)?;
        Ok(pixmap)
    }

    /// The page as PNG, painted from the whole SVG.
    ///
    /// # Errors
    /// As `to_png`.
    pub fn to_png_afresh(&self, scale: f32) -> Result<Vec<u8>, Error> {
        let (width, height) = self.extent(scale)?;
        let mut pixmap = blank(width, height)?;
        self.paint(&[&self.svg], scale, &mut pixmap)?;
        encode(pixmap.data(), width, height)
    }

    fn extent(&self, scale: f32) -> Result<(u32, u32), Error> {
        if !(1.0..=4.0).contains(&scale) {
            return Err(Error::Usage(format!("a map's scale must be within 1 to 4, not {scale}")));
        }
        let (w, h) = self.plate.out;
        let by = |n: u32| (f64::from(n) * f64::from(scale)).round() as u32;
        Ok((by(w), by(h)))
    }

    fn shared(&self, scale: f32) -> Result<Arc<Sheet>, Error> {
        let (width, height) = self.extent(scale)?;
        let key = (width, height, scale.to_bits(), Arc::as_ptr(&self.plate) as usize);
        let mut sheets = self.sheets.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = sheets.get(&key) {
            return Ok(known.clone());
        }
        let (mut under, mut over) = (blank(width, height)?, blank(width, height)?);
        self.paint(&[&self.head, &self.plate.under, FOOT], scale, &mut under)?;
        self.paint(&[&self.head, &apart(&self.plate.over), FOOT], scale, &mut over)?;
        let country = self.plate.extent(scale);
        let cropped = country.and_then(|rect| Some((over.clone_rect(rect)?, (rect.x(), rect.y()))));
        let (over, at) = cropped.unwrap_or((over, (0, 0)));
        let made = Arc::new(Sheet { under, over, at });
        sheets.insert(key, made.clone());
        Ok(made)
    }

    fn tree(&self, svg: &[&str]) -> Result<usvg::Tree, Error> {
        let options = usvg::Options { fontdb: self.fonts.database(), ..usvg::Options::default() };
        usvg::Tree::from_str(&svg.concat(), &options)
            .map_err(|e| Error::Usage(format!("the map is no SVG, which is a fault of the program: {e}")))
    }

    fn paint(&self, svg: &[&str], scale: f32, pixmap: &mut Pixmap) -> Result<(), Error> {
        let tree = self.tree(svg)?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        Ok(())
    }
}

fn blank(width: u32, height: u32) -> Result<Pixmap, Error> {
    Pixmap::new(width, height)
        .ok_or_else(|| Error::Usage(format!("a map of {width} x {height} pixels is too large")))
}
