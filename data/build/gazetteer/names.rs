//! The names of places beside their own: those that the look-up keys do not reach already.

use std::collections::{BTreeMap, BTreeSet};

use naqsha::gazetteer::{PlaceKind, further_keys, sound_key};
use naqsha::text::Tokens;
use serde::Serialize;

use super::Row;

/// A row of `names.csv`.
#[derive(Serialize)]
pub(super) struct NameRow {
    pub(super) place_id: String,
    pub(super) name: String,
    pub(super) lang: String,
    pub(super) kind: &'static str,
}

/// The names gathered so far, with the keys that reach them.
pub(super) struct Names<'p> {
    places: BTreeMap<&'p str, &'p Row>,
    by_key: BTreeMap<String, BTreeSet<&'p str>>,
    rows: Vec<NameRow>,
}

impl<'p> Names<'p> {
    /// The own names of all places.
    pub(super) fn of(places: &'p [Row]) -> Names<'p> {
        let mut names = Names { places: BTreeMap::new(), by_key: BTreeMap::new(), rows: Vec::new() };
        for place in places {
            names.places.insert(&place.id, place);
            for own in [Some(&place.name), place.name_fa.as_ref(), place.name_ps.as_ref()] {
                own.into_iter().for_each(|name| names.index(&place.id, name));
            }
        }
        names
    }

    fn index(&mut self, id: &'p str, name: &str) {
        for key in keys(name) {
            self.by_key.entry(key).or_default().insert(id);
        }
    }

    /// Adds a name; false where there is no such place. One whose keys reach the place already is left out, but where a
    /// place abroad is spelled so, and of provinces and their capitals: their known spellings stand without support.
    pub(super) fn add(&mut self, id: &str, name: &str, lang: &str) -> bool {
        let Some(place) = self.places.get(id).copied() else { return false };
        let reached = key(name).is_none_or(|k| self.by_key.get(&k).is_some_and(|ids| ids.contains(id)));
        let spelled_abroad = self.places.values().any(|p| p.country != place.country && p.name == name);
        let great = place.kind == PlaceKind::Province
            || place.seat_of.as_deref().is_some_and(|s| s.starts_with("AF-"));
        if !reached || spelled_abroad || great && lang == "en" && place.name != name {
            self.index(&place.id, name);
            self.rows.push(NameRow {
                place_id: place.id.clone(),
                name: name.to_owned(),
                lang: lang.to_owned(),
                kind: "alias",
            });
        }
        true
    }

    /// Whether a name would also be that of a place which neither lies in this one nor holds it.
    pub(super) fn is_taken(&self, id: &str, name: &str) -> bool {
        let others = key(name).and_then(|k| self.by_key.get(&k));
        others.is_some_and(|ids| ids.iter().any(|other| *other != id && !self.are_kin(id, other)))
    }

    fn are_kin(&self, a: &str, b: &str) -> bool {
        let (Some(a), Some(b)) = (self.places.get(a), self.places.get(b)) else { return false };
        let holds = |outer: &Row, inner: &Row| {
            inner.admin2.as_deref() == Some(outer.id.as_str())
                || inner.seat_of.as_deref() == Some(outer.id.as_str())
        };
        holds(a, b) || holds(b, a)
    }

    /// The rows, in the order they were added.
    pub(super) fn into_rows(self) -> Vec<NameRow> {
        self.rows
    }
}

/// The key of a name; None where it holds no word.
pub(super) fn key(name: &str) -> Option<String> {
    let tokens = Tokens::of(name);
    let key = sound_key(words(&tokens));
    (!key.is_empty()).then_some(key)
}

fn keys(name: &str) -> Vec<String> {
    let tokens = Tokens::of(name);
    let words = words(&tokens);
    let mut keys = further_keys(&words);
    keys.push(sound_key(words));
    keys
}

fn words<'t>(tokens: &'t Tokens<'_>) -> Vec<&'t str> {
    (0..tokens.len()).map(|i| tokens.fold(i)).filter(|w| w.starts_with(char::is_alphanumeric)).collect()
}

/// Whether a name from a list is one that a report could hold: Latin letters that begin with a capital, or
/// the Arabic script as Dari and Pashto write it; no airport code.
pub(super) fn is_written_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let latin = |c: char| c < '\u{0250}' || ('\u{1E00}'..'\u{1F00}').contains(&c);
    let urdu = |c: char| matches!(c, 'ہ' | 'ے' | 'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ھ');
    let marks = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '‘' | '’' | '\''));
    let first_is_capital = name.starts_with(|c: char| c.is_uppercase() && latin(c));
    let any_small = name.chars().any(char::is_lowercase);
    let is_latin = first_is_capital && any_small && letters.clone().all(latin);
    let is_arabic =
        letters.clone().all(|c| ('\u{0620}'..'\u{06D5}').contains(&c) && !urdu(c)) && !name.is_ascii();
    marks && letters.count() >= 4 && (is_latin || is_arabic)
}

/// Whether two keys differ by no more than a spelling would: an edit in four sounds.
pub(super) fn is_near(a: &str, b: &str) -> bool {
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
    row[b.len()] * 4 <= b.len()
}
