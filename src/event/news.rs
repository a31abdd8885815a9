//! The day of a story's news, where its lead dates the statement.

use jiff::ToSpan;
use jiff::civil::Date;

use super::grammar::Grammar;
use super::marks::is_said_at;
use crate::date::{DateMention, EventDate, Meaning};
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
