//! A time expression found in a text, with its meaning.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::EventDate;
use crate::text::Span;

/// A time expression found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Its tokens, without a preposition before it.
    pub tokens: Range<usize>,
    /// Where it stands.
    pub span: Span,
    /// What it means.
    pub meaning: Meaning,
    /// What it would mean in a clause about the future ("will meet on Friday"); None where that is the same.
    pub later: Option<EventDate>,
    /// The part of the day it adds: "Tuesday noon".
    pub part: Option<PartOfDay>,
    /// Day and month could be read the other way round.
    pub ambiguous: bool,
}

/// What a time expression means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// These days.
    On(EventDate),
    /// These days, which are to come.
    Future(EventDate),
    /// Long ago: a year alone before the anchor's, "20 years", "the September 11 attacks". No event is told.
    History,
    /// The date of the event told beside it: "the same day", "hours after".
    SameDay,
    /// So many days from the date of the event told beside it: "a day earlier", "two days later".
    Offset(i32),
    /// Counted from a day that is not known.
    Unresolved,
    /// A time of day alone: it orders events and dates none.
    TimeOfDay(PartOfDay),
}

/// Parts of a day, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOfDay {
    /// Midnight to dawn.
    SmallHours,
    /// Dawn to noon.
    Morning,
    /// Noon.
    Noon,
    /// Noon to dusk.
    Afternoon,
    /// Dusk and after.
    Evening,
    /// Late evening to midnight.
    Night,
}

impl PartOfDay {
    /// The part an hour of the day (0 to 23) lies in.
    #[must_use]
    pub(super) fn of_hour(hour: u32) -> PartOfDay {
        match hour {
            0..5 => PartOfDay::SmallHours,
            5..12 => PartOfDay::Morning,
            12 => PartOfDay::Noon,
            13..18 => PartOfDay::Afternoon,
            18..21 => PartOfDay::Evening,
            _ => PartOfDay::Night,
        }
    }
}
