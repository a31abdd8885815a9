//! The evidence of a run: the reports that build, explain, diff and review read, and the options they share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use naqsha::control::Clock;
use naqsha::data::DataFiles;
use naqsha::error::{Error, Notice};
use naqsha::event::Event;
use naqsha::mapper::Mapper;
use naqsha::report::{Inputs, Report};
use sha2::{Digest, Sha256};

use super::reading::in_batches;
use super::words::Words;

/// What is read, and how statuses are decided from it.
#[derive(Debug, Args)]
pub(super) struct Evidence {
    /// Files, folders (read recursively) or - for standard input: .txt .md .csv .tsv .jsonl .json, also .gz or .zst
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Tell each day as the reports printed by then told it; later reports do not correct it
    #[arg(long)]
    as_known: bool,
}

impl Evidence {
    /// The inputs, without the files of a folder that is written to.
    pub(super) fn open(&self, output: Option<&Path>) -> Result<Inputs, Error> {
        Inputs::open(&self.inputs, output)
    }

    /// A mapper that decides as the options say.
    pub(super) fn mapper(&self, data: &DataFiles, words: &mut Words) -> Result<Mapper, Error> {
        let clock = if self.as_known { Clock::AsKnown } else { Clock::AsHappened };
        let mapper = Mapper::from_data(data)?.with_clock(clock);
        words.notices(mapper.gazetteer().notices());
        Ok(mapper)
    }

    /// All events of the inputs, and how many reports there were. A report that comes twice counts once.
    pub(super) fn read(
        mapper: &Mapper,
        inputs: &mut Inputs,
        words: &mut Words,
    ) -> Result<(Vec<Event>, usize), Error> {
        let mut seen: BTreeMap<String, Vec<[u8; 32]>> = BTreeMap::new();
        let (mut events, mut twice) = (Vec::new(), 0);
        let bar = words.progress(None, "reports");
        let reports = in_batches(inputs, words, &bar, |mut batch, words| {
            batch.retain(|report| {
                let known = seen.entry(report.id.clone()).or_default();
                let content = content(report);
                let again = known.contains(&content);
                if again {
                    twice += 1;
                    words.notices(&[Notice::remark(&report.id, "is given twice and counts once")]);
                } else {
                    if !known.is_empty() {
                        let message = "is the id of several reports; give each its own id or file name";
                        words.notices(&[Notice::remark(&report.id, message)]);
                    }
                    known.push(content);
                }
                !again
            });
            let (found, notices) = mapper.events(&batch);
            words.notices(&notices);
            events.extend(found);
            Ok(())
        })?;
        Ok((events, reports - twice))
    }
}

/// A day, as people write it on the command line.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day as 2021-07-07".to_owned())
}

fn content(report: &Report) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in [&report.source, &report.url, &report.title] {
        digest.update(part.as_deref().unwrap_or_default());
        digest.update([0]);
    }
    digest.update(report.published.map(|d| d.to_string()).unwrap_or_default());
    digest.update(&report.text);
    digest.finalize().into()
}
