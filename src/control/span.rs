//! The days of a run: from the first event to the last publication.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::date::DatePrecision;
use crate::event::Event;

/// A run begins at most so many days before the first publication (contract).
const LEAD_DAYS: i64 = 31;

/// The first and the last day of a run: the first event known to the day, but at most 31 days before the first
/// publication; the last publication. Without any publication the events' own days; None where nothing is dated.
#[must_use]
pub fn span(events: &[Event]) -> Option<(Date, Date)> {
    let published = || events.iter().filter_map(|e| e.published);
    let precise = || {
        let days = events.iter().filter_map(|e| e.when).filter(|w| w.precision == DatePrecision::Day);
        days.map(|w| w.from)
    };
    // Coded events rarely tell when their sources printed: they are known on their own days.
    let unprinted = || events.iter().filter(|e| e.published.is_none()).filter_map(|e| e.when);
    let known = || unprinted().filter(|w| w.precision == DatePrecision::Day).map(|w| w.to);
    let first_print = published().min();
    let earliest = first_print.map(|day| day.saturating_sub(LEAD_DAYS.days()));
    let last = published().chain(known()).max()?;
    let first = precise().filter(|d| *d <= last).min().or(first_print)?;
    Some((earliest.map_or(first, |e| first.max(e)), last))
}
