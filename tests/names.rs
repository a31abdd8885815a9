//! Places and their names: the tables hold together, and every spelling leads to its place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is amiss")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use naqsha::data::DataFiles;
use naqsha::gazetteer::{Gazetteer, Place, PlaceKind, PlaceRef, sound_key};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A spelling and the place it must lead to; `NONE` where it is no Afghan place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    surface: String,
    province: Option<String>,
    place: String,
}

/// A name that places in different provinces bear.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Homonym {
    name: String,
    reason: String,
}

fn gazetteer() -> Gazetteer {
    Gazetteer::from_data(&DataFiles::bundled()).unwrap()
}

fn corpus<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    csv::Reader::from_path(path).unwrap().deserialize().collect::<Result<_, _>>().unwrap()
}

fn of_kind(gazetteer: &Gazetteer, kind: PlaceKind) -> Vec<&Place> {
    gazetteer.places().filter(|p| p.kind == kind && !p.is_abroad()).collect()
}

/// A place and what holds it or has it as its centre share a name.
fn are_kin(gazetteer: &Gazetteer, a: PlaceRef, b: PlaceRef) -> bool {
    let district = gazetteer.district_of(a);
    gazetteer.contains(a, b)
        || gazetteer.contains(b, a)
        || (district.is_some() && district == gazetteer.district_of(b))
}

#[test]
fn ids_are_unique_and_parents_exist() {
    let gazetteer = gazetteer();
    let mut ids = BTreeSet::new();
    for place in gazetteer.places() {
        assert!(ids.insert(place.id.as_str()), "{} stands twice", place.id);
        let parents = [(&place.admin1, PlaceKind::Province), (&place.admin2, PlaceKind::District)];
        for (parent, kind) in parents {
            let Some(parent) = parent else { continue };
            let found = gazetteer.by_id(parent.as_str()).map(|p| gazetteer.get(p).kind);
            assert_eq!(found, Some(kind), "{} lies in {parent}", place.id);
        }
        if let Some(district) = gazetteer.by_id(place.id.as_str()).and_then(|p| gazetteer.district_of(p)) {
            assert_eq!(gazetteer.get(district).admin1, place.admin1, "{} and its district", place.id);
        }
        assert!(place.accuracy_km > 0.0, "how well is the position of {} known?", place.id);
    }
}

#[test]
fn the_country_is_listed_in_full() {
    let gazetteer = gazetteer();
    assert_eq!(of_kind(&gazetteer, PlaceKind::Province).len(), 34);
    assert_eq!(of_kind(&gazetteer, PlaceKind::District).len(), 398);
    let listed = |start: &str| {
        gazetteer.places().filter(|p| !p.is_abroad() && p.id.as_str().starts_with(start)).count()
    };
    assert_eq!(listed("gn"), 319);
    assert!(listed("nq-") >= 120);
}

/// Provinces, districts, provincial capitals, and what was written by hand.
fn named_in_full(gazetteer: &Gazetteer) -> impl Iterator<Item = &Place> {
    gazetteer.places().filter(|p| {
        let is_unit = matches!(p.kind, PlaceKind::Province | PlaceKind::District);
        let is_capital = gazetteer.by_id(p.id.as_str()).is_some_and(|r| gazetteer.is_capital(r));
        !p.is_abroad() && (is_unit || is_capital || p.id.as_str().starts_with("nq-"))
    })
}

#[test]
fn places_are_found_by_their_names_in_three_languages() {
    let gazetteer = gazetteer();
    let mut astray = Vec::new();
    for place in named_in_full(&gazetteer) {
        let province = place.admin1.as_ref().map(|id| gazetteer.get(gazetteer.by_id(id.as_str()).unwrap()));
        let (Some(fa), Some(ps)) = (&place.name_fa, &place.name_ps) else {
            panic!("{} {} has no name in Dari or Pashto", place.id, place.name)
        };
        // As an Arabic keyboard types it, and with the joiners of a careful one.
        let arabic = fa.replace('ی', "ي").replace('ک', "ك").replace("ه ", "ۀ ");
        let joined = ps.replace(' ', " \u{200c}").replace('ا', "\u{200d}ا");
        for name in [&place.name, fa, ps, &arabic, &joined] {
            let found = gazetteer.locate(name, province.map(|p| p.name.as_str())).candidates;
            if !found.iter().any(|c| c.place_id == place.id.as_str()) {
                astray.push(format!("{} {name}", place.id));
            }
        }
    }
    assert!(astray.is_empty(), "not found: {}", astray.join(", "));
}

#[test]
fn letters_of_all_keyboards_are_one() {
    let gazetteer = gazetteer();
    for (name, id) in [
        ("هلمند", "AF-HEL"),
        ("ولایت هلمند", "AF-HEL"),
        ("د هلمند ولایت", "AF-HEL"),
        ("غزنی", "AF-GHA"),
        ("غزني", "AF-GHA"),
        ("پكتيا", "AF-PIA"),
        ("ننګرهار", "AF-NAN"),
        ("ننگرهار", "AF-NAN"),
        ("میمنة", "gn1133453"),
        ("میمنۀ", "gn1133453"),
        ("جلال\u{200c}آباد", "gn1139715"),
        ("جلال اباد", "gn1139715"),
        ("لښکرګاه", "gn1134720"),
        ("لشكرگاه", "gn1134720"),
        ("ولسوالی نادعلی", "AF3002"),
        ("د موسی کلا ولسوالۍ", "AF3009"),
    ] {
        let found = gazetteer.locate(name, None).candidates;
        assert!(found.iter().any(|c| c.place_id == id), "{name}: {found:?}");
    }
}

#[test]
fn every_province_has_its_capital() {
    let gazetteer = gazetteer();
    for province in of_kind(&gazetteer, PlaceKind::Province) {
        let capital = gazetteer.seat_of(&province.id).map(|p| gazetteer.get(p));
        let capital = capital.unwrap_or_else(|| panic!("{} has no capital", province.name));
        assert_eq!(capital.admin1.as_ref(), Some(&province.id), "{}", capital.name);
        assert_eq!(capital.kind, PlaceKind::City, "{}", capital.name);
    }
    let seats = gazetteer
        .places()
        .filter(|p| gazetteer.by_id(p.id.as_str()).is_some_and(|r| gazetteer.is_capital(r)));
    assert_eq!(seats.count(), 34);
}

#[test]
fn a_centre_lies_in_its_district() {
    let gazetteer = gazetteer();
    for place in gazetteer.places() {
        let unit = place.seat_of.as_ref().and_then(|u| gazetteer.by_id(u.as_str())).map(|u| gazetteer.get(u));
        if let Some(district) = unit.filter(|u| u.kind == PlaceKind::District) {
            assert_eq!(place.admin2.as_ref(), Some(&district.id), "{}", place.name);
        }
    }
}

/// No two places share a name, but those that hold each other and those declared.
#[test]
fn homonyms_are_declared() {
    let gazetteer = gazetteer();
    let bearers = |key: &str| -> BTreeSet<PlaceRef> {
        let places = gazetteer.sounding(key).iter().map(|m| m.place);
        places.filter(|p| !gazetteer.get(*p).is_abroad()).collect()
    };
    let strangers = |places: &BTreeSet<PlaceRef>| -> Vec<(PlaceRef, PlaceRef)> {
        let pairs = places.iter().flat_map(|a| places.range(*a..).map(move |b| (*a, *b)));
        pairs.filter(|(a, b)| a != b && !are_kin(&gazetteer, *a, *b)).collect()
    };
    let declared: Vec<Homonym> = corpus("homonyms.csv");
    let mut allowed = BTreeSet::new();
    for homonym in &declared {
        let pairs = strangers(&bearers(&key(&homonym.name)));
        assert!(!pairs.is_empty() && !homonym.reason.is_empty(), "{} is no homonym", homonym.name);
        allowed.extend(pairs);
    }
    let all: BTreeSet<&str> = gazetteer.sounds().map(|(key, _)| key).collect();
    let mut undeclared = Vec::new();
    for key in all {
        for (a, b) in strangers(&bearers(key)) {
            if !allowed.contains(&(a, b)) {
                let (one, other) = (gazetteer.get(a), gazetteer.get(b));
                undeclared.push(format!("{key}: {} {}, {} {}", one.id, one.name, other.id, other.name));
            }
        }
    }
    assert!(undeclared.is_empty(), "shared names that are not declared:\n{}", undeclared.join("\n"));
}

fn key(name: &str) -> String {
    sound_key(name.to_lowercase().split([' ', '-']))
}

/// Airport codes and scripts that no report uses stay out.
#[test]
fn names_are_written_in_latin_or_arabic_letters() {
    let data = DataFiles::bundled();
    let mut reader = csv::Reader::from_reader(data.bytes("gazetteer/names.csv").unwrap());
    for row in reader.records() {
        let row = row.unwrap();
        let name = &row[1];
        let known = |c: char| {
            let letters = ['\0'..'\u{0300}', '\u{0600}'..'\u{0700}', '\u{1E00}'..'\u{1F00}'];
            !c.is_alphabetic() || letters.iter().any(|range| range.contains(&c))
        };
        assert!(name.chars().all(known), "{name} of {}", &row[0]);
        let is_code = row[0].starts_with("gn") && name.chars().all(|c| c.is_ascii_uppercase());
        assert!(!is_code, "{name} of {} is a code", &row[0]);
    }
}

/// What `locate` answers to a row, judged: the place itself, or one that it holds or that holds it.
fn is_right(gazetteer: &Gazetteer, row: &Row) -> bool {
    let found = gazetteer.locate(&row.surface, row.province.as_deref());
    let Some(first) = found.candidates.first() else { return row.place == "NONE" };
    let (Some(first), Some(wanted)) = (gazetteer.by_id(&first.place_id), gazetteer.by_id(&row.place)) else {
        return false;
    };
    first == wanted
        || are_kin(gazetteer, first, wanted) && found.candidates.iter().any(|c| c.place_id == row.place)
}

#[test]
fn every_spelling_leads_to_its_place() {
    let gazetteer = gazetteer();
    let rows: Vec<Row> = corpus("names.csv");
    let nowhere = rows.iter().filter(|r| r.place == "NONE").count();
    assert!(rows.len() - nowhere >= 1200 && nowhere >= 60);
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| !is_right(&gazetteer, row))
        .map(|row| {
            let found = gazetteer.locate(&row.surface, row.province.as_deref());
            let found: Vec<&str> = found.candidates.iter().map(|c| c.place_id.as_str()).collect();
            format!("{} is {}, found {found:?}", row.surface, row.place)
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} astray:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// Enough spellings of each province, capital and district are tried.
#[test]
fn every_unit_is_tried_in_many_spellings() {
    let gazetteer = gazetteer();
    let mut tried: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in corpus::<Row>("names.csv").into_iter().chain(corpus("names_unseen.csv")) {
        tried.entry(row.place).or_default().insert(row.surface);
    }
    let capital = |p: &Place| gazetteer.by_id(p.id.as_str()).is_some_and(|r| gazetteer.is_capital(r));
    let few: Vec<String> = gazetteer
        .places()
        .filter(|p| !p.is_abroad())
        .filter_map(|p| {
            let least = match p.kind {
                PlaceKind::Province => 8,
                PlaceKind::District => 3,
                _ if capital(p) => 8,
                _ => 0,
            };
            let count = tried.get(p.id.as_str()).map_or(0, BTreeSet::len);
            (count < least).then(|| format!("{} {}: {count} of {least}", p.id, p.name))
        })
        .collect();
    assert!(few.is_empty(), "too few spellings are tried:\n{}", few.join("\n"));
}

/// Spellings written down before they were tried, and never mended for: how well others will fare.
#[test]
fn spellings_not_tuned_on_lead_to_their_place() {
    /// Measured 0.990 when they were written; a fall means that something got worse for names in general.
    const FLOOR: f64 = 0.98;
    let gazetteer = gazetteer();
    let rows: Vec<Row> = corpus("names_unseen.csv");
    let right = rows.iter().filter(|row| is_right(&gazetteer, row)).count();
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    let share = right as f64 / rows.len() as f64;
    assert!(share >= FLOOR, "{right} of {} are right: {share:.3}", rows.len());
}
