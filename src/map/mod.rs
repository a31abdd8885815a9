//! Maps: a day's statuses and events drawn as a page. Reads no text and decides nothing about control.

mod atlas;
mod basemap;
mod drawing;
mod frame;
mod projection;

pub use atlas::Atlas;
pub use basemap::Basemap;
pub use drawing::Drawing;
pub use frame::{Frame, Theme};
pub use projection::{Conic, Lambert};
