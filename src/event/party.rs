//! Parties: who acts, as the words around an act tell.

use std::ops::Range;

use super::here::Here;
use super::matching::Firing;
use super::{Actor, Side, effect, speech};
use crate::lexicon::Slot;

/// How far parties that act together may stand apart, in items.
const COMPANY: usize = 8;

/// How far from its bomb or rocket a party may stand by whom it was laid or fired, in items.
const BY: usize = 7;

/// How far behind those who die the word may stand that says so, in items.
const DEATH: usize = 4;

impl Here<'_> {
    /// Who fights: the party ahead of the act's word, the first of those it is said to be between, the one that fights
    /// those who died of it; else the insurgents, who count as the ones who attack.
    pub(super) fn fighter(
        &self,
        told: Option<Actor>,
        against: Option<&Actor>,
        named: &[Actor],
    ) -> Option<Actor> {
        let fallen = against.map(|a| a.side).or_else(|| self.fallen());
        let foe = || self.grammar.party(effect::opponent(fallen?)?);
        let known = told.clone().filter(|a| a.side != Side::Unknown);
        known.or_else(foe).or_else(|| effect::attacker(named)).or(told)
    }

    /// The side of those whose deaths the sentence tells, if it is of one.
    fn fallen(&self) -> Option<Side> {
        let items = &self.chunks.items;
        let dies = |i: &usize| {
            let next = items.iter().skip(i + 1).take(DEATH).map(|n| n.from);
            let passive = next.clone().any(|t| self.is(t, self.grammar.sets.passive));
            passive && next.clone().any(|t| self.is(t, self.grammar.sets.killed))
        };
        let sides = (0..items.len()).filter(dies).filter_map(|i| self.chunks.actors[i].as_ref());
        let mut sides = sides.map(|a| a.side);
        let first = sides.next()?;
        sides.all(|s| s == first).then_some(first)
    }

    /// Of parties that act together ("police, together with coalition forces") the one named first.
    pub(super) fn leading(&self, item: usize) -> usize {
        let joins = |i: usize| self.is(self.chunks.items[i].from, self.grammar.sets.allied);
        let mut first = item;
        let mut at = item;
        while at > 0 && item - at < COMPANY {
            at -= 1;
            if self.chunks.items[at].slot == Some(Slot::Actor) {
                let same = self.chunks.actors[at].as_ref().map(|a| speech::camp(a.side))
                    == self.chunks.actors[item].as_ref().map(|a| speech::camp(a.side));
                if !same {
                    break;
                }
                first = at;
            } else if !joins(at) {
                break;
            }
        }
        first
    }

    /// The parties that the sentence names, nearest to the act first.
    pub(super) fn sides(&self, firing: &Firing<'_>) -> Vec<Actor> {
        let trigger = firing.captures.trigger;
        let mut named: Vec<(usize, &Actor)> = self
            .chunks
            .actors
            .iter()
            .enumerate()
            .filter_map(|(i, a)| a.as_ref().map(|a| (i.abs_diff(trigger), a)))
            .collect();
        named.sort_by_key(|(distance, _)| *distance);
        named.into_iter().map(|(_, a)| a.clone()).collect()
    }

    /// "Insurgents used a roadside bomb against the police", "a mine planted by the Taliban": the insurgents
    /// who stand ahead of their bomb, or by whom it was laid.
    pub(super) fn bombers(&self, firing: &Firing<'_>) -> Option<Actor> {
        let insurgent = |a: &Actor| matches!(a.side, Side::Taliban | Side::Iskp);
        let (items, trigger) = (&self.chunks.items, firing.captures.trigger);
        let mut ahead = (0..trigger).rev().filter(|i| !items[*i].oblique);
        let doer = |i: usize| self.chunks.actors[i].clone().filter(insurgent);
        let by = |i: &usize| *i > 0 && self.is(items[*i - 1].from, self.grammar.sets.by);
        let mut around = (trigger.saturating_sub(BY)..items.len().min(trigger + BY)).filter(by);
        ahead.find_map(doer).or_else(|| around.find_map(doer))
    }

    /// "Afghan forces have killed 20 militants and overrun a base": the first party of the clause does both.
    pub(super) fn coordinated(&self, firing: &Firing<'_>, clause: &Range<usize>) -> Option<Actor> {
        let sets = &self.grammar.sets;
        let joined = self.trigger(firing).checked_sub(1).is_some_and(|i| self.is(i, sets.list_mark));
        self.first_party(firing, clause).filter(|_| joined)
    }

    /// The party that opens a clause or sentence ahead of the act, if it does more than tell of it.
    pub(super) fn first_party(&self, firing: &Firing<'_>, within: &Range<usize>) -> Option<Actor> {
        let items = &self.chunks.items;
        let acts = |i: &usize| within.contains(&items[*i].from) && !items[*i].oblique && !self.reports(*i);
        (0..firing.captures.trigger).filter(acts).find_map(|i| self.chunks.actors[i].clone())
    }

    /// "Afghan forces, backed by US air power, recaptured": who leads those of the Republic's camp that stand ahead.
    pub(super) fn leading_force(&self, firing: &Firing<'_>) -> Option<Actor> {
        let ahead = |i: usize| {
            self.chunks.actors[i].as_ref().is_some_and(|a| speech::camp(a.side) == Side::Government)
        };
        let nearest = (0..firing.captures.trigger).rev().find(|i| ahead(*i) && !self.reports(*i))?;
        self.chunks.actors[self.leading(nearest)].clone()
    }

    /// The party only tells of the act: "police said the attack had been beaten off".
    pub(super) fn reports(&self, item: usize) -> bool {
        self.chunks.items.get(item + 1).is_some_and(|next| self.is(next.from, self.grammar.sets.say))
    }

    /// "American jets struck Taliban positions": aircraft stand ahead of the act in its clause.
    pub(super) fn is_flown(&self, firing: &Firing<'_>, clause: &Range<usize>) -> bool {
        (clause.start..self.trigger(firing)).any(|t| self.is(t, self.grammar.sets.aircraft))
    }
}
