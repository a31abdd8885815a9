//! Matching: which rules fire in a sentence, one for each word that names an act.

use std::cmp::Reverse;

use super::chunk::Chunks;
use super::effect::is_remote;
use super::grammar::Grammar;
use super::rule::{Candidate, Rule};
use super::{EventKind, Side};
use crate::lexicon::{Bounds, Captures, Slot, Vocabulary, Walker, WordId};

/// A rule that fired.
#[derive(Debug, Clone)]
pub(super) struct Firing<'g> {
    pub(super) rule: &'g Rule,
    pub(super) captures: Captures,
}

impl Firing<'_> {
    /// Whether the other's word is part of what this one's pattern reads: "repelled an attack".
    fn takes_in(&self, other: &Firing<'_>) -> bool {
        let (own, theirs) = (self.captures.trigger, other.captures.trigger);
        let fills = self.captures.slots.iter().any(|(_, item)| *item >= theirs);
        let last = theirs + 1 == self.captures.to;
        let within = other.captures.to <= self.captures.to;
        let beaten = self.rule.kind == EventKind::Repelled && other.rule.kind == EventKind::Assault;
        own < theirs && theirs < self.captures.to + BEATEN && beaten
            || own < theirs && theirs < self.captures.to && (fills || last || within)
            || theirs < own && theirs == self.captures.from
    }

    /// Whether the other only tells whom this one's bomb or shell killed: "an airstrike killed two insurgents".
    fn kills(&self, other: &Firing<'_>, chunks: &Chunks, grammar: &Grammar) -> bool {
        use EventKind as K;
        let bomb = is_remote(self.rule.kind) || matches!(self.rule.kind, K::Airstrike | K::Shelling);
        let (from, to) = (self.captures.trigger, other.captures.trigger);
        let killing =
            matches!(other.rule.kind, K::Operation | K::Clash | K::AttackOnCivilians | K::Assassination);
        let told = grammar.is(chunks.items[to].word, grammar.sets.killed);
        let clause = |i: usize| !grammar.is(chunks.items[i].word, grammar.sets.boundary);
        let hits = bomb && other.rule.kind == K::Assault && self.rule.kind == K::Airstrike;
        let near = from < to && to - from <= HITS && (from..to).all(clause);
        hits && near || bomb && killing && told && from < to && to - from <= TOLL && (from..to).all(clause)
    }

    /// The item that filled one of these slots.
    pub(super) fn filler(&self, slots: &[Slot]) -> Option<usize> {
        self.captures.slots.iter().find(|(s, _)| slots.contains(s)).map(|(_, item)| *item)
    }
}

/// How far behind the words for beating back the attack may stand that was beaten back, in items.
const BEATEN: usize = 3;

/// How far behind a bomb the word may stand that tells whom it killed, in items.
const TOLL: usize = 8;

/// How far behind an air strike the word may stand that tells whom it hit, in items.
const HITS: usize = 2;

/// How far ahead of its trigger a match may start, in items, as bits for each distance.
const NEAR: u32 = (1 << 23) - 1;

/// The rules that fire among the items of a sentence, in the order of their triggers.
pub(super) fn firings<'g>(grammar: &'g Grammar, chunks: &Chunks) -> Vec<Firing<'g>> {
    let bounds = Bounds {
        gap: Vocabulary::bit(grammar.sets.boundary),
        tight: Vocabulary::bit(grammar.sets.boundary) | Vocabulary::bit(grammar.sets.preposition),
        joint: Vocabulary::bit(grammar.sets.list_mark),
    };
    let mut walker = Walker::new(&chunks.items, &grammar.vocabulary, bounds);
    let mut all: Vec<(Rank, Firing<'g>)> = Vec::new();
    for (at, item) in chunks.items.iter().enumerate() {
        let Some(candidates) = grammar.triggers.get(item.word).filter(|_| item.slot.is_none()) else {
            continue;
        };
        all.extend(best(grammar, chunks, &mut walker, candidates, at));
    }
    // What is beaten back is part of its being beaten back, however much is said of it.
    all.sort_by_key(|(rank, firing)| {
        (
            firing.rule.kind != EventKind::Repelled,
            Reverse((rank.slots, rank.literals)),
            firing.captures.trigger,
        )
    });
    let mut kept: Vec<Firing<'g>> = Vec::with_capacity(all.len());
    for (_, firing) in all {
        if !kept.iter().any(|k| k.takes_in(&firing)) {
            kept.retain(|k| !firing.takes_in(k));
            kept.push(firing);
        }
    }
    kept.sort_by_key(|f| f.captures.trigger);
    let killed: Vec<bool> =
        kept.iter().map(|f| kept.iter().any(|bomb| bomb.kills(f, chunks, grammar))).collect();
    let mut killed = killed.into_iter();
    kept.retain(|_| killed.next() != Some(true));
    kept
}

/// The best match of those that item `at` may mark.
fn best<'g>(
    grammar: &'g Grammar,
    chunks: &Chunks,
    walker: &mut Walker<'_>,
    candidates: &[Candidate],
    at: usize,
) -> Option<(Rank, Firing<'g>)> {
    let there = walker.there();
    let mut best: Option<(Rank, Firing<'g>)> = None;
    for candidate in candidates.iter().filter(|c| there.holds(&c.needs)) {
        let rule = &grammar.rules[candidate.rule];
        if !fits_neighbours(rule, chunks, at) {
            continue;
        }
        let pattern = &rule.patterns[candidate.pattern];
        let mut leads = pattern.leads(walker, at) & NEAR;
        while leads != 0 {
            let start = at - leads.trailing_zeros() as usize;
            leads &= leads - 1;
            let Some(captures) = pattern.match_at(walker, start) else { continue };
            if captures.trigger != at || !fits_sides(rule, chunks, &captures) {
                continue;
            }
            let rank = Rank {
                slots: captures.slots.len()
                    - usize::from(starts_beside(&captures, chunks) || owns_building(&captures, chunks)),
                literals: captures.literals,
                width: captures.to - captures.from,
                rule: candidate.rule,
            };
            if best.as_ref().is_none_or(|(old, _)| rank.beats(*old)) {
                best = Some((rank, Firing { rule, captures }));
            }
        }
    }
    best
}

/// More filled slots win, then more words read, then the shorter match, then the earlier rule.
#[derive(Debug, Clone, Copy)]
struct Rank {
    slots: usize,
    literals: usize,
    width: usize,
    rule: usize,
}

impl Rank {
    fn beats(self, other: Rank) -> bool {
        (self.slots, self.literals, other.width, other.rule)
            > (other.slots, other.literals, self.width, self.rule)
    }
}

/// "Captured Herat's police headquarters": the place that was caught only says whose the building is.
fn owns_building(captures: &Captures, chunks: &Chunks) -> bool {
    let place = captures.slots.iter().find(|(s, _)| matches!(s, Slot::Place | Slot::Subject));
    place.is_some_and(|(_, item)| chunks.owns_building(*item))
}

/// "In army uniforms": a party behind a preposition does not act.
fn starts_beside(captures: &Captures, chunks: &Chunks) -> bool {
    let first = &chunks.items[captures.from];
    first.slot == Some(Slot::Actor) && first.oblique
}

fn fits_sides(rule: &Rule, chunks: &Chunks, captures: &Captures) -> bool {
    let fits = |slot: Slot, only: &[Side]| {
        let filled = captures.slots.iter().find(|(s, _)| *s == slot);
        let side = filled.and_then(|(_, item)| chunks.actors[*item].as_ref()).map(|a| a.side);
        only.is_empty() || side.is_none_or(|s| only.contains(&s))
    };
    fits(Slot::Actor, &rule.only_sides) && fits(Slot::Enemy, &rule.only_enemies)
}

fn fits_neighbours(rule: &Rule, chunks: &Chunks, at: usize) -> bool {
    let word = |i: Option<usize>| i.and_then(|i| chunks.items.get(i)).map_or(WordId::OTHER, |item| item.word);
    !rule.not_after.contains(&word(at.checked_sub(1))) && !rule.not_before.contains(&word(Some(at + 1)))
}
