//! The day of a story's news, where its lead dates the statement, and the period that its title names.

use jiff::ToSpan;
use jiff::civil::Date;

use super::grammar::Grammar;
use super::marks::is_said_at;
use crate::date::{DateMention, DatePrecision, EventDate, Meaning};
use crate::lexicon::WordId;

/// "Said yesterday" in the lead: what the story tells undated, and its "overnight", count from that day.
pub(super) fn news_day(
    grammar: &Grammar,
    words: &[WordId],
    start: usize,
    dates: &[DateMention],
    printed: Option<Date>,
) -> Option<Date> {
    let eve = printed?.saturating_sub(1.day());
    let said = |m: &&DateMention| is_said_at(grammar, words, start, m.tokens.start);
    let is_eve = |m: &DateMention| matches!(m.meaning, Meaning::On(d) if d == EventDate::day(eve));
    dates.iter().filter(said).any(is_eve).then_some(eve)
}

/// How many days before printing the period of a round-up may end.
const LATE: i32 = 21;

/// "Weekly update (5 to 11 July 2021)" in a title: what the story tells undated happened in that time.
pub(super) fn period(dates: &[DateMention], printed: Option<Date>) -> Option<EventDate> {
    let long = |d: &EventDate| matches!(d.precision, DatePrecision::Week | DatePrecision::Month);
    let fresh = |d: &EventDate| printed.is_none_or(|p| (0..=LATE).contains(&(p - d.to).get_days()));
    dates.iter().find_map(|m| match m.meaning {
        Meaning::On(date) if m.tokens.len() > PHRASE && long(&date) && fresh(&date) => Some(date),
        _ => None,
    })
}

/// "Overnight", "last week", "past 24 hours" have fewer tokens than two dates.
const PHRASE: usize = 3;
