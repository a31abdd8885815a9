//! Merging: one event from the many reports that tell it.

use super::outlets::Outlets;
use super::{Event, EventId, identity};

/// An act as one report tells it, with whom that report counts as.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The act as the report tells it; its lineage is the same for two tellings that are one source.
    pub event: Event,
    /// The neutral agency whose word or copy it is; None for a partisan outlet and for one that nobody listed.
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
#[must_use]
pub fn clusters(events: Vec<Event>, outlets: &Outlets) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = events.into_iter().map(|e| alone(e, outlets)).collect();
    clusters.sort_by(|a, b| sort_key(&a.event).cmp(&sort_key(&b.event)));
    clusters
}

fn sort_key(event: &Event) -> (Option<jiff::civil::Date>, &str, &str, &EventId) {
    (event.when.map(|w| w.to), event.place.id.as_str(), event.kind.as_str(), &event.id)
}

fn alone(event: Event, outlets: &Outlets) -> Cluster {
    let agency = event.source.as_deref().and_then(|s| outlets.find(s, event.published));
    let agency = agency.filter(|o| o.standing.side().is_none()).and_then(|o| o.agency.clone());
    let merged = Event { id: EventId(identity::digest(&[&event.id.0])), ..event.clone() };
    Cluster { event: merged, voices: vec![Witness { event, agency }] }
}
