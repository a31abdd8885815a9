//! The evidence of a run: the reports that build, explain, diff and review read, and the options they share.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::Args;
use jiff::civil::Date;
use naqsha::coded::{self, Coder};
use naqsha::control::{Baseline, Clock, ControlStatus, Corrections, Fate};
use naqsha::data::DataFiles;
use naqsha::error::{Error, Notice};
use naqsha::event::Event;
use naqsha::gazetteer::Gazetteer;
use naqsha::mapper::Mapper;
use naqsha::output::{BaselineUsed, CorrectionsUsed, Memory, ToldBy};
use naqsha::report::{CodedRow, InputHash, Inputs, Report};
use sha2::{Digest, Sha256};

use super::reading::in_batches_coded;
use super::words::Words;

/// What the inputs tell.
pub(super) struct Read {
    pub(super) events: Vec<Event>,
    /// Reports that were read.
    pub(super) reports: usize,
    /// Rows of coded events.
    pub(super) rows: usize,
}

/// What is read, and how statuses are decided from it.
#[derive(Debug, Args)]
pub(super) struct Evidence {
    /// Files, folders (read recursively) or - for standard input: text, saved web pages, RSS, Atom,
    /// tables and JSON, also .gz or .zst;
    /// tables of coded events (ACLED, UCDP GED, GTD, naqsha's own) are told by their columns
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Tell each day as the reports printed by then told it; later reports do not correct it
    #[arg(long)]
    as_known: bool,
    /// The state before the first report: a CSV table with the columns unit,status,since,source, or government or
    /// taliban for every district and provincial capital; told at the foot of the maps
    #[arg(long, value_name = "FILE|government|taliban")]
    baseline: Option<PathBuf>,
    /// What an editor says otherwise than the reports, and why: a .toml or .csv file; `naqsha corrections --help`
    /// tells what it holds
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    #[arg(skip)]
    coded_only: OnceLock<()>,
    #[arg(skip)]
    baseline_used: OnceLock<BaselineUsed>,
    #[arg(skip)]
    corrections_used: OnceLock<InputHash>,
}

impl Evidence {
    /// These inputs with these corrections, and no other option.
    pub(super) fn corrected(inputs: Vec<PathBuf>, corrections: PathBuf) -> Evidence {
        Evidence {
            inputs,
            as_known: false,
            baseline: None,
            corrections: Some(corrections),
            coded_only: OnceLock::new(),
            baseline_used: OnceLock::new(),
            corrections_used: OnceLock::new(),
        }
    }

    /// From now on only coded events are taken.
    pub(super) fn take_only_coded(&self) {
        let _ = self.coded_only.set(());
    }

    /// All files and folders that are read.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        // A baseline may be a word instead.
        let baseline = self.baseline.iter().filter(|path| path.exists());
        self.inputs.iter().chain(baseline).chain(&self.corrections).cloned().collect()
    }

    /// The inputs, without the files of a folder that is written to.
    pub(super) fn open(&self, data: &DataFiles, output: Option<&Path>) -> Result<Inputs, Error> {
        Inputs::open_coded(&self.inputs, output, coded::signatures(data)?)
    }

    /// A mapper that decides as the options say.
    pub(super) fn mapper(&self, data: &DataFiles, words: &mut Words) -> Result<Mapper, Error> {
        let clock = if self.as_known { Clock::AsKnown } else { Clock::AsHappened };
        let mapper = Mapper::from_data(data)?.with_clock(clock);
        words.notices(mapper.gazetteer().notices());
        let mapper = match &self.baseline {
            Some(path) => {
                let baseline = self.baseline(path, &mapper, words)?;
                mapper.with_baseline(baseline)
            }
            None => mapper,
        };
        let Some(path) = &self.corrections else { return Ok(mapper) };
        let (corrections, hash) = corrections(path, mapper.gazetteer(), words)?;
        let _ = self.corrections_used.set(hash);
        Ok(mapper.with_corrections(corrections))
    }

    fn baseline(&self, path: &Path, mapper: &Mapper, words: &mut Words) -> Result<Baseline, Error> {
        let everywhere = [ControlStatus::Government, ControlStatus::Taliban];
        let (baseline, used) = match everywhere.into_iter().find(|s| path.as_os_str() == s.as_str()) {
            Some(status) => {
                (Baseline::everywhere(mapper.gazetteer(), status), BaselineUsed::Everywhere(status))
            }
            None => {
                let (table, hash) = desk_file(path)?;
                let (baseline, notices) =
                    Baseline::from_csv(&path.to_string_lossy(), &table, mapper.gazetteer());
                words.notices(&notices);
                (baseline, BaselineUsed::File(hash))
            }
        };
        let _ = self.baseline_used.set(used);
        Ok(baseline)
    }

    /// The baseline of the mapper, for the manifest.
    pub(super) fn baseline_used(&self) -> Option<BaselineUsed> {
        self.baseline_used.get().cloned()
    }

    /// The corrections of the mapper that apply, for the manifest.
    pub(super) fn corrections_used(&self, fates: Vec<Fate>) -> Option<CorrectionsUsed> {
        let applied = fates.into_iter().filter(|f| f.applies_to > 0).collect();
        self.corrections_used.get().map(|file| CorrectionsUsed { file: file.clone(), applied })
    }

    /// All events of the inputs. A report or row that comes twice counts once.
    pub(super) fn read(
        &self,
        data: &DataFiles,
        mapper: &Mapper,
        inputs: &mut Inputs,
        words: &mut Words,
    ) -> Result<Read, Error> {
        self.read_with((data, mapper), inputs, &mut Memory::default(), words)
    }

    /// The same, but of reports that the memory holds, what they told.
    pub(super) fn read_with(
        &self,
        (data, mapper): (&DataFiles, &Mapper),
        inputs: &mut Inputs,
        memory: &mut Memory,
        words: &mut Words,
    ) -> Result<Read, Error> {
        let mut seen: BTreeMap<String, Vec<[u8; 32]>> = BTreeMap::new();
        let (mut events, mut twice) = (Vec::new(), 0);
        let (mut coded, mut rows) = (Vec::new(), 0);
        let mut coder = Coder::new(data, mapper.gazetteer(), mapper.basemap())?;
        let code = |row: &CodedRow, words: &mut Words| {
            rows += 1;
            let (found, notices) = coder.read(row);
            words.notices(&notices);
            coded.extend(found);
        };
        let bar = words.progress(None, "reports");
        let act = |mut batch: Vec<Report>, words: &mut Words| {
            if self.coded_only.get().is_some() {
                twice += batch.len();
                words.notices(&batch.iter().map(uncoded).collect::<Vec<_>>());
                return Ok(());
            }
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
            for told in told_by(mapper, &batch, memory) {
                words.notices(&told.notices);
                events.extend(told.events);
            }
            Ok(())
        };
        let reports = in_batches_coded(inputs, words, &bar, act, code)?;
        words.notices(&coder.finish());
        events.append(&mut coded);
        Ok(Read { events, reports: reports - twice, rows })
    }
}

fn uncoded(report: &Report) -> Notice {
    let message = "is a report, or a table without the columns of ACLED, UCDP GED, GTD or naqsha's own events; \
                   naqsha build reads reports and coded events together";
    Notice::skipped(&report.id, message)
}

/// What each report tells, in their order: as the memory has it, else read now and kept in it.
fn told_by(mapper: &Mapper, batch: &[Report], memory: &mut Memory) -> Vec<ToldBy> {
    let known: Vec<Option<ToldBy>> = batch.iter().map(|report| memory.recall(report)).collect();
    let unknown = batch.iter().zip(&known).filter(|(_, known)| known.is_none());
    let unread: Cow<'_, [Report]> = match known.iter().flatten().next() {
        None => Cow::Borrowed(batch),
        Some(_) => unknown.map(|(report, _)| report.clone()).collect(),
    };
    let read = mapper.events_by_report(&unread).into_iter().zip(unread.iter());
    let mut read = read.map(|((events, notices), report)| {
        let told = ToldBy { events, notices };
        memory.keep(report, &told);
        told
    });
    known.into_iter().filter_map(|known| known.or_else(|| read.next())).collect()
}

/// A day, as people write it on the command line.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day as 2021-07-07".to_owned())
}

/// The corrections of a file, by its extension.
pub(super) fn corrections(
    path: &Path,
    gazetteer: &Gazetteer,
    words: &mut Words,
) -> Result<(Corrections, InputHash), Error> {
    let extension = path.extension().and_then(|e| e.to_str()).map(str::to_lowercase);
    let read = match extension.as_deref() {
        Some("toml") => Corrections::from_toml,
        Some("csv") => Corrections::from_csv,
        _ => {
            let path = path.display();
            return Err(Error::Usage(format!("{path} is neither .toml nor .csv; name the corrections so")));
        }
    };
    let (text, hash) = desk_file(path)?;
    let (corrections, notices) = read(&path.to_string_lossy(), &text, gazetteer);
    words.notices(&notices);
    Ok((corrections, hash))
}

/// A file of an editor's, as text, and its hash.
fn desk_file(path: &Path) -> Result<(String, InputHash), Error> {
    let text = text_file(path)?;
    let sha256 = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok((text, InputHash { name, sha256 }))
}

/// A file that somebody wrote for this program, as text.
pub(super) fn text_file(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    String::from_utf8(bytes)
        .map_err(|_| Error::Usage(format!("{} is not UTF-8; save the file as UTF-8", path.display())))
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
