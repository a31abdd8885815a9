//! `naqsha extract`: one record an event, to standard output, as the reports come.

use std::io::{self, BufWriter, IsTerminal};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use naqsha::error::Error;
use naqsha::event::Reader;
use naqsha::mapper;
use naqsha::output::{EventRecord, PlaceRecord, RecordFormat, RecordWriter, TellingRecord};
use naqsha::report::{Inputs, Report};

use super::reading::in_batches;
use super::words::{Words, counted};
use super::{Common, Outcome, to_stdout};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha extract reports/ > events.jsonl
  naqsha extract wire.jsonl.gz --format csv > events.csv
  naqsha extract reports/ --what places
  curl -s https://example.org/feed.xml | naqsha extract -";

/// Write one record per event to standard output, without merging reports
///
/// Reports are read one after another and never held all at once. In CSV a text that begins with = + - @ gets an
/// apostrophe before it, so that spreadsheets do not run it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Extract {
    /// Files, folders (read recursively) or - for standard input: text, saved web pages, RSS, Atom,
    /// tables and JSON, also .gz or .zst
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Events; every place that is named; or tellings, which are events with all that decides how their word counts, so
    /// that naqsha map makes the same statuses of them as naqsha build of the reports
    #[arg(long, default_value = "events", value_name = "WHAT")]
    what: What,
    /// How to write the records
    #[arg(long, default_value = "jsonl", value_name = "FORMAT")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    Events,
    Places,
    Tellings,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Geojson,
}

impl Extract {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        if matches!(self.what, What::Tellings) && !matches!(self.format, Format::Jsonl) {
            return Err(Error::Usage("tellings are written as JSON Lines; leave --format out".to_owned()));
        }
        let mut inputs = Inputs::open(&self.inputs, None)?;
        let reader = Reader::from_data(&common.data()?)?;
        words.notices(reader.gazetteer().notices());
        let format = match self.format {
            Format::Jsonl => RecordFormat::JsonLines,
            Format::Csv => RecordFormat::Csv,
            Format::Geojson => RecordFormat::GeoJson,
        };
        let out = BufWriter::new(io::stdout().lock());
        let mut writer = match self.what {
            What::Events => RecordWriter::new::<EventRecord<'_>>(out, format),
            What::Places => RecordWriter::new::<PlaceRecord<'_>>(out, format),
            What::Tellings => RecordWriter::new::<TellingRecord<'_>>(out, format),
        }
        .map_err(to_stdout)?;
        // Records on the terminal would run into the counter.
        let on_terminal = io::stdout().is_terminal();
        let bar = if on_terminal { ProgressBar::hidden() } else { words.progress(None, "reports") };
        let mut found = 0;
        let reports = in_batches(&mut inputs, words, &bar, |batch, words| {
            found += match self.what {
                What::Events | What::Tellings => write_events(&mut writer, &reader, &batch, words, self.what),
                What::Places => write_places(&mut writer, &reader, &batch, words),
            }
            .map_err(to_stdout)?;
            Ok(())
        })?;
        writer.finish().map_err(to_stdout)?;
        if found == 0 {
            let what = match self.what {
                What::Events | What::Tellings => "event",
                What::Places => "place",
            };
            words.line(format_args!(
                "no {what} found; {}",
                counted(reports, "report was read", "reports were read")
            ));
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }
}

/// Writes what a batch of reports tells; how many events that is.
fn write_events<W: io::Write>(
    writer: &mut RecordWriter<W>,
    reader: &Reader,
    batch: &[Report],
    words: &mut Words,
    what: What,
) -> io::Result<usize> {
    let mut found = 0;
    for (events, notices) in mapper::events_all(reader, batch) {
        words.notices(&notices);
        found += events.len();
        events.iter().try_for_each(|event| match what {
            What::Tellings => writer.write(TellingRecord::from(event)),
            What::Events | What::Places => writer.write(EventRecord::from(event)),
        })?;
    }
    Ok(found)
}

/// Writes the places that a batch of reports names; how many there are.
fn write_places<W: io::Write>(
    writer: &mut RecordWriter<W>,
    reader: &Reader,
    batch: &[Report],
    words: &mut Words,
) -> io::Result<usize> {
    let mut found = 0;
    for (report, reading) in batch.iter().zip(&mapper::read_all(reader, batch)) {
        words.notices(&reading.notices);
        let places = PlaceRecord::all(report, reading, reader.gazetteer());
        found += places.len();
        places.into_iter().try_for_each(|place| writer.write(place))?;
    }
    Ok(found)
}
