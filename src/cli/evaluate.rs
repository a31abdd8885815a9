//! `naqsha evaluate`: how well naqsha reads, measured on annotated texts.

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use naqsha::error::{Error, Notice};
use naqsha::event::Reader;
use naqsha::mapper;
use naqsha::report::{Report, read_reports};
use naqsha::score::{Fault, Marks, PlaceFigures, PlaceGold, PlaceScore};
use serde::Serialize;

use super::words::Words;
use super::{Common, Outcome, to_stdout};

/// Measure how well places are found, on texts in which people marked them
///
/// GOLD holds one JSON object a line: id, published, text (or text_file, a path beside GOLD) and spans. Each span has
/// start and end (bytes of UTF-8), if you like its surface, and one of: place_id (with also: other ids to accept),
/// longitude and latitude, or trap (person, outlet, organisation, demonym, metonym, word, hashtag, abroad, ambiguous): a
/// name that must not be read as an Afghan place. Other fields are passed over. A name is found if a place read over
/// it is one of those accepted, or lies within 10 km of the position.
///
/// A line without spans is measured by name alone: places_mentioned lists the Afghan places it names, must_not names
/// that are neither wanted nor wrong. A broken line is named and left out.
#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// Annotated texts, or - for standard input
    #[arg(long, required = true, value_name = "GOLD")]
    places: PathBuf,
    /// How to write the figures; json is one object
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// List each place that was missed, wrong or spurious, and each trap taken for a place
    #[arg(long)]
    show: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What --format json prints.
#[derive(Serialize)]
struct Record<'r> {
    #[serde(flatten)]
    figures: &'r PlaceFigures,
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<&'r [Fault]>,
}

impl Evaluate {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        let gold = self.gold()?;
        let reader = Reader::from_data(&common.data()?)?;
        words.notices(reader.gazetteer().notices());
        let (mut marks, mut reports) = (Vec::new(), Vec::new());
        let lines = gold.split(|b| *b == b'\n').zip(1..).filter(|(line, _)| !line.trim_ascii().is_empty());
        for (line, number) in lines {
            match self.text(line, number, &reader, words) {
                Ok((marked, report)) => {
                    marks.push(marked);
                    reports.push(report);
                }
                Err(problem) => {
                    words.notices(&[Notice::skipped(self.name(), problem).at_line(number)]);
                }
            }
        }
        let mut score = PlaceScore::default();
        let readings = mapper::read_all(&reader, &reports);
        for ((marked, report), reading) in marks.iter().zip(&reports).zip(&readings) {
            score.take(marked, report, reading, reader.gazetteer());
        }
        if score.texts > 0 || self.format == Format::Json {
            self.write(&score).map_err(to_stdout)?;
        }
        if score.texts == 0 {
            words.line("no text could be compared; give annotated texts, one JSON object a line");
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }

    fn gold(&self) -> Result<Vec<u8>, Error> {
        let read = if self.places.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            fs::read(&self.places)
        };
        read.map_err(|source| Error::Read { path: self.places.clone(), source })
    }

    fn name(&self) -> String {
        let name = self.places.file_name().unwrap_or(self.places.as_os_str());
        if name == "-" { "stdin".to_owned() } else { name.to_string_lossy().into_owned() }
    }

    /// The text of a line as a report, and its marks.
    fn text(
        &self,
        line: &[u8],
        number: u64,
        reader: &Reader,
        words: &mut Words,
    ) -> Result<(Marks, Report), String> {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        let gold = PlaceGold::parse(line)?;
        let mut report = match (&gold.text, &gold.text_file) {
            (Some(text), _) => Report { text: text.clone(), ..Report::default() },
            (None, Some(file)) => self.file(file, words)?,
            (None, None) => Report::default(),
        };
        report.id = gold.id.clone().unwrap_or_else(|| format!("{}:{number}", self.name()));
        report.published = gold.published.or(report.published);
        report.source = gold.source.clone().or(report.source);
        Ok((Marks::of(&gold, &report.text, reader.gazetteer())?, report))
    }

    fn file(&self, name: &str, words: &mut Words) -> Result<Report, String> {
        let path = self.places.parent().unwrap_or(Path::new("")).join(name);
        let (reports, notices) = read_reports(&path).map_err(|e| e.to_string())?;
        words.notices(&notices);
        let mut reports = reports.into_iter();
        match (reports.next(), reports.next()) {
            (Some(report), None) => Ok(report),
            _ => Err(format!("text_file {name} does not hold one text; name a file that does")),
        }
    }

    fn write(&self, score: &PlaceScore) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        let figures = score.figures();
        match self.format {
            Format::Json => {
                let faults = self.show.then_some(score.faults.as_slice());
                serde_json::to_writer(&mut out, &Record { figures: &figures, faults })?;
                writeln!(out)?;
            }
            Format::Text => {
                write!(out, "{figures}")?;
                if self.show && !score.faults.is_empty() {
                    writeln!(out)?;
                    score.faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
                }
            }
        }
        out.flush()
    }
}
