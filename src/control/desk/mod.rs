//! The desk: what people declare and correct beside the reports. A baseline is the state before the first report;
//! corrections are an editor's. Both come as text, are checked line by line, and what can be used is.

mod baseline;
mod names;
mod sheet;

pub use baseline::Baseline;
pub(in crate::control) use baseline::Declared;
