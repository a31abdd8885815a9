//! A fault of events: what a reading got wrong, and what was wanted.

use std::fmt;

use serde::Serialize;

use crate::event::Event;

/// What is compared of an event that is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The place, of events in the right province.
    Place,
    /// The first day.
    Date,
    /// The kind.
    Kind,
    /// The side that acts.
    Side,
    /// Who holds the place afterwards.
    Effect,
    /// How the text vouches for it.
    Modality,
}

impl Field {
    /// As spelled in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Place => "place",
            Field::Date => "date",
            Field::Kind => "kind",
            Field::Side => "side",
            Field::Effect => "effect",
            Field::Modality => "modality",
        }
    }
}

/// What sort of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EventFaultKind {
    /// A marked event was not read.
    Missed,
    /// An event was read that nobody marked.
    Wrong,
    /// The same at a place that must have none.
    Forbidden,
    /// An event was read with a field amiss.
    Field,
}

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventFault {
    /// What sort of fault it is.
    pub fault: EventFaultKind,
    /// The field that is amiss.
    pub field: Option<Field>,
    /// The text.
    pub id: String,
    /// The event's kind, place and first day: as marked, or as read where nobody marked it.
    pub event: String,
    /// What the field should hold.
    pub wanted: Option<String>,
    /// What it holds.
    pub got: Option<String>,
    /// The sentence it was read from.
    pub quote: Option<String>,
}

/// An event in few words.
pub(super) fn brief(event: &Event) -> String {
    let day = event.when.map_or_else(|| "undated".to_owned(), |w| w.from.to_string());
    format!("{} {} {day}", event.kind.as_str(), event.place.name)
}

impl fmt::Display for EventFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.fault, self.field) {
            (EventFaultKind::Missed, _) => "missed",
            (EventFaultKind::Wrong, _) => "wrong",
            (EventFaultKind::Forbidden, _) => "forbidden",
            (EventFaultKind::Field, field) => field.map_or("field", Field::as_str),
        };
        write!(f, "{what:<9} {} {}", self.id, self.event)?;
        if let Some(wanted) = &self.wanted {
            write!(f, "; wanted {wanted}, got {}", self.got.as_deref().unwrap_or("nothing"))?;
        }
        match &self.quote {
            Some(quote) => write!(f, ": {}", quote.split_whitespace().collect::<Vec<_>>().join(" ")),
            None => Ok(()),
        }
    }
}
