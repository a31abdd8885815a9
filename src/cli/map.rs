//! `naqsha map`: events that somebody coded become the same folder of layers, tables and maps.

use clap::Args;
use naqsha::error::Error;

use super::build::Build;
use super::words::Words;
use super::{Common, Outcome};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha map acled.csv -o maps
  naqsha map gtd.csv ucdp.tsv -o maps --from 2021-07-01 --to 2021-07-31 --format csv,png
  naqsha extract reports/ --what tellings | naqsha map - -o maps";

/// Draw the same maps and data from events that are coded already
///
/// Reads naqsha's own events (events.csv, events.geojson, what `naqsha extract` writes), and exports of ACLED, UCDP GED
/// and GTD as CSV, TSV, JSON or JSON Lines, told apart by their columns. What a code means stands in data/coded. Rows of
/// other countries, and rows of kinds that have no place on these maps, are left out and counted; positions are checked
/// against the country and the province that the row names, and missing ones are filled by name. Reports are read by
/// `naqsha build`, which takes coded events beside them.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Map {
    #[command(flatten)]
    build: Build,
}

impl Map {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        self.build.run_coded(common, words)
    }
}
