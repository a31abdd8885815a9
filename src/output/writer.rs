//! Records as JSON Lines, CSV or GeoJSON, written as they come.

use std::io::{self, Write};

use geo::Geometry;

use super::layer::LayerWriter;
use super::record::Record;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated, a header line first.
    Csv,
    /// A feature collection of points.
    GeoJson,
}

/// Writes records as they come, so that a corpus of any size passes through.
///
/// ```
/// use naqsha::output::{EventRecord, RecordFormat, RecordWriter};
/// let writer = RecordWriter::new::<EventRecord>(Vec::new(), RecordFormat::GeoJson)?;
/// assert_eq!(writer.finish()?, b"{\"type\":\"FeatureCollection\",\"features\":[]}\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct RecordWriter<W: Write>(Form<W>);

enum Form<W: Write> {
    JsonLines(W),
    Csv(Box<csv::Writer<W>>),
    GeoJson(LayerWriter<W>),
}

impl<W: Write> RecordWriter<W> {
    /// Begins writing; a table gets its header.
    ///
    /// # Errors
    /// What the stream gives.
    pub fn new<R: Record>(out: W, format: RecordFormat) -> io::Result<RecordWriter<W>> {
        Ok(RecordWriter(match format {
            RecordFormat::JsonLines => Form::JsonLines(out),
            RecordFormat::GeoJson => Form::GeoJson(LayerWriter::new(out)),
            RecordFormat::Csv => {
                let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(out);
                table.write_record(R::COLUMNS).map_err(io_error)?;
                Form::Csv(Box::new(table))
            }
        }))
    }

    /// Writes one record.
    ///
    /// # Errors
    /// What the stream gives.
    pub fn write(&mut self, record: impl Record) -> io::Result<()> {
        match &mut self.0 {
            Form::JsonLines(out) => {
                serde_json::to_writer(&mut *out, &record)?;
                out.write_all(b"\n")
            }
            Form::Csv(table) => table.serialize(record.into_cells()).map_err(io_error),
            Form::GeoJson(layer) => {
                let id = record.id().into_owned();
                let point = record.position().map(Geometry::Point);
                layer.feature(&id, point.as_ref(), &record.into_properties())
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
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(e) => e,
        other => io::Error::other(format!("{other:?}")),
    }
}
