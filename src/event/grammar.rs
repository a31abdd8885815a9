//! The grammar of acts: rules, parties, speakers, buildings and cues, loaded from data.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;

use super::gate::Capitals;
use super::rule::{Candidate, Rule, compile, rule_texts, triggers};
use super::sets::Sets;
use super::{Actor, Side};
use crate::data::DataFiles;
use crate::error::Error;
use crate::lexicon::{ByWord, Phrases, SetId, Vocabulary, WordId};

/// A party that a phrase may name, and from when to when.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorSense {
    phrase: String,
    pub(super) name: Arc<str>,
    pub(super) side: Side,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
}

/// Whether a speaker answers for a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Standing {
    /// An official, commander or spokesman of a side.
    Official,
    /// Somebody of neither side.
    Third,
}

/// A speaker that a phrase may name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpeakerSense {
    phrase: String,
    pub(super) standing: Standing,
    pub(super) side: Option<Side>,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
}

/// What a phrase such as "the city" refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Bridge {
    City,
    Capital,
    /// "A provincial capital": the one that the story goes on to name.
    SomeCapital,
    District,
    Province,
    Crossing,
    Facility,
    Any,
    NationalCapital,
    Town,
    AllDistricts,
    OtherDistricts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BridgeRow {
    phrase: String,
    refers_to: Bridge,
}

/// What a cue makes of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Makes {
    /// Not done.
    Negated,
    /// Still to be done.
    Planned,
    /// Tried.
    Attempted,
    /// Possible, feared or asked.
    Hypothetical,
    /// Long past.
    Historical,
    /// Done now and again.
    Generic,
    /// No party did it.
    Accident,
    /// A figure of speech: sport, trade, the arts.
    Figurative,
    /// Told of so many places at once, not of each.
    Aggregate,
    /// Done, say some, and not, says the speaker.
    Denied,
    /// Done: words that hold a cue and are none, as "known to be" and "no less than".
    Done,
}

impl Makes {
    /// As spelled in tables and records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Makes::Negated => "negated",
            Makes::Planned => "planned",
            Makes::Attempted => "attempted",
            Makes::Hypothetical => "hypothetical",
            Makes::Historical => "historical",
            Makes::Generic => "generic",
            Makes::Accident => "accident",
            Makes::Figurative => "figurative",
            Makes::Aggregate => "aggregate",
            Makes::Denied => "denied",
            Makes::Done => "done",
        }
    }
}

/// Where a cue must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CueScope {
    /// Ahead of the act, in its clause.
    Before,
    /// Anywhere in its clause.
    Clause,
    /// Anywhere in its sentence.
    Sentence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueText {
    makes: Makes,
    scope: CueScope,
    phrases: Vec<String>,
    #[allow(dead_code, reason = "read by the tests")]
    examples: Vec<String>,
    #[allow(dead_code, reason = "read by the tests")]
    #[serde(default)]
    counter: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    cue: Vec<CueText>,
}

/// Factors of confidence (data/lexicon/en/confidence.toml).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Factors {
    pub(super) sentence: f64,
    pub(super) same_sentence: f64,
    pub(super) earlier_sentence: f64,
    pub(super) bridged: f64,
    pub(super) open_level: f64,
    pub(super) whole_province: f64,
    pub(super) assumed_date: f64,
    pub(super) no_date: f64,
    pub(super) headline: f64,
}

/// Everything that acts are read by.
#[derive(Debug)]
pub(super) struct Grammar {
    pub(super) vocabulary: Vocabulary,
    /// The number after its own last word: the words of dates stand behind.
    own_words: WordId,
    pub(super) sets: Sets,
    pub(super) rules: Vec<Rule>,
    /// By trigger word, the patterns it may mark.
    pub(super) triggers: ByWord<Vec<Candidate>>,
    pub(super) actors: Phrases<Vec<ActorSense>>,
    pub(super) speakers: Phrases<Vec<SpeakerSense>>,
    pub(super) facilities: Phrases<()>,
    pub(super) bridges: Phrases<Bridge>,
    pub(super) capitals: Capitals,
    pub(super) cues: Phrases<(Makes, CueScope)>,
    /// The words that a piece of several words, a party or people may begin with.
    openers: ByWord<()>,
    pub(super) factors: Factors,
    /// For each side, the party that stands for it: the first of the table.
    parties: Vec<Actor>,
}

const WORDS: &str = "lexicon/en/words.toml";
const MODALITY: &str = "lexicon/en/modality.toml";

impl Grammar {
    pub(super) fn from_data(data: &DataFiles) -> Result<Grammar, Error> {
        let mut vocabulary = Vocabulary::from_toml(WORDS, data.text(WORDS)?)?;
        let rules = rule_texts(data)?
            .into_iter()
            .map(|t| compile(t, &mut vocabulary))
            .collect::<Result<Vec<_>, _>>()?;
        let actor_rows = rows::<ActorSense>(data, "actors.csv")?;
        let mut parties: Vec<Actor> = Vec::new();
        for row in &actor_rows {
            if parties.iter().all(|p| p.side != row.side) {
                parties.push(row.actor());
            }
        }
        let mut actors = Phrases::default();
        for (phrase, senses) in grouped(actor_rows, |a| a.phrase.clone()) {
            actors.add(&mut vocabulary, &phrase, senses);
        }
        let mut speakers = Phrases::default();
        for (phrase, senses) in grouped(rows::<SpeakerSense>(data, "speakers.csv")?, |s| s.phrase.clone()) {
            speakers.add(&mut vocabulary, &phrase, senses);
        }
        let (bridges, capitals) = bridges(data, &mut vocabulary)?;
        let mut facilities = Phrases::default();
        for line in data.text("lexicon/en/facilities.txt")?.lines().filter(|l| !l.starts_with('#')) {
            facilities.add(&mut vocabulary, line, ());
        }
        let mut cues = Phrases::default();
        for cue in parsed::<CueFile>(data, MODALITY)?.cue {
            for phrase in &cue.phrases {
                cues.add(&mut vocabulary, phrase, (cue.makes, cue.scope));
            }
        }
        let sets = Sets::of(&vocabulary, WORDS)?;
        let triggers = triggers(&rules, &vocabulary);
        let phrases =
            actors.firsts().chain(speakers.firsts()).chain(bridges.firsts()).chain(facilities.firsts());
        let openers = phrases
            .chain(Grammar::piece_sets(&sets).into_iter().flat_map(|s| vocabulary.words_of(s)))
            .collect();
        let factors = parsed(data, "lexicon/en/confidence.toml")?;
        Ok(Grammar {
            own_words: vocabulary.next(),
            vocabulary,
            sets,
            rules,
            triggers,
            actors,
            speakers,
            facilities,
            bridges,
            capitals,
            cues,
            openers,
            factors,
            parties,
        })
    }
}

/// All phrases that refer to a place, and those of the nation's capital.
fn bridges(data: &DataFiles, vocabulary: &mut Vocabulary) -> Result<(Phrases<Bridge>, Capitals), Error> {
    let (mut bridges, mut capitals) = (Phrases::default(), Capitals::default());
    for row in rows::<BridgeRow>(data, "lexicon/en/bridging.csv")? {
        bridges.add(vocabulary, &row.phrase, row.refers_to);
        if row.refers_to == Bridge::NationalCapital {
            capitals.add(vocabulary, &row.phrase);
        }
    }
    Ok((bridges, capitals))
}

fn grouped<T>(rows: Vec<T>, phrase: impl Fn(&T) -> String) -> BTreeMap<String, Vec<T>> {
    let mut out: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for row in rows {
        out.entry(phrase(&row)).or_default().push(row);
    }
    out
}

pub(super) fn parsed<T: for<'de> Deserialize<'de>>(data: &DataFiles, file: &str) -> Result<T, Error> {
    toml::from_str(data.text(file)?).map_err(|e| Error::Data {
        file: file.to_owned(),
        line: None,
        problem: e.to_string(),
    })
}

fn rows<T: for<'de> Deserialize<'de>>(data: &DataFiles, file: &str) -> Result<Vec<T>, Error> {
    let read = |row: Result<T, csv::Error>| {
        row.map_err(|e| Error::Data {
            file: file.to_owned(),
            line: e.position().map(csv::Position::line),
            problem: e.to_string(),
        })
    };
    csv::Reader::from_reader(data.bytes(file)?).deserialize().map(read).collect()
}

impl Grammar {
    /// The sets of words that a piece of several words, a party or people may begin with.
    fn piece_sets(s: &Sets) -> [SetId; 9] {
        [s.det, s.every, s.some, s.foe, s.own, s.we, s.they, s.people, s.fighters]
    }

    pub(super) fn is(&self, word: WordId, set: SetId) -> bool {
        self.vocabulary.is_in(word, set)
    }

    /// The vocabulary, for the words of others to join it.
    pub(super) fn shared_vocabulary(&mut self) -> &mut Vocabulary {
        &mut self.vocabulary
    }

    /// The word itself where some rule, set or phrase names it.
    pub(super) fn own(&self, word: WordId) -> WordId {
        if word < self.own_words { word } else { WordId::OTHER }
    }

    /// The sets (bits of `Vocabulary::sets_of`) that any of these words belongs to.
    pub(super) fn sets_of(&self, words: &[WordId]) -> u128 {
        words.iter().fold(0, |all, word| all | self.vocabulary.sets_of(*word))
    }

    /// Whether anything but the word itself may begin with `word`, names of places aside.
    pub(super) fn opens_piece(&self, word: WordId) -> bool {
        self.openers.get(word).is_some()
    }

    /// The party that stands for a side where nobody is named.
    pub(super) fn party(&self, side: Side) -> Option<Actor> {
        self.parties.iter().find(|a| a.side == side).cloned()
    }
}

impl ActorSense {
    pub(super) fn actor(&self) -> Actor {
        Actor { name: self.name.clone(), side: self.side }
    }
}

/// The sense that holds on `day`; without a day, the first.
pub(super) trait Valid {
    fn span(&self) -> (Option<Date>, Option<Date>);

    fn holds_on(&self, day: Option<Date>) -> bool {
        let (from, to) = self.span();
        day.is_none_or(|d| from.is_none_or(|f| f <= d) && to.is_none_or(|t| d <= t))
    }
}

impl Valid for ActorSense {
    fn span(&self) -> (Option<Date>, Option<Date>) {
        (self.valid_from, self.valid_to)
    }
}

impl Valid for SpeakerSense {
    fn span(&self) -> (Option<Date>, Option<Date>) {
        (self.valid_from, self.valid_to)
    }
}
