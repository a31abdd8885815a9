//! A sentence as the rules see it: places, parties, buildings and people as single items, the rest as words.

use std::ops::Range;

use jiff::civil::Date;

use super::effect::opponent;
use super::grammar::{Bridge, Grammar, Valid};
use super::{Actor, Side};
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::lexicon::{Item, SetId, Slot, WordId};
use crate::text::{Gap, Shape, Tokens};
use crate::toponym::Toponym;

/// What a place item stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A toponym of the sentence, by its number.
    Named(usize),
    /// The capital of a province that the sentence names.
    SeatOf(usize),
    /// All, or all other, districts of a province that the sentence names.
    DistrictsOf(usize, Bridge),
    /// "The city" and the like.
    Bridge(Bridge),
    /// "A district": the only one that the story names.
    Only(PlaceRef),
}

/// What the items of a sentence stand for, beside the items themselves.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    pub(super) items: Vec<Item>,
    /// By item, its places.
    pub(super) targets: Vec<Vec<Target>>,
    /// By item, its party.
    pub(super) actors: Vec<Option<Actor>>,
    /// Items that end as a possessor does.
    pub(super) owners: Vec<usize>,
}

impl Chunks {
    /// "Herat's police headquarters": a possessor right ahead of a building.
    pub(super) fn owns_building(&self, item: usize) -> bool {
        let next = self.items.get(item + 1).is_some_and(|n| n.slot == Some(Slot::Facility));
        next && self.owners.contains(&item)
    }

    fn with_capacity(items: usize) -> Chunks {
        Chunks {
            items: Vec::with_capacity(items),
            targets: Vec::with_capacity(items),
            actors: Vec::with_capacity(items),
            owners: Vec::new(),
        }
    }
}

/// How far behind "except" the places may stand that it takes out, in tokens.
const EXCEPTED: usize = 9;

/// What chunking looks at.
pub(super) struct Chunker<'a> {
    pub(super) grammar: &'a Grammar,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) tokens: &'a Tokens<'a>,
    /// Word numbers of the whole report, by token.
    pub(super) words: &'a [WordId],
    pub(super) toponyms: &'a [Toponym],
    /// Where each begins: `starts` of them.
    pub(super) starts: Vec<(usize, usize)>,
    /// The districts that the story names.
    pub(super) districts: &'a [PlaceRef],
    /// The day by which sides are told.
    pub(super) day: Option<Date>,
    /// Whom "we" and "our" mean: the speaker's side.
    pub(super) we: Option<Actor>,
    /// Whom "they" means: the party last spoken of.
    pub(super) they: Option<Actor>,
}

/// The tokens at which a toponym or its phrase begins, in order, each with the toponym's number.
pub(super) fn starts(toponyms: &[Toponym]) -> Vec<(usize, usize)> {
    let both = |(n, t): (usize, &Toponym)| [(t.phrase.start, n), (t.tokens.start, n)];
    let mut starts: Vec<(usize, usize)> = toponyms.iter().enumerate().flat_map(both).collect();
    starts.sort_unstable();
    starts
}

impl Chunker<'_> {
    /// The first toponym that begins at token `at`, article and type word included or not.
    pub(super) fn toponym_starting(&self, at: usize) -> Option<usize> {
        let first = self.starts.partition_point(|(start, _)| *start < at);
        self.starts.get(first).filter(|(start, _)| *start == at).map(|(_, n)| *n)
    }

    pub(super) fn is(&self, token: usize, set: SetId) -> bool {
        self.words.get(token).is_some_and(|w| self.grammar.is(*w, set))
    }

    pub(super) fn chunk(&self, range: Range<usize>) -> Chunks {
        let mut out = Chunks::with_capacity(range.len());
        let mut at = range.start;
        let mut last = None;
        while at < range.end {
            let they = last.and_then(|item: usize| out.actors[item].as_ref()).or(self.they.as_ref());
            let (end, slot, targets, actor) = self.piece(at, range.end, they);
            last = actor.as_ref().map(|_| out.items.len()).or(last);
            let word = if slot.is_some() || end > at + 1 { WordId::OTHER } else { self.words[at] };
            let owns = self.tokens.get(end - 1).is_some_and(|t| t.possessive);
            if owns {
                out.owners.push(out.items.len());
            }
            let oblique = slot.is_some() && (owns || self.is_oblique(&out.items));
            let flying =
                slot == Some(Slot::Actor) && (at..end).any(|i| self.is(i, self.grammar.sets.aircraft));
            out.items.push(Item { word, slot, oblique, flying, from: at, to: end });
            out.targets.push(targets);
            out.actors.push(actor);
            at = end;
        }
        out
    }

    /// The longest piece at token `at`: its end, the slot it may fill, and what it stands for.
    fn piece(
        &self,
        at: usize,
        end: usize,
        they: Option<&Actor>,
    ) -> (usize, Option<Slot>, Vec<Target>, Option<Actor>) {
        if self.is(at, self.grammar.sets.preposition) && self.is(at + 1, self.grammar.sets.least) {
            return (at + 2, None, Vec::new(), None);
        }
        if !self.grammar.opens_piece(self.words[at]) && self.toponym_starting(at).is_none() {
            return (at + 1, None, Vec::new(), None);
        }
        if let Some((to, targets)) = self.places(at, end) {
            let slot = Some(Slot::Place).filter(|_| !self.is_excepted(at));
            return (to, slot, if slot.is_some() { targets } else { Vec::new() }, None);
        }
        let named =
            self.toponym_starting(at).and_then(|_| self.toponyms.iter().find(|t| t.tokens.start == at));
        if let Some(toponym) = named {
            return (toponym.tokens.end.max(at + 1), None, Vec::new(), None);
        }
        if let Some((to, actor)) = self.relative_party(at, end, they) {
            return (to, Some(Slot::Actor), Vec::new(), Some(actor));
        }
        if at + 1 < end && self.is(at, self.grammar.sets.det) {
            let inner = self.piece(at + 1, end, they);
            if inner.1 == Some(Slot::Actor) {
                return inner;
            }
        }
        if self.is(at, self.grammar.sets.fighters) && self.is(at + 1, self.grammar.sets.of) && at + 2 < end {
            let party = self.piece(at + 2, end, they);
            if party.1 == Some(Slot::Actor) {
                return party;
            }
        }
        let words = &self.words[at..end];
        let facility = self.grammar.facilities.longest(words).map_or(0, |(n, ())| n);
        let speaker = self.grammar.speakers.longest(words).map_or(0, |(n, _)| n);
        let actor = self.grammar.actors.longest(words);
        let actor_length = actor.map_or(0, |(n, _)| n);
        if facility > 0 && facility >= actor_length {
            return (at + facility, Some(Slot::Facility), Vec::new(), None);
        }
        let named = actor.filter(|(n, _)| speaker <= *n && !self.is_excluded_actor(at));
        let sense = named.and_then(|(n, senses)| Some((n, senses.iter().find(|s| s.holds_on(self.day))?)));
        if let Some((n, sense)) = sense {
            return (self.with_fighters(at + n, end), Some(Slot::Actor), Vec::new(), Some(sense.actor()));
        }
        let sets = &self.grammar.sets;
        let pronoun = match self.words[at] {
            w if self.grammar.is(w, sets.we) => self.we.clone(),
            w if self.grammar.is(w, sets.they) => they.cloned(),
            _ => None,
        };
        if pronoun.is_some() {
            return (self.with_fighters(at + 1, end), Some(Slot::Actor), Vec::new(), pronoun);
        }
        if self.is(at, sets.people) {
            return (at + 1, Some(Slot::People), Vec::new(), None);
        }
        (at + 1, None, Vec::new(), None)
    }

    /// "Most of Herat, bar the city and two nearby districts, Guzara and Injil": not these.
    fn is_excepted(&self, at: usize) -> bool {
        let sets = &self.grammar.sets;
        let back = (at.saturating_sub(EXCEPTED)..at).rev();
        let mut clause = back.take_while(|i| !self.is(*i, sets.be) && !self.is(*i, sets.strong_mark));
        clause.any(|i| self.is(i, sets.exception))
    }

    /// A party named from where the speaker stands: "the enemy", "his men".
    fn relative_party(&self, at: usize, end: usize, they: Option<&Actor>) -> Option<(usize, Actor)> {
        let sets = &self.grammar.sets;
        let owned_foe = || at > 0 && self.is(at - 1, sets.det) || !self.tokens.fold(at).ends_with("ies");
        if self.is(at, sets.foe) && owned_foe() {
            return Some((self.with_fighters(at + 1, end), self.foe()?));
        }
        let owned = at + 1 < end && self.is(at, sets.own) && self.is(at + 1, sets.own_men);
        let actor = self.we.clone().or_else(|| they.cloned()).filter(|_| owned)?;
        Some((self.with_fighters(at + 2, end), actor))
    }

    /// Whoever the speaker fights; the insurgents where nobody of a side speaks.
    fn foe(&self) -> Option<Actor> {
        let side = self.we.as_ref().and_then(|a| opponent(a.side)).unwrap_or(Side::Taliban);
        self.grammar.party(side)
    }

    /// "Taliban fighters" is one party.
    fn with_fighters(&self, mut at: usize, end: usize) -> usize {
        let is_fighter = |i: usize| self.is(i, self.grammar.sets.fighters);
        while at < end
            && is_fighter(at)
            && self.tokens.gap(at) == Gap::Space
            && !self.tokens.get(at - 1).is_some_and(|t| t.possessive)
        {
            at += 1;
        }
        at
    }

    /// "US" needs its capitals, and the "anti-Taliban" are not the Taliban.
    fn is_excluded_actor(&self, at: usize) -> bool {
        let pronoun = self.tokens.fold(at) == "us"
            && self.tokens.shape(at) != Shape::AllCaps
            && !self.tokens.surface(at).contains('.');
        let anti = at > 0 && self.is(at - 1, self.grammar.sets.opposed);
        pronoun || anti
    }

    /// "On Saturday Guzara fell", "said by phone that Guzara fell": what stands behind the preposition is its own.
    fn is_governed_itself(&self, at: usize, before: &[Item], n: usize) -> bool {
        let name = matches!(self.tokens.shape(at), Shape::Capitalised | Shape::Number);
        let ern = self.tokens.fold(at).ends_with("ern");
        let ahead = before.len().checked_sub(n + 2).map(|i| before[i].word);
        let noun = ahead.is_some_and(|w| !self.grammar.vocabulary.is_in(w, self.grammar.sets.preposition));
        self.words[at] == WordId::OTHER && name && !ern || self.tokens.fold(at) == "that" && noun
    }

    /// Whether a preposition governs what comes next, articles and adjectives aside.
    fn is_oblique(&self, before: &[Item]) -> bool {
        let sets = &self.grammar.sets;
        let vocabulary = &self.grammar.vocabulary;
        for (n, item) in before.iter().rev().take(6).enumerate() {
            let fold = self.tokens.fold(item.from);
            let partitive = before
                .len()
                .checked_sub(n + 2)
                .is_some_and(|i| vocabulary.is_in(before[i].word, sets.partitive));
            if item.slot.is_some() || self.tokens.shape(item.from) == Shape::Mark {
                return false;
            }
            if fold == "of" && partitive {
                continue;
            }
            if self.is_governed_itself(item.from, before, n) {
                return false;
            }
            if vocabulary.is_in(item.word, sets.preposition) || fold == "of" {
                return true;
            }
            let passes = vocabulary.is_in(item.word, sets.det)
                || vocabulary.is_in(item.word, sets.partitive)
                || fold.ends_with("ern")
                || item.word == WordId::OTHER;
            if !passes {
                return false;
            }
        }
        false
    }
}
