//! Maps: a day's statuses and events drawn as a page. Reads no text and decides nothing about control.

mod atlas;
mod backend;
mod basemap;
mod callouts;
mod canvas;
mod cover;
mod document;
mod dots;
mod drawing;
mod edition;
mod embed;
mod fonts;
mod frame;
mod furniture;
mod labels;
mod legend;
mod marks;
mod mesh;
mod page;
mod placer;
mod plane;
mod plate;
mod png;
mod projection;
mod quantise;
mod screen;
mod story;
mod style;
mod wording;

pub use atlas::Atlas;
pub use basemap::Basemap;
pub use drawing::Drawing;
pub use frame::{Frame, Theme};
pub use projection::{Conic, Lambert};
pub use screen::{Issue, Named, Screen, ScreenWords, Told};
