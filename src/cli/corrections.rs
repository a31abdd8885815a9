//! `naqsha corrections`: whether a file of corrections can be used, and what of it still applies.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use naqsha::error::Error;
use naqsha::gazetteer::Gazetteer;

use super::evidence::{Evidence, corrections};
use super::words::Words;
use super::{Common, Outcome, to_stdout};

/// Check an editor's corrections
///
/// A file of corrections (.toml) holds tables such as
///
///   [[correction]]
///   action = "suppress"             # an event, by its id in events.csv
///   event  = "0123456789abcdef"
///   reason = "The outlet withdrew the story"
///
///   [[correction]]
///   action = "move"                 # or by report, place and kind, as they were read
///   report = "wire-0812.txt"
///   place  = "Surobi, Kabul"
///   kind   = "captured"
///   to     = "Sarobi, Paktika"
///   reason = "The text means the district in Paktika"
///   by     = "north desk"           # optional, as is source
///
///   [[correction]]
///   action = "pin"                  # a unit's status, whatever the reports say
///   unit   = "Zaranj"
///   status = "taliban"
///   from   = "2021-08-06"           # until = "2021-08-09" would end it
///   reason = "Seen on video that we placed"
///   source = "https://example.org/video"
///
/// Other actions: date (to = "2021-08-06", or two days with .. between), kind (to = "recaptured"; effect =
/// "government" where the parties do not tell who holds the place), merge (events = [..]: they are one), split (event
/// or events: these tellings stand apart). A .csv file has the keys as columns, and several events with "; " between.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct CorrectionsCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Check(Check),
}

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha corrections check desk.toml
  naqsha corrections check desk.toml reports/";

/// Name what is wrong with a file of corrections and, with inputs, what no longer applies
///
/// Exits with 1 where anything is wrong or does not apply.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
struct Check {
    /// The corrections: .toml or .csv
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Reports that they are to be applied to
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
}

impl CorrectionsCommand {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let What::Check(check) = &self.what;
        check.run(common, words)
    }
}

impl Check {
    fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let mut out = io::stdout().lock();
        let told = if self.inputs.is_empty() {
            let gazetteer = Gazetteer::from_data(&common.data()?)?;
            let (corrections, _) = corrections(&self.file, &gazetteer, words)?;
            corrections.all().iter().try_for_each(|c| writeln!(out, "{:>4}  {}", c.line, c.action))
        } else {
            let evidence = Evidence::corrected(self.inputs.clone(), self.file.clone());
            let data = common.data()?;
            let mut inputs = evidence.open(&data, None)?;
            let mapper = evidence.mapper(&data, words)?;
            let events = evidence.read(&data, &mapper, &mut inputs, words)?.events;
            let timeline = mapper.timeline(events, None, None);
            words.notices(&timeline.notices);
            mapper.fates(&timeline).iter().try_for_each(|fate| match fate.applies_to {
                0 => writeln!(out, "idle     {}", fate.action),
                n => writeln!(out, "applies  {} ({n})", fate.action),
            })
        };
        told.map_err(to_stdout)?;
        let wrong = words.about(&self.file.to_string_lossy());
        Ok(if wrong > 0 { Outcome::Nothing } else { Outcome::Done })
    }
}
