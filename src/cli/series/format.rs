//! What a build may write.

use clap::ValueEnum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Layers of each day and of the whole run, with their styles for QGIS
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
    /// The layers of the whole run in one file, styled, for QGIS and other GIS
    Gpkg,
    /// A project for QGIS that plays the run, with the GeoPackage that it reads
    Qgz,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Quotes {
    /// No sentence at all
    None,
    /// The first words of a long one
    Short,
    /// As they stand in the report
    Full,
}
