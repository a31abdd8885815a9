//! Tables of folded words, searched by hashes that a text computes once for each of its words.

use std::collections::BTreeMap;
use std::hash::Hasher;

use rustc_hash::FxHasher;
use serde::{Deserialize, Deserializer};

use super::Tokens;

/// A folded word as tables look it up.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    folded: &'t [u8],
    hash: u32,
}

impl<'t> Word<'t> {
    #[inline]
    pub(super) fn hash_of(folded: &[u8]) -> u32 {
        let mut hasher = FxHasher::default();
        hasher.write(folded);
        let hash = hasher.finish();
        (hash ^ hash >> 32) as u32
    }
}

impl<'t> From<&'t str> for Word<'t> {
    fn from(folded: &'t str) -> Word<'t> {
        Word { folded: folded.as_bytes(), hash: Word::hash_of(folded.as_bytes()) }
    }
}

impl<'t> From<&'t String> for Word<'t> {
    fn from(folded: &'t String) -> Word<'t> {
        folded.as_str().into()
    }
}

impl Tokens<'_> {
    /// The folded spelling of token `i` as tables of words look it up.
    #[must_use]
    #[inline]
    pub fn word(&self, i: usize) -> Word<'_> {
        self.get(i).map_or("".into(), |token| {
            let fold = token.fold_start as usize..token.fold_end as usize;
            Word { folded: &self.folded.as_bytes()[fold], hash: token.hash }
        })
    }
}

/// A set of folded words. The empty word is never in it.
///
/// ```
/// use naqsha::text::WordSet;
/// let near: WordSet = ["near", "outside"].into_iter().map(str::to_owned).collect();
/// assert!(near.contains("near") && !near.contains("nearby") && !near.contains(""));
/// ```
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    words: WordMap<()>,
}

impl WordSet {
    /// Whether `word` is in the set.
    #[must_use]
    pub fn contains<'w>(&self, word: impl Into<Word<'w>>) -> bool {
        self.words.get(word).is_some()
    }

    /// Its words, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.words()
    }
}

impl FromIterator<String> for WordSet {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> WordSet {
        let mut set = WordSet::default();
        set.extend(words);
        set
    }
}

impl Extend<String> for WordSet {
    fn extend<I: IntoIterator<Item = String>>(&mut self, words: I) {
        self.words.extend(words.into_iter().map(|word| (word, ())));
    }
}

impl<'de> Deserialize<'de> for WordSet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<WordSet, D::Error> {
        Ok(Vec::<String>::deserialize(from)?.into_iter().collect())
    }
}

/// Folded words, each with what is known of it. Nothing is known of the empty word.
#[derive(Debug, Clone)]
pub struct WordMap<V> {
    entries: Vec<(Box<str>, V)>,
    /// Each entry's hash and number, where the hash puts it or in the next free slot; a number of 0 is a free slot, and
    /// half of the slots are.
    slots: Vec<(u32, u32)>,
}

impl<V> Default for WordMap<V> {
    fn default() -> WordMap<V> {
        WordMap { entries: Vec::new(), slots: Vec::new() }
    }
}

impl<V> WordMap<V> {
    /// The number of `word`, else the free slot where it would stand.
    #[inline]
    fn find(&self, word: Word<'_>) -> Result<usize, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = word.hash as usize & mask;
        while let Some((hash, number)) = self.slots.get(at).filter(|slot| slot.1 != 0) {
            let entry = *number as usize - 1;
            if *hash == word.hash && self.entries[entry].0.as_bytes() == word.folded {
                return Ok(entry);
            }
            at = (at + 1) & mask;
        }
        Err(at)
    }

    /// What is known of `word`.
    #[must_use]
    pub fn get<'w>(&self, word: impl Into<Word<'w>>) -> Option<&V> {
        let entry = self.find(word.into()).ok()?;
        Some(&self.entries[entry].1)
    }

    /// Whether anything is.
    #[must_use]
    pub fn contains_key<'w>(&self, word: impl Into<Word<'w>>) -> bool {
        self.get(word).is_some()
    }

    /// The entry of `word`, made by `new` where there is none.
    pub fn or_insert_with(&mut self, word: &str, new: impl FnOnce() -> V) -> &mut V {
        let entry = self.find(word.into()).unwrap_or_else(|_| {
            self.entries.push((word.into(), new()));
            self.file(self.entries.len());
            self.entries.len() - 1
        });
        &mut self.entries[entry].1
    }

    /// Puts entry `number`, counted from 1, in its slot.
    fn file(&mut self, number: usize) {
        if self.slots.len() < 2 * number {
            self.slots = vec![(0, 0); (4 * number).next_power_of_two()];
            (1..number).for_each(|earlier| self.file(earlier));
        }
        let word = Word::from(&*self.entries[number - 1].0);
        if let (Err(free), false) = (self.find(word), word.folded.is_empty()) {
            self.slots[free] = (word.hash, u32::try_from(number).unwrap_or(0));
        }
    }

    /// Its words, in no order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(word, _)| &**word)
    }

    /// Everything that is known, in no order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }
}

impl<V> FromIterator<(String, V)> for WordMap<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(words: I) -> WordMap<V> {
        let mut map = WordMap::default();
        map.extend(words);
        map
    }
}

impl<V> Extend<(String, V)> for WordMap<V> {
    fn extend<I: IntoIterator<Item = (String, V)>>(&mut self, words: I) {
        for (word, value) in words {
            match self.find(word.as_str().into()) {
                Ok(entry) => self.entries[entry].1 = value,
                Err(_) => {
                    self.entries.push((word.into(), value));
                    self.file(self.entries.len());
                }
            }
        }
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for WordMap<V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<WordMap<V>, D::Error> {
        Ok(BTreeMap::<String, V>::deserialize(from)?.into_iter().collect())
    }
}
