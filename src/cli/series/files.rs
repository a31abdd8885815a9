//! The files of a build: layers, tables and maps of each day and of the whole run.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use naqsha::control::{Day, Timeline};
use naqsha::data::DataFiles;
use naqsha::error::Error;
use naqsha::map::{self, Atlas, Language, Symbology};
use naqsha::mapper::Mapper;
use naqsha::output::{self, Folder};
use rayon::prelude::*;

use super::Series;
use super::format::Format;
use crate::cli::maker::Maker;
use crate::cli::words::Words;

impl Series {
    /// Writes all files but the manifest, those of days only from `kept` on. Returns how many days were drawn.
    pub(super) fn write(
        &self,
        (mapper, data): (&Mapper, &DataFiles),
        timeline: &Timeline,
        (folder, kept): (&Folder, Date),
        maker: &Maker,
        words: &mut Words,
    ) -> Result<usize, Error> {
        let days: Vec<&Day> = timeline.days().iter().filter(|day| day.date >= kept).collect();
        let bar = words.progress(Some(days.len() as u64), "days");
        let drawn = AtomicUsize::new(0);
        let symbology = &Symbology::from_data(data, self.look.theme.unwrap_or_default())?;
        let write_days = || {
            days.par_iter().try_for_each(|day| {
                let is_drawn = self.day(mapper, day, folder, maker)?;
                self.layers(symbology, mapper, day, (folder, maker))?;
                drawn.fetch_add(usize::from(is_drawn), Ordering::Relaxed);
                bar.inc(1);
                Ok(())
            })
        };
        let (written, whole) =
            rayon::join(write_days, || self.whole((mapper, data), symbology, timeline, folder));
        bar.finish_and_clear();
        written.and(whole)?;
        self.film(mapper, timeline.days(), folder, words)?;
        Ok(drawn.into_inner())
    }

    /// The files of the whole run.
    fn whole(
        &self,
        (mapper, data): (&Mapper, &DataFiles),
        symbology: &Symbology,
        timeline: &Timeline,
        folder: &Folder,
    ) -> Result<(), Error> {
        if self.writes(Format::Html) {
            folder.put("index.html", Ok(self.page(mapper, timeline, data)?))?;
        }
        if self.writes(Format::Geojson) {
            folder.put("events.geojson", output::events(&timeline.events))?;
        }
        if self.writes(Format::Csv) {
            folder.put("events.csv", output::event_table(&timeline.events))?;
            folder.put("timeline.csv", output::timeline_table(timeline))?;
            folder.put("changes.csv", output::change_table(timeline))?;
        }
        self.gis(symbology, mapper, timeline, folder)?;
        self.statistics(mapper, timeline, folder)
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

    /// The map of a day; true where it was drawn.
    fn day(&self, mapper: &Mapper, day: &Day, folder: &Folder, maker: &Maker) -> Result<bool, Error> {
        let path = |what: &str| format!("{0}/{0}-{what}", day.date);
        if !self.writes(Format::Svg) && !self.writes(Format::Png) {
            return Ok(false);
        }
        let (svg, png) = (path("map.svg"), path("map.png"));
        let wanted = [(&svg, Format::Svg), (&png, Format::Png)];
        let mut wanted = wanted.into_iter().filter(|(_, f)| self.writes(*f));
        let source = self.look.source(maker, day);
        if source.as_deref().is_some_and(|s| wanted.all(|(path, _)| folder.keeps(path, s))) {
            return Ok(false);
        }
        let drawing = mapper.draw(day, self.look.size);
        if self.writes(Format::Svg) {
            folder.put_drawn(&svg, Ok(self.look.svg(&drawing)?.into_owned().into_bytes()), source.clone())?;
        }
        if self.writes(Format::Png) {
            folder.put_drawn(&png, Ok(drawing.to_png(f32::from(self.look.scale))?), source)?;
        }
        Ok(true)
    }
}
