//! Sums with days: weekdays, ISO weeks, months, seasons, thirds of a month.

use jiff::civil::{Date, Weekday};

use super::{DatePrecision, EventDate};

/// `day` and so many days, kept within the calendar.
pub(super) fn plus(day: Date, days: i32) -> Date {
    match jiff::Span::new().try_days(days) {
        Ok(span) => day.saturating_add(span),
        Err(_) => day,
    }
}

/// The first of the month so many months from `day`'s.
pub(super) fn month_from(day: Date, months: i32) -> Date {
    match jiff::Span::new().try_months(months) {
        Ok(span) => day.first_of_month().saturating_add(span),
        Err(_) => day,
    }
}

/// The latest `weekday` on or before `day`.
pub(super) fn latest(weekday: Weekday, day: Date) -> Date {
    plus(day, -i32::from(day.weekday().since(weekday)))
}

/// The Monday of `day`'s ISO week.
pub(super) fn monday(day: Date) -> Date {
    latest(Weekday::Monday, day)
}

/// Days one to the other, as precise as their number says.
pub(super) fn spanning(from: Date, to: Date) -> EventDate {
    let (from, to) = if from <= to { (from, to) } else { (to, from) };
    let mut found = EventDate { from, to, precision: DatePrecision::Day };
    found.precision = match found.days() {
        ..=1 => DatePrecision::Day,
        2..=6 => DatePrecision::Days,
        7..=10 => DatePrecision::Week,
        11..=31 => DatePrecision::Month,
        _ => DatePrecision::Longer,
    };
    found
}

/// Days one to the other, known to be vague.
pub(super) fn vague(from: Date, to: Date) -> EventDate {
    EventDate { from: from.min(to), to: to.max(from), precision: DatePrecision::Longer }
}

/// The first, middle or last third (0, 1, 2) of a month that begins and ends on these days; the whole without one.
pub(super) fn third_of_month(from: Date, to: Date, third: Option<usize>) -> EventDate {
    let (from, to, precision) = match third {
        Some(0) => (from, plus(from, 9), DatePrecision::Week),
        Some(1) => (plus(from, 10), plus(from, 19), DatePrecision::Week),
        Some(_) => (plus(from, 20), to, DatePrecision::Week),
        None => (from, to, DatePrecision::Month),
    };
    EventDate { from, to, precision }
}

/// A year or a third of it.
pub(super) fn third_of_year(year: i16, third: Option<usize>) -> Option<EventDate> {
    let (from, to) = match third {
        Some(0) => (1, 4),
        Some(1) => (5, 8),
        Some(_) => (9, 12),
        None => (1, 12),
    };
    let precision = DatePrecision::Longer;
    Some(EventDate {
        from: Date::new(year, from, 1).ok()?,
        to: Date::new(year, to, 1).ok()?.last_of_month(),
        precision,
    })
}

/// A season that begins in `year`; its last month may lie in the next.
pub(super) fn season_of_year(year: i16, (from, to): (i8, i8)) -> Option<EventDate> {
    let end = if to < from { year + 1 } else { year };
    let to = Date::new(end, to, 1).ok()?.last_of_month();
    Some(EventDate { from: Date::new(year, from, 1).ok()?, to, precision: DatePrecision::Longer })
}

/// The same days as far as they are not after `day`, where they began by then.
pub(super) fn until(found: EventDate, day: Date) -> EventDate {
    if found.from <= day { EventDate { to: found.to.min(day), ..found } } else { found }
}
