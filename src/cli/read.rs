//! `naqsha read`: a report as it was read, for people or as JSON.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;
use naqsha::error::Error;
use naqsha::event::Reader;
use naqsha::mapper;
use naqsha::output::{ReadingPage, ReadingRecord};
use naqsha::report::Inputs;

use super::answer::Format;
use super::reading::in_batches;
use super::words::{Words, page_width};
use super::{Common, Outcome, to_stdout};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha read report.txt
  naqsha read page.html --color always | less -R
  naqsha read reports/ --format json > read.jsonl";

/// Show a report as it was read: its parts, places, dates and acts, and what became of each
///
/// The text comes sentence by sentence: [places], {dates}, <acts> and ~names that are no place~ stand between marks, and
/// below each sentence stands what was made of them, and every event that it tells.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Read {
    /// Files, folders (read recursively) or - for standard input: text, saved web pages, RSS, Atom,
    /// tables and JSON, also .gz or .zst
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,
    /// A page for people, or one JSON object a report and line
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Columns of the page; if not given, those of the terminal, from 80 to 120
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(60..=400))]
    width: Option<u16>,
}

impl Read {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let mut inputs = Inputs::open(&self.inputs, None)?;
        let reader = Reader::from_data(&common.data()?)?;
        words.notices(reader.gazetteer().notices());
        // Only the page bears colours; a JSON text escapes what looks like one.
        let mut out: Box<dyn Write> = match self.format {
            Format::Text => Box::new(BufWriter::new(anstream::stdout().lock())),
            Format::Json => Box::new(BufWriter::new(io::stdout().lock())),
        };
        let width = self.width.map_or_else(page_width, usize::from);
        let mut above = format!("{}\n", ReadingPage::LEGEND);
        let reports = in_batches(&mut inputs, words, &ProgressBar::hidden(), |batch, words| {
            for (report, seen) in batch.iter().zip(&mapper::inspect_all(&reader, &batch)) {
                let places = reader.gazetteer();
                let written = match self.format {
                    Format::Text => {
                        let page = ReadingPage::new(report, seen, places, width);
                        write!(out, "{}\n{page}", std::mem::take(&mut above))
                    }
                    Format::Json => {
                        words.notices(&seen.reading.notices);
                        serde_json::to_writer(&mut out, &ReadingRecord::new(report, seen, places))
                            .map_err(io::Error::from)
                            .and_then(|()| out.write_all(b"\n"))
                    }
                };
                written.map_err(to_stdout)?;
            }
            Ok(())
        })?;
        out.flush().map_err(to_stdout)?;
        Ok(if reports == 0 { Outcome::Nothing } else { Outcome::Done })
    }
}
