//! Reading inputs: files, folders and standard input become reports, one after another.
//!
//! Knows formats, encodings and column names; knows no zone, place or event. What it cannot read it names in a
//! `Notice` with the remedy, and goes on.

mod coded;
mod columns;
mod decode;
mod feed;
mod form;
mod inputs;
mod language;
mod markup;
mod metadata;
mod open;
mod page;
mod paragraphs;
mod published;
mod records;
mod table;
mod tags;
mod whole;
mod wrapped;

use std::path::Path;

pub use coded::{CodedRow, Signature};
pub use inputs::{Entry, InputHash, Inputs};

use super::Report;
use crate::error::{Error, Notice};

/// The longest text of one report, in bytes. A longer one is refused by name.
pub const LONGEST_TEXT: usize = 16 * 1024 * 1024;

/// The day that a cell holds, where it can be read in one way only: `2021-07-07`, `07 July 2021`, `July 7, 2021`; a time
/// behind it does not matter.
#[must_use]
pub fn day_of(cell: &str) -> Option<jiff::civil::Date> {
    match published::read(cell) {
        published::Reading::Day(day) => Some(day),
        published::Reading::DayFirst(_) | published::Reading::Unclear => None,
    }
}

/// Reads all reports of a file or folder (recursively, sorted) into memory.
///
/// For a corpus too large for that, [`Inputs`] gives them one at a time.
///
/// ```
/// let dir = tempfile::tempdir()?;
/// std::fs::write(dir.path().join("a.txt"), "The Taliban captured Zaranj on Friday.")?;
/// let (reports, notices) = naqsha::report::read_reports(dir.path())?;
/// assert_eq!(reports[0].id, "a.txt");
/// assert!(notices.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// `Error::Read` where the path does not exist or may not be read. A file inside a folder that cannot be read gives
/// a notice instead.
pub fn read_reports(path: &Path) -> Result<(Vec<Report>, Vec<Notice>), Error> {
    let (mut reports, mut notices) = (Vec::new(), Vec::new());
    for entry in Inputs::open(&[path.to_owned()], None)? {
        match entry {
            Entry::Report(report) => reports.push(report),
            Entry::Notice(notice) => notices.push(notice),
            // None is asked for.
            Entry::Coded(_) => {}
        }
    }
    Ok((reports, notices))
}
