//! Places that a report names: found, told from persons and outlets, and resolved. Knows no date and no event.

mod alike;
mod building;
mod case;
mod context;
mod cues;
mod find;
mod heads;
mod level;
mod lower;
mod metonym;
mod people;
mod place_name;
mod precision;
mod quarter;
mod refusal;
mod relation;
mod resolve;
mod type_words;
mod veto;

pub use cues::Cues;
pub use find::Mention;
pub use place_name::{Relation, Toponym};
pub use precision::GeoPrecision;
pub use refusal::{Refusal, Refused};
pub use resolve::Resolver;
