//! State: what is known of a unit at some moment of the fold, and how it reads on a later day.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::weights::{Days, Weights};
use super::{Basis, ControlStatus, Pressure};
use crate::event::Side;

/// What a status rests on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grounds<'a> {
    /// First and last day of the act.
    pub(super) since: Date,
    pub(super) until: Date,
    /// Last day on which it was told again.
    pub(super) news: Date,
    pub(super) points: i32,
    /// How far the best of the readings can be trusted, 0 to 1.
    pub(super) reading: f64,
    /// Only reports about all districts of the province stand behind it.
    pub(super) derived: bool,
    /// A baseline gives it, no report.
    pub(super) declared: bool,
    /// Positions of the clusters.
    pub(super) clusters: BTreeSet<usize>,
    pub(super) lineages: BTreeSet<&'a str>,
    pub(super) reports: BTreeSet<&'a str>,
}

impl<'a> Grounds<'a> {
    /// What is declared since a day rests on no report.
    fn declared(since: Date) -> Grounds<'a> {
        Grounds {
            since,
            until: since,
            news: since,
            points: 0,
            reading: 0.0,
            derived: false,
            declared: true,
            clusters: BTreeSet::new(),
            lineages: BTreeSet::new(),
            reports: BTreeSet::new(),
        }
    }

    /// More of the same: news and evidence, not a new beginning.
    pub(super) fn add(&mut self, other: &Grounds<'a>) {
        self.news = self.news.max(other.news);
        self.points = self.points.max(other.points);
        self.reading = self.reading.max(other.reading);
        self.derived &= other.derived;
        self.clusters.extend(&other.clusters);
        self.lineages.extend(&other.lineages);
        self.reports.extend(&other.reports);
    }

    /// Sources left when copies count once, never more than reports.
    pub(super) fn n_independent(&self) -> u32 {
        u32::try_from(self.lineages.len().min(self.reports.len())).unwrap_or(u32::MAX)
    }

    fn confidence(&self, weights: &Weights, half_life: i32, day: Date) -> f64 {
        if self.declared {
            return weights.confidence.baseline;
        }
        let points = f64::from(self.points);
        let strength = points / (points + weights.confidence.half_points);
        let age = f64::from(days(self.news, day).max(0));
        self.reading * strength * libm::exp2(-age / f64::from(half_life))
    }
}

/// A side holds the unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held<'a> {
    pub(super) side: Side,
    pub(super) grounds: Grounds<'a>,
    /// A claim or a fight came to nothing for want of news.
    pub(super) returned: bool,
}

/// The unit is in dispute: contested, or claimed by the side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Open<'a> {
    /// Fighting is inside; else only `claim` says that it holds the unit.
    pub(super) contested: bool,
    pub(super) claim: Option<Side>,
    pub(super) conflict: bool,
    /// What the Taliban and the government last had of points since the conflict began, and on which day.
    pub(super) tally: [Option<(Date, i32)>; 2],
    pub(super) grounds: Grounds<'a>,
}

impl<'a> Open<'a> {
    /// More of the same, or the first report of what was only declared.
    pub(super) fn add(&mut self, grounds: &Grounds<'a>) {
        if self.grounds.declared {
            self.grounds = grounds.clone();
        } else {
            self.grounds.add(grounds);
        }
    }
}

/// Fighting that came near.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Near {
    pub(super) pressure: Pressure,
    pub(super) day: Date,
    pub(super) clusters: BTreeSet<usize>,
}

impl Near {
    /// It is still remembered on `day`.
    pub(super) fn lasts(&self, day: Date, lasts: &Days) -> bool {
        let remembered = match self.pressure {
            Pressure::Approach => lasts.approach_lasts,
            Pressure::Siege => lasts.siege_lasts,
            Pressure::Advance => lasts.advance_lasts,
        };
        days(self.day, day) < remembered
    }
}

/// All that is known of a unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct State<'a> {
    pub(super) held: Option<Held<'a>>,
    pub(super) open: Option<Open<'a>>,
    pub(super) near: Option<Near>,
    /// A claim that lost all its points: its day and clusters.
    pub(super) dispute: Option<(Date, BTreeSet<usize>)>,
    /// An editor's correction says so.
    pub(super) pin: Option<usize>,
}

/// What a unit's state says on a day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct View<'s, 'a> {
    pub(super) status: ControlStatus,
    pub(super) before: Option<Side>,
    pub(super) confidence: f64,
    pub(super) stale: bool,
    pub(super) pressure: Option<Pressure>,
    pub(super) conflict: bool,
    pub(super) grounds: Option<&'s Grounds<'a>>,
    /// An editor's correction says so.
    pub(super) pin: Option<usize>,
    /// Positions of the clusters behind all this.
    pub(super) clusters: BTreeSet<usize>,
}

/// Days from one to the other.
pub(super) fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

impl<'a> State<'a> {
    /// A status that is declared since a day; `Date::MIN` where nobody says since when.
    pub(super) fn declared(status: ControlStatus, since: Date) -> State<'a> {
        use ControlStatus as S;
        let grounds = Grounds::declared(since);
        let (held, contested, claim) = match status {
            S::Taliban => (Some(Side::Taliban), false, None),
            S::Government => (Some(Side::Government), false, None),
            S::Contested => (None, true, None),
            S::ClaimedTaliban => (None, false, Some(Side::Taliban)),
            S::ClaimedGovernment => (None, false, Some(Side::Government)),
            S::Unknown => (None, false, None),
        };
        let is_open = contested || claim.is_some();
        let open = Open { contested, claim, conflict: false, tally: [None, None], grounds: grounds.clone() };
        State {
            held: held.map(|side| Held { side, grounds, returned: false }),
            open: is_open.then_some(open),
            ..State::default()
        }
    }

    /// The same unit with the status that an editor pins, over the holder before if it is a claim or contested.
    pub(super) fn pinned(&self, status: ControlStatus, since: Date, correction: usize) -> State<'a> {
        let pinned = State::declared(status, since);
        let before = self.held.clone().filter(|_| pinned.open.is_some());
        State { held: pinned.held.or(before), near: self.near.clone(), pin: Some(correction), ..pinned }
    }

    /// The day on which an open status goes back for want of news.
    pub(super) fn returns_on(&self, lasts: &Days) -> Option<Date> {
        let open = self.open.as_ref().filter(|o| !o.grounds.declared)?;
        Some(open.grounds.news.saturating_add(i64::from(lasts.open_returns).days()))
    }

    /// The same state once its open status went back.
    pub(super) fn returned(&self) -> State<'a> {
        let held = self.held.clone().map(|h| Held { returned: true, ..h });
        State { held, open: None, ..self.clone() }
    }

    pub(super) fn status(&self) -> ControlStatus {
        match (&self.open, &self.held) {
            (Some(o), _) if o.contested => ControlStatus::Contested,
            (Some(Open { claim: Some(side), .. }), _) => claimed(*side),
            (_, Some(h)) => holds(h.side),
            _ => ControlStatus::Unknown,
        }
    }

    /// The state as it reads on `day`, which is before anything new.
    pub(super) fn on<'s>(&'s self, day: Date, weights: &Weights) -> View<'s, 'a> {
        let lasts = &weights.days;
        let (grounds, half_life) = match (&self.open, &self.held) {
            (Some(o), _) => (Some(&o.grounds), lasts.open_half_life),
            (None, held) => (held.as_ref().map(|h| &h.grounds), lasts.holder_half_life),
        };
        let returned = self.open.is_none() && self.held.as_ref().is_some_and(|h| h.returned);
        let aged = grounds.filter(|g| !g.declared).is_some_and(|g| days(g.news, day) > half_life);
        let near = self.near.as_ref().filter(|n| n.lasts(day, lasts));
        let dispute = self.dispute.as_ref().filter(|(d, _)| days(*d, day) < lasts.open_returns);
        let aside = near.map(|n| &n.clusters).filter(|_| grounds.is_none());
        let behind = [grounds.map(|g| &g.clusters), dispute.map(|(_, c)| c), aside];
        View {
            status: self.status(),
            before: self.open.as_ref().and(self.held.as_ref()).map(|h| h.side),
            confidence: match (self.pin, grounds) {
                (Some(_), _) => weights.confidence.editor,
                (None, Some(grounds)) => grounds.confidence(weights, half_life, day),
                (None, None) => 0.0,
            },
            stale: (returned || aged) && self.pin.is_none(),
            pressure: near.map(|n| n.pressure),
            conflict: dispute.is_some() || self.open.as_ref().is_some_and(|o| o.conflict),
            grounds,
            pin: self.pin,
            clusters: behind.into_iter().flatten().flatten().copied().collect(),
        }
    }
}

impl View<'_, '_> {
    pub(super) fn basis(&self) -> Basis {
        match self.grounds {
            _ if self.pin.is_some() => Basis::Editor,
            Some(g) if g.declared => Basis::Baseline,
            Some(g) if g.derived => Basis::Derived,
            _ => Basis::Reported,
        }
    }

    /// Nothing to tell of it.
    pub(super) fn is_empty(&self) -> bool {
        let silent = self.pressure.is_none() && !self.conflict && self.pin.is_none();
        self.status == ControlStatus::Unknown && silent
    }
}

fn holds(side: Side) -> ControlStatus {
    if side == Side::Taliban { ControlStatus::Taliban } else { ControlStatus::Government }
}

fn claimed(side: Side) -> ControlStatus {
    if side == Side::Taliban { ControlStatus::ClaimedTaliban } else { ControlStatus::ClaimedGovernment }
}
