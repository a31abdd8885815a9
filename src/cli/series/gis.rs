//! What a build writes for QGIS: layers of the whole run, styles, a GeoPackage and a project.

use naqsha::control::{Day, Timeline};
use naqsha::error::Error;
use naqsha::map::Symbology;
use naqsha::mapper::Mapper;
use naqsha::output::{self, Folder, Styles};

use super::Series;
use super::format::Format;

/// The GeoPackage, which the project reads.
const GEOPACKAGE: &str = "naqsha.gpkg";
const PROJECT: &str = "timeline.qgz";

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

    /// Writes the styles of the layers of a day.
    pub(super) fn styles_of_day(
        &self,
        symbology: &Symbology,
        mapper: &Mapper,
        day: &Day,
        folder: &Folder,
    ) -> Result<(), Error> {
        if !self.writes(Format::Geojson) {
            return Ok(());
        }
        let styles = Styles::new(symbology, mapper.basemap(), std::slice::from_ref(day), &day.events);
        put_styles(folder, &format!("{0}/{0}-", day.date), &styles)
    }
}

/// A style beside each of three GeoJSONs, of the same name.
fn put_styles(folder: &Folder, start: &str, styles: &Styles) -> Result<(), Error> {
    for (name, qml) in [("events", styles.events()), ("places", styles.places()), ("areas", styles.areas())] {
        folder.put(&format!("{start}{name}.qml"), Ok(qml.as_bytes().to_owned()))?;
    }
    Ok(())
}
