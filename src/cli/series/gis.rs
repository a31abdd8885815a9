//! What a build writes for QGIS: layers of the whole run, styles, a GeoPackage and a project.

use naqsha::control::{Day, Timeline};
use naqsha::error::Error;
use naqsha::map::Symbology;
use naqsha::mapper::Mapper;
use naqsha::output::{self, Folder, Styles};

use super::Series;
use super::format::Format;
use crate::cli::maker::Maker;

/// The GeoPackage, which the project reads.
const GEOPACKAGE: &str = "naqsha.gpkg";
const PROJECT: &str = "timeline.qgz";

/// The layers of a day, and the style of each.
const LAYERS: [&str; 6] =
    ["events.geojson", "places.geojson", "areas.geojson", "events.qml", "places.qml", "areas.qml"];

impl Series {
    /// Writes them as far as they are asked for; a project brings the GeoPackage that it reads.
    pub(super) fn gis(
        &self,
        symbology: &Symbology,
        mapper: &Mapper,
        timeline: &Timeline,
        folder: &Folder,
    ) -> Result<(), Error> {
        let [layers, geopackage, project] =
            [Format::Geojson, Format::Gpkg, Format::Qgz].map(|f| self.writes(f));
        if !(layers || geopackage || project) {
            return Ok(());
        }
        let (gazetteer, basemap, days) = (mapper.gazetteer(), mapper.basemap(), timeline.days());
        let styles = Styles::new(symbology, basemap, days, &timeline.events);
        if layers {
            folder.put("places.geojson", output::places_of_run(days, gazetteer, basemap))?;
            folder.put("areas.geojson", output::areas_of_run(days, basemap))?;
            put_styles(folder, "", &styles)?;
        }
        if geopackage || project {
            folder.put(GEOPACKAGE, output::geopackage(timeline, gazetteer, basemap, &styles))?;
        }
        if project {
            folder
                .put(PROJECT, output::project(timeline, symbology, basemap, self.look.level, GEOPACKAGE))?;
        }
        Ok(())
    }

    /// Writes the layers of a day with their styles.
    pub(super) fn layers(
        &self,
        symbology: &Symbology,
        mapper: &Mapper,
        day: &Day,
        (folder, maker): (&Folder, &Maker),
    ) -> Result<(), Error> {
        if !self.writes(Format::Geojson) {
            return Ok(());
        }
        let path = |what: &str| format!("{0}/{0}-{what}", day.date);
        let source = maker.with_day(format_args!("layers {:?}", self.look.theme), day);
        let kept = |s: &str| LAYERS.iter().all(|what| folder.keeps(&path(what), s));
        if source.as_deref().is_some_and(kept) {
            return Ok(());
        }
        let basemap = mapper.basemap();
        let styles = Styles::new(symbology, basemap, std::slice::from_ref(day), &day.events);
        let qml = |style: &str| Ok(style.as_bytes().to_owned());
        let layers = [
            output::events(&day.events),
            output::places(day, mapper.gazetteer(), basemap),
            output::areas(day, basemap),
            qml(styles.events()),
            qml(styles.places()),
            qml(styles.areas()),
        ];
        for (what, bytes) in LAYERS.iter().zip(layers) {
            folder.put_drawn(&path(what), bytes, source.clone())?;
        }
        Ok(())
    }
}

/// A style beside each of three GeoJSONs, of the same name.
fn put_styles(folder: &Folder, start: &str, styles: &Styles) -> Result<(), Error> {
    for (name, qml) in [("events", styles.events()), ("places", styles.places()), ("areas", styles.areas())] {
        folder.put(&format!("{start}{name}.qml"), Ok(qml.as_bytes().to_owned()))?;
    }
    Ok(())
}
