//! A telling: an event as one report tells it, with all that control needs to weigh it again.

use std::borrow::Cow;

use geo::Point;
use serde::Serialize;

use super::EventRecord;
use super::record::Record;
use crate::event::{Event, Side, Voice};

/// The record of an event, and what decides how its word counts. `naqsha map` makes the same statuses from it as
/// `naqsha build` from the reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TellingRecord<'e> {
    #[serde(flatten)]
    event: EventRecord<'e>,
    /// Whose word it counts as.
    pub told_as: Voice,
    /// The side of who says so.
    pub claimed_by_side: Option<Side>,
    /// Its place in the order of the telling.
    pub told_order: u32,
    /// Its reversal is told with it.
    pub told_reversed: bool,
    /// The attackers are inside.
    pub told_inside: bool,
    /// `confidence`, unrounded.
    pub reading: f64,
}

impl<'e> From<&'e Event> for TellingRecord<'e> {
    fn from(event: &'e Event) -> TellingRecord<'e> {
        TellingRecord {
            event: EventRecord::from(event),
            told_as: event.attribution.voice,
            claimed_by_side: event.attribution.side,
            told_order: event.telling.order,
            told_reversed: event.telling.reversed,
            told_inside: event.telling.inside,
            reading: event.confidence,
        }
    }
}

/// As JSON Lines only: a table cannot hold a record within a record.
impl Record for TellingRecord<'_> {
    const COLUMNS: &'static [&'static str] = &[];

    fn id(&self) -> Cow<'_, str> {
        self.event.id()
    }

    fn position(&self) -> Option<Point> {
        self.event.position()
    }

    fn into_properties(self) -> Self {
        self
    }

    fn into_cells(self) -> Self {
        self
    }
}
