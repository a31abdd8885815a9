//! Writers: records, tables, layers, maps and the manifest, and files that are never half written. Reads no report
//! and decides nothing.

mod account;
mod change_record;
mod diff;
mod drawn;
mod event_record;
mod folder;
mod gpkg;
mod layer;
mod layers;
mod lines;
mod manifest;
mod page;
mod place_record;
mod qgis;
mod reading;
mod record;
mod review;
mod spells;
mod statistics;
mod status_record;
mod telling_record;
mod timeline;
mod writer;

pub use account::{AccountPage, AccountRecord, EventAccountRecord, EventPage};
pub use change_record::{ChangeRecord, change_table};
pub use diff::{DiffPage, DiffRecord};
pub use event_record::EventRecord;
pub use folder::{Folder, Tally};
pub use gpkg::geopackage;
pub use layers::{areas, areas_of_run, events, places, places_of_run};
pub use manifest::{BaselineUsed, CorrectionsUsed, Manifest, OutputFile};
pub use page::page;
pub use place_record::PlaceRecord;
pub use qgis::{Styles, project};
pub use reading::{ReadingPage, ReadingRecord};
pub use record::Record;
pub use review::{ReviewPage, ReviewRecord};
pub use statistics::{StatisticsRecord, statistics_table};
pub use status_record::StatusRecord;
pub use telling_record::TellingRecord;
pub use timeline::{event_table, timeline_table};
pub use writer::{RecordFormat, RecordWriter};
