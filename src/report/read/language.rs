//! Whether a text is English, said only where it is certain that it is not.

use whatlang::{Lang, Script};

/// Letters from which the share of scripts means something.
const ENOUGH_FOR_SCRIPT: usize = 40;
/// Letters from which the language of a Latin text can be told: below, a news flash that is mostly names passes for
/// French now and then, and a foreign flash gives no event anyway.
const ENOUGH_FOR_LANGUAGE: usize = 400;
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
        return Some(guess.map_or("another script".to_owned(), |i| i.lang().eng_name().to_owned()));
    }
    let info = whatlang::detect(sample).filter(|_| letters >= ENOUGH_FOR_LANGUAGE)?;
    let certain = info.is_reliable() && info.lang() != Lang::Eng;
    certain.then(|| info.lang().eng_name().to_owned())
}
