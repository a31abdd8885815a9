//! When something happened: a range of days and how precisely it is known.

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// How precisely a date is known, numbered as UCDP does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8")]
pub enum DatePrecision {
    /// A single day.
    Day,
    /// Two to six days.
    Days,
    /// A week.
    Week,
    /// A month.
    Month,
    /// More than a month, or open.
    Longer,
    /// Not said: the day of publication and the day before.
    Assumed,
}

impl From<DatePrecision> for u8 {
    fn from(p: DatePrecision) -> u8 {
        match p {
            DatePrecision::Day => 1,
            DatePrecision::Days => 2,
            DatePrecision::Week => 3,
            DatePrecision::Month => 4,
            DatePrecision::Longer => 5,
            DatePrecision::Assumed => 6,
        }
    }
}

impl TryFrom<u8> for DatePrecision {
    type Error = String;

    fn try_from(number: u8) -> Result<DatePrecision, String> {
        use DatePrecision as P;
        let all = [P::Day, P::Days, P::Week, P::Month, P::Longer, P::Assumed];
        all.into_iter()
            .find(|p| u8::from(*p) == number)
            .ok_or_else(|| format!("{number} is not within 1 to 6"))
    }
}

/// A range of days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventDate {
    /// First day.
    pub from: Date,
    /// Last day, never before the first.
    pub to: Date,
    /// How precisely it is known.
    #[serde(deserialize_with = "numbered")]
    pub precision: DatePrecision,
}

/// A precision by the number that it is written as; tables spell it.
fn numbered<'de, D: Deserializer<'de>>(number: D) -> Result<DatePrecision, D::Error> {
    DatePrecision::try_from(u8::deserialize(number)?).map_err(D::Error::custom)
}

impl EventDate {
    /// A single day.
    #[must_use]
    pub fn day(day: Date) -> EventDate {
        EventDate { from: day, to: day, precision: DatePrecision::Day }
    }

    /// All days from one to another, both included, as precise as they are many.
    #[must_use]
    pub fn range(from: Date, to: Date) -> EventDate {
        let date = EventDate { from, to, precision: DatePrecision::Day };
        let precision = match date.days() {
            ..=1 => DatePrecision::Day,
            2..=6 => DatePrecision::Days,
            7..=10 => DatePrecision::Week,
            11..=31 => DatePrecision::Month,
            _ => DatePrecision::Longer,
        };
        EventDate { precision, ..date }
    }

    /// What lasted so many days and nights up to a day.
    #[must_use]
    pub fn lasting(last: Date, days: i32) -> EventDate {
        super::civil::spanning(super::civil::plus(last, -days), last)
    }

    /// Its days in words: "2021-07-06", "2021-07-06 to 2021-07-08".
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.from == self.to { self.from.to_string() } else { format!("{} to {}", self.from, self.to) }
    }

    /// How many days it spans, at least 1.
    #[must_use]
    pub fn days(&self) -> i32 {
        (self.to - self.from).get_days() + 1
    }
}
