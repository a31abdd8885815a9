//! Strings of a page, each kept once.

use std::collections::BTreeMap;

/// Strings by their number.
#[derive(Debug, Default)]
pub(super) struct Strings {
    numbers: BTreeMap<String, usize>,
}

impl Strings {
    /// The number of a string.
    pub(super) fn number(&mut self, text: &str) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(text.to_owned()).or_insert(next)
    }

    /// All strings, each at its number.
    pub(super) fn into_list(self) -> Vec<String> {
        let mut list: Vec<(usize, String)> = self.numbers.into_iter().map(|(text, n)| (n, text)).collect();
        list.sort();
        list.into_iter().map(|(_, text)| text).collect()
    }
}
