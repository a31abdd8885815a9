//! Merging: one event from the many reports that tell it.
//!
//! Two tellings are one act where place (or what contains it), family of kinds and side agree, and their days meet or
//! lie a day apart, every pair of them. The result does not depend on the order of the events.

mod blend;
mod group;
mod regroup;
mod sources;

pub use regroup::Regrouping;

use jiff::civil::Date;

use super::outlets::Outlets;
use super::{Event, EventId};

/// An act as one report tells it, with whom that report counts as.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The act as the report tells it; its lineage is the same for two tellings that are one source.
    pub event: Event,
    /// The neutral agency whose word or copy it is, or the party that admits a loss in a statement of its own; None for
    /// any other word of a partisan outlet and for an outlet that nobody listed.
    pub agency: Option<String>,
}

/// One act, as all reports together tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The merged record.
    pub event: Event,
    /// The act as each report tells it, oldest first.
    pub voices: Vec<Witness>,
}

/// One cluster for each act that the events tell, by date, place and kind, whatever the order of the events.
///
/// ```
/// # fn main() -> Result<(), naqsha::error::Error> {
/// use naqsha::{data::DataFiles, event::{Outlets, Reader, clusters}, report::Report};
/// let data = DataFiles::bundled();
/// let (reader, outlets) = (Reader::from_data(&data)?, Outlets::from_data(&data)?);
/// let report = |outlet: &str| Report {
///     id: outlet.into(),
///     source: Some(outlet.into()),
///     text: "date 2021-08-06\nThe Taliban captured Zaranj on Friday.".into(),
///     ..Report::default()
/// };
/// let events = ["Reuters", "AP"].iter().flat_map(|o| reader.events(&report(o)).0).collect();
/// let clusters = clusters(events, &outlets);
/// assert_eq!((clusters.len(), clusters[0].event.n_reports), (1, 2));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn clusters(events: Vec<Event>, outlets: &Outlets) -> Vec<Cluster> {
    clusters_regrouped(events, outlets, &Regrouping::default())
}

/// As [`clusters`], but what an editor says is one act is one, and what is an act of its own is.
#[must_use]
pub fn clusters_regrouped(events: Vec<Event>, outlets: &Outlets, regrouping: &Regrouping) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = regrouping
        .regroup(group::groups(events))
        .into_iter()
        .map(|members| {
            let voices = sources::witnesses(members, outlets);
            Cluster { event: blend::blend(&voices), voices }
        })
        .collect();
    clusters.sort_by(|a, b| sort_key(&a.event).cmp(&sort_key(&b.event)));
    clusters
}

fn sort_key(event: &Event) -> (Option<Date>, Option<Date>, &str, &str, &EventId) {
    let when = event.when;
    (when.map(|w| w.to), when.map(|w| w.from), event.place.id.as_str(), event.kind.as_str(), &event.id)
}
