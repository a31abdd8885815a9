//! Reports as they come in: reading files, and cutting a report into zones. Knows no place and no event.

mod report;
mod zones;

pub use report::{Report, Zone, ZoneKind};
pub use zones::{Zoned, Zoner};
