//! What is said of a build that has ended: a sentence for people, a line of JSON for programs.

use std::collections::BTreeSet;
use std::io::{self, Write};

use jiff::civil::Date;
use naqsha::control::Timeline;
use naqsha::error::{Error, Notice};
use naqsha::output::Tally;
use serde::Serialize;

use super::Series;
use crate::cli::to_stdout;
use crate::cli::words::{Words, counted};

/// What --json prints.
#[derive(Serialize)]
pub(super) struct Summary<'s> {
    pub(super) output: &'s str,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) days: usize,
    pub(super) reports: usize,
    pub(super) events: usize,
    pub(super) skipped: usize,
    pub(super) files: usize,
    pub(super) changed: usize,
    pub(super) removed: usize,
    pub(super) noted: usize,
    pub(super) coded_rows: usize,
    /// Reports that were read and not remembered.
    pub(super) read: usize,
    /// Days whose maps were drawn and not kept.
    pub(super) drawn: usize,
    /// Days of which some file is new or gone.
    pub(super) changed_days: BTreeSet<Date>,
    /// The first of the notices.
    pub(super) notices: &'s [Notice],
    pub(super) seconds: f64,
}

impl Summary<'_> {
    pub(super) fn print(&self) -> Result<(), Error> {
        let line = serde_json::to_string(self).map_err(io::Error::from).map_err(to_stdout)?;
        writeln!(io::stdout(), "{line}").map_err(to_stdout)
    }
}

/// Reports and rows of coded events, in words.
fn inputs((reports, rows): (usize, usize)) -> String {
    let coded = || counted(rows, "coded row", "coded rows");
    match (reports, rows) {
        (_, 0) => counted(reports, "report", "reports"),
        (0, _) => coded(),
        _ => format!("{} and {}", counted(reports, "report", "reports"), coded()),
    }
}

impl Series {
    pub(super) fn tell(
        &self,
        timeline: &Timeline,
        span: Option<(Date, Date)>,
        read: (usize, usize),
        tally: &Tally,
        words: &Words,
    ) {
        let days = timeline.days();
        let events = timeline.events.len();
        if days.is_empty() {
            let why = match span {
                _ if events == 0 => {
                    let were = if read.0 + read.1 == 1 { "was" } else { "were" };
                    format!("no event found; {} {were} read", inputs(read))
                }
                Some((first, last)) => {
                    format!("no day to write: the evidence spans {first} to {last}; change --from and --to")
                }
                None => {
                    "no day to write: no report is dated; give them a date column, or use --from and --to"
                        .to_owned()
                }
            };
            return words.line(format_args!("{why}; nothing is written to {}", self.output.display()));
        }
        let mut told = format!(
            "{}, {} from {} in {}: {}, {} changed",
            counted(days.len(), "day", "days"),
            counted(events, "event", "events"),
            inputs(read),
            self.output.display(),
            counted(tally.files, "file", "files"),
            tally.changed,
        );
        if tally.removed > 0 {
            told.push_str(&format!(", {} of an earlier run removed", tally.removed));
        }
        words.line(told);
    }
}
