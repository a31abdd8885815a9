//! `naqsha build`: reports become a folder of layers, tables and maps.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use naqsha::error::Error;
use naqsha::output::{Folder, Memory};

use super::evidence::Evidence;
use super::maker::Maker;
use super::series::{Series, Told};
use super::words::Words;
use super::{Common, Outcome};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha build reports/ -o maps
  naqsha build reports/ acled.csv -o maps --from 2021-08-06 --to 2021-08-15
  naqsha build reports/ -o maps --size social --lang fa --theme dark
  naqsha build reports/ -o maps --focus \"Kabul city\" --radius 40
  naqsha build reports/ -o maps --format qgz,gif --pace 0.5
  naqsha build reports/ -o maps --update --wait 600 --quiet --json";

/// Draw a map and write the data for each day that the reports tell of
///
/// Days run from the first event known to the day (at most 31 days before the first publication) to the last
/// publication. Files that already hold the right bytes are not touched; files of an earlier run that this one does
/// not write are removed, unless they were changed since or belong to days outside --from and --to. A run that was
/// interrupted goes on where it ended.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Build {
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    series: Series,
    /// Read only reports that are new or changed since the last run into the folder, and take its maps and layers for
    /// unchanged if their length and time are; the bytes written are the same
    #[arg(long)]
    update: bool,
}

impl Build {
    /// The same, taking coded events only.
    pub(super) fn run_coded(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        self.evidence.take_only_coded();
        self.run(common, words)
    }

    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        self.run_as(self.update, common, words)
    }

    /// Reads only what is new or changed, whatever was asked for.
    pub(super) fn update(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        self.run_as(true, common, words)
    }

    /// Where it writes to.
    pub(super) fn output(&self) -> &Path {
        &self.series.output
    }

    /// All that it reads beside the program's own tables.
    pub(super) fn reads(&self, common: &Common) -> Vec<PathBuf> {
        let mut paths = self.evidence.paths();
        paths.extend(self.series.look.style.iter().chain(&common.gazetteer).cloned());
        paths
    }

    fn run_as(&self, update: bool, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let begun = Instant::now();
        let data = self.series.look.of_data(common.data()?, common.strict, words)?;
        let mut inputs = self.evidence.open(&data, Some(&self.series.output))?;
        let folder = self.series.open()?;
        let folder = if update { folder.trusting() } else { folder };
        let (maker, mapper) = rayon::join(|| Maker::of(&data), || self.evidence.mapper(&data, words));
        let (maker, mapper) = (maker?, self.series.look.of_mapper(mapper?, &data)?);
        let mut memory = memory(update, &folder, &maker, words);
        let read = self.evidence.read_with((&data, &mapper), &mut inputs, &mut memory, words)?;
        folder.remember(&memory)?;
        let told = Told { begun, maker, read, fresh: memory.fresh(), inputs: inputs.hashes() };
        self.series.publish(&self.evidence, (&mapper, &data), folder, told, words)
    }
}

/// What the reports told the last run; nothing where all are to be read.
fn memory(update: bool, folder: &Folder, maker: &Maker, words: &mut Words) -> Memory {
    let Some(made_by) = maker.with(format_args!("reports")) else { return Memory::default() };
    if !update {
        return Memory::new(&made_by);
    }
    let (memory, notice) = folder.memory(&made_by);
    words.notices(notice.as_slice());
    memory
}
