//! A report as it was read: a page for people, a record for programs.

mod notes;
mod page;
mod record;

pub use page::ReadingPage;
pub use record::ReadingRecord;
