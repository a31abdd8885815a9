//! Reports as they come in: reading files, and cutting a report into zones. Knows no place and no event.

mod read;
mod record;
mod zone;

pub use read::{CodedRow, Entry, InputHash, Inputs, LONGEST_TEXT, Signature, day_of, read_reports};
pub use record::{Report, Undated, Zone, ZoneKind};
pub use zone::{Zoned, Zoner};
