//! District boundaries that a user imports: checked, matched to the districts, made to nest, stored and laid over the data.

mod attributes;
mod geojson_file;
mod import;
mod matching;
mod nest;
mod rings;
mod shapefile_file;
mod stored;
mod topojson_file;
mod validity;

pub use import::{Source, import};
pub use stored::Stored;
