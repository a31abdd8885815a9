//! The gazetteer: all places, found by id or by name, with what contains what.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::keys::{Keys, sound_key, spelling_key};
use super::rows::{NAMES, NameRow, PLACES, PlaceRow, TYPES, TypeRow, fields};
use super::{Place, PlaceId, PlaceKind};
use crate::data::DataFiles;
use crate::error::{Error, Notice};
use crate::text::{Tokens, Word, WordMap, fold};

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
        if self.spelling.as_bytes().first() != key.as_bytes().first() {
            return false;
        }
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
    /// By province, the keys that name its districts, once they were asked for.
    pub(super) districts: OnceLock<BTreeMap<PlaceRef, Vec<Box<str>>>>,
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

impl Gazetteer {
    /// Loads `gazetteer/places.csv`, `gazetteer/names.csv` and `gazetteer/types.csv`, and lays the user's table over
    /// them if there is one ([`DataFiles::with_places`]). What is wrong with that one stands in [`Gazetteer::notices`].
    ///
    /// # Errors
    /// `Error::Data` names the table and line that is malformed.
    pub fn from_data(data: &DataFiles) -> Result<Gazetteer, Error> {
        let mut gazetteer = Gazetteer {
            places: Vec::with_capacity(PLACES_ABOUT),
            by_id: FxHashMap::with_capacity_and_hasher(PLACES_ABOUT, Default::default()),
            by_sound: FxHashMap::with_capacity_and_hasher(8 * PLACES_ABOUT, Default::default()),
            seats: BTreeMap::new(),
            types: WordMap::default(),
            links: Vec::new(),
            districts: OnceLock::new(),
            longest_name: 1,
            notices: Vec::new(),
        };
        let mut types = Vec::new();
        TYPES.each(data, |record| {
            let row: TypeRow<'_> = fields(record)?;
            types.push((row.word.to_owned(), kinds(row.kinds)?));
            Ok(())
        })?;
        gazetteer.types = types.into_iter().collect();
        PLACES.each(data, |record| {
            let place = Place::from(fields::<PlaceRow<'_>>(record)?);
            let (id, seat_of) = (place.id.clone(), place.seat_of.clone());
            let at = gazetteer.push(place);
            gazetteer.by_id.insert(id, at);
            if let Some(unit) = seat_of {
                gazetteer.seats.insert(unit, at);
            }
            Ok(())
        })?;
        gazetteer.link();
        gazetteer.index(data)?;
        gazetteer.lay_over(data)?;
        Ok(gazetteer)
    }

    /// Follows the ids of every place to the places they name.
    pub(super) fn link(&mut self) {
        let at = |id: &Option<PlaceId>| id.as_ref().and_then(|id| self.by_id(id.as_str()));
        let links = |place: &Place| Links {
            province: at(&place.admin1),
            district: at(&place.admin2),
            capital: at(&place.seat_of).is_some_and(|unit| self.get(unit).kind == PlaceKind::Province),
        };
        self.links = self.places.iter().map(links).collect();
    }

    fn index(&mut self, data: &DataFiles) -> Result<(), Error> {
        let mut scratch = Scratch::default();
        let places = std::mem::take(&mut self.places);
        for (i, place) in places.iter().enumerate() {
            for own in
                [Some(&place.name), place.name_fa.as_ref(), place.name_ps.as_ref()].into_iter().flatten()
            {
                self.list(reference(i), own, true, &mut scratch);
            }
        }
        self.places = places;
        NAMES.each(data, |record| {
            let row: NameRow<'_> = fields(record)?;
            let place = self.by_id.get(row.place_id).copied();
            let place = place.ok_or_else(|| format!("{} is not in {}", row.place_id, PLACES.file))?;
            self.list(place, row.name, row.kind == "canonical", &mut scratch);
            Ok(())
        })
    }

    pub(super) fn add_name(&mut self, place: PlaceRef, name: &str, canonical: bool) {
        self.list(place, name, canonical, &mut Scratch::default());
    }

    fn list(&mut self, place: PlaceRef, name: &str, canonical: bool, scratch: &mut Scratch) {
        fold_name_into(name, &mut scratch.folded);
        let words: Vec<&str> = scratch.folded.split(' ').filter(|w| !w.is_empty()).collect();
        let spelling: Arc<str> = spelling_key(words.iter().copied()).into();
        for key in scratch.keys.of(&words) {
            let matches = match self.by_sound.get_mut(key) {
                Some(matches) => matches,
                None => self.by_sound.entry(key.into()).or_insert_with(|| Vec::with_capacity(1)),
            };
            if !matches.iter().any(|m| m.place == place && m.spelling == spelling) {
                matches.push(NameMatch { place, spelling: Arc::clone(&spelling), canonical });
            }
        }
        self.longest_name = self.longest_name.max(words.len() + 2).min(7);
    }

    /// The places that bear a name, spelled just so.
    pub(super) fn bearers(&self, name: &str) -> impl Iterator<Item = PlaceRef> {
        let mut folded = String::new();
        fold_name_into(name, &mut folded);
        let words = || folded.split(' ').filter(|w| !w.is_empty());
        let spelling = spelling_key(words());
        let matches = self.sounding(&sound_key(words())).iter();
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
    pub fn kinds_of_type_word<'w>(&self, folded: impl Into<Word<'w>>) -> Option<&[PlaceKind]> {
        self.types.get(folded).map(Vec::as_slice)
    }

    /// Every place.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    /// The border crossings.
    pub fn crossings(&self) -> impl Iterator<Item = PlaceRef> {
        let all = (0..).zip(&self.places);
        all.filter(|(_, p)| p.kind == PlaceKind::Crossing).map(|(n, _)| PlaceRef(n))
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

    /// Names that sound like a place's own with a further word behind it: "Kunduz airport".
    #[must_use]
    pub fn sounding_after(&self, place: PlaceRef, word: &str) -> &[NameMatch] {
        let name = Tokens::of(&self.get(place).name);
        let words = (0..name.len()).map(|i| name.fold(i)).chain([word]);
        self.sounding(&sound_key(words))
    }

    /// All sound keys with the names that sound so, in no order; for building filters.
    pub fn sounds(&self) -> impl Iterator<Item = (&str, &[NameMatch])> + Clone {
        self.by_sound.iter().map(|(key, names)| (&**key, names.as_slice()))
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

/// So many places are made room for.
const PLACES_ABOUT: usize = 2000;

impl std::borrow::Borrow<str> for PlaceId {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

/// What is used again from one name to the next.
#[derive(Default)]
struct Scratch {
    folded: String,
    keys: Keys,
}

/// Writes the folded words of a name over what `folded` holds, with blanks between. Most names need no tokens for that.
fn fold_name_into(name: &str, folded: &mut String) {
    folded.clear();
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b' ' || b == b'-';
    if name.bytes().all(is_plain) {
        folded.extend(name.bytes().map(|b| if b == b'-' { ' ' } else { b.to_ascii_lowercase() as char }));
    } else if name.chars().all(|c| c == ' ' || matches!(c, '\u{0621}'..='\u{064A}' | '\u{0671}'..='\u{06D3}'))
    {
        folded.push_str(&fold(name));
    } else {
        let tokens = Tokens::of(name);
        let words = (0..tokens.len()).map(|i| tokens.fold(i));
        for word in words.filter(|w| w.starts_with(char::is_alphanumeric)) {
            folded.push(' ');
            folded.push_str(word);
        }
    }
}

fn kinds(list: &str) -> Result<Vec<PlaceKind>, String> {
    list.split("; ")
        .map(|kind| PlaceKind::named(kind).ok_or_else(|| format!("{kind:?} is no kind of place")))
        .collect()
}

fn reference(i: usize) -> PlaceRef {
    PlaceRef(u32::try_from(i).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::fold_name_into;
    use crate::text::Tokens;

    #[test]
    fn names_fold_as_their_tokens_do() {
        for name in [
            "Qala-e-Naw",
            "Kabul PD1",
            "Nad 'Ali",
            "1st district of Herat",
            "Paghmān",
            "U.S. base",
            "آب بند",
            "ننګرهار",
            "خواجه\u{200c}غار",
            "Kabul–Kandahar Highway",
            "Mazar - e Sharif ",
            "څمکنۍ",
            "میمنۀ",
            "",
        ] {
            let tokens = Tokens::of(name);
            let words: Vec<&str> = (0..tokens.len())
                .map(|i| tokens.fold(i))
                .filter(|w| w.starts_with(char::is_alphanumeric))
                .collect();
            let mut folded = String::new();
            fold_name_into(name, &mut folded);
            assert!(
                folded.split(' ').filter(|w| !w.is_empty()).eq(words.iter().copied()),
                "{name}: {folded}"
            );
        }
    }
}
