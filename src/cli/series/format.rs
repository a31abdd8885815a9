//! What a build may write.

use clap::ValueEnum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
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
pub(super) enum Quotes {
    /// No sentence at all
    None,
    /// The first words of a long one
    Short,
    /// As they stand in the report
    Full,
}
