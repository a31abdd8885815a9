//! Labels, the same for all layers but for what they say.

use super::symbol::{colour, millimetres};
use super::xml::Element;
use crate::map::Symbology;

/// Points of type; a CSS pixel is three quarters of one.
const SIZE: f64 = 8.5;
/// Around a point, and over it where an area is labelled (`QgsPalLayerSettings::Placement`).
const AROUND_POINT: u8 = 6;
const HORIZONTAL: u8 = 4;
/// The weight of bold letters in Qt.
const BOLD: u8 = 63;

/// What a layer is labelled with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<'l> {
    /// An expression.
    pub(super) says: &'l str,
    /// It stands in the middle of an area, and not beside a point.
    pub(super) inside: bool,
    /// From 0 to 10, which of two labels gives way.
    pub(super) priority: u8,
    /// Where not, labels of other layers only keep clear of it.
    pub(super) shown: bool,
}

impl Label<'_> {
    pub(super) fn to_element(self, look: &Symbology) -> Element {
        let halo = Element::new("text-buffer")
            .with("bufferDraw", 1)
            .with("bufferSize", millimetres(look.sizes.halo / 2.0))
            .with("bufferSizeUnits", "MM")
            .with("bufferColor", colour(&look.inks.halo, 1.0))
            .with("bufferOpacity", look.halo)
            .with("bufferJoinStyle", 128)
            .with("bufferNoFill", 1);
        let ink = if self.inside { &look.inks.soft } else { &look.inks.ink };
        let style = Element::new("text-style")
            .with("fieldName", self.says)
            .with("isExpression", 1)
            .with("fontSize", SIZE)
            .with("fontSizeUnit", "Point")
            .with("fontWeight", BOLD)
            .with("textColor", colour(ink, 1.0))
            .with("textOpacity", 1)
            .and(halo);
        let placement = Element::new("placement")
            .with("placement", if self.inside { HORIZONTAL } else { AROUND_POINT })
            .with("predefinedPositionOrder", "R,L,TR,BR,TL,BL,TSR,BSR")
            .with("offsetType", 1)
            .with("dist", millimetres(2.0))
            .with("distUnits", "MM")
            .with("priority", self.priority);
        let rendering = Element::new("rendering")
            .with("drawLabels", u8::from(self.shown))
            .with("obstacle", u8::from(!self.inside));
        Element::new("labeling")
            .with("type", "simple")
            .and(Element::new("settings").and(style).and(placement).and(rendering))
    }
}
