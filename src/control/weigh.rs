//! Weighing: what all reports about a unit and a day come to together.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::points::{Support, Vague, support};
use super::sense::{Sense, Stage, sense};
use super::state::{Grounds, days};
use super::units::Evidence;
use super::weights::Weights;
use super::{Bearing, Level, Pressure};
use crate::date::DatePrecision;
use crate::event::{Cluster, Event, EventKind, Modality, Side, Witness};
use crate::toponym::GeoPrecision;

/// An act as far as it is known on a day.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    pub(super) cluster: &'a Cluster,
    pub(super) index: usize,
    pub(super) bearing: Bearing,
    pub(super) voices: Vec<&'a Witness>,
    /// First day.
    pub(super) from: Date,
    /// The day it takes effect: the last of its range, but not after it was printed.
    pub(super) day: Date,
}

impl<'a> Item<'a> {
    /// The act as told by what was printed by `known_by` (None: by all); None where nothing was, or it has no date.
    pub(super) fn of(evidence: &Evidence<'a>, known_by: Option<Date>) -> Option<Item<'a>> {
        let visible = |w: &&Witness| known_by.is_none_or(|day| w.event.published.is_none_or(|p| p <= day));
        let voices: Vec<&Witness> = evidence.voices.iter().copied().filter(visible).collect();
        let when = evidence.cluster.event.when.filter(|_| !voices.is_empty())?;
        let printed = voices.iter().filter_map(|w| w.event.published).max();
        let day = printed.map_or(when.to, |p| p.min(when.to));
        let known = known_by.is_none_or(|k| day <= k);
        known.then_some(Item {
            cluster: evidence.cluster,
            index: evidence.index,
            bearing: evidence.bearing,
            voices,
            from: when.from.min(day),
            day,
        })
    }
}

/// Fighting inside a unit.
#[derive(Debug, Clone)]
pub(super) struct Fight<'a> {
    /// None where unknown or both.
    pub(super) attacker: Option<Side>,
    pub(super) bearing: Bearing,
    /// Only a side to its own credit says so, and speaks of no buildings retaken.
    pub(super) boast: bool,
    /// The latest day that a report gives it, or its first where none gives any.
    pub(super) latest: Date,
    pub(super) grounds: Grounds<'a>,
    pub(super) support: Support<'a>,
}

/// What it takes for an act to give a unit its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Needed {
    pub(super) points: i32,
    /// Independent sources; 0 where points alone count.
    pub(super) sources: usize,
}

/// A side is said to hold a unit.
#[derive(Debug, Clone)]
pub(super) struct Act<'a> {
    pub(super) side: Side,
    pub(super) stage: Stage,
    /// Points and sources suffice for a holder.
    pub(super) reached: bool,
    /// None of a province, which no report gives a holder.
    pub(super) needed: Option<Needed>,
    pub(super) grounds: Grounds<'a>,
    pub(super) support: Support<'a>,
    /// By report, the place of the act in the order of its telling.
    orders: Vec<(&'a str, u32)>,
}

/// What a day's reports come to.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighing<'a> {
    /// The strongest pressure, and what tells of any.
    pub(super) near: Option<(Pressure, BTreeSet<usize>)>,
    pub(super) fights: Vec<Fight<'a>>,
    /// First to last.
    pub(super) acts: Vec<Act<'a>>,
    /// An act that a stronger one of the day stands for.
    pub(super) outweighed: Option<Act<'a>>,
}

/// One sense of the tellings of some acts.
#[derive(Default)]
struct Pool<'i, 'a> {
    items: Vec<&'i Item<'a>>,
    voices: Vec<&'a Witness>,
}

impl<'i, 'a> Pool<'i, 'a> {
    fn push(&mut self, item: &'i Item<'a>, voice: &'a Witness) {
        if self.items.last().is_none_or(|i| i.index != item.index) {
            self.items.push(item);
        }
        self.voices.push(voice);
    }

    /// None where nothing but denials is heard.
    fn grounds(&self, weights: &Weights, support: &Support<'a>) -> Option<Grounds<'a>> {
        let told = || self.voices.iter().filter(|v| !is_denied(v));
        told().next()?;
        let reading = |i: &&&Item<'_>| reading(&i.cluster.event, weights);
        Some(Grounds {
            since: self.items.iter().map(|i| i.from).max()?,
            until: self.items.iter().map(|i| i.day).max()?,
            news: self.items.iter().map(|i| i.day).max()?,
            points: support.points,
            reading: self.items.iter().map(|i| reading(&i)).fold(0.0, f64::max),
            derived: self.items.iter().all(|i| i.bearing == Bearing::Derived),
            declared: false,
            clusters: self.items.iter().map(|i| i.index).collect(),
            lineages: support.lineages.clone(),
            reports: told().map(|v| v.event.doc_id.as_str()).collect(),
        })
    }

    fn support(&self, weights: &Weights, level: Level) -> Support<'a> {
        let vague = self.items.iter().map(|i| deduction(i, level, weights));
        let least = vague.min_by_key(|v| v.total()).unwrap_or_default();
        support(weights, level, &self.voices, least)
    }
}

/// How far the reading of an act can be trusted, its date included.
fn reading(event: &Event, weights: &Weights) -> f64 {
    let c = &weights.confidence;
    let date = event.when.map_or(c.longer, |w| match w.precision {
        DatePrecision::Day => c.day,
        DatePrecision::Days => c.days,
        DatePrecision::Week => c.week,
        DatePrecision::Month => c.month,
        DatePrecision::Longer => c.longer,
        DatePrecision::Assumed => c.assumed,
    });
    event.confidence * date
}

/// Points that a vague place or date costs. A province itself is what a claim about it names.
fn deduction(item: &Item<'_>, level: Level, weights: &Weights) -> Vague {
    let event = &item.cluster.event;
    let precise = item.voices.iter().any(|v| v.event.place.precision < GeoPrecision::Province);
    let vague = !precise && level != Level::Province;
    let derived = item.bearing == Bearing::Derived;
    // "Held since March" is vague about its start, not about the day of the report.
    let dated = event.kind != EventKind::Holds;
    let wide = dated && event.when.is_some_and(|w| w.days() > weights.deductions.wide_range_days);
    Vague {
        place: if vague || derived { weights.deductions.imprecise_or_derived } else { 0 },
        days: if wide { weights.deductions.wide_range } else { 0 },
    }
}

/// Weighs the acts of one unit and day.
pub(super) fn weigh<'a>(items: &[Item<'a>], level: Level, weights: &Weights) -> Weighing<'a> {
    let mut near: Option<(Pressure, BTreeSet<usize>)> = None;
    let mut fights: Vec<Fight<'a>> = Vec::new();
    let mut taken: [Pool<'_, 'a>; 2] = [Pool::default(), Pool::default()];
    for item in items {
        let mut inside = Pool::default();
        let mut attackers = BTreeSet::new();
        let mut buildings = false;
        for voice in &item.voices {
            // "Denied that it had been captured" need not say by whom.
            let told = if is_denied(voice) { &item.cluster.event } else { &voice.event };
            match sense(told, level, item.bearing) {
                Some(Sense::Near(pressure)) if is_news(item, weights) && !is_denied(voice) => {
                    let known = near.get_or_insert((pressure, BTreeSet::new()));
                    known.0 = known.0.max(pressure);
                    known.1.insert(item.index);
                }
                Some(Sense::Fight { attacker, retaken }) => {
                    inside.push(item, voice);
                    attackers.extend(attacker);
                    buildings |= retaken;
                }
                Some(Sense::Act { side, .. }) => taken[index(side)].push(item, voice),
                _ => {}
            }
        }
        let told = fight(&inside, &attackers, item.bearing, level, weights);
        fights.extend(told.map(|f| Fight { boast: f.boast && !buildings, ..f }));
    }
    let sides = [Side::Taliban, Side::Government];
    let acts = sides.into_iter().filter_map(|side| act(&taken[index(side)], side, level, weights)).collect();
    let (acts, outweighed) = in_order(acts, weights);
    Weighing { near, fights, acts, outweighed }
}

fn is_denied(voice: &Witness) -> bool {
    voice.event.modality == Modality::Denied
}

/// "For months" tells of no day.
fn is_news(item: &Item<'_>, weights: &Weights) -> bool {
    let when = item.cluster.event.when;
    when.is_some_and(|w| w.days() <= weights.deductions.wide_range_days)
}

/// Where a side stands in a pair.
pub(super) fn index(side: Side) -> usize {
    usize::from(side != Side::Taliban)
}

fn fight<'a>(
    pool: &Pool<'_, 'a>,
    attackers: &BTreeSet<Side>,
    bearing: Bearing,
    level: Level,
    weights: &Weights,
) -> Option<Fight<'a>> {
    let support = pool.support(weights, level);
    let grounds = pool.grounds(weights, &support)?;
    let attacker = attackers.first().copied().filter(|_| attackers.len() == 1);
    let given = pool.voices.iter().filter_map(|v| v.event.when).filter(|w| w.precision == DatePrecision::Day);
    let latest = given.map(|w| w.from).max().map_or(grounds.since, |day| day.min(grounds.until));
    Some(Fight { attacker, bearing, boast: support.only_claimed, latest, grounds, support })
}

fn act<'a>(pool: &Pool<'_, 'a>, side: Side, level: Level, weights: &Weights) -> Option<Act<'a>> {
    let support = pool.support(weights, level);
    let grounds = pool.grounds(weights, &support)?;
    let told = || pool.voices.iter().filter(|v| !is_denied(v));
    let acts = told().filter_map(|v| match sense(&v.event, level, Bearing::Direct) {
        Some(Sense::Act { stage, allied, .. }) => Some((stage, allied)),
        _ => None,
    });
    let (stages, allied): (Vec<Stage>, Vec<bool>) = acts.unzip();
    let needed = needed(level, allied.contains(&true), weights);
    let reached = needed.is_some_and(|n| support.points >= n.points && support.sources >= n.sources);
    let stage = stages.into_iter().max().unwrap_or(Stage::Taken);
    let orders = pool.voices.iter().map(|v| (v.event.doc_id.as_str(), v.event.telling.order)).collect();
    Some(Act { side, stage, reached, needed, grounds, support, orders })
}

/// What an ally hands over needs no more than the receiver's word.
fn needed(level: Level, allied: bool, weights: &Weights) -> Option<Needed> {
    let limits = &weights.thresholds;
    match level {
        Level::Province => None,
        _ if allied => Some(Needed { points: 1, sources: 0 }),
        Level::Capital => Some(Needed { points: limits.capital, sources: limits.capital_sources }),
        Level::District | Level::Settlement | Level::Facility => {
            Some(Needed { points: limits.held, sources: 0 })
        }
    }
}

/// The day's acts, first to last. What is retaken had fallen, and what falls was not held by beating an attack back;
/// else the reports' own order counts; without any, the stronger of two acts stands alone where it leads by the
/// margin. The second value is the weaker one.
fn in_order<'a>(mut acts: Vec<Act<'a>>, weights: &Weights) -> (Vec<Act<'a>>, Option<Act<'a>>) {
    let [first, second] = acts.as_slice() else { return (acts, None) };
    let mut outweighed = None;
    let told = first.stage.cmp(&second.stage).then_with(|| told_order(first, second));
    match told {
        std::cmp::Ordering::Less => {}
        std::cmp::Ordering::Greater => acts.swap(0, 1),
        std::cmp::Ordering::Equal => {
            let lead = first.grounds.points - second.grounds.points;
            if lead.abs() >= weights.thresholds.margin {
                let weaker = usize::from(lead > 0);
                outweighed = Some(acts.remove(weaker));
            }
        }
    }
    (acts, outweighed)
}

/// How most reports that tell both acts order them.
fn told_order(first: &Act<'_>, second: &Act<'_>) -> std::cmp::Ordering {
    let last = |act: &Act<'_>, doc: &str| act.orders.iter().filter(|(d, _)| *d == doc).map(|(_, o)| *o).max();
    let docs: BTreeSet<&str> = first.orders.iter().map(|(d, _)| *d).collect();
    let votes: i32 = docs
        .into_iter()
        .filter_map(|doc| Some(last(first, doc)?.cmp(&last(second, doc)?)))
        .map(|o| o as i32)
        .sum();
    votes.cmp(&0)
}

/// Days that an act's range spans, less one.
pub(super) fn width(grounds: &Grounds<'_>) -> i32 {
    days(grounds.since, grounds.until)
}
