//! Control: who holds what on each day, folded from events. Reads no text and draws nothing.

mod status;
mod timeline;

pub use status::{Basis, ControlStatus, Level, Pressure, Shares, UnitStatus};
pub use timeline::{Day, Timeline};
