//! From the entries of a file to corrections: each that cannot be one is named with its line and the remedy.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::correction::{Action, Correction, Target};
use super::names;
use super::sheet::{Cell, Entry, Fault};
use crate::date::EventDate;
use crate::event::{Effect, EventId, EventKind};
use crate::gazetteer::Gazetteer;

/// The keys of a correction.
pub(super) const KEYS: [&str; 15] = [
    "action", "event", "events", "report", "place", "kind", "to", "effect", "unit", "status", "from",
    "until", "reason", "by", "source",
];
/// Keys that every action may have.
const ANY: [&str; 4] = ["action", "reason", "by", "source"];
/// Keys that say which event.
const WHICH: [&str; 5] = ["event", "events", "report", "place", "kind"];
/// Between the days of a range.
const RANGE: &str = "..";
/// Letters of an event's id.
const ID: usize = 16;

/// The correction that an entry is, or all that is wrong with it.
pub(super) fn correction(entry: &Entry, gazetteer: &Gazetteer) -> Result<Correction, Vec<Fault>> {
    let mut faults = entry.faults.clone();
    let reason = entry.need("reason", "say why, so that others can check it");
    let action = action(entry, gazetteer);
    match (action, reason) {
        (Ok(action), Ok(reason)) if faults.is_empty() => {
            let text = |key: &str| entry.get(key).map(|cell| cell.text.clone());
            Ok(Correction {
                id: action.id(),
                line: entry.line,
                action,
                reason: reason.text.clone(),
                by: text("by"),
                source: text("source"),
            })
        }
        (action, reason) => {
            faults.extend(action.err());
            faults.extend(reason.err());
            Err(faults)
        }
    }
}

fn action(entry: &Entry, gazetteer: &Gazetteer) -> Result<Action, Fault> {
    let remedy = "write suppress, move, date, kind, merge, split or pin";
    let name = entry.need("action", remedy)?;
    let target = || target(entry, gazetteer);
    let to = |remedy: &str| entry.need("to", remedy);
    match name.text.as_str() {
        "suppress" => allowed(entry, name, &[&WHICH]).and_then(|()| Ok(Action::Suppress(target()?))),
        "move" => {
            allowed(entry, name, &[&WHICH, &["to"]])?;
            let cell = to("write the id or the name of the place")?;
            let place = names::place(gazetteer, &cell.text).map_err(|problem| cell.fault(problem))?;
            Ok(Action::Move(target()?, gazetteer.get(place).id.clone()))
        }
        "date" => {
            allowed(entry, name, &[&WHICH, &["to"]])?;
            Ok(Action::Date(target()?, days(to("write a day, or two with .. between")?)?))
        }
        "kind" => {
            allowed(entry, name, &[&WHICH, &["to", "effect"]])?;
            let kind = kind(to("write what happened")?)?;
            Ok(Action::Kind(target()?, kind, entry.get("effect").map(effect).transpose()?))
        }
        "merge" => {
            allowed(entry, name, &[&WHICH])?;
            match target()? {
                Target::Events(ids) if ids.len() < 2 => {
                    Err(name.fault("merge names one event; list two or more in events".to_owned()))
                }
                target => Ok(Action::Merge(target)),
            }
        }
        "split" => allowed(entry, name, &[&WHICH]).and_then(|()| Ok(Action::Split(target()?))),
        "pin" => {
            allowed(entry, name, &[&["unit", "status", "from", "until"]])?;
            pin(entry, gazetteer)
        }
        _ => Err(name.fault(format!("action {} is unknown; {remedy}", name.shown()))),
    }
}

fn allowed(entry: &Entry, action: &Cell, keys: &[&[&str]]) -> Result<(), Fault> {
    let known = |key: &&&str| ANY.contains(*key) || keys.iter().any(|k| k.contains(*key));
    match entry.cells.iter().find(|(key, _)| !known(key)) {
        Some((key, cell)) => {
            let may: Vec<&str> = keys.iter().flat_map(|k| k.iter().copied()).collect();
            Err(cell.fault(format!(
                "{} has no {key}; take it out (it may have {}, and reason, by, source)",
                action.text,
                may.join(", ")
            )))
        }
        None => Ok(()),
    }
}

fn pin(entry: &Entry, gazetteer: &Gazetteer) -> Result<Action, Fault> {
    let unit = names::unit(gazetteer, entry.need("unit", "write the id or the name of a unit")?)?;
    let status = names::status(entry.need("status", "write who holds the unit")?)?;
    let from = entry.need("from", "write the first day, as 2021-07-07")?.day("from")?;
    let until = entry.get("until").map(|cell| Ok((cell, cell.day("until")?))).transpose()?;
    if let Some((cell, _)) = until.filter(|(_, day)| *day < from) {
        return Err(cell.fault(format!("until {} lies before from {from}; swap them", cell.text)));
    }
    Ok(Action::Pin { unit: gazetteer.get(unit).id.clone(), status, from, until: until.map(|u| u.1) })
}

fn target(entry: &Entry, gazetteer: &Gazetteer) -> Result<Target, Fault> {
    let by_id: Vec<&Cell> = ["event", "events"].iter().filter_map(|key| entry.get(key)).collect();
    let telling = ["report", "place", "kind"].map(|key| entry.get(key));
    let told = telling.iter().flatten().next();
    match (by_id.as_slice(), told) {
        ([_, second], _) => Err(second.fault("event and events both stand; keep one".to_owned())),
        ([_], Some(cell)) => Err(cell.fault(
            "the event is given by its id and by report, place, kind; keep one of the two".to_owned(),
        )),
        ([cell], None) => Ok(Target::Events(ids(cell)?)),
        _ => {
            let missing = "name the event: by its id in event, or by report, place and kind";
            let report = entry.need("report", missing)?.text.clone();
            let cell = entry.need("place", missing)?;
            let place = names::place(gazetteer, &cell.text).map_err(|problem| cell.fault(problem))?;
            let kind = kind(entry.need("kind", missing)?)?;
            Ok(Target::Telling { report, place: gazetteer.get(place).id.clone(), kind })
        }
    }
}

fn ids(cell: &Cell) -> Result<BTreeSet<EventId>, Fault> {
    let id = |text: &str| {
        let fits = text.len() == ID && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| EventId(text.to_owned())).ok_or_else(|| {
            cell.fault(format!(
                "{text:?} is no event id; take the {ID} letters and digits in event_id of events.csv"
            ))
        })
    };
    cell.values().map(id).collect()
}

fn days(cell: &Cell) -> Result<EventDate, Fault> {
    let day = |text: &str| Cell { line: cell.line, text: text.trim().to_owned() }.day("to");
    let (from, to): (Date, Date) = match cell.text.split_once(RANGE) {
        Some((from, to)) => (day(from)?, day(to)?),
        None => (day(&cell.text)?, day(&cell.text)?),
    };
    if to < from {
        return Err(cell.fault(format!("{to} lies before {from}; swap them")));
    }
    Ok(EventDate::range(from, to))
}

fn kind(cell: &Cell) -> Result<EventKind, Fault> {
    EventKind::ALL.into_iter().find(|k| k.as_str() == cell.text).ok_or_else(|| {
        let all: Vec<&str> = EventKind::ALL.iter().map(|k| k.as_str()).collect();
        cell.fault(format!("{} is no kind of event; write one of {}", cell.shown(), all.join(", ")))
    })
}

fn effect(cell: &Cell) -> Result<Effect, Fault> {
    match cell.text.as_str() {
        "taliban" => Ok(Effect::Taliban),
        "government" => Ok(Effect::Government),
        "contested" => Ok(Effect::Contested),
        _ => {
            Err(cell
                .fault(format!("effect {} is unknown; write taliban, government or contested", cell.shown())))
        }
    }
}
