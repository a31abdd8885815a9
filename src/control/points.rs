//! Points: what the voices behind an act are worth together.

use std::collections::{BTreeMap, BTreeSet};

use super::Level;
use super::weights::Weights;
use crate::event::{Effect, Event, Modality, Side, Voice, Witness};

/// What voices are worth for the side that gains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Support<'a> {
    pub(super) points: i32,
    /// Only a side to its own credit says so.
    pub(super) only_claimed: bool,
    /// Independent sources: agencies, or one more where an agency quotes both sides.
    pub(super) sources: usize,
    /// Somebody denies it.
    pub(super) denied: bool,
    pub(super) lineages: BTreeSet<&'a str>,
}

/// Allies count as the side they fight for.
pub(super) fn party(side: Side) -> Option<Side> {
    match side {
        Side::Taliban => Some(Side::Taliban),
        Side::Government | Side::Militia | Side::UsNato => Some(Side::Government),
        _ => None,
    }
}

/// The side that holds a place after the act, else the one that acts.
pub(super) fn gains(event: &Event) -> Option<Side> {
    match event.effect {
        Some(Effect::Taliban) => Some(Side::Taliban),
        Some(Effect::Government) => Some(Side::Government),
        _ => event.actor1.as_ref().and_then(|a| party(a.side)),
    }
}

/// Adds up the best voice of each source. `deduction` is what place and date take off.
pub(super) fn support<'a>(
    weights: &Weights,
    level: Level,
    voices: &[&'a Witness],
    deduction: i32,
) -> Support<'a> {
    let mut best: BTreeMap<&str, (i32, bool)> = BTreeMap::new();
    let mut deniers = BTreeSet::new();
    let (mut claimed, mut admitted) = (false, false);
    let mut agencies: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    let mut lineages = BTreeSet::new();
    for voice in voices {
        if voice.event.modality == Modality::Denied {
            deniers.insert(voice.event.attribution.side.and_then(party));
            continue;
        }
        if is_withdrawn(voice, voices) {
            continue;
        }
        let kind = heard_as(&voice.event);
        let worth = worth(weights, level, voice, kind);
        let entry = best.entry(&voice.event.lineage).or_insert((worth, kind == Voice::Party));
        entry.0 = entry.0.max(worth);
        lineages.insert(voice.event.lineage.as_str());
        claimed |= kind == Voice::Party;
        admitted |= kind == Voice::Admission;
        if let Some(agency) = &voice.agency {
            let quotes = agencies.entry(agency).or_default();
            quotes.0 |= kind == Voice::Party;
            quotes.1 |= kind == Voice::Admission;
        }
    }
    let total: i32 = best.values().map(|(points, _)| points).sum();
    let from_claims: i32 = best.values().filter(|(_, claim)| *claim).map(|(points, _)| points).sum();
    let denials = i32::try_from(deniers.len()).unwrap_or(i32::MAX).saturating_mul(weights.deductions.denial);
    let both = if claimed && admitted { weights.points.both_sides } else { 0 };
    let points = total + both - from_claims.min(denials) - deduction;
    let sources = agencies.len() + usize::from(agencies.values().any(|(c, a)| *c && *a));
    let only_claimed = best.values().all(|(_, claim)| *claim);
    Support { points: points.max(0), only_claimed, sources, denied: !deniers.is_empty(), lineages }
}

/// A side's man who tells of his own side's attack makes a claim, also where the act itself gives no gain.
fn heard_as(event: &Event) -> Voice {
    let voice = event.attribution.voice;
    let speaker = event.attribution.side.and_then(party);
    if voice == Voice::ThirdParty && speaker.is_some() && speaker == gains(event) {
        Voice::Party
    } else {
        voice
    }
}

fn worth(weights: &Weights, level: Level, witness: &Witness, kind: Voice) -> i32 {
    let points = &weights.points;
    match kind {
        Voice::Outlet if witness.agency.is_some() => points.outlet,
        Voice::Outlet if level == Level::Capital => points.unlisted_outlet_capital,
        Voice::Outlet => points.unlisted_outlet,
        Voice::Admission => points.admission,
        Voice::ThirdParty => points.third_party,
        Voice::Party => points.party,
        Voice::Unattributed => points.unattributed,
        Voice::Headline => points.headline,
    }
}

/// An agency's own denial withdraws what it printed in its own voice by then.
fn is_withdrawn(voice: &Witness, voices: &[&Witness]) -> bool {
    voice.event.attribution.voice == Voice::Outlet
        && voices.iter().any(|v| {
            v.event.modality == Modality::Denied
                && v.event.attribution.voice == Voice::Outlet
                && v.agency.is_some()
                && v.agency == voice.agency
                && v.event.published >= voice.event.published
        })
}
