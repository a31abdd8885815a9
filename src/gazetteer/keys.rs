//! Keys: what two spellings of one name have in common.

use std::borrow::Cow;

/// Words between the parts of a name that carry no sound of their own (the izafat), folded.
const IZAFAT: [&str; 7] = ["e", "i", "a", "ye", "yi", "ey", "y"];

/// The first key: folded words without the izafat, joined by blanks. Near to the spelling.
///
/// ```
/// use naqsha::gazetteer::spelling_key;
/// assert_eq!(spelling_key(["qala", "e", "naw"]), "qala naw");
/// ```
#[must_use]
pub fn spelling_key<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let mut out = String::with_capacity(words.iter().map(|w| w.len() + 1).sum());
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
    let mut key = String::with_capacity(24);
    push_key(&words, Joint::Izafat, &mut key);
    key
}

/// Writes the second key of `words` over what `key` holds.
pub(crate) fn sound_key_into(words: &[&str], key: &mut String) {
    key.clear();
    push_key(words, Joint::Izafat, key);
}

/// Further keys under which a name is listed: written as one word with its izafat ("Pulekhumri"), and with
/// the izafat in place of a final a ("Dare Suf" for Dara-e Suf).
#[must_use]
pub fn further_keys(words: &[&str]) -> Vec<String> {
    Keys::default().of(words).skip(1).map(str::to_owned).collect()
}

/// The keys under which a name is listed, written where those of the name before stood.
#[derive(Debug, Default)]
pub(super) struct Keys {
    own: String,
    joined: String,
    vowel: String,
}

impl Keys {
    /// The second key of a name, then its further keys.
    pub(super) fn of(&mut self, words: &[&str]) -> impl Iterator<Item = &str> {
        let Keys { own, joined, vowel } = self;
        [&mut *own, &mut *joined, &mut *vowel].into_iter().for_each(String::clear);
        push_key(words, Joint::Izafat, own);
        if words.len() > 1 {
            push_key(&[&words.concat()], Joint::Izafat, joined);
            push_key(words, Joint::Vowel, vowel);
        }
        let (own, joined, vowel) = (own.as_str(), joined.as_str(), vowel.as_str());
        let is_new = |key: &&str| !key.is_empty() && *key != own;
        let joined = Some(joined).filter(is_new);
        let vowel = Some(vowel).filter(is_new).filter(|key| Some(*key) != joined);
        [Some(own), joined, vowel].into_iter().flatten()
    }
}

/// What is dropped at the end of a word that another word follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// What is an izafat by its spelling.
    Izafat,
    /// A final vowel, whether the word's own or an izafat.
    Vowel,
}

/// Writes over what `key` holds the sounds with which any name begins whose first word is `word`: the first `most` bytes
/// of them, or a few more.
pub(crate) fn opening_sounds_into(word: &str, most: usize, key: &mut String) {
    key.clear();
    // "Nusay" alone ends in another vowel than "nusay" before another word.
    let stem = word.strip_suffix("ay").filter(|_| word.len() >= 4);
    push_sounds(stem.unwrap_or_else(|| without_izafat(word)), most, key);
}

/// Writes over what `key` holds the sounds with which any name of several words begins whose first is `word`.
pub(crate) fn first_sounds_into(word: &str, key: &mut String) {
    key.clear();
    push_sounds(without_izafat(word), usize::MAX, key);
}

fn push_key(words: &[&str], joint: Joint, out: &mut String) {
    for (i, word) in words.iter().enumerate() {
        if is_izafat(words, i) {
            continue;
        }
        let inner = i + 1 < words.len();
        let start = out.len();
        push_sounds(if inner { without_izafat(word) } else { word }, usize::MAX, out);
        if inner && joint == Joint::Vowel && out.len() - start > 3 && out.ends_with('a') {
            out.pop();
        }
    }
}

fn is_izafat(words: &[&str], i: usize) -> bool {
    i > 0 && i + 1 < words.len() && IZAFAT.contains(&words[i])
}

/// A word before another, without the vowel that ties the two: "puli", "qalai", "naway".
fn without_izafat(word: &str) -> &str {
    if word.len() < 4 || !word.is_ascii() {
        return word;
    }
    if let Some(stem) = word.strip_suffix('y') {
        return if stem.ends_with('a') { stem } else { word };
    }
    if word.ends_with("eh") {
        return word;
    }
    word.strip_suffix(['i', 'e']).unwrap_or(word)
}

/// Adds the sounds of one word, until there are `most` bytes.
fn push_sounds(word: &str, most: usize, out: &mut String) {
    let word = with_khwa_as_spoken(word);
    let word = match word.strip_suffix("eh") {
        Some(stem) if stem.len() > 1 => Cow::Owned([stem, "a"].concat()),
        _ => word,
    };
    let mut last = out.chars().next_back();
    let mut rest = word.as_ref();
    while let Some(first) = rest.chars().next().filter(|_| out.len() < most) {
        let (sound, used) = sound(rest.as_bytes(), first);
        let silent = sound == 'h' && matches!(last, Some('a' | 'i' | 'u' | 't' | 'd'));
        if !silent && last != Some(sound) {
            out.push(sound);
            last = Some(sound);
        }
        rest = &rest[used..];
    }
}

/// The w of "khwa" is silent: Khwaja is spoken, and often written, Khoja.
fn with_khwa_as_spoken(word: &str) -> Cow<'_, str> {
    let letters = word.as_bytes();
    if !letters.windows(2).any(|pair| pair == b"kh") {
        return Cow::Borrowed(word);
    }
    for written in ["khwa", "khowa", "khuwa", "khawa", "khaj"] {
        let spells = |at: &usize| letters[*at] == b'k' && letters[*at..].starts_with(written.as_bytes());
        if let Some(at) = (0..letters.len()).find(spells) {
            let rest = &word[at + written.len()..];
            let j = if written.ends_with('j') { "j" } else { "" };
            return Cow::Owned([&word[..at], "kho", j, rest].concat());
        }
    }
    Cow::Borrowed(word)
}

/// The sound at the head of `rest`, and how many bytes spell it.
fn sound(rest: &[u8], first: char) -> (char, usize) {
    let next = rest.get(1).copied().unwrap_or_default();
    let pair = match (rest[0], next) {
        (b't', b's') if rest.starts_with(b"tsch") => return ('C', 4),
        (b't', b'c') if rest.starts_with(b"tch") => return ('C', 3),
        (b's', b'c') if rest.starts_with(b"sch") => return ('S', 3),
        (b'd', b'z') if rest.starts_with(b"dzh") => return ('j', 3),
        (b'k', b'h') => Some('x'),
        (b'g', b'h') => Some('g'),
        (b's', b'h') => Some('S'),
        (b'z', b'h') => Some('Z'),
        (b'c', b'h') => Some('C'),
        (b'c', b'k') => Some('k'),
        (b't', b's') => Some('T'),
        (b'd', b'z') => Some('z'),
        (b'd', b'j') => Some('j'),
        (b'p', b'h') => Some('f'),
        (b't', b'h') => Some('t'),
        (b'e', b'e' | b'i' | b'y') | (b'i', b'e') | (b'a', b'y' | b'i') => Some('i'),
        (b'o', b'o' | b'u' | b'w' | b'v') | (b'a', b'w' | b'u' | b'o' | b'v') | (b'u', b'w') => Some('u'),
        _ => None,
    };
    if let Some(sound) = pair {
        return (sound, 2);
    }
    let sound = match first {
        'q' | 'c' => 'k',
        'v' => 'w',
        'e' | 'y' => 'i',
        'o' => 'u',
        c => c,
    };
    (sound, first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{further_keys, sound_key};

    #[track_caller]
    fn same(a: &str, b: &str) {
        let words: Vec<&str> = a.split([' ', '-']).collect();
        let mut keys = further_keys(&words);
        keys.push(sound_key(words));
        let found = sound_key(b.split([' ', '-']));
        assert!(keys.contains(&found), "{a} is listed as {keys:?}, {b} looked up as {found}");
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
            ("qarabagh", "qarah bagh"),
            ("qala-e-naw", "qale naw"),
            ("pul-e-khumri", "pulekhumri"),
            ("khwaja ghar", "khoja ghar"),
            ("jawand", "javand"),
            ("dahana-i-ghori", "dahane ghuri"),
            ("nad-e-ali", "nada ali"),
            ("yakawlang", "yakaolang"),
            ("badghis", "badgis"),
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
            ("paktia", "paktika"),
            ("shinwar", "shinwari"),
            ("kama", "kamal"),
        ] {
            assert_ne!(sound_key([a]), sound_key([b]));
        }
    }
}
