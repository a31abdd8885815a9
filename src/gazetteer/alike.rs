//! Likeness: how far two names sound alike, and which district of a province a name in no table stands for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Gazetteer, NameMatch, PlaceKind, PlaceRef, sound_key};

/// With fewer sounds too many names are alike.
const LEAST: usize = 5;

/// How many vowels may differ.
const VOWELS: usize = 2;

impl Gazetteer {
    /// The names of the one district of `province` that sounds like `words`, but for a letter or its vowels: "Kaldara
    /// district of Balkh" is Kaldar, since a province has few districts and romanisations are many.
    ///
    /// ```
    /// use naqsha::{data::DataFiles, gazetteer::Gazetteer};
    /// let gazetteer = Gazetteer::from_data(&DataFiles::bundled())?;
    /// let balkh = gazetteer.by_id("AF-BAL").unwrap();
    /// assert!(gazetteer.district_alike(&["kaldara"], balkh).is_some());
    /// assert!(gazetteer.district_alike(&["kandahara"], balkh).is_none());
    /// # Ok::<(), naqsha::error::Error>(())
    /// ```
    #[must_use]
    pub fn district_alike(&self, words: &[&str], province: PlaceRef) -> Option<&[NameMatch]> {
        let key = sound_key(words.iter().copied());
        let known = self.districts.get_or_init(|| self.district_keys()).get(&province)?;
        let near: Vec<&str> = known.iter().map(|k| &**k).filter(|other| is_alike(&key, other)).collect();
        let best = near.iter().min_by_key(|other| (distance(&key, other), **other))?;
        let of = |key: &str| self.sounding(key).iter().find(|n| self.is_district_of(n.place, province));
        let place = of(best)?.place;
        near.iter().all(|k| of(k).is_some_and(|n| n.place == place)).then(|| self.sounding(best))
    }

    fn is_district_of(&self, place: PlaceRef, province: PlaceRef) -> bool {
        self.get(place).kind == PlaceKind::District && self.province_of(place) == Some(province)
    }

    fn district_keys(&self) -> BTreeMap<PlaceRef, Vec<Box<str>>> {
        let mut keys: BTreeMap<PlaceRef, Vec<Box<str>>> = BTreeMap::new();
        for (key, names) in self.sounds() {
            let districts = names.iter().filter(|n| self.get(n.place).kind == PlaceKind::District);
            let provinces: BTreeSet<PlaceRef> = districts.filter_map(|n| self.province_of(n.place)).collect();
            for province in provinces {
                keys.entry(province).or_default().push(key.into());
            }
        }
        keys
    }
}

/// Whether two keys differ by one sound, or by few vowels. "Kh" is often written k.
fn is_alike(key: &str, other: &str) -> bool {
    let plain = |key: &str| key.replace('x', "k");
    let (key, other) = (plain(key), plain(other));
    let (key, other) = (key.as_str(), other.as_str());
    key.len() >= LEAST
        && key.len().abs_diff(other.len()) <= VOWELS
        && match distance(key, other) {
            0 | 1 => true,
            edits => edits <= VOWELS && consonants(key) == consonants(other),
        }
}

pub(super) fn consonants(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, 'a' | 'i' | 'u')).collect()
}

/// Edits between two keys (Levenshtein 1966).
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
