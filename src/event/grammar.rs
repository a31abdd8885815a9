//! The grammar of acts: rules, parties, speakers, buildings and cues, loaded from data.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{EventKind, Side};
use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::PlaceKind;
use crate::lexicon::{Pattern, Phrases, SetId, Vocabulary, WordId};

/// What an act looks like.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) kind: EventKind,
    pub(super) patterns: Vec<Pattern>,
    pub(super) inside: bool,
    pub(super) part: bool,
    pub(super) only_sides: Vec<Side>,
    /// Who acts where nobody is named, because the words are used of no other side.
    pub(super) implied: Option<Side>,
    pub(super) only_kinds: Vec<PlaceKind>,
    pub(super) not_after: Vec<WordId>,
    pub(super) not_before: Vec<WordId>,
}

/// A rule as written in `lexicon/en/events.toml`, with its examples.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// What it is called.
    pub name: String,
    /// What happened where it fires.
    pub kind: EventKind,
    /// Patterns, any of which fires it.
    pub patterns: Vec<String>,
    /// Sentences that it must read.
    pub examples: Vec<String>,
    /// Sentences from which it must read nothing.
    #[serde(default)]
    pub counter: Vec<String>,
    #[serde(default)]
    inside: bool,
    #[serde(default)]
    part: bool,
    #[serde(default)]
    only_sides: Vec<Side>,
    #[serde(default)]
    implied: Option<Side>,
    #[serde(default)]
    only_kinds: Vec<PlaceKind>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    rule: Vec<RuleText>,
}

/// A party that a phrase may name, and from when to when.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorSense {
    phrase: String,
    pub(super) name: String,
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
pub(super) enum Makes {
    Negated,
    Planned,
    Attempted,
    Hypothetical,
    Historical,
    Generic,
    Denied,
}

/// Where a cue must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CueScope {
    /// Ahead of the act, in its clause.
    Before,
    /// Anywhere in its clause.
    Clause,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueText {
    makes: Makes,
    scope: CueScope,
    phrases: Vec<String>,
    #[allow(dead_code, reason = "read by the tests")]
    examples: Vec<String>,
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
    pub(super) no_actor: f64,
    pub(super) inferred_actor: f64,
    pub(super) assumed_date: f64,
    pub(super) no_date: f64,
    pub(super) headline: f64,
}

/// The sets that code asks for by name.
#[derive(Debug)]
pub(super) struct Sets {
    pub(super) boundary: SetId,
    pub(super) preposition: SetId,
    pub(super) say: SetId,
    pub(super) fighters: SetId,
    pub(super) people: SetId,
    pub(super) det: SetId,
    pub(super) partitive: SetId,
    pub(super) killed: SetId,
    pub(super) wounded: SetId,
}

/// Everything that acts are read by.
#[derive(Debug)]
pub(super) struct Grammar {
    pub(super) vocabulary: Vocabulary,
    pub(super) sets: Sets,
    pub(super) rules: Vec<Rule>,
    /// By trigger word, the patterns it may start: rule and pattern number.
    pub(super) triggers: FxHashMap<WordId, Vec<(usize, usize)>>,
    pub(super) actors: Phrases<Vec<ActorSense>>,
    pub(super) speakers: Phrases<Vec<SpeakerSense>>,
    pub(super) facilities: Phrases<()>,
    pub(super) bridges: Phrases<Bridge>,
    pub(super) cues: Phrases<(Makes, CueScope)>,
    pub(super) factors: Factors,
}

const WORDS: &str = "lexicon/en/words.toml";
const EVENTS: &str = "lexicon/en/events.toml";
const MODALITY: &str = "lexicon/en/modality.toml";

impl Grammar {
    pub(super) fn from_data(data: &DataFiles) -> Result<Grammar, Error> {
        let mut vocabulary = Vocabulary::from_toml(WORDS, data.text(WORDS)?)?;
        let rules = rule_texts(data)?
            .into_iter()
            .map(|t| compile(t, &mut vocabulary))
            .collect::<Result<Vec<_>, _>>()?;
        let mut actors = Phrases::default();
        for (phrase, senses) in grouped(rows::<ActorSense>(data, "actors.csv")?, |a| a.phrase.clone()) {
            actors.add(&mut vocabulary, &phrase, senses);
        }
        let mut speakers = Phrases::default();
        for (phrase, senses) in grouped(rows::<SpeakerSense>(data, "speakers.csv")?, |s| s.phrase.clone()) {
            speakers.add(&mut vocabulary, &phrase, senses);
        }
        let mut bridges = Phrases::default();
        for row in rows::<BridgeRow>(data, "lexicon/en/bridging.csv")? {
            bridges.add(&mut vocabulary, &row.phrase, row.refers_to);
        }
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
        let sets = sets(&vocabulary)?;
        let triggers = triggers(&rules, &vocabulary);
        let factors = parsed(data, "lexicon/en/confidence.toml")?;
        Ok(Grammar {
            vocabulary,
            sets,
            rules,
            triggers,
            actors,
            speakers,
            facilities,
            bridges,
            cues,
            factors,
        })
    }
}

/// The rules as written, for the test that runs each against its examples.
///
/// # Errors
/// `Error::Data` where the file is malformed.
pub fn rule_texts(data: &DataFiles) -> Result<Vec<RuleText>, Error> {
    Ok(parsed::<RuleFile>(data, EVENTS)?.rule)
}

fn compile(text: RuleText, vocabulary: &mut Vocabulary) -> Result<Rule, Error> {
    let problem = |e: Error| Error::Data {
        file: EVENTS.to_owned(),
        line: None,
        problem: format!("rule {:?}: {e}", text.name),
    };
    let patterns = text
        .patterns
        .iter()
        .map(|p| Pattern::compile(p, vocabulary))
        .collect::<Result<_, _>>()
        .map_err(problem)?;
    Ok(Rule {
        patterns,
        name: text.name,
        kind: text.kind,
        inside: text.inside,
        part: text.part,
        only_sides: text.only_sides,
        implied: text.implied,
        only_kinds: text.only_kinds,
        not_after: text.not_after.iter().map(|w| vocabulary.intern(w)).collect(),
        not_before: text.not_before.iter().map(|w| vocabulary.intern(w)).collect(),
    })
}

fn triggers(rules: &[Rule], vocabulary: &Vocabulary) -> FxHashMap<WordId, Vec<(usize, usize)>> {
    let mut out: FxHashMap<WordId, Vec<(usize, usize)>> = FxHashMap::default();
    for (r, rule) in rules.iter().enumerate() {
        for (p, pattern) in rule.patterns.iter().enumerate() {
            for word in pattern.trigger_words(vocabulary) {
                out.entry(word).or_default().push((r, p));
            }
        }
    }
    out
}

fn sets(vocabulary: &Vocabulary) -> Result<Sets, Error> {
    let set = |name: &str| {
        vocabulary.set(name).ok_or_else(|| Error::Data {
            file: WORDS.to_owned(),
            line: None,
            problem: format!("the set {name:?} is missing"),
        })
    };
    Ok(Sets {
        boundary: set("boundary")?,
        preposition: set("preposition")?,
        say: set("say")?,
        fighters: set("fighters")?,
        people: set("people")?,
        det: set("det")?,
        partitive: set("partitive")?,
        killed: set("killed")?,
        wounded: set("wounded")?,
    })
}

fn grouped<T>(rows: Vec<T>, phrase: impl Fn(&T) -> String) -> BTreeMap<String, Vec<T>> {
    let mut out: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for row in rows {
        out.entry(phrase(&row)).or_default().push(row);
    }
    out
}

fn parsed<T: for<'de> Deserialize<'de>>(data: &DataFiles, file: &str) -> Result<T, Error> {
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
