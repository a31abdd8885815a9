//! Scores: what a reading finds, compared with what people marked in the same text. Reads no report and finds no place.

mod fault;
mod figures;
mod gold;
mod mark;
mod place_score;
mod share;

pub use fault::{Fault, FaultKind};
pub use figures::{PlaceFigures, TrapFigures};
pub use gold::{GoldSpan, PlaceGold, Trap};
pub use mark::{Mark, Marks, Meaning};
pub use place_score::PlaceScore;
pub use share::Share;
