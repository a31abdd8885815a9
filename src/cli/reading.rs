//! Going through the inputs in bounded memory.

use indicatif::ProgressBar;
use naqsha::error::Error;
use naqsha::report::{CodedRow, Entry, Inputs, Report};

use super::words::Words;

/// Reports held at a time.
const REPORTS: usize = 256;
/// Bytes of text held at a time, about.
const BYTES: usize = 32 * 1024 * 1024;

/// Gives the reports to `act` in batches, in their order, and says what is noticed on the way. Returns how many
/// reports there were.
pub(super) fn in_batches(
    inputs: &mut Inputs,
    words: &mut Words,
    bar: &ProgressBar,
    act: impl FnMut(Vec<Report>, &mut Words) -> Result<(), Error>,
) -> Result<usize, Error> {
    // Only who asks for coded events is given any.
    in_batches_coded(inputs, words, bar, act, |_, _| {})
}

/// The same where events that somebody coded may stand among the reports; each goes to `code`.
pub(super) fn in_batches_coded(
    inputs: &mut Inputs,
    words: &mut Words,
    bar: &ProgressBar,
    mut act: impl FnMut(Vec<Report>, &mut Words) -> Result<(), Error>,
    mut code: impl FnMut(&CodedRow, &mut Words),
) -> Result<usize, Error> {
    let (mut batch, mut bytes, mut count) = (Vec::new(), 0, 0);
    for entry in inputs.by_ref() {
        match entry {
            Entry::Notice(notice) => words.notices(&[notice]),
            Entry::Coded(row) => {
                bar.inc(1);
                code(&row, words);
            }
            Entry::Report(report) => {
                count += 1;
                bar.inc(1);
                bytes += report.text.len();
                batch.push(report);
                if batch.len() == REPORTS || bytes > BYTES {
                    act(std::mem::take(&mut batch), words)?;
                    bytes = 0;
                }
            }
        }
    }
    if !batch.is_empty() {
        act(batch, words)?;
    }
    bar.finish_and_clear();
    Ok(count)
}
