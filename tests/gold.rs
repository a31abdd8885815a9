//! Whole reports, annotated by hand: how much is found, how much of it is right, against floors kept beside them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is amiss and shows its figures"
)]

use std::collections::BTreeSet;

use geo::{Distance, Haversine, Point};
use jiff::civil::Date;
use naqsha::data::DataFiles;
use naqsha::event::{Event, EventKind, Reader, Side};
use naqsha::gazetteer::Gazetteer;
use naqsha::report::Report;
use serde::Deserialize;

/// A report with what it tells.
#[derive(Deserialize)]
struct Gold {
    id: String,
    published: Option<Date>,
    text: String,
    events: Vec<Told>,
    must_not: Vec<String>,
}

/// An event as annotated. The other fields of the file are for the reader's eye.
#[derive(Deserialize)]
struct Told {
    place: String,
    kind_of_place: String,
    province: String,
    date_from: Date,
    date_to: Date,
    kind: EventKind,
    kind_alt: Vec<EventKind>,
    side: Side,
    effect: Option<String>,
    modality: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    precision: f64,
    recall: f64,
    /// Most events at places that are named but must have none.
    forbidden: usize,
}

/// A place may be given by its centre: so many metres apart are one place.
const SAME_PLACE: f64 = 25_000.0;

/// What is compared of an event that is found.
const FIELDS: [&str; 5] = ["kind", "side", "date", "effect", "modality"];

#[derive(Default)]
struct Score {
    wanted: usize,
    found: usize,
    told: usize,
    right: usize,
    forbidden: usize,
    /// Of the found: same kind, side, first day, effect, modality.
    fields: [usize; 5],
    notes: Vec<String>,
}

fn spelled(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap_or_default().to_owned()
}

fn is_at(gazetteer: &Gazetteer, told: &Told, event: &Event) -> bool {
    let at = &event.place;
    let province = at.admin1_name.as_deref().unwrap_or_default();
    let same_province =
        gazetteer.locate(&told.province, None).candidates.first().is_some_and(|c| {
            at.admin1.as_ref().is_some_and(|a| a.as_str() == c.place_id) || c.name == province
        });
    let level = spelled(at.kind);
    if told.kind_of_place == "province" || level == "province" {
        return same_province
            && (told.kind_of_place == level || told.kind_of_place == "province" && level == "district");
    }
    let found = gazetteer.locate(&told.place, Some(&told.province));
    same_province
        && found.candidates.first().is_some_and(|c| {
            let there = Point::new(c.longitude, c.latitude);
            c.place_id == at.id.as_str()
                || at.admin2.as_ref().is_some_and(|a| a.as_str() == c.place_id)
                || Haversine.distance(there, at.position) <= SAME_PLACE
        })
}

fn is_met(told: &Told, event: &Event) -> bool {
    event.when.is_some_and(|w| w.from <= told.date_to && w.to >= told.date_from)
}

fn score(gold: &str) -> Score {
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let gazetteer = reader.gazetteer();
    let mut score = Score::default();
    for line in gold.lines().filter(|l| !l.is_empty()) {
        let gold: Gold = serde_json::from_str(line).unwrap();
        let report = Report {
            id: gold.id.clone(),
            text: gold.text.clone(),
            published: gold.published,
            ..Report::default()
        };
        let (events, _) = reader.events(&report);
        let mut used: BTreeSet<usize> = BTreeSet::new();
        for told in &gold.events {
            used.extend(score.take(&gold, told, &events, gazetteer));
        }
        score.count_wrong(&gold, &events, &used, gazetteer);
    }
    score
}

impl Score {
    /// Looks for one annotated event; the numbers of the events that tell it.
    fn take(&mut self, gold: &Gold, told: &Told, events: &[Event], gazetteer: &Gazetteer) -> Vec<usize> {
        let is_kind = |e: &Event| e.kind == told.kind || told.kind_alt.contains(&e.kind);
        let is_it = |e: &Event| is_at(gazetteer, told, e) && is_kind(e) && is_met(told, e);
        let hits: Vec<usize> = (0..events.len()).filter(|i| is_it(&events[*i])).collect();
        self.wanted += 1;
        self.found += usize::from(!hits.is_empty());
        let name = format!("{} {} {}", gold.id, spelled(told.kind), told.place);
        let Some(best) = hits.iter().map(|i| &events[*i]).max_by_key(|e| e.kind == told.kind) else {
            self.notes.push(format!("missed {name} {}", told.date_from));
            return hits;
        };
        let holds = [
            best.kind == told.kind,
            best.actor1.as_ref().map_or(Side::Unknown, |a| a.side) == told.side,
            best.when.is_some_and(|w| w.from == told.date_from),
            best.effect.map(spelled) == told.effect,
            spelled(best.modality) == told.modality,
        ];
        for (n, field) in FIELDS.into_iter().enumerate() {
            self.fields[n] += usize::from(holds[n]);
            if !holds[n] {
                self.notes.push(format!("{field} {name}: {}", best.quote));
            }
        }
        hits
    }

    /// Counts the events that no annotation tells, and those at places that must have none.
    fn count_wrong(&mut self, gold: &Gold, events: &[Event], used: &BTreeSet<usize>, gazetteer: &Gazetteer) {
        let places = |name: &String| gazetteer.locate(name, None).candidates.into_iter().map(|c| c.place_id);
        let banned: BTreeSet<_> = gold.must_not.iter().flat_map(places).collect();
        self.told += events.len();
        self.right += used.len();
        for (_, event) in events.iter().enumerate().filter(|(i, _)| !used.contains(i)) {
            let forbidden = banned.contains(event.place.id.as_str());
            self.forbidden += usize::from(forbidden);
            let word = if forbidden { "FORBIDDEN" } else { "wrong" };
            let when = event.when.map(|w| w.from.to_string()).unwrap_or_default();
            let name = format!("{} {} {}", gold.id, spelled(event.kind), event.place.name);
            self.notes.push(format!("{word} {name} {when}: {}", event.quote));
        }
    }
}

fn check(gold: &str, floor: &str, show: bool) {
    let floor: Floor = toml::from_str(floor).unwrap();
    let s = score(gold);
    let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
    let (precision, recall) = (share(s.right, s.told), share(s.found, s.wanted));
    let fields = s.fields.map(|n| share(n, s.found));
    let figures = format!(
        "precision {precision:.3} ({}/{})  recall {recall:.3} ({}/{})  forbidden {}  kind side date effect modality {fields:.3?}",
        s.right, s.told, s.found, s.wanted, s.forbidden
    );
    println!("{figures}");
    if show {
        println!("{}", s.notes.join("\n"));
    }
    assert!(
        precision >= floor.precision && recall >= floor.recall && s.forbidden <= floor.forbidden,
        "below the floor: {figures}"
    );
}

/// The rules were tuned on these.
#[test]
fn tuned_reports() {
    check(include_str!("gold/tuned.jsonl"), include_str!("gold/tuned_floor.toml"), true);
}

/// These were written first and never looked into: only the figures are shown.
#[test]
fn untouched_reports() {
    check(include_str!("gold/untouched.jsonl"), include_str!("gold/untouched_floor.toml"), false);
}
