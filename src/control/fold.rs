//! The fold: a unit's state from day to day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::sense::{Stage, opponent};
use super::state::{Grounds, Held, Near, Open, State, days};
use super::units::Bearing;
use super::weigh::{Act, Fight, Item, Weighing, index, weigh, width};
use super::weights::Weights;
use super::{Level, Pressure};
use crate::event::Side;

/// The states of a unit, each with the day it begins.
#[derive(Debug, Clone, Default)]
pub(super) struct Course<'a> {
    pub(super) segments: Vec<(Date, State<'a>)>,
}

impl<'a> Course<'a> {
    fn push(&mut self, day: Date, state: State<'a>) {
        match self.segments.last_mut() {
            Some((last, old)) if *last == day => *old = state,
            _ => self.segments.push((day, state)),
        }
    }

    /// The state on a day; None before the first.
    pub(super) fn on(&self, day: Date) -> Option<&State<'a>> {
        let after = self.segments.partition_point(|(from, _)| *from <= day);
        after.checked_sub(1).map(|i| &self.segments[i].1)
    }

    /// The part from `from` to the day before `until`.
    pub(super) fn between(&self, from: Date, until: Option<Date>) -> Vec<(Date, State<'a>)> {
        let within = |d: Date| d > from && until.is_none_or(|u| d < u);
        let first = self.on(from).map(|s| (from, s.clone()));
        first.into_iter().chain(self.segments.iter().filter(|(d, _)| within(*d)).cloned()).collect()
    }
}

/// A fold that can be told more.
pub(super) struct Fold<'w, 'a> {
    weights: &'w Weights,
    level: Level,
    /// The fold ends after this day.
    end: Date,
    by_day: BTreeMap<Date, Vec<Item<'a>>>,
    /// By act, its day so far.
    days: BTreeMap<(usize, Bearing), Date>,
    pub(super) course: Course<'a>,
}

impl<'w, 'a> Fold<'w, 'a> {
    pub(super) fn new(level: Level, end: Date, weights: &'w Weights) -> Fold<'w, 'a> {
        Fold {
            weights,
            level,
            end,
            by_day: BTreeMap::new(),
            days: BTreeMap::new(),
            course: Course::default(),
        }
    }

    /// Takes acts, or what is now known of acts that it had, and goes over the days from the first of them again.
    pub(super) fn tell(&mut self, items: Vec<Item<'a>>) {
        let mut from: Option<Date> = None;
        for item in items {
            let key = (item.index, item.bearing);
            let day = item.day;
            let moved = self.days.insert(key, day).filter(|old| *old != day);
            if let Some(items) = moved.and_then(|old| self.by_day.get_mut(&old)) {
                items.retain(|i| (i.index, i.bearing) != key);
            }
            from = [from, moved, Some(day)].into_iter().flatten().min();
            let items = self.by_day.entry(day).or_default();
            match items.binary_search_by_key(&key, |i| (i.index, i.bearing)) {
                Ok(at) => items[at] = item,
                Err(at) => items.insert(at, item),
            }
        }
        let Some(from) = from else { return };
        let kept = self.course.segments.partition_point(|(day, _)| *day < from);
        self.course.segments.truncate(kept);
        let mut state = self.course.segments.last().map(|(_, s)| s.clone()).unwrap_or_default();
        for (day, items) in self.by_day.range(from..).filter(|(_, items)| !items.is_empty()) {
            expire(&mut state, *day, &mut self.course, self.weights);
            let mut folder = Folder { state, weights: self.weights, day: *day };
            folder.apply(weigh(items, self.level, self.weights));
            state = folder.state;
            self.course.push(*day, state.clone());
        }
        if let Ok(day) = self.end.tomorrow() {
            expire(&mut state, day, &mut self.course, self.weights);
        }
    }
}

/// Contested and claimed go back to the holder before when nothing was heard of them by `day`.
fn expire<'a>(state: &mut State<'a>, day: Date, course: &mut Course<'a>, weights: &Weights) {
    if let Some(returns) = state.returns_on(&weights.days).filter(|r| *r <= day) {
        *state = state.returned();
        course.push(returns, state.clone());
    }
}

struct Folder<'w, 'a> {
    state: State<'a>,
    weights: &'w Weights,
    day: Date,
}

impl<'a> Folder<'_, 'a> {
    fn apply(&mut self, weighing: Weighing<'a>) {
        if let Some((pressure, clusters)) = weighing.near {
            self.press(pressure, clusters);
        }
        for fight in weighing.fights {
            self.fight(fight);
        }
        for act in weighing.acts {
            self.act(act);
        }
    }

    /// A siege is not lifted by the next skirmish.
    fn press(&mut self, pressure: Pressure, clusters: BTreeSet<usize>) {
        let lasts = &self.weights.days;
        let siege = |n: &Near| n.pressure == Pressure::Siege && n.lasts(self.day, lasts);
        if pressure == Pressure::Siege || !self.state.near.as_ref().is_some_and(siege) {
            self.state.near = Some(Near { pressure, day: self.day, clusters });
        }
        if let Some(open) = self.state.open.as_mut().filter(|o| o.contested) {
            open.grounds.news = self.day;
        }
    }

    /// A claim lost all its points.
    fn dispute(&mut self, grounds: &Grounds<'a>) {
        self.state.dispute = Some((self.day, grounds.clusters.clone()));
    }

    /// Rule 1, and the half of rule 4 that keeps a unit contested.
    fn fight(&mut self, fight: Fight<'a>) {
        let contested = self.state.open.as_ref().is_some_and(|o| o.contested);
        if fight.grounds.points < self.weights.thresholds.contested || fight.boast && !contested {
            if fight.denied {
                self.dispute(&fight.grounds);
            }
            self.press(Pressure::Approach, fight.grounds.clusters);
            return;
        }
        let settles = self.weights.days.capture_settles;
        let conflict = match (&mut self.state.open, &self.state.held) {
            (Some(open), _) if open.contested => {
                open.grounds.add(&fight.grounds);
                return;
            }
            (Some(open), _) if fight.latest <= open.grounds.until => {
                open.grounds.add(&fight.grounds);
                return;
            }
            (Some(_), _) => true,
            (None, Some(held)) => {
                let own = fight.attacker == Some(held.side);
                let before = fight.latest <= held.grounds.until;
                if before || own && fight.bearing == Bearing::Around {
                    return;
                }
                fight.attacker != Some(opponent(held.side))
                    || days(held.grounds.since, fight.latest) <= settles
            }
            (None, None) => false,
        };
        let mut grounds = fight.grounds;
        if self.state.open.is_some() || self.state.held.is_some() {
            grounds.since = fight.latest;
        }
        let claim = self.state.open.as_ref().and_then(|o| o.claim);
        let earlier = self.state.open.as_ref().map(|o| &o.grounds);
        let earlier = earlier.or(self.state.held.as_ref().map(|h| &h.grounds)).filter(|_| conflict);
        keep_evidence(&mut grounds, earlier);
        self.state.open = Some(Open { contested: true, claim, conflict, tally: [None, None], grounds });
    }

    /// Rules 2 and 3.
    fn act(&mut self, act: Act<'a>) {
        if act.grounds.points <= 0 {
            if act.denied {
                self.dispute(&act.grounds);
            }
            return;
        }
        if self.is_overtaken(&act) {
            return;
        }
        let holder = self.state.held.as_ref().map(|h| h.side);
        let Some(mut open) = self.state.open.take() else {
            return self.act_on_holder(act, holder);
        };
        if open.conflict && open.contested {
            let recent = self.weights.days.open_returns;
            let against = open.tally[index(opponent(act.side))];
            let against =
                against.filter(|(day, _)| days(*day, self.day) < recent).map_or(0, |(_, points)| points);
            open.tally[index(act.side)] = Some((self.day, act.grounds.points));
            if act.reached && act.grounds.points - against >= self.weights.thresholds.margin {
                return self.hold(act);
            }
            open.claim = Some(act.side);
            open.grounds.add(&act.grounds);
            self.state.open = Some(open);
        } else if act.reached {
            self.hold(act);
        } else if open.contested && (act.stage != Stage::Taken || holder == Some(act.side)) {
            open.claim = Some(act.side);
            open.grounds.add(&act.grounds);
            self.state.open = Some(open);
        } else if !open.contested && open.claim == Some(act.side) {
            open.conflict |= act.denied;
            open.grounds.add(&act.grounds);
            self.state.open = Some(open);
        } else if !open.contested && holder == Some(act.side) {
            open.conflict = true;
            open.grounds.add(&act.grounds);
            self.state.open = Some(open);
        } else {
            let conflict = !open.contested || act.denied;
            self.claim(act, conflict);
        }
    }

    /// The act meets a holder, or nobody.
    fn act_on_holder(&mut self, act: Act<'a>, holder: Option<Side>) {
        if holder == Some(act.side) {
            if let Some(held) = &mut self.state.held {
                held.grounds.add(&act.grounds);
                held.returned = false;
            }
        } else if act.reached {
            self.hold(act);
        } else {
            let conflict = act.denied;
            self.claim(act, conflict);
        }
    }

    /// An act known only to lie within some days gives way to one of the other side that is dated better within
    /// them: "took the town last month" tells nothing about who holds it after the 24th, when it was retaken.
    fn is_overtaken(&self, act: &Act<'a>) -> bool {
        let later = |grounds: &Grounds<'a>| {
            width(&act.grounds) > width(grounds)
                && grounds.since > act.grounds.since
                && width(&act.grounds) > 1
        };
        let held = self.state.held.as_ref().filter(|h| h.side != act.side).map(|h| &h.grounds);
        let open = self.state.open.as_ref().filter(|o| !o.contested && o.claim != Some(act.side));
        held.into_iter().chain(open.map(|o| &o.grounds)).any(later)
    }

    fn hold(&mut self, act: Act<'a>) {
        self.state.held = Some(Held { side: act.side, grounds: act.grounds, returned: false });
        self.state.open = None;
        self.state.dispute = None;
    }

    fn claim(&mut self, act: Act<'a>, conflict: bool) {
        self.state.open = Some(Open {
            contested: false,
            claim: Some(act.side),
            conflict,
            tally: [None, None],
            grounds: act.grounds,
        });
    }
}

/// A conflict of sources rests on what both say.
fn keep_evidence<'a>(grounds: &mut Grounds<'a>, earlier: Option<&Grounds<'a>>) {
    if let Some(earlier) = earlier {
        grounds.clusters.extend(&earlier.clusters);
        grounds.lineages.extend(&earlier.lineages);
        grounds.reports.extend(&earlier.reports);
        grounds.derived &= earlier.derived;
    }
}
