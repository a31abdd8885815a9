//! QGIS: styles of the layers and a project that plays the run, from the same tables as the maps.
//!
//! Written for QGIS 3.22 and later. A style is found beside a GeoJSON of its name, or inside a GeoPackage; when it is
//! valid is known only to a project.

mod label;
mod project;
mod renderer;
mod symbol;
mod xml;

use crate::control::{ControlStatus, Day, Level};
use crate::event::Event;
use crate::map::{Basemap, Symbology};
use label::Label;
use xml::Element;

pub use project::project;

/// What is written for; older versions warn of a newer file.
const VERSION: &str = "3.22.0";

/// The days on which a layer shows a feature: from one field to another, both included.
#[derive(Debug, Clone, Copy)]
struct Valid(&'static str, &'static str);

const STATUS_DAYS: Valid = Valid("valid_from", "valid_to");
/// An event is of the day on which it ends, as in the files of days.
const EVENT_DAYS: Valid = Valid("end_date", "end_date");

impl Valid {
    /// As expressions: of fields that hold dates, 3.22 compares the text in a GeoPackage, which is a day off.
    fn to_element(self) -> Element {
        let Valid(from, to) = self;
        Element::new("temporal")
            .with("enabled", 1)
            .with("mode", BY_EXPRESSIONS)
            .with("limitMode", END_INCLUDED)
            .with("startField", from)
            .with("endField", to)
            .with("startExpression", format!("to_datetime({from})"))
            .with(
                "endExpression",
                format!("coalesce(to_datetime({to}), make_datetime(9999, 12, 31, 0, 0, 0))"),
            )
            .with("durationUnit", "d")
    }
}

/// `Qgis::VectorTemporalMode` and `Qgis::VectorTemporalLimitMode`.
const BY_EXPRESSIONS: u8 = 4;
const END_INCLUDED: u8 = 1;

/// A place where much happens on a day is named once.
const PLACE_NAMES: &str = "if($id = minimum($id, concat(place_id, end_date), \
    modality <> 'denied' AND geo_precision <= 5), place, NULL)";
const PROVINCE_NAMES: &str = "if(level = 'province', name, if(@map_scale < 1500000, name, NULL))";
const DISTRICT_NAMES: &str = "if(level = 'district' AND @map_scale < 1500000, name, NULL)";

/// How a layer looks and when.
#[derive(Debug, Clone)]
struct Style {
    renderer: Element,
    labels: Option<Element>,
    valid: Option<Valid>,
}

impl Style {
    /// The elements of a style, as a file of its own and a layer of a project hold them.
    fn elements(&self) -> Vec<Element> {
        let temporal = self.valid.map(Valid::to_element);
        temporal.into_iter().chain([self.renderer.clone()]).chain(self.labels.clone()).collect()
    }

    /// As a file.
    fn to_qml(&self) -> String {
        Element::new("qgis")
            .with("version", VERSION)
            .with("styleCategories", "Symbology|Labeling|Temporal")
            .with("labelsEnabled", u8::from(self.labels.is_some()))
            .holding(self.elements())
            .to_document()
    }
}

/// The styles of the layers of a run, or of a day, as QML.
#[derive(Debug, Clone)]
pub struct Styles {
    events: String,
    places: String,
    areas: String,
    provinces: String,
}

impl Styles {
    /// The styles of layers of these days and events; areas are coloured by district if any of them is.
    #[must_use]
    pub fn new(look: &Symbology, basemap: &Basemap, days: &[Day], told: &[Event]) -> Styles {
        Styles {
            events: events(look, told, true).to_qml(),
            places: places(look).to_qml(),
            areas: areas(look, by_district(basemap, days), PROVINCE_NAMES).to_qml(),
            provinces: provinces(look).to_qml(),
        }
    }

    /// Of events.
    #[must_use]
    pub fn events(&self) -> &str {
        &self.events
    }

    /// Of places.
    #[must_use]
    pub fn places(&self) -> &str {
        &self.places
    }

    /// Of areas.
    #[must_use]
    pub fn areas(&self) -> &str {
        &self.areas
    }

    /// Of the outlines of provinces.
    #[must_use]
    pub fn provinces(&self) -> &str {
        &self.provinces
    }
}

/// Whether districts are coloured: some district with an outline has a status.
fn by_district(basemap: &Basemap, days: &[Day]) -> bool {
    let mut statuses = days.iter().flat_map(|d| &d.statuses);
    basemap.districts().next().is_some()
        && statuses.any(|s| s.level == Level::District && s.status != ControlStatus::Unknown)
}

fn events(look: &Symbology, told: &[Event], labelled: bool) -> Style {
    let kinds = told.iter().map(|e| e.kind).collect();
    let label = Label { says: PLACE_NAMES, inside: false, priority: 8, shown: labelled };
    let labels = Some(label.to_element(look));
    Style { renderer: renderer::events(look, &kinds), labels, valid: Some(EVENT_DAYS) }
}

fn places(look: &Symbology) -> Style {
    let says = "if(status <> 'unknown', name, NULL)";
    let labels = Some(Label { says, inside: false, priority: 7, shown: true }.to_element(look));
    Style { renderer: renderer::places(look), labels, valid: Some(STATUS_DAYS) }
}

fn areas(look: &Symbology, by_district: bool, names: &str) -> Style {
    let labels = Some(Label { says: names, inside: true, priority: 3, shown: true }.to_element(look));
    Style { renderer: renderer::areas(look, by_district), labels, valid: Some(STATUS_DAYS) }
}

fn provinces(look: &Symbology) -> Style {
    let labels = Some(Label { says: "upper(name)", inside: true, priority: 4, shown: true }.to_element(look));
    Style { renderer: renderer::outlines(look), labels, valid: None }
}

fn ground(look: &Symbology) -> Style {
    Style { renderer: renderer::ground(look), labels: None, valid: None }
}
