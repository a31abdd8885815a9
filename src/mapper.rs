//! The pipeline, from reports to maps, and its parallelism.

use std::fmt;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::control::{
    Account, Baseline, Clock, Control, Corrected, Corrections, Day, Fate, Review, Timeline, span,
};
use crate::data::DataFiles;
use crate::error::{Error, Notice};
use crate::event::{Cluster, Event, EventId, Inspection, Outlets, Reader, Reading};
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::map::{Atlas, Basemap, Chart, Drawing, Exposure, Film, Frame, Look, Tally};
use crate::report::Report;

/// Days of a run by which a film chooses its colours.
const FILM_SAMPLES: usize = 8;
/// Frames of a film that are held at once before they are added.
const FILM_AT_ONCE: usize = 16;

/// Reads reports, folds what they tell into days, and draws them. Touches no disk.
///
/// ```no_run
/// use naqsha::{map::Frame, mapper::Mapper, report::read_reports};
/// let mapper = Mapper::bundled()?;
/// let (reports, _) = read_reports("reports".as_ref())?;
/// let (events, _) = mapper.events(&reports);
/// for day in mapper.timeline(events, None, None).days() {
///     std::fs::write(format!("{}.svg", day.date), mapper.draw(day, Frame::Article).to_svg())?;
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Mapper {
    reader: Reader,
    outlets: Outlets,
    control: Control,
    corrections: Corrections,
    atlas: Atlas,
}

impl fmt::Debug for Mapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mapper")
    }
}

impl Mapper {
    /// A mapper that knows what the program knows.
    ///
    /// # Errors
    /// `Error::Data` where a bundled table is malformed, which the project's tests rule out.
    pub fn bundled() -> Result<Mapper, Error> {
        Mapper::from_data(&DataFiles::bundled())
    }

    /// A mapper that knows what these tables say.
    ///
    /// # Errors
    /// `Error::Data` names the table and line that is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Mapper, Error> {
        let (reader, atlas) = rayon::join(|| Reader::from_data(data), || Atlas::from_data(data));
        Ok(Mapper {
            reader: reader?,
            outlets: Outlets::from_data(data)?,
            control: Control::from_data(data)?,
            corrections: Corrections::default(),
            atlas: atlas?,
        })
    }

    /// The same, by another clock.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Mapper {
        Mapper { control: self.control.with_clock(clock), ..self }
    }

    /// The same, with this state before the first report.
    #[must_use]
    pub fn with_baseline(self, baseline: Baseline) -> Mapper {
        Mapper { control: self.control.with_baseline(baseline), ..self }
    }

    /// The same, with an editor's corrections.
    #[must_use]
    pub fn with_corrections(self, corrections: Corrections) -> Mapper {
        let control = self.control.with_pins(corrections.clone(), self.reader.gazetteer());
        Mapper { control, corrections, ..self }
    }

    /// The same, drawing with another look.
    ///
    /// # Errors
    /// `Error::Data` where the colours are missing or malformed.
    pub fn with_look(self, data: &DataFiles, look: Look) -> Result<Mapper, Error> {
        Ok(Mapper { atlas: self.atlas.with_look(data, look)?, ..self })
    }

    /// The same, with this title and subtitle on every map, where they are given.
    ///
    /// # Errors
    /// `Error::Usage` where one is too long for a page.
    pub fn with_heading(self, title: Option<&str>, subtitle: Option<&str>) -> Result<Mapper, Error> {
        Ok(Mapper { atlas: self.atlas.with_heading(title, subtitle)?, ..self })
    }

    /// The same, drawing a part of the country: a province or district, or a radius in kilometres around any place.
    ///
    /// # Errors
    /// `Error::Usage` where the place lies abroad or the radius is too small or too large.
    pub fn with_focus(self, place: PlaceRef, radius: Option<f64>) -> Result<Mapper, Error> {
        let atlas = self.atlas.with_focus(self.reader.gazetteer(), place, radius)?;
        Ok(Mapper { atlas, ..self })
    }

    /// The places it knows.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        self.reader.gazetteer()
    }

    /// The outlines it draws on.
    #[must_use]
    pub fn basemap(&self) -> &Basemap {
        self.atlas.basemap()
    }

    /// What it draws with.
    #[must_use]
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    /// The events that the reports tell, report by report in their order, whatever the number of threads.
    #[must_use]
    pub fn events(&self, reports: &[Report]) -> (Vec<Event>, Vec<Notice>) {
        let (mut events, mut notices) = (Vec::new(), Vec::new());
        for (told, noticed) in self.events_by_report(reports) {
            events.extend(told);
            notices.extend(noticed);
        }
        (events, notices)
    }

    /// The same, for each of the reports.
    #[must_use]
    pub fn events_by_report(&self, reports: &[Report]) -> Vec<(Vec<Event>, Vec<Notice>)> {
        events_all(&self.reader, reports)
    }

    /// The acts that the events tell, each with its tellings, as far as they are corrected.
    #[must_use]
    pub fn merge(&self, events: Vec<Event>) -> Vec<Cluster> {
        self.correct(events).clusters
    }

    /// The same, with what became of the corrections of events.
    #[must_use]
    pub fn correct(&self, events: Vec<Event>) -> Corrected {
        self.corrections.apply(events, &self.outlets, self.gazetteer())
    }

    /// What became of each correction in a timeline of this mapper.
    #[must_use]
    pub fn fates(&self, timeline: &Timeline) -> Vec<Fate> {
        self.corrections.fates(&timeline.applied)
    }

    /// What the events, merged, make of each day. The days are those of the contract: from the first event known to
    /// the day, but at most 31 days before the first publication, to the last publication; `from` and `to` choose
    /// others. They choose days, never evidence. Without any date there is no day.
    #[must_use]
    pub fn timeline(&self, events: Vec<Event>, from: Option<Date>, to: Option<Date>) -> Timeline {
        let told = span(&events);
        let corrected = self.correct(events);
        let merged = corrected.clusters;
        let days = if self.corrections.is_empty() { told } else { span(&tellings(&merged)) };
        let mut timeline = match (from.or(days.map(|d| d.0)), to.or(days.map(|d| d.1))) {
            (Some(from), Some(to)) if from <= to => {
                self.control.timeline(self.gazetteer(), &merged, from, to)
            }
            _ => Timeline::new(merged.into_iter().map(|c| c.event).collect(), Vec::new()),
        };
        timeline.notices.splice(0..0, corrected.notices);
        timeline.applied.extend(corrected.applied);
        timeline
    }

    /// What an editor should look at before a day is published. `merged` is what [`Mapper::merge`] gives.
    #[must_use]
    pub fn review<'c>(&self, merged: &'c [Cluster], on: Date) -> Review<'c> {
        self.control.review(self.gazetteer(), merged, on)
    }

    /// How many districts and capitals have which status on each day, with shares of area.
    #[must_use]
    pub fn statistics(&self, timeline: &Timeline) -> Vec<Tally> {
        self.atlas.statistics(self.gazetteer(), timeline)
    }

    /// The chart of statistics; None where there is no day.
    #[must_use]
    pub fn chart(&self, statistics: &[Tally]) -> Option<Chart> {
        self.atlas.chart(statistics)
    }

    /// Why units have the statuses they have on a day, in the order given.
    #[must_use]
    pub fn accounts(&self, corrected: &Corrected, units: &[PlaceRef], date: Date) -> Vec<Account> {
        self.control.accounts(self.gazetteer(), corrected, units, date)
    }

    /// The same for each unit that a merged event bears on.
    #[must_use]
    pub fn accounts_of(&self, corrected: &Corrected, event: &EventId, date: Date) -> Vec<Account> {
        self.control.accounts_of(self.gazetteer(), corrected, event, date)
    }

    /// The maps of these days, one after the other, `scale` image pixels to a CSS pixel. Each stays for `pace`
    /// hundredths of a second, the last four times as long; `tick` is called after each.
    ///
    /// # Errors
    /// `Error::Usage` where there is no day, or the scale is not within 1 to 4.
    pub fn film(
        &self,
        days: &[Day],
        frame: Frame,
        scale: f32,
        pace: u16,
        tick: impl Fn() + Sync,
    ) -> Result<Film, Error> {
        let most = days.len().max(1);
        let draw = |at: usize| {
            let passed = (at + 1) as f64 / most as f64;
            self.atlas.draw_playing(self.gazetteer(), &days[at], frame, passed)
        };
        let samples: Vec<Drawing> = (0..days.len()).step_by(most.div_ceil(FILM_SAMPLES)).map(draw).collect();
        let mut film = Film::new(&samples, scale)?;
        let at: Vec<usize> = (0..days.len()).collect();
        for some in at.chunks(FILM_AT_ONCE) {
            let exposed = some.par_iter().map(|at| {
                let exposed = film.expose(&draw(*at));
                tick();
                exposed
            });
            let exposed: Vec<Exposure> = exposed.collect::<Result<_, Error>>()?;
            for (at, exposure) in some.iter().zip(exposed) {
                film.add(exposure, if at + 1 == days.len() { pace.saturating_mul(4) } else { pace });
            }
        }
        Ok(film)
    }

    /// The map of a day.
    #[must_use]
    pub fn draw(&self, day: &Day, frame: Frame) -> Drawing {
        self.atlas.draw(self.gazetteer(), day, frame)
    }
}

fn tellings(clusters: &[Cluster]) -> Vec<Event> {
    clusters.iter().flat_map(|c| &c.voices).map(|v| v.event.clone()).collect()
}

/// What [`Reader::events`] gives for each of the reports, in their order, whatever the number of threads.
#[must_use]
pub fn events_all(reader: &Reader, reports: &[Report]) -> Vec<(Vec<Event>, Vec<Notice>)> {
    reports.par_iter().map(|report| reader.events(report)).collect()
}

/// The readings of the reports, in their order, whatever the number of threads. For those who need no map.
#[must_use]
pub fn read_all(reader: &Reader, reports: &[Report]) -> Vec<Reading> {
    reports.par_iter().map(|report| reader.read(report)).collect()
}

/// As [`read_all`], with what the readings went by.
#[must_use]
pub fn inspect_all(reader: &Reader, reports: &[Report]) -> Vec<Inspection> {
    reports.par_iter().map(|report| reader.inspect(report)).collect()
}
