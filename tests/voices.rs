//! Whoever acts, in whatever voice it is told: the act, the side and the effect on control are right, and what is
//! only feared, planned, remembered or denied tells no event. Each kind of violence is read in its usual wordings.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

use naqsha::data::DataFiles;
use naqsha::event::{Effect, Event, Modality, Reader, Side};
use naqsha::report::Report;
use serde::Deserialize;

#[derive(Deserialize)]
struct Voices {
    parties: Vec<Party>,
    place: String,
    voice: Vec<Voice>,
}

#[derive(Deserialize)]
struct Party {
    name: String,
    adjective: String,
    side: Side,
}

#[derive(Deserialize)]
struct Voice {
    kinds: Vec<String>,
    /// The side that acts holds the place afterwards.
    #[serde(default)]
    gains: bool,
    /// The other side holds the place afterwards.
    #[serde(default)]
    loses: bool,
    templates: Vec<String>,
}

fn sentence(template: &str, voices: &Voices, a: &Party, b: &Party) -> String {
    let filled = template
        .replace("{A}", &a.name)
        .replace("{B}", &b.name)
        .replace("{a}", &a.adjective)
        .replace("{b}", &b.adjective)
        .replace("{P}", &voices.place);
    let mut letters = filled.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn events(reader: &Reader, sentence: &str) -> Vec<Event> {
    let text = format!("This is the news from Afghanistan.\n\n{sentence}\n\nThat was the news.");
    let published = "2021-08-09".parse().ok();
    reader.read(&Report { id: "voices".into(), text, published, ..Report::default() }).events
}

#[test]
fn who_acts_is_told_alike_in_every_voice() {
    let voices: Voices = toml::from_str(include_str!("corpus/voices.toml")).unwrap();
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let mut wrong = Vec::new();
    for voice in &voices.voice {
        for template in &voice.templates {
            for (a, b) in voices.parties.iter().flat_map(|a| voices.parties.iter().map(move |b| (a, b))) {
                if a.side == b.side {
                    continue;
                }
                let sentence = sentence(template, &voices, a, b);
                let told = events(&reader, &sentence);
                let holder = if voice.loses { b.side } else { a.side };
                let gain = if holder == Side::Taliban { Effect::Taliban } else { Effect::Government };
                let held = voice.gains || voice.loses;
                let is_right = |e: &Event| {
                    voice.kinds.iter().any(|k| k == e.kind.as_str())
                        && e.actor1.as_ref().is_some_and(|x| x.side == a.side)
                        && (!held || e.effect == Some(gain))
                };
                let reversed =
                    |e: &Event| held && e.effect.is_some_and(|f| f != gain && f != Effect::Contested);
                if !told.iter().any(is_right) || told.iter().any(reversed) {
                    let got: Vec<_> = told
                        .iter()
                        .map(|e| (e.kind.as_str(), e.actor1.as_ref().map(|x| x.side), e.effect))
                        .collect();
                    wrong.push(format!("{sentence} {got:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[derive(Deserialize)]
struct Silences {
    places: Vec<String>,
    silence: Vec<Silence>,
}

#[derive(Deserialize)]
struct Silence {
    name: String,
    templates: Vec<String>,
}

#[test]
fn what_did_not_happen_tells_no_event() {
    let silences: Silences = toml::from_str(include_str!("corpus/silences.toml")).unwrap();
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let mut wrong = Vec::new();
    for silence in &silences.silence {
        for template in &silence.templates {
            for place in &silences.places {
                let sentence = template.replace("{P}", place);
                let told = events(&reader, &sentence);
                let told = told.iter().filter(|e| e.modality != Modality::Denied);
                wrong.extend(told.map(|e| format!("{}: {sentence} {}", silence.name, e.kind.as_str())));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[derive(Deserialize)]
struct Wordings {
    places: Vec<String>,
    wording: Vec<Wording>,
}

#[derive(Deserialize)]
struct Wording {
    kinds: Vec<String>,
    templates: Vec<String>,
}

#[test]
fn each_kind_of_violence_is_read_in_its_usual_wordings() {
    let wordings: Wordings = toml::from_str(include_str!("corpus/wordings.toml")).unwrap();
    let reader = Reader::from_data(&DataFiles::bundled()).unwrap();
    let mut wrong = Vec::new();
    for wording in &wordings.wording {
        for template in &wording.templates {
            for place in &wordings.places {
                let sentence = template.replace("{P}", place);
                let told = events(&reader, &sentence);
                if !told.iter().any(|e| wording.kinds.iter().any(|k| k == e.kind.as_str())) {
                    wrong.push(sentence);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
