//! The days of a run, each with its statuses and events.

use jiff::civil::Date;

use super::UnitStatus;
use crate::event::{Event, SourceRef};

/// A day: every unit that has a status, and what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Units with a status or pressure, by unit id; provinces included.
    pub statuses: Vec<UnitStatus>,
    /// Merged events that end on this day and span at most two days.
    pub events: Vec<Event>,
    /// Ids of units whose status differs from the day before, by unit id.
    pub changed: Vec<crate::gazetteer::PlaceId>,
    /// The outlets behind the day's statuses and events, by name and date.
    pub sources: Vec<SourceRef>,
}

/// The days of a run, gaps included, first to last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// All merged events of the run, by date, place and kind.
    pub events: Vec<Event>,
    days: Vec<Day>,
}

impl Timeline {
    /// A timeline of these days, which follow one another without a gap.
    #[must_use]
    pub fn new(events: Vec<Event>, days: Vec<Day>) -> Timeline {
        Timeline { events, days }
    }

    /// The days, first to last.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }
}
