//! The colours of the maps, as the tables of the themes have them.

use std::collections::BTreeMap;
use std::ops::Range;

use plotters::style::RGBColor;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::Theme;
use super::document::hex;
use super::style::{line_of, table};
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

/// The data with colours of a user's own in place of a theme's: a TOML table of some of the names in
/// `style/light.toml`, each with a colour such as `"#9DBDD6"`. `file` is what messages call it.
///
/// ```
/// use naqsha::{data::DataFiles, map::{Theme, with_colours}};
/// let own = with_colours(DataFiles::bundled(), Theme::Light, "house.toml", "taliban = \"#7A1F3D\"\n")?;
/// assert!(own.text("style/light.toml")?.contains("taliban = \"#7A1F3D\""));
/// let wrong = with_colours(DataFiles::bundled(), Theme::Light, "house.toml", "\ntalib = \"#7A1F3D\"\n");
/// assert!(wrong.unwrap_err().to_string().starts_with("house.toml, line 2: unknown colour \"talib\""));
/// # Ok::<(), naqsha::error::Error>(())
/// ```
///
/// # Errors
/// `Error::Data` names the line of a key that is no colour's name, or of a value that is no colour.
pub fn with_colours(data: DataFiles, theme: Theme, file: &str, text: &str) -> Result<DataFiles, Error> {
    let wrong = |span: Option<Range<usize>>, problem: String| Error::Data {
        file: file.to_owned(),
        line: span.map(|s| line_of(text, s.start)),
        problem,
    };
    let own: BTreeMap<Spanned<String>, Colour> =
        toml::from_str(text).map_err(|e| wrong(e.span(), e.message().to_owned()))?;
    let mut all = colours(&data, theme)?;
    for (name, colour) in own {
        if !all.contains_key(name.get_ref()) {
            let names: Vec<&str> = all.keys().map(String::as_str).collect();
            let problem = format!("unknown colour {:?}; there are {}", name.get_ref(), names.join(", "));
            return Err(wrong(Some(name.span()), problem));
        }
        all.insert(name.into_inner(), colour);
    }
    let table: String = all.iter().map(|(name, colour)| format!("{name} = \"{}\"\n", hex(*colour))).collect();
    Ok(data.with(self::file(theme), table.into_bytes()))
}

fn file(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
    }
}
