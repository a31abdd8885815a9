//! Places that a report names: found, told from persons and outlets, and resolved. Knows no date and no event.

mod cues;
mod find;
mod precision;
mod resolve;
mod toponym;

pub use cues::Cues;
pub use find::Mention;
pub use precision::GeoPrecision;
pub use resolve::Resolver;
pub use toponym::{Relation, Toponym};
