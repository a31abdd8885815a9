//! Whole reports, annotated by hand: how much is found, how much of it is right, against floors kept beside them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is amiss and shows its figures"
)]

use naqsha::data::DataFiles;
use naqsha::event::Reader;
use naqsha::report::Report;
use naqsha::score::{EventGold, EventScore, Field, GoldText};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    /// With kinds of the same family.
    precision: f64,
    recall: f64,
    /// With kinds as marked.
    strict_precision: f64,
    strict_recall: f64,
    /// Right first days and right effects on control, of the events found.
    date: f64,
    effect: f64,
    /// Sentences that tell no event, and give none.
    traps_silent: f64,
    /// Most events at places that are named but must have none.
    forbidden: usize,
}

fn score(gold: &str) -> EventScore {
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let mut score = EventScore::default();
    for line in gold.lines().filter(|l| !l.is_empty()) {
        let GoldText { id, published, text, .. } = GoldText::parse(line.as_bytes()).unwrap();
        let gold = EventGold::parse(line.as_bytes()).unwrap();
        let (id, text) = (id.unwrap(), text.unwrap());
        let report = Report { id: id.clone(), published, text, ..Report::default() };
        score.take(&gold, &id, &reader.events(&report).0, reader.gazetteer());
    }
    score
}

fn check(gold: &str, floor: &str, show: bool) {
    let floor: Floor = toml::from_str(floor).unwrap();
    let score = score(gold);
    let figures = score.figures();
    println!("{figures}");
    if show {
        score.faults.iter().for_each(|fault| println!("{fault}"));
    }
    let right = |field| figures.fields.iter().find(|f| f.field == field).unwrap().right.unwrap();
    let reached = [
        ("precision", figures.family.precision.unwrap(), floor.precision),
        ("recall", figures.family.recall.unwrap(), floor.recall),
        ("strict precision", figures.strict.precision.unwrap(), floor.strict_precision),
        ("strict recall", figures.strict.recall.unwrap(), floor.strict_recall),
        ("date", right(Field::Date), floor.date),
        ("effect", right(Field::Effect), floor.effect),
        ("silent traps", figures.traps_silent.unwrap_or(1.0), floor.traps_silent),
    ];
    for (what, reached, floor) in reached {
        assert!(reached >= floor, "{what} {reached} is below the floor {floor}");
    }
    assert!(figures.forbidden <= floor.forbidden, "{} events where none may be", figures.forbidden);
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
