//! Places and their names: what exists, what contains what. Reads no report and knows no grammar.

mod place;

pub use place::{Place, PlaceId, PlaceKind};
