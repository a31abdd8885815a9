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

/// The first words of a sentence, on one line, an ellipsis where some are left out.
pub(super) fn short(text: &str, words: usize) -> String {
    let all: Vec<&str> = text.split_whitespace().collect();
    if all.len() <= words {
        return all.join(" ");
    }
    format!("{} …", all[..words].join(" "))
}
