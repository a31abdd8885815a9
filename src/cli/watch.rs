//! `naqsha watch`: builds again whenever reports arrive.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use clap::Args;
use naqsha::error::Error;

use super::build::Build;
use super::words::Words;
use super::{Common, Outcome};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha watch reports/ -o maps
  naqsha watch inbox/ -o maps --every 10 --log json";

/// Build, and build again whenever reports arrive, change or go
///
/// The inputs are looked at every few seconds, which works on network shares too; files of baseline, corrections and
/// style are looked at as well. A build begins when nothing has changed for one interval, so that no report is read while it
/// is being written, and reads only what is new. A build that fails is told and tried again at the next change. Ctrl-C ends it at
/// any time: no file is ever left half written.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Watch {
    #[command(flatten)]
    build: Build,
    /// Seconds between two looks at the inputs, 0.1 to 3600
    #[arg(long, default_value_t = 2.0, value_name = "SECONDS", value_parser = every)]
    every: f64,
}

fn every(seconds: &str) -> Result<f64, String> {
    let given: Option<f64> = seconds.parse().ok();
    given.filter(|s| (0.1..=3600.0).contains(s)).ok_or_else(|| "give 0.1 to 3600 seconds".to_owned())
}

/// The files that a build reads, each with its length and when it was written.
type Sight = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

impl Watch {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let paths = self.build.reads(common);
        if paths.iter().any(|p| p.as_os_str() == "-") {
            let told = "standard input cannot be watched; give files or folders, or use `naqsha build -`";
            return Err(Error::Usage(told.to_owned()));
        }
        words.line("watching; Ctrl-C ends");
        let (mut built, mut before): (Option<Sight>, Option<Sight>) = (None, None);
        let mut away = false;
        loop {
            match sight(&paths, self.build.output()) {
                Ok(now) => {
                    away = false;
                    if before.as_ref() == Some(&now) && built.as_ref() != Some(&now) {
                        built = self.build_again(common, built.is_none(), now.clone())?.or(built);
                    }
                    before = Some(now);
                }
                Err(error) if before.is_none() => return Err(error),
                Err(error) if !away => {
                    away = true;
                    words.line(format_args!("{error}; waiting for it to come back"));
                }
                Err(_) => {}
            }
            sleep(Duration::from_secs_f64(self.every));
        }
    }

    /// Builds from what is in sight; None where it is to be tried again without a change.
    fn build_again(&self, common: &Common, is_first: bool, now: Sight) -> Result<Option<Sight>, Error> {
        let mut words = Words::new(common);
        let ended = self.build.update(common, &mut words);
        words.summarise();
        match ended {
            Ok(_) => Ok(Some(now)),
            Err(error @ Error::Busy { .. }) => {
                words.line(format_args!("{error}; trying again"));
                Ok(None)
            }
            Err(error) if is_first => Err(error),
            Err(error) => {
                words.error(&error);
                Ok(Some(now))
            }
        }
    }
}

/// The files of the inputs, without hidden ones and the folder that is written to.
fn sight(paths: &[PathBuf], output: &Path) -> Result<Sight, Error> {
    let output = output.canonicalize().ok();
    let mut found = Sight::new();
    for path in paths {
        let meta = fs::metadata(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        if meta.is_dir() {
            let entries = fs::read_dir(path).map_err(|source| Error::Read { path: path.clone(), source })?;
            entries.flatten().for_each(|entry| look(&entry.path(), output.as_deref(), &mut found));
        } else {
            found.insert(path.clone(), (meta.len(), meta.modified().ok()));
        }
    }
    Ok(found)
}

fn look(path: &Path, output: Option<&Path>, found: &mut Sight) {
    let is_hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
    // What vanishes while it is looked at is not there.
    let Ok(link) = fs::symlink_metadata(path) else { return };
    if is_hidden {
        return;
    }
    if link.is_dir() {
        let is_output = output.is_some_and(|o| path.canonicalize().is_ok_and(|p| p == o));
        if let (false, Ok(entries)) = (is_output, fs::read_dir(path)) {
            entries.flatten().for_each(|entry| look(&entry.path(), output, found));
        }
    } else if let Ok(meta) = fs::metadata(path)
        && meta.is_file()
    {
        found.insert(path.to_owned(), (meta.len(), meta.modified().ok()));
    }
}
