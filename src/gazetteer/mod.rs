//! Places and their names: what exists, what contains what. Reads no report and knows no grammar.

mod alike;
mod keys;
mod locate;
mod overlay;
mod place;
mod query;
mod rows;
mod table;
mod user_table;

pub(crate) use keys::{first_sounds_into, opening_sounds_into, sound_key_into};
pub use keys::{further_keys, sound_key, spelling_key};
pub use locate::{Candidate, Located};
pub use place::{Place, PlaceId, PlaceKind};
pub use table::{Gazetteer, NameMatch, PlaceRef};
