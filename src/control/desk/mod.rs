//! The desk: what people declare and correct beside the reports. A baseline is the state before the first report;
//! corrections are an editor's. Both come as text, are checked line by line, and what can be used is.

mod apply;
mod baseline;
mod clash;
mod correction;
mod corrections;
mod names;
mod parse;
mod pins;
mod sheet;

pub use apply::Corrected;
pub use baseline::Baseline;
pub(in crate::control) use baseline::Declared;
pub use correction::{Action, Correction, Target};
pub use corrections::{Corrections, Fate};
pub(in crate::control) use pins::{Pin, Pins};
