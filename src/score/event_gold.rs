//! Gold of events, as it stands in a file of JSON lines.

use jiff::civil::Date;
use serde::Deserialize;

use super::gold_text::object;
use crate::event::{Effect, EventKind, Modality, Side};
use crate::gazetteer::PlaceKind;

/// What a line of gold says of events. Fields that it does not know are passed over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EventGold {
    /// The events that the text tells.
    pub events: Vec<GoldEvent>,
    /// Events that may be read in it and need not be.
    #[serde(default)]
    pub optional: Vec<GoldEvent>,
    /// Places it names where no event happens.
    #[serde(default)]
    pub must_not: Vec<String>,
    /// Sentences of the text, or parts of them, that tell no event.
    #[serde(default)]
    pub traps: Vec<String>,
}

/// An event as people read it. Fields that it does not know, such as its words, are for the reader's eye.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldEvent {
    /// Name of the place.
    pub place: String,
    /// Its kind.
    pub kind_of_place: PlaceKind,
    /// The province it lies in.
    #[serde(default)]
    pub province: String,
    /// Other places that an honest reader would accept.
    #[serde(default, alias = "alt_places")]
    pub place_alt: Vec<String>,
    /// First day; None where the text has no date: any will do, and the event need not be found.
    pub date_from: Option<Date>,
    /// Last day, included.
    pub date_to: Option<Date>,
    /// What happened.
    pub kind: EventKind,
    /// Other kinds to accept.
    #[serde(default, alias = "alt_kinds")]
    pub kind_alt: Vec<EventKind>,
    /// The side that acts.
    pub side: Side,
    /// Who holds the place afterwards.
    pub effect: Option<Effect>,
    /// How the text vouches for it.
    pub modality: Modality,
    /// False where it may be read and need not be.
    #[serde(default = "yes")]
    pub sure: bool,
}

fn yes() -> bool {
    true
}

impl EventGold {
    /// Reads one line.
    ///
    /// ```
    /// use naqsha::score::EventGold;
    /// assert!(EventGold::parse(br#"{"text": "Calm.", "events": []}"#).is_ok());
    /// assert!(EventGold::parse(br#"{"text": "Calm."}"#).is_err());
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, and the remedy.
    pub fn parse(line: &[u8]) -> Result<EventGold, String> {
        let gold: EventGold = object(line)?;
        for event in gold.events.iter().chain(&gold.optional) {
            match (event.date_from, event.date_to) {
                (None, None) => {}
                (Some(from), Some(to)) if from <= to => {}
                _ => {
                    let place = &event.place;
                    return Err(format!("{place}: give date_from and date_to, in this order, or neither"));
                }
            }
        }
        Ok(gold)
    }
}
