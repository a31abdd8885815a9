//! `naqsha extract`: one record an event, to standard output, as the reports come.

use std::io::{self, BufWriter};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use naqsha::error::Error;
use naqsha::event::Reader;
use naqsha::mapper;
use naqsha::output::{EventWriter, TableFormat};
use naqsha::report::Inputs;

use super::reading::in_batches;
use super::words::Words;
use super::{Common, Outcome, to_stdout};

/// Write one record per event to standard output, without merging reports
///
/// Reports are read one after another and never held all at once. In CSV a text that begins with = + - @ gets an
/// apostrophe before it, so that spreadsheets do not run it.
#[derive(Debug, Args)]
pub(super) struct Extract {
    /// Files, folders (read recursively) or - for standard input: .txt .md .csv .tsv .jsonl .json, also .gz or .zst
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// How to write the records
    #[arg(long, default_value = "jsonl", value_name = "FORMAT")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Geojson,
}

impl Extract {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let mut inputs = Inputs::open(&self.inputs, None)?;
        let reader = Reader::from_data(&common.data()?)?;
        let format = match self.format {
            Format::Jsonl => TableFormat::JsonLines,
            Format::Csv => TableFormat::Csv,
            Format::Geojson => TableFormat::GeoJson,
        };
        let out = BufWriter::new(io::stdout().lock());
        let mut writer = EventWriter::new(out, format).map_err(to_stdout)?;
        let mut found = 0;
        let reports = in_batches(&mut inputs, words, |batch, words| {
            let (events, notices) = mapper::read_all(&reader, &batch);
            words.notices(&notices);
            found += events.len();
            writer.write(&events).map_err(to_stdout)
        })?;
        writer.finish().map_err(to_stdout)?;
        if found == 0 {
            words.line(format_args!("no event in {reports} reports"));
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }
}
