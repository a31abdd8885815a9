//! Control: who holds what on each day, folded from events. Reads no text and draws nothing.

mod days;
mod engine;
mod fold;
mod points;
mod province;
mod sense;
mod span;
mod state;
mod status;
mod timeline;
mod units;
mod weigh;
mod weights;

pub use engine::{Clock, Control};
pub use span::span;
pub use status::{Basis, ControlStatus, Level, Pressure, Shares, UnitStatus};
pub use timeline::{Day, Timeline};
