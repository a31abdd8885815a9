//! The page a map is drawn on.

use super::Language;

/// The size and arrangement of a page, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frame {
    /// 1200 x 900, for an article.
    Article,
    /// 1200 x 675, the text in a panel at the left.
    Social,
    /// A4 landscape, 1123 x 794.
    Print,
    /// Any other size.
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}

impl Frame {
    /// The frame spelled `article`, `social`, `print` or `WIDTHxHEIGHT` (400 to 8000 pixels a side).
    ///
    /// ```
    /// use naqsha::map::Frame;
    /// assert_eq!(Frame::named("social"), Some(Frame::Social));
    /// assert_eq!(Frame::named("1600x900"), Some(Frame::Size { width: 1600, height: 900 }));
    /// assert_eq!(Frame::named("12x9"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Frame> {
        match name {
            "article" => Some(Frame::Article),
            "social" => Some(Frame::Social),
            "print" => Some(Frame::Print),
            _ => {
                let (width, height) = name.split_once('x')?;
                let side = |s: &str| s.parse().ok().filter(|n| (400..=8000).contains(n));
                Some(Frame::Size { width: side(width)?, height: side(height)? })
            }
        }
    }
}

/// Which areas are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Areas {
    /// Districts where any has a status and their areas are known, else provinces.
    #[default]
    Auto,
    /// Provinces, which summarise.
    Provinces,
    /// Districts, where their areas are known.
    Districts,
}

impl Areas {
    /// The areas spelled `auto`, `province` or `district`.
    #[must_use]
    pub fn named(name: &str) -> Option<Areas> {
        match name {
            "auto" => Some(Areas::Auto),
            "province" => Some(Areas::Provinces),
            "district" => Some(Areas::Districts),
            _ => None,
        }
    }
}

/// How maps look: their colours, the areas that are coloured, their language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Which colours.
    pub theme: Theme,
    /// Which areas are coloured.
    pub areas: Areas,
    /// Which language.
    pub language: Language,
}

/// Which colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Theme {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// The theme spelled `light` or `dark`.
    #[must_use]
    pub fn named(name: &str) -> Option<Theme> {
        match name {
            "light" => Some(Theme::Light),
            "dark" => Some(Theme::Dark),
            _ => None,
        }
    }

    /// As it is spelled.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}
