//! The days of a run, each with its statuses and events.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::changes::{by_id, changes};
use super::{Change, ChangeKind, UnitStatus};
use crate::error::Notice;
use crate::event::{CorrectionId, Event, SourceRef};
use crate::gazetteer::{Gazetteer, PlaceId};

/// A day: every unit that has a status, and what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Units with a status or pressure, by unit id; provinces included.
    pub statuses: Vec<UnitStatus>,
    /// Merged events that end on this day and span at most two days.
    pub events: Vec<Event>,
    /// What is said otherwise than on the day before, by unit id.
    pub changes: Vec<Change>,
    /// The outlets behind the day's statuses and events, by name and date.
    pub sources: Vec<SourceRef>,
}

impl Day {
    /// Whether a unit has another status than on the day before. One that only grew old has not.
    #[must_use]
    pub fn has_changed(&self, unit: &PlaceId) -> bool {
        let found = self.changes.binary_search_by(|c| c.unit.cmp(unit)).ok();
        found.is_some_and(|at| self.changes[at].kind != ChangeKind::Stale)
    }
}

/// The first words of a sentence, an ellipsis where some are left out; nothing where none is wanted.
fn short(text: &str, words: usize) -> String {
    match text.match_indices(' ').nth(words.saturating_sub(1)) {
        _ if words == 0 => String::new(),
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}

/// The days of a run, gaps included, first to last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// All merged events of the run, by date, place and kind.
    pub events: Vec<Event>,
    /// What was declared or corrected and cannot be so.
    pub notices: Vec<Notice>,
    /// By correction of an editor's, how many tellings or units it applies to.
    pub applied: BTreeMap<CorrectionId, usize>,
    days: Vec<Day>,
}

impl Timeline {
    /// A timeline of these days, which follow one another without a gap.
    #[must_use]
    pub fn new(events: Vec<Event>, days: Vec<Day>) -> Timeline {
        Timeline { events, notices: Vec::new(), applied: BTreeMap::new(), days }
    }

    /// The same, with so many words of each quote at most.
    #[must_use]
    pub fn quoting(mut self, words: usize) -> Timeline {
        let shown = self.days.iter_mut().flat_map(|d| &mut d.events);
        for event in self.events.iter_mut().chain(shown) {
            event.quote = short(&event.quote, words);
        }
        self
    }

    /// What the day `to` says otherwise than the day `from`, by unit id; None where one of them is not among the days.
    #[must_use]
    pub fn changes(&self, gazetteer: &Gazetteer, from: Date, to: Date) -> Option<Vec<Change>> {
        let day = |date: Date| self.days.iter().find(|d| d.date == date);
        Some(changes(gazetteer, day(from)?, day(to)?, &by_id(&self.events)))
    }

    /// The days, first to last.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }
}
