//! The first sounds of names, by which most capitalised words are told to be none.

use rustc_hash::FxHashSet;

use crate::gazetteer::{first_sounds_into, opening_sounds_into};

/// The first sounds of some names.
#[derive(Debug, Default)]
pub(super) struct Heads {
    short: FxHashSet<u64>,
    /// More of them, for names that have as many.
    long: FxHashSet<u64>,
}

/// How many bytes of its sound key a word is told by.
const SHORT: usize = 4;
/// How many the first word of a name of several is told by.
const LONG: usize = 6;

impl<'k> FromIterator<&'k str> for Heads {
    fn from_iter<I: IntoIterator<Item = &'k str>>(keys: I) -> Heads {
        let mut heads = Heads::default();
        for key in keys {
            heads.short.insert(head(key, SHORT));
            if key.len() >= LONG {
                heads.long.insert(head(key, LONG));
            }
        }
        heads
    }
}

impl Heads {
    /// Whether a name may begin with `word`; `key` is written over.
    pub(super) fn may_begin(&self, word: &str, key: &mut String) -> bool {
        opening_sounds_into(word, SHORT, key);
        key.len() < SHORT || self.short.contains(&head(key, SHORT))
    }

    /// Whether a name of several words may begin with `word`; `key` is written over.
    pub(super) fn may_go_on(&self, word: &str, key: &mut String) -> bool {
        first_sounds_into(word, key);
        key.len() < LONG || self.long.contains(&head(key, LONG))
    }
}

/// The first bytes of a key as one number.
fn head(key: &str, bytes: usize) -> u64 {
    key.bytes().take(bytes).fold(0, |head, byte| head << 8 | u64::from(byte))
}
