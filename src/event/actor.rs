//! Who acts, and on which side.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A party, as far as control is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The Taliban (the Islamic Emirate).
    Taliban,
    /// The Islamic Republic.
    Government,
    /// Militias and uprising forces that fight in the Republic's name.
    Militia,
    /// United States and NATO forces.
    UsNato,
    /// Islamic State, Khorasan province.
    Iskp,
    /// People who fight for no side.
    Civilian,
    /// Another state.
    Foreign,
    /// Not said.
    Unknown,
}

impl Side {
    /// As spelled in tables and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Taliban => "taliban",
            Side::Government => "government",
            Side::Militia => "militia",
            Side::UsNato => "us_nato",
            Side::Iskp => "iskp",
            Side::Civilian => "civilian",
            Side::Foreign => "foreign",
            Side::Unknown => "unknown",
        }
    }
}

/// A party to an event, as named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// Its name in records, e.g. "Taliban".
    pub name: Arc<str>,
    /// Its side on the day of the event.
    pub side: Side,
}
