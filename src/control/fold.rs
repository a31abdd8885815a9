//! The fold: a unit's state from day to day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::desk::Pin;
use super::note::{Made, Note, Told};
use super::sense::{Stage, opponent};
use super::state::{Grounds, Held, Near, Open, State, days};
use super::weigh::{Act, Fight, Item, Weighing, index, weigh, width};
use super::weights::Weights;
use super::{Bearing, Level, Pressure};
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

    /// Lays a pin over it. What the evidence says goes on below, and shows again on the day after.
    pub(super) fn pin(&mut self, pin: Pin) {
        let pinned = |state: &State<'a>| state.pinned(pin.status, pin.from, pin.correction);
        let after = pin.to.and_then(|to| to.tomorrow().ok());
        let below = self.on(pin.from).cloned().unwrap_or_default();
        let again = after.map(|day| (day, self.on(day).cloned().unwrap_or_default()));
        let within = |d: Date| d > pin.from && after.is_none_or(|a| d < a);
        let old = std::mem::take(&mut self.segments);
        let old = || old.iter();
        let mut segments: Vec<(Date, State<'a>)> = old().filter(|(d, _)| *d < pin.from).cloned().collect();
        segments.push((pin.from, pinned(&below)));
        segments.extend(old().filter(|(d, _)| within(*d)).map(|(d, s)| (*d, pinned(s))));
        segments.extend(again);
        segments.extend(old().filter(|(d, _)| after.is_some_and(|a| *d > a)).cloned());
        self.segments = segments;
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
    /// The declared state before the first act, and the day it begins.
    before: Option<(Date, State<'a>)>,
    /// By act, its day so far.
    days: BTreeMap<(usize, Bearing), Date>,
    pub(super) course: Course<'a>,
    /// What was decided, where somebody asks.
    notes: Option<Vec<Note<'a>>>,
}

impl<'w, 'a> Fold<'w, 'a> {
    pub(super) fn new(
        level: Level,
        end: Date,
        before: Option<(Date, State<'a>)>,
        weights: &'w Weights,
    ) -> Fold<'w, 'a> {
        let course = Course { segments: before.clone().into_iter().collect() };
        let (by_day, days) = (BTreeMap::new(), BTreeMap::new());
        Fold { weights, level, end, before, by_day, days, course, notes: None }
    }

    /// The same, and it keeps notes.
    pub(super) fn noting(self) -> Fold<'w, 'a> {
        Fold { notes: Some(Vec::new()), ..self }
    }

    /// What it decided, first to last.
    pub(super) fn into_notes(self) -> Vec<Note<'a>> {
        self.notes.unwrap_or_default()
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
        if let Some(notes) = &mut self.notes {
            notes.retain(|n| n.day < from);
        }
        // A baseline that begins later than the first act was not before it.
        if self.before.as_ref().is_some_and(|(day, _)| *day > from) {
            self.before = None;
        }
        let before = self.before.as_ref().map(|(_, s)| s);
        let last = self.course.segments.last().map(|(_, s)| s);
        let mut state = last.or(before).cloned().unwrap_or_default();
        for (day, items) in self.by_day.range(from..).filter(|(_, items)| !items.is_empty()) {
            expire(&mut state, *day, before, &mut self.course, self.weights, self.notes.as_mut());
            let mut folder = Folder { state, weights: self.weights, day: *day, notes: self.notes.as_mut() };
            folder.apply(weigh(items, self.level, self.weights));
            state = folder.state;
            self.course.push(*day, state.clone());
        }
        if let Ok(day) = self.end.tomorrow() {
            expire(&mut state, day, before, &mut self.course, self.weights, self.notes.as_mut());
        }
    }
}

/// Contested and claimed go back to the holder before when nothing was heard of them by `day`; without a holder to what
/// was declared.
fn expire<'a>(
    state: &mut State<'a>,
    day: Date,
    before: Option<&State<'a>>,
    course: &mut Course<'a>,
    weights: &Weights,
    notes: Option<&mut Vec<Note<'a>>>,
) {
    if let Some(returns) = state.returns_on(&weights.days).filter(|r| *r <= day) {
        *state = state.returned();
        if state.held.is_none() {
            state.open = before.and_then(|b| b.open.clone());
        }
        course.push(returns, state.clone());
        if let Some(notes) = notes {
            notes.push(Note::new(returns, None, Made::Lapsed, state));
        }
    }
}

struct Folder<'w, 'n, 'a> {
    state: State<'a>,
    weights: &'w Weights,
    day: Date,
    notes: Option<&'n mut Vec<Note<'a>>>,
}

impl<'a> Folder<'_, '_, 'a> {
    fn apply(&mut self, weighing: Weighing<'a>) {
        let noting = self.notes.is_some();
        if let Some((pressure, clusters)) = weighing.near {
            let told = noting.then(|| Told::Near(pressure, clusters.clone()));
            let made = self.press(pressure, clusters);
            self.note(told, made);
        }
        for fight in weighing.fights {
            let told = noting.then(|| Told::Fight(fight.clone()));
            let made = self.fight(fight);
            self.note(told, made);
        }
        if let Some(act) = weighing.outweighed.filter(|_| noting) {
            self.note(Some(Told::Act(act)), Made::Outweighed);
        }
        for act in weighing.acts {
            let told = noting.then(|| Told::Act(act.clone()));
            let made = self.act(act);
            self.note(told, made);
        }
    }

    fn note(&mut self, told: Option<Told<'a>>, made: Made) {
        if let Some(notes) = &mut self.notes {
            notes.push(Note::new(self.day, told, made, &self.state));
        }
    }

    /// A siege is not lifted by the next skirmish.
    fn press(&mut self, pressure: Pressure, clusters: BTreeSet<usize>) -> Made {
        let lasts = &self.weights.days;
        let siege = |n: &Near| n.pressure == Pressure::Siege && n.lasts(self.day, lasts);
        if pressure == Pressure::Siege || !self.state.near.as_ref().is_some_and(siege) {
            self.state.near = Some(Near { pressure, day: self.day, clusters });
        }
        if let Some(open) = self.state.open.as_mut().filter(|o| o.contested) {
            open.grounds.news = self.day;
        }
        Made::Pressure
    }

    /// A claim lost all its points.
    fn dispute(&mut self, grounds: &Grounds<'a>) -> Made {
        self.state.dispute = Some((self.day, grounds.clusters.clone()));
        Made::Disputed
    }

    /// Rule 1, and the half of rule 4 that keeps a unit contested.
    fn fight(&mut self, fight: Fight<'a>) -> Made {
        let contested = self.state.open.as_ref().is_some_and(|o| o.contested);
        if fight.grounds.points < self.weights.thresholds.contested || fight.boast && !contested {
            let disputed = fight.support.denied.then(|| self.dispute(&fight.grounds));
            let boast = (fight.boast && fight.grounds.points > 0).then_some(Made::Boast);
            let pressed = self.press(Pressure::Approach, fight.grounds.clusters);
            return disputed.or(boast).unwrap_or(pressed);
        }
        let settles = self.weights.days.capture_settles;
        let conflict = match (&mut self.state.open, &self.state.held) {
            (Some(open), _) if open.contested => {
                open.add(&fight.grounds);
                return Made::Again;
            }
            (Some(open), _) if fight.latest <= open.grounds.until => {
                open.add(&fight.grounds);
                return Made::OfCapture;
            }
            (Some(open), _) => !open.grounds.declared,
            (None, Some(held)) => {
                let own = fight.attacker == Some(held.side);
                let declared = held.grounds.declared;
                let before = fight.latest <= held.grounds.until && !declared;
                if before {
                    return Made::OfCapture;
                }
                if own && fight.bearing == Bearing::Around {
                    return Made::ByHolder;
                }
                !declared
                    && (fight.attacker != Some(opponent(held.side))
                        || days(held.grounds.since, fight.latest) <= settles)
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
        if conflict { Made::Conflict } else { Made::Contested }
    }

    /// Rules 2 and 3.
    fn act(&mut self, act: Act<'a>) -> Made {
        if act.grounds.points <= 0 {
            return if act.support.denied { self.dispute(&act.grounds) } else { Made::Nothing };
        }
        if self.is_overtaken(&act) {
            return Made::Overtaken;
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
            self.keep(open, &act, Made::ClaimKept)
        } else if act.reached {
            self.hold(act)
        } else if open.contested && (act.stage != Stage::Taken || holder == Some(act.side)) {
            open.claim = Some(act.side);
            self.keep(open, &act, Made::ClaimKept)
        } else if !open.contested && open.claim == Some(act.side) {
            open.conflict |= act.support.denied;
            self.keep(open, &act, Made::Again)
        } else if !open.contested && holder == Some(act.side) {
            open.conflict = true;
            self.keep(open, &act, Made::AgainstClaim)
        } else {
            let conflict = !open.contested || act.support.denied;
            self.claim(act, conflict)
        }
    }

    /// The unit stays in dispute, on more evidence.
    fn keep(&mut self, mut open: Open<'a>, act: &Act<'a>, made: Made) -> Made {
        open.add(&act.grounds);
        self.state.open = Some(open);
        made
    }

    /// The act meets a holder, or nobody.
    fn act_on_holder(&mut self, act: Act<'a>, holder: Option<Side>) -> Made {
        let declared = self.state.held.as_ref().is_some_and(|h| h.grounds.declared);
        if holder == Some(act.side) && !(declared && act.reached) {
            if let Some(held) = &mut self.state.held {
                held.grounds.add(&act.grounds);
                held.returned = false;
            }
            Made::Again
        } else if act.reached {
            self.hold(act)
        } else {
            let conflict = act.support.denied;
            self.claim(act, conflict)
        }
    }

    /// An act known only to lie within some days gives way to one of the other side that is dated better within
    /// them: "took the town last month" tells nothing about who holds it after the 24th, when it was retaken.
    fn is_overtaken(&self, act: &Act<'a>) -> bool {
        let later = |grounds: &Grounds<'a>| {
            !grounds.declared
                && width(&act.grounds) > width(grounds)
                && grounds.since > act.grounds.since
                && width(&act.grounds) > 1
        };
        let held = self.state.held.as_ref().filter(|h| h.side != act.side).map(|h| &h.grounds);
        let open = self.state.open.as_ref().filter(|o| !o.contested && o.claim != Some(act.side));
        held.into_iter().chain(open.map(|o| &o.grounds)).any(later)
    }

    fn hold(&mut self, act: Act<'a>) -> Made {
        self.state.held = Some(Held { side: act.side, grounds: act.grounds, returned: false });
        self.state.open = None;
        self.state.dispute = None;
        Made::Held
    }

    fn claim(&mut self, act: Act<'a>, conflict: bool) -> Made {
        self.state.open = Some(Open {
            contested: false,
            claim: Some(act.side),
            conflict,
            tally: [None, None],
            grounds: act.grounds,
        });
        Made::Claimed
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
