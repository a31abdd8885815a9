//! Answers to standard output: a page for people, or a record for programs.

use std::fmt::Display;
use std::io::{self, BufWriter, Write};

use clap::ValueEnum;
use naqsha::error::Error;
use serde::Serialize;

use super::to_stdout;

/// For whom an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// Writes a page, without its colours where they are not wanted.
pub(super) fn page(page: &impl Display) -> Result<(), Error> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    write!(out, "{page}").and_then(|()| out.flush()).map_err(to_stdout)
}

/// Writes a record as one line of JSON.
pub(super) fn line(record: &impl Serialize) -> Result<(), Error> {
    record_as(|out| serde_json::to_writer(out, record))
}

/// Writes a record as JSON over several lines.
pub(super) fn lines(record: &impl Serialize) -> Result<(), Error> {
    record_as(|out| serde_json::to_writer_pretty(out, record))
}

fn record_as(write: impl FnOnce(&mut dyn Write) -> serde_json::Result<()>) -> Result<(), Error> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = write(&mut out).map_err(io::Error::from);
    written.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()).map_err(to_stdout)
}
