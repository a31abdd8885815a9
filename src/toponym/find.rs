//! Finding: every run of tokens that bears a place's name, longest first, and is no person, outlet or hashtag.

use std::ops::Range;

use super::context::is_prominent;
use super::heads::Heads;
use super::people::People;
use super::veto::Veto;
use super::{Cues, Refusal, alike, building, lower, quarter, type_words};
use crate::gazetteer::{Gazetteer, NameMatch, PlaceKind, PlaceRef, sound_key_into, spelling_key};
use crate::text::{Gap, Sentence, Shape, Tokens};

/// A run of tokens that bears a place's name, not yet resolved.
#[derive(Debug, Clone)]
pub struct Mention<'g> {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// The tokens with the type word.
    pub phrase: Range<usize>,
    /// Places that bear the name.
    pub names: &'g [NameMatch],
    /// The name's first key as written.
    pub spelling: String,
    /// How many sounds it has.
    pub sounds: usize,
    /// The kinds that a type word beside it, or beside the list it stands in, allows; empty without one.
    pub kinds: &'g [PlaceKind],
    /// The kinds of a type word that no place of the name has: "Jarm district", where only the centre is so spelled.
    pub called: &'g [PlaceKind],
    /// The name is also an ordinary word or part of persons' names, or only sounds like a place's short name.
    pub ordinary: bool,
    /// One word that only sounds like the name: "Rostock" for Rustaq.
    pub loose: bool,
    /// A building follows that the name places: "Kunduz airport".
    pub landmark: bool,
    /// An office or a number of its districts stands beside it: "Kunduz governor", "three of Herat".
    pub office: bool,
    /// A hyphen ties it to another place: "Helmand-Kandahar".
    pub paired: bool,
}

impl<'g> Mention<'g> {
    /// A mention of which nothing is known yet but its name.
    pub(super) fn new(
        tokens: Range<usize>,
        names: &'g [NameMatch],
        spelling: String,
        sounds: usize,
    ) -> Mention<'g> {
        Mention {
            phrase: tokens.clone(),
            tokens,
            names,
            spelling,
            sounds,
            kinds: &[],
            called: &[],
            ordinary: false,
            loose: false,
            landmark: false,
            office: false,
            paired: false,
        }
    }

    /// Notes whether the name is also an ordinary word, or only sounds like a place's.
    fn note_doubt(&mut self, tokens: &Tokens<'_>, cues: &Cues) {
        let word = self.tokens.len() == 1;
        let spelled = self.is_spelled_so();
        self.ordinary = word && cues.ordinary.contains(tokens.word(self.tokens.start))
            || self.sounds < TELLING_SOUNDS && !spelled;
        self.loose = word && !spelled;
    }

    /// The places that bear the name.
    pub(super) fn places(&self) -> impl Iterator<Item = PlaceRef> {
        self.names.iter().map(|n| n.place)
    }

    /// The province that bears the name.
    pub(super) fn province(&self, gazetteer: &Gazetteer) -> Option<PlaceRef> {
        self.places().find(|p| gazetteer.get(*p).kind == PlaceKind::Province)
    }

    /// Whether no place of this country bears the name.
    pub(super) fn is_foreign(&self, gazetteer: &Gazetteer) -> bool {
        self.places().all(|p| gazetteer.get(p).is_abroad())
    }

    /// Whether a place abroad is spelled just so.
    pub(super) fn has_namesake_abroad(&self, gazetteer: &Gazetteer) -> bool {
        self.names.iter().any(|n| *n.spelling == self.spelling && gazetteer.get(n.place).is_abroad())
    }

    /// Whether it is no ordinary word and may be a place of this country that is named without saying where it lies.
    pub(super) fn is_known(&self, gazetteer: &Gazetteer) -> bool {
        !self.ordinary && self.places().any(|place| is_known(place, gazetteer))
    }

    /// Whether some place of the name is spelled just so, blanks aside.
    pub(super) fn is_spelled_so(&self) -> bool {
        self.names.iter().any(|n| n.is_spelled(&self.spelling))
    }
}

/// Finds names by their sound, longest first.
#[derive(Debug)]
pub(super) struct Finder {
    /// Of all names.
    all: Heads,
    /// Of those that say what country a text is about.
    known: Heads,
}

/// No name has more words.
const LONGEST: usize = 8;
/// A name that is matched by sound alone needs so many sounds to stand without support.
const TELLING_SOUNDS: usize = 5;

impl Finder {
    pub(super) fn of(gazetteer: &Gazetteer) -> Finder {
        let known =
            gazetteer.sounds().filter(|(_, names)| names.iter().any(|n| is_known(n.place, gazetteer)));
        Finder {
            all: gazetteer.sounds().map(|(key, _)| key).collect(),
            known: known.map(|(key, _)| key).collect(),
        }
    }

    /// The mentions of each sentence, in order, without overlap. `refused` is told of those that are no place.
    pub(super) fn find<'g>(
        &self,
        tokens: &Tokens<'_>,
        sentences: &[Sentence],
        gazetteer: &'g Gazetteer,
        cues: &Cues,
        mut refused: impl FnMut(&Mention<'_>, Refusal),
    ) -> Vec<Vec<Mention<'g>>> {
        let mut scan = Scan { heads: &self.all, tokens, gazetteer, cues, key: String::new() };
        let mut found: Vec<Vec<Mention<'g>>> =
            sentences.iter().map(|s| scan.sentence(s.tokens.clone())).collect();
        if found.iter().all(Vec::is_empty) {
            return found;
        }
        quarter::add(&mut found, tokens, sentences, gazetteer, cues);
        alike::add(&mut found, tokens, sentences, gazetteer);
        let people = People::of(tokens, sentences, cues);
        for (sentence, list) in sentences.iter().zip(&mut found) {
            note_pairs(list, tokens);
            let mut previous = None;
            for mention in list.iter_mut() {
                type_words::beside(mention, previous, tokens, sentence, gazetteer, cues);
                building::beside(mention, tokens, sentence, gazetteer, cues);
                previous = Some(mention.tokens.end);
            }
            let veto = Veto { tokens, sentence: sentence.tokens.clone(), gazetteer, cues, people: &people };
            list.retain(|mention| match veto.refusal(mention) {
                Some(why) => {
                    refused(mention, why);
                    false
                }
                None => true,
            });
            type_words::of_lists(list, tokens, gazetteer);
            list.iter_mut().for_each(|mention| mention.note_doubt(tokens, cues));
        }
        found
    }

    /// Whether a text may name a place of this country in a way that says what country it is about. Where it does not,
    /// it has no toponyms: most texts of a newsroom need no closer look.
    pub(super) fn may_find(&self, tokens: &Tokens<'_>, gazetteer: &Gazetteer, cues: &Cues) -> bool {
        let all = 0..tokens.len();
        let mut scan = Scan { heads: &self.known, tokens, gazetteer, cues, key: String::new() };
        all.clone().any(|i| {
            scan.names_known(i)
                || lower::at_type_word(tokens, i, &all, gazetteer).is_some()
                || quarter::is_at(tokens, i)
        })
    }
}

struct Scan<'a, 't, 'g> {
    /// Of the names searched for.
    heads: &'a Heads,
    tokens: &'a Tokens<'t>,
    gazetteer: &'g Gazetteer,
    cues: &'a Cues,
    /// The sound key looked up last.
    key: String,
}

impl<'g> Scan<'_, '_, 'g> {
    fn sentence(&mut self, range: Range<usize>) -> Vec<Mention<'g>> {
        let mut out = Vec::new();
        let mut at = range.start;
        while at < range.end {
            match self.longest_at(at, range.end) {
                Some(mention) => {
                    at = mention.tokens.end;
                    out.push(mention);
                }
                None => {
                    let small = lower::at_type_word(self.tokens, at, &range, self.gazetteer);
                    at += 1;
                    if let Some(mention) = small {
                        at = at.max(mention.tokens.end);
                        out.push(mention);
                    }
                }
            }
        }
        out
    }

    /// "Panjshir Valley" is the province, "Arghandab Valley" the district: what a side holds are units.
    fn is_valley_of_unit(&mut self, at: usize, to: usize, names: &[NameMatch]) -> bool {
        let gazetteer = self.gazetteer;
        let kind = |n: &NameMatch| gazetteer.get(n.place).kind;
        let is_valley =
            |word| gazetteer.kinds_of_type_word(word).is_some_and(|kinds| kinds.contains(&PlaceKind::Region));
        to - at >= 2
            && names.iter().all(|n| kind(n) == PlaceKind::Region)
            && is_valley(self.tokens.fold(to - 1))
            && self
                .sounding(at..to - 1)
                .iter()
                .any(|n| matches!(kind(n), PlaceKind::Province | PlaceKind::District))
    }

    /// The places that the tokens of `range` sound like.
    fn sounding(&mut self, range: Range<usize>) -> &'g [NameMatch] {
        let mut words = [""; LONGEST];
        let mut count = 0;
        for i in range.filter(|i| !self.is_silent(*i)).take(LONGEST) {
            words[count] = self.tokens.fold(i);
            count += 1;
        }
        sound_key_into(&words[..count], &mut self.key);
        self.gazetteer.sounding(&self.key)
    }

    /// Where names may end that begin at token `at`, before token `end`.
    fn ends(&mut self, at: usize, end: usize) -> Range<usize> {
        let named = matches!(self.tokens.shape(at), Shape::Capitalised | Shape::AllCaps | Shape::Caseless);
        if !named || self.cues.small.contains(self.tokens.word(at)) {
            return 0..0;
        }
        let word = self.tokens.fold(at);
        if !self.heads.may_begin(word, &mut self.key) {
            return 0..0;
        }
        let limit = end.min(at + self.gazetteer.longest_name());
        let run = (at + 1..limit).find(|i| !self.continues(*i)).unwrap_or(limit);
        let most = if run > at + 1 && self.heads.may_go_on(word, &mut self.key) { run } else { at + 1 };
        at + 1..most + 1
    }

    /// The mention of the tokens from `at` to `to`, if any place sounds like them.
    fn mention(&mut self, at: usize, to: usize) -> Option<Mention<'g>> {
        if !self.may_end(at, to - 1) {
            return None;
        }
        let names = self.sounding(at..to);
        let sounds = self.key.len();
        if names.is_empty() || self.is_valley_of_unit(at, to, names) {
            return None;
        }
        let words = (at..to).filter(|i| !self.is_silent(*i)).map(|i| self.tokens.fold(i));
        Some(Mention::new(at..to, names, spelling_key(words), sounds))
    }

    fn longest_at(&mut self, at: usize, end: usize) -> Option<Mention<'g>> {
        self.ends(at, end).rev().find_map(|to| self.mention(at, to))
    }

    /// Whether a name begins at token `at` that says what country a text is about.
    fn names_known(&mut self, at: usize) -> bool {
        self.ends(at, self.tokens.len()).any(|to| {
            self.mention(at, to).is_some_and(|mut mention| {
                mention.note_doubt(self.tokens, self.cues);
                mention.is_known(self.gazetteer)
            })
        })
    }

    /// Whether token `i` may go on a name: capitals, a short word ("wa", "us"), a hyphenated part, the word of a
    /// building, a road or a river, or the apostrophe of "Nad 'Ali".
    fn continues(&self, i: usize) -> bool {
        let gap = self.tokens.gap(i);
        if self.is_silent(i) || self.is_silent(i - 1) {
            return true;
        }
        let joined = matches!(gap, Gap::Hyphen | Gap::Space | Gap::Line);
        let broken = self.tokens.get(i - 1).is_some_and(|t| t.possessive);
        joined
            && !broken
            && match self.tokens.shape(i) {
                // "WAR AS" is no Waras; "of", "wa" and the like stand in names.
                Shape::AllCaps => {
                    let word = self.tokens.fold(i);
                    matches!(word, "of" | "e" | "i" | "ye" | "wa") || !self.cues.small.contains(word)
                }
                Shape::Capitalised | Shape::Caseless => true,
                Shape::Lower => gap == Gap::Hyphen || self.tokens.fold(i).len() <= 3 || self.is_building(i),
                Shape::Number => self.is_way(i - 1),
                Shape::Mark => false,
            }
    }

    fn may_end(&self, start: usize, last: usize) -> bool {
        let lower = last > start && self.tokens.shape(last) == Shape::Lower;
        (!lower || self.tokens.gap(last) == Gap::Hyphen || self.is_building(last)) && !self.is_silent(last)
    }

    /// A mark inside a name that is no part of its spelling.
    fn is_silent(&self, i: usize) -> bool {
        self.tokens.shape(i) == Shape::Mark && (self.is_apostrophe(i) || self.is_dash(i))
    }

    /// "Highway 1", "Route 606".
    fn is_way(&self, i: usize) -> bool {
        let kinds = self.gazetteer.kinds_of_type_word(self.tokens.word(i)).unwrap_or_default();
        kinds.contains(&PlaceKind::Road)
    }

    /// The dash between the ends of a road: "Kabul – Jalalabad road".
    fn is_dash(&self, i: usize) -> bool {
        self.tokens.fold(i) == "-" && self.tokens.shape(i + 1) == Shape::Capitalised
    }

    fn is_building(&self, i: usize) -> bool {
        let kinds = self.gazetteer.kinds_of_type_word(self.tokens.word(i)).unwrap_or_default();
        kinds.iter().any(|k| {
            use PlaceKind::{Crossing, Facility, Pass, Region, River, Road};
            matches!(k, Facility | Crossing | Pass | Region | Road | River)
        })
    }

    /// An opening quotation mark glued to the word behind it, and not to the one before.
    fn is_apostrophe(&self, i: usize) -> bool {
        self.tokens.fold(i) == "'"
            && self.tokens.gap(i) == Gap::Space
            && self.tokens.gap(i + 1) == Gap::None
            && self.tokens.shape(i + 1) == Shape::Capitalised
            && self.tokens.fold(i + 2) != "'"
    }
}

/// Notes which mentions a hyphen ties to their neighbour.
fn note_pairs(list: &mut [Mention<'_>], tokens: &Tokens<'_>) {
    for k in 1..list.len() {
        let at = list[k].tokens.start;
        if list[k - 1].tokens.end == at && tokens.gap(at) == Gap::Hyphen {
            (list[k - 1].paired, list[k].paired) = (true, true);
        }
    }
}

/// Whether a place of this country is named without saying where it lies.
fn is_known(place: PlaceRef, gazetteer: &Gazetteer) -> bool {
    is_prominent(place, gazetteer) && !gazetteer.get(place).is_abroad()
}
