//! The days of a row, as wide as its code book says that they are known.

use jiff::ToSpan;
use jiff::civil::Date;

use super::codebook::{Cells, DateCodes, cell};
use crate::date::{DatePrecision, EventDate};
use crate::report::day_of;

/// Days on either side of the day that stands for some days or a week.
const HALF_WEEK: i64 = 3;

/// When a row's event happened, or what is wrong with its date.
pub(super) fn when(codes: &DateCodes, cells: &Cells) -> Result<EventDate, String> {
    if codes.parts.is_empty() { ranged(codes, cells) } else { from_parts(codes, cells) }
}

fn ranged(codes: &DateCodes, cells: &Cells) -> Result<EventDate, String> {
    let read = |columns: &[String]| match cell(cells, columns) {
        None => Ok(None),
        Some(text) => day_of(text)
            .map(Some)
            .ok_or_else(|| format!("the date {text:?} is not understood; write it as 2021-07-07")),
    };
    let from = read(&codes.from)?.ok_or_else(|| "has no date; give it one as 2021-07-07".to_owned())?;
    let to = read(&codes.to)?.unwrap_or(from);
    if to < from {
        return Err(format!("ends on {to}, before it begins on {from}; check the two dates"));
    }
    let precision = match cell(cells, &codes.precision) {
        None => DatePrecision::Day,
        Some(code) => *codes.meaning.get(code).ok_or_else(|| {
            let known: Vec<&str> = codes.meaning.keys().map(String::as_str).collect();
            format!("the date precision {code:?} is none of {}; correct it", known.join(", "))
        })?,
    };
    Ok(as_wide(from, to, precision))
}

/// A single day that stands for more is as wide as it stands for.
fn as_wide(from: Date, to: Date, precision: DatePrecision) -> EventDate {
    let around = |days: i64| (from.saturating_sub(days.days()), to.saturating_add(days.days()));
    let (from, to) = match precision {
        DatePrecision::Days | DatePrecision::Week if from == to => around(HALF_WEEK),
        DatePrecision::Month if from == to => (from.first_of_month(), from.last_of_month()),
        _ => (from, to),
    };
    let range = EventDate::range(from, to);
    EventDate { precision: range.precision.max(precision), ..range }
}

/// A year with its month and day, where these are known.
fn from_parts(codes: &DateCodes, cells: &Cells) -> Result<EventDate, String> {
    let number = |at: usize| {
        let text = codes.parts.get(at).and_then(|column| cells.get(column)).map_or("0", String::as_str);
        text.trim_end_matches(".0").parse::<i16>().map_err(|_| {
            let column = codes.parts.get(at).map_or("", String::as_str);
            format!("{column} is {text:?}; give a number, 0 where it is unknown")
        })
    };
    let (year, month, day) = (number(0)?, number(1)?, number(2)?);
    let date = |month: i16, day: i16| {
        let parts = i8::try_from(month).ok().zip(i8::try_from(day).ok());
        parts.and_then(|(m, d)| Date::new(year, m, d).ok()).filter(|_| year > 0).ok_or_else(|| {
            format!("{year}-{month}-{day} is no day; give year, month and day, 0 where one is unknown")
        })
    };
    match (month, day) {
        (0, _) => {
            Ok(EventDate { precision: DatePrecision::Longer, ..EventDate::range(date(1, 1)?, date(12, 31)?) })
        }
        (month, 0) => {
            let first = date(month, 1)?;
            Ok(EventDate {
                precision: DatePrecision::Month,
                ..EventDate::range(first, first.last_of_month())
            })
        }
        (month, day) => Ok(EventDate::day(date(month, day)?)),
    }
}
