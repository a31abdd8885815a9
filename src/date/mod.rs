//! Time expressions and what they mean, counted from an anchor day. Knows no place and no event.

mod event_date;

pub use event_date::{DatePrecision, EventDate};
