//! The files of a build: layers, tables and maps of each day and of the whole run.

use naqsha::control::{Day, Timeline};
use naqsha::data::DataFiles;
use naqsha::error::Error;
use naqsha::map::{self, Atlas, Language};
use naqsha::mapper::Mapper;
use naqsha::output::{self, Folder};
use rayon::prelude::*;

use super::Series;
use super::format::Format;
use crate::cli::look::Source;
use crate::cli::words::Words;

impl Series {
    /// Writes all files but the manifest.
    pub(super) fn write(
        &self,
        mapper: &Mapper,
        data: &DataFiles,
        timeline: &Timeline,
        folder: &Folder,
        data_sha256: &str,
        words: &mut Words,
    ) -> Result<(), Error> {
        let draws = self.writes(Format::Svg) || self.writes(Format::Png);
        let source = draws.then(|| Source::new(&self.look, data_sha256));
        let bar = words.progress(Some(timeline.days().len() as u64), "days");
        timeline.days().par_iter().try_for_each(|day| {
            let written = self.day(mapper, day, folder, source.as_ref());
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
        self.gis(mapper, data, timeline, folder)?;
        self.statistics(mapper, timeline, folder)?;
        if self.writes(Format::Html) {
            folder.put("index.html", Ok(self.page(mapper, timeline, data)?))?;
        }
        self.film(mapper, timeline.days(), folder, words)
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

    pub(super) fn writes(&self, format: Format) -> bool {
        self.format.contains(&format)
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
}
