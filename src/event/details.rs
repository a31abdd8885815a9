//! Details: what later sentences add to an act just told: when and where it happened, and who claims it.

use super::cut::Cut;
use super::reader::Reader;
use super::scene::{self, Spot};
use super::{
    Actor, Event, Side, clause, effect,
    grammar::{Makes, Valid},
    speech,
};
use crate::date::{DatePrecision, Meaning};
use crate::gazetteer::PlaceKind;
use crate::toponym::Relation;

/// How many sentences back the act may stand that "the incident" means.
const BACK: usize = 3;

/// Within how many words of its beginning a sentence takes up an act.
const OPENING: usize = 14;

impl Reader {
    /// "The incident took place in Nerkh district on Monday": when and where the act just told happened.
    pub(super) fn take_details(&self, cut: &Cut<'_>, i: usize, events: &mut Vec<Event>) {
        let Some(start) = self.taken_up(cut, i, events) else { return };
        let day = self.dates(cut, i).iter().find_map(|m| match m.meaning {
            Meaning::On(date) => Some(date),
            _ => None,
        });
        let named = cut.toponyms[i].iter().filter(|t| t.relation == Relation::At);
        let spots: Vec<Spot> = named.filter_map(|t| scene::named(t, &self.gazetteer)).collect();
        let mut further = Vec::new();
        for event in events.iter_mut().filter(|e| e.quote_start == start) {
            if event.when.is_none_or(|w| w.precision == DatePrecision::Assumed) {
                event.when = day.or(event.when);
            }
            let within = !spots.is_empty() && spots.iter().all(|s| self.is_inside(s, event));
            for (n, spot) in spots.iter().filter(|_| within).enumerate() {
                let place = scene::event_place(*spot, &self.gazetteer);
                match n {
                    0 => event.place = place,
                    _ => further.push(Event { place, ..event.clone() }),
                }
            }
        }
        events.append(&mut further);
    }

    /// Where the sentence starts whose act sentence `i` goes on about: the last that told one, a few sentences back.
    pub(super) fn taken_up(&self, cut: &Cut<'_>, i: usize, events: &[Event]) -> Option<usize> {
        let sentence = cut.sentences[i].tokens.clone();
        let sets = &self.grammar.sets;
        if !cut.holds(i, &[sets.incident]) {
            return None;
        }
        let is = |t: usize, set| self.grammar.is(cut.words[t], set);
        let told = |t: &usize| {
            is(*t, sets.incident) && (*t + 1..sentence.end.min(*t + 5)).any(|o| is(o, sets.occur))
        };
        let mut opening = sentence.start..sentence.end.min(sentence.start + OPENING);
        opening.any(|t| told(&t)).then_some(())?;
        let same_story = |k: &usize| (*k..i).all(|s| !cut.opens_story(s + 1));
        (i.saturating_sub(BACK)..i)
            .rev()
            .take_while(same_story)
            .map(|k| cut.span(k).start())
            .find(|start| events.iter().any(|e| e.quote_start == *start))
    }

    fn is_inside(&self, spot: &Spot, event: &Event) -> bool {
        let outer = self.gazetteer.by_id(event.place.id.as_str());
        event.place.kind == PlaceKind::Province
            && outer.is_some_and(|p| p != spot.place && self.gazetteer.contains(p, spot.place))
    }

    /// "The Taliban claimed responsibility": the party of the bombing just told.
    pub(super) fn take_responsibility(&self, cut: &Cut<'_>, i: usize, events: &mut [Event]) {
        let sentence = cut.sentences[i].tokens.clone();
        let sets = &self.grammar.sets;
        if !cut.holds(i, &[sets.claim_verb, sets.blame]) {
            return;
        }
        let claims = |t: &usize| {
            let object = *t + 1..sentence.end.min(*t + 4);
            let bare = *t + 2 == sentence.end && self.grammar.is(cut.words[*t], sets.claim_verb);
            bare || self.grammar.is(cut.words[*t], sets.blame)
                || self.grammar.is(cut.words[*t], sets.claim_verb)
                    && object.clone().any(|o| self.grammar.is(cut.words[o], sets.responsibility))
        };
        let done = |t: &usize| {
            let own = *t..*t + 1;
            let (tokens, words) = (&cut.tokens, &cut.words);
            clause::modality(
                &self.grammar,
                tokens,
                words,
                &sentence,
                &own,
                *t,
                &[Makes::Accident, Makes::Figurative],
            )
            .is_none()
        };
        let claimed = sentence.clone().filter(claims).filter(done);
        let Some(party) = claimed.into_iter().find_map(|t| self.answers_for(cut, i, t)) else { return };
        let unclaimed = |e: &Event| e.actor1.as_ref().is_none_or(|a| a.side == Side::Unknown);
        let bombing = |e: &Event| unclaimed(e) && effect::is_claimed_by_bombers(e.kind);
        let Some(quote) = events.iter().rev().take(3).find(|e| bombing(e)).map(|e| e.quote_start) else {
            return;
        };
        let start = (0..i)
            .rev()
            .take_while(|k| {
                cut.sentences[*k].paragraph == cut.sentences[i].paragraph && !cut.opens_story(*k + 1)
            })
            .last()
            .map_or(quote, |k| cut.span(k).start());
        let meant = |e: &Event| e.quote_start >= start.min(quote) && bombing(e);
        for event in events.iter_mut().filter(|e| meant(e)) {
            event.actor1 = Some(party.clone());
        }
    }

    /// Who owns to an act at token `verb` of sentence `i`, or is blamed for it: "X claimed the attack", "the attack
    /// was claimed by X", "the governor blamed X", "he holds X responsible".
    fn answers_for(&self, cut: &Cut<'_>, i: usize, verb: usize) -> Option<Actor> {
        let sets = &self.grammar.sets;
        let sentence = &cut.sentences[i].tokens;
        let party = |t: usize| {
            let (_, senses) = self.grammar.actors.longest(&cut.words[t..sentence.end])?;
            senses.iter().find(|s| s.holds_on(cut.day(i))).map(|s| s.actor())
        };
        let is = |t: usize, set| cut.words.get(t).is_some_and(|w| self.grammar.is(*w, set));
        let follows = is(verb, sets.blame) || is(verb + 1, sets.by) || is(verb + 2, sets.by);
        let object = (verb + 1..sentence.end).find(|t| is(*t, sets.responsibility)).unwrap_or(verb + 1);
        let found = if follows {
            (verb + 1..sentence.end).find_map(party)
        } else {
            (verb + 1..object).find_map(party).or_else(|| (sentence.start..verb).rev().find_map(party))
        };
        found.filter(|a| speech::camp(a.side) != Side::Government)
    }
}
