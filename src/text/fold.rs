//! Folding: one spelling for letters that newsrooms write in many ways.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without marks or apostrophes, Arabic letters unified.
///
/// ```
/// assert_eq!(naqsha::text::fold("Paghmān"), "paghman");
/// assert_eq!(naqsha::text::fold("Qal‘ah-ye"), "qalah-ye");
/// ```
#[must_use]
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

pub(super) fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(
            word.bytes().filter(|b| *b != b'\'' && *b != b'`').map(|b| b.to_ascii_lowercase() as char),
        );
        return;
    }
    if word.chars().all(is_plain_arabic) {
        out.extend(word.chars().map(|c| unified(c).unwrap_or(c)));
        return;
    }
    for c in word.nfkd() {
        if is_combining_mark(c) || is_dropped(c) {
            continue;
        }
        match unified(c) {
            Some(u) => out.push(u),
            None => out.extend(c.to_lowercase()),
        }
    }
}

/// A blank, or a letter of the Arabic script that does not decompose.
fn is_plain_arabic(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{0627}'..='\u{063A}' | '\u{0641}'..='\u{064A}' | '\u{0679}'..='\u{06BF}' | '\u{06C3}'..='\u{06D2}'
    )
}

/// Apostrophes, half rings, joiners and the Arabic stretch carry no letter.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{02BF}'
            | '\u{02BE}'
            | '\u{02BC}'
            | '\u{02BB}'
            | '\u{00B4}'
            | '\u{200B}'..='\u{200F}' | '\u{00AD}' | '\u{FEFF}' | '\u{0640}'
    )
}

/// Letters of the Arabic script that Dari, Pashto and Arabic keyboards type differently.
fn unified(c: char) -> Option<char> {
    Some(match c {
        'ي' | 'ى' | 'ې' | 'ۍ' | 'ئ' => 'ی',
        'ك' | 'ڪ' => 'ک',
        'ګ' => 'گ',
        'ة' | 'ۀ' | 'ە' => 'ه',
        'ؤ' => 'و',
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    use super::{fold, is_dropped, is_plain_arabic};

    #[test]
    fn plain_letters_are_those_that_stay_as_they_are() {
        for c in ('\0'..='\u{06FF}').filter(|c| is_plain_arabic(*c)) {
            assert!(c.nfkd().eq([c]) && c.to_lowercase().eq([c]), "{c}");
            assert!(!is_combining_mark(c) && !is_dropped(c), "{c}");
        }
    }

    #[test]
    fn one_spelling_for_many() {
        for (given, wanted) in [
            ("Qala‘eh", "qalaeh"),
            ("ĀĪŪ", "aiu"),
            ("Taliban’s", "talibans"),
            ("كابل", "کابل"),
            ("ننګرهار", "ننگرهار"),
            ("Straße", "straße"),
        ] {
            assert_eq!(fold(given), wanted, "{given}");
        }
    }
}
