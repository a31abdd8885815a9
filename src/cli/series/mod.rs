//! A series of maps: what is written for each day that events tell of, and the folder it goes to.

mod files;
mod format;
mod gis;
mod summary;

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use naqsha::control::{self, Timeline};
use naqsha::data::DataFiles;
use naqsha::error::Error;
use naqsha::mapper::Mapper;
use naqsha::output::{Folder, Manifest, Tally};
use naqsha::report::InputHash;

use super::Outcome;
use super::evidence::{Evidence, Read, day};
use super::look::Look;
use super::words::Words;
use format::{Format, Quotes};
use summary::Summary;

/// Which days are written, what of each, and where.
#[derive(Debug, Args)]
pub(super) struct Series {
    /// Folder to write to
    #[arg(short, long, default_value = "output", value_name = "DIR")]
    pub(super) output: PathBuf,
    /// First day to write, as 2021-07-07; evidence of other days still counts
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Date>,
    /// Last day to write
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Date>,
    /// What to write
    #[arg(long, value_delimiter = ',', default_value = "geojson,svg,png,csv,html", value_name = "FORMATS")]
    format: Vec<Format>,
    #[command(flatten)]
    pub(super) look: Look,
    /// Seconds that each map of an animation stays
    #[arg(long, default_value_t = 0.8, value_name = "SECONDS", value_parser = pace)]
    pace: f64,
    /// Sentences of reports in layers, tables and the page to browse
    #[arg(long, default_value = "full", value_name = "LENGTH")]
    quotes: Quotes,
    /// Print a summary as one line of JSON
    #[arg(long)]
    json: bool,
}

/// A folder to write to, tried before anything is read.
pub(super) struct Opened {
    folder: Folder,
    is_new: bool,
}

/// What was read for a series.
pub(super) struct Told {
    pub(super) read: Read,
    pub(super) inputs: Vec<InputHash>,
}

fn pace(seconds: &str) -> Result<f64, String> {
    let given: Option<f64> = seconds.parse().ok();
    given.filter(|s| (0.05..=60.0).contains(s)).ok_or_else(|| "give 0.05 to 60 seconds".to_owned())
}

impl Series {
    /// Opens the folder to write to.
    pub(super) fn open(&self) -> Result<Opened, Error> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Error::Usage(format!("--from {from} is after --to {to}; swap them")));
        }
        let is_new = !self.output.exists();
        Ok(Opened { folder: Folder::open(&self.output)?, is_new })
    }

    /// Writes the days that the events tell of.
    pub(super) fn publish(
        &self,
        evidence: &Evidence,
        (mapper, data): (&Mapper, &DataFiles),
        opened: Opened,
        told: Told,
        words: &mut Words,
    ) -> Result<Outcome, Error> {
        let Told { read, inputs } = told;
        let Read { events, reports, rows } = read;
        let span = control::span(&events);
        let timeline = self.quoting(mapper, mapper.timeline(events, self.from, self.to));
        words.notices(&timeline.notices);
        let days = timeline.days();
        let manifest = Manifest {
            from: days.first().map(|d| d.date),
            to: days.last().map(|d| d.date),
            reports,
            coded_rows: rows,
            events: timeline.events.len(),
            baseline: evidence.baseline_used(),
            corrections: evidence.corrections_used(mapper.fates(&timeline)),
            inputs,
            ..Manifest::of(data)?
        };
        let (from, to) = (manifest.from, manifest.to);
        // Inputs without any event or day are more likely a mistake than a wish to clear the folder.
        let nothing = days.is_empty();
        let Opened { folder, is_new } = opened;
        let tally = if nothing {
            if is_new {
                folder.discard();
            }
            Tally::default()
        } else {
            self.write(mapper, data, &timeline, &folder, &manifest.data_sha256, words)?;
            folder.close(manifest, |path| self.covers(path))?
        };
        self.tell(&timeline, span, (reports, rows), tally, words);
        if self.json {
            let (days, events, skipped) = (days.len(), timeline.events.len(), words.skipped());
            let Tally { files, changed, removed } = tally;
            let output = &self.output.to_string_lossy();
            let summary =
                Summary { output, from, to, days, reports, events, skipped, files, changed, removed };
            summary.print()?;
        }
        Ok(if nothing { Outcome::Nothing } else { Outcome::Done })
    }

    fn quoting(&self, mapper: &Mapper, timeline: Timeline) -> Timeline {
        match self.quotes {
            Quotes::None => timeline.quoting(0),
            Quotes::Short => timeline.quoting(mapper.atlas().quote_words()),
            Quotes::Full => timeline,
        }
    }

    /// Whether a path of the output folder is this run's to write: not if it belongs to a day outside --from and --to.
    fn covers(&self, path: &str) -> bool {
        let day = path.split('/').next().and_then(|folder| folder.parse::<Date>().ok());
        day.is_none_or(|d| self.from.is_none_or(|f| d >= f) && self.to.is_none_or(|t| d <= t))
    }
}
