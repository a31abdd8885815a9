//! Rules: what an act looks like, as written in data and compiled.

use std::sync::Arc;

use serde::Deserialize;

use super::grammar::parsed;
use super::{EventKind, Side};
use crate::data::DataFiles;
use crate::error::Error;
use crate::gazetteer::PlaceKind;
use crate::lexicon::{ByWord, Inventory, Pattern, Vocabulary, WordId};

const EVENTS: &str = "lexicon/en/events.toml";

/// What an act looks like.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: Arc<str>,
    pub(super) kind: EventKind,
    pub(super) patterns: Vec<Pattern>,
    pub(super) inside: bool,
    pub(super) part: bool,
    /// It tells the toll of an act rather than an act, where one is told beside it.
    pub(super) toll: bool,
    /// The place itself is given away, whoever gives it.
    pub(super) gives: bool,
    /// The first party of the sentence is the one it befalls, however many are named in between.
    pub(super) first_suffers: bool,
    /// It needs somebody who acts, in its sentence or just before.
    pub(super) agent: bool,
    /// Its word is a noun: what is said of it afterwards counts ("the fall of X would").
    pub(super) nominal: bool,
    /// It tells what a picture shows: it fires in captions alone, where to prepare is to be there.
    pub(super) shown: bool,
    /// It may only tell where an act took place that was told before.
    pub(super) retells: bool,
    /// Told of the places listed below, never of one that its sentence names.
    pub(super) heads_list: bool,
    pub(super) only_sides: Vec<Side>,
    pub(super) only_enemies: Vec<Side>,
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
    toll: bool,
    #[serde(default)]
    gives: bool,
    #[serde(default)]
    first_suffers: bool,
    #[serde(default)]
    agent: bool,
    #[serde(default)]
    nominal: bool,
    #[serde(default)]
    shown: bool,
    #[serde(default)]
    retells: bool,
    #[serde(default)]
    heads_list: bool,
    #[serde(default)]
    only_sides: Vec<Side>,
    #[serde(default)]
    only_enemies: Vec<Side>,
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

/// The rules as written, for the test that runs each against its examples.
///
/// # Errors
/// `Error::Data` where the file is malformed.
pub fn rule_texts(data: &DataFiles) -> Result<Vec<RuleText>, Error> {
    Ok(parsed::<RuleFile>(data, EVENTS)?.rule)
}

pub(super) fn compile(text: RuleText, vocabulary: &mut Vocabulary) -> Result<Rule, Error> {
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
        name: text.name.into(),
        kind: text.kind,
        inside: text.inside,
        part: text.part,
        toll: text.toll,
        gives: text.gives,
        first_suffers: text.first_suffers,
        agent: text.agent,
        nominal: text.nominal,
        shown: text.shown,
        retells: text.retells,
        heads_list: text.heads_list,
        only_sides: text.only_sides,
        only_enemies: text.only_enemies,
        implied: text.implied,
        only_kinds: text.only_kinds,
        not_after: text.not_after.iter().map(|w| vocabulary.intern(w)).collect(),
        not_before: text.not_before.iter().map(|w| vocabulary.intern(w)).collect(),
    })
}

/// A pattern that a word may mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// What a sentence must hold for it: most sentences do not.
    pub(super) needs: Inventory,
    /// The number of its rule.
    pub(super) rule: usize,
    /// Its number there.
    pub(super) pattern: usize,
}

pub(super) fn triggers(rules: &[Rule], vocabulary: &Vocabulary) -> ByWord<Vec<Candidate>> {
    let mut out: ByWord<Vec<Candidate>> = ByWord::default();
    for (rule, patterns) in rules.iter().map(|r| &r.patterns).enumerate() {
        for (pattern, compiled) in patterns.iter().enumerate() {
            for word in compiled.trigger_words(vocabulary) {
                out.or_default(word).push(Candidate { needs: compiled.needs(), rule, pattern });
            }
        }
    }
    out
}
