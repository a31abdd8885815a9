//! How to use naqsha, page by page; a test runs every command that stands in it.
//!
#![doc = include_str!("links.md")]
#![doc = include_str!("README.md")]

#[doc = include_str!("links.md")]
#[doc = include_str!("quick_start.md")]
pub mod quick_start {}

#[doc = include_str!("links.md")]
#[doc = include_str!("formats.md")]
pub mod formats {}

// The picture stands in the page itself, since documentation takes no files along.
#[doc = include_str!("links.md")]
#[doc = concat!("[picture]: data:image/png;base64,", include_str!("qgis.png.base64"))]
#[doc = ""]
#[doc = include_str!("qgis.md")]
pub mod qgis {}

#[doc = include_str!("links.md")]
#[doc = include_str!("every_morning.md")]
pub mod every_morning {}

#[doc = include_str!("links.md")]
#[doc = include_str!("corrections.md")]
pub mod corrections {}

#[doc = include_str!("links.md")]
#[doc = include_str!("places_and_rules.md")]
pub mod places_and_rules {}

#[doc = include_str!("links.md")]
#[doc = include_str!("control.md")]
pub mod control {}

#[doc = include_str!("links.md")]
#[doc = include_str!("evaluation.md")]
pub mod evaluation {}

#[doc = include_str!("links.md")]
#[doc = include_str!("command_line.md")]
pub mod command_line {}

#[doc = include_str!("links.md")]
#[doc = include_str!("reference.md")]
pub mod reference {}
