//! The tables of a run: every event, and every unit's status on every day.

use std::io;

use super::{EventRecord, RecordFormat, RecordWriter, StatusRecord};
use crate::control::Timeline;
use crate::event::Event;

/// All events of a run as CSV.
///
/// # Errors
/// None in practice: memory is written to.
pub fn event_table(events: &[Event]) -> io::Result<Vec<u8>> {
    let mut writer = RecordWriter::new::<EventRecord<'_>>(Vec::new(), RecordFormat::Csv)?;
    events.iter().try_for_each(|event| writer.write(EventRecord::from(event)))?;
    writer.finish()
}

/// Unit by day, as CSV: what each unit's status was on each day of the run.
///
/// # Errors
/// None in practice: memory is written to.
pub fn timeline_table(timeline: &Timeline) -> io::Result<Vec<u8>> {
    let mut writer = RecordWriter::new::<StatusRecord<'_>>(Vec::new(), RecordFormat::Csv)?;
    for day in timeline.days() {
        for status in &day.statuses {
            writer.write(StatusRecord { date: Some(day.date), ..StatusRecord::from(status) })?;
        }
    }
    writer.finish()
}
