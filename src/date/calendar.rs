//! The calendar: finds the time expressions of a text by the rules of a table.

use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;

use super::civil::{spanning, vague};
use super::pattern::{Pattern, Sets};
use super::resolve::{Reading, reading};
use super::rule::{Gives, Rule};
use super::slots::{Known, Openings, Scene};
use super::trie::{Fit, Trie};
use super::words::{WordTable, Words};
use super::{DateMention, Meaning};
use crate::data::DataFiles;
use crate::error::Error;
use crate::lexicon::{Vocabulary, WordId};
use crate::text::{CalendarNames, Shape, Tokens};

const FILE: &str = "lexicon/en/dates.toml";

/// Finds time expressions and says what they mean.
///
/// ```
/// use naqsha::{data::DataFiles, date::{Calendar, Meaning}, text::Tokens};
/// let calendar = Calendar::from_data(&DataFiles::bundled())?;
/// let printed = jiff::civil::date(2021, 7, 7);
/// let tokens = Tokens::of("The town fell on Tuesday noon.");
/// let found = calendar.find(&tokens, 0..tokens.len(), Some(printed));
/// let Meaning::On(days) = found[0].meaning else { panic!() };
/// assert_eq!(days.from, jiff::civil::date(2021, 7, 6));
/// # Ok::<(), naqsha::error::Error>(())
/// ```
#[derive(Debug)]
pub struct Calendar {
    rules: DateRules,
    vocabulary: Vocabulary,
}

/// The rules of a calendar, for one who has numbered the words of a text already.
#[derive(Debug)]
pub struct DateRules {
    words: Words,
    patterns: Trie,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "names")]
    _names: toml::Table,
    words: WordTable,
    sets: Sets,
    rule: Vec<Rule>,
}

impl Calendar {
    /// Reads the rules from the data files.
    ///
    /// # Errors
    /// `Error::Data` where the table is missing or malformed.
    pub fn from_data(files: &DataFiles) -> Result<Calendar, Error> {
        let mut vocabulary = Vocabulary::default();
        Ok(Calendar { rules: DateRules::from_data(files, &mut vocabulary)?, vocabulary })
    }

    /// The time expressions among the tokens of `range`, in their order, none overlapping another. Relative
    /// ones count from `anchor`; without one they are `Unresolved`.
    #[must_use]
    pub fn find(&self, tokens: &Tokens<'_>, range: Range<usize>, anchor: Option<Date>) -> Vec<DateMention> {
        let words: Vec<WordId> = (0..tokens.len()).map(|i| self.vocabulary.id(tokens.word(i))).collect();
        self.rules.find(tokens, &words, range, anchor)
    }
}

impl DateRules {
    /// Reads the rules from the data files; their words join the vocabulary.
    ///
    /// # Errors
    /// `Error::Data` where the table is missing or malformed.
    pub fn from_data(files: &DataFiles, vocabulary: &mut Vocabulary) -> Result<DateRules, Error> {
        let text = files.text(FILE)?;
        let bad = |problem: String| Error::Data { file: FILE.to_owned(), line: None, problem };
        let names = CalendarNames::from_toml(FILE, text)?;
        let file: File = toml::from_str(text).map_err(|e| bad(e.to_string()))?;
        let mut patterns = Trie::new(std::mem::take(vocabulary));
        for rule in file.rule {
            for notation in &rule.patterns {
                let pattern = Pattern::parse(notation, &file.sets)
                    .map_err(|e| bad(format!("rule {:?}, pattern {notation:?}: {e}", rule.name)))?;
                patterns.add(rule.gives, &pattern);
            }
        }
        let words = Words::new(names, file.words);
        *vocabulary = patterns.finish(words.openers());
        Ok(DateRules { words, patterns })
    }

    /// As [`Calendar::find`], for tokens whose words are numbered.
    #[must_use]
    pub fn find(
        &self,
        tokens: &Tokens<'_>,
        words: &[WordId],
        range: Range<usize>,
        anchor: Option<Date>,
    ) -> Vec<DateMention> {
        let (start, end) = (range.start, range.end.min(tokens.len()));
        let mut known: Vec<Known> = (start..end).map(|i| self.known(tokens, words[i], i, end)).collect();
        self.patterns.mark_beginnings(&mut known);
        let scene = Scene { words: &self.words, tokens, known: &known, start, end };
        let mut out = Vec::new();
        let mut i = start;
        while i < end {
            let Some(fit) = self.patterns.longest(scene, i) else {
                i += 1;
                continue;
            };
            out.extend(self.mention(scene, i, fit, anchor));
            i = fit.end;
        }
        out
    }

    fn known(&self, tokens: &Tokens<'_>, word: WordId, i: usize, end: usize) -> Known {
        let mut opens = self.patterns.openings(word);
        if tokens.shape(i) == Shape::Number {
            opens = opens.with(Openings::NUMERAL);
        } else if opens.meets(Openings::PART.with(Openings::THIRD)) {
            // "The" opens "the end of", but seldom does.
            opens = opens.without(self.words.phrases_missing(opens, tokens, i, end));
        }
        Known { word, opens, begins: false }
    }

    fn mention(&self, scene: Scene<'_, '_>, i: usize, fit: Fit, anchor: Option<Date>) -> Option<DateMention> {
        let gives = fit.gives;
        let mut from = fit.begin.unwrap_or(i);
        while from + 1 < fit.end && self.words.is_leading(scene.tokens.fold(from)) {
            from += 1;
        }
        let found = reading(gives, &fit.caught, anchor)?;
        let before = if from > i { scene.tokens.fold(from - 1) } else { scene.before(i) };
        let found = self.modified(before, gives, found, anchor);
        Some(DateMention {
            tokens: from..fit.end,
            span: scene.tokens.span(from, fit.end),
            meaning: found.meaning,
            later: found.later,
            part: fit.caught.part,
            ambiguous: fit.caught.dates.iter().flatten().any(|d| d.ambiguous),
        })
    }

    /// "since X" runs from X to the anchor; "by X" may lie ahead.
    fn modified(&self, before: &str, gives: Gives, found: Reading, anchor: Option<Date>) -> Reading {
        let (Meaning::On(days), Some(anchor)) = (found.meaning, anchor) else { return found };
        if self.words.is_open(before) && days.from <= anchor {
            let near = (anchor - days.from).get_days() <= 1;
            let open = if near { spanning(days.from, anchor) } else { vague(days.from, anchor) };
            return Reading::on(open);
        }
        let dated = matches!(gives, Gives::Date | Gives::NamedMonth(_));
        match found.later {
            Some(later) if dated && self.words.is_deadline(before) => {
                let nearer = (later.from - anchor).get_days() < (anchor - days.to).get_days();
                if nearer { Reading::plain(Meaning::Future(later)) } else { found }
            }
            _ => found,
        }
    }
}
