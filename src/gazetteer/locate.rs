//! Looking up one name outside any report: candidates, best first, with reasons.

use serde::Serialize;

use super::keys::{sound_key, spelling_key};
use super::{Gazetteer, NameMatch, PlaceKind, PlaceRef};
use crate::text::Tokens;

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Its id.
    pub place_id: String,
    /// Its English name.
    pub name: String,
    /// Its kind.
    pub kind: PlaceKind,
    /// Its province.
    pub admin1: Option<String>,
    /// Its district.
    pub admin2: Option<String>,
    /// Degrees, WGS 84.
    pub longitude: f64,
    /// Degrees, WGS 84.
    pub latitude: f64,
    /// 0 to 1; how near the name and how prominent the place.
    pub score: f64,
    /// Why it is a candidate.
    pub reasons: Vec<String>,
}

/// What a name may mean.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Located {
    /// Afghan places, best first.
    pub candidates: Vec<Candidate>,
    /// Names that look alike, when there is no candidate.
    pub did_you_mean: Vec<String>,
}

impl Gazetteer {
    /// What `name` may mean, within `province` if given. Afghan places only, best first.
    #[must_use]
    pub fn locate(&self, name: &str, province: Option<&str>) -> Located {
        let within = province.and_then(|p| self.province_named(p));
        if province.is_some() && within.is_none() {
            return Located {
                candidates: Vec::new(),
                did_you_mean: self.alike(province.unwrap_or_default()),
            };
        }
        let tokens = Tokens::of(name);
        let words: Vec<&str> = (0..tokens.len()).map(|i| tokens.fold(i)).filter(|w| !is_mark(w)).collect();
        let mut found = self.candidates(&words, &[], within);
        if let Some((rest, kinds)) = self.without_type_word(&words) {
            let typed = self.candidates(rest, kinds, within);
            if found.is_empty() || typed.iter().any(|c| kinds.contains(&c.kind)) {
                found.extend(typed);
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.place_id.cmp(&b.place_id)));
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|c| seen.insert(c.place_id.clone()));
        let did_you_mean = if found.is_empty() { self.alike(name) } else { Vec::new() };
        Located { candidates: found, did_you_mean }
    }

    fn province_named(&self, name: &str) -> Option<PlaceRef> {
        let tokens = Tokens::of(name);
        let words: Vec<&str> = (0..tokens.len()).map(|i| tokens.fold(i)).filter(|w| !is_mark(w)).collect();
        let rest = self.without_type_word(&words).map_or(words.as_slice(), |(rest, _)| rest);
        let matches = self.sounding(&sound_key(rest.iter().copied()));
        matches.iter().map(|m| m.place).find(|p| self.get(*p).kind == PlaceKind::Province)
    }

    fn candidates(&self, words: &[&str], kinds: &[PlaceKind], within: Option<PlaceRef>) -> Vec<Candidate> {
        let spelling = spelling_key(words.iter().copied());
        let matches = self.sounding(&sound_key(words.iter().copied()));
        matches
            .iter()
            .filter(|m| !self.get(m.place).is_abroad())
            .filter(|m| within.is_none_or(|p| self.province_of(m.place) == Some(p)))
            .map(|m| self.candidate(m, *m.spelling == *spelling, kinds))
            .collect()
    }

    fn candidate(&self, found: &NameMatch, same_spelling: bool, kinds: &[PlaceKind]) -> Candidate {
        let place = self.get(found.place);
        let name_of = |p: Option<PlaceRef>| p.map(|p| self.get(p).name.clone());
        let mut reasons = vec![match (same_spelling, found.canonical) {
            (true, true) => "name".to_owned(),
            (true, false) => format!("also written {}", found.spelling),
            (false, _) => format!("sounds like {}", found.spelling),
        }];
        let typed = kinds.contains(&place.kind);
        if typed {
            reasons.push(format!("is a {}", place.kind.as_str()));
        }
        if self.is_capital(found.place) {
            reasons.push("provincial capital".to_owned());
        }
        let score = 0.4 * f64::from(u8::from(same_spelling))
            + 0.1 * f64::from(u8::from(found.canonical))
            + 0.3 * f64::from(u8::from(typed))
            + 0.2 * self.prominence(found.place);
        Candidate {
            place_id: place.id.to_string(),
            name: place.name.clone(),
            kind: place.kind,
            admin1: name_of(self.province_of(found.place)),
            admin2: name_of(self.district_of(found.place)),
            longitude: place.position.x(),
            latitude: place.position.y(),
            score: (score * 100.0).round() / 100.0,
            reasons,
        }
    }

    /// How likely a bare name means this place, 0 to 1: its rank, then its size.
    #[must_use]
    pub fn prominence(&self, place: PlaceRef) -> f64 {
        let p = self.get(place);
        if self.is_capital(place) {
            return 1.0;
        }
        match p.kind {
            PlaceKind::Province => 0.95,
            PlaceKind::District => 0.7,
            PlaceKind::Crossing => 0.6,
            PlaceKind::City => 0.5 + 0.1 * f64::from(p.population.min(1_000_000)) / 1_000_000.0,
            PlaceKind::Facility | PlaceKind::Pass | PlaceKind::Road => 0.4,
            _ => 0.2,
        }
    }

    /// The words without a type word at the end or "city of" in front, and what kinds it stands for.
    fn without_type_word<'w>(&self, words: &'w [&'w str]) -> Option<(&'w [&'w str], &[PlaceKind])> {
        match words {
            [rest @ .., last] if !rest.is_empty() => {
                if let Some(kinds) = self.kinds_of_type_word(last) {
                    return Some((rest, kinds));
                }
                match words {
                    [first, "of", rest @ ..] if !rest.is_empty() => {
                        Some((rest, self.kinds_of_type_word(first)?))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// At most three names that differ by little, for "did you mean".
    fn alike(&self, name: &str) -> Vec<String> {
        let tokens = Tokens::of(name);
        let key = sound_key((0..tokens.len()).map(|i| tokens.fold(i)).filter(|w| !is_mark(w)));
        let mut near: Vec<(usize, &str)> = self
            .places()
            .filter(|p| !p.is_abroad())
            .map(|p| {
                let t = Tokens::of(&p.name);
                (distance(&key, &sound_key((0..t.len()).map(|i| t.fold(i)))), p.name.as_str())
            })
            .filter(|(d, _)| *d <= 1 + key.len() / 5)
            .collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().take(3).map(|(_, n)| n.to_owned()).collect()
    }
}

fn is_mark(word: &str) -> bool {
    !word.starts_with(char::is_alphanumeric)
}

/// Edits between two keys (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
