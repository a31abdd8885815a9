//! What a rule of the table says: its patterns and what they mean.

use serde::Deserialize;

use super::words::Unit;

/// A rule as it stands in the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) gives: Gives,
    pub(super) patterns: Vec<String>,
}

/// What an expression means, in terms of its slots and the anchor day D.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Gives {
    /// A look-alike.
    Nothing,
    /// D and so many days.
    Day(i32),
    /// D and so many days, first and last.
    Days(Days),
    /// `{number} {unit}` before D.
    Ago,
    /// The `{number} {unit}` up to D.
    Past,
    /// The `{number} {unit}` after D.
    Coming,
    /// `{ordinal}` day of what goes on, up to D or a weekday.
    NthDay,
    /// A weekday.
    Weekday(Which),
    /// The night that ends on a weekday.
    WeekdayNight,
    /// One weekday to another.
    WeekdayRange,
    /// So many weekdays before D.
    WeekdaysAgo,
    /// The weekend so many weeks from the latest.
    Weekend(i32),
    /// The ISO week so many weeks from D's.
    Week(i32),
    /// The month so many months from D's.
    Month(i32),
    /// The year so many years from D's.
    Year(i16),
    /// What is left of D's week, month or year.
    Rest(Unit),
    /// A season.
    Season(Which),
    /// A month by its name.
    NamedMonth(Which),
    /// One month to another.
    MonthRange,
    /// The first, second ... or last week of a month.
    WeekOfMonth,
    /// The ISO week of a date.
    WeekOfDate,
    /// A date.
    Date,
    /// A date in the year so many years from D's.
    DateInYear(i16),
    /// A day of the month so many months from D's.
    DayOfMonth(i32),
    /// The night that ends on a date.
    DateNight,
    /// One date to another.
    DateRange,
    /// A day to a date of the same month: "12 and 13 July".
    DayRange,
    /// A date to a day of the same month: "July 12-14".
    DateToDay,
    /// A year alone.
    NamedYear,
    /// Long ago.
    History,
    /// The date of the event beside it.
    SameDay,
    /// So many days from the event beside it.
    Offset(i32),
    /// `{number} {unit}` before the event beside it.
    OffsetBack,
    /// `{number} {unit}` after the event beside it.
    OffsetForward,
    /// A time of day alone.
    Part,
}

/// Days counted from D.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Days {
    pub(super) from: i32,
    pub(super) to: i32,
    /// The ends are vague, however few days lie between them.
    #[serde(default)]
    pub(super) open: bool,
}

/// Which of the days, months or seasons of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Which {
    /// The latest that is not after D.
    Latest,
    /// The latest that is wholly before D.
    Last,
    /// The first after D.
    Next,
    /// That of D's year.
    This,
    /// That of the year before D's.
    LastYear,
    /// That of the year after D's.
    NextYear,
    /// That of the ISO week before D's.
    LastWeek,
    /// That of D's ISO week.
    ThisWeek,
    /// That of the ISO week after D's.
    NextWeek,
}
