//! Vetoes: names of places that stand for a person, an outlet, a firm, a government or a tag.

use std::ops::Range;

use super::find::Mention;
use super::people::People;
use super::{Cues, Refusal};
use crate::gazetteer::Gazetteer;
use crate::text::{Gap, Shape, Tokens};

/// The sentence in which mentions are judged.
pub(super) struct Veto<'a, 't> {
    pub(super) tokens: &'a Tokens<'t>,
    pub(super) sentence: Range<usize>,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) cues: &'a Cues,
    pub(super) people: &'a People<'a>,
}

impl Veto<'_, '_> {
    /// Why a mention is no place; None where it may be one.
    pub(super) fn refusal(&self, mention: &Mention<'_>) -> Option<Refusal> {
        let untyped = mention.kinds.is_empty();
        let when = |holds: bool, why: Refusal| holds.then_some(why);
        when(self.is_word(mention), Refusal::Word)
            .or_else(|| when(self.is_tag(mention), Refusal::Tag))
            .or_else(|| when(self.is_aged(mention), Refusal::Person))
            .or_else(|| when(self.is_quoted(mention), Refusal::Quoted))
            .or_else(|| when(self.is_hyphenated(mention), Refusal::LongerName))
            .or_else(|| when(self.is_compound(mention), Refusal::Compound))
            .or_else(|| when(untyped && self.is_person(mention), Refusal::Person))
            .or_else(|| when(self.is_government(mention), Refusal::Government))
            .or_else(|| when(untyped && self.is_part_of_name(mention), Refusal::LongerName))
    }

    /// An ordinary word that only sounds like a place.
    fn is_word(&self, mention: &Mention<'_>) -> bool {
        let word = self.tokens.fold(mention.tokens.start);
        mention.tokens.len() == 1 && self.cues.never.contains(word) && !mention.is_spelled_so()
    }

    pub(super) fn before(&self, mention: &Mention<'_>, n: usize) -> &str {
        let i = mention.tokens.start.checked_sub(n).filter(|i| *i >= self.sentence.start);
        i.map_or("", |i| self.tokens.fold(i))
    }

    pub(super) fn after(&self, mention: &Mention<'_>, n: usize) -> &str {
        let i = mention.tokens.end + n;
        if i < self.sentence.end { self.tokens.fold(i) } else { "" }
    }

    fn is_capital(&self, i: usize) -> bool {
        matches!(self.tokens.shape(i), Shape::Capitalised | Shape::AllCaps)
    }

    /// A handle, an address, or a tag that is no word of a sentence: "#Kabul #Afghanistan".
    fn is_tag(&self, mention: &Mention<'_>) -> bool {
        let start = mention.tokens.start;
        match self.before(mention, 1) {
            "@" => true,
            "/" => self.tokens.gap(start) == Gap::None && self.before(mention, 2) == "/",
            "#" => !self.is_tagged_word(mention),
            _ => false,
        }
    }

    /// "Clashes in #Kunduz", "#Taloqan: inmates are out".
    fn is_tagged_word(&self, mention: &Mention<'_>) -> bool {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let lower = |i: usize| self.tokens.shape(i) == Shape::Lower;
        let leading = start >= self.sentence.start + 2
            && (lower(start - 2) || self.cues.preposition.contains(self.tokens.word(start - 2)));
        let glued = self.tokens.gap(end) == Gap::None && matches!(self.after(mention, 0), ":" | ",");
        let chained = self.before(mention, 3) == "#" || self.after(mention, 0) == "#";
        let told = start >= self.sentence.start + 3 && !chained && self.before(mention, 2) != "\"";
        leading || told || end < self.sentence.end && (lower(end) || glued)
    }

    /// "Kabul-trained" tells of somebody else.
    fn is_compound(&self, mention: &Mention<'_>) -> bool {
        let end = mention.tokens.end;
        end < self.sentence.end
            && self.tokens.gap(end) == Gap::Hyphen
            && self.tokens.shape(end) == Shape::Lower
            && !self.cues.compound.contains(self.tokens.word(end))
    }

    /// "His mate "Sangin" Smith", ""Farah", a nurse": a name in quotation marks of its own that is somebody's.
    fn is_quoted(&self, mention: &Mention<'_>) -> bool {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let inner = usize::from(self.after(mention, 0) == ",");
        let quoted = self.before(mention, 1) == "\""
            && self.tokens.gap(start) == Gap::None
            && self.after(mention, inner) == "\""
            && self.tokens.gap(end + inner) == Gap::None;
        let next = end + inner + 1;
        let described = matches!(self.after(mention, inner + 2), "a" | "an" | "who")
            && (inner == 1 || self.after(mention, 1) == ",")
            || inner == 1 && matches!(self.after(mention, 2), "a" | "an" | "who");
        quoted && (next < self.sentence.end && self.is_capital(next) || described)
    }

    /// "Jean-Pierre", "Koh-e-Sayad", "Koh-e Sayad", "Ali al-Khalifa": a longer name goes on across a hyphen.
    fn is_hyphenated(&self, mention: &Mention<'_>) -> bool {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let tied = start > self.sentence.start && self.tokens.gap(start) == Gap::Hyphen && !mention.paired;
        let plain = || self.cues.transparent_before.contains(self.tokens.word(start - 1));
        let linked = start > self.sentence.start + 1
            && self.cues.izafa.contains(self.tokens.word(start - 1))
            && self.tokens.gap(start - 1) == Gap::Hyphen
            && self.is_capital(start - 2)
            && !self.cues.transparent_before.contains(self.tokens.word(start - 2));
        let article =
            matches!(self.after(mention, 0), "al" | "el" | "ul") && self.tokens.gap(end + 1) == Gap::Hyphen;
        article || linked || tied && !plain()
    }

    /// "The Kabul-Kandahar highway" names two places.
    fn is_on_a_way(&self, hyphen: usize) -> bool {
        let way = |i: usize| i < self.sentence.end && self.cues.way.contains(self.tokens.word(i));
        self.tokens.gap(hyphen) == Gap::Hyphen && (hyphen + 1..hyphen + 5).any(way)
    }

    /// "Farah, 34," is a woman.
    fn is_aged(&self, mention: &Mention<'_>) -> bool {
        let end = mention.tokens.end;
        self.after(mention, 0) == ","
            && self.tokens.shape(end + 1) == Shape::Number
            && self.tokens.surface(end + 1).len() == 2
            && matches!(self.after(mention, 2), "," | ".")
    }

    /// A title in front, or a surname known from elsewhere in the report.
    fn is_person(&self, mention: &Mention<'_>) -> bool {
        let start = mention.tokens.start;
        let point = usize::from(self.before(mention, 1) == ".");
        let titled = self.cues.person_title.contains(self.before(mention, 1 + point))
            && self.tokens.gap(start) == Gap::Space;
        let initial = point == 1 && self.before(mention, 2).len() == 1;
        let known = mention.tokens.len() == 1
            && self.people.has(self.tokens.fold(start))
            && !self.cues.preposition.contains(self.before(mention, 1))
            && self.before(mention, 1) != ",";
        titled || initial || known
    }

    /// A capitalised neighbour that says nothing of places makes a longer name: "Kabul Serena Hotel", "Aziz Bek".
    fn is_part_of_name(&self, mention: &Mention<'_>) -> bool {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let possessive = self.tokens.get(end - 1).is_some_and(|t| t.possessive);
        let known_after = |i: usize| {
            let word = self.tokens.fold(i);
            let acronym =
                self.tokens.shape(i) == Shape::AllCaps && self.tokens.shape(start) != Shape::AllCaps;
            acronym && word.len() <= 5 || self.cues.transparent_after.contains(word)
        };
        let next = end < self.sentence.end
            && self.is_capital(end)
            && !possessive
            && matches!(self.tokens.gap(end), Gap::Space | Gap::Hyphen)
            && !known_after(end)
            && !self.is_pair(mention, end)
            && !self.is_on_a_way(end)
            && !self.is_full_name(mention);
        let previous =
            start > self.sentence.start && !self.is_pair(mention, start) && self.follows_name(start);
        (next || self.is_firm(mention) || previous) && !self.is_title_case(&mention.tokens)
    }

    /// "Helmand-Kandahar" is two places.
    fn is_pair(&self, mention: &Mention<'_>, at: usize) -> bool {
        mention.paired && self.tokens.gap(at) == Gap::Hyphen
    }

    /// "Kajaki Dam" says itself what it is, whatever follows.
    fn is_full_name(&self, mention: &Mention<'_>) -> bool {
        let last = self.tokens.fold(mention.tokens.end - 1);
        mention.tokens.len() >= 2 && self.gazetteer.kinds_of_type_word(last).is_some()
    }

    /// "Herat Bazaar Restaurant", "Bank of Helmand": capitals around the name end in what a firm or a team calls itself.
    fn is_firm(&self, mention: &Mention<'_>) -> bool {
        let mut run = (mention.tokens.end..self.sentence.end)
            .take_while(|i| self.is_capital(*i) && self.tokens.gap(*i) == Gap::Space);
        let of = matches!(self.before(mention, 1), "of" | "for")
            && self.is_capital(mention.tokens.start.saturating_sub(2))
            && self.cues.firm.contains(self.before(mention, 2));
        of || run.any(|i| self.cues.firm.contains(self.tokens.word(i)))
    }

    /// Whether the word before token `start` is the first part of a name.
    fn follows_name(&self, start: usize) -> bool {
        let word = self.tokens.fold(start - 1);
        let opens = start - 1 == self.sentence.start
            || matches!(self.tokens.fold(start - 2), "\"" | "'" | ":" | "-" | "(");
        let benign =
            self.cues.transparent_before.contains(word) || self.cues.transparent_after.contains(word);
        let acronym = self.tokens.shape(start - 1) == Shape::AllCaps && word.len() <= 5;
        self.is_capital(start - 1)
            && !self.tokens.get(start - 1).is_some_and(|t| t.possessive)
            && matches!(self.tokens.gap(start), Gap::Space | Gap::Hyphen)
            && !benign
            && !acronym
            && !self.is_on_a_way(start)
            && (!opens || self.cues.person_part.contains(word) || self.people.has(word))
    }

    /// In a headline every word has a capital, small words aside, and no point ends it: there, capitals say nothing.
    fn is_title_case(&self, name: &Range<usize>) -> bool {
        let shouted =
            |i: usize| self.tokens.shape(i) != Shape::Lower && self.tokens.shape(i) != Shape::Capitalised;
        if self.tokens.fold(self.sentence.end - 1) == "." && !self.sentence.clone().all(shouted) {
            return false;
        }
        let (mut capitals, mut words) = (0, 0);
        for i in self.sentence.clone().filter(|i| !name.contains(i)) {
            match self.tokens.shape(i) {
                Shape::Capitalised | Shape::AllCaps => (capitals, words) = (capitals + 1, words + 1),
                Shape::Lower if !self.cues.small.contains(self.tokens.word(i)) => words += 1,
                _ => {}
            }
        }
        words >= 3 && capitals * 10 >= words * 8
    }
}
