//! Calendars: the year, month and day that a language gives a date.

use jiff::civil::Date;
use serde::Deserialize;

use crate::text::to_solar_hijri;

/// The calendar of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Calendar {
    Gregorian,
    SolarHijri,
}

impl Calendar {
    /// Year, month from 1 and day.
    pub(super) fn parts(self, date: Date) -> (i16, usize, i8) {
        let (year, month, day) = match self {
            Calendar::Gregorian => (date.year(), date.month(), date.day()),
            Calendar::SolarHijri => to_solar_hijri(date).unwrap_or((date.year(), date.month(), date.day())),
        };
        (year, usize::from(month.unsigned_abs()), day)
    }
}
