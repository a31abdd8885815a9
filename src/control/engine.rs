//! The engine: from clusters of reports to the statuses of each day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::weights::Weights;
use super::{Day, Timeline};
use crate::data::DataFiles;
use crate::error::Error;
use crate::event::{Cluster, Event};
use crate::gazetteer::Gazetteer;

/// Which of the two histories is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// What happened by each day, as all reports together tell it.
    #[default]
    AsHappened,
    /// What the reports printed by each day told.
    AsKnown,
}

/// Folds events into statuses.
#[derive(Debug)]
pub struct Control {
    #[allow(dead_code, reason = "read by the fold")]
    weights: Weights,
    #[allow(dead_code, reason = "read by the fold")]
    clock: Clock,
}

impl Control {
    /// Loads `control/weights.toml`.
    ///
    /// # Errors
    /// `Error::Data` where it is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Control, Error> {
        Ok(Control { weights: Weights::from_data(data)?, clock: Clock::default() })
    }

    /// The same, by another clock.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Control {
        Control { clock, ..self }
    }

    /// The days from `from` to `to`, both included. Evidence of all days is used.
    #[must_use]
    pub fn timeline(&self, _gazetteer: &Gazetteer, clusters: &[Cluster], from: Date, to: Date) -> Timeline {
        let events: Vec<Event> = clusters.iter().map(|c| c.event.clone()).collect();
        let days = from.series(1.day()).take_while(|d| *d <= to).map(|date| Day {
            date,
            statuses: Vec::new(),
            events: events.iter().filter(|e| is_of_day(e, date)).cloned().collect(),
            changed: Vec::new(),
            sources: Vec::new(),
        });
        let days = days.collect();
        Timeline::new(events, days)
    }
}

/// A day's own events end on it and span at most two days (contract).
fn is_of_day(event: &Event, date: Date) -> bool {
    event.when.is_some_and(|w| w.to == date && w.days() <= 2)
}
