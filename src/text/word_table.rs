//! Tables of folded words: most words of a text stand in none, and their first letter and length tell so.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Deserializer};

/// By first letter, the lengths of the words of a table.
#[derive(Debug, Clone, Default)]
struct Lengths([u32; 32]);

impl Lengths {
    fn slot(word: &str) -> Option<(usize, u32)> {
        let first = word.as_bytes().first()?;
        Some((usize::from(first & 31), 1 << word.len().min(31)))
    }

    fn add(&mut self, word: &str) {
        if let Some((letter, length)) = Lengths::slot(word) {
            self.0[letter] |= length;
        }
    }

    fn may_hold(&self, word: &str) -> bool {
        Lengths::slot(word).is_some_and(|(letter, length)| self.0[letter] & length != 0)
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
    words: FxHashSet<Box<str>>,
    lengths: Lengths,
}

impl WordSet {
    /// Whether `word` is in the set.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.lengths.may_hold(word) && self.words.contains(word)
    }

    /// Its words, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(AsRef::as_ref)
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
        for word in words {
            self.lengths.add(&word);
            self.words.insert(word.into());
        }
    }
}

impl<'de> Deserialize<'de> for WordSet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<WordSet, D::Error> {
        Ok(Vec::<String>::deserialize(from)?.into_iter().collect())
    }
}

/// Folded words, each with what is known of it.
#[derive(Debug, Clone)]
pub struct WordMap<V> {
    words: FxHashMap<Box<str>, V>,
    lengths: Lengths,
}

impl<V> Default for WordMap<V> {
    fn default() -> WordMap<V> {
        WordMap { words: FxHashMap::default(), lengths: Lengths::default() }
    }
}

impl<V> WordMap<V> {
    /// What is known of `word`.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&V> {
        if self.lengths.may_hold(word) { self.words.get(word) } else { None }
    }

    /// Whether anything is.
    #[must_use]
    pub fn contains_key(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// The entry of `word`, made by `new` where there is none.
    pub fn or_insert_with(&mut self, word: &str, new: impl FnOnce() -> V) -> &mut V {
        self.lengths.add(word);
        self.words.entry(word.into()).or_insert_with(new)
    }

    /// Its words, in no order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(AsRef::as_ref)
    }

    /// Everything that is known, in no order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.words.values_mut()
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
            self.lengths.add(&word);
            self.words.insert(word.into(), value);
        }
    }
}
