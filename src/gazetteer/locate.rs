//! Looking up one name outside any report: candidates, best first, with reasons.

use std::collections::BTreeSet;

use serde::Serialize;

use super::alike::{consonants, distance};
use super::query::{Part, Reading, parts, readings};
use super::{Gazetteer, NameMatch, PlaceKind, PlaceRef, sound_key, spelling_key};

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
    /// Whether the name is known as a place abroad.
    pub is_abroad: bool,
}

impl Gazetteer {
    /// What `name` may mean, within `province` if given. Afghan places only, best first.
    ///
    /// The name may carry a type word ("Nerkh district", "ولسوالی نرخ"), the province it lies in ("Nerkh,
    /// Wardak", "Qarabagh Ghazni") or a building ("Farah prison"). A name that no table holds is matched by
    /// its consonants if only one place has them, since romanisations differ in the vowels.
    ///
    /// ```
    /// use naqsha::{data::DataFiles, gazetteer::Gazetteer};
    /// let gazetteer = Gazetteer::from_data(&DataFiles::bundled())?;
    /// let found = gazetteer.locate("Qarah Bagh district, Ghazni province", None);
    /// assert_eq!(found.candidates[0].place_id, "AF1111");
    /// assert!(gazetteer.locate("Peshawar", None).candidates.is_empty());
    /// # Ok::<(), naqsha::error::Error>(())
    /// ```
    #[must_use]
    pub fn locate(&self, name: &str, province: Option<&str>) -> Located {
        let given = province.and_then(|p| self.province_named(p));
        if province.is_some() && given.is_none() {
            return Located::default();
        }
        let parts = parts(name);
        let Some((head, outer)) = parts.split_first() else { return Located::default() };
        let told = outer.iter().find_map(|part| self.province_of_words(part));
        let abroad = std::iter::once(head).chain(outer).any(|part| self.is_abroad_name(part));
        let agree = given.is_none() || told.is_none() || given == told;
        let mut found = if abroad || !agree { Vec::new() } else { self.found(head, given.or(told)) };
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.place_id.cmp(&b.place_id)));
        let mut seen = BTreeSet::new();
        found.retain(|c| seen.insert(c.place_id.clone()));
        let did_you_mean = if found.is_empty() && !abroad { self.alike(name) } else { Vec::new() };
        Located { candidates: found, did_you_mean, is_abroad: abroad }
    }

    fn found(&self, head: &Part, within: Option<PlaceRef>) -> Vec<Candidate> {
        let words: Vec<&str> = head.iter().map(String::as_str).collect();
        let readings = readings(self, &words);
        let mut found = self.read(&readings, within);
        if found.is_empty() {
            found = self.with_province(&words, within);
        }
        if found.is_empty() {
            found = readings.last().map_or_else(Vec::new, |r| self.by_consonants(r, within));
        }
        found
    }

    /// The places whose very name holds the type word ("Kunduz airport"), else those without it, of its kind
    /// if there are any.
    fn read(&self, readings: &[Reading<'_>], within: Option<PlaceRef>) -> Vec<Candidate> {
        let Some((whole, stripped)) = readings.split_first() else { return Vec::new() };
        let whole = self.candidates(whole, within);
        if !whole.is_empty() {
            return whole;
        }
        let mut found = Vec::new();
        for reading in stripped {
            let typed = self.candidates(reading, within);
            if found.is_empty() || typed.iter().any(|c| reading.kinds.contains(&c.kind)) {
                found.extend(typed);
            }
        }
        found
    }

    /// "Qarabagh Ghazni", "Ghazni's Qarabagh district", "Surobi district of Kabul".
    fn with_province(&self, words: &[&str], within: Option<PlaceRef>) -> Vec<Candidate> {
        let halves = (1..words.len()).map(|at| words.split_at(at));
        let both = halves.flat_map(|(a, b)| [(a, b), (b, a)]);
        both.filter_map(|(name, province)| {
            let province: Part = province.iter().map(|w| (*w).to_owned()).collect();
            let province = self.province_of_words(&province)?;
            let agrees = within.is_none_or(|w| w == province);
            let found = self.read(&readings(self, name), agrees.then_some(province));
            (agrees && !found.is_empty()).then_some(found)
        })
        .next()
        .unwrap_or_default()
    }

    fn province_named(&self, name: &str) -> Option<PlaceRef> {
        parts(name).iter().find_map(|part| self.province_of_words(part))
    }

    fn province_of_words(&self, part: &Part) -> Option<PlaceRef> {
        let words: Vec<&str> = part.iter().map(String::as_str).collect();
        readings(self, &words).iter().find_map(|reading| {
            let key = sound_key(reading.words.iter().copied());
            self.sounding(&key).iter().map(|m| m.place).find(|p| self.get(*p).kind == PlaceKind::Province)
        })
    }

    /// Whether this is the spelling of a place abroad, and of no Afghan one.
    fn is_abroad_name(&self, part: &Part) -> bool {
        let words: Vec<&str> = part.iter().map(String::as_str).collect();
        readings(self, &words).iter().any(|reading| {
            let spelling = spelling_key(reading.words.iter().copied());
            let same = || {
                let matches = self.sounding(&sound_key(reading.words.iter().copied())).iter();
                matches.filter(|m| *m.spelling == *spelling).map(|m| self.get(m.place).is_abroad())
            };
            same().any(|abroad| abroad) && !same().any(|abroad| !abroad)
        })
    }

    fn candidates(&self, reading: &Reading<'_>, within: Option<PlaceRef>) -> Vec<Candidate> {
        let spelling = spelling_key(reading.words.iter().copied());
        let matches = self.sounding(&sound_key(reading.words.iter().copied()));
        matches
            .iter()
            .filter(|m| self.may_be(m.place, within))
            .map(|m| self.candidate(m, (*m.spelling == *spelling).into(), reading))
            .collect()
    }

    fn may_be(&self, place: PlaceRef, within: Option<PlaceRef>) -> bool {
        !self.get(place).is_abroad() && within.is_none_or(|p| self.province_of(place) == Some(p))
    }

    /// Places with the same consonants in the same order, if they all lie in one district or province.
    fn by_consonants(&self, reading: &Reading<'_>, within: Option<PlaceRef>) -> Vec<Candidate> {
        /// With fewer sounds, and fewer consonants among them, too many words look alike.
        const LEAST: (usize, usize) = (6, 4);
        let key = sound_key(reading.words.iter().copied());
        let bones = consonants(&key);
        // "Kandahari" is somebody, not a spelling of Kandahar.
        let is_demonym = key.strip_suffix('i').is_some_and(|place| !self.sounding(place).is_empty());
        if key.chars().count() < LEAST.0 || bones.chars().count() < LEAST.1 || is_demonym {
            return Vec::new();
        }
        let alike = |other: &&str| {
            let added = key.strip_prefix(*other).is_some_and(|rest| !rest.is_empty());
            !added
                && key.chars().next() == other.chars().next()
                && consonants(other) == bones
                && distance(&key, other) <= 1 + key.len() / 8
        };
        let matches: Vec<&NameMatch> = self
            .sounds()
            .map(|(key, _)| key)
            .filter(alike)
            .flat_map(|k| self.sounding(k))
            .filter(|m| self.may_be(m.place, within))
            .collect();
        let provinces: BTreeSet<_> = matches.iter().map(|m| self.province_of(m.place)).collect();
        if provinces.len() != 1 {
            return Vec::new();
        }
        matches.into_iter().map(|m| self.candidate(m, Likeness::Consonants, reading)).collect()
    }

    fn candidate(&self, found: &NameMatch, likeness: Likeness, reading: &Reading<'_>) -> Candidate {
        let place = self.get(found.place);
        let name_of = |p: Option<PlaceRef>| p.map(|p| self.get(p).name.clone());
        let mut reasons = vec![match (likeness, found.canonical) {
            (Likeness::Spelling, true) => "name".to_owned(),
            (Likeness::Spelling, false) => format!("also written {}", found.spelling),
            (Likeness::Sound, _) => format!("sounds like {}", found.spelling),
            (Likeness::Consonants, _) => format!("has the consonants of {}", found.spelling),
        }];
        let typed = reading.kinds.contains(&place.kind);
        if typed {
            reasons.push(format!("is a {}", place.kind.as_str()));
        } else if let Some(word) = reading.stripped.filter(|_| reading.kinds.contains(&PlaceKind::Facility)) {
            reasons.push(format!("the {word} lies there"));
        }
        if self.is_capital(found.place) {
            reasons.push("provincial capital".to_owned());
        }
        let score = match likeness {
            Likeness::Spelling => 0.4,
            Likeness::Sound => 0.35,
            Likeness::Consonants => 0.0,
        } + 0.1 * f64::from(u8::from(found.canonical))
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

    /// At most three names that begin alike and differ by little, for "did you mean".
    fn alike(&self, name: &str) -> Vec<String> {
        let words: Vec<String> = parts(name).into_iter().next().unwrap_or_default();
        let key = sound_key(words.iter().map(String::as_str));
        // One edit for four sounds: with more, any name is like any other.
        let most = key.chars().count() / 4;
        let mut near: Vec<(usize, &str)> = self
            .sounds()
            .map(|(key, _)| key)
            .filter(|k| k.chars().next() == key.chars().next() && k.len().abs_diff(key.len()) <= most)
            .map(|k| (distance(&key, k), k))
            .filter(|(d, _)| *d <= most)
            .flat_map(|(d, k)| self.sounding(k).iter().map(move |m| (d, m.place)))
            .filter(|(_, p)| !self.get(*p).is_abroad())
            .map(|(d, p)| (d, self.get(p).name.as_str()))
            .collect();
        near.sort_unstable();
        let mut seen = BTreeSet::new();
        near.retain(|(_, name)| seen.insert(*name));
        near.into_iter().take(3).map(|(_, n)| n.to_owned()).collect()
    }
}

/// How a name was found to be like one of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Spelling,
    Sound,
    Consonants,
}

impl From<bool> for Likeness {
    fn from(same_spelling: bool) -> Likeness {
        if same_spelling { Likeness::Spelling } else { Likeness::Sound }
    }
}
