//! `read`: what is shown of any text, and that every span, id and number in it leads back to the text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use naqsha::data::DataFiles;
use naqsha::event::Reader;
use naqsha::output::{ReadingPage, ReadingRecord};
use naqsha::report::{Report, read_reports};
use proptest::prelude::*;
use serde_json::Value;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::from_data(&DataFiles::bundled()).unwrap());

fn page(report: &Report, width: usize) -> String {
    let seen = READER.inspect(report);
    let page = ReadingPage::new(report, &seen, READER.gazetteer(), width).to_string();
    let plain = anstream::adapter::strip_str(&page).to_string();
    for line in plain.lines() {
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    plain
}

/// The record of a report, after every offset in it was looked up in the text.
fn record(report: &Report) -> Value {
    let seen = READER.inspect(report);
    let record = serde_json::to_value(ReadingRecord::new(report, &seen, READER.gazetteer())).unwrap();
    let text = record["text"].as_str().unwrap();
    assert_eq!(text, report.text);
    let of = |item: &Value, from: &str, to: &str| {
        let at = |key: &str| usize::try_from(item[key].as_u64().unwrap()).unwrap();
        text.get(at(from)..at(to)).unwrap_or_else(|| panic!("no part of the text: {item}")).to_owned()
    };
    for list in ["zones", "sentences", "places", "vetoes", "dates", "acts"] {
        for item in record[list].as_array().unwrap() {
            let words = of(item, "start", "end");
            assert!(!words.is_empty(), "{list}: {item}");
            if let Some(surface) = item.get("surface") {
                assert_eq!(surface, &words, "{list}: {item}");
            }
        }
    }
    let events = record["events"].as_array().unwrap();
    let ids: BTreeSet<&str> = events.iter().map(|e| e["event_id"].as_str().unwrap()).collect();
    let acts = record["acts"].as_array().unwrap();
    let told: BTreeSet<&str> =
        acts.iter().flat_map(|a| a["events"].as_array().unwrap()).map(|id| id.as_str().unwrap()).collect();
    assert_eq!(told, ids, "every event has its act, and every act its events");
    let dates: BTreeSet<u64> =
        record["dates"].as_array().unwrap().iter().map(|d| d["start"].as_u64().unwrap()).collect();
    for act in acts.iter().filter(|a| !a["dated_by"].is_null()) {
        assert!(dates.contains(&act["dated_by"]["start"].as_u64().unwrap()), "{act}");
    }
    for event in events {
        assert!(!of(event, "quote_start", "quote_end").is_empty());
    }
    record
}

#[test]
fn every_event_of_the_samples_leads_back_to_its_act() {
    let (reports, _) = read_reports("data/samples".as_ref()).unwrap();
    let mut told = 0;
    for report in &reports {
        told += record(report)["events"].as_array().unwrap().len();
        assert!(page(report, 80).contains(&report.id));
    }
    assert!(told > 100, "{told}");
}

#[test]
fn all_of_a_text_is_shown() {
    let (reports, _) = read_reports("data/samples".as_ref()).unwrap();
    for report in &reports {
        let words: String = page(report, 100).split_whitespace().map(bare).collect();
        for word in report.text.split_whitespace() {
            assert!(words.contains(&bare(word)), "{}: {word}", report.id);
        }
    }
}

/// A word without what may be a mark.
fn bare(word: &str) -> String {
    word.chars().filter(|c| !"[]{}<>~".contains(*c)).collect()
}

/// Words that open one thing or another.
const WORDS: &str = "Taliban|fighters|captured|Zaranj|Kunduz|in|the|district|of|on|Friday|said|not|Gen.|Farah|Tagab|\n\n|.|,|\
    KABUL (AP) -|\"|7 July 2021|plan to|کابل|a day earlier|airport|#Herat|12 killed|\u{202e}|é|Iran|- Helmand:|@kabul";

fn babble() -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS.split('|').collect();
    prop::collection::vec(prop::sample::select(words), 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_shown_and_leads_back(text in prop_oneof![babble(), any::<String>()], width in 60_usize..130) {
        let report = Report { id: "any".into(), text, ..Report::default() };
        record(&report);
        page(&report, width);
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Claimants {
    case: Vec<Claim>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    text: String,
    claimed_by: String,
}

#[test]
fn an_event_is_the_word_of_him_who_speaks() {
    let table: Claimants = toml::from_str(include_str!("corpus/claimants.toml")).unwrap();
    for Claim { text, claimed_by } in table.case {
        let report = Report { text: format!("date 2021-08-10\n\n{text}"), ..Report::default() };
        let events = READER.events(&report).0;
        let claimants: Vec<_> = events.iter().filter_map(|e| e.attribution.claimant.as_deref()).collect();
        let right = |c: &str| c.to_lowercase().ends_with(&claimed_by.to_lowercase());
        assert!(!claimants.is_empty() && claimants.iter().all(|c| right(c)), "{text}: {claimants:?}");
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    case: Vec<Told>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    text: String,
    told: Vec<Saying>,
}

#[derive(serde::Deserialize, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct Saying {
    place: String,
    effect: Option<String>,
    modality: String,
    by: Option<String>,
}

fn spelled(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn what_is_claimed_confirmed_and_denied_is_told_apart() {
    let table: Claims = toml::from_str(include_str!("corpus/claims.toml")).unwrap();
    let mut wrong = Vec::new();
    for Told { text, mut told } in table.case {
        let report = Report { text: format!("date 2021-08-10\n\n{text}"), ..Report::default() };
        let said = |e: naqsha::event::Event| Saying {
            place: e.place.name,
            effect: e.effect.as_ref().map(spelled),
            modality: spelled(&e.modality),
            by: e.attribution.side.map(|s| s.as_str().to_owned()),
        };
        let mut found: Vec<Saying> = READER.events(&report).0.into_iter().map(said).collect();
        found.sort();
        found.dedup();
        told.sort();
        if found != told {
            wrong.push(format!("{text}\n  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Traps {
    trap: Vec<Trap>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Trap {
    class: String,
    texts: Vec<String>,
}

#[test]
fn no_trap_tells_an_event() {
    let table: Traps = toml::from_str(include_str!("corpus/traps.toml")).unwrap();
    let mut caught = Vec::new();
    for Trap { class, texts } in table.trap {
        for text in texts {
            let report = Report { text: format!("date 2021-08-10\n\n{text}"), ..Report::default() };
            for e in READER.events(&report).0 {
                caught.push(format!("{class}: {text} -> {} {}", e.kind.as_str(), e.place.name));
            }
        }
    }
    assert!(caught.is_empty(), "{}", caught.join("\n"));
}
