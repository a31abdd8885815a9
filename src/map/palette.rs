//! The colours of the maps, as the tables of the themes have them.

use std::collections::BTreeMap;

use plotters::style::RGBColor;
use serde::{Deserialize, Deserializer};

use super::Theme;
use super::style::table;
use crate::data::DataFiles;
use crate::error::Error;

const LIGHT: &str = "style/light.toml";
const DARK: &str = "style/dark.toml";

/// A colour, spelled `#RRGGBB` in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) RGBColor);

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Colour, D::Error> {
        let text = String::deserialize(d)?;
        let wrong = || serde::de::Error::custom(format!("{text:?} is no colour; write it as #RRGGBB"));
        let hex = text.strip_prefix('#').filter(|h| h.len() == 6).ok_or_else(wrong)?;
        let n = u32::from_str_radix(hex, 16).map_err(|_| wrong())?;
        let [_, r, g, b] = n.to_be_bytes();
        Ok(Colour(RGBColor(r, g, b)))
    }
}

/// The colours of a theme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Palette {
    pub(super) paper: Colour,
    pub(super) land: Colour,
    pub(super) graticule: Colour,
    pub(super) neighbour_line: Colour,
    pub(super) glow: Colour,
    pub(super) casing: Colour,
    pub(super) border: Colour,
    pub(super) province_line: Colour,
    pub(super) river: Colour,
    pub(super) river_name: Colour,
    pub(super) taliban: Colour,
    pub(super) government: Colour,
    pub(super) contested: Colour,
    pub(super) none: Colour,
    pub(super) taliban_text: Colour,
    pub(super) ink: Colour,
    pub(super) ink2: Colour,
    pub(super) ink3: Colour,
    pub(super) rule: Colour,
    pub(super) accent: Colour,
    pub(super) halo: Colour,
    pub(super) disc: Colour,
    pub(super) disc_glyph: Colour,
    pub(super) changed: Colour,
    pub(super) changed_casing: Colour,
    pub(super) sea: Colour,
    pub(super) globe_land: Colour,
}

impl Palette {
    pub(super) fn from_data(data: &DataFiles, theme: Theme) -> Result<Palette, Error> {
        table(data, file(theme))
    }
}

/// The colours of a theme by their names in its table.
pub(super) fn colours(data: &DataFiles, theme: Theme) -> Result<BTreeMap<String, Colour>, Error> {
    table(data, file(theme))
}

fn file(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
    }
}
