//! Text as the upper floors see it: spans, folded tokens, sentences, numbers, written dates. Knows no place, verb or day of
//! printing.

mod calendar_names;
mod fold;
mod numbers;
mod sentences;
mod solar_hijri;
mod span;
mod spelling;
mod tokens;
mod word_table;
mod written_date;

pub use calendar_names::{CalendarKind, CalendarNames, MonthName};
pub use fold::fold;
pub use numbers::{number, number_words};
pub use sentences::Sentence;
pub use solar_hijri::{solar_hijri, to_solar_hijri};
pub use span::Span;
pub use tokens::{Gap, Shape, Token, Tokens};
pub use word_table::{Word, WordMap, WordSet};
pub use written_date::WrittenDate;
