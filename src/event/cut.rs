//! A report cut up: tokens, zones, sentences and the places they name, before any act is read.

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::date::DateMention;
use crate::gazetteer::{Gazetteer, PlaceKind, PlaceRef};
use crate::lexicon::{SetId, Vocabulary, WordId};
use crate::report::Zone;
use crate::text::{Sentence, Span, Tokens};
use crate::toponym::{Relation, Toponym};

pub(super) struct Cut<'t> {
    pub(super) tokens: Tokens<'t>,
    /// By token, its word, of those that the grammar knows.
    pub(super) words: Vec<WordId>,
    /// The same, with the words of dates.
    pub(super) all_words: Vec<WordId>,
    pub(super) sentences: Vec<Sentence>,
    /// By sentence, the sets of words (bits of `Vocabulary::sets_of`) of which it holds any.
    pub(super) held: Vec<u128>,
    /// By sentence, its zone.
    pub(super) zones: Vec<Zone>,
    /// By sentence, its places.
    pub(super) toponyms: Vec<Vec<Toponym>>,
    /// By sentence, its time expressions, once somebody asks.
    pub(super) dates: Vec<OnceCell<Vec<DateMention>>>,
    pub(super) published: Option<Date>,
    pub(super) source: Option<String>,
}

impl Cut<'_> {
    /// Whether sentence `i` holds a word of any of these sets: most that is asked of a sentence need not be asked.
    pub(super) fn holds(&self, i: usize, sets: &[SetId]) -> bool {
        sets.iter().any(|set| self.held[i] & Vocabulary::bit(*set) != 0)
    }

    /// Whether sentence `i` opens a story.
    pub(super) fn opens_story(&self, i: usize) -> bool {
        i == 0 || self.zones[i].story != self.zones[i - 1].story
    }

    /// Where sentence `i` stands in the text.
    pub(super) fn span(&self, i: usize) -> Span {
        let tokens = &self.sentences[i].tokens;
        self.tokens.span(tokens.start, tokens.end)
    }

    /// The day that relative dates of sentence `i` count from, and by which its sides are told.
    pub(super) fn day(&self, i: usize) -> Option<Date> {
        self.zones[i].anchor.or(self.published)
    }

    /// The paragraph that goes on from sentence `i`: where it closes its own with a question, the next, which answers.
    pub(super) fn answered_in(&self, i: usize) -> usize {
        let (own, tokens) = (self.sentences[i].paragraph, &self.sentences[i].tokens);
        let asks = tokens.clone().next_back().is_some_and(|t| self.tokens.fold(t) == "?");
        let next = self.sentences.get(i + 1).map(|s| s.paragraph).filter(|p| asks && *p != own);
        next.unwrap_or(own)
    }

    /// Whether sentence `i` begins with a place: "From Taywara the news is better."
    pub(super) fn opens_with_place(&self, i: usize) -> bool {
        let start = self.sentences[i].tokens.start;
        self.toponyms[i].first().is_some_and(|t| t.relation == Relation::At && t.phrase.start <= start + 1)
    }

    /// The districts that the story of sentence `from` names, each once.
    pub(super) fn districts(&self, from: usize, gazetteer: &Gazetteer) -> Vec<PlaceRef> {
        let story = self.zones[from].story;
        let told = (from..self.sentences.len()).take_while(|i| self.zones[*i].story == story);
        let named = told.flat_map(|i| &self.toponyms[i]).filter_map(|t| t.place);
        let mut districts: Vec<PlaceRef> =
            named.filter(|p| gazetteer.get(*p).kind == PlaceKind::District).collect();
        districts.sort_unstable();
        districts.dedup();
        districts
    }

    /// The first provincial capital, the nation's own aside, that the story of sentence `from` names.
    pub(super) fn first_capital(&self, from: usize, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        let story = self.zones[from].story;
        (from..self.sentences.len())
            .take_while(|i| self.zones[*i].story == story)
            .flat_map(|i| &self.toponyms[i])
            .filter(|t| t.relation == Relation::At)
            .filter_map(|t| t.place)
            .find(|p| gazetteer.is_capital(*p) && !super::scene::is_national_capital(*p, gazetteer))
    }
}

/// By sentence, whether it belongs to an entry of a page that is written by the hour: its paragraph opens with a time,
/// "09:15" or "18.40", and others do.
pub(super) fn entries(tokens: &Tokens<'_>, sentences: &[Sentence]) -> Vec<bool> {
    let mut out: Vec<bool> = Vec::with_capacity(sentences.len());
    let mut clocks = 0;
    for (i, sentence) in sentences.iter().enumerate() {
        let opens = i == 0 || sentences[i - 1].paragraph != sentence.paragraph;
        let entry = if opens {
            opens_with_clock(
                &tokens.text()[tokens.span(sentence.tokens.start, sentence.tokens.end).start()..],
            )
        } else {
            out[i - 1]
        };
        clocks += usize::from(opens && entry);
        out.push(entry);
    }
    if clocks < 2 {
        out.fill(false);
    }
    out
}

fn opens_with_clock(text: &str) -> bool {
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(text);
    if hours == 4 {
        return opens_with_military_clock(text);
    }
    let Some(rest) = text.get(hours..).filter(|r| r.starts_with([':', '.'])) else { return false };
    let minutes = digits(&rest[1..]);
    let below = |s: &str, most: u8| s.parse().is_ok_and(|n: u8| n < most);
    let ends = rest[1 + minutes..].starts_with(|c: char| c.is_whitespace());
    (1..=2).contains(&hours)
        && minutes == 2
        && ends
        && below(&text[..hours], 24)
        && below(&rest[1..=minutes], 60)
}

/// "0430L: ...", "1120Z - ...", "0900: ...": four digits, the letter of a time zone or none, a mark.
fn opens_with_military_clock(text: &str) -> bool {
    let below = |s: Option<&str>, most: u8| s.and_then(|s| s.parse().ok()).is_some_and(|n: u8| n < most);
    let rest = text.get(4..).unwrap_or_default();
    let zone = rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let mark = rest.get(usize::from(zone)..).unwrap_or_default().trim_start();
    below(text.get(..2), 24) && below(text.get(2..4), 60) && mark.starts_with([':', '-', '|', '\u{2013}'])
}
