//! `naqsha evaluate`: how well naqsha reads, measured on annotated texts.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use naqsha::error::{Error, Notice};
use naqsha::event::Reader;
use naqsha::mapper;
use naqsha::report::{Inputs, Report, read_reports};
use naqsha::score::{EventGold, EventScore, GoldText, Marks, PlaceGold, PlaceScore};
use serde::Serialize;

use super::answer::Format;
use super::reading::in_batches;
use super::words::Words;
use super::{Common, Outcome, to_stdout};

/// Shown under the help.
const EXAMPLES: &str = "\
Examples:
  naqsha evaluate gold.jsonl --show
  naqsha evaluate --places gold.jsonl texts/ --format json";

/// Measure how well events, or places, are read, on texts in which people marked them
///
/// GOLD holds one JSON object a line: id, published, and text or text_file, a path beside GOLD. If INPUT is given, the
/// texts are its reports with the same id instead, or with the name of text_file. Fields not named here are passed
/// over. A broken line is named and left out.
///
/// Events: events lists what the text tells, optional what may be read in it too, each with place, kind_of_place,
/// province, date_from, date_to, kind, side, effect, modality, and if need be kind_alt, place_alt (to accept as well) and
/// sure (false: need not be found). must_not names places where no event happens, traps quotes
/// sentences that tell none. An event is found if its place is
/// the same (its district, or within 25 km), its days meet and its kind agrees.
///
/// Places (--places): spans lists every name, each with start and end (bytes of UTF-8), if you like its surface, and one
/// of place_id (with also: ids to accept as well), longitude and latitude, or trap: person, outlet, organisation,
/// demonym, metonym, word, hashtag, abroad, ambiguous, which must not be read as an Afghan place. A name is found if a
/// place read over it is one of those accepted, or lies within 10 km of the position. A line without spans is measured
/// by name alone: places_mentioned lists the places it names, must_not names neither wanted nor wrong.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Evaluate {
    /// Annotated texts, or - for standard input
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// Files and folders with the texts, where GOLD does not hold them
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Measure places, not events
    #[arg(long)]
    places: bool,
    /// How to write the figures; json is one object
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// List all that was missed, wrong or made up
    #[arg(long)]
    show: bool,
}

/// What --format json prints.
#[derive(Serialize)]
struct Record<'r, T, F> {
    #[serde(flatten)]
    figures: &'r T,
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<&'r [F]>,
}

impl Evaluate {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let gold = self.gold()?;
        let reader = Reader::from_data(&common.data()?)?;
        let gazetteer = reader.gazetteer();
        words.notices(gazetteer.notices());
        let reports = self.reports(words)?;
        let texts = if self.places {
            let marks = |line: &[u8], text: &str| Marks::of(&PlaceGold::parse(line)?, text, gazetteer);
            let (marked, texts) = self.texts(&gold, &reports, marks, words);
            let mut score = PlaceScore::default();
            for ((marks, report), reading) in marked.iter().zip(&texts).zip(mapper::read_all(&reader, &texts))
            {
                words.notices(&reading.notices);
                score.take(marks, report, &reading, gazetteer);
            }
            self.write(score.texts, &score.figures(), &score.faults).map_err(to_stdout)?;
            score.texts
        } else {
            let (marked, texts) = self.texts(&gold, &reports, |line, _| EventGold::parse(line), words);
            let mut score = EventScore::default();
            for ((gold, report), reading) in marked.iter().zip(&texts).zip(mapper::read_all(&reader, &texts))
            {
                words.notices(&reading.notices);
                score.take(gold, &report.id, &reading.events, gazetteer);
            }
            self.write(score.texts, &score.figures(), &score.faults).map_err(to_stdout)?;
            score.texts
        };
        if texts == 0 {
            words.line("no text could be compared; give annotated texts, one JSON object a line");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }

    fn gold(&self) -> Result<Vec<u8>, Error> {
        let read = if self.gold.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            fs::read(&self.gold)
        };
        read.map_err(|source| Error::Read { path: self.gold.clone(), source })
    }

    /// The reports of the inputs by their ids; None where there is no input.
    fn reports(&self, words: &mut Words) -> Result<Option<BTreeMap<String, Report>>, Error> {
        if self.inputs.is_empty() {
            return Ok(None);
        }
        let mut reports = BTreeMap::new();
        let bar = words.progress(None, "reports");
        in_batches(&mut Inputs::open(&self.inputs, None)?, words, &bar, |batch, _| {
            reports.extend(batch.into_iter().map(|report| (report.id.clone(), report)));
            Ok(())
        })?;
        Ok(Some(reports))
    }

    /// What is marked on each line of gold, and the texts.
    fn texts<T>(
        &self,
        gold: &[u8],
        reports: &Option<BTreeMap<String, Report>>,
        marks: impl Fn(&[u8], &str) -> Result<T, String>,
        words: &mut Words,
    ) -> (Vec<T>, Vec<Report>) {
        let name = self.gold.file_name().unwrap_or(self.gold.as_os_str()).to_string_lossy();
        let name = if name == "-" { "stdin" } else { &*name };
        let gold = gold.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(gold);
        let (mut marked, mut texts) = (Vec::new(), Vec::new());
        for (line, number) in gold.split(|b| *b == b'\n').zip(1..) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let read = GoldText::parse(line).and_then(|text| {
                let id = text.id.clone().unwrap_or_else(|| format!("{name}:{number}"));
                let report = self.report(text, id, reports, words)?;
                Ok((marks(line, &report.text)?, report))
            });
            match read {
                Ok((marks, report)) => {
                    marked.push(marks);
                    texts.push(report);
                }
                Err(problem) => words.notices(&[Notice::skipped(name, problem).at_line(number)]),
            }
        }
        (marked, texts)
    }

    /// The text of a line as a report called `id`.
    fn report(
        &self,
        gold: GoldText,
        id: String,
        reports: &Option<BTreeMap<String, Report>>,
        words: &mut Words,
    ) -> Result<Report, String> {
        let report = match (reports, gold.text, &gold.text_file) {
            (Some(reports), ..) => {
                let file = gold.text_file.as_deref().and_then(|f| f.rsplit('/').next());
                let named = file.and_then(|f| reports.get(f));
                let found = reports.get(&id).or(named).or_else(|| reports.get(&format!("{id}.txt")));
                found
                    .cloned()
                    .ok_or_else(|| format!("INPUT holds no report {id}; give its reports those ids"))?
            }
            (None, Some(text), _) => Report { text, ..Report::default() },
            (None, None, Some(file)) => self.file(file, words)?,
            (None, None, None) => {
                return Err("has neither text nor text_file; give one of them, or INPUT".to_owned());
            }
        };
        Ok(Report {
            id,
            published: gold.published.or(report.published),
            source: gold.source.or(report.source),
            ..report
        })
    }

    fn file(&self, name: &str, words: &mut Words) -> Result<Report, String> {
        let path = self.gold.parent().unwrap_or(Path::new("")).join(name);
        let (reports, notices) = read_reports(&path).map_err(|e| e.to_string())?;
        words.notices(&notices);
        let mut reports = reports.into_iter();
        match (reports.next(), reports.next()) {
            (Some(report), None) => Ok(report),
            _ => Err(format!("text_file {name} does not hold one text; name a file that does")),
        }
    }

    fn write<T: Display + Serialize, F: Display + Serialize>(
        &self,
        texts: usize,
        figures: &T,
        faults: &[F],
    ) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        match self.format {
            Format::Json => {
                let faults = self.show.then_some(faults);
                serde_json::to_writer(&mut out, &Record { figures, faults })?;
                writeln!(out)?;
            }
            Format::Text if texts > 0 => {
                write!(out, "{figures}")?;
                if self.show && !faults.is_empty() {
                    writeln!(out)?;
                    faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
                }
            }
            Format::Text => {}
        }
        out.flush()
    }
}
