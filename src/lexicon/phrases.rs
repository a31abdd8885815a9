//! Phrases: runs of words that stand for something, found longest first.

use super::{ByWord, Vocabulary, WordId};

/// Phrases, each with what it stands for.
#[derive(Debug)]
pub struct Phrases<T> {
    /// By its first word, where a phrase goes on.
    firsts: ByWord<Option<Node<T>>>,
    words: Vec<WordId>,
}

/// The phrases that begin alike.
#[derive(Debug)]
struct Node<T> {
    meaning: Option<T>,
    /// By the next word, in the order of the words.
    next: Vec<(WordId, Node<T>)>,
}

impl<T> Default for Node<T> {
    fn default() -> Node<T> {
        Node { meaning: None, next: Vec::new() }
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { firsts: ByWord::default(), words: Vec::new() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase of blank-separated folded words; of two alike the first counts.
    pub fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, meaning: T) {
        let mut words = phrase.split_whitespace().map(|w| vocabulary.intern(w));
        let Some(first) = words.next() else { return };
        self.words.push(first);
        let mut node = self.firsts.or_default(first).get_or_insert_default();
        for word in words {
            let at = match node.next.binary_search_by_key(&word, |(w, _)| *w) {
                Ok(at) => at,
                Err(at) => {
                    node.next.insert(at, (word, Node::default()));
                    at
                }
            };
            node = &mut node.next[at].1;
        }
        node.meaning.get_or_insert(meaning);
    }

    /// The longest phrase at the start of `words`, and how many words it spans.
    #[must_use]
    pub fn longest(&self, words: &[WordId]) -> Option<(usize, &T)> {
        let (first, rest) = words.split_first()?;
        let mut node = self.firsts.get(*first)?.as_ref()?;
        let mut longest = node.meaning.as_ref().map(|m| (1, m));
        for (n, word) in (2..).zip(rest) {
            let Ok(at) = node.next.binary_search_by_key(word, |(w, _)| *w) else { break };
            node = &node.next[at].1;
            longest = node.meaning.as_ref().map(|m| (n, m)).or(longest);
        }
        longest
    }

    /// The first words of all phrases.
    pub fn firsts(&self) -> impl Iterator<Item = WordId> {
        self.words.iter().copied()
    }
}
