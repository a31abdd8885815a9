//! Keys: what two spellings of one name have in common.

/// Words between the parts of a name that carry no sound of their own (the izafat), folded.
const IZAFAT: [&str; 6] = ["e", "i", "ye", "yi", "ey", "y"];

/// The first key: folded words without the izafat, joined by blanks. Near to the spelling.
///
/// ```
/// use naqsha::gazetteer::spelling_key;
/// assert_eq!(spelling_key(["qala", "e", "naw"]), "qala naw");
/// ```
#[must_use]
pub fn spelling_key<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        if !is_izafat(&words, i) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// The second key: how the name sounds, whoever romanised it. Equal keys are candidates, not proof.
///
/// ```
/// use naqsha::gazetteer::sound_key;
/// assert_eq!(sound_key(["qala", "e", "naw"]), sound_key(["qalai", "now"]));
/// assert_eq!(sound_key(["feyz", "abad"]), sound_key(["faizabad"]));
/// ```
#[must_use]
pub fn sound_key<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let mut out = String::with_capacity(24);
    for (i, word) in words.iter().enumerate() {
        if !is_izafat(&words, i) {
            push_sounds(word, i + 1 < words.len(), &mut out);
        }
    }
    out
}

fn is_izafat(words: &[&str], i: usize) -> bool {
    i > 0 && i + 1 < words.len() && IZAFAT.contains(&words[i])
}

/// Adds the sounds of one word; `inner` says that another word follows, so that a final i is an izafat.
fn push_sounds(word: &str, inner: bool, out: &mut String) {
    let stem = match word.strip_suffix("eh") {
        Some(stem) if stem.len() > 1 => [stem, "a"].concat(),
        _ if inner && word.len() >= 4 && word.ends_with(['i', 'e']) && word.is_ascii() => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    };
    let mut rest = stem.as_str();
    while let Some(first) = rest.chars().next() {
        let (sound, used) = sound(rest, first);
        let after_vowel = out.ends_with(['a', 'i', 'u']);
        let silent = sound == 'h' && after_vowel;
        if !silent && !out.ends_with(sound) {
            out.push(sound);
        }
        rest = &rest[used..];
    }
}

/// The sound at the head of `rest`, and how many bytes spell it.
fn sound(rest: &str, first: char) -> (char, usize) {
    const UNITS: [(&str, char); 20] = [
        ("kh", 'x'),
        ("gh", 'G'),
        ("sh", 'S'),
        ("zh", 'Z'),
        ("ch", 'C'),
        ("ts", 'T'),
        ("dz", 'z'),
        ("ee", 'i'),
        ("ie", 'i'),
        ("ei", 'i'),
        ("ay", 'i'),
        ("ey", 'i'),
        ("ai", 'i'),
        ("oo", 'u'),
        ("ou", 'u'),
        ("aw", 'u'),
        ("ow", 'u'),
        ("au", 'u'),
        ("uw", 'u'),
        ("ph", 'f'),
    ];
    if let Some((unit, sound)) = UNITS.iter().find(|(unit, _)| rest.starts_with(unit)) {
        return (*sound, unit.len());
    }
    let sound = match first {
        'q' => 'k',
        'v' => 'w',
        'e' | 'y' => 'i',
        'o' => 'u',
        c => c,
    };
    (sound, first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::sound_key;

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert_eq!(sound_key(a.split([' ', '-'])), sound_key(b.split([' ', '-'])), "{a} / {b}");
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for (a, b) in [
            ("qala-e-naw", "qala i now"),
            ("pul-e-khumri", "puli khumri"),
            ("mazar-e-sharif", "mazari sharif"),
            ("bamyan", "bamiyan"),
            ("dawlatabad", "daulat abad"),
            ("tarinkot", "tarin kot"),
            ("kunduz", "kondoz"),
            ("alishing", "ali-shing"),
            ("uruzgan", "oruzgan"),
            ("paktia", "paktya"),
            ("nawzad", "now zad"),
            ("faizabad", "feyzabad"),
            ("qarah bagh", "qarabagh"),
        ] {
            same(a, b);
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for (a, b) in [
            ("kunar", "kunduz"),
            ("farah", "paryan"),
            ("khost", "khash"),
            ("zabul", "kabul"),
            ("ghor", "khor"),
        ] {
            assert_ne!(sound_key([a]), sound_key([b]));
        }
    }
}
