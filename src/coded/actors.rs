//! Parties as code books name them, and who of two gains a place.

use std::sync::Arc;

use jiff::civil::Date;

use super::codebook::{Gains, Shared};
use crate::event::{Actor, Effect, Side};
use crate::text::fold;

/// The party of a name on a day, and whether the table knows it.
pub(super) fn actor(shared: &Shared, name: &str, day: Date) -> (Actor, bool) {
    let key = key(name);
    let fits =
        |names: &[String], like: fn(&str, &str) -> bool| names.iter().any(|n| like(&key, &self::key(n)));
    let known = shared.actor.iter().filter(|rule| rule.holds_on(day)).find(|rule| {
        fits(&rule.is, |key, name| key == name)
            || fits(&rule.starts, |key, name| key.strip_prefix(name).is_some_and(ends))
            || fits(&rule.holds, |key, name| {
                key.match_indices(name).any(|(at, _)| begins(&key[..at]) && ends(&key[at + name.len()..]))
            })
    });
    let named = known.and_then(|rule| rule.name.as_deref()).unwrap_or(name);
    let side = known.map_or(Side::Unknown, |rule| rule.side);
    (Actor { name: Arc::from(named), side }, known.is_some())
}

fn key(name: &str) -> String {
    fold(name.trim()).chars().map(|c| if c == '-' { ' ' } else { c }).collect()
}

fn begins(before: &str) -> bool {
    !before.ends_with(char::is_alphanumeric)
}

fn ends(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// The one who gains a place and the one who loses it, each only where the row leaves no doubt.
pub(super) fn gainer(gains: Gains, state: Option<Side>, actors: [Option<&Actor>; 2]) -> [Option<&Actor>; 2] {
    let [first, second] = actors;
    let is_state = |a: Option<&Actor>| a.is_some_and(|a| state.is_some_and(|s| allied(a.side, s)));
    let is_other = |a: Option<&Actor>| a.is_some_and(|a| a.side != Side::Unknown) && !is_state(a);
    match (gains, is_state(first), is_state(second)) {
        (Gains::Actor1, ..) | (Gains::State, true, _) => [first, second],
        (Gains::State, false, true) => [second, first],
        (Gains::NonState, true, false) if is_other(second) => [second, first],
        // Of two armed groups the first is the one who acts.
        (Gains::NonState, false, _) if is_other(first) => [first, second],
        _ => [None, None],
    }
}

/// Whether a party fights on a side.
fn allied(party: Side, side: Side) -> bool {
    holder(party).is_some() && holder(party) == holder(side)
}

/// Who holds what a party has taken.
pub(super) fn holder(side: Side) -> Option<Effect> {
    match side {
        Side::Taliban => Some(Effect::Taliban),
        Side::Government | Side::Militia | Side::UsNato => Some(Effect::Government),
        Side::Iskp | Side::Civilian | Side::Foreign | Side::Unknown => None,
    }
}
