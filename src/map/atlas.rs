//! The atlas: everything that maps share, made ready once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::drawing::Sheets;
use super::edition::{Edition, by_district};
use super::fonts::Fonts;
use super::plate::Plate;
use super::story::Desk;
use super::style::MapStyle;
use super::tally::{Tally, tallies};
use super::wording::{Glyph, Wording};
use super::{Areas, Basemap, Chart, Drawing, Frame, Theme, chart, document, embed, page};
use crate::control::{Day, Timeline};
use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::Gazetteer;

/// Draws days. Built once, shared by all threads.
#[derive(Debug)]
pub struct Atlas {
    pub(super) basemap: Basemap,
    pub(super) style: MapStyle,
    pub(super) fonts: Arc<Fonts>,
    pub(super) wording: Wording,
    pub(super) glyphs: Vec<Glyph>,
    theme: Theme,
    areas: Areas,
    /// What was made ready for each frame so far.
    plates: Mutex<BTreeMap<Frame, Arc<Plate>>>,
    sheets: Arc<Sheets>,
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
        let style = MapStyle::from_data(data, theme)?;
        let fonts = Arc::new(Fonts::from_data(data, &style)?);
        let (wording, glyphs) = Wording::from_data(data)?;
        Ok(Atlas {
            basemap: Basemap::from_data(data)?,
            style,
            fonts,
            wording,
            glyphs,
            theme,
            areas: Areas::default(),
            plates: Mutex::default(),
            sheets: Arc::default(),
        })
    }

    /// The same in other colours, and colouring these areas.
    ///
    /// # Errors
    /// As `from_data`.
    pub fn with_look(self, data: &DataFiles, theme: Theme, areas: Areas) -> Result<Atlas, Error> {
        let atlas = if theme == self.theme { self } else { Atlas::themed(data, theme)? };
        Ok(Atlas { areas, ..atlas })
    }

    /// The lines every map shares.
    #[must_use]
    pub fn basemap(&self) -> &Basemap {
        &self.basemap
    }

    /// The page for a day. Never fails: what cannot be placed is left out.
    #[must_use]
    pub fn draw(&self, gazetteer: &Gazetteer, day: &Day, frame: Frame) -> Drawing {
        let plate = self.plate(frame);
        let desk = Desk::new(gazetteer, &self.wording);
        let edition = Edition::of(day, &self.basemap, desk, self.by_district(day));
        let layers = page::draw(self, &plate, &edition, desk);
        let head = document::head(self, &plate, &edition);
        let rules = embed::rules(&layers.letters, &self.style, &self.fonts);
        Drawing::new(head, &rules, layers, plate, self.fonts.clone(), self.sheets.clone())
    }

    /// How many districts and capitals have which status on each day.
    #[must_use]
    pub fn statistics(&self, gazetteer: &Gazetteer, timeline: &Timeline) -> Vec<Tally> {
        tallies(timeline, gazetteer, &self.basemap)
    }

    /// The chart of statistics; None where there is no day.
    #[must_use]
    pub fn chart(&self, statistics: &[Tally]) -> Option<Chart> {
        chart::draw(self, statistics)
    }

    /// How many words a short quote has.
    #[must_use]
    pub fn quote_words(&self) -> usize {
        self.wording.browser.quote_words
    }

    pub(super) fn by_district(&self, day: &Day) -> bool {
        match self.areas {
            Areas::Auto => by_district(day, &self.basemap),
            Areas::Provinces => false,
            Areas::Districts => self.basemap.districts().next().is_some(),
        }
    }

    pub(super) fn plate(&self, frame: Frame) -> Arc<Plate> {
        let mut plates = self.plates.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Plate::new(&self.basemap, &self.style, &self.fonts, frame));
        plates.entry(frame).or_insert_with(new).clone()
    }
}
