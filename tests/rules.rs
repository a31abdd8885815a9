//! Every rule of acts and every cue against the sentences written beside it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is amiss and shows its figures"
)]

use naqsha::data::DataFiles;
use naqsha::event::{Event, EventKind, Fate, Modality, Reader, Reading, rule_texts};
use naqsha::report::Report;
use serde::Deserialize;

/// Cues as written, with their examples.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    cue: Vec<CueText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueText {
    makes: String,
    #[allow(dead_code, reason = "the reader's business")]
    scope: String,
    phrases: Vec<String>,
    examples: Vec<String>,
    #[serde(default)]
    counter: Vec<String>,
}

fn reader() -> Reader {
    Reader::from_data(&DataFiles::bundled()).unwrap()
}

/// A sentence printed on Monday, 9 August 2021, in a report that is about Afghanistan.
fn read(reader: &Reader, sentence: &str) -> Reading {
    let published = "2021-08-09".parse().ok();
    let text =
        format!("This is the news from Afghanistan.\n\n{sentence}\n\nThat was the news from Afghanistan.");
    reader.read(&Report { id: "r".into(), text, published, ..Report::default() })
}

fn told_by(reading: &Reading, rule: &str) -> bool {
    reading.acts.iter().any(|a| *a.rule == *rule && matches!(a.fate, Fate::Told(_)))
}

/// The kinds that a rule's kind may turn into, by who takes what.
fn becomes(kind: EventKind, event: &Event) -> bool {
    use EventKind::{Captured, FacilitySeized, Recaptured};
    event.kind == kind || kind == Captured && matches!(event.kind, Recaptured | FacilitySeized)
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_reads_its_examples_and_leaves_its_counters() {
    let reader = reader();
    let (mut wrong, mut patterns) = (Vec::new(), 0);
    for rule in rule_texts(&DataFiles::bundled()).unwrap() {
        patterns += rule.patterns.len();
        assert!(!rule.examples.is_empty() && !rule.counter.is_empty(), "{} stands without proof", rule.name);
        for example in &rule.examples {
            let reading = read(&reader, example);
            if !told_by(&reading, &rule.name) || !reading.events.iter().any(|e| becomes(rule.kind, e)) {
                wrong.push(format!("{:?} does not read {example:?}: {:?}", rule.name, fates(&reading)));
            }
        }
        for counter in &rule.counter {
            let reading = read(&reader, counter);
            if reading.events.iter().any(|e| becomes(rule.kind, e) && e.modality != Modality::Denied) {
                wrong.push(format!("{:?} reads {counter:?}: {:?}", rule.name, fates(&reading)));
            }
        }
    }
    report(&wrong);
    assert!(patterns >= 150, "only {patterns} patterns are left");
}

fn fates(reading: &Reading) -> Vec<(&str, Fate)> {
    reading.acts.iter().map(|a| (&*a.rule, a.fate)).collect()
}

#[test]
fn every_cue_takes_its_examples_back() {
    let data = DataFiles::bundled();
    let file: CueFile = toml::from_str(data.text("lexicon/en/modality.toml").unwrap()).unwrap();
    let reader = reader();
    let mut wrong = Vec::new();
    for cue in &file.cue {
        let name = format!("{} {:?}", cue.makes, cue.phrases.first());
        for example in &cue.examples {
            let reading = read(&reader, example);
            if reading.events.iter().any(|e| e.modality != Modality::Denied) {
                wrong.push(format!("{name} lets through {example:?}: {:?}", fates(&reading)));
            }
            if reading.acts.is_empty() {
                wrong.push(format!("{name} proves nothing by {example:?}: no rule reads it"));
            }
        }
        for counter in &cue.counter {
            if read(&reader, counter).events.is_empty() {
                wrong.push(format!("{name} takes back {counter:?}"));
            }
        }
    }
    report(&wrong);
}
