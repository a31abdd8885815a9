//! The words that rules speak of, numbered, and the sets they belong to.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::Error;
use crate::text::{Word, WordMap};

/// A word that some rule, set or phrase names; `WordId::OTHER` for all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u32);

impl WordId {
    /// A word that no rule names.
    pub const OTHER: WordId = WordId(0);

    /// Its place in tables by word.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A set of words, `@name` in patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SetId(u8);

/// All words that rules speak of, each with its sets.
#[derive(Debug)]
pub struct Vocabulary {
    words: WordMap<WordId>,
    sets: BTreeMap<String, SetId>,
    /// By word, a bit for each set it belongs to.
    members: Vec<u128>,
}

impl Default for Vocabulary {
    /// No words and no sets.
    fn default() -> Vocabulary {
        Vocabulary { words: WordMap::default(), sets: BTreeMap::new(), members: vec![0] }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFile {
    sets: BTreeMap<String, Vec<String>>,
}

impl Vocabulary {
    /// The sets of a TOML text (`[sets]`, each a list of folded words).
    ///
    /// # Errors
    /// `Error::Data` where the text is malformed or holds more than 128 sets.
    pub fn from_toml(file: &str, text: &str) -> Result<Vocabulary, Error> {
        let problem = |problem: String| Error::Data { file: file.to_owned(), line: None, problem };
        let parsed: SetFile = toml::from_str(text).map_err(|e| problem(e.to_string()))?;
        let mut vocabulary = Vocabulary::default();
        for (number, (name, words)) in parsed.sets.into_iter().enumerate() {
            let id = u8::try_from(number).ok().filter(|n| *n < 128);
            let id = SetId(id.ok_or_else(|| problem(format!("set {name} is one too many: at most 128")))?);
            for word in words {
                if word.contains(' ') {
                    return Err(problem(format!("set {name} holds {word:?}: sets hold single words")));
                }
                let word = vocabulary.intern(&word);
                vocabulary.members[word.0 as usize] |= 1 << id.0;
            }
            vocabulary.sets.insert(name, id);
        }
        Ok(vocabulary)
    }

    /// The number of `word` (folded), added if new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = self.next();
        self.members.push(0);
        self.words.or_insert_with(word, || id);
        id
    }

    /// The number of `word` (folded), `OTHER` where no rule names it.
    #[must_use]
    pub fn id<'w>(&self, word: impl Into<Word<'w>>) -> WordId {
        self.words.get(word).copied().unwrap_or(WordId::OTHER)
    }

    /// The number that the next new word will have.
    #[must_use]
    pub fn next(&self) -> WordId {
        WordId(u32::try_from(self.members.len()).unwrap_or(0))
    }

    /// The set called `name`.
    #[must_use]
    pub fn set(&self, name: &str) -> Option<SetId> {
        self.sets.get(name).copied()
    }

    /// Whether `word` belongs to `set`.
    #[must_use]
    #[inline]
    pub fn is_in(&self, word: WordId, set: SetId) -> bool {
        self.members[word.0 as usize] >> set.0 & 1 == 1
    }

    /// The words of a set, in the order of their numbers.
    pub fn words_of(&self, set: SetId) -> impl Iterator<Item = WordId> {
        let bit = Vocabulary::bit(set);
        (0u32..).zip(&self.members).filter(move |(_, sets)| **sets & bit != 0).map(|(i, _)| WordId(i))
    }

    /// A bit for each set that `word` belongs to; bits of several words may be or-ed.
    #[must_use]
    #[inline]
    pub fn sets_of(&self, word: WordId) -> u128 {
        self.members[word.0 as usize]
    }

    /// The bit of `set` in `sets_of`.
    #[must_use]
    pub fn bit(set: SetId) -> u128 {
        1 << set.0
    }
}
