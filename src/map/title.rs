//! The title: the event that leads the day, with what else went the same way that day.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::edition::Edition;
use super::story::{self, Desk, Standing};
use super::wording::{Wording, fill};
use crate::control::{Change, ChangeKind, Level};
use crate::event::{Event, Modality, Side};

/// The title of a day; None where no event makes one.
pub(super) fn title(edition: &Edition<'_>, desk: Desk<'_>) -> Option<String> {
    let mut events: Vec<&Event> = edition.leading(desk).filter(|e| edition.is_subject(e)).collect();
    let changes = turned(edition, desk);
    events.sort_by_cached_key(|e| {
        let settled = edition.standing(e) == Standing::Settled;
        let turns = settled && changes.iter().any(|(_, of)| of.id == e.id);
        let bonus = if turns { desk.wording.importance.turn } else { 0 };
        (-(desk.importance(e) + bonus), Reverse(desk.inhabitants(e)))
    });
    events.into_iter().find_map(|e| {
        let standing = edition.standing(e);
        let several = (standing == Standing::Settled).then(|| several(e, &changes, desk.wording)).flatten();
        several.or_else(|| story::headline(e, standing, desk.wording))
    })
}

/// The units that passed to another holder on the day, each with the foremost event that says so; capitals for
/// their districts.
fn turned<'a>(edition: &Edition<'a>, desk: Desk<'_>) -> Vec<(&'a Change, &'a Event)> {
    let day = edition.day;
    let passed = |c: &&Change| matches!(c.kind, ChangeKind::ChangedHands | ChangeKind::Retaken);
    let capitals: BTreeSet<_> = day
        .changes
        .iter()
        .filter(passed)
        .filter(|c| c.level == Level::Capital)
        .map(|c| &c.evidence)
        .collect();
    let foremost = |c: &'a Change| {
        let event = day.events.iter().find(|e| c.evidence.contains(&e.id))?;
        (event.modality != Modality::Claimed && edition.is_subject(event)).then_some((c, event))
    };
    let of_capital = |c: &&Change| c.level == Level::District && capitals.contains(&c.evidence);
    let changes = day.changes.iter().filter(passed).filter(|c| !of_capital(c));
    let mut turned: Vec<_> = changes.filter_map(foremost).collect();
    turned.sort_by_key(|(_, e)| (-desk.importance(e), Reverse(desk.inhabitants(e))));
    turned
}

/// The headline of an event with the other places of the same level where the same side did the same that day, named
/// or, where they are too many, counted; None where there is no other.
fn several(event: &Event, turned: &[(&Change, &Event)], wording: &Wording) -> Option<String> {
    let side = |e: &Event| e.actor1.as_ref().map_or(Side::Unknown, |a| a.side);
    let (lead, _) = turned.iter().find(|(_, e)| e.id == event.id)?;
    let alike = |(change, other): &&(&Change, &Event)| {
        change.level == lead.level && other.kind == event.kind && side(other) == side(event)
    };
    let mut names: Vec<&str> = turned.iter().filter(alike).map(|(c, _)| c.name.as_str()).collect();
    let first = names.iter().position(|n| *n == lead.name)?;
    names[..=first].rotate_right(1);
    let places = [named(&names, wording)?, counted(names.len(), lead.level, wording)?];
    story::headline_at(event, &places, wording)
}

/// "Kunduz, Sar-e Pol and Taloqan".
fn named(names: &[&str], wording: &Wording) -> Option<String> {
    let (last, others) = names.split_last().filter(|(_, others)| !others.is_empty())?;
    let others = others.join(&wording.several.separator);
    fill(&wording.several.named, |s| match s {
        "others" => Some(others.clone()),
        "last" => Some((*last).to_owned()),
        _ => None,
    })
}

/// "six provincial capitals".
fn counted(n: usize, level: Level, wording: &Wording) -> Option<String> {
    let words = &wording.several;
    let template = match level {
        Level::Capital => &words.capitals,
        Level::District => &words.districts,
        Level::Province => &words.provinces,
        Level::Settlement | Level::Facility => &words.places,
    };
    let number = words.numbers.get(n).cloned().unwrap_or_else(|| n.to_string());
    fill(template, |s| (s == "n").then(|| number.clone()))
}
