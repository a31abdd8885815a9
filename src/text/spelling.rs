//! Spelling: how far a word goes in a text, and how it is written.

use super::Shape;

pub(super) fn is_word_char(c: char) -> bool {
    let arabic = matches!(c, '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}');
    arabic
        || c.is_alphanumeric()
        || ('\u{064B}'..='\u{0652}').contains(&c)
        || ('\u{0300}'..='\u{036F}').contains(&c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʿ' | 'ʾ' | 'ʼ' | 'ʻ' | '`' | '\u{200C}' | '\u{200D}' | '\u{00AD}')
}

/// Letters, digits, and what may stand between two of them within one word.
pub(super) fn word_length(rest: &str) -> usize {
    let numeric = rest.starts_with(|c: char| c.is_ascii_digit());
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        let inner = match c {
            ',' | '.' => {
                numeric && next.is_some_and(|n| n.is_ascii_digit()) && thousands_or_decimal(rest, i, c)
            }
            c => is_apostrophe(c) && next.is_some_and(is_word_char),
        };
        if !is_word_char(c) && !inner {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

/// `1,200` and `3.5` are one number; `12,2021` and `5.Reported` are not.
fn thousands_or_decimal(rest: &str, i: usize, mark: char) -> bool {
    let digits = rest[i + 1..].bytes().take_while(u8::is_ascii_digit).count();
    if mark == ',' { digits == 3 } else { !rest[..i].contains('.') && digits <= 2 }
}

/// `U.S.` and `a.m.`: single letters, each with its point; the last point stays outside.
pub(super) fn acronym(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut i = 0;
    while i + 1 < bytes.len() && bytes[i].is_ascii_alphabetic() && bytes[i + 1] == b'.' {
        i += 2;
    }
    let trailing_letter = i >= 2
        && bytes.get(i).is_some_and(u8::is_ascii_alphabetic)
        && !rest[i + 1..].starts_with(|c: char| c.is_alphanumeric());
    match (i, trailing_letter) {
        (2.., true) => Some(i + 1),
        (4.., false) => Some(i),
        _ => None,
    }
}

pub(super) fn without_possessive(word: &str) -> (usize, bool) {
    for ending in ["'s", "’s", "'S", "’S", "`s"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| !s.is_empty()) {
            return (stem.len(), true);
        }
    }
    (word.len(), false)
}

pub(super) fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Shape::Number;
    }
    match letters.next() {
        None => Shape::Number,
        Some(c) if c.is_lowercase() => Shape::Lower,
        Some(c) if !c.is_uppercase() => Shape::Caseless,
        Some(_) if word.chars().count() > 1 && !letters.any(char::is_lowercase) => Shape::AllCaps,
        Some(_) => Shape::Capitalised,
    }
}
