//! A correction: one thing that an editor says otherwise than the reports, and why.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::control::ControlStatus;
use crate::date::EventDate;
use crate::event::{CorrectionId, Effect, EventId, EventKind};
use crate::gazetteer::PlaceId;

/// What is corrected: some tellings of events.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Events by their ids, of single tellings (as `extract` gives them) or of merged ones (as in `events.csv`).
    Events(BTreeSet<EventId>),
    /// What a report tells of a place.
    Telling {
        /// The report's id.
        report: String,
        /// Where, as it was read.
        place: PlaceId,
        /// What, as it was read.
        kind: EventKind,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// It did not happen, or is no evidence.
    Suppress(Target),
    /// It happened elsewhere.
    Move(Target, PlaceId),
    /// It happened on other days.
    Date(Target, EventDate),
    /// Something else happened; after it this side holds the place, where its parties do not tell.
    Kind(Target, EventKind, Option<Effect>),
    /// The events are one.
    Merge(Target),
    /// The tellings are an event of their own.
    Split(Target),
    /// A unit, or each unit of a province, has this status on these days.
    Pin {
        /// The unit.
        unit: PlaceId,
        /// Its status.
        status: ControlStatus,
        /// First day.
        from: Date,
        /// Last day; None where it lasts until the next pin of the unit, or for good.
        until: Option<Date>,
    },
}

/// One correction of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The same for the same action on the same target.
    pub id: CorrectionId,
    /// Where it stands in the file.
    pub line: u64,
    /// What is to be done.
    pub action: Action,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: Option<String>,
    /// What it goes by.
    pub source: Option<String>,
}

impl Action {
    /// As spelled in a file of corrections.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Action::Suppress(_) => "suppress",
            Action::Move(..) => "move",
            Action::Date(..) => "date",
            Action::Kind(..) => "kind",
            Action::Merge(_) => "merge",
            Action::Split(_) => "split",
            Action::Pin { .. } => "pin",
        }
    }

    /// What it corrects; None for a pin.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        match self {
            Action::Suppress(t) | Action::Merge(t) | Action::Split(t) => Some(t),
            Action::Move(t, _) | Action::Date(t, _) | Action::Kind(t, ..) => Some(t),
            Action::Pin { .. } => None,
        }
    }

    /// The id of a correction that does this.
    pub(super) fn id(&self) -> CorrectionId {
        let digest = Sha256::digest(self.to_string());
        CorrectionId(digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Events(ids) => {
                let ids: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
                let noun = if ids.len() == 1 { "event" } else { "events" };
                write!(f, "{noun} {}", ids.join(", "))
            }
            Target::Telling { report, place, kind } => {
                write!(f, "{} at {place} in {report}", kind.as_str())
            }
        }
    }
}

impl Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self {
            Action::Suppress(target) | Action::Merge(target) | Action::Split(target) => {
                write!(f, "{name} {target}")
            }
            Action::Move(target, place) => write!(f, "{name} {target} to {place}"),
            Action::Date(target, when) if when.from == when.to => {
                write!(f, "{name} {target} to {}", when.from)
            }
            Action::Date(target, when) => write!(f, "{name} {target} to {}..{}", when.from, when.to),
            Action::Kind(target, kind, effect) => {
                let effect = effect.map(|e| format!(", held by {e:?}").to_lowercase()).unwrap_or_default();
                write!(f, "{name} {target} to {}{effect}", kind.as_str())
            }
            Action::Pin { unit, status, from, until } => {
                let until = until.map(|d| format!(" until {d}")).unwrap_or_default();
                write!(f, "{name} {unit} {} from {from}{until}", status.as_str())
            }
        }
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
