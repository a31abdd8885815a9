//! `naqsha build`: reports become a folder of layers, tables and maps.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use naqsha::control::{self, Day, Timeline};
use naqsha::data::DataFiles;
use naqsha::error::Error;
use naqsha::map::{self, Atlas, Language};
use naqsha::mapper::Mapper;
use naqsha::output::{self, Folder, Manifest, Tally};
use rayon::prelude::*;
use serde::Serialize;

use super::evidence::{Evidence, day};
use super::look::{Look, Source};
use super::words::{Words, counted};
use super::{Common, Outcome, to_stdout};

/// Draw a map and write the data for each day that the reports tell of
///
/// Days run from the first event known to the day (at most 31 days before the first publication) to the last
/// publication. Files that already hold the right bytes are not touched; files of an earlier run that this one does
/// not write are removed, unless they were changed since or belong to days outside --from and --to.
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    evidence: Evidence,
    /// Folder to write to
    #[arg(short, long, default_value = "output", value_name = "DIR")]
    output: PathBuf,
    /// First day to write, as 2021-07-07; evidence of other days still counts
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Date>,
    /// Last day to write
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Date>,
    /// What to write
    #[arg(long, value_delimiter = ',', default_value = "geojson,svg,png,csv,html", value_name = "FORMATS")]
    format: Vec<Format>,
    #[command(flatten)]
    look: Look,
    /// Seconds that each map of an animation stays
    #[arg(long, default_value_t = 0.8, value_name = "SECONDS", value_parser = pace)]
    pace: f64,
    /// Sentences of reports in layers, tables and the page to browse
    #[arg(long, default_value = "full", value_name = "LENGTH")]
    quotes: Quotes,
    /// Print a summary as one line of JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Layers of each day, and all events
    Geojson,
    /// Maps to edit
    Svg,
    /// Maps to publish
    Png,
    /// Tables of all events and statuses
    Csv,
    /// A page to browse, one file that opens offline
    Html,
    /// The maps one after the other, as an animated PNG at one image pixel to a pixel of the page
    Apng,
    /// The same as GIF
    Gif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Quotes {
    /// No sentence at all
    None,
    /// The first words of a long one
    Short,
    /// As they stand in the report
    Full,
}

/// What --json prints.
#[derive(Serialize)]
struct Summary<'s> {
    output: &'s str,
    from: Option<Date>,
    to: Option<Date>,
    days: usize,
    reports: usize,
    events: usize,
    skipped: usize,
    files: usize,
    changed: usize,
    removed: usize,
}

impl Summary<'_> {
    fn print(&self) -> Result<(), Error> {
        let line = serde_json::to_string(self).map_err(io::Error::from).map_err(to_stdout)?;
        writeln!(io::stdout(), "{line}").map_err(to_stdout)
    }
}

fn pace(seconds: &str) -> Result<f64, String> {
    let given: Option<f64> = seconds.parse().ok();
    given.filter(|s| (0.05..=60.0).contains(s)).ok_or_else(|| "give 0.05 to 60 seconds".to_owned())
}

impl Build {
    pub(super) fn run(&self, common: &Common, words: &mut Words) -> Result<Outcome, Error> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Error::Usage(format!("--from {from} is after --to {to}; swap them")));
        }
        let mut inputs = self.evidence.open(Some(&self.output))?;
        let is_new = !self.output.exists();
        let folder = Folder::open(&self.output)?;
        let data = self.look.of_data(common.data()?)?;
        let mapper = self.look.of_mapper(self.evidence.mapper(&data, words)?, &data)?;
        let (events, reports) = Evidence::read(&mapper, &mut inputs, words)?;
        let span = control::span(&events);
        let timeline = self.quoting(&mapper, mapper.timeline(events, self.from, self.to));
        words.notices(&timeline.notices);
        let days = timeline.days();
        let manifest = Manifest {
            from: days.first().map(|d| d.date),
            to: days.last().map(|d| d.date),
            reports,
            events: timeline.events.len(),
            baseline: self.evidence.baseline_used(),
            corrections: self.evidence.corrections_used(mapper.fates(&timeline)),
            inputs: inputs.hashes(),
            ..Manifest::of(&data)?
        };
        let (from, to) = (manifest.from, manifest.to);
        // Inputs without any event or day are more likely a mistake than a wish to clear the folder.
        let nothing = days.is_empty();
        let tally = if nothing {
            if is_new {
                folder.discard();
            }
            Tally::default()
        } else {
            let draws = self.writes(Format::Svg) || self.writes(Format::Png);
            let source = draws.then(|| Source::new(&self.look, &manifest.data_sha256));
            self.write(&mapper, &timeline, &folder, source.as_ref(), words)?;
            if self.writes(Format::Html) {
                folder.put("index.html", Ok(self.page(&mapper, &timeline, &data)?))?;
            }
            self.film(&mapper, days, &folder, words)?;
            folder.close(manifest, |path| self.covers(path))?
        };
        self.tell(&timeline, span, reports, tally, words);
        if self.json {
            let (days, events, skipped) = (days.len(), timeline.events.len(), words.skipped());
            let Tally { files, changed, removed } = tally;
            let output = &self.output.to_string_lossy();
            let summary =
                Summary { output, from, to, days, reports, events, skipped, files, changed, removed };
            summary.print()?;
        }
        Ok(if nothing { Outcome::Nothing } else { Outcome::Done })
    }

    fn film(&self, mapper: &Mapper, days: &[Day], folder: &Folder, words: &mut Words) -> Result<(), Error> {
        if !self.writes(Format::Apng) && !self.writes(Format::Gif) {
            return Ok(());
        }
        let bar = words.progress(Some(days.len() as u64), "frames");
        let hundredths = (self.pace * 100.0).round() as u16;
        let film = mapper.film(days, self.look.size, 1.0, hundredths, || bar.inc(1))?;
        bar.finish_and_clear();
        if self.writes(Format::Apng) {
            folder.put("animation.png", Ok(film.to_apng()?))?;
        }
        if self.writes(Format::Gif) {
            folder.put("animation.gif", Ok(film.to_gif()?))?;
        }
        Ok(())
    }

    /// The page to browse, which is in English and tells each day's own news, whatever the maps say.
    fn page(&self, mapper: &Mapper, timeline: &Timeline, data: &DataFiles) -> Result<Vec<u8>, Error> {
        let page = |atlas: &Atlas| output::page(timeline, atlas, mapper.gazetteer(), data, self.look.theme);
        let english = map::Look { language: Language::English, ..self.look.of_maps() };
        let own_words = self.look.language == english.language
            && self.look.title.is_none()
            && self.look.subtitle.is_none();
        if own_words { page(mapper.atlas()) } else { page(&Atlas::looking(data, english)?) }
    }

    fn quoting(&self, mapper: &Mapper, timeline: Timeline) -> Timeline {
        match self.quotes {
            Quotes::None => timeline.quoting(0),
            Quotes::Short => timeline.quoting(mapper.atlas().quote_words()),
            Quotes::Full => timeline,
        }
    }

    fn writes(&self, format: Format) -> bool {
        self.format.contains(&format)
    }

    fn write(
        &self,
        mapper: &Mapper,
        timeline: &Timeline,
        folder: &Folder,
        source: Option<&Source>,
        words: &mut Words,
    ) -> Result<(), Error> {
        let bar = words.progress(Some(timeline.days().len() as u64), "days");
        timeline.days().par_iter().try_for_each(|day| {
            let written = self.day(mapper, day, folder, source);
            bar.inc(1);
            written
        })?;
        bar.finish_and_clear();
        if self.writes(Format::Geojson) {
            folder.put("events.geojson", output::events(&timeline.events))?;
        }
        if self.writes(Format::Csv) {
            folder.put("events.csv", output::event_table(&timeline.events))?;
            folder.put("timeline.csv", output::timeline_table(timeline))?;
            folder.put("changes.csv", output::change_table(timeline))?;
        }
        self.statistics(mapper, timeline, folder)?;
        Ok(())
    }

    fn statistics(&self, mapper: &Mapper, timeline: &Timeline, folder: &Folder) -> Result<(), Error> {
        let statistics = mapper.statistics(timeline);
        if self.writes(Format::Csv) {
            folder.put("statistics.csv", output::statistics_table(&statistics))?;
        }
        let Some(chart) = mapper.chart(&statistics) else { return Ok(()) };
        if self.writes(Format::Svg) {
            folder.put("statistics.svg", Ok(chart.to_svg().as_bytes().to_owned()))?;
        }
        if self.writes(Format::Png) {
            folder.put("statistics.png", Ok(chart.to_png(f32::from(self.look.scale))?))?;
        }
        Ok(())
    }

    fn day(&self, mapper: &Mapper, day: &Day, folder: &Folder, source: Option<&Source>) -> Result<(), Error> {
        let path = |what: &str| format!("{0}/{0}-{what}", day.date);
        if self.writes(Format::Geojson) {
            folder.put(&path("events.geojson"), output::events(&day.events))?;
            let places = output::places(day, mapper.gazetteer(), mapper.basemap());
            folder.put(&path("places.geojson"), places)?;
            folder.put(&path("areas.geojson"), output::areas(day, mapper.basemap()))?;
        }
        let Some(source) = source else { return Ok(()) };
        let (svg, png) = (path("map.svg"), path("map.png"));
        let wanted = [(&svg, Format::Svg), (&png, Format::Png)];
        let mut wanted = wanted.into_iter().filter(|(_, f)| self.writes(*f));
        let source = source.of(day);
        if source.as_deref().is_some_and(|s| wanted.all(|(path, _)| folder.keeps(path, s))) {
            return Ok(());
        }
        let drawing = mapper.draw(day, self.look.size);
        if self.writes(Format::Svg) {
            folder.put_drawn(&svg, Ok(self.look.svg(&drawing)?.into_owned().into_bytes()), source.clone())?;
        }
        if self.writes(Format::Png) {
            folder.put_drawn(&png, Ok(drawing.to_png(f32::from(self.look.scale))?), source)?;
        }
        Ok(())
    }

    fn tell(
        &self,
        timeline: &Timeline,
        span: Option<(Date, Date)>,
        reports: usize,
        tally: Tally,
        words: &Words,
    ) {
        let days = timeline.days();
        let events = timeline.events.len();
        if days.is_empty() {
            let why = match span {
                _ if events == 0 => {
                    format!("no event found; {}", counted(reports, "report was read", "reports were read"))
                }
                Some((first, last)) => {
                    format!("no day to write: the evidence spans {first} to {last}; change --from and --to")
                }
                None => {
                    "no day to write: no report is dated; give them a date column, or use --from and --to"
                        .to_owned()
                }
            };
            return words.line(format_args!("{why}; nothing is written to {}", self.output.display()));
        }
        let mut told = format!(
            "{}, {} from {} in {}: {}, {} changed",
            counted(days.len(), "day", "days"),
            counted(events, "event", "events"),
            counted(reports, "report", "reports"),
            self.output.display(),
            counted(tally.files, "file", "files"),
            tally.changed,
        );
        if tally.removed > 0 {
            told.push_str(&format!(", {} of an earlier run removed", tally.removed));
        }
        words.line(told);
    }

    /// Whether a path of the output folder is this run's to write: not if it belongs to a day outside --from and --to.
    fn covers(&self, path: &str) -> bool {
        let day = path.split('/').next().and_then(|folder| folder.parse::<Date>().ok());
        day.is_none_or(|d| self.from.is_none_or(|f| d >= f) && self.to.is_none_or(|t| d <= t))
    }
}
