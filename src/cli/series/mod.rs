//! A series of maps: what is written for each day that events tell of, and the folder it goes to.

mod files;
mod format;
mod gis;
mod summary;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use jiff::ToSpan;
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
use super::maker::Maker;
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
    /// Keep the folders of this many days, counted back from the last; those of days before are not written, and removed
    /// as far as an earlier run wrote them and nobody changed them since. Tables, all events and the page to browse
    /// stay whole
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
    /// Seconds to wait for another run that writes to the same folder
    #[arg(long, default_value_t = 0, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=86_400))]
    wait: u64,
    /// Print a summary as one line of JSON
    #[arg(long)]
    json: bool,
}

/// What was read for a series.
pub(super) struct Told {
    pub(super) begun: Instant,
    pub(super) maker: Maker,
    pub(super) read: Read,
    /// Reports that an earlier run had not read.
    pub(super) fresh: usize,
    pub(super) inputs: Vec<InputHash>,
}

fn pace(seconds: &str) -> Result<f64, String> {
    let given: Option<f64> = seconds.parse().ok();
    given.filter(|s| (0.05..=60.0).contains(s)).ok_or_else(|| "give 0.05 to 60 seconds".to_owned())
}

impl Series {
    /// Opens the folder to write to.
    pub(super) fn open(&self) -> Result<Folder, Error> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Error::Usage(format!("--from {from} is after --to {to}; swap them")));
        }
        Folder::open_within(&self.output, Duration::from_secs(self.wait))
    }

    /// Writes the days that the events tell of.
    pub(super) fn publish(
        &self,
        evidence: &Evidence,
        (mapper, data): (&Mapper, &DataFiles),
        folder: Folder,
        told: Told,
        words: &mut Words,
    ) -> Result<Outcome, Error> {
        let Told { begun, maker, read, fresh, inputs } = told;
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
            ..maker.manifest.clone()
        };
        // Inputs without any event or day are more likely a mistake than a wish to clear the folder.
        let nothing = days.is_empty();
        let (mut drawn, mut tally) = (0, Tally::default());
        if nothing {
            folder.discard();
        } else {
            let kept = self.first_kept(&timeline);
            drawn = self.write((mapper, data), &timeline, (&folder, kept), &maker, words)?;
            tally = folder.close(manifest, |path| self.covers(path, kept))?;
        }
        self.tell(&timeline, span, (reports, rows), &tally, words);
        if self.json {
            Summary {
                output: &self.output.to_string_lossy(),
                from: days.first().map(|d| d.date),
                to: days.last().map(|d| d.date),
                days: days.len(),
                reports,
                events: timeline.events.len(),
                skipped: words.skipped(),
                files: tally.files,
                changed: tally.changed,
                removed: tally.removed,
                noted: words.noted(),
                coded_rows: rows,
                read: fresh,
                drawn,
                changed_days: tally.touched.iter().filter_map(|path| day_of(path)).collect(),
                notices: words.first_notices(),
                seconds: (begun.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
            }
            .print()?;
        }
        Ok(if nothing { Outcome::Nothing } else { Outcome::Done })
    }

    /// The first day of those whose folders are kept.
    fn first_kept(&self, timeline: &Timeline) -> Date {
        let first = self
            .keep
            .zip(timeline.days().last())
            .map(|(keep, last)| last.date.saturating_sub((i64::from(keep) - 1).days()));
        first.unwrap_or(Date::MIN)
    }

    fn quoting(&self, mapper: &Mapper, timeline: Timeline) -> Timeline {
        match self.quotes {
            Quotes::None => timeline.quoting(0),
            Quotes::Short => timeline.quoting(mapper.atlas().quote_words()),
            Quotes::Full => timeline,
        }
    }

    /// Whether a path of the output folder is this run's to write or to remove: not if it belongs to a day outside --from
    /// and --to, unless that is no longer kept.
    fn covers(&self, path: &str, kept: Date) -> bool {
        day_of(path)
            .is_none_or(|d| d < kept || self.from.is_none_or(|f| d >= f) && self.to.is_none_or(|t| d <= t))
    }
}

/// The day that a path of the output folder belongs to.
fn day_of(path: &str) -> Option<Date> {
    path.split_once('/').and_then(|(folder, _)| folder.parse().ok())
}
