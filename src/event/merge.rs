//! Merging: one event from the many reports that tell it.

use super::Event;

/// One act, as all reports together tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The merged record.
    pub event: Event,
    /// The act as each report tells it, oldest first.
    pub voices: Vec<Event>,
}
