//! Event records as JSON Lines, CSV or GeoJSON, written as they come.

use std::io::{self, Write};

use geo::{Geometry, Point};

use super::EventRecord;
use super::layer::LayerWriter;
use crate::event::Event;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated, a header line first.
    Csv,
    /// A feature collection of points.
    GeoJson,
}

/// Writes event records as they come, so that a corpus of any size passes through.
///
/// ```
/// use naqsha::output::{EventWriter, TableFormat};
/// let mut writer = EventWriter::new(Vec::new(), TableFormat::GeoJson)?;
/// writer.write(&[])?;
/// assert_eq!(writer.finish()?, b"{\"type\":\"FeatureCollection\",\"features\":[]}\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct EventWriter<W: Write>(Form<W>);

enum Form<W: Write> {
    JsonLines(W),
    Csv(Box<csv::Writer<W>>),
    GeoJson(LayerWriter<W>),
}

/// The columns of a table, which a table without rows still shows.
const COLUMNS: [&str; 42] = [
    "event_id",
    "doc_id",
    "published",
    "source",
    "url",
    "event_date",
    "end_date",
    "date_precision",
    "kind",
    "event_type",
    "sub_event_type",
    "actor1",
    "actor1_side",
    "actor2",
    "actor2_side",
    "place",
    "place_id",
    "place_kind",
    "scope",
    "admin1",
    "admin1_code",
    "admin2",
    "admin2_code",
    "longitude",
    "latitude",
    "geo_precision",
    "control_effect",
    "modality",
    "claimed_by",
    "interest",
    "killed_low",
    "killed_high",
    "wounded_low",
    "wounded_high",
    "confidence",
    "n_reports",
    "n_independent",
    "lineage",
    "sources",
    "quote",
    "quote_start",
    "quote_end",
];

impl<W: Write> EventWriter<W> {
    /// Begins writing; a table gets its header.
    ///
    /// # Errors
    /// What the stream gives.
    pub fn new(out: W, format: TableFormat) -> io::Result<EventWriter<W>> {
        Ok(EventWriter(match format {
            TableFormat::JsonLines => Form::JsonLines(out),
            TableFormat::GeoJson => Form::GeoJson(LayerWriter::new(out)),
            TableFormat::Csv => {
                let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(out);
                table.write_record(COLUMNS).map_err(io_error)?;
                Form::Csv(Box::new(table))
            }
        }))
    }

    /// Writes one record an event.
    ///
    /// # Errors
    /// What the stream gives.
    pub fn write(&mut self, events: &[Event]) -> io::Result<()> {
        events.iter().try_for_each(|event| self.record(event))
    }

    fn record(&mut self, event: &Event) -> io::Result<()> {
        let record = EventRecord::from(event);
        match &mut self.0 {
            Form::JsonLines(out) => {
                serde_json::to_writer(&mut *out, &record)?;
                out.write_all(b"\n")
            }
            Form::Csv(table) => table.serialize(record.for_table()).map_err(io_error),
            Form::GeoJson(layer) => {
                let point = Geometry::Point(Point::new(record.longitude, record.latitude));
                layer.feature(&event.id.0, &point, &EventRecord { event_id: None, ..record })
            }
        }
    }

    /// Writes what is still held back, and gives the stream back.
    ///
    /// # Errors
    /// What the stream gives.
    pub fn finish(self) -> io::Result<W> {
        let mut out = match self.0 {
            Form::JsonLines(out) => out,
            Form::Csv(table) => table.into_inner().map_err(csv::IntoInnerError::into_error)?,
            Form::GeoJson(layer) => layer.finish()?,
        };
        out.flush()?;
        Ok(out)
    }
}

/// The stream's own error, so that a closed pipe is still known for one.
pub(super) fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(e) => e,
        other => io::Error::other(format!("{other:?}")),
    }
}
