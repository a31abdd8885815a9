//! Scores: what a reading finds, compared with what people marked in the same text. Reads no report and finds no place.

mod calibration;
mod event_fault;
mod event_figures;
mod event_gold;
mod event_score;
mod family;
mod gold_text;
mod mark;
mod place_fault;
mod place_figures;
mod place_gold;
mod place_score;
mod share;
mod wanted;

pub use calibration::Band;
pub use event_fault::{EventFault, EventFaultKind, Field};
pub use event_figures::{BandFigures, EventFigures, FieldFigures, KindFigures, MatchFigures};
pub use event_gold::{EventGold, GoldEvent};
pub use event_score::{EventScore, Found};
pub use gold_text::GoldText;
pub use mark::{Mark, Marks, Meaning, Named};
pub use place_fault::{PlaceFault, PlaceFaultKind};
pub use place_figures::{PlaceFigures, TrapFigures};
pub use place_gold::{GoldSpan, PlaceGold, Trap};
pub use place_score::PlaceScore;
pub use share::Share;
