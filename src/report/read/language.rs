//! Whether a text is English, said only where it is certain that it is not.

use whatlang::{Lang, Script};

/// Letters from which the share of scripts means something.
const ENOUGH_FOR_SCRIPT: usize = 40;
/// Letters from which the language of a Latin text can be told.
const ENOUGH_FOR_LANGUAGE: usize = 80;
/// The share of words, in percent, that makes a text English when they are of the list below: English prose has more,
/// and no other language as many. A flash that is mostly names may have fewer, and its language is then guessed.
const ENGLISH_PERCENT: usize = 12;
/// The commonest words of any English text that are not also words of a neighbour, as "in", "was" and "a" are.
const ENGLISH: [&str; 32] = [
    "the", "of", "and", "to", "said", "were", "are", "by", "for", "with", "from", "has", "have", "been",
    "that", "which", "who", "it", "its", "they", "their", "he", "his", "as", "at", "but", "not", "after",
    "before", "into", "this", "there",
];
/// Letters that no other language writes.
const PASHTO: [char; 4] = ['ښ', 'ږ', 'ڼ', 'ۍ'];
/// Bytes at the start that are judged.
const SAMPLE: usize = 8 * 1024;

/// The language of a text that is certainly not English, for a notice.
pub(super) fn foreign(text: &str) -> Option<String> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let latin = sample.chars().filter(char::is_ascii_alphabetic).count();
    if letters < ENOUGH_FOR_SCRIPT {
        return None;
    }
    if latin * 2 < letters {
        // Names in brackets and whole quotes in Dari or Pashto are common in English reports.
        let guess = whatlang::detect(sample).filter(|i| i.script() != Script::Latin);
        if sample.contains(PASHTO) {
            return Some("Pashto".to_owned());
        }
        return Some(guess.map_or("another script".to_owned(), |i| i.lang().eng_name().to_owned()));
    }
    if letters < ENOUGH_FOR_LANGUAGE || is_english(sample) {
        return None;
    }
    let info = whatlang::detect(sample)?;
    let certain = info.is_reliable() && info.lang() != Lang::Eng && !is_list(sample);
    certain.then(|| info.lang().eng_name().to_owned())
}

/// Whether the words that hold English together are as common as in English.
fn is_english(sample: &str) -> bool {
    let (mut all, mut english) = (0, 0);
    for word in words(sample) {
        all += 1;
        english += usize::from(ENGLISH.iter().any(|w| w.eq_ignore_ascii_case(word)));
    }
    english * 100 >= all * ENGLISH_PERCENT
}

/// Whether capitalised words are two thirds of it: a list of names is in no language, and German writes its nouns so.
fn is_list(sample: &str) -> bool {
    let (mut all, mut names) = (0, 0);
    for word in words(sample) {
        all += 1;
        names += usize::from(word.starts_with(char::is_uppercase));
    }
    names * 3 > all * 2
}

fn words(sample: &str) -> impl Iterator<Item = &str> {
    sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty())
}
