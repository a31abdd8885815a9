//! Outlook: what further reports would change a status, found by telling them to the fold.

use std::collections::BTreeSet;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fold::Fold;
use super::note::{Made, Note, Told};
use super::sense::opponent;
use super::state::State;
use super::weigh::Item;
use super::weights::Weights;
use super::{Bearing, ControlStatus, Counts, Level};
use crate::date::EventDate;
use crate::event::{
    Actor, Attribution, Cluster, Effect, Event, EventId, EventKind, EventPlace, Interest, Modality, Scope,
    Side, Telling, Voice, Witness,
};
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::toponym::GeoPrecision;
use serde::Serialize;

/// A report that may come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Further {
    /// The side that gains says so, and nobody else.
    Claim,
    /// A neutral outlet not heard so far says so in its own voice.
    Outlet,
    /// The side that lost admits it, to an outlet not heard so far.
    Admission,
    /// Somebody without a stake says so.
    ThirdParty,
    /// A neutral outlet tells of fighting inside.
    Fighting,
    /// The other side denies it.
    Denial,
    /// An agency takes its own word back.
    Correction(String),
}

/// A status, and what would bring it about. Each report comes by way of an outlet not heard so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The status that the unit would get.
    pub status: ControlStatus,
    /// Who would have gained; None where nobody does.
    pub side: Option<Side>,
    /// Any of these reports, or reports together, would do; none of them more than it takes.
    pub any_of: Vec<Vec<Further>>,
}

/// Reports that are tried together are at most so many.
const MOST: usize = 3;

/// A unit with what is known of it on a day.
pub(super) struct Standing<'s, 'a> {
    pub(super) gazetteer: &'s Gazetteer,
    pub(super) unit: PlaceRef,
    /// The declared state before the first report.
    pub(super) before: Option<&'s (Date, State<'a>)>,
    pub(super) level: Level,
    pub(super) weights: &'s Weights,
    pub(super) date: Date,
    /// What counts up to the day.
    pub(super) items: &'s [Item<'a>],
    pub(super) notes: &'s [Note<'a>],
    pub(super) state: &'s State<'a>,
}

impl Standing<'_, '_> {
    /// What would change the status, the fewest reports first. Nothing for a province, which follows its units.
    pub(super) fn outlook(&self) -> Vec<Outlook> {
        if self.level == Level::Province {
            return Vec::new();
        }
        let before = self.status_with(&[]);
        let mut found: Vec<Outlook> = Vec::new();
        for side in [Side::Taliban, Side::Government] {
            let mut enough: Vec<(Vec<Further>, ControlStatus)> = Vec::new();
            // What takes more reports than a holder does is left out.
            let mut most = MOST;
            for tried in sets() {
                if tried.len() > most {
                    break;
                }
                let status = self.status_with(&self.told(&tried, side));
                let more = enough.iter().any(|(few, s)| *s == status && is_within(few, &tried));
                if status == before || more {
                    continue;
                }
                if matches!(status, ControlStatus::Taliban | ControlStatus::Government) {
                    most = tried.len();
                }
                enough.push((tried.clone(), status));
                add(&mut found, status, Some(side), tried);
            }
        }
        for (further, side) in self.doubts() {
            let status = self.status_with(&self.told(std::slice::from_ref(&further), side));
            if status != before {
                add(&mut found, status, None, vec![further]);
            }
        }
        found
    }

    /// What could be taken back, or contested.
    fn doubts(&self) -> Vec<(Further, Side)> {
        let Some(side) = self.gainer() else { return Vec::new() };
        let mut doubts = vec![(Further::Fighting, opponent(side)), (Further::Denial, side)];
        let heard = self.notes.iter().filter_map(Note::support).flat_map(|s| &s.heard);
        let own = heard.filter(|h| h.kind == Voice::Outlet && h.counts == Counts::Counted);
        let mut agencies: Vec<&String> = own.filter_map(|h| h.voice.agency.as_ref()).collect();
        agencies.sort();
        agencies.dedup();
        doubts.extend(agencies.into_iter().map(|a| (Further::Correction(a.clone()), side)));
        doubts
    }

    /// Whose the status is, where it is one side's.
    fn gainer(&self) -> Option<Side> {
        match (&self.state.open, &self.state.held) {
            (Some(open), _) if open.contested => None,
            (Some(open), _) => open.claim,
            (None, held) => held.as_ref().map(|h| h.side),
        }
    }

    /// The day of the act that gave the side what it has, which more of the same would support; else the day after.
    fn day_of(&self, side: Side) -> Date {
        let next = self.date.tomorrow().unwrap_or(self.date);
        if self.gainer() != Some(side) {
            return next;
        }
        let made = |n: &&Note<'_>| {
            let own = matches!(&n.told, Some(Told::Act(a)) if a.side == side);
            own && matches!(n.made, Made::Held | Made::Claimed)
        };
        self.notes.iter().rev().find(made).map_or(next, |n| n.day)
    }

    fn status_with(&self, further: &[(Cluster, Date)]) -> ControlStatus {
        let next = self.date.tomorrow().unwrap_or(self.date);
        let mut fold = Fold::new(self.level, next, self.before.cloned(), self.weights);
        let told = further.iter().enumerate().map(|(i, (cluster, day))| Item {
            cluster,
            index: usize::MAX - i,
            bearing: Bearing::Direct,
            voices: cluster.voices.iter().collect(),
            from: *day,
            day: *day,
        });
        fold.tell(self.items.iter().cloned().chain(told).collect());
        fold.course.on(next).map_or(ControlStatus::Unknown, State::status)
    }

    /// The reports as clusters, each with the day on which it counts.
    fn told(&self, reports: &[Further], side: Side) -> Vec<(Cluster, Date)> {
        let day = self.day_of(side);
        let mut counts: BTreeMap<&Further, usize> = BTreeMap::new();
        reports
            .iter()
            .map(|further| {
                let n = counts.entry(further).or_default();
                *n += 1;
                let event = self.event(further, *n, side, day);
                let agency = match further {
                    Further::Correction(agency) => Some(agency.clone()),
                    Further::Denial => None,
                    _ => Some(event.lineage.clone()),
                };
                (Cluster { event: event.clone(), voices: vec![Witness { event, agency }] }, day)
            })
            .collect()
    }

    fn event(&self, further: &Further, n: usize, side: Side, day: Date) -> Event {
        let (voice, speaker, modality) = match further {
            Further::Outlet | Further::Fighting => (Voice::Outlet, None, Modality::Asserted),
            Further::Admission => (Voice::Admission, Some(opponent(side)), Modality::ConfirmedByLoser),
            Further::ThirdParty => (Voice::ThirdParty, None, Modality::Asserted),
            Further::Claim => (Voice::Party, Some(side), Modality::Claimed),
            Further::Denial => (Voice::Party, Some(opponent(side)), Modality::Denied),
            Further::Correction(_) => (Voice::Outlet, None, Modality::Denied),
        };
        let held = if side == Side::Taliban { Effect::Taliban } else { Effect::Government };
        let fights = *further == Further::Fighting;
        // No printed name begins with a control character, so that no source is met again.
        let source = format!("\u{1}{further:?} {n}");
        Event {
            id: EventId(source.clone()),
            doc_id: source.clone(),
            // A correction comes after whatever it corrects.
            published: Some(Date::MAX),
            source: None,
            url: None,
            when: Some(EventDate::day(day)),
            kind: if fights { EventKind::Assault } else { EventKind::Captured },
            actor1: Some(Actor { name: "".into(), side }),
            actor2: None,
            place: self.place(),
            effect: Some(if fights { Effect::Contested } else { held }),
            modality,
            attribution: Attribution { claimant: None, side: speaker, interest: Interest::Neutral, voice },
            killed: None,
            wounded: None,
            confidence: 1.0,
            telling: Telling { inside: fights, ..Telling::default() },
            n_reports: 1,
            n_independent: 1,
            lineage: source,
            sources: Vec::new(),
            quote: String::new(),
            quote_start: 0,
            quote_end: 0,
            corrections: BTreeSet::new(),
        }
    }

    fn place(&self) -> EventPlace {
        let place = self.gazetteer.get(self.unit);
        EventPlace {
            id: place.id.clone(),
            name: place.name.clone(),
            kind: place.kind,
            scope: Scope::Place,
            admin1: place.admin1.clone(),
            admin1_name: None,
            admin2: place.admin2.clone(),
            admin2_name: None,
            position: place.position,
            precision: GeoPrecision::Exact,
        }
    }
}

fn add(found: &mut Vec<Outlook>, status: ControlStatus, side: Option<Side>, reports: Vec<Further>) {
    match found.iter_mut().find(|o| o.status == status && o.side == side) {
        Some(known) => known.any_of.push(reports),
        None => found.push(Outlook { status, side, any_of: vec![reports] }),
    }
}

/// Whether all of `few`, counted, are among `many`.
fn is_within(few: &[Further], many: &[Further]) -> bool {
    let count = |of: &[Further], f: &Further| of.iter().filter(|o| *o == f).count();
    few.iter().all(|f| count(few, f) <= count(many, f))
}

/// Reports that support an act, alone and together, the fewest first.
fn sets() -> Vec<Vec<Further>> {
    let kinds = [Further::Claim, Further::Outlet, Further::Admission, Further::ThirdParty];
    let mut sets: Vec<Vec<Further>> = Vec::new();
    let mut last: Vec<Vec<Further>> = vec![Vec::new()];
    for _ in 0..MOST {
        let longer = last.iter().flat_map(|set| {
            let least = set.last().cloned();
            let more = kinds.iter().filter(move |k| least.as_ref().is_none_or(|l| l <= k));
            more.map(|k| set.iter().chain([k]).cloned().collect())
        });
        last = longer.collect();
        sets.extend(last.iter().cloned());
    }
    sets
}
