//! The atlas: everything that maps share, made ready once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::drawing::Sheets;
use super::edition::{Edition, by_district};
use super::focus::Focus;
use super::fonts::Fonts;
use super::plate::Plate;
use super::shown::shown;
use super::story::Desk;
use super::style::MapStyle;
use super::tally::{Tally, tallies};
use super::wording::{Glyph, Heading, Wording};
use super::{Areas, Basemap, Chart, Drawing, Frame, Lambert, Look, chart, document, embed, language, page};
use crate::control::{Day, Timeline};
use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::{Gazetteer, PlaceRef};

/// The longest headings that leave room for the rest of the smallest page, in characters.
const LONGEST_TITLE: usize = 70;
const LONGEST_SUBTITLE: usize = 110;

/// Draws days. Built once, shared by all threads.
#[derive(Debug)]
pub struct Atlas {
    pub(super) basemap: Basemap,
    pub(super) style: MapStyle,
    pub(super) fonts: Arc<Fonts>,
    pub(super) wording: Wording,
    pub(super) glyphs: Vec<Glyph>,
    look: Look,
    /// What was made ready for each frame so far, of the part that is drawn or of all.
    plates: Mutex<BTreeMap<(Frame, bool), Arc<Plate>>>,
    /// The part of the country that is drawn; None for all of it.
    focus: Option<Arc<Focus>>,
    sheets: Arc<Sheets>,
}

impl Atlas {
    /// An atlas with the light colours.
    ///
    /// # Errors
    /// `Error::Data` names the layer, style or font that is missing or malformed.
    pub fn from_data(data: &DataFiles) -> Result<Atlas, Error> {
        Atlas::looking(data, Look::default())
    }

    /// An atlas with the colours of `theme`.
    ///
    /// # Errors
    /// As `from_data`.
    pub fn looking(data: &DataFiles, look: Look) -> Result<Atlas, Error> {
        let style = MapStyle::from_data(data, look.theme, look.language)?;
        let fonts = Arc::new(Fonts::from_data(data, &style)?);
        let (wording, glyphs) = Wording::from_data(data, look.language)?;
        let basemap = Basemap::from_data(data)?.naming(&wording.countries);
        let wording = wording.crediting(basemap.origin().map(|o| o.credit.as_str()));
        Ok(Atlas {
            basemap,
            style,
            fonts,
            wording,
            glyphs,
            look,
            plates: Mutex::default(),
            focus: None,
            sheets: Arc::default(),
        })
    }

    /// The same in other colours, and colouring these areas.
    ///
    /// # Errors
    /// As `from_data`.
    pub fn with_look(self, data: &DataFiles, look: Look) -> Result<Atlas, Error> {
        let focus = self.focus.clone();
        let drawn = |look: Look| (look.theme, look.language);
        let atlas = if drawn(look) == drawn(self.look) { self } else { Atlas::looking(data, look)? };
        Ok(Atlas { look, focus, ..atlas })
    }

    /// The same, with this title and subtitle on the map of every day, where they are given. The page to browse keeps
    /// its own.
    ///
    /// # Errors
    /// `Error::Usage` where one is too long for a page.
    pub fn with_heading(mut self, title: Option<&str>, subtitle: Option<&str>) -> Result<Atlas, Error> {
        let fitting = |what: &str, text: Option<&str>, most: usize| match text.map(str::trim) {
            Some(text) if text.chars().count() > most => Err(Error::Usage(format!(
                "a {what} of {} characters does not fit the page; give at most {most}",
                text.chars().count()
            ))),
            text => Ok(text.filter(|t| !t.is_empty()).map(str::to_owned)),
        };
        self.wording.heading = Heading {
            title: fitting("title", title, LONGEST_TITLE)?,
            subtitle: fitting("subtitle", subtitle, LONGEST_SUBTITLE)?,
        };
        Ok(self)
    }

    /// The same, drawing a part of the country only: a province or a district with its surroundings or, with a radius
    /// in kilometres or where it has no area, what lies around a place. The page to browse stays whole.
    ///
    /// # Errors
    /// `Error::Usage` where the place lies abroad or the radius is too small or too large.
    pub fn with_focus(
        self,
        gazetteer: &Gazetteer,
        place: PlaceRef,
        radius: Option<f64>,
    ) -> Result<Atlas, Error> {
        let lambert = Lambert::new(self.style.conic());
        let style = (self.style.focus(), self.look.language);
        let focus = Focus::new(gazetteer, &self.basemap, &lambert, style, place, radius)?;
        Ok(Atlas { focus: Some(Arc::new(focus)), plates: Mutex::default(), sheets: Arc::default(), ..self })
    }

    /// The lines every map shares.
    #[must_use]
    pub fn basemap(&self) -> &Basemap {
        &self.basemap
    }

    /// The page for a day. Never fails: what cannot be placed is left out.
    #[must_use]
    pub fn draw(&self, gazetteer: &Gazetteer, day: &Day, frame: Frame) -> Drawing {
        self.draw_as(gazetteer, day, frame, None)
    }

    /// The page for a day of a run that plays: the date leads, the news stands below, and the bar at the top says how
    /// much of the run has passed, 0 to 1.
    #[must_use]
    pub fn draw_playing(&self, gazetteer: &Gazetteer, day: &Day, frame: Frame, passed: f64) -> Drawing {
        self.draw_as(gazetteer, day, frame, Some(passed))
    }

    fn draw_as(&self, gazetteer: &Gazetteer, day: &Day, frame: Frame, passed: Option<f64>) -> Drawing {
        let plate = self.plate_of(frame, self.focus.clone());
        let desk = Desk::new(gazetteer, &self.wording);
        let day = &shown(day);
        let day = &language::named(day, gazetteer, &self.wording);
        let mut edition = Edition::of(day, &plate, desk, self.by_district(day));
        if let Some(passed) = passed {
            edition.play(&self.wording, passed);
        }
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
        match self.look.areas {
            Areas::Auto => by_district(day, &self.basemap),
            Areas::Provinces => false,
            Areas::Districts => self.basemap.districts().next().is_some(),
        }
    }

    /// The plate of the whole country.
    pub(super) fn plate(&self, frame: Frame) -> Arc<Plate> {
        self.plate_of(frame, None)
    }

    fn plate_of(&self, frame: Frame, focus: Option<Arc<Focus>>) -> Arc<Plate> {
        let mut plates = self.plates.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (frame, focus.is_some());
        let new = || Arc::new(Plate::new(&self.basemap, &self.style, &self.fonts, frame, focus));
        plates.entry(key).or_insert_with(new).clone()
    }
}
