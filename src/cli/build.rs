//! `naqsha build`: reports become a folder of layers, tables and maps.

use clap::Args;
use naqsha::error::Error;

use super::evidence::Evidence;
use super::series::{Series, Told};
use super::words::Words;
use super::{Common, Outcome};

/// Draw a map and write the data for each day that the reports tell of
///
/// Days run from the first event known to the day (at most 31 days before the first publication) to the last
/// publication. Files that already hold the right bytes are not touched; files of an earlier run that this one does
/// not write are removed, unless they were changed since or belong to days outside --from and --to.
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    series: Series,
}

impl Build {
    /// The same, taking coded events only.
    pub(super) fn run_coded(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        self.evidence.take_only_coded();
        self.run(common, words)
    }

    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let data = self.series.look.of_data(common.data()?, common.strict, words)?;
        let mut inputs = self.evidence.open(&data, Some(&self.series.output))?;
        let opened = self.series.open()?;
        let mapper = self.series.look.of_mapper(self.evidence.mapper(&data, words)?, &data)?;
        let read = self.evidence.read(&data, &mapper, &mut inputs, words)?;
        let told = Told { read, inputs: inputs.hashes() };
        self.series.publish(&self.evidence, (&mapper, &data), opened, told, words)
    }
}
