//! Zones: what each part of a report is for, where one story ends, and which day it was printed.

mod lines;
mod needs;
mod pattern;
mod rules;
mod slots;
mod stories;
mod zoner;

pub use zoner::{Zoned, Zoner};
