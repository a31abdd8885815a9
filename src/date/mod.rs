//! Time expressions and what they mean, counted from an anchor day. Knows no place and no event.

mod calendar;
mod civil;
mod event_date;
mod mention;
mod named;
mod pattern;
mod resolve;
mod rule;
mod slots;
mod trie;
mod words;

pub use calendar::{Calendar, DateRules};
pub use event_date::{DatePrecision, EventDate};
pub use mention::{DateMention, Meaning, PartOfDay};
