//! From a matched rule to a meaning: months, dates, years and seasons called by name or number.

use jiff::civil::Date;

use super::civil::{month_from, plus, season_of_year, spanning, third_of_month, third_of_year, until, vague};
use super::resolve::Reading;
use super::rule::{Gives, Which};
use super::slots::Caught;
use super::{EventDate, Meaning, civil};
use crate::text::WrittenDate;

/// The meaning of a match that says its year, with or without an anchor.
pub(super) fn absolute(gives: Gives, c: &Caught, anchor: Option<Date>) -> Option<Reading> {
    let seen = |days: EventDate| anchor.map_or(Reading::on(days), |day| Reading::seen_from(day, days));
    let first = c.dates[0];
    let found = match gives {
        Gives::Date => EventDate::day(likelier(first?, anchor)?),
        Gives::DateNight => night(first?.date()?),
        Gives::WeekOfDate => week_about(first?.date()?),
        Gives::DayRange => {
            let last = first?.date()?;
            spanning(first?.with_day(c.day?).date()?, last)
        }
        Gives::DateToDay => {
            let year = c.year.or(first?.year)?;
            spanning(first?.day_in(year)?, first?.with_day(c.day?).day_in(year)?)
        }
        Gives::DateRange => {
            let last = c.dates[1]?;
            let year = last.year.or(first?.year)?;
            spanning(first?.day_in(first?.year.unwrap_or(year))?, last.day_in(year)?)
        }
        Gives::NamedMonth(_) => {
            let (from, to) = first?.month_in(first?.year?)?;
            let found = part_of_month(from, to, c);
            return Some(seen(anchor.map_or(found, |day| until(found, day))));
        }
        Gives::MonthRange => {
            let last = c.dates[1]?;
            let year = last.year?;
            vague(first?.month_in(first?.year.unwrap_or(year))?.0, last.month_in(year)?.1)
        }
        Gives::WeekOfMonth => week_of_month(first?.month_in(first?.year?)?, c.ordinal)?,
        Gives::Season(_) => season_of_year(c.year?, c.season?)?,
        Gives::NamedYear => return named_year(c, anchor),
        _ => return None,
    };
    Some(seen(found))
}

/// How old news may be, in days, for its date to say which of two readings is meant.
const FRESH: i32 = 31;

/// Beyond so many days no date is taken for the nearer one.
const YEAR: i32 = 365;

/// Of the two readings of 03/04/2015 the day first, unless it is no fresh news and the other one is nearer, or it lies
/// ahead and the other does not.
fn likelier(written: WrittenDate, anchor: Option<Date>) -> Option<Date> {
    let first = written.date()?;
    let (Some(anchor), Some(second)) = (anchor, written.swapped().and_then(|w| w.date())) else {
        return Some(first);
    };
    let age = |d: Date| (anchor - d).get_days();
    let is_fresh = |d: Date| (0..=FRESH).contains(&age(d));
    let newer = !is_fresh(first) && (0..age(first).min(YEAR)).contains(&age(second));
    let other = newer || age(first) < 0 && age(second) >= 0;
    Some(if other { second } else { first })
}

/// The meaning of a match without a year, from the anchor.
pub(super) fn from_anchor(gives: Gives, c: &Caught, day: Date) -> Option<Reading> {
    Some(match gives {
        Gives::Date => {
            let found = latest_day(c.dates[0]?, day)?;
            let later = next_day(c.dates[0]?, day).map(EventDate::day);
            Reading { later, ..Reading::on(EventDate::day(found)) }
        }
        Gives::DateNight => Reading::on(night(latest_day(c.dates[0]?, day)?)),
        Gives::WeekOfDate => Reading::on(week_about(latest_day(c.dates[0]?, day)?)),
        Gives::DateInYear(n) => Reading::seen_from(day, EventDate::day(c.dates[0]?.day_in(day.year() + n)?)),
        Gives::DayOfMonth(n) => {
            let month = month_from(day, n);
            let found = Date::new(month.year(), month.month(), c.day?).ok()?;
            Reading::seen_from(day, EventDate::day(found))
        }
        Gives::DayRange => {
            let to = latest_day(c.dates[0]?, day)?;
            Reading::on(spanning(latest_day(c.dates[0]?.with_day(c.day?), to)?, to))
        }
        Gives::DateToDay => {
            let to = latest_day(c.dates[0]?.with_day(c.day?), day)?;
            Reading::on(spanning(latest_day(c.dates[0]?, to)?, to))
        }
        Gives::DateRange => {
            let to = latest_day(c.dates[1]?, day)?;
            Reading::on(spanning(latest_day(c.dates[0]?, to)?, to))
        }
        Gives::NamedMonth(which) => named_month(which, c, day)?,
        Gives::MonthRange => {
            let (last_from, to) = latest_month(c.dates[1]?, None, day)?;
            let (from, _) = latest_month(c.dates[0]?, None, plus(last_from, -1))?;
            Reading::on(until(vague(from, to), day))
        }
        Gives::WeekOfMonth => {
            let starts = |year| week_of_month(c.dates[0]?.month_in(year)?, c.ordinal);
            let years = c.dates[0]?.years_about(day.year());
            let found = years.into_iter().filter_map(starts).find(|w| w.from <= day)?;
            Reading::on(until(found, day))
        }
        Gives::Season(which) => season(which, c.season?, day)?,
        _ => return None,
    })
}

/// The latest day of this name that is not after the day after `day`; where a weekday stands beside it, the
/// latest that is one.
fn latest_day(written: WrittenDate, day: Date) -> Option<Date> {
    let days = written.years_about(day.year()).into_iter().filter_map(|y| written.day_in(y));
    let past: Vec<Date> = days.filter(|d| *d <= plus(day, 1)).collect();
    let named = past.iter().find(|d| written.weekday == Some(d.weekday()));
    named.or(past.first()).copied()
}

fn next_day(written: WrittenDate, day: Date) -> Option<Date> {
    let years = written.years_about(day.year());
    years.into_iter().rev().filter_map(|y| written.day_in(y)).find(|d| *d > day)
}

/// First and last day of the latest month of this name that began, or whose third began, by `day`.
fn latest_month(written: WrittenDate, third: Option<usize>, day: Date) -> Option<(Date, Date)> {
    let months = written.years_about(day.year()).into_iter().filter_map(|y| written.month_in(y));
    months.into_iter().find(|(from, to)| third_of_month(*from, *to, third).from <= day)
}

fn part_of_month(from: Date, to: Date, c: &Caught) -> EventDate {
    match c.ordinal {
        Some(1) => EventDate { to: plus(from, 14), ..third_of_month(from, to, None) },
        Some(_) => EventDate { from: plus(from, 15), ..third_of_month(from, to, None) },
        None => third_of_month(from, to, c.third),
    }
}

fn named_month(which: Which, c: &Caught, day: Date) -> Option<Reading> {
    let written = c.dates[0]?;
    let years = written.years_about(day.year());
    let next = years.into_iter().rev().filter_map(|y| written.month_in(y)).find(|(from, _)| *from > day);
    let next = next.map(|(from, to)| part_of_month(from, to, c));
    let (from, to) = match which {
        Which::Next | Which::NextWeek => return next.map(|n| Reading::plain(Meaning::Future(n))),
        Which::This | Which::ThisWeek => written.month_in(years[1])?,
        Which::LastYear => written.month_in(years[2])?,
        Which::NextYear => written.month_in(years[0])?,
        Which::Last | Which::LastWeek => {
            years.into_iter().filter_map(|y| written.month_in(y)).find(|(_, to)| *to < day)?
        }
        Which::Latest => latest_month(written, c.third, day)?,
    };
    let found = part_of_month(from, to, c);
    if found.from > day {
        return Some(Reading::plain(Meaning::Future(found)));
    }
    Some(Reading { later: next, ..Reading::on(until(found, day)) })
}

fn named_year(c: &Caught, anchor: Option<Date>) -> Option<Reading> {
    let found = third_of_year(c.year?, c.third)?;
    Some(match anchor {
        Some(day) if found.from.year() < day.year() => Reading::plain(Meaning::History),
        Some(day) if found.from > day => Reading::plain(Meaning::Future(found)),
        Some(day) => Reading::on(until(found, day)),
        None => Reading::on(found),
    })
}

fn season(which: Which, months: (i8, i8), day: Date) -> Option<Reading> {
    let year = day.year();
    let all = [year + 1, year, year - 1, year - 2];
    let mut seasons = all.into_iter().filter_map(|y| season_of_year(y, months));
    Some(match which {
        Which::Next | Which::NextWeek => {
            let next =
                all.into_iter().rev().filter_map(|y| season_of_year(y, months)).find(|s| s.from > day)?;
            Reading::plain(Meaning::Future(next))
        }
        Which::Last | Which::LastWeek => Reading::on(seasons.find(|s| s.to < day)?),
        _ => Reading::on(until(seasons.find(|s| s.from <= day)?, day)),
    })
}

fn night(end: Date) -> EventDate {
    spanning(plus(end, -1), end)
}

fn week_about(day: Date) -> EventDate {
    spanning(civil::monday(day), plus(civil::monday(day), 6))
}

/// Week `ordinal` of a month, of seven days each; the last seven days without one.
fn week_of_month((from, to): (Date, Date), ordinal: Option<i8>) -> Option<EventDate> {
    let Some(n) = ordinal else { return Some(spanning(plus(to, -6), to)) };
    let first = plus(from, 7 * (i32::from(n) - 1));
    (first <= to).then(|| spanning(first, plus(first, 6).min(to)))
}
