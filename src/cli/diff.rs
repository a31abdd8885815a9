//! `naqsha diff`: what one day says otherwise than another, and why.

use clap::Args;
use jiff::civil::Date;
use naqsha::error::Error;
use naqsha::output::{DiffPage, DiffRecord};

use super::answer::{self, Format};
use super::evidence::{Evidence, day};
use super::words::{Words, page_width};
use super::{Common, Outcome};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha diff 2021-08-11 2021-08-12 reports/
  naqsha diff 2021-08-06 2021-08-15 reports/ --as-known --format json";

/// Show what changed between two days, and by which events
///
/// What changed hands, was retaken, became contested or claimed, was held against an attack, lapsed or went stale, each
/// with what happened, on which day, the sentence and who printed it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Diff {
    /// The earlier day, as 2021-07-07
    #[arg(value_name = "DAY1", value_parser = day)]
    from: Date,
    /// The later day
    #[arg(value_name = "DAY2", value_parser = day)]
    to: Date,
    #[command(flatten)]
    evidence: Evidence,
    /// A page for people, or one JSON object
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

impl Diff {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let (from, to) = (self.from, self.to);
        if from > to {
            return Err(Error::Usage(format!("{from} is after {to}; swap them")));
        }
        let data = common.data()?;
        let mut inputs = self.evidence.open(&data, None)?;
        let mapper = self.evidence.mapper(&data, words)?;
        let events = self.evidence.read(&data, &mapper, &mut inputs, words)?.events;
        let nothing = events.is_empty();
        let timeline = mapper.timeline(events, Some(from), Some(to));
        words.notices(&timeline.notices);
        let changes = timeline.changes(mapper.gazetteer(), from, to).unwrap_or_default();
        match self.format {
            Format::Text => answer::page(&DiffPage::new(from, to, &changes, &timeline.events, page_width())),
            Format::Json => answer::line(&DiffRecord::new(from, to, &changes, &timeline.events)),
        }?;
        Ok(if nothing { Outcome::Nothing } else { Outcome::Done })
    }
}
