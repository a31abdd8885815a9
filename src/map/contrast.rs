//! Contrast: which colours of the classes look alike, and to whom.

use std::fmt;

use serde::Deserialize;

use super::Theme;
use super::palette::{Colour, Palette};
use super::style::distances;
use crate::data::DataFiles;
use crate::error::Error;

/// How far colours must lie apart, as CIE 1976 colour differences.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Distances {
    colour: f64,
    grey: f64,
    /// What nobody can tell apart on a map.
    none: f64,
}

/// Whose eyes a map meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sight {
    /// All colours are seen.
    Full,
    /// Red is not (protanopia).
    NoRed,
    /// Green is not (deuteranopia).
    NoGreen,
    /// Blue is not (tritanopia).
    NoBlue,
    /// The map is printed in grey.
    Grey,
}

impl Sight {
    const ALL: [Sight; 5] = [Sight::Full, Sight::NoRed, Sight::NoGreen, Sight::NoBlue, Sight::Grey];

    /// Linear red, green and blue as they are seen (Machado, Oliveira and Fernandes 2009, severity 1); grey is the
    /// relative luminance of sRGB.
    fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Sight::Full => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Sight::NoRed => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Sight::NoGreen => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Sight::NoBlue => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
            Sight::Grey => [LUMINANCE; 3],
        }
    }
}

/// The share of linear red, green and blue in the luminance of sRGB.
const LUMINANCE: [f64; 3] = [0.212_6, 0.715_2, 0.072_2];

impl fmt::Display for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sight::Full => "to everybody",
            Sight::NoRed => "to those who see no red (protanopia)",
            Sight::NoGreen => "to those who see no green (deuteranopia)",
            Sight::NoBlue => "to those who see no blue (tritanopia)",
            Sight::Grey => "in grey print",
        })
    }
}

/// Two classes whose colours look alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// The names of their colours in the style.
    pub classes: [&'static str; 2],
    /// To whom, with how far they lie apart there (CIE 1976).
    pub sights: Vec<(Sight, f64)>,
    /// Whether nobody can tell them apart, and neither is hatched.
    pub is_hopeless: bool,
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = self.classes;
        let whom: Vec<String> = self.sights.iter().map(|(s, far)| format!("{s} ({far:.0} apart)")).collect();
        write!(f, "{a} and {b} look alike {}; choose colours that differ in lightness", whom.join(", "))
    }
}

/// The classes of a theme whose colours look alike to somebody. Contested and no report are told apart by the hatch, as
/// claims are, which take the colour of the claimant.
///
/// ```
/// use naqsha::{data::DataFiles, map::{Theme, alike, with_colours}};
/// assert!(alike(&DataFiles::bundled(), Theme::Light)?.is_empty());
/// let own = with_colours(DataFiles::bundled(), Theme::Light, "house.toml", "government = \"#4E8A3C\"\n")?;
/// let said = alike(&own, Theme::Light)?[0].to_string();
/// assert!(said.starts_with("taliban and government look alike to those who see no red"));
/// # Ok::<(), naqsha::error::Error>(())
/// ```
///
/// # Errors
/// `Error::Data` names the style that is malformed.
pub fn alike(data: &DataFiles, theme: Theme) -> Result<Vec<Likeness>, Error> {
    let (palette, distances) = (Palette::from_data(data, theme)?, distances(data)?);
    let taliban = ("taliban", palette.taliban);
    let government = ("government", palette.government);
    let contested = ("contested", palette.contested);
    let none = ("none", palette.none);
    let pairs = [
        (taliban, government, false),
        (taliban, contested, true),
        (taliban, none, false),
        (government, contested, true),
        (government, none, false),
    ];
    let found = pairs.into_iter().filter_map(|((a, first), (b, second), hatched)| {
        let far = |sight: &Sight| apart(first, second, *sight);
        let least = |sight: Sight| if sight == Sight::Grey { distances.grey } else { distances.colour };
        let close = Sight::ALL.into_iter().map(|s| (s, far(&s))).filter(|(s, far)| *far < least(*s));
        let mut sights: Vec<(Sight, f64)> = close.collect();
        if sights.first().is_some_and(|(s, _)| *s == Sight::Full) {
            sights.truncate(1);
        }
        let is_hopeless = !hatched && far(&Sight::Full) < distances.none;
        (!sights.is_empty()).then_some(Likeness { classes: [a, b], sights, is_hopeless })
    });
    Ok(found.collect())
}

/// How far two colours lie apart for somebody (CIE 1976).
fn apart(a: Colour, b: Colour, sight: Sight) -> f64 {
    let (a, b) = (lab(seen(a, sight)), lab(seen(b, sight)));
    libm::sqrt(a.iter().zip(&b).map(|(p, q)| (p - q) * (p - q)).sum())
}

/// A colour as somebody sees it, in linear sRGB.
fn seen(colour: Colour, sight: Sight) -> [f64; 3] {
    let linear = |byte: u8| {
        let c = f64::from(byte) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    };
    let of = [colour.0.0, colour.0.1, colour.0.2].map(linear);
    sight.matrix().map(|row| row.iter().zip(&of).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0))
}

/// CIE L*a*b* under D65.
fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let f = |t: f64| if t > 0.008_856 { libm::cbrt(t) } else { 7.787 * t + 16.0 / 116.0 };
    let x = f((0.412_4 * r + 0.357_6 * g + 0.180_5 * b) / 0.950_47);
    let y = f(LUMINANCE[0] * r + LUMINANCE[1] * g + LUMINANCE[2] * b);
    let z = f((0.019_3 * r + 0.119_2 * g + 0.950_5 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}
