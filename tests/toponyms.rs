//! Place names in sentences: what is found, what it is taken for, and what is no place, against corpora.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is amiss"
)]
#![allow(clippy::print_stdout, reason = "a test says where it was skipped, and how much was right")]

use naqsha::data::DataFiles;
use naqsha::gazetteer::{Gazetteer, PlaceKind, sound_key};
use naqsha::text::{Sentence, Tokens};
use naqsha::toponym::{Relation, Resolver, Toponym};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    case: Vec<Case>,
}

/// A text, and its Afghan places in order, spelled `surface = name, level[, province][, relation]`. The level is
/// province, district, town, site, open (province or its capital) or unclear (of several); abroad is left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    places: Vec<String>,
}

struct Tools {
    zoner: naqsha::report::Zoner,
    gazetteer: Gazetteer,
    resolver: Resolver,
}

fn tools() -> Tools {
    let data = DataFiles::bundled();
    let gazetteer = Gazetteer::from_data(&data).unwrap();
    let zoner = naqsha::report::Zoner::from_data(&data).unwrap();
    Tools { zoner, resolver: Resolver::new(&data, &gazetteer).unwrap(), gazetteer }
}

impl Tools {
    fn resolve(&self, tokens: &Tokens<'_>) -> Vec<Toponym> {
        let sentences: Vec<Sentence> = tokens.sentences(0..tokens.len(), |w| self.zoner.is_abbreviation(w));
        tokens.sentences(0..tokens.len(), |w| matches!(w, "gen" | "col" | "lt" | "mr"));
        self.resolver.resolve(tokens, &sentences, &self.gazetteer).into_iter().flatten().collect()
    }

    fn is_abroad(&self, toponym: &Toponym) -> bool {
        let first = toponym.place.or(toponym.rivals.first().copied());
        first.is_some_and(|p| self.gazetteer.get(p).is_abroad())
    }

    fn spell(&self, toponym: &Toponym, tokens: &Tokens<'_>) -> String {
        let surface = tokens.span(toponym.tokens.start, toponym.tokens.end).of(tokens.text());
        let relation = match toponym.relation {
            Relation::Near => ", near",
            Relation::Way => ", way",
            Relation::Container | Relation::At => "",
        };
        let Some(place) = toponym.place else { return format!("{surface} = unclear{relation}") };
        let found = self.gazetteer.get(place);
        let level = match found.kind {
            _ if toponym.level_open => "open",
            PlaceKind::Province => "province",
            PlaceKind::District => "district",
            PlaceKind::City | PlaceKind::Village => "town",
            _ => "site",
        };
        let province = self.gazetteer.province_of(place).map_or("", |p| self.gazetteer.get(p).name.as_str());
        format!("{surface} = {}, {level}, {province}{relation}", found.name)
    }
}

fn key(name: &str) -> String {
    let tokens = Tokens::of(name);
    sound_key((0..tokens.len()).map(|i| tokens.fold(i)))
}

/// Whether the answer is what is wanted: a wanted field that is left out may be anything.
fn is_met(wanted: &str, got: &str) -> bool {
    let (Some((surface, wanted)), Some((found, got))) = (wanted.split_once(" = "), got.split_once(" = "))
    else {
        return false;
    };
    let got: Vec<&str> = got.split(", ").collect();
    let fits = |(n, field): (usize, &str)| match field {
        "near" | "way" => got.contains(&field),
        "district|town" => matches!(got.get(1), Some(&("district" | "town"))),
        "any" => true,
        field if n == 1 => got.get(1) == Some(&field),
        field => got.get(n).is_some_and(|g| key(g) == key(field)),
    };
    let marked = got.iter().any(|g| matches!(*g, "near" | "way"));
    let asked = wanted.split(", ").any(|w| matches!(w, "near" | "way"));
    surface == found && marked == asked && wanted.split(", ").enumerate().all(fits)
}

fn wrong(tools: &Tools, case: &Case) -> Option<String> {
    let tokens = Tokens::of(&case.text);
    let found = tools.resolve(&tokens);
    let got: Vec<String> =
        found.iter().filter(|t| !tools.is_abroad(t)).map(|t| tools.spell(t, &tokens)).collect();
    let met = got.len() == case.places.len() && case.places.iter().zip(&got).all(|(w, g)| is_met(w, g));
    (!met).then(|| format!("{:?}\n  wanted {:?}\n  got    {got:?}", case.text, case.places))
}

/// Checks a corpus; prints what is wrong, and fails where less than `floor` of it is right.
#[track_caller]
fn check(corpus: &str, floor: f64, at_least: usize) {
    let corpus: Corpus = toml::from_str(corpus).unwrap();
    let tools = tools();
    let wrong: Vec<String> = corpus.case.iter().filter_map(|case| wrong(&tools, case)).collect();
    let count = corpus.case.len();
    let right = (count - wrong.len()) as f64 / count as f64;
    assert!(right >= floor, "{right:.3} right, {} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= at_least, "the corpus has shrunk to {count}");
    println!("{right:.3} right\n{}", wrong.join("\n"));
}

#[test]
fn names_are_found_and_resolved() {
    check(include_str!("corpus/toponyms.toml"), 1.0, 70);
}

#[test]
fn names_of_other_things_are_left_alone() {
    check(include_str!("corpus/toponyms_negative.toml"), 1.0, 80);
}

#[test]
fn sentences_never_tuned_on() {
    check(include_str!("corpus/toponyms_untouched.toml"), 0.8, 30);
}

#[test]
fn places_of_the_first_real_reports() {
    let Some(folder) = std::env::var_os("NAQSHA_EVAL") else {
        println!("skipped: NAQSHA_EVAL is unset");
        return;
    };
    let folder = std::path::Path::new(&folder);
    let gold: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("gold/seed_places.json")).unwrap())
            .unwrap();
    let data = DataFiles::bundled();
    let reader = naqsha::event::Reader::from_data(&data).unwrap();
    let (mut wanted, mut found, mut notes) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(folder.join("seeds")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let report = naqsha::report::Report { text, ..Default::default() };
        let reading = reader.read(&report);
        let bytes: Vec<usize> = report.text.char_indices().map(|(b, _)| b).collect();
        for list in ["af", "foreign"] {
            for place in gold[&name[..3]][list].as_array().into_iter().flatten() {
                let start = bytes[place[0].as_u64().unwrap() as usize];
                let mention = reading.places.iter().find(|p| p.span.start() == start);
                let met = mention.is_some_and(|m| {
                    let abroad = m.toponym.place.is_some_and(|p| reader.gazetteer().get(p).is_abroad());
                    abroad == (list == "foreign")
                });
                (wanted, found) = (wanted + 1, found + usize::from(met));
                if !met {
                    notes.push(format!("{} {list} {}", &name[..3], place[2]));
                }
            }
        }
    }
    assert!(found * 100 >= wanted * 90, "{found} of {wanted}:\n{}", notes.join("\n"));
    println!("{found} of {wanted}\n{}", notes.join("\n"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_searched(text in "([A-Z][a-z]{1,6}|[a-z]{1,6}|Kabul|Kunduz|Herat|Khan|Nad|[ ,.'’:#@\n-]|\\PC){0,40}") {
        thread_local!(static TOOLS: Tools = tools());
        let tokens = Tokens::of(&text);
        let found = TOOLS.with(|t| t.resolve(&tokens));
        for pair in found.windows(2) {
            proptest::prop_assert!(pair[0].tokens.end <= pair[1].tokens.start);
        }
        for toponym in found {
            proptest::prop_assert!(toponym.phrase.start <= toponym.tokens.start && toponym.tokens.end <= toponym.phrase.end);
        }
    }

    /// Whatever the bytes: no panic, and every name stands on the borders of characters.
    #[test]
    fn any_bytes_are_searched(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), at in 0usize..200) {
        thread_local!(static TOOLS: Tools = tools());
        let mut bytes = bytes;
        let at = at.min(bytes.len());
        bytes.splice(at..at, " in Kunduz’s police district 3, #Herat (هرات) ".bytes());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let tokens = Tokens::of(&text);
        for toponym in TOOLS.with(|t| t.resolve(&tokens)) {
            let span = tokens.span(toponym.tokens.start, toponym.tokens.end);
            proptest::prop_assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()));
            proptest::prop_assert!(!span.of(&text).is_empty());
        }
    }
}
