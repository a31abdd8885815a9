//! The screen: the map for a page in a browser, its lines drawn once and its days as data.

mod ground;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::Coord;
use serde::Serialize;

use super::canvas::class;
use super::document::hex;
use super::edition::{CLASSES, Edition};
use super::embed::{self, Letters};
use super::palette::{Colour, colours};
use super::plate::{Neighbour, Plate};
use super::story::{self, Desk, Standing};
use super::style::Family;
use super::unit::Unit;
use super::wording::fill;
use super::{Atlas, Frame, Theme, furniture};
use crate::control::{ControlStatus, Day, UnitStatus};
use crate::data::DataFiles;
use crate::error::Error;
use crate::event::Event;
use crate::gazetteer::{Gazetteer, Place, PlaceId};
use crate::toponym::GeoPrecision;

pub use words::ScreenWords;

/// The longest list of outlets, in bytes; what follows is counted.
const LONGEST_SOURCES: usize = 600;

/// Where a country's name may stand: so many places are given.
const SPOTS: usize = 24;

/// The map of a run for a page in a browser. It lies as the article map does; lengths are tenths of its pixels.
#[derive(Debug)]
pub struct Screen<'a> {
    atlas: &'a Atlas,
    plate: Arc<Plate>,
    desk: Desk<'a>,
    light: BTreeMap<String, Colour>,
    dark: BTreeMap<String, Colour>,
    districts: bool,
}

/// Something with a name and a point on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named {
    /// Id of the place.
    #[serde(rename = "i")]
    pub id: String,
    /// English name.
    #[serde(rename = "n")]
    pub name: String,
    /// The province it lies in.
    #[serde(rename = "p", skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// Tenths of a pixel, to the right and down.
    #[serde(rename = "at")]
    pub at: [i32; 2],
    /// Area in square pixels, or inhabitants; the larger is named first.
    #[serde(rename = "w")]
    pub weight: u32,
}

/// A country around.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Abroad {
    /// English name.
    #[serde(rename = "n")]
    pub name: String,
    /// Where its name may stand, best first, in tenths of a pixel.
    #[serde(rename = "at")]
    pub spots: Vec<[i32; 2]>,
}

/// A day as the page tells it.
#[derive(Debug)]
pub struct Issue<'t> {
    /// The day's news, or what the map shows.
    pub title: String,
    /// What the map shows, and the date.
    pub subtitle: String,
    /// The outlets behind the day, and what is declared where no report speaks.
    pub sources: String,
    /// The day's events but those denied, the most important first.
    pub events: Vec<Told<'t>>,
    /// What each area of `Screen::areas` is drawn by, in their order.
    pub areas: Vec<Option<&'t UnitStatus>>,
}

/// An event in words.
#[derive(Debug)]
pub struct Told<'t> {
    /// The event.
    pub event: &'t Event,
    /// One line.
    pub headline: String,
    /// Where, with its province.
    pub place: String,
    /// A sentence or two: the act, its toll, whose word it is.
    pub line: String,
}

impl<'a> Screen<'a> {
    /// A screen for these days; by district if any of them is.
    ///
    /// # Errors
    /// `Error::Data` where a table of colours is malformed.
    pub fn new(
        atlas: &'a Atlas,
        gazetteer: &'a Gazetteer,
        data: &DataFiles,
        days: &[Day],
    ) -> Result<Screen<'a>, Error> {
        Ok(Screen {
            atlas,
            plate: atlas.plate(Frame::Article),
            desk: Desk::new(gazetteer, &atlas.wording),
            light: colours(data, Theme::Light)?,
            dark: colours(data, Theme::Dark)?,
            districts: days.iter().any(|day| atlas.by_district(day)),
        })
    }

    /// Whether areas are districts; else provinces.
    #[must_use]
    pub fn is_by_district(&self) -> bool {
        self.districts
    }

    /// The classes of the legend, in its order.
    #[must_use]
    pub fn classes(&self) -> [ControlStatus; 6] {
        CLASSES
    }

    fn units(&self) -> &[Unit] {
        if self.districts { &self.plate.districts } else { &self.plate.provinces }
    }

    /// The areas that statuses colour, by id.
    #[must_use]
    pub fn areas(&self) -> Vec<Named> {
        self.units().iter().map(|u| self.unit(u)).collect()
    }

    /// The provinces, by id.
    #[must_use]
    pub fn provinces(&self) -> Vec<Named> {
        self.plate.provinces.iter().map(|u| self.unit(u)).collect()
    }

    fn unit(&self, unit: &Unit) -> Named {
        Named {
            id: unit.id.to_string(),
            name: unit.name.clone(),
            province: self.province_of(&unit.id),
            at: tenths(unit.pole),
            weight: unit.size as u32,
        }
    }

    fn province_of(&self, id: &PlaceId) -> Option<String> {
        let gazetteer = self.desk.gazetteer;
        let province = gazetteer.province_of(gazetteer.by_id(id.as_str())?)?;
        Some(gazetteer.get(province).name.clone())
    }

    /// The neighbouring countries.
    #[must_use]
    pub fn countries(&self) -> Vec<Abroad> {
        let named = |n: &Neighbour| {
            let every = n.spots.len().div_ceil(SPOTS).max(1);
            let spots = n.spots.iter().step_by(every).map(|at| tenths(*at)).collect();
            Abroad { name: n.name.clone(), spots }
        };
        self.plate.neighbours.iter().map(named).collect()
    }

    /// The provincial capitals, by id.
    #[must_use]
    pub fn capitals(&self) -> Vec<Named> {
        let gazetteer = self.desk.gazetteer;
        let capital = |p: &&Place| gazetteer.by_id(p.id.as_str()).is_some_and(|r| gazetteer.is_capital(r));
        let mut found: Vec<Named> =
            gazetteer.places().filter(capital).map(|place| self.spot(place)).collect();
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found
    }

    /// A place that has no area.
    #[must_use]
    pub fn spot(&self, place: &Place) -> Named {
        Named {
            id: place.id.to_string(),
            name: place.name.clone(),
            province: self.province_of(&place.id),
            at: tenths(self.plate.plane.point(place.position.0)),
            weight: place.population,
        }
    }

    /// Where an event's marker stands, and whether only its province is known; None where not even that.
    #[must_use]
    pub fn mark(&self, event: &Event) -> Option<([i32; 2], bool)> {
        let place = &event.place;
        if place.precision > GeoPrecision::Part {
            return None;
        }
        let coarse = place.precision >= GeoPrecision::Province || self.province(&place.id).is_some();
        let pole = place.admin1.as_ref().filter(|_| coarse).and_then(|id| self.province(id)).map(|u| u.pole);
        Some((tenths(pole.unwrap_or_else(|| self.plate.plane.point(place.position.0))), coarse))
    }

    fn province(&self, id: &PlaceId) -> Option<&Unit> {
        self.plate.provinces.iter().find(|u| u.id == *id)
    }

    /// A day of the run.
    #[must_use]
    pub fn issue<'t>(&'t self, day: &'t Day) -> Issue<'t> {
        let edition = Edition::of(day, &self.plate, self.desk, self.districts);
        let events = edition.leading(self.desk).map(|e| self.told(e, edition.standing(e))).collect();
        let areas = self.units().iter().map(|u| edition.drawn(&u.id)).collect();
        let wording = &self.atlas.wording;
        let declared = furniture::baseline(&edition, wording, str::to_owned);
        let outlets = furniture::sources(&edition, wording, |line| line.len() <= LONGEST_SOURCES);
        let sources = outlets + &declared.map(|d| format!(" {d}")).unwrap_or_default();
        Issue { sources, title: edition.title, subtitle: edition.subtitle, events, areas }
    }

    /// An event that belongs to no day of the run, so that no status bears it out.
    #[must_use]
    pub fn aside<'t>(&self, event: &'t Event) -> Told<'t> {
        let standing = if event.effect.is_some() { Standing::Reported } else { Standing::Settled };
        self.told(event, standing)
    }

    fn told<'t>(&self, event: &'t Event, standing: Standing) -> Told<'t> {
        let wording = &self.atlas.wording;
        let headline = story::headline(event, standing, wording).unwrap_or_else(|| {
            let noun = |s: &str| (s == "place").then(|| event.place.name.clone());
            story::capital(fill(&wording.of(event.kind).noun, noun).unwrap_or_default())
        });
        Told {
            event,
            headline,
            place: story::place_head(&event.place, wording),
            line: story::lines(&[event], |_| standing, wording),
        }
    }

    /// The colours of both themes as custom properties, and the fonts with these letters.
    #[must_use]
    pub fn style_sheet(&self, letters: &str) -> String {
        let style = &self.atlas.style;
        let faces = style.faces().iter().filter(|f| f.family != Family::Arabic);
        let letters: Letters =
            faces.map(|f| (class(f.family, f.weight), letters.chars().collect())).collect();
        let rules = embed::rules(&letters, style, &self.atlas.fonts);
        let family =
            |f: Family| style.family(f).map_or_else(String::new, |n| format!("'{}',{}", n.name, n.fallback));
        let (light, dark) = (properties(&self.light), properties(&self.dark));
        format!(
            "{rules}:root{{color-scheme:light;--sans:{};--serif:{};--stale:{};--hatch:{};{light}}}\n\
             @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n\
             :root[data-theme=dark]{{color-scheme:dark;{dark}}}\n",
            family(Family::Sans),
            family(Family::Serif),
            style.opacity().stale,
            style.opacity().hatch,
        )
    }
}

fn properties(colours: &BTreeMap<String, Colour>) -> String {
    let one = |(name, colour): (&String, &Colour)| format!("--{}:{};", name.replace('_', "-"), hex(*colour));
    colours.iter().map(one).collect()
}

fn tenths(at: Coord) -> [i32; 2] {
    [(at.x * 10.0).round() as i32, (at.y * 10.0).round() as i32]
}
