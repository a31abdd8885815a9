//! Writers: records, tables, layers, maps and the manifest, and files that are never half written. Reads no report
//! and decides nothing.

mod event_record;
mod events;
mod layer;

pub use event_record::EventRecord;
pub use events::{EventWriter, TableFormat};
