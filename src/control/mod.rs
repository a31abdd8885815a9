//! Control: who holds what on each day, folded from events. Reads no text and draws nothing.

mod engine;
mod span;
mod status;
mod timeline;
mod weights;

pub use engine::{Clock, Control};
pub use span::span;
pub use status::{Basis, ControlStatus, Level, Pressure, Shares, UnitStatus};
pub use timeline::{Day, Timeline};
