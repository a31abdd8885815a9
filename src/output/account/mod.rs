//! An account of a status or an event: a page for people, a record for programs.

mod event_page;
mod page;
mod record;
mod words;

pub use event_page::EventPage;
pub use page::AccountPage;
pub use record::{AccountRecord, EventAccountRecord};
