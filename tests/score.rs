//! Scores: readings made up by hand against marks made up by hand, each figure counted on fingers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::sync::LazyLock;

use naqsha::data::DataFiles;
use naqsha::event::{PlaceMention, Reader, Reading};
use naqsha::gazetteer::Gazetteer;
use naqsha::report::{Report, ZoneKind};
use naqsha::score::{EventGold, EventScore, Field, GoldText, Marks, PlaceGold, PlaceScore, Share, Trap};
use naqsha::text::Span;
use naqsha::toponym::{GeoPrecision, Relation, Toponym};
use proptest::prelude::*;
use serde_json::{Value, json};

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::from_data(&DataFiles::bundled()).unwrap());

/// A span of gold over the first `name` of the text.
fn span(text: &str, name: &str, meaning: &Value) -> Value {
    let start = text.find(name).unwrap();
    let mut span = json!({"start": start, "end": start + name.len(), "surface": name});
    span.as_object_mut().unwrap().extend(meaning.as_object().unwrap().clone());
    span
}

/// A mention over the first `name` of the text, taken for the place with this id; None where left ambiguous.
fn mention(text: &str, name: &str, id: Option<&str>) -> PlaceMention {
    let start = text.find(name).unwrap();
    let toponym = Toponym {
        tokens: 0..1,
        phrase: 0..1,
        place: id.map(|id| GAZETTEER.by_id(id).unwrap()),
        precision: GeoPrecision::Exact,
        relation: Relation::At,
        level_open: false,
        rivals: Vec::new(),
        score: 1.0,
        reasons: Vec::new(),
    };
    PlaceMention { span: Span::new(text, start, start + name.len()).unwrap(), toponym, zone: ZoneKind::Body }
}

fn score(text: &str, gold: &Value, places: Vec<PlaceMention>) -> PlaceScore {
    let gold = PlaceGold::parse(gold.to_string().as_bytes()).unwrap();
    let marks = Marks::of(&gold, text, &GAZETTEER).unwrap();
    let report = Report { id: "a".to_owned(), text: text.to_owned(), ..Report::default() };
    let mut score = PlaceScore::default();
    score.take(&marks, &report, &Reading { places, ..Reading::default() }, &GAZETTEER);
    score
}

const fn share(hold: usize, of: usize) -> Share {
    Share { hold, of }
}

#[test]
fn each_sort_of_hit_and_fault_counts_where_it_should() {
    let text =
        "Imam Sahib district, Zaranj, Spinfar, Herat, Farah, Qarabagh, Kandahari, Islamabad, Tehran, Mazar.";
    let gold = json!({"spans": [
        span(text, "Imam Sahib", &json!({"place_id": "gn1142545", "also": ["AF1905"]})),
        span(text, "Zaranj", &json!({"place_id": "gn1120985"})),
        span(text, "Spinfar", &json!({"longitude": 61.9, "latitude": 31.0})),
        span(text, "Herat", &json!({"place_id": "AF-HER"})),
        span(text, "Farah", &json!({"place_id": "AF-FRA"})),
        span(text, "Qarabagh", &json!({"trap": "ambiguous"})),
        span(text, "Kandahari", &json!({"trap": "demonym"})),
        span(text, "Islamabad", &json!({"trap": "abroad"})),
        span(text, "Tehran", &json!({"trap": "abroad"})),
    ]});
    let read = vec![
        mention(text, "Imam Sahib district", Some("AF1905")),
        mention(text, "Zaranj", Some("AF-KAN")),
        mention(text, "Spinfar", Some("gn1120985")),
        mention(text, "Farah", None),
        mention(text, "Qarabagh", None),
        mention(text, "Kandahar", Some("AF-KAN")),
        mention(text, "Islamabad", Some("nq-islamabad")),
        mention(text, "Mazar", Some("AF-BAL")),
    ];
    let score = score(text, &gold, read);
    // Right: Imam Sahib by its other id, Spinfar within 10 km.
    assert_eq!((score.precision, score.recall), (share(2, 5), share(2, 5)));
    assert_eq!((score.province, score.district), (share(1, 2), share(1, 2)));
    let traps: Vec<_> = score.traps.iter().map(|(trap, s)| (*trap, *s)).collect();
    assert_eq!(
        traps,
        [(Trap::Demonym, share(0, 1)), (Trap::Abroad, share(2, 2)), (Trap::Ambiguous, share(1, 1))]
    );
    let figures = score.figures();
    assert_eq!((figures.placed, figures.within_5_km, figures.within_161_km), (3, Some(0.3333), Some(0.6667)));
    assert_eq!((figures.traps, figures.traps_refused), (4, Some(0.75)));
    let faults: Vec<String> = score.faults.iter().map(ToString::to_string).collect();
    let told = [
        "wrong    a 21..27 \"Zaranj\"; wanted gn1120985 Zaranj (city, Nimroz); got AF-KAN Kandahar (province)",
        "missed   a 38..43 \"Herat\"; wanted AF-HER Herat (province); got nothing",
        "missed   a 45..50 \"Farah\"; wanted AF-FRA Farah (province); got ambiguous",
        "trap     a 62..71 \"Kandahari\"; wanted demonym; got AF-KAN Kandahar (province)",
        "spurious a 92..97 \"Mazar\"; got AF-BAL Balkh (province)",
    ];
    assert_eq!(faults, told);
}

#[test]
fn a_text_without_spans_is_measured_by_names() {
    let text = "Zaranj, Herat, Farah, Zaranj.";
    let gold = json!({"places_mentioned": ["Zaranj", "Chakhansur"], "must_not": ["Herat"]});
    let ids = [("Zaranj", "gn1120985"), ("Herat", "AF-HER"), ("Farah", "AF-FRA")];
    let score = score(text, &gold, ids.map(|(name, id)| mention(text, name, Some(id))).to_vec());
    assert_eq!((score.names_recall, score.names_precision), (share(1, 2), share(2, 3)));
    assert_eq!((score.recall, score.precision), (share(0, 0), share(0, 0)));
    assert_eq!(score.faults.len(), 2);
}

#[test]
fn events_are_matched_by_place_and_day_and_kind() {
    let event = |place: &str, kind: &str, more: &Value| {
        let mut event = json!({
            "place": place, "kind_of_place": "city", "province": "", "date_from": "2021-08-06",
            "date_to": "2021-08-06", "kind": kind, "side": "taliban", "effect": "taliban", "modality": "asserted",
        });
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let gold = json!({
        "events": [
            event("Zaranj", "abandoned", &json!({"alt_kinds": ["captured"], "side": "government"})),
            event("Shibirghan", "clash", &json!({})),
            event("Nili", "captured", &json!({"sure": false})),
        ],
        "optional": [event("Taloqan", "captured", &json!({}))],
        "must_not": ["Herat"],
        "traps": ["captured Herat\n city on Friday", "captured Taloqan"],
    });
    let text = "date 2021-08-07\n\nThe Taliban captured Zaranj on Friday. The Taliban besieged Sheberghan city on \
                Friday. The Taliban captured Taloqan on Friday. The Taliban captured Herat city on Friday.";
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let (events, _) = reader.events(&Report { text: text.to_owned(), ..Report::default() });
    assert_eq!(events.len(), 4, "{events:?}");
    let gold = EventGold::parse(gold.to_string().as_bytes()).unwrap();
    let mut score = EventScore::default();
    score.take(&gold, "a", &events, reader.gazetteer());
    assert_eq!((score.strict.precision, score.strict.recall), (share(2, 4), share(1, 2)));
    assert_eq!((score.family.precision, score.family.recall), (share(3, 4), share(2, 2)));
    assert_eq!((score.forbidden, score.traps), (1, share(1, 2)));
    let bands: Vec<(String, Share)> = score.bands.iter().map(|(b, s)| (b.to_string(), *s)).collect();
    assert_eq!(bands, [("0.9".to_owned(), share(2, 4))]);
    assert_eq!(score.fields[&Field::Kind], share(1, 2));
    assert_eq!(score.fields[&Field::Side], share(1, 2));
}

proptest! {
    /// Whatever a line holds, it is marks or a problem with a remedy, never a panic.
    #[test]
    fn no_line_of_gold_panics(line in any::<Vec<u8>>(), text in ".{0,12}", start in 0..16usize, end in 0..16usize) {
        let _ = (GoldText::parse(&line), PlaceGold::parse(&line), EventGold::parse(&line));
        let gold = json!({"spans": [{"start": start, "end": end, "trap": "word"}]});
        let gold = PlaceGold::parse(gold.to_string().as_bytes()).unwrap();
        match Marks::of(&gold, &text, &GAZETTEER) {
            Ok(marks) => prop_assert!(matches!(&marks, Marks::Spans(m) if m[0].span.of(&text) == &text[start..end])),
            Err(problem) => prop_assert!(problem.contains("count bytes of UTF-8")),
        }
    }
}
