//! The look of the maps, as the style tables say: colours, sizes, type.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::contrast::Distances;
use super::focus::FocusStyle;
use super::inset::InsetStyle;
use super::palette::Palette;
use super::projection::Conic;
use super::{Frame, Language, Theme};
use crate::data::DataFiles;
use crate::error::Error;

const PAGE: &str = "style/page.toml";

/// What a piece of text is for, which decides its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    Title,
    Subtitle,
    Summary,
    Country,
    Province,
    ProvinceSmall,
    City,
    Town,
    Kabul,
    CalloutHead,
    CalloutBody,
    CalloutSource,
    LegendHead,
    LegendUnit,
    Legend,
    LegendCount,
    Footer,
    FooterDate,
    Scale,
    Badge,
    ProvinceWide,
    District,
    Village,
    River,
}

/// A family of typefaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Family {
    Sans,
    Serif,
    Arabic,
}

/// How text of a role is set, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Type {
    pub(super) family: Family,
    pub(super) weight: u16,
    pub(super) size: f64,
    #[serde(default)]
    pub(super) tracking: f64,
    #[serde(default)]
    pub(super) caps: bool,
    #[serde(default)]
    pub(super) leading: f64,
}

/// A family's name in the SVG, and what a browser without it may use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FamilyName {
    pub(super) name: String,
    pub(super) fallback: String,
}

/// A font file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Face {
    pub(super) family: Family,
    pub(super) weight: u16,
    pub(super) file: String,
}

/// The arrangement of a page.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Arrangement {
    pub(super) size: [f64; 2],
    /// Free around the country: left, top, right, bottom.
    pub(super) map: [f64; 4],
    pub(super) margin: f64,
    /// Width of the text panel at the left, 0 where the text stands across the top.
    pub(super) panel: f64,
    pub(super) footer: f64,
    pub(super) callouts: usize,
    pub(super) legend: f64,
    pub(super) png_scale: f32,
    pub(super) globe: bool,
    /// Factor on all type.
    pub(super) text: f64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Arrangements {
    article: Arrangement,
    social: Arrangement,
    print: Arrangement,
}

/// Widths of lines, in CSS pixels.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineWidths {
    pub(super) neighbour: f64,
    pub(super) graticule: f64,
    pub(super) casing: f64,
    pub(super) province: f64,
    pub(super) river: f64,
    pub(super) border: f64,
    pub(super) changed: f64,
    pub(super) changed_casing: f64,
    pub(super) leader: f64,
    pub(super) halo: f64,
    pub(super) glow: [f64; 4],
}

/// How far things cover what lies under them, 0 to 1.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opacities {
    pub(super) graticule: f64,
    pub(super) river: f64,
    pub(super) river_abroad: f64,
    pub(super) road: f64,
    pub(super) glow: f64,
    pub(super) halo: f64,
    pub(super) card: f64,
    pub(super) stale: f64,
    pub(super) hatch: f64,
}

/// The hatch: lines at 45 degrees.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hatch {
    pub(super) width: f64,
    pub(super) tile: f64,
}

/// Sizes of markers and dots, in CSS pixels (radii).
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Marks {
    pub(super) disc: f64,
    pub(super) disc_large: f64,
    pub(super) ring: f64,
    pub(super) city: f64,
    pub(super) town: f64,
    pub(super) village: f64,
    pub(super) city_ring: f64,
    pub(super) capital_ring: f64,
    pub(super) capital_dot: f64,
    pub(super) unit: f64,
    pub(super) badge: f64,
    pub(super) merge: f64,
}

/// What geometry needs to know.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GeometryStyle {
    pub(super) tolerance: f64,
    pub(super) scale_km: f64,
    pub(super) scale_miles: f64,
    pub(super) graticule_degrees: f64,
    pub(super) globe_centre: [f64; 2],
    pub(super) globe_radius: f64,
    pub(super) label_inside: f64,
    /// Capitals with fewer inhabitants are named only when something is reported of them.
    pub(super) named_capital: u32,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    arabic_size: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageTable {
    projection: Conic,
    frame: Arrangements,
    r#type: BTreeMap<Role, Type>,
    social_size: BTreeMap<Role, f64>,
    line: LineWidths,
    opacity: Opacities,
    hatch: Hatch,
    mark: Marks,
    geometry: GeometryStyle,
    focus: FocusStyle,
    inset: InsetStyle,
    family: BTreeMap<Family, FamilyName>,
    face: Vec<Face>,
    script: Script,
    apart: Distances,
}

/// All that decides the look.
#[derive(Debug, Clone)]
pub(super) struct MapStyle {
    pub(super) palette: Palette,
    table: PageTable,
    language: Language,
}

impl MapStyle {
    pub(super) fn from_data(data: &DataFiles, theme: Theme, language: Language) -> Result<MapStyle, Error> {
        Ok(MapStyle { palette: Palette::from_data(data, theme)?, table: table(data, PAGE)?, language })
    }

    pub(super) fn conic(&self) -> Conic {
        self.table.projection
    }

    pub(super) fn line(&self) -> &LineWidths {
        &self.table.line
    }

    pub(super) fn opacity(&self) -> &Opacities {
        &self.table.opacity
    }

    pub(super) fn hatch(&self) -> Hatch {
        self.table.hatch
    }

    pub(super) fn mark(&self) -> &Marks {
        &self.table.mark
    }

    pub(super) fn geometry(&self) -> &GeometryStyle {
        &self.table.geometry
    }

    pub(super) fn inset(&self) -> &InsetStyle {
        &self.table.inset
    }

    pub(super) fn focus(&self) -> &FocusStyle {
        &self.table.focus
    }

    pub(super) fn faces(&self) -> &[Face] {
        &self.table.face
    }

    pub(super) fn family(&self, family: Family) -> Option<&FamilyName> {
        self.table.family.get(&family)
    }

    /// The arrangement of a frame; another size takes that of the nearest shape.
    pub(super) fn arrangement(&self, frame: Frame) -> &Arrangement {
        let frames = &self.table.frame;
        match frame {
            Frame::Article => &frames.article,
            Frame::Social => &frames.social,
            Frame::Print => &frames.print,
            Frame::Size { width, height } => {
                let shape = |a: &Arrangement| a.size[0] / a.size[1];
                let wanted = f64::from(width) / f64::from(height);
                let between = (shape(&frames.article) + shape(&frames.social)) / 2.0;
                if wanted > between { &frames.social } else { &frames.article }
            }
        }
    }

    /// How text of a role is set in an arrangement.
    pub(super) fn text(&self, role: Role, arrangement: &Arrangement) -> Type {
        let fallback = Type {
            family: Family::Sans,
            weight: 400,
            size: self.table.r#type.values().map(|t| t.size).fold(f64::MAX, f64::min),
            tracking: 0.0,
            caps: false,
            leading: 0.0,
        };
        let mut found = self.table.r#type.get(&role).copied().unwrap_or(fallback);
        if arrangement.panel > 0.0
            && let Some(size) = self.table.social_size.get(&role)
        {
            found.leading *= size / found.size;
            found.size = *size;
        }
        found.size *= arrangement.text;
        found.leading *= arrangement.text;
        if self.is_leftward() { self.in_arabic(found) } else { found }
    }
}

impl MapStyle {
    /// Whether lines run from right to left.
    pub(super) fn is_leftward(&self) -> bool {
        self.language.is_leftward()
    }

    /// The type in the Arabic face of the nearest weight: letters that join take no tracking and have no capitals.
    fn in_arabic(&self, set: Type) -> Type {
        let weights = self.faces().iter().filter(|f| f.family == Family::Arabic).map(|f| f.weight);
        let weight = weights.min_by_key(|w| w.abs_diff(set.weight)).unwrap_or(set.weight);
        let size = set.size * self.table.script.arabic_size;
        Type { family: Family::Arabic, weight, size, tracking: 0.0, caps: false, ..set }
    }
}

/// How far the colours of classes must lie apart.
pub(super) fn distances(data: &DataFiles) -> Result<Distances, Error> {
    table::<PageTable>(data, PAGE).map(|t| t.apart)
}

/// Reads a TOML table of the style.
pub(super) fn table<T: for<'de> Deserialize<'de>>(data: &DataFiles, file: &str) -> Result<T, Error> {
    toml::from_str(data.text(file)?).map_err(|e| Error::Data {
        file: file.to_owned(),
        line: e.span().and_then(|s| data.text(file).ok().map(|t| line_of(t, s.start))),
        problem: e.message().to_owned(),
    })
}

pub(super) fn line_of(text: &str, byte: usize) -> u64 {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() as u64 + 1
}
