//! The symbology: the look of the maps as values, for programs that draw by themselves.

use super::document::hex;
use super::edition::{CLASSES, class_name};
use super::palette::{Colour, Palette};
use super::projection::Conic;
use super::style::MapStyle;
use super::wording::Wording;
use super::{Language, Theme};
use crate::control::ControlStatus;
use crate::data::DataFiles;
use crate::error::Error;
use crate::event::EventKind;

/// The look of the maps, read from the same tables. Colours are `#RRGGBB`, lengths CSS pixels, opacities 0 to 1.
///
/// ```
/// use naqsha::{data::DataFiles, map::{Symbology, Theme}};
/// let look = Symbology::from_data(&DataFiles::bundled(), Theme::Light)?;
/// assert_eq!(look.classes[0].name, "Taliban");
/// assert!(look.classes[1].hatch.is_some());
/// # Ok::<(), naqsha::error::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Symbology {
    /// The classes of the legend, in its order.
    pub classes: Vec<ClassLook>,
    /// The pictures of markers, each with the kinds that it stands for.
    pub pictures: Vec<Picture>,
    /// Colours of the page and its lines.
    pub inks: Inks,
    /// Widths and sizes.
    pub sizes: Sizes,
    /// How far an area covers whose status is stale.
    pub stale: f64,
    /// How far the halo of text covers.
    pub halo: f64,
    /// The projection of the maps.
    pub projection: Conic,
    /// What maps of no news are called.
    pub title: String,
    /// What every map says of itself.
    pub caveat: String,
    /// Whose boundaries are drawn.
    pub boundaries: String,
    /// That the lines between districts are not exact.
    pub approximate: String,
}

/// How areas of a class are filled.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassLook {
    /// The class.
    pub status: ControlStatus,
    /// As the legend calls it.
    pub name: String,
    /// The ground.
    pub fill: String,
    /// The colour of the lines over it, and how far they cover; none where it is flat.
    pub hatch: Option<(String, f64)>,
    /// The colour of a town's dot.
    pub dot: String,
}

/// A picture in a marker.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Its name in the table.
    pub name: String,
    /// As the legend calls it.
    pub label: String,
    /// SVG path data within 16 x 16 around (0, 0), even-odd.
    pub path: String,
    /// Degrees clockwise.
    pub turn: f64,
    /// What it stands for.
    pub kinds: Vec<EventKind>,
}

/// Colours of the page and its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Inks {
    /// The page.
    pub paper: String,
    /// Land without a report.
    pub ground: String,
    /// Text.
    pub ink: String,
    /// Text of less weight.
    pub soft: String,
    /// Around text and dots.
    pub halo: String,
    /// Between provinces, and between districts.
    pub province_line: String,
    /// The disc of a marker.
    pub disc: String,
    /// The picture on it, and the ring around it.
    pub picture: String,
}

/// Widths and sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    /// Width of a hatch's lines.
    pub hatch: f64,
    /// Between two lines of a hatch, across them.
    pub spacing: f64,
    /// Width of the lines between provinces.
    pub province_line: f64,
    /// Width of the lines between districts.
    pub district_line: f64,
    /// Width of the halo of text.
    pub halo: f64,
    /// Radius of a marker's disc.
    pub disc: f64,
    /// Width of the ring around it.
    pub ring: f64,
    /// Radius of a capital's dot.
    pub capital: f64,
    /// Radius of another dot.
    pub dot: f64,
}

impl Symbology {
    /// Reads the tables; words are English, as in layers and tables.
    ///
    /// # Errors
    /// `Error::Data` names the table that is missing or malformed.
    pub fn from_data(data: &DataFiles, theme: Theme) -> Result<Symbology, Error> {
        let style = MapStyle::from_data(data, theme, Language::English)?;
        let (wording, glyphs) = Wording::from_data(data, Language::English)?;
        let palette = &style.palette;
        let kinds = |glyph: &str| EventKind::ALL.into_iter().filter(|k| wording.glyph(*k) == glyph).collect();
        let pictures = glyphs.iter().map(|g| Picture {
            name: g.name.clone(),
            label: wording.label(&g.name).to_owned(),
            path: g.path.clone(),
            turn: g.turn,
            kinds: kinds(&g.name),
        });
        Ok(Symbology {
            classes: CLASSES.iter().map(|c| class_look(*c, &style, &wording)).collect(),
            pictures: pictures.filter(|p| !p.kinds.is_empty()).collect(),
            inks: inks(palette),
            sizes: sizes(&style),
            stale: style.opacity().stale,
            halo: style.opacity().halo,
            projection: style.conic(),
            title: wording.page.fallback_title.clone(),
            caveat: wording.page.caveat.clone(),
            boundaries: wording.page.boundaries.clone(),
            approximate: wording.page.approximate.clone(),
        })
    }
}

fn class_look(status: ControlStatus, style: &MapStyle, wording: &Wording) -> ClassLook {
    let palette = &style.palette;
    let (fill, hatch) = class_ground(status, palette);
    let soft = if hatch == Some(palette.taliban) { style.opacity().hatch } else { 1.0 };
    ClassLook {
        status,
        name: class_name(status, wording).to_owned(),
        fill: hex(fill),
        hatch: hatch.map(|lines| (hex(lines), soft)),
        dot: hex(match status {
            ControlStatus::Taliban | ControlStatus::Government | ControlStatus::Contested => fill,
            _ => palette.paper,
        }),
    }
}

/// The ground of a class and the lines over it.
fn class_ground(status: ControlStatus, palette: &Palette) -> (Colour, Option<Colour>) {
    match status {
        ControlStatus::Taliban => (palette.taliban, None),
        ControlStatus::Government => (palette.government, None),
        ControlStatus::Contested => (palette.contested, Some(palette.taliban)),
        ControlStatus::ClaimedTaliban => (palette.none, Some(palette.taliban)),
        ControlStatus::ClaimedGovernment => (palette.none, Some(palette.government)),
        ControlStatus::Unknown => (palette.none, None),
    }
}

fn inks(palette: &Palette) -> Inks {
    Inks {
        paper: hex(palette.paper),
        ground: hex(palette.none),
        ink: hex(palette.ink),
        soft: hex(palette.ink2),
        halo: hex(palette.halo),
        province_line: hex(palette.province_line),
        disc: hex(palette.disc),
        picture: hex(palette.disc_glyph),
    }
}

fn sizes(style: &MapStyle) -> Sizes {
    let (line, mark, hatch) = (style.line(), style.mark(), style.hatch());
    Sizes {
        hatch: hatch.width,
        spacing: hatch.tile * std::f64::consts::FRAC_1_SQRT_2,
        province_line: line.province,
        district_line: style.focus().district_line,
        halo: line.halo,
        disc: mark.disc,
        ring: mark.ring,
        capital: mark.capital_ring,
        dot: mark.unit,
    }
}
