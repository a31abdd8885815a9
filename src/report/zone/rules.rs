//! The rules by which lines are told apart (data/lexicon/en/zones.toml).

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::lines::{has_words, is_closed};
use super::needs::{Answers, Asked, Needs};
use super::pattern::{Pattern, Sets};
use super::slots::{Agencies, Found, Scene, agencies};
use crate::data::DataFiles;
use crate::error::Error;
use crate::report::{Undated, ZoneKind};
use crate::text::{CalendarNames, Gap, Shape, Tokens, WordMap, WordSet, WrittenDate};

const ZONES: &str = "lexicon/en/zones.toml";
const DATES: &str = "lexicon/en/dates.toml";
const OUTLETS: &str = "outlets.csv";

/// Where on a line a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Start,
    End,
}

/// How much of the line a match takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Takes {
    /// What it matched.
    #[default]
    Match,
    /// What it matched, and the rest too where that is short and no sentence.
    ShortLine,
    /// The whole line.
    Line,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    name: String,
    kind: ZoneKind,
    at: At,
    #[serde(default)]
    takes: Takes,
    /// Only above the first paragraphs of a story.
    #[serde(default)]
    opening: bool,
    /// When acts happened that are told below it without a date.
    #[serde(default)]
    undated: Undated,
    /// How many words must follow.
    #[serde(default)]
    followed_by: usize,
    /// How many lines the report must have.
    #[serde(default)]
    lines: usize,
    /// First words with which it does not apply.
    #[serde(default)]
    unless: WordSet,
    patterns: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "held against the rule by its test"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "held against the rule by its test"))]
    counter: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    agencies: WordSet,
    sets: Sets,
    parts: BTreeMap<String, String>,
    rule: Vec<RuleRow>,
}

/// The rules by which lines are told apart.
#[derive(Debug)]
pub(super) struct Rules {
    names: CalendarNames,
    agencies: Agencies,
    rules: Vec<(RuleRow, Vec<Pattern>)>,
    needs: Needs,
    starts: Index,
    ends: Index,
}

/// Which patterns, by rule and number, a token may begin.
#[derive(Debug, Default)]
struct Index {
    by_word: WordMap<Vec<(usize, usize)>>,
    numbers: Vec<(usize, usize)>,
    open: Vec<(usize, usize)>,
    /// What the tokens answer that any of them may begin with.
    asked: Asked,
}

impl Index {
    fn add(&mut self, at: (usize, usize), pattern: &Pattern, agencies: &Agencies) {
        let mut firsts = pattern.firsts();
        if firsts.agency {
            firsts.words.extend(agencies.words().map(str::to_owned));
        }
        for word in firsts.words {
            let list = self.by_word.or_insert_with(&word, Vec::new);
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
        if firsts.number {
            self.numbers.push(at);
        }
        if firsts.open {
            self.open.push(at);
        }
        self.asked = self.asked.with(pattern.asked_first());
    }

    /// Whether any pattern may begin with a token that answers this.
    fn may_begin(&self, answer: Asked) -> bool {
        !self.open.is_empty() || self.asked.meets(answer)
    }

    fn of<'a>(&'a self, tokens: &Tokens<'_>, i: usize) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let named = self.by_word.get(tokens.word(i)).map_or(&[][..], Vec::as_slice);
        let numbers = if tokens.shape(i) == Shape::Number { self.numbers.as_slice() } else { &[] };
        let open = if runs_into_sentence(tokens, i) { &[] } else { self.open.as_slice() };
        named.iter().chain(numbers).chain(open).copied()
    }
}

/// A word in small letters follows the capitals at token `i`: a sentence, no dateline.
fn runs_into_sentence(tokens: &Tokens<'_>, i: usize) -> bool {
    let capital = |k: &usize| {
        matches!(tokens.shape(*k), Shape::Capitalised | Shape::AllCaps) || tokens.gap(*k) == Gap::Hyphen
    };
    let end = (i..tokens.len()).find(|k| !capital(k)).unwrap_or(tokens.len());
    tokens.shape(end) == Shape::Lower && tokens.gap(end) == Gap::Space
}

/// What a rule took from a line.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) kind: ZoneKind,
    pub(super) tokens: Range<usize>,
    pub(super) found: Found,
    /// It may only stand above a story's first paragraphs.
    pub(super) opening: bool,
    /// It takes the line, however long.
    pub(super) whole: bool,
    /// When acts happened that are told below it without a date.
    pub(super) undated: Undated,
}

impl Rules {
    pub(super) fn from_data(data: &DataFiles) -> Result<Rules, Error> {
        let bad = |problem: String| Error::Data { file: ZONES.to_owned(), line: None, problem };
        let file: File = toml::from_str(data.text(ZONES)?).map_err(|e| bad(e.to_string()))?;
        let names = CalendarNames::from_toml(DATES, data.text(DATES)?)?;
        let outlets = outlet_names(data)?;
        let listed: WordSet = file.agencies.iter().map(str::to_owned).chain(outlets).collect();
        let agencies = agencies(listed.iter());
        let mut needs = Needs::new(&names, &agencies);
        let (mut rules, mut starts, mut ends) = (Vec::new(), Index::default(), Index::default());
        for row in file.rule {
            let mut patterns = Vec::new();
            for notation in &row.patterns {
                let mut whole = with_parts(notation, &file.parts);
                if row.at == At::End {
                    whole += " {end}";
                }
                let pattern = Pattern::parse(&whole, &file.sets, &mut needs)
                    .map_err(|e| bad(format!("rule {:?}, pattern {notation:?}: {e}", row.name)))?;
                let index = if row.at == At::Start { &mut starts } else { &mut ends };
                index.add((rules.len(), patterns.len()), &pattern, &agencies);
                patterns.push(pattern);
            }
            rules.push((row, patterns));
        }
        Ok(Rules { names, agencies, rules, needs, starts, ends })
    }

    /// The names of months and weekdays.
    pub(super) fn calendar(&self) -> &CalendarNames {
        &self.names
    }

    /// What stands at the start of `line` and is no story: the longest match.
    pub(super) fn start(&self, answers: &Answers<'_, '_>, line: &Range<usize>, lines: usize) -> Option<Cut> {
        let tokens = answers.tokens;
        let scene = self.scene(answers, line.end);
        let met = LazyCell::new(|| answers.of_any(line.clone()));
        let fits = |(rule, pattern): (usize, usize)| {
            let (row, patterns) = &self.rules[rule];
            if !patterns[pattern].may_fit(*met)
                || row.unless.contains(tokens.word(line.start))
                || lines < row.lines
            {
                return None;
            }
            let (end, found) = patterns[pattern].fit(&scene, line.start)?;
            let rest = end..line.end;
            if !has_words(tokens, &rest, row.followed_by) {
                return None;
            }
            let short = || !has_words(tokens, &rest, SHORT + 1) && !is_closed(tokens, &rest);
            let end = match row.takes {
                Takes::Line => line.end,
                Takes::ShortLine if short() => line.end,
                Takes::ShortLine | Takes::Match => end,
            };
            let whole = row.takes == Takes::Line;
            let found = Found { date: self.fullest(tokens, found.date, line.start..end), ..found };
            let (kind, opening, undated) = (row.kind, row.opening, row.undated);
            Some(Cut { kind, tokens: line.start..end, found, opening, whole, undated })
        };
        let better = |c: &Cut| {
            let found = (c.found.date.is_some(), c.found.outlet.is_some());
            (c.tokens.end, c.kind == ZoneKind::Header, found, !c.opening)
        };
        self.starts.of(tokens, line.start).filter_map(fits).max_by_key(better)
    }

    /// A date may stand twice ("July 7 (Wire - 7th Jul, 2021)"): the one with its year counts.
    fn fullest(
        &self,
        tokens: &Tokens<'_>,
        date: Option<WrittenDate>,
        mut range: Range<usize>,
    ) -> Option<WrittenDate> {
        let end = range.end;
        let date = date?;
        let full =
            |i| self.names.date_at(tokens, i, end).filter(|d| d.year.is_some() && d.month == date.month);
        if date.year.is_some() { Some(date) } else { range.find_map(full).or(Some(date)) }
    }

    /// The credit or signature that closes `line`: the longest match.
    pub(super) fn end(&self, answers: &Answers<'_, '_>, line: &Range<usize>) -> Option<Cut> {
        let scene = self.scene(answers, line.end);
        let from = line.start.max(line.end.saturating_sub(SIGNATURE));
        let met = LazyCell::new(|| answers.of_any(from..line.end));
        let may_begin = |at: &usize| self.ends.may_begin(answers.of(*at));
        (from..line.end).filter(may_begin).find_map(|at| {
            let fits = |(rule, pattern): (usize, usize)| {
                let (row, patterns) = &self.rules[rule];
                let (_, found) = Some(&patterns[pattern]).filter(|p| p.may_fit(*met))?.fit(&scene, at)?;
                let (kind, tokens, undated) = (row.kind, at..line.end, row.undated);
                Some(Cut { kind, tokens, found, opening: false, whole: false, undated })
            };
            self.ends.of(answers.tokens, at).find_map(fits)
        })
    }

    /// What the tokens of a text answer to the patterns.
    pub(super) fn answers<'a, 't>(&self, tokens: &'a Tokens<'t>) -> Answers<'a, 't> {
        self.needs.answers(tokens)
    }

    fn scene<'a, 't>(&'a self, answers: &'a Answers<'a, 't>, end: usize) -> Scene<'a, 't> {
        Scene { tokens: answers.tokens, answers, names: &self.names, agencies: &self.agencies, end }
    }
}

/// The names in `outlets.csv` that one may take for an outlet wherever they open a line: of several words, and of no party, for
/// a party's name opens many a sentence.
fn outlet_names(data: &DataFiles) -> Result<Vec<String>, Error> {
    #[derive(Deserialize)]
    struct Row {
        name: String,
        aliases: String,
        kind: String,
    }
    let mut table = csv::Reader::from_reader(data.bytes(OUTLETS)?);
    let bad = |e: csv::Error| Error::Data {
        file: OUTLETS.to_owned(),
        line: e.position().map(csv::Position::line),
        problem: e.to_string(),
    };
    let mut names = Vec::new();
    for row in table.deserialize() {
        let Row { name, aliases, kind } = row.map_err(bad)?;
        let spelled = aliases.split(';').chain([name.as_str()]).map(folded);
        names.extend(spelled.filter(|n| kind != PARTY && n.contains(' ')));
    }
    Ok(names)
}

const PARTY: &str = "party";

fn folded(name: &str) -> String {
    let tokens = Tokens::of(name);
    let words: Vec<&str> = (0..tokens.len()).map(|i| tokens.fold(i)).collect();
    words.join(" ")
}

/// The most tokens of a credit or signature.
const SIGNATURE: usize = 48;
/// The most words that a line may have left to be taken along with a header.
const SHORT: usize = 14;

/// Puts the named parts (`<time>`) in their places.
fn with_parts(notation: &str, parts: &BTreeMap<String, String>) -> String {
    let mut whole = notation.to_owned();
    for (name, part) in parts {
        whole = whole.replace(&format!("<{name}>"), part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::{At, Rules};
    use crate::data::DataFiles;
    use crate::text::Tokens;

    #[test]
    fn every_rule_takes_its_examples_and_leaves_its_counter_examples() {
        let rules = Rules::from_data(&DataFiles::bundled()).unwrap();
        let mut wrong = Vec::new();
        for (row, patterns) in &rules.rules {
            assert!(!row.examples.is_empty() && !row.counter.is_empty(), "{} lacks examples", row.name);
            let takes = |line: &String| {
                let tokens = Tokens::of(line);
                let answers = rules.answers(&tokens);
                let scene = rules.scene(&answers, tokens.len());
                let starts = match row.at {
                    At::Start => 0..1,
                    At::End => 0..tokens.len(),
                };
                let fits = |at: usize| {
                    let mut found = patterns.iter().filter_map(|p| p.fit(&scene, at));
                    found.any(|(end, _)| row.at == At::Start || end == tokens.len())
                };
                !row.unless.contains(tokens.word(0)) && starts.clone().any(fits)
            };
            wrong.extend(
                row.examples.iter().filter(|e| !takes(e)).map(|e| format!("{} leaves {e:?}", row.name)),
            );
            wrong
                .extend(row.counter.iter().filter(|e| takes(e)).map(|e| format!("{} takes {e:?}", row.name)));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
