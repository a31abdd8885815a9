//! `naqsha review`: what an editor should look at before a day is published.

use clap::Args;
use jiff::civil::Date;
use naqsha::control;
use naqsha::error::Error;
use naqsha::output::{ReviewPage, ReviewRecord};

use super::answer::{self, Format};
use super::evidence::{Evidence, Read, day};
use super::words::{Words, counted, page_width};
use super::{Common, Outcome};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha review reports/ --on 2021-08-12
  naqsha review reports/ --corrections desk.toml --format json";

/// List what an editor should look at before a day is published, and why
///
/// Captures that rest on one source, claims, conflicts, low confidence, statuses without news, events whose reports
/// disagree, and days that were assumed; each with its sentences. What is new on the day comes first, then provincial
/// capitals. What to look at and in which order is set by data/control/weights.toml.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Review {
    #[command(flatten)]
    evidence: Evidence,
    /// The day, as 2021-07-07; the last day of the reports if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
    /// A page for people, or one JSON object
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

impl Review {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let data = common.data()?;
        let mut inputs = self.evidence.open(&data, None)?;
        let mapper = self.evidence.mapper(&data, words)?;
        let Read { events, reports, .. } = self.evidence.read(&data, &mapper, &mut inputs, words)?;
        let last = control::span(&events).map(|(_, last)| last);
        let Some(on) = self.on.or(last).filter(|_| !events.is_empty()) else {
            words.line(format_args!(
                "no dated event found; {}",
                counted(reports, "report was read", "reports were read")
            ));
            return Ok(Outcome::Nothing);
        };
        let corrected = mapper.correct(events);
        words.notices(&corrected.notices);
        let merged = corrected.clusters;
        let review = mapper.review(&merged, on);
        match self.format {
            Format::Text => answer::page(&ReviewPage::new(&review, page_width())),
            Format::Json => answer::line(&ReviewRecord::new(&review)),
        }?;
        Ok(Outcome::Done)
    }
}
