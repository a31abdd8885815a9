//! The gazetteer: all places, found by id or by name, with what contains what.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::Point;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::keys::{further_keys, sound_key, spelling_key};
use super::{Place, PlaceId, PlaceKind};
use crate::data::DataFiles;
use crate::error::{Error, Notice};
use crate::text::{Tokens, WordMap};

/// The position of a place in its gazetteer; cheap to copy, meaningless in another gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceRef(u32);

/// A name that a place bears, as the index keeps it.
#[derive(Debug, Clone)]
pub struct NameMatch {
    /// The place.
    pub place: PlaceRef,
    /// The name's first key, to tell an equal spelling from an equal sound.
    pub spelling: Arc<str>,
    /// It is the place's own name, not a variant.
    pub canonical: bool,
}

impl NameMatch {
    /// Whether the name is spelled like this first key, blanks aside.
    #[must_use]
    pub fn is_spelled(&self, key: &str) -> bool {
        let letters = |b: &u8| *b != b' ';
        self.spelling.bytes().filter(letters).eq(key.bytes().filter(letters))
    }
}

/// All places, found by id or by name.
#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    pub(super) by_id: FxHashMap<PlaceId, PlaceRef>,
    by_sound: FxHashMap<Box<str>, Vec<NameMatch>>,
    pub(super) seats: BTreeMap<PlaceId, PlaceRef>,
    types: WordMap<Vec<PlaceKind>>,
    /// By place, what lies around it; `link` fills it.
    links: Vec<Links>,
    longest_name: usize,
    pub(super) notices: Vec<Notice>,
}

/// What the ids in a place's row lead to.
#[derive(Debug, Clone, Copy)]
struct Links {
    province: Option<PlaceRef>,
    district: Option<PlaceRef>,
    /// It is a provincial capital.
    capital: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceRow {
    id: String,
    name: String,
    kind: PlaceKind,
    admin1: Option<String>,
    admin2: Option<String>,
    country: String,
    longitude: f64,
    latitude: f64,
    accuracy_km: Option<f64>,
    population: Option<u32>,
    seat_of: Option<String>,
    name_fa: Option<String>,
    name_ps: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameRow {
    place_id: String,
    name: String,
    #[allow(dead_code, reason = "the column is checked, and used by labels in other languages")]
    lang: String,
    kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeRow {
    word: String,
    kinds: String,
}

const TYPES: &str = "gazetteer/types.csv";
const PLACES: &str = "gazetteer/places.csv";
const NAMES: &str = "gazetteer/names.csv";
/// About so many keys does a place have: the index is made so large from the start.
const KEYS_OF_A_PLACE: usize = 8;

impl Gazetteer {
    /// Loads `gazetteer/places.csv`, `gazetteer/names.csv` and `gazetteer/types.csv`, and lays the user's table over
    /// them if there is one ([`DataFiles::with_places`]). What is wrong with that one stands in [`Gazetteer::notices`].
    ///
    /// # Errors
    /// `Error::Data` names the table and line that is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Gazetteer, Error> {
        let places: Vec<Place> = rows::<PlaceRow>(data, PLACES)?.into_iter().map(place_of).collect();
        let by_id: FxHashMap<PlaceId, PlaceRef> =
            places.iter().enumerate().map(|(i, p)| (p.id.clone(), reference(i))).collect();
        let seats = places
            .iter()
            .enumerate()
            .filter_map(|(i, p)| p.seat_of.clone().map(|unit| (unit, reference(i))))
            .collect();
        let types = rows::<TypeRow>(data, TYPES)?
            .into_iter()
            .map(|row| Ok((row.word, kinds(&row.kinds)?)))
            .collect::<Result<_, Error>>()?;
        let by_sound =
            FxHashMap::with_capacity_and_hasher(KEYS_OF_A_PLACE * places.len(), Default::default());
        let mut gazetteer = Gazetteer {
            places,
            by_id,
            by_sound,
            seats,
            types,
            links: Vec::new(),
            longest_name: 1,
            notices: Vec::new(),
        };
        gazetteer.link();
        gazetteer.index(rows::<NameRow>(data, NAMES)?)?;
        gazetteer.lay_over(data)?;
        gazetteer.link();
        Ok(gazetteer)
    }

    /// Follows the ids of every place to the places they name.
    fn link(&mut self) {
        let at = |id: &Option<PlaceId>| id.as_ref().and_then(|id| self.by_id(id.as_str()));
        let links = |place: &Place| Links {
            province: at(&place.admin1),
            district: at(&place.admin2),
            capital: at(&place.seat_of).is_some_and(|unit| self.get(unit).kind == PlaceKind::Province),
        };
        self.links = self.places.iter().map(links).collect();
    }

    fn index(&mut self, names: Vec<NameRow>) -> Result<(), Error> {
        for i in 0..self.places.len() {
            let Place { name, name_fa, name_ps, .. } = self.places[i].clone();
            for own in [Some(name), name_fa, name_ps].into_iter().flatten() {
                self.add_name(reference(i), &own, true);
            }
        }
        for (line, row) in names.into_iter().enumerate() {
            let place = self.by_id.get(row.place_id.as_str()).copied().ok_or_else(|| Error::Data {
                file: NAMES.to_owned(),
                line: Some(line as u64 + 2),
                problem: format!("names a place {} that {PLACES} does not hold", row.place_id),
            })?;
            self.add_name(place, &row.name, row.kind == "canonical");
        }
        Ok(())
    }

    pub(super) fn add_name(&mut self, place: PlaceRef, name: &str, canonical: bool) {
        let tokens = Tokens::of(name);
        let words = words(&tokens);
        let spelling: Arc<str> = spelling_key(words.iter().copied()).into();
        let mut keys = further_keys(&words);
        keys.push(sound_key(words.iter().copied()));
        for key in keys {
            let name = NameMatch { place, spelling: Arc::clone(&spelling), canonical };
            match self.by_sound.get_mut(key.as_str()) {
                Some(names) if names.iter().any(|n| n.place == place && n.spelling == spelling) => {}
                Some(names) => names.push(name),
                None => {
                    self.by_sound.insert(key.into(), vec![name]);
                }
            }
        }
        self.longest_name = self.longest_name.max(words.len() + 2).min(7);
    }

    /// The places that bear a name, spelled just so.
    pub(super) fn bearers(&self, name: &str) -> impl Iterator<Item = PlaceRef> {
        let tokens = Tokens::of(name);
        let words = words(&tokens);
        let spelling = spelling_key(words.iter().copied());
        let matches = self.sounding(&sound_key(words)).iter();
        matches.filter(move |m| *m.spelling == *spelling).map(|m| m.place)
    }

    pub(super) fn push(&mut self, place: Place) -> PlaceRef {
        self.places.push(place);
        reference(self.places.len() - 1)
    }

    pub(super) fn place_mut(&mut self, place: PlaceRef) -> &mut Place {
        &mut self.places[place.0 as usize]
    }

    /// What is wrong with the user's table of places, by line.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The kinds that a type word stands for ("province", "woluswali"), most likely first.
    #[must_use]
    pub fn kinds_of_type_word(&self, folded: &str) -> Option<&[PlaceKind]> {
        self.types.get(folded).map(Vec::as_slice)
    }

    /// Every place.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    /// The place behind a reference.
    #[must_use]
    pub fn get(&self, place: PlaceRef) -> &Place {
        &self.places[place.0 as usize]
    }

    /// The place with this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<PlaceRef> {
        self.by_id.get(id).copied()
    }

    /// Names that sound like this key (see `sound_key`).
    #[must_use]
    pub fn sounding(&self, key: &str) -> &[NameMatch] {
        self.by_sound.get(key).map_or(&[], Vec::as_slice)
    }

    /// All sound keys, in no order; for building filters.
    pub fn sound_keys(&self) -> impl Iterator<Item = &str> {
        self.by_sound.keys().map(AsRef::as_ref)
    }

    /// The most words that a name may span.
    #[must_use]
    pub fn longest_name(&self) -> usize {
        self.longest_name
    }

    /// The centre of a province or district, where known.
    #[must_use]
    pub fn seat_of(&self, unit: &PlaceId) -> Option<PlaceRef> {
        self.seats.get(unit).copied()
    }

    /// The province a place lies in; a province lies in itself.
    #[must_use]
    pub fn province_of(&self, place: PlaceRef) -> Option<PlaceRef> {
        self.links.get(place.0 as usize)?.province
    }

    /// The district a place lies in; a district lies in itself.
    #[must_use]
    pub fn district_of(&self, place: PlaceRef) -> Option<PlaceRef> {
        self.links.get(place.0 as usize)?.district
    }

    /// Whether `place` is a provincial capital.
    #[must_use]
    pub fn is_capital(&self, place: PlaceRef) -> bool {
        self.links.get(place.0 as usize).is_some_and(|links| links.capital)
    }

    /// Whether `inner` is `outer`, lies in it, or is its centre.
    #[must_use]
    pub fn contains(&self, outer: PlaceRef, inner: PlaceRef) -> bool {
        outer == inner || self.province_of(inner) == Some(outer) || self.district_of(inner) == Some(outer)
    }
}

impl std::borrow::Borrow<str> for PlaceId {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

fn words<'t>(tokens: &'t Tokens<'_>) -> Vec<&'t str> {
    (0..tokens.len()).map(|i| tokens.fold(i)).filter(|w| w.starts_with(char::is_alphanumeric)).collect()
}

fn kinds(list: &str) -> Result<Vec<PlaceKind>, Error> {
    list.split("; ")
        .map(|k| {
            PlaceKind::named(k).ok_or_else(|| Error::Data {
                file: TYPES.to_owned(),
                line: None,
                problem: format!("{k:?} is no kind of place"),
            })
        })
        .collect()
}

fn reference(i: usize) -> PlaceRef {
    PlaceRef(u32::try_from(i).unwrap_or(u32::MAX))
}

fn place_of(row: PlaceRow) -> Place {
    let id = |s: Option<String>| s.filter(|s| !s.is_empty()).map(|s| PlaceId::new(&s));
    let text = |s: Option<String>| s.filter(|s| !s.is_empty());
    Place {
        id: PlaceId::new(&row.id),
        name: row.name,
        kind: row.kind,
        admin1: id(row.admin1),
        admin2: id(row.admin2),
        country: row.country,
        position: Point::new(row.longitude, row.latitude),
        accuracy_km: row.accuracy_km.unwrap_or(0.0),
        population: row.population.unwrap_or(0),
        seat_of: id(row.seat_of),
        name_fa: text(row.name_fa),
        name_ps: text(row.name_ps),
    }
}

fn rows<T: for<'de> Deserialize<'de>>(data: &DataFiles, file: &str) -> Result<Vec<T>, Error> {
    let mut reader = csv::Reader::from_reader(data.bytes(file)?);
    reader
        .deserialize()
        .map(|row| {
            row.map_err(|e| Error::Data {
                file: file.to_owned(),
                line: e.position().map(csv::Position::line),
                problem: e.to_string(),
            })
        })
        .collect()
}
