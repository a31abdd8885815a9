//! Phrases: runs of words that stand for something, found longest first.

use super::{ByWord, Vocabulary, WordId};

/// Phrases, each with what it stands for.
#[derive(Debug)]
pub struct Phrases<T> {
    by_first: ByWord<Vec<(Vec<WordId>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { by_first: ByWord::default() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase of blank-separated folded words.
    pub fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, meaning: T) {
        let words: Vec<WordId> = phrase.split_whitespace().map(|w| vocabulary.intern(w)).collect();
        let Some(first) = words.first() else { return };
        let same_start = self.by_first.or_default(*first);
        let at = same_start.partition_point(|(other, _)| other.len() >= words.len());
        same_start.insert(at, (words, meaning));
    }

    /// The longest phrase at the start of `words`, and how many words it spans.
    #[must_use]
    pub fn longest(&self, words: &[WordId]) -> Option<(usize, &T)> {
        self.by_first
            .get(*words.first()?)?
            .iter()
            .find(|(p, _)| words.starts_with(p))
            .map(|(p, m)| (p.len(), m))
    }

    /// The first words of all phrases.
    pub fn firsts(&self) -> impl Iterator<Item = WordId> {
        self.by_first.values().flatten().filter_map(|(words, _)| words.first().copied())
    }

    /// Everything that phrases stand for.
    pub fn meanings(&self) -> impl Iterator<Item = &T> {
        self.by_first.values().flatten().map(|(_, m)| m)
    }
}
